"""What the home page reads: the decks of the day, and what teachers decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from questions.models import Card, Deck, Memory, Question, RulingNote
from questions.queries.days import today as local_today
from questions.queries.study import Today
from studyapp.accounts.models import User

MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class DeckToday:
    """One line of the home page; `minutes` is what due and new cards are expected to take."""

    deck: Deck
    cards: int
    met: int
    due: int
    new: int
    minutes: int
    done_today: int

    @property
    def waiting(self) -> int:
        return self.due + self.new


@dataclass(frozen=True, slots=True)
class DayPlan:
    """`new` is what today's limit leaves, which all decks share; `minutes` are for all of it."""

    decks: list[DeckToday]
    new: int
    minutes: int

    @property
    def due(self) -> int:
        return sum(deck.due for deck in self.decks)

    @property
    def waiting(self) -> int:
        return self.due + self.new


def day_plan(learner: User, now: datetime) -> DayPlan:
    today = Today(learner, local_today(learner, now))
    cards = _counts(Card.objects.live().filter(Exists(_askable())), "deck")
    mine = Memory.objects.of(learner).live()
    met, due = _counts(mine, "deck"), _counts(mine.due_by(today.day), "deck")
    new_left = max(0, learner.new_per_day - today.new_told)
    decks = Deck.objects.for_user(learner).select_related("owner")
    found = [_deck_today(deck, today, cards, met, due, new_left) for deck in decks]
    new = min(new_left, sum(deck.new for deck in found))
    minutes = _minutes(sum(deck.due for deck in found), new, today)
    return DayPlan(sorted(found, key=lambda deck: -deck.due), new, minutes)


def _minutes(due: int, new: int, today: Today) -> int:
    """A new card is told and asked, so it takes two answers' time."""
    seconds = (due + 2 * new) * today.seconds_per_review
    return max(1, round(seconds / 60)) if seconds else 0


def notes_for(learner: User) -> list[RulingNote]:
    """What teachers decided on the learner's answers since they last looked, the latest first."""
    notes = RulingNote.objects.unseen_by(learner).select_related("ruling__question")
    return list(notes.order_by("-pk")[:MOST_NOTES])


def _askable() -> QuerySet[Question]:
    return Question.objects.active().filter(card=OuterRef("pk"))


def _counts(rows: QuerySet[Card] | QuerySet[Memory], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def _deck_today(
    deck: Deck,
    today: Today,
    cards: dict[int, int],
    met: dict[int, int],
    due: dict[int, int],
    new_left: int,
) -> DeckToday:
    total, known, waiting = (counts.get(deck.pk, 0) for counts in (cards, met, due))
    new = min(new_left, max(0, total - known))
    answered = {entry.memory for entry in today.log if entry.deck == deck.pk}
    return DeckToday(
        deck,
        total,
        known,
        waiting,
        new,
        _minutes(waiting, new, today),
        len(answered),
    )
