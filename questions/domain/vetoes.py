"""Wrong answers that a teacher will never have offered beside one fact.

A veto names a value as the deck writes it: an entity's key, a date, a figure, a term. It holds in
both directions of the fact, with and without “about”.
"""

from __future__ import annotations

from collections.abc import Container

from questions.domain.facts import Fact, ValueKind
from questions.domain.values import BadValue, parse_quantity, parse_span, without_marks


def is_vetoed(fact: Fact, value: str) -> bool:
    if not fact.never_with:
        return False
    return without_marks(value) in map(without_marks, fact.never_with)


def are_vetoed_together(one: Fact, two: Fact) -> bool:
    """Whether to match their subjects with their values would offer what was ruled out."""
    return any(
        is_vetoed(fact, value)
        for fact, other in ((one, two), (two, one))
        for value in (other.about, other.value)
    )


def could_be_offered(value: str, kind: ValueKind, entities: Container[str]) -> bool:
    """Whether it may stand beside a fact of this kind at all; other vetoes say nothing, and a deck
    file may not hold them."""
    if value in entities:
        return True
    try:
        if kind is ValueKind.DATE:
            parse_span(value)
        elif kind is ValueKind.NUMBER:
            parse_quantity(value)
    except BadValue:
        return False
    return kind not in (ValueKind.ENTITY, ValueKind.TEXT)
