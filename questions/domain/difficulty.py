"""How hard a choice is, 0 to 1: the share of takers who are expected to get it wrong."""

from __future__ import annotations

from collections.abc import Sequence

# What options alone tell: even unlike ones tempt some, and the likest not everyone.
_LEAST, _MOST = 0.15, 0.75
_PRIOR_WEIGHT = 20
_SHOWN = 2
ENOUGH = 30
"""Learners whose answers alone tell how hard it is."""

Missing = tuple[int, int]
"""How many missed a question, of how many who answered it."""


def predicted(likes: Sequence[float]) -> float | None:
    """From how like the key its wrong options are, the likest first, each 0 to 1. Whoever knows
    nothing still hits the key by chance. None without options."""
    shown = likes[:_SHOWN]
    if not shown:
        return None
    tempting = sum(min(1.0, max(0.0, like)) for like in shown) / len(shown)
    by_chance = 1 / (1 + len(shown))
    return round((1 - by_chance) * (_LEAST + (_MOST - _LEAST) * tempting), 3)


def most_telling(own: Missing, shared: Missing) -> Missing:
    """What to judge one wording of a choice by: its own takers if they are enough, else those of
    all wordings. With the same options and the same key what is asked for is the same, and two
    counts of half as many tell less of either than one of both."""
    return own if own[1] >= ENOUGH else shared


def learnt(prior: float, wrong: int, answers: int) -> float:
    """The prediction moved toward the share of wrong answers, and replaced by it once there are
    enough."""
    if answers >= ENOUGH:
        return round(wrong / answers, 3)
    return round((wrong + _PRIOR_WEIGHT * prior) / (answers + _PRIOR_WEIGHT), 3)
