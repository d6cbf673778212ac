"""What the study pages read: the decks of the day, the next card, and what an answer showed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import QuerySet

from questions.domain.apart import Reading, Ready
from questions.domain.day_ahead import Open, first_open, numbers
from questions.domain.presentation import Presented
from questions.domain.scheduling import NewCard, QueueCard
from questions.models import Card, Memory, Question, Review, StudySession
from questions.queries.ahead import ahead_in_each
from questions.queries.reading import book, read_on
from questions.queries.said import given_texts, right_texts, said_statement
from questions.queries.showing import presented, question_for, telling_question
from questions.queries.waiting import Today, waiting_in

# --- the next card ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session has come, in cards: `done` are finished for the day, and the page shows
    the `at`-th that was met. A card that comes back after a wrong answer is not met anew. `total`
    is what home promised, without the cards that will be kept for tomorrow; it grows if more come,
    and never shrinks."""

    done: int
    at: int
    total: int


@dataclass(frozen=True, slots=True)
class ComesBack:
    """In so many days; today after at most so many `others`, None if that cannot be told."""

    days: int
    others: int | None = None


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
    queue = waiting_in(session.deck, today, beyond_limits=session.beyond_limits).queue()
    found = _next_open(session, day, queue, first)
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


def _next_open(
    session: StudySession, day: date, queue: Sequence[QueueCard], first: int | None
) -> Open | None:
    """`first` is asked before the others, whatever was read: it was being asked already."""

    def look(cards: Sequence[int]) -> Mapping[int, Ready]:
        return book([session.deck], cards).ready

    @cache
    def reading() -> Reading:
        return Reading(read_on(session.learner, [session.deck], day)[session.deck_id])

    for waiting in queue:
        if waiting.card == first and (found := look([first])):
            return Open(waiting, numbers(found[first].offers))
    return first_open(queue, look, reading)


def asking(session: StudySession, memory_pk: int, question_pk: int, day: date) -> Asking | None:
    """This very question again, as after an answer that could not be read; None if it is not
    the learner's to answer."""
    memories = Memory.objects.of(session.learner).filter(deck=session.deck_id)
    memory = memories.select_related("card").filter(pk=memory_pk).first()
    asked = Question.objects.once_asked()
    question = asked.filter(pk=question_pk, card__memories=memory).first()
    if memory is None or question is None:
        return None
    progress = session_progress(session, day, memory.card_id)
    return Asking(memory, question, presented(memory, question), progress)


def session_progress(session: StudySession, day: date, shown: int | None = None) -> Progress:
    """`shown` is the card on the page."""
    today = Today(session.learner, day)
    queue = waiting_in(session.deck, today, beyond_limits=session.beyond_limits).queue()
    return _progress(session, queue, today, shown)


def after_answer(session: StudySession, day: date, memory: Memory) -> tuple[Progress, ComesBack]:
    """How far the session has come with an answer, and when its card comes back."""
    today = Today(session.learner, day)
    queue = waiting_in(session.deck, today, beyond_limits=session.beyond_limits).queue()
    return _progress(session, queue, today, None), _comes_back(session, queue, today, memory)


def _comes_back(
    session: StudySession, queue: Sequence[QueueCard], today: Today, memory: Memory
) -> ComesBack:
    days = (memory.due - today.day).days
    if days <= 0 and today.is_left(memory.pk):
        return ComesBack(1)
    cards = [card.card for card in queue]
    if days > 0 or session.day != today.day or memory.card_id not in cards:
        return ComesBack(days)
    return ComesBack(0, cards.index(memory.card_id))


def cards_of_day(session: StudySession) -> int:
    """To how many cards the session's day will come: those met, and those that home promises."""
    today, deck = Today(session.learner, session.day), session.deck
    waiting = waiting_in(deck, today, beyond_limits=session.beyond_limits)
    ahead = ahead_in_each([deck], today, {deck.pk: waiting})[deck.pk]
    return len(_met(session, today) | {card.card for card in ahead.cards})


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """How many cards are left for today; if none, how many are left for tomorrow because of what
    was read today, and how many more today's limits hold back."""

    today: int
    tomorrow: int = 0
    beyond_limits: int = 0


def still_waiting(session: StudySession, day: date) -> StillWaiting:
    today, deck = Today(session.learner, day), session.deck
    waiting = waiting_in(deck, today, beyond_limits=session.beyond_limits)
    ahead = ahead_in_each([deck], today, {deck.pk: waiting})[deck.pk]
    if ahead.cards:
        return StillWaiting(len(ahead.cards), ahead.kept)
    beyond = waiting_in(deck, today, beyond_limits=True).queue()
    return StillWaiting(0, ahead.kept, max(0, len(beyond) - ahead.kept))


def _progress(
    session: StudySession, queue: Sequence[QueueCard], today: Today, shown: int | None
) -> Progress:
    waiting = {card.card for card in queue}
    met = _met(session, today)
    at = len(met | {shown} if shown else met)
    promised = session.cards if session.day == today.day else None
    total = len(met | waiting) if promised is None else max(promised, at)
    return Progress(len(met - waiting), at, total)


def _met(session: StudySession, today: Today) -> set[int]:
    return {entry.card for entry in today.log if entry.deck == session.deck_id}


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
    """The latest answer to a card that was not right, what was given and what is true, in words."""

    review: Review
    given: str
    truth: str


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


def summary_of(session: StudySession, day: date, *, is_over: bool) -> Summary:
    """`is_over`: whether no card is left for the day."""
    reviews = (
        Review.objects.filter(session=session, voided=False)
        .exclude(kind=Review.Kind.VOID)
        .select_related("question__card", "memory")
        .order_by("pk")
    )
    answers = [each for each in reviews if each.kind == Review.Kind.ANSWER]
    missed = {each.memory_id: each for each in answers if each.verdict != Review.Verdict.RIGHT}
    memories = {each.memory_id: each.memory for each in reviews}
    today = Today(session.learner, day)
    days = Counter(_next_day(memory, today, is_over) for memory in memories.values())
    return Summary(
        answers,
        [Missed(each, _given(each), _truth(each)) for each in missed.values()],
        len(reviews) - len(answers),
        sorted(days.items()),
    )


def _next_day(memory: Memory, today: Today, is_over: bool) -> date:
    """On which day a card may be met next, whenever it was due."""
    return max(memory.due, today.day + timedelta(days=is_over or today.is_left(memory.pk)))


def _truth(review: Review) -> str:
    question = review.question
    if question is None:
        return ""
    right = right_texts(Presented.from_json(review.shown), question.content)
    return said_statement(question) or "; ".join(right)


def _given(review: Review) -> str:
    return "; ".join(given_texts(Presented.from_json(review.shown), review.given))
