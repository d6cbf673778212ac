"""Where a timeline draws its events: in order, inside, and never one over another."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.timeline import (
    GAP,
    LETTER,
    SMALLEST_BAR,
    Event,
    Layout,
    Mark,
    Scale,
    lay_out,
    years,
)
from questions.domain.values import parse_span

WIDTH = 1000.0


def event(*values: str, label: str = "An event", disputed: bool = False) -> Event[str]:
    return Event(label, tuple(parse_span(value) for value in values), disputed, label)


def drawn(*events: Event[str]) -> dict[str, Mark[str]]:
    return {mark.event.label: mark for mark in lay_out(events, WIDTH).marks}


@st.composite
def edtf(draw: st.DrawFn) -> str:
    year, length = draw(st.integers(1, 2100)), draw(st.integers(0, 300))
    first = f"{year:04}-{draw(st.integers(1, 12)):02}-{draw(st.integers(1, 28)):02}"
    last = f"{year + length + 1:04}"
    forms = [first, first[:7], first[:4], f"{first}/{last}", f"{first}/..", f"../{last}"]
    return draw(st.sampled_from(forms))


events = st.lists(
    st.builds(
        lambda values, label: event(*values, label=label, disputed=len(values) > 1),
        st.lists(edtf(), min_size=1, max_size=3),
        st.text("abcdefghij ", min_size=1, max_size=90),
    ),
    min_size=1,
    max_size=25,
)


def extent(mark: Mark[str]) -> tuple[float, float]:
    length = len(mark.label) * LETTER
    if mark.label_ends:
        return mark.label_x - length, mark.right
    return mark.left, mark.label_x + length


@given(events)
def test_in_a_lane_nothing_touches_another(found: list[Event[str]]) -> None:
    lanes: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for mark in lay_out(found, WIDTH).marks:
        lanes[mark.lane].append(extent(mark))
    for taken in lanes.values():
        taken.sort()
        for (_, end), (start, _) in itertools.pairwise(taken):
            assert end <= start


@given(events)
def test_every_event_is_drawn_inside_the_drawing(found: list[Event[str]]) -> None:
    layout = lay_out(found, WIDTH)
    assert len(layout.marks) == len(found)
    for mark in layout.marks:
        assert -1e-6 <= mark.left <= mark.right <= WIDTH + 1e-6
        assert 0 <= mark.lane < layout.lanes
        if mark.core:
            assert mark.left - 1e-6 <= mark.core[0] < mark.core[1] <= mark.right + 1e-6
    assert all(0 <= tick.x <= WIDTH for tick in layout.ticks)


@given(events)
def test_later_is_never_further_left(found: list[Event[str]]) -> None:
    stretches = [
        (years(span.first or span.last or (0, 1, 1)), years(span.last or span.first or (0, 1, 1)))
        for each in found
        for span in each.spans
    ]
    scale = Scale([(start, end + 0.01) for start, end in stretches], WIDTH)
    moments = sorted(year for stretch in stretches for year in stretch)
    places = [scale.x(year) for year in moments]
    assert places == sorted(places)


@given(events)
def test_years_on_the_ruler_ascend_with_room_between_them(found: list[Event[str]]) -> None:
    ticks = lay_out(found, WIDTH).ticks
    for one, two in itertools.pairwise(ticks):
        assert one.year < two.year
        assert two.x - one.x >= 40


def test_nothing_gives_an_empty_drawing() -> None:
    assert lay_out([], WIDTH) == Layout(WIDTH, 0, (), (), ())


def test_an_interval_is_a_bar_and_a_day_a_dot() -> None:
    marks = drawn(event("1932/1939", label="war"), event("1941-04-13", label="pact"))
    assert marks["war"].is_bar
    assert marks["war"].core == (marks["war"].left, marks["war"].right)
    assert not marks["pact"].is_bar
    assert len(marks["pact"].points) == 1
    assert marks["war"].right < marks["pact"].left


def test_a_short_interval_can_still_be_seen() -> None:
    marks = drawn(event("1938-07-29/1938-08-11", label="short"), event("1900/2000", label="long"))
    assert marks["short"].right - marks["short"].left == pytest.approx(SMALLEST_BAR)


def test_what_all_sources_say_is_the_core_of_a_disputed_interval() -> None:
    mark = drawn(event("1932/1939", "1938/1939", disputed=True))["An event"]
    assert mark.core
    assert mark.left < mark.core[0]
    assert mark.core[1] == mark.right


def test_intervals_without_a_common_day_have_no_core() -> None:
    assert drawn(event("1932/1934", "1938/1939", disputed=True))["An event"].core is None


def test_a_disputed_date_has_a_point_for_each_value() -> None:
    assert len(drawn(event("1771", "1774", disputed=True))["An event"].points) == 2


def test_an_open_end_reaches_to_the_edge() -> None:
    mark = drawn(event("1937/..", label="open"), event("1941", label="later"))["open"]
    assert mark.open_right
    assert not mark.open_left
    assert mark.right == pytest.approx(WIDTH)


def test_centuries_without_events_are_cut_short_and_marked() -> None:
    layout = lay_out([event("1600", label="a"), event("1939", label="b")], WIDTH)
    assert len(layout.cuts) == 1
    scale = Scale([(1600.0, 1601.0), (1939.0, 1940.0)], WIDTH)
    assert scale.x(1939) - scale.x(1601) < WIDTH / 4


def test_a_busy_year_is_wider_than_a_quiet_one() -> None:
    busy = [event(f"1939-{month:02}", label=f"m{month}") for month in range(1, 13)]
    scale = Scale(
        [(years(each.spans[0].first or (0, 1, 1)), 1939.99) for each in busy] + [(1941.0, 1941.5)],
        WIDTH,
    )
    assert scale.x(1940) - scale.x(1939) > 2 * (scale.x(1942) - scale.x(1941))


def test_a_label_that_does_not_fit_after_its_mark_stands_before_it() -> None:
    late = event("1999-12-30", label="The very last day of a long century")
    mark = drawn(event("1900", label="first"), late)[late.label]
    assert mark.label_ends
    assert mark.label_x <= mark.left
    assert mark.label == late.label


def test_a_label_too_long_for_either_side_is_cut() -> None:
    mark = drawn(event("1950", label="x" * 400))["x" * 400]
    assert mark.label.endswith("…")
    assert len(mark.label) * LETTER <= WIDTH - GAP
