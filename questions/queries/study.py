"""What the study pages read: the decks of the day, the next card, and what an answer showed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from questions.domain.chance import Draw, draw, keyed_hash
from questions.domain.presentation import Presented, hardness, present
from questions.domain.questions import RECOGNITION, Form
from questions.domain.scheduling import (
    DueCard,
    NewCard,
    QueueCard,
    Rating,
    Session,
    form_for,
    plan_queue,
    retrievability,
    seconds_per_review,
)
from questions.models import Card, Deck, Memory, Question, Review, StudySession
from questions.models.bank import CardQuerySet
from questions.models.study import STATE_FIELDS
from questions.queries.reading import next_open
from questions.queries.said import given_texts
from studyapp.accounts.models import User

# Enough to fill any day; the most overdue come first.
MOST_DUE = 1_000
MOST_NEW = 400
RECENT_ANSWERS = 50
NEW_BEYOND_LIMITS = 10
# A card failed so often in one day is left for the next: more of the same teaches nothing.
MOST_FAILURES = 4


# --- the learner's day ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LoggedToday:
    """An entry of today's log, whichever deck it belongs to."""

    memory: int
    card: int
    deck: int
    siblings: str
    kind: str
    milliseconds: int
    finished: bool
    failed: bool


class Today:
    """What a learner has done on one local day, over all decks. Two queries."""

    def __init__(self, learner: User, day: date) -> None:
        self.learner, self.day = learner, day

    @cached_property
    def log(self) -> list[LoggedToday]:
        rows = (
            Review.objects.filter(learner=self.learner, day=self.day, voided=False)
            .exclude(kind=Review.Kind.VOID)
            .order_by("pk")
            .values_list(
                "memory_id",
                "memory__card_id",
                "memory__deck_id",
                "memory__card__siblings",
                "kind",
                "milliseconds",
                "memory__due",
                "rating",
            )
        )
        return [
            LoggedToday(*row[:5], row[5] or 0, row[6] > self.day, row[7] == Rating.AGAIN)
            for row in rows
        ]

    @property
    def new_told(self) -> int:
        return len({entry.memory for entry in self.log if entry.kind == Review.Kind.TOLD})

    @property
    def seconds_spent(self) -> float:
        return sum(entry.milliseconds for entry in self.log) / 1000

    def siblings_met(self, deck: Deck) -> frozenset[str]:
        return frozenset(entry.siblings for entry in self.log if entry.deck == deck.pk)

    def met_since(self, memory: int) -> int | None:
        """How many other cards came after this one was last met today."""
        places = [place for place, entry in enumerate(self.log) if entry.memory == memory]
        if not places:
            return None
        return len({entry.memory for entry in self.log[places[-1] + 1 :]})

    @cached_property
    def _failed(self) -> Counter[int]:
        return Counter(entry.memory for entry in self.log if entry.failed)

    def failures(self, memory: int) -> int:
        """How often a card was answered wrong today."""
        return self._failed[memory]

    @cached_property
    def seconds_per_review(self) -> float:
        return seconds_per_review(recent_milliseconds(self.learner))


def recent_milliseconds(learner: User, form: str | None = None) -> list[int]:
    """The learner's latest answers' times; of right answers in one form, if it is named."""
    answers = Review.objects.filter(
        learner=learner, kind=Review.Kind.ANSWER, voided=False, milliseconds__isnull=False
    )
    if form:
        answers = answers.filter(question__form=form, verdict=Review.Verdict.RIGHT)
    latest = answers.order_by("-day", "-pk").values_list("milliseconds", flat=True)
    return [each or 0 for each in latest[:RECENT_ANSWERS]]


# --- the queue --------------------------------------------------------------------


def unmet_cards(learner: User, deck: Deck) -> CardQuerySet:
    """Cards with something to ask that this learner has not met, in the order of learning:
    the deck's, but what can only be recalled comes after what can be recognised first."""
    met = Memory.objects.filter(learner=learner, card=OuterRef("pk"))
    askable = Question.objects.active().filter(card=OuterRef("pk"))
    return (
        Card.objects.live()
        .filter(~Exists(met), Exists(askable), deck=deck)
        .annotate(recognisable=Exists(askable.filter(form__in=RECOGNITION)))
        .order_by("-recognisable", "position", "pk")
    )


def due_memories(learner: User, deck: Deck, day: date) -> QuerySet[Memory]:
    askable = Question.objects.active().filter(card=OuterRef("card_id"))
    return (
        Memory.objects.of(learner)
        .live()
        .due_by(day)
        .filter(Exists(askable), deck=deck)
        .order_by("due", "pk")
    )


def queue_for(
    learner: User, deck: Deck, today: Today, *, beyond_limits: bool = False
) -> list[QueueCard]:
    """The cards to meet today, the next one first. Cards are named by their Card's pk."""
    memories = (
        due_memories(learner, deck, today.day)
        .select_related("card")
        .only("card__siblings", *STATE_FIELDS)[:MOST_DUE]
    )
    due = [
        DueCard(
            card=memory.card_id,
            fact=memory.card.siblings,
            due=memory.due,
            retrievability=retrievability(memory.state, today.day),
            met_since=today.met_since(memory.pk),
        )
        for memory in memories
        if today.failures(memory.pk) < MOST_FAILURES
    ]
    new_left = max(0, learner.new_per_day - today.new_told)
    if beyond_limits:
        new_left += NEW_BEYOND_LIMITS
    new = [
        NewCard(card=pk, fact=siblings, position=position)
        for position, (pk, siblings) in enumerate(
            unmet_cards(learner, deck).values_list("pk", "siblings")[: MOST_NEW if new_left else 0]
        )
    ]
    return plan_queue(due, new, _session(learner, deck, today, new_left, beyond_limits))


def _session(
    learner: User, deck: Deck, today: Today, new_left: int, beyond_limits: bool
) -> Session:
    answered = {entry.memory for entry in today.log if entry.deck == deck.pk and entry.finished}
    told = {
        entry.memory
        for entry in today.log
        if entry.deck == deck.pk and entry.kind == Review.Kind.TOLD
    }
    left = learner.minutes_per_day * 60 - today.seconds_spent
    return Session(
        today=today.day,
        new_left=new_left,
        seconds_left=None if beyond_limits else max(0.0, left),
        seconds_per_due=today.seconds_per_review,
        seconds_per_new=2 * today.seconds_per_review,
        facts_met=today.siblings_met(deck),
        due_done=len(answered - told),
        new_done=len(told),
    )


# --- the next card ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session has come, in cards: `done` are finished for the day, and the page shows
    the `at`-th that was met. A card that comes back after a wrong answer is not met anew."""

    done: int
    left: int
    at: int

    @property
    def total(self) -> int:
        return self.done + self.left


@dataclass(frozen=True, slots=True)
class Telling:
    """A new card, told before it is asked."""

    card: Card
    question: Question
    progress: Progress


@dataclass(frozen=True, slots=True)
class Asking:
    memory: Memory
    question: Question
    presented: Presented
    progress: Progress


def next_step(
    session: StudySession, day: date, *, first: int | None = None
) -> Telling | Asking | None:
    """What to put before the learner; None when the day's work is done.

    `first` names a card to be asked ahead of the others, as after an undo, if it is in the queue.
    """
    today = Today(session.learner, day)
    queue = queue_for(session.learner, session.deck, today, beyond_limits=session.beyond_limits)
    found = next_open(session, day, queue, first)
    if found is None:
        return None
    progress = _progress(session, queue, today, found.waiting.card)
    questions = list(Question.objects.filter(pk__in=found.questions).order_by("pk"))
    if isinstance(found.waiting, NewCard):
        card = Card.objects.select_related("deck", "fact").get(pk=found.waiting.card)
        return Telling(card, telling_question(questions), progress)
    memories = Memory.objects.of(session.learner).select_related("card")
    memory = memories.get(card=found.waiting.card)
    question = question_for(memory, questions)
    return Asking(memory, question, presented(memory, question), progress)


def asking(session: StudySession, memory_pk: int, question_pk: int, day: date) -> Asking | None:
    """This very question again, as after an answer that could not be read; None if it is not
    the learner's to answer."""
    memories = Memory.objects.of(session.learner).filter(deck=session.deck_id)
    memory = memories.select_related("card").filter(pk=memory_pk).first()
    question = Question.objects.askable().filter(pk=question_pk, card__memories=memory).first()
    if memory is None or question is None:
        return None
    progress = session_progress(session, day, memory.card_id)
    return Asking(memory, question, presented(memory, question), progress)


def session_progress(session: StudySession, day: date, shown: int | None = None) -> Progress:
    """`shown` is the card on the page."""
    today = Today(session.learner, day)
    queue = queue_for(session.learner, session.deck, today, beyond_limits=session.beyond_limits)
    return _progress(session, queue, today, shown)


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """How many cards are left for today; if none, how many are left for tomorrow because of what
    was read today, and how many more today's limits hold back."""

    today: int
    tomorrow: int = 0
    beyond_limits: int = 0


def still_waiting(session: StudySession, day: date) -> StillWaiting:
    today, learner = Today(session.learner, day), session.learner
    queue = queue_for(learner, session.deck, today, beyond_limits=session.beyond_limits)
    if next_open(session, day, queue):
        return StillWaiting(len(queue))
    beyond = queue_for(learner, session.deck, today, beyond_limits=True)
    return StillWaiting(0, len(queue), max(0, len(beyond) - len(queue)))


def _progress(
    session: StudySession, queue: Sequence[QueueCard], today: Today, shown: int | None
) -> Progress:
    waiting = {card.card for card in queue}
    met = {entry.card for entry in today.log if entry.deck == session.deck_id}
    at = len(met | {shown} if shown else met)
    return Progress(len(met - waiting), len(waiting), at)


def telling_question(questions: Sequence[Question]) -> Question:
    """The question whose true statement tells a new card."""
    return next((each for each in questions if each.statement), questions[0])


def question_for(memory: Memory, questions: Sequence[Question]) -> Question:
    """The question to ask now, the same until it is answered."""
    key = keyed_hash(secret(), "question", memory.pk, memory.version)
    form = form_for(memory.state, {question.form for question in questions}, key)
    fitting = sorted((each for each in questions if each.form == form), key=lambda each: each.pk)
    return draw(key, "wording").choose(fitting)


def seal(memory: Memory, question: Question, presented: Presented, shown_at: str) -> str:
    """Binds an answer to what its page showed: the memory's version, the question, its options in
    their order, and when. Whoever does not have the server's secret cannot make one up."""
    asked = json.dumps(presented.asked(), sort_keys=True)
    return keyed_hash(
        secret(), "seal", memory.pk, memory.version, question.pk, asked, shown_at
    ).hex()


def presented(memory: Memory, question: Question) -> Presented:
    chance = draw(secret(), "present", memory.pk, memory.version, question.pk)
    return present_question(question, chance, hardness(memory.stability))


def present_question(question: Question, chance: Draw, hardness: float | None = None) -> Presented:
    return present(Form(question.form), question.stem, question.content, chance, hardness)


def secret() -> bytes:
    return settings.SECRET_KEY.encode()


# --- afterwards -------------------------------------------------------------------


def answers_of(session: StudySession) -> QuerySet[Review]:
    """The learner's answers in this session's deck, those taken back among them."""
    return Review.objects.filter(
        learner=session.learner,
        memory__deck=session.deck_id,
        kind=Review.Kind.ANSWER,
        question__isnull=False,
    ).select_related("question__card__deck", "memory")


def last_answer(session: StudySession) -> Review | None:
    """What "undo" would take back: the session's latest answer, if nothing came after it."""
    latest = answers_of(session).filter(session=session, ruled=False).order_by("pk").last()
    if latest is None or latest.voided or latest.sequence != latest.memory.version:
        return None
    return latest


@dataclass(frozen=True, slots=True)
class Missed:
    """The latest answer to a card that was not right, and what was given, in words."""

    review: Review
    given: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A session looked back on. Cards count once; `score` is the mean over all answers."""

    answers: list[Review]
    missed: list[Missed]
    told: int
    coming: list[tuple[date, int]]

    @property
    def score(self) -> float | None:
        scores = [answer.score or 0.0 for answer in self.answers]
        return sum(scores) / len(scores) if scores else None

    @property
    def right(self) -> int:
        return sum(answer.verdict == Review.Verdict.RIGHT for answer in self.answers)


def summary_of(session: StudySession) -> Summary:
    reviews = (
        Review.objects.filter(session=session, voided=False)
        .exclude(kind=Review.Kind.VOID)
        .select_related("question__card", "memory")
        .order_by("pk")
    )
    answers = [each for each in reviews if each.kind == Review.Kind.ANSWER]
    missed = {each.memory_id: each for each in answers if each.verdict != Review.Verdict.RIGHT}
    memories = {each.memory_id: each.memory for each in reviews}
    days: dict[date, int] = {}
    for memory in memories.values():
        days[memory.due] = days.get(memory.due, 0) + 1
    return Summary(
        answers,
        [Missed(each, _given(each)) for each in missed.values()],
        len(reviews) - len(answers),
        sorted(days.items()),
    )


def _given(review: Review) -> str:
    return "; ".join(given_texts(Presented.from_json(review.shown), review.given))
