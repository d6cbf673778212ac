"""Rule 12 in a day of study: what was read on it does not hand over the key of what is asked next.

Read are the questions as they were shown, the truth told after the answers, and new cards told.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from questions.domain.generation.together import Piece, folded_keys, gives_away, pieces
from questions.domain.quizzes import Offer

HARMLESS = 0.85
"""A card is left for tomorrow if it will still be recalled with this chance then."""


@dataclass(frozen=True)
class Basis:
    """What a card rests on. `matter` is shared by facts that answer the same question, as those
    of sources that disagree do; None where several may be right."""

    card: int
    facts: frozenset[str]
    matter: Hashable = None

    def shared_with(self, other: Basis) -> bool:
        same = self.matter is not None and self.matter == other.matter
        return same or not self.facts.isdisjoint(other.facts)


@dataclass(frozen=True)
class Read:
    """What a learner has read of a card."""

    basis: Basis
    pieces: tuple[Piece, ...]

    @cached_property
    def _folded(self) -> str:
        return "".join(piece.folded for piece in self.pieces)

    def tells(self, offer: Offer, keys: Sequence[str]) -> bool:
        """`keys` are the offer's: most are nowhere in what was read."""
        return any(key in self._folded for key in keys) and any(
            piece.tells(offer.written, offer.given) for piece in self.pieces
        )


@dataclass(frozen=True)
class Ready:
    """A card that waits, with the questions in which it can be asked."""

    basis: Basis
    offers: Sequence[Offer]

    def open_after(self, read: Iterable[Read]) -> list[Offer]:
        """The questions that nothing read of other cards answers."""
        others = [one for one in read if one.basis.card != self.basis.card]
        if any(self.basis.shared_with(one.basis) for one in others):
            return []
        return [
            offer
            for offer, keys in zip(self.offers, self._keys, strict=True)
            if not any(one.tells(offer, keys) for one in others)
        ]

    @cached_property
    def _keys(self) -> list[list[str]]:
        return [list(folded_keys(offer.written)) for offer in self.offers]

    @cached_property
    def as_read(self) -> Read:
        """All that may be read of it once it is met."""
        found = [piece for offer in self.offers for piece in pieces(offer.written)]
        return Read(self.basis, tuple(dict.fromkeys(found)))

    def spoils(self, other: Ready, read: Sequence[Read]) -> bool:
        """Whether meeting this first leaves the other nothing to ask, which it has now, while the
        other first would leave this something."""
        return (
            not other.open_after([self.as_read])
            and bool(other.open_after(read))
            and bool(self.open_after([*read, other.as_read]))
        )


def clash(one: Offer, two: Offer) -> bool:
    """Whether the first, asked in a quiz, tells the key of the second."""
    return gives_away(one.written, two.written, two.given)
