"""Which figures may stand beside a right one: by their size, their look, and what those of their
relation have in common."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from questions.domain.counting import counts_things
from questions.domain.facts import Fact
from questions.domain.generation.index import Index
from questions.domain.generation.powers import steps
from questions.domain.generation.scales import (
    EXACT_APART,
    least_gap,
    rounded_alike,
    scales,
    within_range,
)
from questions.domain.values import decimals_of, parse_quantity

DEFINED_APART = 0.005
"""Share by which figures must differ that are exact by definition, as 1,000 and 1,024 are."""
MOST_STEPS = 2
"""How many powers away another may be where all of a relation's figures are powers."""


def looks_alike(index: Index, fact: Fact, value: str) -> bool:
    """Rounded as the key is, unless both are exact: then their noughts are figures too."""
    known = scales(index).known(fact)
    if known.ratio or is_defined(index, fact, value):
        return True
    return rounded_alike(fact.quantity(), parse_quantity(value))


def is_near(index: Index, fact: Fact, value: str) -> bool:
    """Not too far off in size to tempt, and not too near."""
    key, other = fact.quantity(), parse_quantity(value)
    ratio = scales(index).known(fact).ratio
    if ratio:
        return 1 <= abs(_steps(key.amount, other.amount, ratio)) <= MOST_STEPS
    defined = is_defined(index, fact, value)
    return within_range(key, other, DEFINED_APART if defined else None)


def is_defined(index: Index, fact: Fact, value: str) -> bool:
    """Whether both are marked as exact, in one relation."""
    return bool(fact.exact) and value in scales(index).exact(fact)


def pair_gap(fact: Fact) -> float:
    """Share by which two wrong figures beside a fact's must differ."""
    return EXACT_APART if fact.exact else least_gap(fact.quantity())


def only_names(index: Index, fact: Fact) -> bool:
    """Whether a number tells which, not how many: of a house, of a port. One that is nobody's has
    nothing to tempt with."""
    deck, amount = index.deck, fact.quantity().amount
    if deck.unit_of(fact) or decimals_of(amount):
        return False
    return not counts_things(index.relation(fact), "", deck.vocabulary)


def powers_beside(index: Index, fact: Fact) -> Iterator[Decimal]:
    """Where all of a relation's figures are powers, those next to the key, up to one past the
    relation's own."""
    known, amount = scales(index).known(fact), fact.quantity().amount
    low, high = known.sizes[0] / known.ratio, known.sizes[-1] * known.ratio
    for power in range(1, MOST_STEPS + 1):
        for other in (amount * known.ratio**power, amount / known.ratio**power):
            if max(low, 1) <= other <= high:
                yield other.normalize()


def _steps(one: Decimal, two: Decimal, ratio: int) -> int:
    low, high = sorted((one, two))
    times = high / low if low > 0 else Decimal(0)
    return steps(int(times), ratio) if times == times.to_integral_value() else 0
