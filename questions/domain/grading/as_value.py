"""What a typed answer says, as a deck would write it."""

from __future__ import annotations

from questions.domain.grading.expected import Expected
from questions.domain.grading.fold import clean
from questions.domain.grading.read_dates import Years, read_dates
from questions.domain.grading.read_numbers import (
    Asked,
    Denied,
    TwoNumbers,
    plain_number_text,
    read_number,
)
from questions.domain.grading.rough_dates import Unreadable
from questions.domain.values import parse_quantity, parse_span


def typed_value(expected: Expected, given: str) -> str:
    """The one date or figure in it, "1939-05" or "20302"; "" if there is none, or more than one."""
    if expected.kind == "date":
        return _date(expected, clean(given))
    return _figure(expected, given) if expected.kind == "number" else ""


def _date(expected: Expected, text: str) -> str:
    try:
        spans = read_dates(text, Years(expected.era, parse_span(expected.value).years))
    except Unreadable:
        return ""
    return spans[0].text if len(spans) == 1 else ""


def _figure(expected: Expected, given: str) -> str:
    key = parse_quantity(expected.value)
    whole = key.amount == key.amount.to_integral_value()
    asked = Asked(integer=whole, whole=whole, below_zero=key.amount < 0)
    try:
        reading = read_number(plain_number_text(given), asked)
    except (TwoNumbers, Denied):
        return ""
    if reading is None or reading.high is not None:
        return ""
    text = f"{reading.figure.values[0]:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
