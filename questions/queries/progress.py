"""What the progress page reads. Functions of (learner, today, deck), so that other pages can
ask them too; without a deck they speak of all decks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nsmallest

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Least

from questions.domain.scheduling import MemoryState, Step, due_minutes, retrievability
from questions.domain.scheduling import seconds_per_review as seconds_each
from questions.domain.scheduling.rating import LONGEST_ANSWER
from questions.domain.statistics import (
    Day,
    Mastery,
    Strength,
    Week,
    busy_day,
    by_week,
    calendar_weeks,
    firmness,
    longest_streak,
    mastery,
    streak,
    strength_of,
    true_retention,
)
from questions.models import Card, Deck, Memory, Question, Review, Topic
from questions.models.bank import CardQuerySet
from questions.models.study import STATE_FIELDS, MemoryQuerySet
from questions.queries.statements import say_facts
from questions.queries.waiting import recent_milliseconds
from studyapp.accounts.models import User

WEEKS_SHOWN = 53
FORECAST_DAYS = 30
RECENT = timedelta(days=30)
MOST_WEAK = 8
WEAK_BELOW = 0.9
NOT_WEAK = {Strength.NOT_MET, Strength.STRONG}


# --- reviews by day -------------------------------------------------------------------


def study_days(learner: User, since: date, deck: Deck | None = None) -> dict[date, Day]:
    """Days with answers that stand, from a day on. One query, summed up by the database.

    An answer's predicted recall tells what kind it is: none on a card's first answer, exactly
    1 on one repeated the same day, less on the day's first answer on a card answered before
    (`statistics.true_retention`).
    """
    answers = Review.objects.answers().filter(learner=learner, day__gte=since)
    if deck:
        answers = answers.filter(memory__deck=deck)
    tested = Q(predicted__lt=1)
    rows = (
        answers.order_by()
        .values_list("day")
        .annotate(
            answers=Count("pk"),
            tested=Count("pk", filter=tested),
            kept=Count("pk", filter=tested & Q(rating__gt=1)),
            milliseconds=Sum(Least(Coalesce("milliseconds", 0), LONGEST_ANSWER)),
        )
    )
    return {
        day: Day(day, count, tried, kept, (milliseconds or 0) / 1000)
        for day, count, tried, kept, milliseconds in rows
    }


# --- memories -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """A learner's memory of a card that can be asked, with where the card belongs."""

    card: int
    deck: int
    topic: int | None
    state: MemoryState


def held_cards(learner: User, deck: Deck | None = None) -> list[Held]:
    """One query."""
    names = [name for name in STATE_FIELDS if name != "step"]
    rows = askable_memories(learner, deck).values_list(
        "card_id", "deck_id", "card__topic_id", "step", *names
    )
    return [
        Held(
            card,
            deck_pk,
            topic,
            MemoryState(**dict(zip(names, rest, strict=True)), step=Step(step)),
        )
        for card, deck_pk, topic, step, *rest in rows
    ]


def askable_memories(learner: User, deck: Deck | None = None) -> MemoryQuerySet:
    asked = Question.objects.active().filter(card=OuterRef("card_id"))
    memories = Memory.objects.of(learner).live().filter(Exists(asked))
    return memories.filter(deck=deck) if deck else memories


def askable_cards(decks: Iterable[Deck]) -> CardQuerySet:
    asked = Question.objects.active().filter(card=OuterRef("pk"))
    return Card.objects.live().filter(Exists(asked), deck__in=list(decks))


@dataclass(frozen=True, slots=True)
class TopicMastery:
    """`topic` is None for cards without one."""

    topic: Topic | None
    mastery: Mastery


@dataclass(frozen=True, slots=True)
class DeckMastery:
    deck: Deck
    topics: list[TopicMastery]

    @property
    def mastery(self) -> Mastery:
        return sum((each.mastery for each in self.topics), Mastery())


def mastery_of(decks: list[Deck], held: Iterable[Held], today: date) -> list[DeckMastery]:
    """Each deck's topics in their order, those without a card left out. Two queries."""
    states: dict[tuple[int, int | None], list[MemoryState]] = defaultdict(list)
    for each in held:
        states[each.deck, each.topic].append(each.state)
    counts = askable_cards(decks).order_by().values_list("deck_id", "topic_id")
    cards = {(deck, topic): n for deck, topic, n in counts.annotate(n=Count("pk"))}
    topics: dict[int, list[Topic | None]] = defaultdict(list)
    for topic in Topic.objects.filter(deck__in=decks):
        topics[topic.deck_id].append(topic)
    return [
        DeckMastery(
            deck,
            [
                TopicMastery(topic, mastery(cards[key], states[key], today))
                for topic in [*topics[deck.pk], None]
                if cards.get(key := (deck.pk, topic.pk if topic else None))
            ],
        )
        for deck in decks
    ]


def forecast(held: Iterable[Held], today: date, seconds_per_review: float) -> list[float]:
    """Minutes of scheduled reviews, today's first."""
    load: dict[date, int] = defaultdict(int)
    for each in held:
        load[each.state.due] += 1
    return due_minutes(load, today=today, seconds_per_review=seconds_per_review, days=FORECAST_DAYS)


@dataclass(frozen=True, slots=True)
class WeakCard:
    """`statement` is what the card asks to remember; `fact` its fact's uid, if it has one."""

    card: Card
    statement: str
    fact: str
    state: MemoryState
    strength: Strength
    recall: float


def weakest(held: Iterable[Held], today: date, most: int = MOST_WEAK) -> list[WeakCard]:
    """Cards met that are not strong: the likeliest to be forgotten today come first, and of two
    alike the one that was forgotten more often."""
    met = [each for each in held if strength_of(each.state, today) not in NOT_WEAK]
    weak = [each for each in met if firmness(each.state, today) < WEAK_BELOW or each.state.lapsed]
    chosen = nsmallest(most, weak, key=lambda each: (firmness(each.state, today), each.card))
    rows = _cards([each.card for each in chosen])
    said = say_facts([card.fact for card in rows.values() if card.fact])
    return [_weak(rows[each.card], said, each.state, today) for each in chosen if each.card in rows]


def _cards(pks: list[int]) -> dict[int, Card]:
    cards = Card.objects.select_related(
        "deck", "topic", "fact__deck", "fact__about", "fact__value_entity"
    ).prefetch_related("questions")
    return {card.pk: card for card in cards.filter(pk__in=pks)}


def _weak(card: Card, said: dict[int, str], state: MemoryState, today: date) -> WeakCard:
    active = [each for each in card.questions.all() if each.state == Question.State.ACTIVE]
    asked = next((each.statement or each.stem for each in active), card.key)
    return WeakCard(
        card,
        said.get(card.fact_id or 0, asked),
        card.fact.uid if card.fact else "",
        state,
        strength_of(state, today),
        retrievability(state, today),
    )


# --- the page -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """`minutes` are those of the forecast, today's first; `decks` those the learner has begun."""

    today: date
    days: dict[date, Day]
    held: list[Held]
    decks: list[DeckMastery]
    weak: list[WeakCard]
    minutes: list[float]

    @property
    def begun(self) -> bool:
        return bool(self.days or self.held)

    @property
    def calendar(self) -> list[list[date | None]]:
        return calendar_weeks(self.today, WEEKS_SHOWN)

    @property
    def busy(self) -> int:
        return busy_day([day.answers for day in self.days.values()])

    @property
    def weeks(self) -> list[Week]:
        return by_week(self.days, self.today)

    @property
    def streak(self) -> int:
        return streak(self.days.keys(), self.today)

    @property
    def longest_streak(self) -> int:
        return longest_streak(self.days.keys())

    @property
    def recent_retention(self) -> float | None:
        since = self.today - RECENT
        return true_retention(day for day in self.days.values() if day.day > since)

    @property
    def answers(self) -> int:
        return sum(day.answers for day in self.days.values())

    @property
    def hours(self) -> float:
        return sum(day.seconds for day in self.days.values()) / 3600

    @property
    def mastery(self) -> Mastery:
        return sum((each.mastery for each in self.decks), Mastery())


def progress_of(learner: User, today: date, deck: Deck | None, decks: Iterable[Deck]) -> Progress:
    """All of the page; `decks` are those the learner may study. A dozen queries, whatever
    the number of decks, cards and reviews."""
    held = held_cards(learner, deck)
    begun = {each.deck for each in held}
    shown = [deck] if deck else [each for each in decks if each.pk in begun]
    since = today - timedelta(weeks=WEEKS_SHOWN)
    return Progress(
        today=today,
        days=study_days(learner, since, deck),
        held=held,
        decks=mastery_of(shown, held, today),
        weak=weakest(held, today),
        minutes=forecast(held, today, seconds_each(recent_milliseconds(learner))),
    )


def decks_begun(learner: User) -> QuerySet[Deck]:
    """Decks of which the learner has met a card and may still study."""
    met = Memory.objects.of(learner).filter(deck=OuterRef("pk"))
    return Deck.objects.for_user(learner).filter(Exists(met))
