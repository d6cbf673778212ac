"""Whether a wrong answer can have been there: one of another time rules itself out."""

from __future__ import annotations

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.index import Index, Years

FAIR = 0.5
"""How well two lives must fit: who was a child of three when a pupil died was no teacher."""
NEAR = 50
"""Years between dates that are mixed up."""
GENERATION = 20
"""Years between two who cannot stand in one place of a pupil and a teacher."""


def fit(one: Years, two: Years) -> float:
    """How well two times fit: the share of the shorter one that lies in the longer, 0 to 1."""
    common = min(one[1], two[1]) - max(one[0], two[0]) + 1
    return max(0, common) / (min(one[1] - one[0], two[1] - two[0]) + 1)


def could_be_value_then(index: Index, candidate: str, fact: Fact) -> bool:
    """By when candidate, subject and key were; unknown times count as possible. Of a work without
    a date the time of whoever made it serves, of which a quarter must be shared."""
    life, own = index.life(candidate), index.time(fact.value)
    if life and own and index.time(fact.about) is None:
        return fit(life, own) >= FAIR / 2
    return _was_possible(index, candidate, fact.value, fact.about)


def could_be_subject_then(index: Index, candidate: str, fact: Fact) -> bool:
    """The same for a wrong subject, by the value's time."""
    match index.kind(fact):
        case ValueKind.ENTITY:
            return _was_possible(index, candidate, fact.about, fact.value)
        case ValueKind.DATE:
            return _of_like_date(index, candidate, fact)
        case _:
            return True


def _was_possible(index: Index, candidate: str, key: str, other: str) -> bool:
    return (
        _contemporary(index, candidate, key, other)
        and _of_that_time(index, candidate, key, other)
        and _of_that_generation(index, candidate, key, other)
    )


def _contemporary(index: Index, candidate: str, key: str, other: str) -> bool:
    """Whether it was there when what the question starts from was. Of a person it must have been
    much of a time with that person or with the key: a teacher's peers may be older than the
    pupil's."""
    life, then, own = index.life(candidate), index.time(other), index.time(key)
    if life is None or then is None:
        return True
    if not index.is_person(other):
        return fit(life, then) > 0
    fits = [fit(life, time) for time in (then, own) if time is not None]
    return fits[0] > 0 and max(fits) >= FAIR


def _of_like_date(index: Index, candidate: str, fact: Fact) -> bool:
    """Whether somebody's date could be the candidate's: by a date of its own that is not far off,
    or since it lived at the same time. Who was at work by then is no rival for a birth."""
    life, own = index.life(candidate), index.life(fact.about)
    if life is None or fit(life, own or fact.span().reach) >= FAIR:
        return True
    return has_near_date(index, candidate, fact)


def has_near_date(index: Index, candidate: str, fact: Fact) -> bool:
    date = fact.span().middle
    others = (other.span().middle for other in index.of(candidate, fact.relation))
    return any(abs(other - date) <= NEAR for other in others)


def _of_that_time(index: Index, candidate: str, key: str, other: str) -> bool:
    """What began long after its subject was over has nothing to do with it, unless the key did too:
    unlike the key it came when all was over. (When something was over is less often known.)"""
    wrong, right, then = index.bounds(candidate), index.bounds(key), index.bounds(other)
    if wrong is None or right is None or then is None:
        return True
    return wrong[0] <= then[1] or right[0] > then[1]


def _of_that_generation(index: Index, candidate: str, key: str, other: str) -> bool:
    """Of two people: whether the candidate was born on the key's side of whom the question starts
    from. Who came after the pupil was not the teacher, if the key came a generation before."""
    if not index.is_person(key) or not index.is_person(other):
        return True
    wrong, right, then = index.life(candidate), index.life(key), index.life(other)
    if wrong is None or right is None or then is None:
        return True
    first, last = sorted((wrong[0], right[0]))
    return last - first < GENERATION or not first < then[0] < last
