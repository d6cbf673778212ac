"""A date is right however it is written, and only that date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.grading import Expected, NameIndex, OtherValue, Verdict, grade_typed

NO_NAMES = NameIndex([])
DAYS = st.dates(date(1100, 1, 1), date(2099, 12, 31))
FORMATS = (
    "{d.day} {month} {d.year}", "{month} {d.day}, {d.year}", "{short} {d.day} {d.year}",
    "the {d.day}th of {month} {d.year}", "{d.day:02}.{d.month:02}.{d.year}", "{d:%Y-%m-%d}",
    "{d.year}/{d.month}/{d.day}", "{d.year}年{d.month}月{d.day}日", "on {d.day} {short}. {d.year}",
    "{d.day}-{short}-{d.year}", "I think {month} {d.day} {d.year}",
)  # fmt: skip
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def verdict(value: str, typed: str, **expected: object) -> Verdict:
    return grade_typed(Expected("date", value, **expected), typed, NO_NAMES).verdict  # type: ignore[arg-type]


def written(form: str, day: date) -> str:
    month = MONTHS[day.month - 1]
    return form.format(d=day, month=month, short=month[:3])


@settings(deadline=None)
@given(DAYS, st.sampled_from(FORMATS))
def test_a_day_is_right_in_every_usual_form(day: date, form: str) -> None:
    assert verdict(day.isoformat(), written(form, day)) is Verdict.RIGHT


@settings(deadline=None)
@given(DAYS, st.sampled_from(FORMATS), st.integers(1, 3000), st.sampled_from([-1, 1]))
def test_another_day_earns_nothing(day: date, form: str, apart: int, way: int) -> None:
    other = day + timedelta(days=apart * way)

    assert verdict(day.isoformat(), written(form, other)) is Verdict.WRONG


@settings(deadline=None)
@given(DAYS)
def test_month_or_year_alone_is_partial(day: date) -> None:
    month = MONTHS[day.month - 1]

    assert verdict(day.isoformat(), f"{month} {day.year}") is Verdict.PARTIAL
    assert verdict(day.isoformat(), str(day.year)) is Verdict.PARTIAL
    assert verdict(day.isoformat(), f"{day.day} {month}") is Verdict.PARTIAL


@settings(deadline=None)
@given(DAYS.filter(lambda day: day.day <= 12 and day.day != day.month))
def test_figures_that_may_be_day_or_month_are_asked_again(day: date) -> None:
    for typed in (f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}"):
        assert verdict(day.isoformat(), typed) is Verdict.ASK_AGAIN


def test_asking_again_does_not_tell_whether_a_reading_is_right() -> None:
    assert verdict("1945-04-05", "7/6/1922") is Verdict.ASK_AGAIN


@settings(deadline=None)
@given(st.integers(1000, 2090), st.integers(1, 60))
def test_a_range_of_years_is_right_in_every_form(start: int, length: int) -> None:
    end = start + length
    value = f"{start}/{end}"
    for typed in (f"{start}-{end}", f"{start} to {end}", f"from {start} until {end}",
                  f"between {start} and {end}", f"{start}–{end}"):  # fmt: skip
        assert verdict(value, typed) is Verdict.RIGHT
    assert verdict(value, str(start)) is Verdict.PARTIAL
    assert verdict(value, f"{start} or {end}") is Verdict.WRONG


@pytest.mark.parametrize(
    ("era", "value", "right"),
    [((1930, 1945), "1941-04-13", True), ((1800, 1899), "1841-04-13", True),
     ((1800, 1899), "1941-04-13", False), ((1700, 1999), "1941-04-13", True)],
)  # fmt: skip
def test_a_two_digit_year_belongs_to_the_era(era: tuple[int, int], value: str, right: bool) -> None:
    assert (verdict(value, "13 April 41", era=era) is Verdict.RIGHT) is right


def test_another_sources_day_is_partial_and_names_the_source() -> None:
    expected = Expected("date", "1939-09-16", others=(OtherValue("1939-09-15", "Smith (2001)"),))

    grade = grade_typed(expected, "15 September 1939", NO_NAMES)

    assert grade.verdict is Verdict.PARTIAL
    assert "Smith (2001)" in str(grade.reason)


def test_every_sources_day_is_right_where_any_is_accepted() -> None:
    expected = Expected("date", "1939-09-16", accept=("1939-09-15",))

    assert grade_typed(expected, "15.9.1939", NO_NAMES).verdict is Verdict.RIGHT


@pytest.mark.parametrize("typed", ["31 April 1941", "29 February 1941", "31/31/1941", "0 May 1941"])
def test_an_impossible_date_is_asked_again_and_says_why(typed: str) -> None:
    grade = grade_typed(Expected("date", "1941-04-13"), typed, NO_NAMES)

    assert grade.verdict is Verdict.ASK_AGAIN
    assert "no such date" in str(grade.reason)
