"""Which of the waiting cards comes next, and which will have come once the day's work is done.

The next card is chosen anew for every page, by what was read until then. To say beforehand how
many there will be, the day is gone through as a learner would who answers all right, in the usual
time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from questions.domain.apart import HARMLESS, Read, Reading, Ready
from questions.domain.quizzes import Offer
from questions.domain.scheduling import (
    RETURN_AFTER,
    DueCard,
    NewCard,
    QueueCard,
    Session,
    plan_queue,
)

AHEAD = 8
"""Cards looked at together: before one of them is met, those that it would give away are."""


@dataclass(frozen=True, slots=True)
class Open:
    """A card of the queue and the questions, by number, in which it may be asked now."""

    waiting: QueueCard
    questions: list[int]


Look = Callable[[Sequence[int]], Mapping[int, Ready]]
"""Gives those of the cards that have something to ask."""


def first_open(
    queue: Sequence[QueueCard], look: Look, reading: Callable[[], Reading]
) -> Open | None:
    """The first card whose key nothing read hands over. Where such are all that is left, those are
    asked that cannot wait; the others are left for tomorrow."""
    held: list[Open] = []
    for start in range(0, len(queue), AHEAD):
        batch = queue[start : start + AHEAD]
        found = look([waiting.card for waiting in batch])
        there = [waiting for waiting in batch if waiting.card in found]
        choice = _first_of(there, found, reading(), held)
        if choice:
            return choice
    return next((one for one in held if _cannot_wait(one.waiting)), None)


def _first_of(
    batch: Sequence[QueueCard], found: Mapping[int, Ready], reading: Reading, held: list[Open]
) -> Open | None:
    """Those passed over join `held`. A new card is told, which nothing spoils."""
    for at, waiting in enumerate(batch):
        card = found[waiting.card]
        offers = card.offers if isinstance(waiting, NewCard) else reading.open(card)
        if not offers:
            held.append(Open(waiting, numbers(card.offers)))
            continue
        spoilt = (
            other
            for other in batch[at + 1 :]
            if _may_come(other) and reading.spoils(card, found[other.card])
        )
        sooner = next(spoilt, None)
        if sooner is None:
            return Open(waiting, numbers(offers))
        return Open(sooner, numbers(reading.open(found[sooner.card])))
    return None


def _may_come(waiting: QueueCard) -> bool:
    if isinstance(waiting, NewCard):
        return False
    return waiting.met_since is None or waiting.met_since >= RETURN_AFTER


def _cannot_wait(waiting: QueueCard) -> bool:
    """It was begun today, or would be forgotten by tomorrow."""
    if isinstance(waiting, NewCard):
        return False
    return waiting.met_since is not None or waiting.tomorrow < HARMLESS


def numbers(offers: Iterable[Offer]) -> list[int]:
    return [offer.question for offer in offers]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A day's work as it stands: the cards that wait, and the numbers of the cards `met` today, in
    their order, in whichever deck."""

    due: Sequence[DueCard]
    new: Sequence[NewCard]
    session: Session
    met: Sequence[int] = ()

    def queue(self) -> list[QueueCard]:
        return plan_queue(self.due, self.new, self.session)

    def cards(self) -> list[int]:
        return [card.card for card in self.due] + [card.card for card in self.new]


def within_reach(waiting: Waiting) -> Waiting:
    """With those cards alone that the day may come to: what is answered frees no time for more due
    cards, but for more new ones."""
    soon = waiting.queue()
    later = plan_queue(waiting.due, waiting.new, replace(waiting.session, seconds_left=None))
    return replace(
        waiting,
        due=[card for card in soon if isinstance(card, DueCard)],
        new=[card for card in later if isinstance(card, NewCard)],
    )


Meet = Callable[[Open], Read]
"""Gives what is read when a card is told or asked, and answered right."""


def day_ahead(
    waiting: Waiting, cards: Mapping[int, Ready], reading: Reading, meet: Meet
) -> list[QueueCard]:
    """The cards that will be met today, each once, in their order."""
    day = _Day(waiting)
    come: dict[int, QueueCard] = {}
    while found := first_open(day.queue(), lambda _: cards, lambda: reading):
        come.setdefault(found.waiting.card, found.waiting)
        reading.add(meet(found))
        day.meet(found.waiting)
    return list(come.values())


class _Day:
    """A day while it is gone through."""

    def __init__(self, waiting: Waiting) -> None:
        self._session = waiting.session
        self._met = list(waiting.met)
        self._due = {card.card: card for card in waiting.due}
        self._new = {card.card: card for card in waiting.new}
        self._told: set[int] = set()

    def queue(self) -> list[QueueCard]:
        due = map(self._as_of_now, self._due.values())
        return plan_queue(due, self._new.values(), self._session)

    def _as_of_now(self, card: DueCard) -> DueCard:
        if card.met_since is None:
            return card
        last = len(self._met) - self._met[::-1].index(card.card)
        return replace(card, met_since=len(set(self._met[last:])))

    def meet(self, waiting: QueueCard) -> None:
        self._met.append(waiting.card)
        facts = self._session.facts_met | {waiting.fact}
        self._session = replace(self._session, facts_met=facts)
        if isinstance(waiting, NewCard):
            self._tell(waiting)
        else:
            self._answer(waiting)

    def _tell(self, card: NewCard) -> None:
        session = self._session
        del self._new[card.card]
        self._told.add(card.card)
        self._due[card.card] = DueCard(card.card, card.fact, session.today, 0.0, met_since=0)
        self._session = replace(
            session, new_left=session.new_left - 1, new_done=session.new_done + 1
        )

    def _answer(self, card: DueCard) -> None:
        session = self._session
        del self._due[card.card]
        left = session.seconds_left
        self._session = replace(
            session,
            due_done=session.due_done + (card.card not in self._told),
            seconds_left=None if left is None else max(0.0, left - session.seconds_per_due),
        )
