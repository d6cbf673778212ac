"""Which study day a moment belongs to, wherever the clock does something odd."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.scheduling import day_begins, local_day

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",  # put back at 00:01 until 2011, so that midnight came twice
    "Pacific/Apia",  # left out 30 December 2011
    "Pacific/Kwajalein",  # left out 21 August 1993
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",
    "America/Havana",  # summer time begins at midnight: no 00:00 that day
    "Asia/Tokyo",
]
BERLIN, ST_JOHNS, TOKYO = map(ZoneInfo, ("Europe/Berlin", "America/St_Johns", "Asia/Tokyo"))
zones = st.sampled_from([ZoneInfo(name) for name in ZONES])
starts = st.integers(min_value=0, max_value=23)
moments = st.datetimes(
    min_value=datetime(1990, 1, 2),  # noqa: DTZ001 — hypothesis adds the zone
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def at(zone: str, text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "clock", "day"),
    [
        ("Europe/Berlin", "2025-03-03 03:59", "2025-03-02"),
        ("Europe/Berlin", "2025-03-03 04:00", "2025-03-03"),
        ("Europe/Berlin", "2025-03-04 03:59", "2025-03-03"),
        # Summer time begins: 02:00 is followed by 03:00.
        ("Europe/Berlin", "2025-03-30 01:59", "2025-03-29"),
        ("Europe/Berlin", "2025-03-30 03:00", "2025-03-29"),
        ("Europe/Berlin", "2025-03-30 04:00", "2025-03-30"),
        # Summer time ends: 02:59 is followed by 02:00.
        ("Europe/Berlin", "2025-10-26 02:30", "2025-10-25"),
        ("Europe/Berlin", "2025-10-26 04:00", "2025-10-26"),
        ("America/St_Johns", "2025-11-02 03:59", "2025-11-01"),
        ("America/St_Johns", "2025-11-02 04:00", "2025-11-02"),
        # The evening of the 29th ran straight into the 31st.
        ("Pacific/Apia", "2011-12-29 23:59", "2011-12-29"),
        ("Pacific/Apia", "2011-12-31 00:00", "2011-12-29"),
        ("Pacific/Apia", "2011-12-31 03:59", "2011-12-29"),
        ("Pacific/Apia", "2011-12-31 04:00", "2011-12-31"),
    ],
)
def test_a_day_begins_at_four_by_the_clock_on_the_wall(zone: str, clock: str, day: str) -> None:
    assert local_day(at(zone, clock), ZoneInfo(zone)) == date.fromisoformat(day)


def test_the_hour_that_comes_twice_belongs_to_one_day() -> None:
    for fold in (0, 1):
        moment = at("Europe/Berlin", "2025-10-26 02:30", fold)
        assert local_day(moment, BERLIN, 2) == date(2025, 10, 26)
        assert local_day(moment, BERLIN, 3) == date(2025, 10, 25)


def test_a_day_that_has_begun_does_not_end_when_midnight_comes_twice() -> None:
    """In St John's the clock went from 00:01 on 7 November 2010 back to 23:01 on the 6th."""
    just_after = at("America/St_Johns", "2010-11-07 00:00:30", 0)
    put_back = just_after + timedelta(minutes=10)
    assert put_back.astimezone(ST_JOHNS).day == 6
    assert local_day(just_after, ST_JOHNS, 0) == date(2010, 11, 7)
    assert local_day(put_back, ST_JOHNS, 0) == date(2010, 11, 7)


def test_a_day_whose_first_hour_is_skipped_begins_at_the_skip() -> None:
    skip = at("Europe/Berlin", "2025-03-30 03:00")
    assert day_begins(date(2025, 3, 30), BERLIN, 2) == skip


@given(moments, zones, starts)
def test_a_moment_lies_in_its_day(moment: datetime, zone: ZoneInfo, start: int) -> None:
    day = local_day(moment, zone, start)
    assert day_begins(day, zone, start) <= moment
    assert moment < day_begins(day + timedelta(days=1), zone, start)


@given(moments, st.integers(min_value=0, max_value=3 * 86400), zones, starts)
def test_days_never_go_back_as_time_goes_on(
    moment: datetime, seconds: int, zone: ZoneInfo, start: int
) -> None:
    later = moment + timedelta(seconds=seconds)
    assert local_day(moment, zone, start) <= local_day(later, zone, start)


def test_a_moment_may_come_in_any_zone_but_not_without_one() -> None:
    moment = datetime(2025, 3, 3, 20, tzinfo=ST_JOHNS)
    assert local_day(moment, TOKYO) == date(2025, 3, 4)
    with pytest.raises(ValueError, match="aware"):
        local_day(datetime(2025, 3, 3), TOKYO)  # noqa: DTZ001 — that is the point
