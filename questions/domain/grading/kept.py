"""What a deck can keep of an answer that a teacher accepts: a date or figure as decks write it.

Names and terms are kept as they are spelt.
"""

from __future__ import annotations

from questions.domain.grading.dates import spans_said
from questions.domain.grading.expected import Expected
from questions.domain.grading.fold import clean
from questions.domain.grading.numbers import amount_said
from questions.domain.grading.rough_dates import Unreadable
from questions.domain.grading.units import Units
from questions.domain.values import BadValue, parse_quantity, parse_span


def value_of(expected: Expected, given: str, units: Units) -> str:
    """EDTF, or a number in the unit asked for; "" where the answer does not say exactly one."""
    try:
        if expected.kind == "date":
            return _date(expected, given)
        return _figure(expected, given, units) if expected.kind == "number" else ""
    except BadValue:
        return ""


def _date(expected: Expected, given: str) -> str:
    try:
        said = spans_said(expected, clean(given))
    except Unreadable:
        return ""
    text = said[0].text if len(said) == 1 else ""
    return text if text and parse_span(text).same_days(said[0]) else ""


def _figure(expected: Expected, given: str, units: Units) -> str:
    amount = amount_said(expected, given, units)
    if amount is None:
        return ""
    return parse_quantity(f"{amount.normalize() + 0:f}").text  # what is added to makes -0 a 0
