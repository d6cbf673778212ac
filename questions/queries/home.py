"""What the home page reads: the decks of the day, and what teachers decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from questions.models import Card, Deck, Memory, Question, RulingNote
from questions.queries.ahead import ahead_in_each
from questions.queries.days import today as local_today
from questions.queries.waiting import Today, waiting_in_each
from studyapp.accounts.models import User

MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class DeckToday:
    """One line of the home page. `due` and `new` are the cards that a session begun now brings to
    who answers all right, `minutes` what they are expected to take. `kept` are left for tomorrow
    because others give them away, `beyond` wait past today's minutes or beside a sibling."""

    deck: Deck
    cards: int
    met: int
    due: int
    new: int
    kept: int
    beyond: int
    minutes: int
    done_today: int

    @property
    def waiting(self) -> int:
        return self.due + self.new


@dataclass(frozen=True, slots=True)
class DayPlan:
    """`due` and `new` are what today's limits leave, which all decks share; `minutes` are for all
    of it."""

    decks: list[DeckToday]
    due: int
    new: int
    minutes: int

    @property
    def waiting(self) -> int:
        return self.due + self.new


def day_plan(learner: User, now: datetime) -> DayPlan:
    today = Today(learner, local_today(learner, now))
    decks = list(Deck.objects.for_user(learner).select_related("owner"))
    found = _decks_today(decks, today) if decks else []
    due = min(sum(deck.due for deck in found), _that_fit(found, today))
    new = min(today.new_left, sum(deck.new for deck in found))
    return DayPlan(sorted(found, key=lambda deck: -deck.due), due, new, _minutes(due, new, today))


def _that_fit(decks: Sequence[DeckToday], today: Today) -> int:
    """The due cards for which there are minutes left; never fewer than one deck has."""
    most = max((deck.due for deck in decks), default=0)
    return max(most, int(today.seconds_left // today.seconds_per_review))


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


def _decks_today(decks: Sequence[Deck], today: Today) -> list[DeckToday]:
    cards = _counts(Card.objects.live().filter(Exists(_askable())), "deck")
    met = _counts(Memory.objects.of(today.learner).live(), "deck")
    waiting = waiting_in_each(decks, today)
    ahead = ahead_in_each(decks, today, waiting)
    return [
        DeckToday(
            deck,
            cards.get(deck.pk, 0),
            met.get(deck.pk, 0),
            ahead[deck.pk].due,
            ahead[deck.pk].new,
            ahead[deck.pk].kept,
            len(waiting[deck.pk].due) - ahead[deck.pk].due - ahead[deck.pk].kept,
            _minutes(ahead[deck.pk].due, ahead[deck.pk].new, today),
            len({entry.memory for entry in today.log if entry.deck == deck.pk}),
        )
        for deck in decks
    ]
