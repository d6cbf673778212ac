"""Which questions make a quiz: one for each fact, none telling another's answer.

Drawing takes two steps, so that a large bank is never read whole: `shortlist` works on cards
alone, and only the questions of the cards it names are read for `draw_items`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


GivesAway = Callable[[Offer, Offer], bool]
"""Whether what the first question shows tells the key of the second."""


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
    gives_away: GivesAway,
    *,
    seen: Collection[int] = (),
) -> list[Item]:
    """The items in the order to be asked: as many as fit, at most `length`.

    Each topic gives one card a turn until it has no more; of a card's questions the form that
    is rarest so far is preferred, those in `seen` come last.
    """
    drawing = _Drawing(offers, chance, gives_away, seen)
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
        gives_away: GivesAway,
        seen: Collection[int],
    ) -> None:
        self.items: list[Item] = []
        self._offers, self._chance, self._seen = offers, chance, seen
        self._gives_away = gives_away
        self._claimed: set[str] = set()
        self._forms: Counter[str] = Counter()

    def take_from(self, waiting: list[Candidate]) -> bool:
        """Make the first card that fits an item; whether there was one."""
        while waiting:
            card = waiting.pop(0)
            offer = None if card.claims & self._claimed else self._fitting(card)
            if offer:
                self.items.append(Item(card, offer))
                self._claimed |= card.claims
                self._forms[offer.written.form] += 1
                return True
        return False

    def _fitting(self, card: Candidate) -> Offer | None:
        offers = self._chance.shuffle(self._offers.get(card.card, ()))
        offers.sort(key=lambda each: (each.question in self._seen, self._forms[each.written.form]))
        return next((offer for offer in offers if self._tells_nothing(offer)), None)

    def _tells_nothing(self, new: Offer) -> bool:
        return not any(
            self._gives_away(new, item.offer) or self._gives_away(item.offer, new)
            for item in self.items
        )


def _by_topic(cards: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    topics: dict[int, list[Candidate]] = {}
    for card in cards:
        topics.setdefault(card.topic, []).append(card)
    return topics


def _by_turns(topics: Mapping[int, Sequence[Candidate]]) -> Iterator[Candidate]:
    longest = max(map(len, topics.values()), default=0)
    for turn in range(longest):
        yield from (cards[turn] for cards in topics.values() if turn < len(cards))
