"""Quizzes: making one, answering, finishing, and taking up again what was missed.

Saving an answer is a compare-and-swap on its item, under a lock on the attempt. Where answers
count as reviews, the item's mark and the learner's log are written in the same transaction:
the answer's own if feedback comes at once, else the one that finishes the attempt. So each is
counted exactly once, whatever is sent twice or dies in between.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from questions.domain.answering import grade_given, normalised
from questions.domain.apart import Beside
from questions.domain.chance import draw
from questions.domain.grading import Grade, Half, Verdict
from questions.domain.messages import Message
from questions.domain.quizzes import Candidate, Item, Offer, draw_items, shortlist
from questions.models import (
    Attempt,
    AttemptItem,
    Card,
    Claim,
    Deck,
    Memory,
    ProblemReport,
    Question,
    Review,
)
from questions.queries import quizzes as queries
from questions.queries.asked_now import content_to_grade
from questions.queries.days import today
from questions.queries.names import name_index
from questions.queries.showing import present_question, secret
from questions.services.counting import count_answers
from questions.services.reports import keep_report
from questions.services.study import (
    GradedAnswer,
    NotGraded,
    Submission,
    milliseconds_since,
    reason_json,
    typed_text,
)
from studyapp.accounts.models import User


@dataclass(frozen=True, slots=True)
class Wish:
    """What a learner asks of a quiz. Topics by number, `queries.NO_TOPIC` for cards without."""

    topics: tuple[int, ...]
    forms: tuple[str, ...]
    length: int
    feedback: str = Attempt.Feedback.AT_ONCE
    counts: bool = False


class NothingFits(Exception):
    """Not one question of the deck is what was asked for."""


@dataclass(frozen=True, slots=True)
class Saved:
    item: AttemptItem


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing was saved: the question was answered in another tab, or withdrawn, or the quiz
    finished."""


Outcome = Saved | NotGraded | Closed


# --- making -----------------------------------------------------------------------


def make(learner: User, deck: Deck, wish: Wish, token: UUID) -> Attempt:
    """A new attempt with its items drawn; the one made before if the token is known.

    Fewer items than wished for where no more fit together. Raises NothingFits for none.
    """
    chance = draw(secret(), "quiz", learner.pk, token.bytes)
    cards = queries.candidates(deck, wish.topics, wish.forms)
    listed = shortlist(cards, wish.length, chance)
    offers = queries.offers(deck, listed, wish.forms)
    items = draw_items(listed, offers, wish.length, chance, Beside())
    return _kept(Attempt(learner=learner, deck=deck, **_settings(wish), seed=token), items)


def retake(attempt: Attempt, token: UUID) -> Attempt:
    """A new attempt at the cards that were missed, in other forms and wordings where there are.

    Raises NothingFits if none was missed, or none of them can be asked any more.
    """
    chance = draw(secret(), "quiz", attempt.learner_id, token.bytes)
    missed = attempt.items.filter(question__rejected=False).exclude(verdict=Review.Verdict.RIGHT)
    cards = queries.as_candidates(Card.objects.live().filter(questions__items__in=missed))
    seen = set(attempt.items.values_list("question", flat=True))
    offers = queries.offers(attempt.deck, cards, list(Question.Form))
    items = _drawn_again(chance.shuffle(cards), offers, seen, token)
    again = Attempt(
        learner=attempt.learner,
        deck=attempt.deck,
        feedback=attempt.feedback,
        counts=attempt.counts,
        settings=attempt.settings,
        seed=token,
        retake_of=attempt,
    )
    return _kept(again, items)


def _drawn_again(
    cards: Sequence[Candidate],
    offers: Mapping[int, Sequence[Offer]],
    seen: Collection[int],
    token: UUID,
) -> list[Item]:
    """Other questions may give each other away where those of the first time did not."""
    chance = draw(secret(), "retake", token.bytes)
    items = draw_items(cards, offers, len(cards), chance, Beside(), seen=seen)
    if len(items) == len(cards):
        return items
    same = {card: [each for each in of if each.question in seen] for card, of in offers.items()}
    return max(items, draw_items(cards, same, len(cards), chance, Beside()), key=len)


def _settings(wish: Wish) -> dict[str, Any]:
    asked = asdict(wish)
    return {"feedback": asked.pop("feedback"), "counts": asked.pop("counts"), "settings": asked}


def _kept(attempt: Attempt, items: Sequence[Item]) -> Attempt:
    if not items:
        raise NothingFits
    with transaction.atomic():
        kept, new = Attempt.objects.get_or_create(
            learner=attempt.learner,
            seed=attempt.seed,
            defaults={
                name: getattr(attempt, name)
                for name in ("deck", "feedback", "counts", "settings", "retake_of")
            },
        )
        if new:
            AttemptItem.objects.bulk_create(_rows(kept, items))
    return kept


def _rows(attempt: Attempt, items: Sequence[Item]) -> list[AttemptItem]:
    """The items as they will be shown, whatever becomes of the bank meanwhile."""
    questions = Question.objects.in_bulk([item.offer.question for item in items])
    rows = []
    for position, item in enumerate(items, start=1):
        question = questions[item.offer.question]
        chance = draw(secret(), "quiz item", attempt.pk, position, question.pk)
        shown = present_question(question, chance).to_json()
        rows.append(AttemptItem(attempt=attempt, position=position, question=question, shown=shown))
    return rows


# --- answering --------------------------------------------------------------------


def answer(item: AttemptItem, submission: Submission, now: datetime) -> Outcome:
    """Grade and save. With feedback at once the first answer stands; else the latest does,
    unless the page that sent it knew an older one. The same submission twice is saved once."""
    if submission.id == item.submission:
        return Saved(item)
    if item.is_told or item.question.rejected or submission.version != item.version:
        return Closed()
    presented = queries.presented(item)
    submission = replace(submission, given=normalised(presented, submission.given))
    deck = item.question.card.deck
    content = content_to_grade(item.question)
    grade = grade_given(presented, content, submission.given, lambda: name_index(deck))
    if grade.verdict is Verdict.ASK_AGAIN:
        return NotGraded(grade.reason)
    _fill(item, grade, submission, now)
    return _save(item, submission, now)


def _fill(item: AttemptItem, grade: Grade, submission: Submission, now: datetime) -> None:
    item.given = {name: list(values) for name, values in submission.given.items()}
    item.verdict, item.score = grade.verdict.value, grade.score
    item.reason = reason_json(grade)
    item.milliseconds = milliseconds_since(submission.shown_at, now)
    item.answered_at, item.submission = now, submission.id
    item.version, item.ruled = submission.version + 1, False


ANSWER = (
    "given", "verdict", "score", "reason", "milliseconds", "answered_at", "submission", "version",
    "ruled",
)  # fmt: skip


def _save(item: AttemptItem, submission: Submission, now: datetime) -> Outcome:
    answer = {name: getattr(item, name) for name in ANSWER}
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=item.attempt_id)
        row = AttemptItem.objects.filter(pk=item.pk)
        if attempt.finished_at or not row.filter(version=submission.version).update(**answer):
            return Saved(item) if row.filter(submission=submission.id).exists() else Closed()
        if attempt.counts and attempt.tells_at_once:
            _count(item.attempt, [item], now)
    return Saved(item)


# --- finishing --------------------------------------------------------------------


def finish(attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Close the attempt, and count its answers as reviews if they are to be. Twice is once."""
    now = now or timezone.now()
    with transaction.atomic():
        locked = (
            Attempt.objects.select_for_update(of=["self"])
            .select_related("learner", "deck")
            .get(pk=attempt.pk)
        )
        if locked.finished_at is None:
            if locked.counts:
                answered = queries.items_of(locked).filter(answered_at__isnull=False, review=None)
                _count(locked, [item for item in answered if not item.is_withdrawn], now)
            locked.finished_at = now
            locked.save(update_fields=["finished_at"])
    return locked


def _count(attempt: Attempt, items: Sequence[AttemptItem], now: datetime) -> None:
    """Put answers into the learner's log; runs inside the transaction that closes them."""
    memories = _memories(attempt, items, now)
    answers = [_graded(attempt, item, memories[item.question.card_id], now) for item in items]
    for item, review in zip(items, count_answers(answers), strict=True):
        item.review = review
    AttemptItem.objects.bulk_update(items, ["review"])


def _memories(attempt: Attempt, items: Sequence[AttemptItem], now: datetime) -> dict[int, Memory]:
    """By card, locked; a card never met gets a memory whose log begins with its answer here."""
    learner, cards = attempt.learner, [item.question.card_id for item in items]
    day = today(learner, now)
    new = [Memory(learner=learner, card_id=card, deck=attempt.deck, due=day) for card in cards]
    Memory.objects.bulk_create(new, ignore_conflicts=True)
    # In one order for all, so that two who lock the same rows do not wait for each other.
    rows = (
        Memory.objects.select_for_update(of=["self"])
        .filter(learner=learner, card__in=cards)
        .order_by("pk")
    )
    return {memory.card_id: memory for memory in rows.select_related("deck", "card")}


def _graded(attempt: Attempt, item: AttemptItem, memory: Memory, now: datetime) -> GradedAnswer:
    """The answer as it was saved, on its way into the log of the day on which it is counted."""
    assert item.submission is not None
    shown_at = now - timedelta(milliseconds=item.milliseconds or 0)
    given = item.given or {}
    return GradedAnswer(
        attempt.learner,
        memory,
        item.question,
        queries.presented(item),
        _grade(item),
        Submission(item.submission, memory.version, given, shown_at),
        now,
        None,
    )


def _grade(item: AttemptItem) -> Grade:
    reason = item.reason
    return Grade(
        Verdict(item.verdict),
        item.score or 0.0,
        Message(reason["text"], reason["params"]),
        reason["shown"],
        tuple(reason["missing"]),
        tuple(reason["extra"]),
        tuple(Half(value, Message(*why)) for value, *why in reason.get("halves", ())),
    )


# --- "I was right" ----------------------------------------------------------------


class NothingToClaim(Exception):
    """Marked right, not told yet, ruled on, withdrawn, or nothing that a learner wrote."""


def claim_right(item: AttemptItem) -> Claim:
    """ "I was right", for the teacher to look at; the quiz's verdict stands until then. Claiming
    twice is claiming once. Raises NothingToClaim."""
    with transaction.atomic():
        row = queries.items_of(item.attempt).select_for_update(of=["self"]).get(pk=item.pk)
        if row.said_right:
            return row.said_right
        if not row.may_be_claimed:
            raise NothingToClaim
        return Claim.objects.create(
            item=row,
            learner_id=item.attempt.learner_id,
            question_id=row.question_id,
            given=typed_text(row.given or {}),
        )


def take_claim_back(item: AttemptItem) -> bool:
    """Whether it was open still: what a teacher has ruled on stays ruled."""
    deleted, _ = Claim.objects.filter(item=item, state=Claim.State.OPEN).delete()
    return bool(deleted)


def report_problem(item: AttemptItem, text: str) -> ProblemReport:
    """As for a study session's answer; one that counts in no log is reported all the same."""
    return keep_report(
        item.attempt.learner_id,
        item.question_id,
        text,
        review_id=item.review_id,
        shown=item.shown,
        given=item.given or {},
        verdict=item.verdict,
    )
