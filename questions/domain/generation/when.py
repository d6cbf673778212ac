"""Whether a wrong answer can have been there: one of another time rules itself out."""

from __future__ import annotations

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.index import Index
from questions.domain.values import parse_span


def could_be_value_then(index: Index, candidate: str, fact: Fact) -> bool:
    """By when the candidate was active and the subject was; unknown times count as possible."""
    return _active(index, candidate, fact.about) and _of_that_time(
        index, candidate, fact.value, fact.about
    )


def could_be_subject_then(index: Index, candidate: str, fact: Fact) -> bool:
    """The same for a wrong subject, by the value's time."""
    match index.kind(fact):
        case ValueKind.ENTITY:
            return _active(index, candidate, fact.value) and _of_that_time(
                index, candidate, fact.about, fact.value
            )
        case ValueKind.DATE:
            active = index.entity(candidate).active
            return not active or parse_span(active).overlaps(fact.span())
        case _:
            return True


def _active(index: Index, candidate: str, other: str) -> bool:
    active, era = index.entity(candidate).active, index.era(other)
    if not active or era is None:
        return True
    span = parse_span(active)
    return span.low[0] <= era[1] and era[0] <= span.high[0]


def _of_that_time(index: Index, candidate: str, key: str, other: str) -> bool:
    """A treaty of 1951 has nothing to do with a battle of 1938 whose key is a treaty of 1860:
    unlike the key it came when all was over. (When something was over is less often known.)"""
    wrong, right, then = index.bounds(candidate), index.bounds(key), index.bounds(other)
    if wrong is None or right is None or then is None:
        return True
    return wrong[0] <= then[1] or right[0] > then[1]
