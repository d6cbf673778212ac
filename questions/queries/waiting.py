"""What a learner has done today, and the cards that wait."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import RowNumber

from questions.domain.day_ahead import Waiting
from questions.domain.questions import RECOGNITION
from questions.domain.scheduling import (
    DueCard,
    NewCard,
    Rating,
    Session,
    retrievability,
    seconds_per_review,
)
from questions.models import Card, Deck, Memory, Question, Review
from questions.models.study import STATE_FIELDS
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

    @property
    def new_left(self) -> int:
        return max(0, self.learner.new_per_day - self.new_told)

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.learner.minutes_per_day * 60 - self.seconds_spent)

    def met_since(self, memory: int) -> int | None:
        """How many other cards came after this one was last met today."""
        places = [place for place, entry in enumerate(self.log) if entry.memory == memory]
        if not places:
            return None
        return len({entry.memory for entry in self.log[places[-1] + 1 :]})

    @cached_property
    def _failed(self) -> Counter[int]:
        return Counter(entry.memory for entry in self.log if entry.failed)

    def is_left(self, memory: int) -> bool:
        """Whether a card was failed too often today to be asked once more."""
        return self._failed[memory] >= MOST_FAILURES

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


# --- the cards that wait ----------------------------------------------------------


def waiting_in(deck: Deck, today: Today, *, beyond_limits: bool = False) -> Waiting:
    """The cards of a deck that may be met today. Cards are named by their Card's pk."""
    return waiting_in_each([deck], today, beyond_limits=beyond_limits)[deck.pk]


def waiting_in_each(
    decks: Collection[Deck], today: Today, *, beyond_limits: bool = False
) -> dict[int, Waiting]:
    """By the deck's number. Four queries, however many decks."""
    new_left = today.new_left + (NEW_BEYOND_LIMITS if beyond_limits else 0)
    due = _due(decks, today)
    new = _new(decks, today.learner) if new_left else {}
    met = [entry.card for entry in today.log]
    return {
        deck.pk: Waiting(
            due.get(deck.pk, []),
            new.get(deck.pk, []),
            _session(deck, today, new_left, beyond_limits),
            met,
        )
        for deck in decks
    }


def _due(decks: Collection[Deck], today: Today) -> dict[int, list[DueCard]]:
    """Those failed too often today are left out."""
    askable = Question.objects.active().filter(card=OuterRef("card_id"))
    memories = Memory.objects.of(today.learner).live().due_by(today.day).filter(Exists(askable))
    rows = _of_each(decks, memories, MOST_DUE, "due", "pk").select_related("card")
    found: dict[int, list[DueCard]] = defaultdict(list)
    for memory in rows.only("deck", "card__siblings", *STATE_FIELDS):
        if not today.is_left(memory.pk):
            found[memory.deck_id].append(_due_card(memory, today))
    return found


def _due_card(memory: Memory, today: Today) -> DueCard:
    return DueCard(
        card=memory.card_id,
        fact=memory.card.siblings,
        due=memory.due,
        retrievability=retrievability(memory.state, today.day),
        met_since=today.met_since(memory.pk),
        tomorrow=retrievability(memory.state, today.day + timedelta(days=1)),
    )


def _new(decks: Collection[Deck], learner: User) -> dict[int, list[NewCard]]:
    """Cards with something to ask that this learner has not met, in the order of learning:
    the deck's, but what can only be recalled comes after what can be recognised first."""
    met = Memory.objects.filter(learner=learner, card=OuterRef("pk"))
    askable = Question.objects.active().filter(card=OuterRef("pk"))
    cards = (
        Card.objects.live()
        .filter(~Exists(met), Exists(askable))
        .annotate(recognisable=Exists(askable.filter(form__in=RECOGNITION)))
    )
    rows = _of_each(decks, cards, MOST_NEW, F("recognisable").desc(), "position", "pk")
    found: dict[int, list[NewCard]] = defaultdict(list)
    for deck, card, siblings in rows.values_list("deck", "pk", "siblings"):
        found[deck].append(NewCard(card=card, fact=siblings, position=len(found[deck])))
    return found


def _of_each(
    decks: Collection[Deck], rows: QuerySet[Any, Any], most: int, *order: OrderBy | str
) -> QuerySet[Any, Any]:
    """The first rows of each of the decks."""
    first: QuerySet[Any, Any] = rows.filter(deck__in=decks).order_by(*order)
    if len(decks) > 1:
        place = Window(RowNumber(), partition_by="deck", order_by=order)
        first = first.annotate(place=place).filter(place__lte=most)
    else:
        first = first[:most]
    return first


def _session(deck: Deck, today: Today, new_left: int, beyond_limits: bool) -> Session:
    entries = [entry for entry in today.log if entry.deck == deck.pk]
    told = {entry.memory for entry in entries if entry.kind == Review.Kind.TOLD}
    answered = {entry.memory for entry in entries if entry.finished}
    return Session(
        today=today.day,
        new_left=new_left,
        seconds_left=None if beyond_limits else today.seconds_left,
        seconds_per_due=today.seconds_per_review,
        seconds_per_new=2 * today.seconds_per_review,
        facts_met=frozenset(entry.siblings for entry in entries),
        due_done=len(answered - told),
        new_done=len(told),
    )
