"""What a figure with separators, words or a unit in it was meant to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from questions.domain.facts import Unit

_FIGURE = re.compile(r"([~<>]?)(\d{1,3}(?:[ ,’'_\u00a0\u202f]\d{3})+|\d+)(\.\d+)?\s*(.*)")
_POWER = re.compile(r"(?:[eE]|[×x*]\s*10\^)([+-]?\d{1,2})\b\s*")
_SIZES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


def figure_hint(text: str, unit: str, units: Mapping[str, Unit]) -> str:
    """“write 45700000”, and where its unit belongs; nothing where it cannot be told. `unit` is the
    one that the relation counts in."""
    match = _FIGURE.fullmatch(text.strip())
    if not match:
        return ""
    mark, whole, part, rest = match.groups()
    power, rest = _power(rest)
    amount = Decimal(re.sub(r"\D", "", whole) + (part or "")).scaleb(power)
    said = f"write {mark}{amount:f}"
    return f"{said}; {_unit_hint(rest, unit, units)}" if rest else said


def _power(rest: str) -> tuple[int, str]:
    """By how many places "million", "e10" or "× 10^9" moves the point, and what follows it."""
    if found := _POWER.match(rest):
        return int(found[1]), rest[found.end() :].strip()
    size, _, after = rest.partition(" ")
    power = _SIZES.get(size.lower(), 0)
    return power, (after if power else rest).strip()


def unit_meant(said: str, units: Mapping[str, Unit]) -> str:
    """The key of the unit that is also called so: "km" is "kilometre"."""
    exact = (key for key, one in units.items() if said in one.aliases)
    alike = (key for key, one in units.items() if said.lower() in _names(one))
    return next(exact, "") or next(alike, "")


def _unit_hint(said: str, unit: str, units: Mapping[str, Unit]) -> str:
    meant = unit_meant(said, units)
    if unit not in ("", "any"):
        same = meant in ("", unit)
        return f"the relation counts in {unit}" + ("" if same else f", so convert {said} to that")
    if meant:
        return f"the unit stands in “unit: {meant}”"
    return "a unit stands in “unit”, what is counted in a qualifier"


def _names(unit: Unit) -> set[str]:
    names = (unit.key, unit.one, unit.many, *unit.aliases)
    return {name.lower() for name in names if name}
