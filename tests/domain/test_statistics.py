"""Days, weeks, retention, strength and mastery."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.scheduling import MemoryState, Step, retrievability
from questions.domain.statistics import (
    HEAT_LEVELS,
    Day,
    Mastery,
    Strength,
    busy_day,
    by_week,
    calendar_weeks,
    firmness,
    heat_level,
    longest_streak,
    mastery,
    streak,
    strength_of,
    true_retention,
    week_start,
)

SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
counts = st.lists(st.integers(0, 500), max_size=60)


def ago(*back: int, today: date = SUNDAY) -> list[date]:
    return [today - timedelta(days=n) for n in back]


def state(stability: float | None = 20.0, since: int = 0, **fields: object) -> MemoryState:
    """Of a card last answered so many days before Sunday."""
    last = None if stability is None else SUNDAY - timedelta(days=since)
    made = {"due": SUNDAY, "step": Step.RECALL, "difficulty": 5.0} | fields
    return MemoryState(stability=stability, last_day=last, **made)  # type: ignore[arg-type]


# --- retention --------------------------------------------------------------------------


def test_true_retention_is_of_tested_answers_alone() -> None:
    assert true_retention([Day(SUNDAY, answers=50, tested=8, kept=6)]) == 0.75


def test_retention_weighs_answers_and_not_days() -> None:
    assert true_retention([Day(SUNDAY, 9, 9, 9), Day(MONDAY, 1, 1, 0)]) == 0.9


def test_without_a_tested_answer_retention_is_not_known() -> None:
    assert true_retention([Day(SUNDAY, answers=5)]) is None
    assert true_retention([]) is None


# --- calendar ---------------------------------------------------------------------------


def test_weeks_begin_on_monday_and_the_last_one_ends_with_today() -> None:
    weeks = calendar_weeks(MONDAY, weeks=2)
    assert weeks[0] == [SUNDAY - timedelta(days=n) for n in range(6, -1, -1)]
    assert weeks[1] == [MONDAY, *[None] * 6]


def test_weeks_can_begin_on_sunday() -> None:
    assert calendar_weeks(MONDAY, weeks=1, first_weekday=6)[0][:3] == [SUNDAY, MONDAY, None]


@given(days, st.integers(1, 60), st.integers(0, 6))
def test_a_calendar_holds_every_day_up_to_today_once_and_in_order(
    today: date, weeks: int, first: int
) -> None:
    calendar = calendar_weeks(today, weeks, first)
    shown = [day for week in calendar for day in week if day]
    assert shown == [shown[0] + timedelta(days=n) for n in range(len(shown))]
    assert shown[-1] == today
    assert shown[0] == week_start(shown[0], first)
    assert {len(week) for week in calendar} == {7}


# --- heat -------------------------------------------------------------------------------


def test_heat_goes_by_quarters_of_a_busy_day() -> None:
    assert [heat_level(n, 40) for n in (0, 1, 10, 11, 20, 30, 31, 40, 400)] == [
        0, 1, 1, 2, 2, 3, 4, 4, 4,
    ]  # fmt: skip


def test_one_marathon_does_not_make_the_other_days_look_idle() -> None:
    assert busy_day([20] * 19 + [900]) == 20


def test_days_without_study_do_not_make_a_day_busy() -> None:
    assert busy_day([0, 0, 12]) == 12
    assert busy_day([]) == busy_day([0]) == 0


@given(counts, st.integers(0, 500), st.integers(0, 500))
def test_more_answers_are_never_paler(answers: list[int], one: int, more: int) -> None:
    busy = busy_day(answers)
    levels = heat_level(one, busy), heat_level(one + more, busy)
    assert levels == tuple(sorted(levels))
    assert set(levels) <= set(range(HEAT_LEVELS + 1))
    assert (heat_level(one, busy) == 0) == (one == 0)


# --- streaks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("studied", "expected"),
    [
        ([], 0),
        (ago(0), 1),
        (ago(0, 1, 2), 3),
        (ago(1, 2), 2),  # today is not over
        (ago(2, 3), 0),
        (ago(0, 2, 3), 1),
    ],
)
def test_a_streak_ends_with_a_whole_day_missed(studied: list[date], expected: int) -> None:
    assert streak(studied, SUNDAY) == expected


@given(st.sets(st.integers(0, 60)))
def test_the_longest_streak_is_the_longest_run_of_days(back: set[int]) -> None:
    runs = [
        length
        for length in range(1, 62)
        for start in range(61)
        if all(n in back for n in range(start, start + length))
    ]
    studied = ago(*back)
    assert longest_streak(studied) == max(runs, default=0)
    assert streak(studied, SUNDAY) <= longest_streak(studied)


# --- weeks ------------------------------------------------------------------------------


def test_a_week_sums_its_days() -> None:
    saturday = SUNDAY - timedelta(days=1)
    done = {
        SUNDAY: Day(SUNDAY, 10, 4, 2, 90.0),
        saturday: Day(saturday, 6, 4, 4, 30.0),
        MONDAY: Day(MONDAY, 1, 0, 0, 5.0),
    }
    *_, last, this = by_week(done, MONDAY)
    assert (last.start, last.answers, last.days) == (SUNDAY - timedelta(days=6), 16, 2)
    assert last.minutes == 2
    assert last.retention == 0.75
    assert (this.start, this.answers, this.retention) == (MONDAY, 1, None)


def test_a_beginner_sees_some_empty_weeks_before_the_first() -> None:
    weeks = by_week({SUNDAY: Day(SUNDAY, 5)}, SUNDAY)
    assert [week.answers for week in weeks] == [0] * 7 + [5]


def test_half_a_year_is_shown_at_most() -> None:
    long_ago = SUNDAY - timedelta(days=400)
    assert len(by_week({long_ago: Day(long_ago, 5)}, SUNDAY)) == 26


@given(st.dictionaries(st.integers(0, 50), st.integers(1, 99), max_size=30))
def test_no_answer_of_the_last_weeks_is_lost_or_counted_twice(done: dict[int, int]) -> None:
    summed = {(day := SUNDAY - timedelta(days=n)): Day(day, count) for n, count in done.items()}
    assert sum(week.answers for week in by_week(summed, SUNDAY)) == sum(done.values())


# --- strength ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (None, Strength.NOT_MET),
        (state(stability=None, step=Step.RECOGNISE), Strength.NOT_MET),  # told alone
        (state(stability=2.3, since=0), Strength.LEARNING),
        (state(stability=40, since=0, lapsed=True), Strength.LEARNING),
        (state(stability=40, since=40), Strength.STRONG),  # due today, at 90 %
        (state(stability=40, since=200), Strength.FADING),
    ],
)
def test_strength_in_a_word(memory: MemoryState | None, expected: Strength) -> None:
    assert strength_of(memory, SUNDAY) is expected


def test_a_card_never_met_counts_as_not_recalled() -> None:
    found = mastery(4, [state(), state(stability=None)], SUNDAY)
    assert found.recall == pytest.approx(0.25)
    assert (found.met, found.not_met, found.strong) == (1, 3, 1)


def test_of_nothing_nothing_is_known() -> None:
    assert mastery(0, [], SUNDAY) == Mastery()


def test_topics_add_up_to_their_deck() -> None:
    one, two = [state(), state(stability=1.0, since=1)], [state(since=300)]
    together = mastery(3, one, SUNDAY) + mastery(5, two, SUNDAY)
    whole = mastery(8, one + two, SUNDAY)
    assert together.recall == pytest.approx(whole.recall)
    assert (together.strong, together.fading, together.learning, together.not_met) == (1, 1, 1, 5)
    assert sum([mastery(3, one, SUNDAY)], Mastery()) == mastery(3, one, SUNDAY)


def test_between_equal_memories_the_one_forgotten_more_often_is_weaker() -> None:
    assert firmness(state(lapses=2), SUNDAY) < firmness(state(lapses=1), SUNDAY)
    assert firmness(state(), SUNDAY) == retrievability(state(), SUNDAY)
