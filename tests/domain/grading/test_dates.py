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
    "{d.day}-{short}-{d.year}", "I think {month} {d.day} {d.year}", "{d.day}.{roman}.{d.year}",
    "{d.day} {roman} {d.year}", "{d:%A}, {d.day} {month} {d.year}",
    "{month} {d.day}, {d.year} at 14:45", "{d.year} {month} {d.day}",
    "{d.day} {month} A.D. {d.year}", "not 1 May 1000 but {d.day} {month} {d.year}",
    "{d.year}년 {d.month}월 {d.day}일",
)  # fmt: skip
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def verdict(value: str, typed: str, **expected: object) -> Verdict:
    return grade_typed(Expected("date", value, **expected), typed, NO_NAMES).verdict  # type: ignore[arg-type]


def written(form: str, day: date) -> str:
    month = MONTHS[day.month - 1]
    return form.format(d=day, month=month, short=month[:3], roman=ROMAN[day.month - 1])


@settings(deadline=None)
@given(DAYS, st.sampled_from(FORMATS))
def test_a_day_is_right_in_every_usual_form(day: date, form: str) -> None:
    assert verdict(day.isoformat(), written(form, day)) is Verdict.RIGHT


@settings(deadline=None)
@given(DAYS, st.sampled_from(FORMATS), st.integers(1, 3000), st.sampled_from([-1, 1]))
def test_another_day_earns_nothing(day: date, form: str, apart: int, way: int) -> None:
    other = day + timedelta(days=apart * way)

    assert verdict(day.isoformat(), written(form, other)) is Verdict.WRONG


ERAS = (
    ("明治", "Meiji", 1868, 1912), ("大正", "Taishō", 1912, 1926),
    ("昭和", "Showa", 1926, 1989), ("平成", "Heisei", 1989, 2019),
    ("令和", "Reiwa", 2019, 2099), ("民國", "Minguo", 1912, 2099),
)  # fmt: skip


@settings(deadline=None)
@given(st.sampled_from(ERAS), st.data())
def test_a_year_of_an_era_is_the_common_year(
    era: tuple[str, str, int, int], data: st.DataObject
) -> None:
    native, latin, first, last = era
    day = data.draw(st.dates(date(first, 1, 1), date(last, 12, 31)))
    counted = day.year - first + 1

    for typed in (f"{native}{counted}年{day.month}月{day.day}日",
                  f"{MONTHS[day.month - 1]} {day.day}, {latin} {counted}"):  # fmt: skip
        assert verdict(day.isoformat(), typed) is Verdict.RIGHT
    assert verdict(day.isoformat(), f"{native}{counted}年") is Verdict.PARTIAL


@pytest.mark.parametrize("typed", ["大正16年", "Shōwa 65", "明治46年1月1日", "昭和16年13月1日"])
def test_a_year_that_an_era_never_came_to_is_asked_again(typed: str) -> None:
    grade = grade_typed(Expected("date", "1941-04-13"), typed, NO_NAMES)

    assert grade.verdict is Verdict.ASK_AGAIN
    assert "no such date" in str(grade.reason)


@settings(deadline=None)
@given(DAYS.filter(lambda day: day.day > 12), st.integers(1, 300), st.sampled_from("./"))
def test_a_span_of_days_is_right_in_every_usual_form(day: date, length: int, cut: str) -> None:
    end = day + timedelta(days=length)
    value = f"{day}/{end}"
    figures = f"{{d.day}}{cut}{{d.month}}{cut}{{d.year}}"
    for form in ("{d.day} {month} {d.year}", "{d.year}年{d.month}月{d.day}日", figures):
        typed = f"{written(form, day)} – {written(form, end)}"
        assert verdict(value, typed) is Verdict.RIGHT, typed


@settings(deadline=None)
@given(st.integers(1000, 2090), st.sampled_from(["early", "mid", "late", "first half of"]))
def test_a_part_of_a_year_is_partial_for_a_day_in_it_only(year: int, part: str) -> None:
    inside = {"early": "02-11", "mid": "06-20", "late": "11-30", "first half of": "06-30"}[part]
    outside = {"early": "05-01", "mid": "09-01", "late": "08-31", "first half of": "07-01"}[part]

    assert verdict(f"{year}-{inside}", f"{part} {year}") is Verdict.PARTIAL
    assert verdict(f"{year}-{outside}", f"{part} {year}") is Verdict.WRONG


@settings(deadline=None)
@given(DAYS, st.sampled_from(FORMATS[:8]), st.sampled_from(["not {}", "never {}", "it wasn't {}"]))
def test_a_denied_day_earns_nothing(day: date, form: str, denial: str) -> None:
    assert verdict(day.isoformat(), denial.format(written(form, day))) is Verdict.WRONG


@pytest.mark.parametrize(
    ("value", "typed", "missing"),
    [("1941-04-13", "April 1941", "the day is missing"),
     ("1941-04-13", "1941", "day and month are missing"),
     ("1941-04", "1941", "the month is missing"),
     ("1941-04-13", "13 April", "the year is missing"),
     ("1938-07-29/1938-08-11", "29 July 1938", "when it ended is missing"),
     ("1938-07-29/1938-08-11", "until 11 August 1938", "when it began is missing"),
     ("-0043-03-15", "15 March 44", "the era (BC) is missing")],
)  # fmt: skip
def test_a_partial_date_says_what_is_missing(value: str, typed: str, missing: str) -> None:
    grade = grade_typed(Expected("date", value), typed, NO_NAMES)

    assert grade.verdict is Verdict.PARTIAL
    assert missing in str(grade.reason)


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


@settings(deadline=None)
@given(st.integers(1000, 2000), st.integers(-9, 9))
def test_about_a_year_allows_its_neighbours_and_half_of_what_is_near(year: int, off: int) -> None:
    due = Verdict.RIGHT if abs(off) <= 1 else Verdict.PARTIAL if abs(off) <= 3 else Verdict.WRONG

    assert verdict(f"{year}~", str(year + off)) is due
    assert verdict(f"{year}~", f"c. {year + off}") is due
    assert verdict(str(year), str(year + off)) is (Verdict.WRONG if off else Verdict.RIGHT)


def test_about_a_month_allows_the_months_beside_it() -> None:
    assert verdict("1939-12~", "January 1940") is Verdict.RIGHT
    assert verdict("1939-12~", "March 1940") is Verdict.PARTIAL
    assert verdict("1939-12~", "May 1940") is Verdict.WRONG


NO_DATE_WORDS = "yes hello script battle page volume General men km Khasan".split()


@settings(deadline=None)
@given(
    st.sampled_from(NO_DATE_WORDS), st.integers(0, 99), st.sampled_from(NO_DATE_WORDS),
    st.sampled_from(("{0}{1}", "{0} {1}", "{1} {0}", "{1}{0}", "{0} {1} {2}", "<{0}>{2}({1})")),
)  # fmt: skip
def test_a_stray_number_amid_words_is_no_year(one: str, number: int, two: str, form: str) -> None:
    typed = form.format(one, number, two)

    assert verdict(str(1900 + number), typed, era=(1900, 1999)) is Verdict.WRONG


@settings(deadline=None)
@given(st.integers(10, 99), st.sampled_from(("{0}", "'{0}", "in {0}", "signed in {0}", "c. {0}")))
def test_two_digits_as_people_write_them_are_a_year(number: int, form: str) -> None:
    assert verdict(str(1900 + number), form.format(number), era=(1900, 1999)) is Verdict.RIGHT


@settings(deadline=None)
@given(st.integers(1000, 2099), st.integers(1000, 2099), st.sampled_from((",", ".", "'")))
def test_a_year_with_a_comma_is_asked_again_be_it_right_or_wrong(
    key: int, year: int, mark: str
) -> None:
    graded = grade_typed(
        Expected("date", str(key)), f"{year // 1000}{mark}{year % 1000:03}", NO_NAMES
    )

    assert graded.verdict is Verdict.ASK_AGAIN
    assert "without a comma" in str(graded.reason)


@settings(deadline=None)
@given(DAYS, st.integers(1, 6))
def test_a_day_of_the_week_that_the_date_did_not_fall_on_is_asked_again(
    day: date, off: int
) -> None:
    other = day + timedelta(days=off)
    old_style = day + timedelta(days=day.year // 100 - day.year // 400 - 2)
    typed = f"{other:%A} {written('{d.day} {month} {d.year}', day)}"

    named_by_old_calendar = day.year < 1924 and abs((old_style - other).days) % 7 in (0, 1, 6)
    assert named_by_old_calendar or verdict(day.isoformat(), typed) is Verdict.ASK_AGAIN


def test_what_is_wrong_with_a_date_is_said_as_it_is() -> None:
    def said(value: str, typed: str) -> str:
        return str(grade_typed(Expected("date", value), typed, NO_NAMES).reason)

    assert "another day of the week" in said("1941-04-13", "Friday 13 April 1941")
    assert said("1940-06", "June") == "Right so far, but the year is missing."
    assert "More than one" in said("1940-06", "1939 / 1940")
