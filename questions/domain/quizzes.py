"""Which questions make a quiz: one for each fact, none telling another's answer.

Drawing takes two steps, so that a large bank is never read whole: `shortlist` works on cards
alone, and only the questions of the cards it names are read for `draw_items`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from questions.domain.chance import Draw
from questions.domain.generation.together import UNGIVEN, Given
from questions.domain.questions import Written

# Cards read for each item wished for: where more than three of four give another's answer
# away, the quiz is shorter than it could have been.
SPARE = 4


@dataclass(frozen=True)
class Candidate:
    """A card that may become an item; `topic` is 0 for none."""

    card: int
    topic: int
    siblings: str
    facts: frozenset[str]

    @cached_property
    def claims(self) -> frozenset[str]:
        """What no other item of the quiz may rest on."""
        return self.facts | {self.siblings}


@dataclass(frozen=True, slots=True)
class Offer:
    """One of a card's questions, and what its stem starts from."""

    question: int
    written: Written
    given: Given = UNGIVEN


class Telling(IntEnum):
    """What one question, or what is told after its answer, says of another's key: nothing, its
    name in another matter, or that it is the key."""

    NOTHING = 0
    NAMES = 1
    TELLS = 2


Tells = Callable[[Offer, Offer], Telling]
"""What the first question says of the second's key."""


@dataclass(frozen=True, slots=True)
class Item:
    card: Candidate
    offer: Offer


def shortlist(cards: Iterable[Candidate], length: int, chance: Draw) -> list[Candidate]:
    """Up to SPARE cards for each item wished for, one of each family, the topics by turns."""
    taken: list[Candidate] = []
    families: set[str] = set()
    for card in _by_turns(_by_topic(chance.shuffle(cards))):
        if card.siblings not in families:
            families.add(card.siblings)
            taken.append(card)
        if len(taken) == SPARE * length:
            break
    return taken


def draw_items(
    cards: Sequence[Candidate],
    offers: Mapping[int, Sequence[Offer]],
    length: int,
    chance: Draw,
    tells: Tells,
    *,
    seen: Collection[int] = (),
) -> list[Item]:
    """The items in the order to be asked: as many as fit, at most `length`.

    Each topic gives one card a turn until it has no more, first those whose key no other item
    names; of a card's questions the form that is rarest so far is preferred, those in `seen`
    come last.
    """
    drawing = _Drawing(offers, chance, tells, seen)
    waiting = _by_topic(cards)
    while waiting and len(drawing.items) < length:
        for topic in list(waiting)[: length - len(drawing.items)]:
            if not drawing.take_from(waiting[topic]):
                del waiting[topic]
    return chance.shuffle(drawing.items)


class _Drawing:
    """A quiz while it is being drawn."""

    def __init__(
        self,
        offers: Mapping[int, Sequence[Offer]],
        chance: Draw,
        tells: Tells,
        seen: Collection[int],
    ) -> None:
        self.items: list[Item] = []
        self._offers = {card: chance.shuffle(of) for card, of in offers.items()}
        self._tells, self._seen = tells, seen
        self._claimed: set[str] = set()
        self._forms: Counter[str] = Counter()
        self._told: dict[int, tuple[int, Telling]] = {}

    def take_from(self, waiting: list[Candidate]) -> bool:
        """Make an item of the best card that fits; whether there was one. What fits no more is
        dropped from `waiting`."""
        found = ((card, self._best(card)) for card in waiting)
        items = [Item(card, offer) for card, offer in found if offer]
        waiting[:] = [item.card for item in items]
        best = min(items, key=lambda item: self._telling(item.offer), default=None)
        if best:
            self._add(best)
        return best is not None

    def _add(self, item: Item) -> None:
        self.items.append(item)
        self._claimed |= item.card.claims
        self._forms[item.offer.written.form] += 1

    def _best(self, card: Candidate) -> Offer | None:
        """Of the card's questions that may join."""
        if card.claims & self._claimed:
            return None
        fit = (each for each in self._offers.get(card.card, ()) if self._fits(each))
        return min(fit, key=self._order, default=None)

    def _fits(self, offer: Offer) -> bool:
        return self._telling(offer) is not Telling.TELLS

    def _order(self, offer: Offer) -> tuple[bool, Telling, int]:
        seen = offer.question in self._seen
        return seen, self._telling(offer), self._forms[offer.written.form]

    def _telling(self, new: Offer) -> Telling:
        """The most that it and any item so far say of each other's keys."""
        read, most = self._told.get(new.question, (0, Telling.NOTHING))
        for item in self.items[read:]:
            most = max(most, self._tells(new, item.offer), self._tells(item.offer, new))
        self._told[new.question] = len(self.items), most
        return most


def _by_topic(cards: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    topics: dict[int, list[Candidate]] = {}
    for card in cards:
        topics.setdefault(card.topic, []).append(card)
    return topics


def _by_turns(topics: Mapping[int, Sequence[Candidate]]) -> Iterator[Candidate]:
    longest = max(map(len, topics.values()), default=0)
    for turn in range(longest):
        yield from (cards[turn] for cards in topics.values() if turn < len(cards))
