"""Studying: telling a card, answering, taking back, and "I was right".

An answer is a compare-and-swap on the memory's version together with an insert into its log,
in one transaction; everything is read and computed before. So of two tabs, a double click or a
retry after a killed worker exactly one is counted, and the same submission sent again finds
what it was told before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef

from questions.domain.answering import Given, grade_given, normalised, self_rating
from questions.domain.grading import Grade, Verdict
from questions.domain.messages import Message, gettext_noop
from questions.domain.presentation import Presented
from questions.domain.questions import PRODUCED, Form
from questions.domain.scheduling import (
    LogEntry,
    MemoryState,
    Rating,
    Spread,
    possible_days,
    rate,
    replay,
    retrievability,
    review,
    tell,
    usual_milliseconds,
)
from questions.models import (
    Card,
    Claim,
    Deck,
    Memory,
    ProblemReport,
    Question,
    Review,
    StudySession,
)
from questions.models.facts import open_to
from questions.models.study import state_fields
from questions.queries.asked_now import content_to_grade
from questions.queries.days import today as local_today
from questions.queries.names import name_index
from questions.queries.showing import presented as present_to
from questions.queries.showing import seal, secret
from questions.queries.study import cards_of_day
from questions.queries.waiting import recent_milliseconds
from questions.services.reports import keep_report
from studyapp.accounts.models import User

DESIRED_RETENTION = 0.9
LONGEST = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a question's page sent back. `version` is the memory's when it was shown; `seal` is
    the page's proof of what it showed, made with `stamp`, and None where there was no page."""

    id: UUID
    version: int
    given: Given
    shown_at: datetime | None = None
    stamp: str = ""
    seal: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer counts; `again` if the same submission had been counted before."""

    review: Review
    again: bool = False


@dataclass(frozen=True, slots=True)
class NotGraded:
    """Nothing was recorded: the question stays open, for this reason."""

    reason: Message


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The question was answered meanwhile, in another tab, or a teacher withdrew it."""

    latest: Review | None
    withdrawn: bool = False


Outcome = Recorded | NotGraded | Overtaken


SHOWN_AGAIN = Message(gettext_noop("This question has changed since you saw it; here it is again."))


class NothingToUndo(Exception):
    """The answer is not the memory's latest any more, or was taken back already."""


def start(learner: User, deck: Deck, now: datetime, *, beyond_limits: bool = False) -> StudySession:
    """Today's session with this deck, with what home promises of it; the one begun already goes
    on."""
    session = session_of_day(learner, deck, now, beyond_limits=beyond_limits)
    cards = cards_of_day(session)
    if cards != session.cards:
        session.cards = cards
        session.save(update_fields=["cards"])
    return session


def session_of_day(
    learner: User, deck: Deck, now: datetime, *, beyond_limits: bool = False
) -> StudySession:
    day = local_today(learner, now)
    begun = StudySession.objects.filter(learner=learner, deck=deck, day=day).last()
    if begun and begun.beyond_limits == beyond_limits:
        return begun
    return StudySession.objects.create(
        learner=learner, deck=deck, day=day, beyond_limits=beyond_limits
    )


def tell_card(session: StudySession, card: Card, submission: UUID, now: datetime) -> Memory:
    """The learner has read a new card's statement; telling it twice changes nothing."""
    learner, day = session.learner, local_today(session.learner, now)
    try:
        with transaction.atomic():
            memory = Memory.objects.create(
                learner=learner, card=card, deck=session.deck, **state_fields(tell(day))
            )
            Review.objects.create(
                memory=memory,
                sequence=memory.version,
                submission=submission,
                kind=Review.Kind.TOLD,
                learner=learner,
                session=session,
                day=day,
                time_zone=learner.time_zone,
                at=now,
            )
    except IntegrityError:
        return Memory.objects.get(learner=learner, card=card)
    return memory


# --- answering --------------------------------------------------------------------


def answer(
    learner: User,
    memory_pk: int,
    question_pk: int,
    submission: Submission,
    now: datetime,
    session_pk: int | None = None,
) -> Outcome:
    """Grade and record. Raises Memory.DoesNotExist or Question.DoesNotExist for what is not
    the learner's, or not of the memory's card. Six statements."""
    memory = _memory_for_answer(learner, memory_pk, session_pk)
    if memory.version != submission.version:
        return _overtaken(memory, submission)
    question = Question.objects.once_asked().get(pk=question_pk, card=memory.card_id)
    if question.rejected:
        return Overtaken(None, withdrawn=True)
    presented = present_to(memory, question)
    if submission.seal not in {None, seal(memory, question, presented, submission.stamp)}:
        return NotGraded(SHOWN_AGAIN)
    given = normalised(presented, submission.given)
    submission = replace(submission, given=given)
    content = content_to_grade(question)
    grade = grade_given(presented, content, given, lambda: name_index(memory.deck))
    if grade.verdict is Verdict.ASK_AGAIN:
        return NotGraded(grade.reason)
    answered = GradedAnswer(
        learner, memory, question, presented, grade, submission, now, session_pk
    )
    return answered.record()


def _memory_for_answer(learner: User, memory_pk: int, session_pk: int | None) -> Memory:
    # A deck's own vocabulary can be long, and the names' index has read it already.
    memories = (
        Memory.objects.of(learner)
        .select_related("deck", "card")
        .defer("deck__own_vocabulary", "deck__complete", "deck__description")
    )
    if session_pk is not None:
        sessions = StudySession.objects.filter(
            pk=session_pk, learner=learner, deck=OuterRef("deck")
        )
        memories = memories.filter(open_to(learner, "deck__"), Exists(sessions))
    return memories.get(pk=memory_pk)


def _overtaken(memory: Memory, submission: Submission) -> Outcome:
    mine = Review.objects.filter(memory=memory, submission=submission.id).last()
    if mine:
        return Recorded(mine, again=True)
    return Overtaken(Review.objects.answers().filter(memory=memory).order_by("sequence").last())


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """A graded answer on its way into the log; quizzes record theirs with it too."""

    learner: User
    memory: Memory
    question: Question
    presented: Presented
    grade: Grade
    submission: Submission
    now: datetime
    session_pk: int | None

    def record(self) -> Outcome:
        state, day = self.memory.state, self.day
        rating = self.self_rating or self.rating(
            recent_milliseconds(self.learner, self.question.form)
        )
        after = self.after(rating, spread(self.memory, state, rating, day))
        row = self.review(after, rating)
        with transaction.atomic():
            if not swap(self.memory, after):
                return _overtaken(self.memory, self.submission)
            row.save(force_insert=True)
        return Recorded(row)

    @property
    def day(self) -> date:
        return local_today(self.learner, self.now)

    @property
    def milliseconds(self) -> int:
        return milliseconds_since(self.submission.shown_at, self.now)

    @property
    def self_rating(self) -> Rating | None:
        """Flashcards are rated by the learner."""
        flashcard = self.presented.form is Form.FLASHCARD
        return self_rating(self.submission.given) if flashcard else None

    def rating(self, recent: Sequence[int]) -> Rating:
        """`recent` are the times of the learner's latest right answers in this form."""
        return self.self_rating or rate(
            self.grade.verdict,
            form_is_typed=self.presented.form in PRODUCED,
            hinted=False,
            milliseconds=self.milliseconds,
            usual_milliseconds=usual_milliseconds(recent),
        )

    def after(self, rating: Rating, fuzz: Spread) -> MemoryState:
        state = self.memory.state
        return review(state, rating, self.day, desired_retention=DESIRED_RETENTION, fuzz=fuzz)

    def review(self, after: MemoryState, rating: Rating) -> Review:
        before, day = self.memory.state, self.day
        return Review(
            memory=self.memory,
            sequence=after.version,
            submission=self.submission.id,
            learner=self.learner,
            session_id=self.session_pk,
            question=self.question,
            shown=self.presented.to_json(),
            given={name: list(values) for name, values in self.submission.given.items()},
            verdict=self.grade.verdict.value,
            score=self.grade.score,
            reason=reason_json(self.grade),
            rating=rating.value,
            due=after.due,
            milliseconds=self.milliseconds,
            predicted=None if before.stability is None else retrievability(before, day),
            day=day,
            time_zone=self.learner.time_zone,
            at=self.now,
        )


def milliseconds_since(shown_at: datetime | None, now: datetime) -> int:
    """What an answer took; 0 if that is not known, or too long to have been an answer's time."""
    if shown_at is None or not timedelta(0) < now - shown_at < LONGEST:
        return 0
    return int((now - shown_at).total_seconds() * 1000)


def reason_json(grade: Grade) -> dict[str, object]:
    return {
        "text": grade.reason.text,
        "params": dict(grade.reason.params),
        "shown": grade.shown,
        "missing": list(grade.missing),
        "extra": list(grade.extra),
        "halves": [[half.value, half.why.text, dict(half.why.params)] for half in grade.halves],
    }


def swap(memory: Memory, after: MemoryState) -> bool:
    """Put the new state in the old one's place, unless the memory has moved on meanwhile."""
    unchanged = Memory.objects.filter(
        pk=memory.pk, learner=memory.learner_id, version=memory.version
    )
    return unchanged.update(**state_fields(after)) == 1


def spread(memory: Memory, state: MemoryState | None, rating: Rating, day: date) -> Spread:
    """The fuzz of this answer, which looks for the learner's least loaded day."""
    first, last = possible_days(state, rating, day, desired_retention=DESIRED_RETENTION)
    load = load_between(memory.learner_id, first, last) if last > first else {}
    return Spread(secret(), memory.pk, state.version if state else 0, load)


def load_between(learner_pk: int, first: date, last: date) -> dict[date, int]:
    """How many of the learner's cards are due on each of these days."""
    rows = Memory.objects.filter(learner=learner_pk, due__range=(first, last))
    return dict(rows.order_by().values_list("due").annotate(n=Count("pk")))


# --- taking back ------------------------------------------------------------------


def undo(learner: User, review_pk: int, submission: UUID, now: datetime) -> Memory:
    """Take the learner's latest answer to a card back: a VOID entry, and the log replayed.

    Raises Review.DoesNotExist for another learner's review, NothingToUndo if something came
    after it. Undone twice by one submission, it is undone once.
    """
    undone = Review.objects.select_related("memory__card").get(pk=review_pk, learner=learner)
    memory = undone.memory
    if Review.objects.filter(memory=memory, submission=submission).exists():
        return memory
    if not may_be_taken_back(undone):
        raise NothingToUndo
    void = _entry_after(undone, submission, now, kind=Review.Kind.VOID, voids=undone.sequence)
    with transaction.atomic():
        _append(memory, void, replacing=undone)
        Claim.objects.filter(review=undone, state=Claim.State.OPEN).delete()
    return memory


def claim_right(learner: User, review_pk: int, submission: UUID, now: datetime) -> Review:
    """ "I was right": an answer that takes the marked one's place, and a claim for the teacher.

    Raises Review.DoesNotExist for another learner's review, NothingToUndo as `undo` does and
    where there is nothing to claim: only what was produced, and not taken for right, can be.
    """
    answers = Review.objects.select_related("memory__card", "question")
    marked = answers.get(pk=review_pk, learner=learner)
    memory = marked.memory
    before = Review.objects.filter(memory=memory, submission=submission).last()
    if before:
        return before
    if not may_be_claimed(marked):
        raise NothingToUndo
    right = _as_right(marked, submission, now)
    assert marked.question_id is not None
    with transaction.atomic():
        _append(memory, right, replacing=marked)
        Claim.objects.create(
            review=right,
            learner=learner,
            question_id=marked.question_id,
            given=typed_text(marked.given),
        )
    return right


def typed_text(given: Given) -> str:
    return "; ".join(given.get("text") or [])


def may_be_taken_back(answer: Review) -> bool:
    """Nothing came after it, and no teacher has ruled on it."""
    latest = answer.sequence == answer.memory.version and not answer.voided
    return latest and answer.kind == Review.Kind.ANSWER and not answer.ruled


def may_be_claimed(answer: Review) -> bool:
    """ "I was right" is for what a learner wrote: an option or one's own rating is no spelling."""
    if not may_be_taken_back(answer) or answer.question is None or answer.claimed:
        return False
    return answer.question.form in PRODUCED and answer.verdict != Review.Verdict.RIGHT


def _as_right(marked: Review, submission: UUID, now: datetime) -> Review:
    state = replay(entry for entry in log_of(marked.memory) if entry.sequence < marked.sequence)
    due = review(
        state,
        Rating.GOOD,
        marked.day,
        desired_retention=DESIRED_RETENTION,
        fuzz=spread(marked.memory, state, Rating.GOOD, marked.day),
    ).due
    right = _entry_after(marked, submission, now, kind=Review.Kind.ANSWER, voids=marked.sequence)
    right.question_id, right.session_id = marked.question_id, marked.session_id
    right.shown, right.given, right.reason = marked.shown, marked.given, {}
    right.verdict, right.score = Review.Verdict.RIGHT, 1.0
    right.rating, right.due, right.claimed = Rating.GOOD.value, due, True
    right.milliseconds, right.predicted = marked.milliseconds, marked.predicted
    return right


def _entry_after(
    last: Review, submission: UUID, now: datetime, *, kind: Review.Kind, voids: int
) -> Review:
    return Review(
        memory=last.memory,
        sequence=last.sequence + 1,
        submission=submission,
        kind=kind,
        learner_id=last.learner_id,
        session_id=last.session_id,
        question_id=last.question_id,
        day=last.day,
        time_zone=last.time_zone,
        at=now,
        voids=voids,
    )


def _append(memory: Memory, entry: Review, *, replacing: Review) -> None:
    """Add an entry that voids another, and set the memory to what the log now says."""
    before = (each for each in log_of(memory) if each.sequence <= memory.version)
    after = replay([*before, entry.entry])
    assert after is not None
    with transaction.atomic():
        if not swap(memory, after):
            if Review.objects.filter(memory=memory, submission=entry.submission).exists():
                return  # sent twice at the same moment: the other one has done it
            raise NothingToUndo
        Review.objects.filter(pk=replacing.pk).update(voided=True)
        entry.save(force_insert=True)
    for name, value in state_fields(after).items():
        setattr(memory, name, value)


def log_of(memory: Memory) -> list[LogEntry]:
    return [each.entry for each in Review.objects.filter(memory=memory).order_by("sequence")]


def report_problem(answered: Review, text: str) -> ProblemReport:
    """A learner's word to the teacher that a question is bad, as it was shown."""
    assert answered.question_id is not None
    return keep_report(
        answered.learner_id,
        answered.question_id,
        text,
        review=answered,
        shown=answered.shown,
        given=answered.given,
        verdict=answered.verdict,
    )
