"""What a figure with separators, words or a unit in it was meant to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from questions.domain.facts import Unit

_FIGURE = re.compile(r"([~<>]?)(\d{1,3}(?:[ ,’'_\u00a0\u202f]\d{3})+|\d+)(\.\d+)?\s*(.*)")
_SIZES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


def figure_hint(text: str, unit: str, units: Mapping[str, Unit]) -> str:
    """“write 45700000”, and where its unit belongs; nothing where it cannot be told. `unit` is the
    one that the relation counts in."""
    match = _FIGURE.fullmatch(text.strip())
    if not match:
        return ""
    mark, whole, part, rest = match.groups()
    size, _, after = rest.partition(" ")
    power = _SIZES.get(size.lower(), 0)
    rest = (after if power else rest).strip()
    amount = Decimal(re.sub(r"\D", "", whole) + (part or "")).scaleb(power)
    said = f"write {mark}{amount:f}"
    return f"{said}; {_unit_hint(rest, unit, units)}" if rest else said


def _unit_hint(said: str, unit: str, units: Mapping[str, Unit]) -> str:
    meant = next((key for key, one in units.items() if said.lower() in _names(one)), "")
    if unit not in ("", "any"):
        same = meant in ("", unit)
        return f"the relation counts in {unit}" + ("" if same else f", so convert {said} to that")
    if meant:
        return f"the unit stands in “unit: {meant}”"
    return "a unit stands in “unit”, what is counted in a qualifier"


def _names(unit: Unit) -> set[str]:
    return {name.lower() for name in (unit.key, unit.one, unit.many, *unit.aliases)}
