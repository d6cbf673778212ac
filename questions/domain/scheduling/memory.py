"""One learner's memory of one card, and what an answer does to it.

The model is FSRS-6: Ye, Su & Cao, "A Stochastic Shortest Path Algorithm for Optimizing
Spaced Repetition Scheduling" (KDD 2022), in the version described at
https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm. The arithmetic
of an answer is fsrs-rs's. It computes in 32-bit floats; the numbers it returns are exact as
64-bit ones, so that they come back from a database or JSON unchanged and a replay of the
log gives the very same numbers as the answers did, on the same build of that library.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

import fsrs_rs_python as fsrs_rs

from questions.domain.scheduling.fuzz import MAX_INTERVAL, Fuzz, fuzz_range

Parameters = tuple[float, ...]
DEFAULT_PARAMETERS: Parameters = tuple(fsrs_rs.DEFAULT_PARAMETERS)

# Stability in days from which a card is asked for recall. The first right answer gives
# 2.3 days and a second one, on its due day, 11: so recall follows two spaced recognitions.
RECALL_FROM = 5.0


class Rating(IntEnum):
    """How well a card was remembered, in FSRS's numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Step(IntEnum):
    """How a card is to be met next: told, then recognised, then recalled."""

    TELL = 0
    RECOGNISE = 1
    RECALL = 2


@dataclass(frozen=True, slots=True)
class MemoryState:
    """What is known of one learner's memory of one card; days are the learner's local days."""

    due: date
    step: Step = Step.TELL
    stability: float | None = None  # days until recall falls to 90 %; None until first rated
    difficulty: float | None = None  # 1 (easy) to 10; None until first rated
    last_day: date | None = None  # of the last rating
    reps: int = 0  # ratings
    lapses: int = 0  # times forgotten after having been known
    lapsed: bool = False  # the last rating was AGAIN
    version: int = 0  # sequence of the last log entry


def tell(day: date, state: MemoryState | None = None) -> MemoryState:
    """The card's statement and source were shown; its first question is due the same day."""
    state = state or MemoryState(due=day)
    return replace(state, due=day, step=Step.RECOGNISE, version=state.version + 1)


def review(
    state: MemoryState | None,
    rating: Rating,
    day: date,
    *,
    desired_retention: float,
    fuzz: Fuzz,
    parameters: Parameters = DEFAULT_PARAMETERS,
) -> MemoryState:
    """The state after an answer. A card failed stays due on the day; a card passed comes back
    after 1 to MAX_INTERVAL whole days, when recall is expected to have fallen to
    desired_retention (0 to 1, exclusive; ValueError outside).

    A day before the last one, as when the learner flies west, counts as the last one.
    """
    after = remember(state, rating, day, due=day, parameters=parameters)
    if rating is Rating.AGAIN:
        return after
    counted = _counted(state, day)
    interval = _interval(state, rating, day, desired_retention, parameters)
    return replace(after, due=counted + timedelta(days=fuzz(interval, counted)))


def possible_days(
    state: MemoryState | None,
    rating: Rating,
    day: date,
    *,
    desired_retention: float,
    parameters: Parameters = DEFAULT_PARAMETERS,
) -> tuple[date, date]:
    """The first and last day that `review` may choose: the days whose load a fuzz needs."""
    if rating is Rating.AGAIN:
        return day, day
    days = fuzz_range(_interval(state, rating, day, desired_retention, parameters))
    counted = _counted(state, day)
    return counted + timedelta(days=days[0]), counted + timedelta(days=days[-1])


def remember(
    state: MemoryState | None,
    rating: Rating,
    day: date,
    *,
    due: date,
    parameters: Parameters = DEFAULT_PARAMETERS,
) -> MemoryState:
    """The state after an answer whose due day has been decided already."""
    state = state or MemoryState(due=day)
    # What is remembered does not depend on the retention wished for, only the interval does.
    memory = _next(state, rating, day, 0.9, parameters).memory
    failed = rating is Rating.AGAIN
    return MemoryState(
        due=due,
        step=_step(state.step, rating, memory.stability),
        stability=memory.stability,
        difficulty=memory.difficulty,
        last_day=_counted(state, day),
        reps=state.reps + 1,
        lapses=state.lapses + (failed and state.stability is not None and not state.lapsed),
        lapsed=failed,
        version=state.version + 1,
    )


def retrievability(
    state: MemoryState, day: date, parameters: Parameters = DEFAULT_PARAMETERS
) -> float:
    """Chance of recall on that day, 0 to 1: FSRS-6's forgetting curve,
    R = (1 + F·t/S)^-w20 with F chosen so that R = 0.9 at t = S. 0 for a card never rated.
    """
    if state.stability is None or state.last_day is None:
        return 0.0
    decay = -parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    elapsed = max(0, (day - state.last_day).days)
    return float((1 + factor * elapsed / state.stability) ** decay)


def _counted(state: MemoryState | None, day: date) -> date:
    return day if state is None or state.last_day is None else max(day, state.last_day)


def _step(step: Step, rating: Rating, stability: float) -> Step:
    """One step back after a failure, forward on a clear success; the last answer shown tells
    the statement anyway, so a failed card is recognised next and not told again."""
    if rating is Rating.AGAIN:
        return Step.RECOGNISE
    if rating >= Rating.GOOD and stability >= RECALL_FROM:
        return Step.RECALL
    return max(step, Step.RECOGNISE)


def _interval(
    state: MemoryState | None,
    rating: Rating,
    day: date,
    desired_retention: float,
    parameters: Parameters,
) -> int:
    if not 0 < desired_retention < 1:
        raise ValueError(f"desired retention must lie between 0 and 1, not {desired_retention}")
    days = _next(state, rating, day, desired_retention, parameters).interval
    return min(max(round(days), 1), MAX_INTERVAL)


def _next(
    state: MemoryState | None,
    rating: Rating,
    day: date,
    desired_retention: float,
    parameters: Parameters,
) -> fsrs_rs.ItemState:
    memory, elapsed = None, 0
    if state and state.stability is not None and state.difficulty is not None:
        memory = fsrs_rs.MemoryState(state.stability, state.difficulty)
        elapsed = (_counted(state, day) - (state.last_day or day)).days
    states = _engine(parameters).next_states(memory, desired_retention, elapsed)
    return (states.again, states.hard, states.good, states.easy)[rating - 1]


@lru_cache(maxsize=64)
def _engine(parameters: Parameters) -> fsrs_rs.FSRS:
    return fsrs_rs.FSRS(parameters)
