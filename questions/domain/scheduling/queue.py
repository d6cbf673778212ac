"""What to study now, and in which order.

The queue is computed afresh for every page from what the database knows, so that it has no
state to lose. It stays stable all the same: the same input gives the same queue in whatever
order the cards come, and answering its first card leaves the others in their order.
"""

from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from questions.domain.chance import keyed_hash

# How many other cards are met before a card begun today comes back, where there are enough:
# by then it has left working memory, so that answering it is remembering.
RETURN_AFTER = 5


@dataclass(frozen=True, slots=True)
class DueCard:
    """A card met before. `fact` is what its siblings share, None if it has none.

    `met_since` tells a card begun today, that is told or failed and not yet passed, from
    the others: how many other cards the learner has met since; None if not begun today.
    `tomorrow` is the retrievability on the next day.
    """

    card: int
    fact: Hashable
    due: date
    retrievability: float
    met_since: int | None = None
    tomorrow: float = 0.0


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card never met; `position` is its place in the order of learning."""

    card: int
    fact: Hashable
    position: int = 0


QueueCard: TypeAlias = DueCard | NewCard
Card = TypeVar("Card", DueCard, NewCard)


@dataclass(frozen=True, slots=True)
class Session:
    """How far the learner's day has come, and what it may still hold."""

    today: date
    new_left: int  # new cards that may still be told today
    seconds_left: float | None = None  # None: no limit
    seconds_per_due: float = 12.0
    seconds_per_new: float = 24.0  # told, and asked for the first time
    facts_met: AbstractSet[Hashable] = frozenset()  # facts of the cards met today
    due_done: int = 0  # due cards answered today, right or wrong, each once
    new_done: int = 0  # new cards told today


def plan_queue(due: Iterable[DueCard], new: Iterable[NewCard], session: Session) -> list[QueueCard]:
    """The cards to meet today, the next one first.

    Cards begun today always stay, and come back once RETURN_AFTER others were met. Then come
    due cards, least retrievable first, and new ones, spread evenly between them; never two
    of one fact on a day. Due cards have first call on the minutes that are left.
    """
    due = [card for card in due if card.due <= session.today]
    begun = [card for card in due if card.met_since is not None]
    seconds = _seconds_left(session, begun)
    facts = set(session.facts_met) | {card.fact for card in begun}
    reviews = _one_of_each_fact(_by_urgency(due, session.today), facts)
    reviews = _that_fit(reviews, seconds, session.seconds_per_due)
    seconds -= len(reviews) * session.seconds_per_due
    fresh = _one_of_each_fact(sorted(new, key=lambda card: (card.position, card.card)), facts)
    fresh = _that_fit(fresh[: max(0, session.new_left)], seconds, session.seconds_per_new)
    return _with_begun(_interleaved(reviews, fresh, session), begun)


def _seconds_left(session: Session, begun: Sequence[DueCard]) -> float:
    if session.seconds_left is None:
        return float("inf")
    return session.seconds_left - len(begun) * session.seconds_per_due


def _by_urgency(due: Iterable[DueCard], today: date) -> list[DueCard]:
    """Cards not begun today; equals in an order of the day, or they would be cues to each other."""

    def urgency(card: DueCard) -> tuple[float, date, bytes]:
        return card.retrievability, card.due, keyed_hash(b"", today.isoformat(), card.card, size=8)

    return sorted((card for card in due if card.met_since is None), key=urgency)


def _one_of_each_fact(cards: Iterable[Card], facts: set[Hashable]) -> list[Card]:
    """The first card of each fact that is not among the facts, which grow by those taken."""
    taken = []
    for card in cards:
        if card.fact is None or card.fact not in facts:
            facts.add(card.fact)
            taken.append(card)
    return taken


def _that_fit(cards: list[Card], seconds: float, each: float) -> list[Card]:
    return cards if seconds == float("inf") else cards[: max(0, int(seconds // each))]


def _interleaved(reviews: list[DueCard], fresh: list[NewCard], session: Session) -> list[QueueCard]:
    """Both lists merged by how far through its share of the whole day each card stands.

    Counting what is done already keeps a new card's place; counting only what is left would
    move it back by one with every answer.
    """
    places: list[tuple[float, QueueCard]] = [
        *_places(reviews, session.due_done),
        *_places(fresh, session.new_done),
    ]
    return [card for _, card in sorted(places, key=lambda place: place[0])]


def _places(cards: Sequence[Card], done: int) -> list[tuple[float, Card]]:
    total = done + len(cards)
    return [((place + 0.5) / total, card) for place, card in enumerate(cards, start=done)]


def _with_begun(cards: list[QueueCard], begun: Sequence[DueCard]) -> list[QueueCard]:
    queue, at = list(cards), -1
    for card in sorted(begun, key=lambda card: (-(card.met_since or 0), card.card)):
        at = max(at + 1, RETURN_AFTER - (card.met_since or 0))
        queue.insert(at, card)
    return queue
