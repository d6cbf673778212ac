"""How many cards a session will bring: its day gone through as if all were answered right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from questions.domain.apart import Read, Reading, Ready
from questions.domain.day_ahead import Open, Waiting, day_ahead, within_reach
from questions.domain.generation.together import Piece, told_pieces
from questions.domain.questions import Form
from questions.domain.scheduling import DueCard, NewCard, QueueCard, tell
from questions.models import Card, Deck, Memory, Question
from questions.models.study import STATE_FIELDS, state_fields
from questions.queries.explaining import Explained, explanations
from questions.queries.mistakes import Answered, to_explain
from questions.queries.reading import (
    Book,
    Notes,
    book,
    explained_on,
    notes,
    pieces_shown,
    read,
    read_on,
    stating,
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
"""Decks of which it is read what the page said of today's wrong answers, and what it will say of
false statements, in thirteen queries each time."""


def ahead_in_each(
    decks: Sequence[Deck], today: Today, waiting: Mapping[int, Waiting]
) -> dict[int, Ahead]:
    """By the deck's number. Eight queries, and thirteen more at most four times over for what is
    explained, however many decks there are. Where no card can be given away, its questions are not
    read. Of decks past these bounds all cards in reach are said to come, though some may be kept.
    """
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
    told = explained_on(today.learner, decks, today.day)
    told |= stating([card for deck in decks for card in near[deck.pk].cards()])
    cards, explained, found = 0, 0, []
    for deck in sorted(decks, key=lambda deck: len(near[deck.pk].cards())):
        cards += len(near[deck.pk].cards())
        if cards > MOST_GONE_THROUGH:
            break
        explained += deck.pk in told
        if deck.pk not in told or explained <= MOST_EXPLAINED:
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
        meeting.explain(deck, waiting.cards())
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
        self._explained: dict[int, list[Explained]] = {}

    def explain(self, deck: Deck, cards: Sequence[int]) -> None:
        """Read what the page will say of the statements among their questions that are false."""
        rows = [row for card in cards for row in self._known.questions.get(card, ())]
        stated = [row for row in rows if row.form == Form.TRUE_FALSE]
        known = Card.objects.select_related("fact").in_bulk({row.card_id for row in stated})
        answers = [answer for row in stated if (answer := self._answered(row, known[row.card_id]))]
        told = explanations(deck, answers) if answers else []
        self._explained |= {
            answer.question.pk: each for answer, each in zip(answers, told, strict=True)
        }

    def _answered(self, question: Question, card: Card) -> Answered | None:
        question.card = card
        shown = presented(self._memory(card.pk), question)
        fact = card.fact if len(card.facts) == 1 else None
        return to_explain(question, shown, {}, "right", fact)

    def of(self, found: Open) -> Read:
        card = self._known.ready[found.waiting.card]
        if isinstance(found.waiting, NewCard):
            return read(card.basis, self._told(card), self._said)
        question = self._asked(card, found)
        shown = presented(self._memory(card.basis.card), question)
        pieces = pieces_shown(shown, question.statement, question.explanation)
        return read(card.basis, pieces, self._said, self._explained.get(question.pk, ()))

    def _told(self, card: Ready) -> list[Piece]:
        statements = (each.statement for each in self._known.questions[card.basis.card])
        return list(told_pieces(next(filter(None, statements), "")))

    def _asked(self, card: Ready, found: Open) -> Question:
        rows = self._known.questions[card.basis.card]
        open_now = [row for row in rows if row.pk in found.questions]
        return question_for(self._memory(card.basis.card), open_now)

    def _memory(self, card: int) -> Memory:
        """As it is, or as it will be when the card has been told."""
        if card in self._memories:
            return self._memories[card]
        return Memory(
            learner=self._today.learner, card_id=card, **state_fields(tell(self._today.day))
        )
