"""Whether a figure counts things, as "fewer than five boats" does, or measures, as "less than five
litres" does, or is only a number, as that of a house is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questions.domain.facts import Relation, Unit, Vocabulary
from questions.domain.grading.units import Units
from questions.domain.values import Quantity, decimals_of, say_quantity

_COUNTED = re.compile(r"\{[Vv]alue\} \{(\w+)\}")
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_PER = re.compile(r"/| per ")
_TABLE = Units()
_NOTHING = Vocabulary()


def counted(templates: Iterable[str]) -> frozenset[str]:
    """The names that stand right behind the value, which is a figure of them."""
    return frozenset(name for text in templates for name in _COUNTED.findall(text))


def counts_things(relation: Relation, unit: str, vocabulary: Vocabulary) -> bool:
    """By the unit; without one by the wordings, which ask how many or say what is counted."""
    if unit:
        return not is_measure(unit, vocabulary)
    asks = any(_HOW_MANY.search(text) for text in (*relation.ask, *relation.which))
    return asks or bool(counted(relation.state) - {"unit"})


def says_fewer(quantity: Quantity, relation: Relation, unit: str, vocabulary: Vocabulary) -> bool:
    """Whether "fewer than" is English for it, not "less than"."""
    if quantity.shape != "under" or decimals_of(quantity.amount):
        return False
    return counts_things(relation, unit, vocabulary)


def say_figure(quantity: Quantity, unit: str) -> str:
    """A figure by its unit alone: one without is not said to count anything."""
    whole = not decimals_of(quantity.amount)
    return say_quantity(quantity, fewer=bool(unit) and whole and not is_measure(unit, _NOTHING))


def is_measure(unit: str, vocabulary: Vocabulary) -> bool:
    """What the table of measures knows by one of its names ("metre of water" by its first
    word), what is so much per so much, and what converts. All other units count things."""
    own = vocabulary.units.get(unit)
    known = [found for name in _names(unit, own) if (found := _TABLE.find(name))]
    if known:
        return not known[0].counts
    if _PER.search(unit) or (own and _PER.search(own.one)):
        return True
    return bool(own and own.base) or any(one.base == unit for one in vocabulary.units.values())


def _names(key: str, unit: Unit | None) -> Iterator[str]:
    for name in (key, *((unit.one, unit.many, *unit.aliases) if unit else ())):
        yield name
        yield name.partition(" of ")[0]
