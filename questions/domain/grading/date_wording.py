"""Bring a typed date to one wording before it is cut into tokens.

Eras, East Asian order, the hour, decades in several languages and parts of a year become what
`date_tokens` reads.
"""

from __future__ import annotations

import calendar
import re

from questions.domain.grading.calendar_eras import NoSuchTime, in_common_years
from questions.domain.grading.han_numbers import in_digits

_ERA_MARKS = re.compile(
    r"(?P<bc>\bb\.?\s?c\.?(?:\s?e\b\.?)?(?!\w)|\bv\.?\s?chr\b\.?|\bav(?:ant)?\.?\s?j\.?\s?-?\s?c\b\.?"
    r"|\ba\.\s?c\.|\bдо\s+н\.?\s?э\b\.?|\bpřed\s+n\.?\s?l\b\.?)"
    r"|(?P<ad>\ba\.\s?d\b\.?|\bn\.?\s?chr\b\.?|\bap(?:rès)?\.?\s?j\.?\s?-?\s?c\b\.?|\bd\.\s?c\.|\bн\.?\s?э\b\.?)",
    re.IGNORECASE,
)
# A letter among digits that looks like one: l3 April, 194l, 13.O4.1941. "1o" is an ordinal.
_LIKE_DIGITS = re.compile(r"(?<![^\W\d_])(?=[0-9OolI]*\d)(?=\d*[OolI])[0-9OolI]{2,4}(?![^\W\d_])")
_ORDINAL_O = re.compile(r"\d{1,2}o")
_HOUR = re.compile(
    r"(?:,?\s*\b(?:at|um|à)\s+)?(?<![\d./-])(?:"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?(?:[ap]\.?\s?m\b\.?|uhr\b|hrs?\b|h\b))?"
    r"|(?<=at )\d{1,2}\.\d{2}(?=,?\s)"
    r"|\d{1,2}[.h]\d{2}\s?(?:[ap]\.?\s?m\b\.?|uhr\b)"
    r"|\d{1,2}\s?(?:[ap]\.?\s?m\b\.?|uhr\b|o['’]?clock\b))(?!\d)",
    re.IGNORECASE,
)
_NOT_SURE = re.compile(
    r"\b(?:not|nicht|pas)\s+(?:(?:quite|really|entirely|ganz|so)\s+)?(?:sure|certain|sicher|sûr)\b",
    re.IGNORECASE,
)
_DECADES = re.compile(
    r"(?P<behind>\b\d{1,3}0)(?:er\b(?:\s+jahren?\b)?|-?(?:[еэ]|х|ые|ых)?\s+год(?:ы|ов|ах)\b|年代)"
    r"|\b(?:ann[ée]es|años|anni|jaren|anos)\s+(?P<before>\d{1,3}0)\b",
    re.IGNORECASE,
)
# "1939-05 to 1939-09", "5/1939-9/1939", "the 9th of the 8th", "14thJuly", "as early as 1669".
_YEARS_AND_MONTHS = re.compile(
    r"\b(\d{4})-(0[1-9]|1[0-2])\s?(?:/|[–—]|\s-\s|\.{2,3}|to|until|till|through|bis)\s?"
    r"(\d{4})-(0[1-9]|1[0-2])(?![\d-])",
    re.IGNORECASE,
)
_MONTHS_OF_YEARS = re.compile(r"(?<=\d/\d{4})\s?[-–—]\s?(?=\d{1,2}/\d{4})")
_MONTH_BY_NUMBER = re.compile(
    r"(?<=\d)(?:st|nd|rd|th) of the (?P<month>[1-9]|1[0-2])(?:st|nd|rd|th)\b", re.IGNORECASE
)
_GLUED_ORDINAL = re.compile(
    r"(?<=\d)(?:st|nd|rd|th)(?=of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)
_AS_EARLY = re.compile(r"\bas\s+(?:early|late)\s+as\b", re.IGNORECASE)
_OR_LATER = re.compile(r"\s+or (?:later|after(?:wards?)?|thereafter|since)\W*$", re.IGNORECASE)
_OR_EARLIER = re.compile(r"\s+or (?:earlier|before|sooner)\W*$", re.IGNORECASE)
# As in "…, two years after the battle".
_SINCE_WHEN = re.compile(
    r"(?<=\d),?\s+[^\W_]+\s(?:day|week|month|year)s?\s(?:after|before)\s[^\d]+$", re.IGNORECASE
)
# Neither this century nor that, and so none.
_TURN = re.compile(r"\bturn\s+of\b.*", re.IGNORECASE)
_SLAVIC_ORDINAL = re.compile(r"(?<=\d)-(?:го|е|й|я|м)\b", re.IGNORECASE)
_ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
}  # fmt: skip
_SHARES = {"half": 2, "third": 3, "quarter": 4}
_SHARE = re.compile(
    r"\b(first|1st|second|2nd|third|3rd|fourth|4th|last|final|latter)[\s-](half|third|quarter)\b"
    r"|\b[qQ]([1-4])(?=\s|$)",
    re.IGNORECASE,
)
PART_NAMES = {
    f"{'abcd'[place]}of{'xxhtq'[share]}": place * 10 + share
    for share in _SHARES.values()
    for place in range(share)
}
"""Our own words for "first half", "second quarter" …: place counted from 0, times ten, and of."""


def plain_wording(text: str) -> str:
    """`text` is cleaned. Raises calendar_eras.NoSuchTime."""
    if not text.isascii():
        text = in_digits(text, r"\s?[年月日号號世代]")
    text = in_common_years(_LIKE_DIGITS.sub(_digits, text))
    if not text.isascii():
        text = _slavic(_east_asian(text))
    text = _ERA_MARKS.sub(lambda mark: " bc " if mark["bc"] else " ad ", text)
    text = _SINCE_WHEN.sub("", _TURN.sub(" ", text))
    text = _AS_EARLY.sub(" ", _NOT_SURE.sub(" ", _HOUR.sub(" ", text)))
    text = _months_in_words(_open_ended(text))
    text = _DECADES.sub(lambda match: f"{match['behind'] or match['before']}s ", text)
    return _SHARE.sub(_part, text)


def _open_ended(text: str) -> str:
    if earlier := _OR_EARLIER.search(text):
        return f"until {text[: earlier.start()]}"
    return _OR_LATER.sub(" onwards", text)


def _months_in_words(text: str) -> str:
    text = _YEARS_AND_MONTHS.sub(r"\2/\1 – \4/\3", text)
    text = _GLUED_ORDINAL.sub(" ", _MONTHS_OF_YEARS.sub(" – ", text))
    return _MONTH_BY_NUMBER.sub(lambda match: f" {calendar.month_name[int(match['month'])]}", text)


def _digits(match: re.Match[str]) -> str:
    if _ORDINAL_O.fullmatch(match[0]):
        return match[0]
    return match[0].translate(_DIGITS)


_DIGITS = str.maketrans("OolI", "0011")


def _slavic(text: str) -> str:
    return _SLAVIC_ORDINAL.sub("", text)


def _part(match: re.Match[str]) -> str:
    share = _SHARES[match[2].lower()] if match[2] else _SHARES["quarter"]
    place = _ORDINALS.get(match[1].lower(), share - 1) if match[1] else int(match[3]) - 1
    return f"{'abcd'[min(place, share - 1)]}of{'xxhtq'[share]}"


_MAY_BE_EAST_ASIAN = re.compile("[年月日号號년월일紀纪旬]")
_WEEKDAY = re.compile(
    r"[(（](?P<bracketed>[月火水木金土日])(?:曜日?)?[)）]|(?P<named>[月火水木金土日])曜日?"
    r"|(?:星期|週|周|礼拜|禮拜)(?P<counted>[一二三四五六日天])"
)
_WEEKDAYS = {
    sign: calendar.day_name[day]
    for day, signs in enumerate("月一 火二 水三 木四 金五 土六 日天".split())
    for sign in signs
}
_CENTURY = re.compile(r"(\d{1,2})\s?(?:世紀|世纪|세기)")
_BEFORE_CHRIST = re.compile(r"(?:紀元前|公元前|西元前|기원전|(?<![\w午])前)\s?(?=\d)")
_COMMON_ERA = re.compile(r"(?:西暦|西曆|公元|西元)\s?(?=\d)")
_YEAR = r"(?P<year>(?<!\d)\d{1,4})\s?[年년]\s?"
_MONTH = r"(?P<month>\d{1,2})\s?[月월]\s?"
_DAY = r"(?P<day>\d{1,2})(?!\d)(?:\s?[日号號일])?"
_WHOLE = re.compile(rf"(?:{_YEAR})?{_MONTH}(?:{_DAY})?|{_YEAR.replace('year', 'alone')}")
_LONE_DAY = re.compile(r"(?<=\d)\s?[日号號일]")
_THIRDS = {"上旬": " early ", "中旬": " mid ", "下旬": " late ", "初頭": " early ", "初": " early ",
           "半ば": " mid ", "末": " late "}  # fmt: skip
_RANGE = re.compile(r"から|至|到|부터")
_UNTIL = re.compile(r"まで|迄|까지|為止|为止|の間|年間")


def _east_asian(text: str) -> str:
    """Years first, characters for year, month and day: 1941年4月13日 → 13 April 1941."""
    if not _MAY_BE_EAST_ASIAN.search(text):
        return text
    text = _CENTURY.sub(r" \1 century ", _WEEKDAY.sub(_western_weekday, text))
    text = _COMMON_ERA.sub(" ", _BEFORE_CHRIST.sub(" bc ", text))
    text = _DECADES.sub(lambda match: f"{match['behind'] or match['before']}s ", text)
    text = _WHOLE.sub(_western, _UNTIL.sub(" ", _RANGE.sub(" – ", text)))
    for word, said in _THIRDS.items():
        text = text.replace(word, said)
    return _LONE_DAY.sub(" ", text)


def _western_weekday(match: re.Match[str]) -> str:
    return f" {_WEEKDAYS[match['bracketed'] or match['named'] or match['counted']]} "


def _western(match: re.Match[str]) -> str:
    if match["alone"]:
        return f" {match['alone']} "
    month = int(match["month"])
    if not 1 <= month <= 12:
        raise NoSuchTime(match[0])
    return f" {match['day'] or ''} {calendar.month_name[month]} {match['year'] or ''} "
