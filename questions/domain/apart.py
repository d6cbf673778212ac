"""Rule 12 in a day of study: what was read on it does not hand over the key of what is asked next.

Read are the questions as they were shown, the truth told after the answers, and new cards told.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from questions.domain.generation.together import Piece, folded_keys, pieces
from questions.domain.quizzes import Offer, Telling

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
        left = list(self.offers)
        for one in read:
            left = self.left_by(one, left)
        return left

    def left_by(self, read: Read, offers: Sequence[Offer]) -> list[Offer]:
        """Those of its questions that this leaves open."""
        if read.basis.card == self.basis.card:
            return list(offers)
        if self.basis.shared_with(read.basis):
            return []
        return [each for each in offers if not read.tells(each, self._keys[each.question])]

    @cached_property
    def _keys(self) -> dict[int, list[str]]:
        return {each.question: list(folded_keys(each.written)) for each in self.offers}

    @cached_property
    def as_read(self) -> Read:
        """All that may be read of it once it is met."""
        found = [piece for offer in self.offers for piece in pieces(offer.written)]
        return Read(self.basis, tuple(dict.fromkeys(found)))

    def closes(self, other: Ready) -> bool:
        """Whether meeting this leaves the other nothing to ask."""
        return not other.open_after([self.as_read])


class Reading:
    """What was read so far on a day, and which questions of the waiting cards it leaves open."""

    def __init__(self, read: Iterable[Read] = ()) -> None:
        self._read = list(read)
        self._left: dict[int, tuple[int, list[Offer]]] = {}

    def add(self, read: Read) -> None:
        self._read.append(read)

    def open(self, card: Ready) -> list[Offer]:
        seen, left = self._left.get(card.basis.card, (0, list(card.offers)))
        for one in self._read[seen:]:
            left = card.left_by(one, left)
        self._left[card.basis.card] = len(self._read), left
        return left

    def spoils(self, one: Ready, other: Ready) -> bool:
        """Whether meeting one first leaves the other nothing to ask, which it has now, while the
        other first would leave the one something."""
        return (
            one.closes(other)
            and bool(self.open(other))
            and bool(one.left_by(other.as_read, self.open(one)))
        )


class Beside:
    """What questions that are asked in one quiz say of each other's keys."""

    def __init__(self) -> None:
        self._pieces: dict[int, list[Piece]] = {}
        self._keys: dict[int, list[str]] = {}

    def __call__(self, one: Offer, two: Offer) -> Telling:
        naming = [piece for piece in self._of(one) if self._names(piece, two)]
        if any(piece.tells(two.written, two.given) for piece in naming):
            return Telling.TELLS
        return Telling.NAMES if any(not piece.untrue for piece in naming) else Telling.NOTHING

    def _of(self, offer: Offer) -> list[Piece]:
        if offer.question not in self._pieces:
            self._pieces[offer.question] = list(pieces(offer.written))
        return self._pieces[offer.question]

    def _names(self, piece: Piece, offer: Offer) -> bool:
        if offer.question not in self._keys:
            self._keys[offer.question] = list(folded_keys(offer.written))
        return any(key in piece.folded for key in self._keys[offer.question])
