"""How tempting a wrong answer is: what it shares with the right one, 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from questions.domain.facts import Fact
from questions.domain.generation.index import Index
from questions.domain.generation.text import fold
from questions.domain.generation.when import GENERATION, fit

Observed = Mapping[str, Mapping[str, tuple[int, int]]]
"""What learners did: by card and option's value, how often it was chosen and shown."""

# Shares of the whole; they sum to 1. A shared side or subject tells learners most.
_SIDE, _ROLES, _COMPANY, _TIME, _NAME, _LENGTH = 0.25, 0.2, 0.2, 0.15, 0.1, 0.1
_READ_OUT = 0.05
_YEARS_APART, _DATES_APART = 10, 50
_MANY = 50
PRIOR_WEIGHT = 20
"""Takers that the prior likeness is worth: plausibility = (n·share + 20·prior) / (n + 20)."""
SEEN_ENOUGH, TOO_RARE = 30, 0.05
FREQUENT = 2
"""Learners who must have given an answer of themselves before it is offered for that alone."""
_FITTING_LENGTH = (0.67, 1.5)


def entity_likeness(index: Index, key: str, candidate: str, dated: Fact | None = None) -> float:
    """`dated` is a fact whose date the question starts from: then the candidate's own counts, and
    more than what the two have to do with."""
    one, two = index.entity(key), index.entity(candidate)
    side = _SIDE if one.side and one.side == two.side else 0.0
    return side + _matter(index, key, candidate, dated) + text_likeness(one.name, two.name)


def _matter(index: Index, key: str, candidate: str, dated: Fact | None) -> float:
    alike = _ROLES * _overlap(index.roles(key), index.roles(candidate))
    alike += _COMPANY * _overlap(index.company(key), index.company(candidate))
    if dated is None:
        return alike + _TIME * _closeness(index, key, candidate)
    half = (_ROLES + _COMPANY) / 2
    return alike / 2 + (half + _TIME) * _of_like_date(index, dated, candidate)


@lru_cache(maxsize=50_000)
def text_likeness(key: str, candidate: str) -> float:
    """Of the texts alone: similar names, and a length that does not stand out."""
    alike = JaroWinkler.similarity(fold(key), fold(candidate))
    return _NAME * alike + (_LENGTH if fitting_length(key, candidate) else 0.0)


def term_likeness(key: str, candidate: str, subject: str) -> float:
    """Where the texts are all there is to go by. Among those as like the key, one that could be
    read out of the subject's name tempts most: one that begins as the name does."""
    alike = text_likeness(key, candidate) / (_NAME + _LENGTH)
    return (1 - _READ_OUT) * alike + _READ_OUT * JaroWinkler.similarity(
        fold(subject), fold(candidate)
    )


def fitting_length(key: str, candidate: str) -> bool:
    low, high = _FITTING_LENGTH
    return low <= len(key) / max(1, len(candidate)) <= high


def stands_out(key: str, candidate: str) -> int:
    """1 if it stands out by being longer, -1 by being shorter, else 0. Beside one of each the key
    is of middle length."""
    if fitting_length(key, candidate):
        return 0
    return 1 if len(candidate) > len(key) else -1


def _overlap(one: frozenset[str], two: frozenset[str]) -> float:
    if not one or not two:
        return 0.0
    shared = _shared(one, two) if min(len(one), len(two)) > _MANY else len(one & two)
    return shared / (len(one) + len(two) - shared)


@lru_cache(maxsize=10_000)
def _shared(one: frozenset[str], two: frozenset[str]) -> int:
    """Of two that each know half a deck, which every fact about either compares again."""
    return len(one & two)


def _closeness(index: Index, key: str, candidate: str) -> float:
    one, two = index.time(key), index.time(candidate)
    if one is None or two is None:
        return 0.5
    apart = max(0, two[0] - one[1], one[0] - two[1])
    if index.life(key) is None:
        return _near(apart)
    return _near(apart) * (fit(one, two) + _near(abs(one[0] - two[0]), GENERATION)) / 2


def _of_like_date(index: Index, fact: Fact, candidate: str) -> float:
    date = fact.span().middle
    others = (other.span().middle for other in index.of(candidate, fact.relation))
    return max((_near(abs(other - date), _DATES_APART) for other in others), default=0.0)


def _near(years: float, much: int = _YEARS_APART) -> float:
    return 1 / (1 + years / much)


def plausibility(prior: float, seen: tuple[int, int] | None) -> float:
    """The prior moved toward the share of takers who chose it."""
    chosen, takers = seen or (0, 0)
    return (chosen + PRIOR_WEIGHT * prior) / (takers + PRIOR_WEIGHT)


def hardly_chosen(seen: tuple[int, int] | None) -> bool:
    """Whether enough met it to say that next to no one falls for it."""
    chosen, takers = seen or (0, 0)
    return takers >= SEEN_ENOUGH and chosen < TOO_RARE * takers


def is_frequent(seen: tuple[int, int]) -> bool:
    """Whether several learners gave it, and not merely a few of very many."""
    chosen, takers = seen
    return chosen >= FREQUENT and chosen >= TOO_RARE * takers


def same_relation(fact: Fact, other: Fact) -> float:
    """Dates and figures of the same relation tempt more than those of another."""
    return 0.5 * (fact.relation == other.relation) + 0.2 * (fact.about == other.about)
