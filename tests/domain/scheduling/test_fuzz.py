"""Due days are spread, always the same way for the same answer, away from loaded days."""

from collections import Counter
from datetime import date, timedelta
from unittest.mock import patch

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.scheduling import MAX_INTERVAL, Spread, fuzz_range

MONDAY = date(2025, 3, 3)
intervals = st.integers(min_value=1, max_value=MAX_INTERVAL)


@pytest.mark.parametrize(
    ("interval", "first", "last"),
    [(1, 1, 1), (2, 2, 2), (3, 2, 4), (7, 5, 9), (10, 8, 12), (20, 17, 23), (100, 93, 107)],
)
def test_the_range_widens_with_the_interval(interval: int, first: int, last: int) -> None:
    days = fuzz_range(interval)
    assert (days[0], days[-1]) == (first, last)


@given(intervals.filter(lambda interval: interval > 2))
def test_the_range_is_that_of_py_fsrs(interval: int) -> None:
    days = fuzz_range(interval)
    assert days[0] == py_fsrs_fuzzed(interval, 0.0)
    # It draws from the first day to one past the last, before it rounds and caps.
    assert min(days[-1] + 1, MAX_INTERVAL) == py_fsrs_fuzzed(interval, 0.999999)


def py_fsrs_fuzzed(interval: int, drawn: float) -> int:
    with patch("fsrs.scheduler.random", return_value=drawn):
        scheduler = fsrs.Scheduler(maximum_interval=MAX_INTERVAL)
        return scheduler._get_fuzzed_interval(interval=timedelta(days=interval)).days


@given(intervals, st.integers(min_value=1), st.integers(min_value=0), st.integers(0, 500))
def test_the_same_answer_gets_the_same_day_within_the_range(
    interval: int, memory_id: int, version: int, load: int
) -> None:
    loads = {MONDAY + timedelta(days=interval): load}
    chosen = Spread(b"key", memory_id, version, loads)(interval, MONDAY)
    assert chosen == Spread(b"key", memory_id, version, dict(loads))(interval, MONDAY)
    assert chosen in fuzz_range(interval)


def test_cards_learnt_together_do_not_come_back_together() -> None:
    days = Counter(Spread(b"key", memory, 2)(10, MONDAY) for memory in range(500))
    assert set(days) == {8, 9, 10, 11, 12}
    assert max(days.values()) < 150


def test_the_next_answer_of_a_card_is_spread_anew() -> None:
    assert len({Spread(b"key", 1, version)(100, MONDAY) for version in range(50)}) > 5


def test_the_least_loaded_day_is_preferred() -> None:
    loads = {MONDAY + timedelta(days=ahead): 20 for ahead in range(200)}
    loads[MONDAY + timedelta(days=11)] = 2
    days = Counter(Spread(b"key", memory, 2, loads)(10, MONDAY) for memory in range(500))
    assert days[11] > 400


def test_reviews_are_not_put_off_on_the_whole_although_far_days_are_emptier() -> None:
    loads = {MONDAY + timedelta(days=ahead): 46 - 2 * ahead for ahead in range(20)}
    chosen = [Spread(b"key", memory, 2, loads)(10, MONDAY) for memory in range(3000)]
    assert sum(chosen) / len(chosen) == pytest.approx(10, abs=0.15)
