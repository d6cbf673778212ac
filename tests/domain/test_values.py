"""When two values say the same of one thing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import Relation, Unit, ValueKind, values_agree
from questions.domain.span_pairs import spans_agree
from questions.domain.values import parse_span

UNITS = {
    "metre": Unit("metre", "metre", "metres"),
    "kilometre": Unit("kilometre", "kilometre", "kilometres", (), "metre", "1000"),
    "league": Unit("league", "league", "leagues", (), "kilometre", "4.8"),
    "people": Unit("people", "person", "people"),
}
LENGTH = Relation("length", "length", ValueKind.NUMBER, unit="any", single=True)
LOSSES = Relation("losses", "losses", ValueKind.NUMBER, unit="people", single=True)


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        (("20", "kilometre"), ("20000", "metre"), True),
        (("20", "kilometre"), ("20", "metre"), False),
        (("20", "kilometre"), ("20", "kilometre"), True),
        (("10", "league"), ("48000", "metre"), True),
        (("~20", "kilometre"), ("23000", "metre"), True),
        (("~20", "kilometre"), ("26000", "metre"), False),
        ((">20", "kilometre"), ("21000", "metre"), True),
        ((">20", "kilometre"), ("19999", "metre"), False),
        (("20..25", "kilometre"), ("24000..30000", "metre"), True),
        (("20", "kilometre"), ("20", "people"), False),
        (("20", "kilometre"), ("20", ""), False),
    ],
)
def test_figures_agree_whatever_unit_they_are_in(
    one: tuple[str, str], two: tuple[str, str], agree: bool
) -> None:
    assert values_agree(LENGTH, one, two, UNITS) is agree
    assert values_agree(LENGTH, two, one, UNITS) is agree


def test_the_relations_own_unit_need_not_be_said() -> None:
    assert values_agree(LOSSES, ("20302", "people"), ("20302", ""))


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        ("1939~", "1940", True),
        ("1939~", "1938-01-01", True),
        ("1939~", "1941", False),
        ("1939", "1940", False),
        ("1939?", "1940", True),
        ("1941-05-01~", "1941-04-30", True),
        ("1941-12-31~", "1942-01-01", True),
        ("1941-04-13~", "1941-04-15", False),
        ("1939-22~", "1939-10", True),
        ("193X~", "1945", True),
        ("1937~/1939", "1938/1939", True),
        ("1937/1939", "1938/1939", False),
        ("-0043~", "-0042", True),
        ("1985~-04", "1985~-04", True),
    ],
)
def test_about_a_date_reaches_one_unit_further(one: str, two: str, agree: bool) -> None:
    assert spans_agree(parse_span(one), parse_span(two)) is agree
    assert spans_agree(parse_span(two), parse_span(one)) is agree


@given(st.dates())
def test_about_a_day_takes_in_its_neighbours_and_no_more(day: date) -> None:
    for by in (-2, -1, 0, 1, 2):
        try:
            other = day + timedelta(days=by)
        except OverflowError:
            continue
        agree = spans_agree(parse_span(f"{day}~"), parse_span(other.isoformat()))
        assert agree is (abs(by) <= 1)
