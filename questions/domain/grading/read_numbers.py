"""Read numbers as learners write them: digits, words, multipliers, ranges, bounds, units."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Literal

from questions.domain.grading.english_numbers import english_number
from questions.domain.grading.fold import clean
from questions.domain.grading.han_numbers import in_digits
from questions.domain.grading.number_words import LANGUAGES, cardinal
from questions.domain.grading.powers import is_calculation, raised_plainly, without_powers
from questions.domain.grading.roman import roman_value

Shape = Literal["point", "range", "over", "under", "ratio"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: its readings (20.302 may be two), the place of its last figure, what follows.

    `values` and `places` go together. worked_out: whether it is 3 as 6/2, which nobody writes
    """

    values: tuple[Decimal, ...]
    places: tuple[Decimal, ...]
    start: int
    end: int
    scale: Decimal = Decimal(1)
    worked_out: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """`high` is the upper end of a range or the second term of a ratio.

    loose: whether the bound is "nearly" or the like, which also rounds the other way
    strict: whether it is "less than" or the like, which the bound itself does not meet
    """

    shape: Shape
    figure: Figure
    high: Figure | None
    before: str
    after: str
    loose: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as far as reading depends on it.

    integer: a count, so that 20.302 is no fraction
    whole: a whole number, so that 20,302 is none either, but 20.3 may be
    limits: the two ends of a range
    below_zero: so that a dash before the number is a minus
    letters: what stands for a unit and not for a multiplier: "m" where metres are asked
    """

    integer: bool = False
    whole: bool = False
    limits: bool = False
    below_zero: bool = False
    ratio: bool = False
    letters: frozenset[str] = frozenset()


class TwoNumbers(Exception):
    """The answer names two candidates."""


class Calculation(TwoNumbers):
    """The answer leaves it to the reader to work out the figure."""


class Unclear(TwoNumbers):
    """What stands in brackets may be another candidate, or a year."""


class Denied(Exception):
    """The answer says what the number is not, or a multiple of it."""


_SCALES = {
    "hundred": 2, "k": 3, "thousand": 3, "thousands": 3, "tsd": 3, "thous": 3, "tausend": 3,
    "mille": 3, "mil": 3, "million": 6, "millions": 6, "m": 6, "mn": 6, "mio": 6, "mln": 6, "mm": 6,
    "millionen": 6, "тыс": 3, "тысяча": 3, "тысячи": 3, "тысяч": 3, "млн": 6, "миллион": 6,
    "миллиона": 6, "миллионов": 6, "млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9,
    "billion": 9, "billions": 9, "bn": 9, "bln": 9, "milliard": 9, "milliarden": 9,
    "milliards": 9, "mrd": 9, "trillion": 12, "trillions": 12, "tn": 12, "lakh": 5, "crore": 7,
}  # fmt: skip
MULTIPLIERS = frozenset(word for word in _SCALES if len(word) > 5)
"""Not those that are short for a unit or another word as well."""
_LATER = re.compile(
    r"(?<=\d)(?:\s*(?:[,(\[:–—-]\s*)?(?:(?:or so|or thereabouts|some|something|maybe"
    r"|perhaps|probably|full|people in|in)\b\s*)*)"
    rf"\b(?P<scale>{'|'.join(sorted(MULTIPLIERS, reverse=True))})\b(?:\s*[)\]])?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:(?<![\w.,])|(?<=\.\.))(?<![^\W\d_][-^])[-−+]?"
    r"(?:\d{1,3}(?:[ '’_]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+)"
    r"(?:\s?[xX×*·]\s?10\s?(?:\^|\*\*)?\s?(?P<power>[-−+]?\d+)(?!\d|[.,]\d)|[eE](?P<exponent>[-+]?\d{1,2})(?!\w))?"
)
_SCALE = re.compile(r"\s?(?P<scale>[^\W\d_]+)\.?(?![\w²³/^])")
# Never thousands, unlike our point: hence the nought that three decimals are given.
_ARABIC_DECIMAL = re.compile(r"٫(\d{3})(?!\d)")
_ARABIC_SIGNS = str.maketrans("٬٫٪", ",.%")
_VULGAR = re.compile("(\\d*)\\s?([¼-¾⅐-⅞])")
_FRACTION = re.compile(r"(?<![\d.,/])(\d{1,4})\s?[/⁄]\s?(\d{1,4})(?![\d/])")
_BETWEEN_RANGE = re.compile(
    r"\s*(?:[-‐‑‒–—~〜]|\.{2,3}|…|\b(?:to|up to|until|till|through|bis|and|und|à|a)\b)\s*",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+(?:\s?/\s?[^\W\d_]+)?|[%°])")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s*$")
_RATIO = re.compile(
    r"\s*(?::|/|[-–—]|\b(?:to|against|for|zu|à|vs|versus|per|к)\b)\s*", re.IGNORECASE
)
_OVER = re.compile(
    r"(?:\b(?:over|(?<!\bno )more than|at least|above|exceeding|upwards? of|no less than|"
    r"no fewer than|greater than|minimum(?: of)?|mehr als|über|plus de)|[>≥])\s*=?\s*$",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:\b(?:under|less than|fewer than|below|at most|up to|no more than|maximum(?: of)?|nearly|"
    r"almost|not quite|fast|presque|casi)|[<≤])"
    r"\s*=?\s*$", re.IGNORECASE
)  # fmt: skip
_LOOSELY = re.compile(r"nearly|almost|not quite|fast|presque|casi", re.IGNORECASE)
_STRICTLY = re.compile(r"under|less than|fewer than|below|<(?!\s*=)", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLCDM]{2,}")
_MIXED = re.compile(r"(?<![\d.,/])(\d{1,3})\s([1-9])\s?[/⁄]\s?([2-9]|1\d)(?![\d/])")
_FINE = Decimal("0.0001")
_POINT = re.compile(r"(?<=\d) point (?=\d)", re.IGNORECASE)
_SEA_LEVEL = re.compile(r"\ba\.?\s?(?:m\.?\s?)?s\.?\s?l\b\.?", re.IGNORECASE)
_HYPHENED = re.compile(r"(?<=\d)-(to|zu|à)-(?=\d)")
_ADDING = re.compile(r",?(?:\s?and)?")
_THOUSANDS_TO = re.compile(r"(?<=\d[kKmM])[-–](?=\d)")  # "30k-35k"
_DASH = re.compile(r"^[-–—]\s?(?=[\d.,])")
_O_FOR_NOUGHT = re.compile(r"(?<=\d)[OО](?=[\dOО.,]|$)|(?<=\d,)[OО](?=\d)")
_ODD = re.compile(r"(?<![\w.,])(\d[\d.,]*)[\s-]odd\b", re.IGNORECASE)
_MULTIPLIED = re.compile(r"\b(?:twice|double|triple|thrice|half(?: of)?)\s+$", re.IGNORECASE)
# "g mol-1" is "g/mol", and "g cm-3" is "g/cm3".
_UNIT_POWER = re.compile(r"(?<=[^\W\d_])[\s·*.]{1,2}([^\W\d_]+)\s?\^?[-−]([123])(?![\w.,])")
# Unless it is another guess: "4 or in 1939", "in 1939 or 4".
_YEAR_REMARK = re.compile(
    r"(?<!\bor )(?<!\bmaybe )(?<!\bperhaps )"
    r"(?:\b(?:in|during|since|of|by|until)\s+(?:the\s+years?\s+)?|[(\[]\s*)"
    rf"(?:(?:{'|'.join(calendar.month_name[1:])})\s+)?$",
    re.IGNORECASE,
)
# As in "3000 (1250)" and "80,000 (1500)".
_DOUBTFUL_YEAR = re.compile(
    r"(?<![\d.,])\d[.,'’ ]?\d{3}\s?[(\[]\s?(?:1\d|20)\d\d\s?[)\]]|\d\s?[(\[]\s?(?:1\d|20)00\s?[)\]]"
)
_OR_A_FIGURE = re.compile(r"\W*(?:or|maybe|perhaps)\s\D{0,12}\d", re.IGNORECASE)
_DENIAL = re.compile(
    r"(?:\b(?:not|never|neither|nor|(?:is|was|are|were)n['’]?t|anything but|all but|except|"
    r"excluding|unlike|nicht|kein|keine|pas|non)\s+(?:(?:it|is|was|the|a|an|really|actually|just)\s+)*"
    r"|[≠!]\s*=?\s*)$", re.IGNORECASE
)  # fmt: skip
_BUT = re.compile(r"\b(?:but|rather|sondern|mais)\b", re.IGNORECASE)
_MOST_FIGURES = 6
_MOST_POWER = 40


def plain_number_text(given: str) -> str:
    """Cleaned, but powers and vulgar fractions first, which would run into the digits."""
    text = given
    if not text.isascii():
        text = raised_plainly(text)
        text = _VULGAR.sub(_one_vulgar, text)
        text = text.replace("°", " degrees ")  # which would be taken for an ornament
        text = _ARABIC_DECIMAL.sub(r".\g<1>0", text).translate(_ARABIC_SIGNS)
    text = _O_FOR_NOUGHT.sub("0", in_digits(clean(text)).replace("−", "-"))
    if _ROMAN.fullmatch(text):
        return str(roman_value(text.lower()) or text)
    text = _UNIT_POWER.sub(lambda m: f"/{m[1]}{m[2] if m[2] != '1' else ''}", text)
    text = _SEA_LEVEL.sub("above sea level", _POINT.sub(".", text))
    text = _HYPHENED.sub(r" \1 ", english_number(without_powers(text)))
    text = _THOUSANDS_TO.sub(" - ", text)
    return _MIXED.sub(_one_mixed, _LATER.sub(r" \g<scale>", _ODD.sub(r"over \1", text)))


def _one_mixed(match: re.Match[str]) -> str:
    """ "2 1/2" is two and a half."""
    return str(int(match[1]) + (Decimal(match[2]) / Decimal(match[3])).quantize(_FINE).normalize())


def _one_vulgar(match: re.Match[str]) -> str:
    return f" {Decimal(match[1] or 0) + Decimal(str(round(unicodedata.numeric(match[2]), 9)))}"


def read_number(text: str, asked: Asked) -> Reading | None:
    """The one number a text of `plain_number_text` says. Raises TwoNumbers or Denied."""
    if is_calculation(text):
        raise Calculation
    if _DASH.match(text) and (asked.below_zero or not text[1:2].isspace()):
        text = _DASH.sub("-", text)
    figures = list(figures_said(text, asked))[:_MOST_FIGURES]
    if not figures:
        figures = list(_in_words(text))
    figures = _said_once(text, _without_denied(text, _without_years(text, figures)))
    if not figures:
        return None
    if len(figures) > 2:
        raise TwoNumbers
    if len(figures) == 2:
        return _pair(text, figures[0], figures[1], asked)
    return _alone(text, figures[0])


def _alone(text: str, figure: Figure) -> Reading:
    before, after = text[: figure.start], text[figure.end :]
    shape: Shape = "point"
    over, under = _OVER.search(before), _UNDER.search(before)
    if over or after.lstrip().startswith(("+", "or more", "plus")):
        shape = "over"
    elif under or after.lstrip().startswith(("or less", "or fewer")):
        shape = "under"
    bound = over or under
    loose = bound is not None and _LOOSELY.match(bound[0]) is not None
    beside = before[: bound.start()] if bound else before
    strict = bound is not None and _STRICTLY.match(bound[0]) is not None
    strict = strict and not beside.lower().rstrip().endswith("just")
    return Reading(shape, figure, None, beside, after, loose, strict)


def _pair(text: str, low: Figure, high: Figure, asked: Asked) -> Reading:
    before, after = text[: low.start], text[high.end :]
    between = _without_repeated(before, text[low.end : high.start], after)
    if asked.ratio and _RATIO.fullmatch(between):
        return Reading("ratio", low, high, before, after)
    if _BETWEEN_RANGE.fullmatch(between) and (asked.limits or _is_range(before, between)):
        if high.scale > 1 and low.scale == 1:
            low = _scaled_like(low, high)
        return Reading("range", low, high, before, after)
    raise TwoNumbers


def _without_repeated(before: str, between: str, after: str) -> str:
    """Without the unit or sign that both figures have: "20 km to 30 km", "pH 7 to pH 8"."""
    unit, sign = _FIRST_WORD.match(after), _LAST_WORD.search(before)
    if unit and between.lstrip().startswith(unit[1]):
        return between.replace(unit[1], "", 1)
    if sign and between.rstrip().endswith(sign[1]):
        return between.rstrip().removesuffix(sign[1])
    return between


def _is_range(before: str, between: str) -> bool:
    joint = between.strip().lower()
    return joint not in ("and", "und") or before.strip().lower().endswith(("between", "zwischen"))


def _scaled_like(low: Figure, high: Figure) -> Figure:
    """ "30 to 35 thousand": the multiplier counts for both."""
    grown = tuple(value * high.scale for value in low.values)
    if any(value > high.values[0] for value in grown):
        return low
    return replace(low, values=grown, places=tuple(place * high.scale for place in low.places))


def _said_once(text: str, figures: list[Figure]) -> list[Figure]:
    """ "120 (a hundred and twenty)" says one number twice."""
    if len(figures) != 2 or figures[0].values[0] != figures[1].values[0]:
        return figures
    between = text[figures[0].end : figures[1].start].strip()
    if between[:1] not in ("(", "[", "="):
        return figures
    return [replace(figures[0], end=figures[1].end)] if len(between) == 1 else figures[:1]


def _without_years(text: str, figures: list[Figure]) -> list[Figure]:
    """Without a year that only says when: "20,302 in 1939"."""
    if len(figures) < 2:
        return figures
    if _DOUBTFUL_YEAR.search(text):
        raise Unclear
    return [figure for figure in figures if not is_year_remark(text, figure)] or figures


def _without_denied(text: str, figures: list[Figure]) -> list[Figure]:
    """Without what an answer rules out: "not 20 but 30", "30, not 20"."""
    if figures and _MULTIPLIED.search(text[: figures[0].start]):
        raise Denied
    kept = [figure for figure in figures if not _DENIAL.search(text[: figure.start])]
    if len(kept) == len(figures):
        return figures
    between = text[figures[0].end : kept[0].start] if kept else ""
    corrected = kept and (kept[0] is figures[0] or _BUT.search(between))
    if not corrected:
        raise Denied
    return kept


def is_year_remark(text: str, figure: Figure) -> bool:
    """Whether it only says when: "in 1939", "(1939"."""
    digits = text[figure.start : figure.end]
    return (
        len(digits) == 4
        and digits.isdigit()
        and 1000 <= int(digits) < 2100
        and bool(figure.start and _YEAR_REMARK.search(text[: figure.start]))
        and not _OR_A_FIGURE.match(text, figure.end)
    )


def figures_said(text: str, asked: Asked) -> Iterator[Figure]:
    """All that stand in a text of `plain_number_text` in digits. Raises TwoNumbers if one beside
    others is larger than any that is asked for."""
    place = 0
    held: Figure | None = None
    huge = False
    while match := _NUMBER.search(text, place):
        figure = _one_figure(text, match, asked)
        huge |= abs(_power_of(match)) > _MOST_POWER
        place = figure.end if figure else match.end()
        if figure and held and _adds(text, held, figure):
            held = _sum(held, figure)
        elif figure:
            if held:
                yield held
            held = figure
    if held and huge:
        raise TwoNumbers
    if held:
        yield held


def _adds(text: str, held: Figure, figure: Figure) -> bool:
    """ "1 million 200 thousand" is one number."""
    return (
        held.scale > 1
        and _ADDING.fullmatch(text[held.end : figure.start].strip()) is not None
        and (figure.scale > 1 or "," not in text[held.end : figure.start])
        and 0 < figure.values[0] < held.places[0]
    )


def _sum(held: Figure, figure: Figure) -> Figure:
    value = held.values[0] + figure.values[0]
    return Figure((value,), (figure.places[0],), held.start, figure.end, figure.scale)


def _power_of(match: re.Match[str]) -> int:
    return int((match["power"] or match["exponent"] or "0").replace("−", "-"))


def _one_figure(text: str, match: re.Match[str], asked: Asked) -> Figure | None:
    fraction = None if asked.ratio else _FRACTION.match(text, match.start())
    if fraction:
        return _fraction(text, fraction, asked.letters)
    power = _power_of(match)
    if abs(power) > _MOST_POWER or match.end() - match.start() > 60:
        return None
    digits = re.split(r"[xX×*·eE]", match[0])[0].strip() if power else match[0]
    more, end = _scales(text, match.end(), asked.letters)
    power += more
    thousands = asked.integer or (asked.whole and "," in digits)
    readings = list(_decimals(digits, integer=thousands and not power))
    scale = Decimal(1).scaleb(power)
    values = tuple(value * scale for value, _ in readings)
    places = tuple(place * scale for _, place in readings)
    return Figure(values, places, match.start(), end, scale) if values else None


def _scales(text: str, end: int, letters: frozenset[str]) -> tuple[int, int]:
    """The power of ten that the multipliers from here make, and where they end."""
    power = 0
    while (scale := _SCALE.match(text, end)) and power < 12:
        word = scale["scale"].lower()
        if word in letters or word not in _SCALES:
            break
        power, end = power + _SCALES[word], scale.end()
    return power, end


def _fraction(text: str, match: re.Match[str], letters: frozenset[str]) -> Figure | None:
    if int(match[2]) == 0:
        return None
    power, end = _scales(text, match.end(), letters)
    scale = Decimal(1).scaleb(power)
    value = Decimal(match[1]) / Decimal(match[2]) * scale
    worked_out = int(match[1]) % int(match[2]) == 0
    return Figure((value,), (Decimal("0.01") * scale,), match.start(), end, scale, worked_out)


def _decimals(digits: str, *, integer: bool) -> Iterator[tuple[Decimal, Decimal]]:
    """Each reading and the place of its last figure."""
    sign = "-" if digits[0] == "-" else ""
    body = re.sub(r"[ '’_+-]", "", digits)
    marks = [sign_ for sign_ in body if sign_ in ".,"]
    if not marks:
        yield _reading(sign, body, "")
        return
    last = max(body.rfind("."), body.rfind(","))
    whole, fraction = body[:last], body[last + 1 :]
    grouped = _is_grouped(re.split("[.,]", body)) and len(set(marks)) == 1
    if grouped:
        yield _reading(sign, re.sub("[.,]", "", body), "")
    may_be_decimal = len(marks) == 1 or (len(set(marks)) == 2 and marks.count(body[last]) == 1)
    if may_be_decimal and not (grouped and integer) and _whole_fits(whole):
        yield _reading(sign, re.sub("[.,]", "", whole), fraction)


def _whole_fits(whole: str) -> bool:
    return not re.search("[.,]", whole) or _is_grouped(re.split("[.,]", whole))


def _is_grouped(groups: list[str]) -> bool:
    """Thousands (20,302) or lakhs (2,03,020); a group of two only before the last."""
    head, *middle, last = groups
    if len(groups) < 2 or len(last) != 3 or not 1 <= len(head) <= 3 or head.startswith("0"):
        return False
    return all(len(group) == 3 for group in middle) or (
        len(head) <= 2 and all(len(group) == 2 for group in middle)
    )


def _reading(sign: str, whole: str, fraction: str) -> tuple[Decimal, Decimal]:
    try:
        value = Decimal(f"{sign}{whole or '0'}.{fraction or '0'}")
    except InvalidOperation:
        value = Decimal(0)
    if fraction:
        return value, Decimal(1).scaleb(-len(fraction))
    return value, last_place(value)


def last_place(value: Decimal) -> Decimal:
    """The place of a whole number's last figure that is no zero: 33000 → 1000."""
    digits = str(abs(value).quantize(Decimal(1)) if abs(value) < Decimal(10) ** 25 else "1")
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if value else Decimal(1)


_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MOST_WORDS = 10


def _in_words(text: str) -> Iterator[Figure]:
    """A number in words of another language than English, which is read before."""
    found = list(_WORDS.finditer(text))[:_MOST_WORDS]
    for first in range(len(found)):
        for last in range(len(found), first, -1):
            start, end = found[first].start(), found[last - 1].end()
            value = cardinal(text[start:end].lower(), LANGUAGES)
            if value is not None:
                number = Decimal(value)
                yield Figure((number,), (last_place(number),), start, end)
                return
