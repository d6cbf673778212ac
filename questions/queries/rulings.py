"""What teachers decided on a deck's answers, the latest first; and what taking back an acceptance
would touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import QuerySet

from questions.domain.grading import Verdict, grade_typed
from questions.domain.grading.alike import are_alike, folded
from questions.domain.presentation import answer_texts
from questions.models import AttemptItem, Claim, Deck, Review, Ruling
from questions.queries.claims import (
    ACCEPTED,
    ACCEPTED_IN_PART,
    Case,
    Place,
    claimed,
    expected_now,
    given_text,
    marked_now,
    questions_of,
)
from questions.queries.names import index_without, name_index

_MARKS = (ACCEPTED, ACCEPTED_IN_PART)
_ANSWER = ("verdict", "given", "shown")
_RANK = {Verdict.RIGHT.value: 2, Verdict.PARTIAL.value: 1}
Stays = Callable[[str, str], bool]
"""Whether an answer that was given so keeps the verdict it has."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling on answers; `key` is the right answer in words."""

    ruling: Ruling
    case: Case
    key: list[str]


@dataclass(frozen=True, slots=True)
class ToTakeBack:
    """By pk with their learners: answers in logs, those in quizzes that stand in none, and claims
    that wait again."""

    reviews: dict[int, int]
    items: dict[int, int]
    claims: dict[int, int]

    @property
    def answers(self) -> int:
        return len(self.reviews) + len(self.items)

    @property
    def learners(self) -> int:
        groups = (self.reviews, self.items, self.claims)
        return len({learner for group in groups for learner in group.values()})


def decided_in(deck: Deck) -> QuerySet[Ruling]:
    """Rulings on answers, not on questions themselves."""
    decisions = (Ruling.Decision.ACCEPTED, Ruling.Decision.KEPT)
    rows = Ruling.objects.filter(deck=deck, decision__in=decisions)
    return rows.select_related("teacher", "question__card__fact__about").order_by(
        "-decided_at", "-pk"
    )


def as_decided(deck: Deck, rulings: Iterable[Ruling]) -> list[Decided]:
    return [Decided(ruling, case_ruled(deck, ruling), _key(ruling)) for ruling in rulings]


def _key(ruling: Ruling) -> list[str]:
    return answer_texts(ruling.question.form, ruling.question.content)


def case_ruled(deck: Deck, ruling: Ruling) -> Case:
    return Case(deck, ruling.question, ruling.given, ruling.expected, ruling.folded)


def learnt_from(case: Case) -> Ruling | None:
    """The acceptance by which the deck takes the answer as right. To keep it wrong would change
    nothing, and hide that it can be taken back."""
    marked = marked_now(case)
    if marked is None or marked.verdict is not Verdict.RIGHT:
        return None
    same = Ruling.objects.filter(deck=case.deck, expected=case.expected, folded=case.folded)
    return same.filter(decision=Ruling.Decision.ACCEPTED).first()


def heir_of(ruling: Ruling) -> Ruling | None:
    """Another acceptance that rests on the same spelling, which then stays."""
    others = (other for other in _others(ruling) if are_alike(other.spelling, ruling.spelling))
    return next(others, None)


def learnt_by(ruling: Ruling) -> list[Mapping[str, Any]] | None:
    """The aliases whose place its spelling took; None if the deck had that without it, or does not
    hold it for this ruling any more."""
    is_over = ruling.decision == Ruling.Decision.UNDONE
    if is_over or ruling.learnt is False or not ruling.spelling:
        return None
    return list(ruling.learnt or ())


def _others(ruling: Ruling) -> QuerySet[Ruling]:
    same = Ruling.objects.filter(deck=ruling.deck_id, expected=ruling.expected)
    return same.filter(decision=Ruling.Decision.ACCEPTED).exclude(pk=ruling.pk)


def to_take_back(deck: Deck, ruling: Ruling) -> ToTakeBack:
    """Answers that count because of it alone: not those that the deck would take without it, nor
    those that another ruling accepted. A handful of queries."""
    case = case_ruled(deck, ruling)
    stays = _stays(case, ruling)
    asked = questions_of(case)
    marked = {"question__in": asked, "reason__text__in": _MARKS, "ruled": True}
    reviews = Review.objects.answers().filter(**marked)
    items = AttemptItem.objects.filter(**marked, review=None, reason__has_key="first")
    settled = Claim.objects.filter(question__in=asked, state=Claim.State.ACCEPTED)
    claims = [
        claim
        for claim in settled.select_related("review", "item", "question")
        if not (claim.review and claim.review.voided)
    ]
    return ToTakeBack(
        _gone(case, stays, reviews.values_list("pk", "learner_id", *_ANSWER)),
        _gone(case, stays, items.values_list("pk", "attempt__learner_id", *_ANSWER)),
        {one.pk: one.learner_id for one in claims if not stays(claimed(one), Verdict.RIGHT.value)},
    )


def _gone(case: Case, stays: Stays, rows: Iterable[tuple[Any, ...]]) -> dict[int, int]:
    form = case.question.form
    return {
        pk: learner
        for pk, learner, verdict, given, shown in rows
        if not stays(given_text(form, given or {}, shown), verdict)
    }


def _stays(case: Case, ruling: Ruling) -> Stays:
    others = {other.folded for other in _others(ruling)}
    if not case.typed:
        return lambda given, _verdict: folded(given)[:400] != case.folded
    mark = _marks_without(case, ruling)

    @cache
    def stays(given: str, verdict: str) -> bool:
        said = folded(given)[:400]
        if said != case.folded and said in others:
            return True
        if case.place is Place.NOWHERE and said != case.folded:
            return True
        return _RANK.get(mark(given).value, 0) >= _RANK.get(verdict, 0)

    return stays


def _marks_without(case: Case, ruling: Ruling) -> Callable[[str], Verdict]:
    """How the deck marks an answer that has not learnt the spelling."""
    expected, index = expected_now(case), name_index(case.deck)
    instead = None if heir_of(ruling) else learnt_by(ruling)
    if case.place is Place.ENTITY:
        expected = replace(expected, accept=(), others=(), names=())
        if instead is not None:
            index = index_without(case.deck, case.entity, ruling.spelling, instead)
    elif instead is not None:
        kept = (text for text in expected.accept if not are_alike(text, ruling.spelling))
        expected = replace(expected, accept=tuple(kept))
    return lambda given: grade_typed(expected, given, index).verdict
