"""How many cards a session will bring: its day gone through as if all were answered right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questions.domain.apart import Read, Reading, Ready
from questions.domain.day_ahead import Open, Waiting, day_ahead, within_reach
from questions.domain.generation.together import Piece, told_pieces
from questions.domain.scheduling import DueCard, NewCard, QueueCard, tell
from questions.models import Deck, Memory
from questions.models.study import STATE_FIELDS, state_fields
from questions.queries.reading import (
    Book,
    Notes,
    answered_wrong_on,
    book,
    notes,
    pieces_shown,
    read,
    read_on,
)
from questions.queries.showing import presented, question_for
from questions.queries.waiting import Today


@dataclass(frozen=True, slots=True)
class Ahead:
    """The cards that a session will bring, and how many it will leave for tomorrow because of what
    will have been read by then."""

    cards: Sequence[QueueCard]
    kept: int

    @property
    def due(self) -> int:
        return sum(isinstance(card, DueCard) for card in self.cards)

    @property
    def new(self) -> int:
        return len(self.cards) - self.due


MOST_GONE_THROUGH = 120
"""Cards of all decks together, about half an hour of work: to go through more takes too long for a
page that is looked at so often."""
MOST_EXPLAINED = 2
"""Decks of which it is read again what their wrong answers of today are, in eight queries each."""


def ahead_in_each(
    decks: Sequence[Deck], today: Today, waiting: Mapping[int, Waiting]
) -> dict[int, Ahead]:
    """By the deck's number. Seven queries, and sixteen more at most for what was answered wrong,
    however many decks there are. Where no card can be given away, its questions are not read. Of
    decks past these bounds all cards in reach are said to come, though some may be kept."""
    near = {deck.pk: within_reach(waiting[deck.pk]) for deck in decks}
    found = {pk: Ahead(each.queue(), 0) for pk, each in near.items()}
    doubtful = [deck for deck in decks if _may_keep(near[deck.pk])]
    chosen = _within_bounds(doubtful, today, near) if doubtful else []
    return found | _gone_through(chosen, today, near) if chosen else found


def _may_keep(waiting: Waiting) -> bool:
    """What was begun today comes, and what is new is told, whatever was read."""
    return any(card.met_since is None for card in waiting.due)


def _within_bounds(decks: Sequence[Deck], today: Today, near: Mapping[int, Waiting]) -> list[Deck]:
    """Those with the fewest cards, for then they are the most."""
    wrong = answered_wrong_on(today.learner, decks, today.day)
    cards, explained, found = 0, 0, []
    for deck in sorted(decks, key=lambda deck: len(near[deck.pk].cards())):
        cards += len(near[deck.pk].cards())
        if cards > MOST_GONE_THROUGH:
            break
        explained += deck.pk in wrong
        if deck.pk not in wrong or explained <= MOST_EXPLAINED:
            found.append(deck)
    return found


def _gone_through(
    decks: Sequence[Deck], today: Today, near: Mapping[int, Waiting]
) -> dict[int, Ahead]:
    known = book(decks, {card for deck in decks for card in near[deck.pk].cards()})
    before = read_on(today.learner, decks, today.day)
    rows = Memory.objects.of(today.learner).filter(card__in=known.ready)
    memories = {row.card_id: row for row in rows.only("learner", "card", *STATE_FIELDS)}
    meeting = _Meeting(today, known, memories, notes(decks, known.asked))
    found = {}
    for deck in decks:
        waiting = near[deck.pk]
        come = day_ahead(waiting, known.ready, Reading(before[deck.pk]), meeting.of)
        due = {card.card for card in waiting.due} - {card.card for card in come}
        found[deck.pk] = Ahead(come, len(due))
    return found


class _Meeting:
    """What is read of a card when it is told, or asked and answered right."""

    def __init__(
        self, today: Today, known: Book, memories: Mapping[int, Memory], said: Notes
    ) -> None:
        self._today, self._known, self._memories, self._said = today, known, memories, said

    def of(self, found: Open) -> Read:
        card = self._known.ready[found.waiting.card]
        new = isinstance(found.waiting, NewCard)
        pieces = self._told(card) if new else self._asked(card, found)
        return read(card.basis, pieces, self._said)

    def _told(self, card: Ready) -> list[Piece]:
        statements = (each.statement for each in self._known.questions[card.basis.card])
        return list(told_pieces(next(filter(None, statements), "")))

    def _asked(self, card: Ready, found: Open) -> list[Piece]:
        memory = self._memories.get(card.basis.card) or self._as_told(card.basis.card)
        rows = self._known.questions[card.basis.card]
        question = question_for(memory, [row for row in rows if row.pk in found.questions])
        shown = presented(memory, question)
        return list(pieces_shown(shown, question.statement, question.explanation))

    def _as_told(self, card: int) -> Memory:
        state = state_fields(tell(self._today.day))
        return Memory(learner=self._today.learner, card_id=card, **state)
