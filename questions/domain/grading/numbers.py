"""Compare the number an answer says with the one that is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from questions.domain.grading import reasons
from questions.domain.grading.compound_units import in_one_unit
from questions.domain.grading.expected import Expected
from questions.domain.grading.figure_glosses import without_glosses
from questions.domain.grading.figure_words import objection
from questions.domain.grading.more_exact import is_more_exact, said_elsewhere
from questions.domain.grading.read_numbers import (
    Asked,
    Calculation,
    Denied,
    Figure,
    Reading,
    TwoNumbers,
    Unclear,
    plain_number_text,
    read_number,
)
from questions.domain.grading.result import Grade, Verdict, ask_again, best, partial, right, wrong
from questions.domain.grading.shares import in_percent
from questions.domain.grading.units import Measure, Units
from questions.domain.values import Quantity, decimals_of, parse_quantity, round_half_up

_NEAR = Decimal("0.001")
_ROUNDED = Decimal("0.05")
_CONVERTED = Decimal("0.01")
_NEAR_FROM = 10_000
_NAMES_BELOW = 100
"""A whole number of two figures and no unit, of an element or a house, is not said in tens."""
_WIDEST_RANGE = Decimal("1.5")
_FURTHEST_OVER = 2
_MOST_WIDENED = 4
_NO: frozenset[str] = frozenset()
_LETTERS = {"metre": frozenset({"m", "mm"}), "kelvin": frozenset({"k"}), "byte": frozenset({"k"})}
"""Units that would be taken for thousands or millions where something else is asked."""


def grade_number(expected: Expected, given: str, units: Units) -> Grade:
    if (said := _SAID_TWICE.match(given)) and _both_right(expected, said, units):
        return right(reasons.RIGHT)
    asked = units.of(expected.unit)
    plain = without_glosses(plain_number_text(given), expected, asked, units)
    text = in_one_unit(plain, units)
    if asked and asked.base == "percent":
        text = in_percent(given, text)
    grades = [_grade(expected, value, text, units) for value in (expected.value, *expected.accept)]
    grade = best(grades)
    if grade.verdict is Verdict.RIGHT:
        return grade
    for other in expected.others:
        if _grade(expected, other.value, text, units).verdict is Verdict.RIGHT:
            return partial(reasons.other_source(other))
    return grade


# As in "20 km (12.4 miles)" and "3 months or 90 days".
_SAID_TWICE = re.compile(
    r"^(?P<one>[^(=≈\d]*\d[^(=≈]*?)(?:[(=≈]|\s/\s|,?\s(?:or|i\.?\s?e\.?|that\sis)\b)"
    r"(?P<two>[^(=≈)\d]*\d[^(=≈)]*)\)?\W*$",
    re.IGNORECASE,
)


def _both_right(expected: Expected, said: re.Match[str], units: Units) -> bool:
    """Whether the figures are in two units that convert to each other, one of them right and the
    other so too or rounded. In one unit they are two candidates."""
    asked = replace(expected, others=())
    one, two = (_measure_said(asked, said[part], units) for part in ("one", "two"))
    if one is None or two is None or one == two or one.base != two.base:
        return False
    grades = [grade_number(asked, said[part], units) for part in ("one", "two")]
    return best(grades).verdict is Verdict.RIGHT and all(grade.credited for grade in grades)


def _measure_said(expected: Expected, given: str, units: Units) -> Measure | None:
    """A bare figure is in the unit asked for; None where no single figure is said."""
    key, asked = parse_quantity(expected.value), units.of(expected.unit)
    reading = _one_reading(given, _asked(key, asked), units)
    if reading is None:
        return None
    return _unit_of(reading, asked, units, expected.harmless) or asked


def _one_reading(given: str, asked: Asked, units: Units) -> Reading | None:
    try:
        return read_number(in_one_unit(plain_number_text(given), units), asked)
    except (TwoNumbers, Denied):
        return None


def _grade(expected: Expected, value: str, text: str, units: Units) -> Grade:
    key, asked = parse_quantity(value), units.of(expected.unit)
    try:
        reading = read_number(text, _asked(key, asked))
    except Calculation:
        return ask_again(reasons.CALCULATION)
    except Unclear:
        return ask_again(reasons.UNCLEAR_SECOND)
    except TwoNumbers:
        return wrong(reasons.TWO_CANDIDATES)
    except Denied:
        return wrong(reasons.WRONG)
    if reading is None:
        return wrong(reasons.NO_NUMBER)
    if key.shape == "ratio":
        grade = _grade_ratio(key, reading)
        beside = objection(expected, asked, reading.before, reading.after, units)
        return (beside or grade) if grade.credited else grade
    unit = _unit_of(reading, asked, units, expected.harmless)
    if unit is _OTHER_UNIT:
        return wrong(reasons.OTHER_UNIT)
    grade = _compare(expected, key, reading, _Conversion(unit, asked))
    if not grade.credited:
        return grade
    if reading.figure.worked_out:
        return ask_again(reasons.CALCULATION)
    return objection(expected, asked, reading.before, reading.after, units) or grade


def _asked(key: Quantity, unit: Measure | None) -> Asked:
    return Asked(
        integer=key.amount == key.amount.to_integral_value() and (unit is None or unit.counts),
        whole=not decimals_of(key.amount),
        below_zero=key.amount < 0,
        limits=key.shape == "range",
        ratio=key.shape == "ratio",
        letters=_LETTERS.get(unit.base if unit else "", _NO),
    )


def amount_said(expected: Expected, given: str, units: Units) -> Decimal | None:
    """The one figure that an answer says, in the unit asked for; None if it says none or more."""
    key, unit = parse_quantity(expected.value), units.of(expected.unit)
    reading = _one_reading(given, _asked(key, unit), units)
    if reading is None or reading.shape != "point":
        return None
    said = _unit_of(reading, unit, units, expected.harmless)
    if said is _OTHER_UNIT:
        return None
    which = -1 if decimals_of(key.amount) else 0
    return _Conversion(said, unit).said(reading.figure.values[which], reading.figure.places[which])


def _grade_ratio(key: Quantity, reading: Reading) -> Grade:
    """The terms in their order; 4:2 says the same as 2:1."""
    if reading.shape != "ratio" or reading.high is None or key.other is None:
        return wrong(reasons.WRONG)
    same = reading.figure.values[0] * key.other == reading.high.values[0] * key.amount
    return right(reasons.RIGHT) if same and reading.high.values[0] else wrong(reasons.WRONG)


class _Conversion:
    """From the unit that was given to the one that was asked for."""

    def __init__(self, given: Measure | None, asked: Measure | None) -> None:
        self.needed = given is not None and asked is not None and given != asked
        self._given, self.asked = given, asked

    @property
    def inexact(self) -> bool:
        """Whether figures must be rounded: from miles, but not from metres to kilometres."""
        if not self.needed or self._given is None or self.asked is None:
            return False
        ratio = (self._given.factor / self.asked.factor).normalize()
        return self._given.offset != self.asked.offset or ratio.as_tuple().digits != (1,)

    def value(self, amount: Decimal) -> Decimal:
        if not self.needed or self._given is None or self.asked is None:
            return amount
        base = amount * self._given.factor + self._given.offset
        return (base - self.asked.offset) / self.asked.factor

    def said(self, amount: Decimal, place: Decimal) -> Decimal:
        """The value as exactly as it was given: 12.4 miles are 20.0 km, not 19.9558656."""
        value = self.value(amount)
        decimals = max(0, -self.size(place).adjusted())
        return round_half_up(value, decimals) if self.inexact else value

    def size(self, amount: Decimal) -> Decimal:
        if not self.needed or self._given is None or self.asked is None:
            return amount
        return amount * self._given.factor / self.asked.factor


_OTHER_UNIT = Measure("another")
_UNIT_WORD = re.compile(
    r"[^\W\d_]+(?:\^?[23](?!\d))?(?:/[^\W\d_]+(?:\^?[23](?!\d))?)?|[%°‰](?:[cfCF]\b)?|[$€£¥]"
)
_STOPS = frozenset("by in of at from for with on during per who that which under after".split())


def _unit_of(
    reading: Reading, asked: Measure | None, units: Units, harmless: tuple[str, ...]
) -> Measure | None:
    """The unit that stands after the number (or a sign before it), or none."""
    words = [match[0].replace("^", "") for match in _UNIT_WORD.finditer(reading.after)][:6]
    if words[:1] == ["in"] and (asked is None or asked.base != "metre" or len(words) > 1):
        return None  # "in 1939" is no inch
    allowed = {word.lower() for word in harmless}
    for phrase in _phrases(words):
        found = units.find(phrase)
        if found is None or (asked is not None and phrase.lower() in allowed):
            continue
        if asked is None:
            return None
        if found.base == "degree" and asked.base == "kelvin":
            return asked
        return found if found.base == asked.base else _OTHER_UNIT
    return None


def _phrases(words: list[str]) -> Iterator[str]:
    """Longest first at each place, up to the first preposition."""
    for start, word in enumerate(words[:4]):
        if start and word.lower() in _STOPS:
            return  # the "in" of "80,000 soldiers in total" is no inch
        for length in (5, 4, 3, 2, 1):
            if start + length <= len(words):
                yield " ".join(words[start : start + length])
        if word.lower() in _STOPS:
            return


def _compare(expected: Expected, key: Quantity, reading: Reading, to: _Conversion) -> Grade:
    match key.shape:
        case "over" | "under":
            return _compare_bound(key, reading, to)
        case "range":
            return _compare_range(key, reading, to)
        case _:
            return _compare_point(expected, key, reading, to)


def _compare_bound(key: Quantity, reading: Reading, to: _Conversion) -> Grade:
    """ "Over a million" is met by the bound itself and by what is not far past it."""
    if reading.shape in ("range", "under" if key.shape == "over" else "over"):
        return wrong(reasons.WRONG)
    bound = key.amount
    far = bound * _FURTHEST_OVER if key.shape == "over" else bound / _FURTHEST_OVER
    low, high = min(bound, far), max(bound, far)
    met = any(low <= to.value(value) <= high for value in reading.figure.values)
    return right(reasons.RIGHT) if met else wrong(reasons.WRONG)


def _compare_range(key: Quantity, reading: Reading, to: _Conversion) -> Grade:
    low, high = key.amount, key.amount if key.other is None else key.other
    ends = [to.value(one.values[0]) for one in (reading.figure, reading.high) if one]
    given_low, given_high = min(ends), max(ends)
    if reading.shape != "range":
        inside = reading.shape == "point" and low <= given_low <= high
        return partial(reasons.RANGE_POINT) if inside else wrong(reasons.WRONG)
    if (given_low, given_high) == (low, high):
        return right(reasons.RIGHT)
    if low != given_low and high != given_high:
        return wrong(reasons.WRONG)
    wider = given_low < low or given_high > high
    if given_high - given_low > _MOST_WIDENED * (high - low):
        return wrong(reasons.WRONG)  # "1 to 35,000" says nothing of 30,000 to 35,000
    return partial(reasons.RANGE_WIDER if wider else reasons.RANGE_PART)


def _compare_point(expected: Expected, key: Quantity, reading: Reading, to: _Conversion) -> Grade:
    if reading.shape == "range":
        return _range_around(key.amount, reading, to)
    if _is_beyond(key.amount, reading, to, strictly=not expected.about):
        return wrong(reasons.WRONG)
    grade = best(list(_readings_compared(expected, key, reading.figure, to)))
    if reading.shape != "point" and grade.verdict is Verdict.RIGHT and key.shape == "plain":
        return partial(reasons.NO_BOUND)
    return grade


def _is_beyond(amount: Decimal, reading: Reading, to: _Conversion, *, strictly: bool) -> bool:
    """ "More than 9,000" says of 8,849 what is false, however near it is, and so does "under 20"
    of 20."""
    if reading.loose or reading.shape == "point":
        return False
    said = [to.value(value) for value in reading.figure.values]
    if reading.shape == "over":
        return all(value > amount for value in said)
    if reading.strict and strictly:
        return all(value <= amount for value in said)
    return all(value < amount for value in said)


def _readings_compared(
    expected: Expected, key: Quantity, figure: Figure, to: _Conversion
) -> Iterator[Grade]:
    for value, place in zip(figure.values, figure.places, strict=True):
        amount, size = to.value(value), to.size(place)
        if to.needed and value == key.amount != amount:
            yield wrong(reasons.OTHER_UNIT)  # the figure asked for, in a unit that makes it another
            continue
        if is_more_exact(expected, key, amount, size, to.asked):
            yield right(reasons.FINER)
        yield _compare_value(expected, key, amount, size, converted=to.inexact)
        if expected.exact is False:
            yield _near_enough(expected, key, amount)


def _range_around(amount: Decimal, reading: Reading, to: _Conversion) -> Grade:
    low = to.value(reading.figure.values[0])
    high = to.value(reading.high.values[0]) if reading.high else low
    narrow = 0 < low < high <= low * _WIDEST_RANGE
    return partial(reasons.RANGE) if narrow and low <= amount <= high else wrong(reasons.WRONG)


def _near_enough(expected: Expected, key: Quantity, value: Decimal) -> Grade:
    """Of what need not be known to the last figure three are enough, and two in part: of 142,984
    what is within 500 is right, within 5,000 half. Nearer is never worse than further off."""
    if not key.amount or value in said_elsewhere(expected):
        return wrong(reasons.WRONG)
    off, third = abs(value - key.amount), Decimal(1).scaleb(key.amount.adjusted() - 2)
    if off <= third / 2:
        return right(reasons.ENOUGH)
    return partial(reasons.ROUNDED) if off <= third * 5 else wrong(reasons.WRONG)


def _names_only(expected: Expected, key: Quantity) -> bool:
    whole = key.amount == key.amount.to_integral_value()
    return expected.unit is None and whole and abs(key.amount) < _NAMES_BELOW


def _compare_value(
    expected: Expected, key: Quantity, value: Decimal, place: Decimal, *, converted: bool
) -> Grade:
    if value == key.amount:
        return right(reasons.RIGHT)
    off = abs(value - key.amount)
    share = off / abs(key.amount) if key.amount else Decimal(1)
    exact = key.looks_exact if expected.exact is None else expected.exact
    rounding = Decimal(expected.rounding) if expected.rounding else key.rounding
    if converted:
        reach = max(place / 2, Decimal(0) if exact else rounding / 2)
        if off <= reach and (share <= _CONVERTED or not key.amount):
            return right(reasons.RIGHT)
        return partial(reasons.ROUNDED) if share <= _ROUNDED else wrong(reasons.WRONG)
    if off <= place / 2 and share <= _ROUNDED and not (exact and _names_only(expected, key)):
        return right(reasons.RIGHT) if expected.about else partial(reasons.ROUNDED)
    if not exact and off <= rounding / 2 and share <= _ROUNDED:
        return partial(reasons.TOO_FINE)
    if share <= _NEAR and abs(key.amount) >= _NEAR_FROM:
        return partial(reasons.NEARLY)
    return wrong(reasons.WRONG)
