"""The forecast counts what is scheduled."""

from datetime import date, timedelta

from questions.domain.scheduling import due_minutes

MONDAY = date(2025, 3, 3)


def test_each_day_has_the_minutes_of_its_due_cards() -> None:
    load = {MONDAY: 6, MONDAY + timedelta(days=2): 3}
    assert due_minutes(load, today=MONDAY, seconds_per_review=10, days=4) == [1.0, 0.0, 0.5, 0.0]


def test_what_is_overdue_is_todays() -> None:
    load = {MONDAY - timedelta(days=40): 3, MONDAY: 3}
    assert due_minutes(load, today=MONDAY, seconds_per_review=20, days=1) == [2.0]


def test_what_lies_behind_the_last_day_is_left_out() -> None:
    load = {MONDAY + timedelta(days=30): 3}
    minutes = due_minutes(load, today=MONDAY, seconds_per_review=20)
    assert len(minutes) == 30
    assert sum(minutes) == 0.0
