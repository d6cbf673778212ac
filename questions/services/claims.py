"""A teacher's rulings on answers: accepted with all alike, kept wrong, or the question withdrawn.

The decision and what the deck learns from it are one transaction; then the answers follow, some
memories at a time, so that learners who are studying never wait for long. If that is cut short,
the answers that are left wait in the queue still, and the same ruling again goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice

from django.db import transaction

from questions.domain.grading import Verdict
from questions.domain.grading.fold import clean
from questions.domain.grading.kept import spelt
from questions.domain.scheduling import Rating
from questions.models import (
    AttemptItem,
    Claim,
    Deck,
    ProblemReport,
    Question,
    Review,
    Ruling,
    RulingNote,
)
from questions.queries import claims as queries
from questions.queries.claims import ACCEPTED, ACCEPTED_IN_PART, Case, Found, Place
from questions.queries.other_names import nearly_another
from questions.services.learning import Learnt, learn
from questions.services.rewriting import rewrite
from studyapp.accounts.models import User

AT_ONCE = 50
RESULT = {
    Verdict.RIGHT: (1.0, Rating.GOOD, ACCEPTED),
    Verdict.PARTIAL: (0.5, Rating.HARD, ACCEPTED_IN_PART),
}


# --- accepting --------------------------------------------------------------------


def accept(
    case: Case,
    teacher: User,
    now: datetime,
    *,
    spelling: str = "",
    loose: bool = False,
    sure: bool = False,
) -> Found:
    """Count all answers alike as right (in part, if loose), and have the deck accept them from
    now on where it can; then what was marked down and would now be right, as a slip in the new
    spelling, is so too. Raises CannotAccept, with nothing changed; and NearAnother unless the
    teacher is `sure`. Returns what was touched."""
    loose = loose and case.place is Place.ENTITY
    verdict = Verdict.PARTIAL if loose else Verdict.RIGHT
    spelling = spelling_of(case, spelling)
    taken = queries.would_take(case, spelling, loose=loose)
    near = [] if sure else nearly_another(case, spelling)
    with transaction.atomic():
        learnt = learn(case, spelling, verdict, near)
        ruling = _rule(case, teacher, Ruling.Decision.ACCEPTED, _kept(case, spelling))
        _note_learnt(ruling, learnt)
        found = queries.to_accept(case, queries.given_to(case), loose=loose, also=taken)
        _settle(found.claims, Claim.State.ACCEPTED)
        tell(ruling, found.claims.values())
    reviews = _regrade_reviews(ruling, found, verdict, now)
    items = _regrade_items(ruling, found, verdict)
    return replace(found, reviews=reviews, items=items)


def _note_learnt(ruling: Ruling, learnt: Learnt | None) -> None:
    """For taking it back. Accepting it once more, as it was cut short, leaves what is noted."""
    if learnt or ruling.learnt is None:
        ruling.learnt = list(learnt.instead_of) if learnt else False
        ruling.save(update_fields=["learnt"])


def spelling_of(case: Case, spelling: str) -> str:
    """A teacher's spelling as the deck would hold it; without one the answer itself."""
    if case.place is Place.ENTITY:
        return spelt(spelling) or case.to_keep
    said = clean(spelling) or clean(case.given)
    return said.rstrip("? ") or said


def _kept(case: Case, spelling: str) -> str:
    """What of it the deck has learnt."""
    match case.place:
        case Place.ENTITY | Place.AUTHORED:
            return spelling
        case Place.FACT:
            return queries.kept_of(case, spelling)
        case Place.NOWHERE:
            return ""


def _regrade_reviews(
    ruling: Ruling, found: Found, verdict: Verdict, now: datetime
) -> dict[int, int]:
    done: dict[int, int] = {}
    for part in parts(found.reviews):
        with transaction.atomic():
            items = list(queries.counted_items(part))
            replaced = rewrite(part, lambda old: _as_accepted(old, verdict), now)
            learners = {old.pk: old.learner_id for old in replaced}
            _correct([item for item in items if item.review_id in learners], verdict)
            tell(ruling, learners.values())
        done |= learners
    return done


def _regrade_items(ruling: Ruling, found: Found, verdict: Verdict) -> dict[int, int]:
    """Quiz answers that stand in no log."""
    for part in parts(found.items):
        with transaction.atomic():
            rows = AttemptItem.objects.filter(pk__in=part, review=None).exclude(verdict="right")
            _correct(rows, verdict)
            tell(ruling, (found.items[pk] for pk in part))
    return dict(found.items)


def _as_accepted(old: Review, verdict: Verdict) -> Review:
    score, rating, text = RESULT[verdict]
    return Review(
        kind=Review.Kind.ANSWER,
        shown=old.shown,
        given=old.given,
        verdict=verdict.value,
        score=score,
        reason=_reason(text),
        rating=rating.value,
        milliseconds=old.milliseconds,
        predicted=old.predicted,
    )


def _correct(items: Iterable[AttemptItem], verdict: Verdict) -> None:
    """With the first mark beside, for unlike a log a quiz keeps one only."""
    score, _, text = RESULT[verdict]
    rows = list(items)
    for item in rows:
        first = {"verdict": item.verdict, "score": item.score, "reason": item.reason}
        item.reason = _reason(text) | {"first": item.reason.get("first", first)}
        item.verdict, item.score, item.ruled = verdict.value, score, True
    AttemptItem.objects.bulk_update(rows, ["verdict", "score", "reason", "ruled"])


def _reason(text: str) -> dict[str, object]:
    return {"text": text, "params": {}, "shown": None, "missing": [], "extra": []}


# --- keeping wrong ------------------------------------------------------------------


def keep_wrong(case: Case, teacher: User, now: datetime) -> Found:
    """The answer stays wrong and leaves the queue. Who had claimed it gets the first verdict
    back, unless they have answered the card since: what they learnt then is not taken apart."""
    ruling = _rule(case, teacher, Ruling.Decision.KEPT)
    claims = queries.claims_of(case)
    for part in parts([claim.pk for claim in claims]):
        with transaction.atomic():
            chosen = Claim.objects.filter(pk__in=part, state=Claim.State.OPEN)
            reviews = [each.review for each in chosen.select_related("review") if each.review]
            first = first_verdicts(reviews)
            settled = dict(chosen.values_list("pk", "learner_id"))
            rewrite(list(first), partial(first_again, first), now, only_latest=True)
            _settle(settled, Claim.State.REJECTED)
            tell(ruling, settled.values())
    return queries.found_of(claims)


def first_verdicts(claimed: Collection[Review]) -> dict[int, Review]:
    """What each claimed answer, by pk, was marked at first."""
    rows = Review.objects.filter(memory__in=[review.memory_id for review in claimed])
    marked = {(row.memory_id, row.sequence): row for row in rows.exclude(verdict="")}
    found = {review.pk: marked.get((review.memory_id, review.voids or 0)) for review in claimed}
    return {pk: first for pk, first in found.items() if first}


def first_again(firsts: Mapping[int, Review], claimed: Review) -> Review:
    first = firsts[claimed.pk]
    return Review(
        kind=Review.Kind.ANSWER,
        shown=first.shown,
        given=first.given,
        verdict=first.verdict,
        score=first.score,
        reason=first.reason,
        rating=first.rating,
        milliseconds=first.milliseconds,
        predicted=first.predicted,
    )


# --- withdrawing a question ---------------------------------------------------------


def withdraw(question: Question, teacher: User, now: datetime) -> Found:
    """A faulty question is asked no more, and answers that it cost learners something are
    taken out of their logs. Right ones stay: nobody loses by a fault that was not theirs."""
    deck = Deck.objects.get(cards=question.card_id)
    case = Case(deck, question, "", queries.of_question(question.pk), "")
    with transaction.atomic():
        Question.objects.filter(pk=question.pk).update(state=Question.State.RETIRED, rejected=True)
        found = queries.to_withdraw(question)
        ruling = _rule(case, teacher, Ruling.Decision.FAULTY)
        ProblemReport.objects.filter(question=question, open=True).update(open=False)
        _settle(found.claims, Claim.State.FAULTY)
        tell(ruling, found.items.values())
    done: dict[int, int] = {}
    for part in parts(found.reviews):
        with transaction.atomic():
            voided = rewrite(part, _taken_back, now)
            tell(ruling, {old.learner_id for old in voided})
        done |= {old.pk: old.learner_id for old in voided}
    return replace(found, reviews=done)


def _taken_back(_old: Review) -> Review:
    return Review(kind=Review.Kind.VOID)


# --- what all rulings do --------------------------------------------------------------


def _rule(case: Case, teacher: User, decision: Ruling.Decision, spelling: str = "") -> Ruling:
    return Ruling.objects.update_or_create(
        deck=case.deck,
        expected=case.expected,
        folded=case.folded,
        defaults={
            "question": case.question,
            "teacher": teacher,
            "given": case.given,
            "spelling": spelling,
            "decision": decision,
        },
    )[0]


def _settle(claims: Iterable[int], state: Claim.State) -> None:
    rows = Claim.objects.filter(pk__in=list(claims), state=Claim.State.OPEN)
    rows.update(state=state)


def tell(ruling: Ruling, learners: Iterable[int]) -> None:
    notes = [RulingNote(ruling=ruling, learner_id=pk) for pk in sorted(set(learners))]
    RulingNote.objects.bulk_create(
        notes,
        update_conflicts=True,
        unique_fields=["ruling", "learner"],
        update_fields=["seen"],
    )


def see_notes(learner: User) -> None:
    """The learner has read what was decided."""
    RulingNote.objects.unseen_by(learner).update(seen=True)


def parts(pks: Iterable[int]) -> Iterator[list[int]]:
    left = iter(sorted(pks))
    while part := list(islice(left, AT_ONCE)):
        yield part
