"""What one end of a date says as it stands, to be completed later: "13", "1930s", "29/7"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from questions.domain.grading import words
from questions.domain.grading.date_tokens import Sort, Token
from questions.domain.grading.roman import roman_value

_DURATIONS = frozenset(
    """year years yrs month months week weeks day days hour hours jahre monate tage ans mois jours
    лет года дней""".split()
)
# Words that may stand around a year of two digits.
_AROUND = frozenset(
    """year yr anno jahr jahre annee l'annee an ano en um gegen vers circa ca c about around approx
    approximately roughly somewhere sometime back early late mid of г год году года около""".split()
) | words.AFTERTHOUGHTS.union(*words.FILLERS, words.ARTICLES)
_BEFORE_YEAR = frozenset("in year anno en im jahr l'annee annee año ano в".split())
_MAY_BE_STRAY = (Sort.WORD, Sort.NUMBER)
_MARKED = frozenset({"s", "th", "'"})
_MONTH_YEAR = re.compile(r"(0?[1-9]|1[0-2])\s?[./-]\s?(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s?([./])\s?(\d{1,2})\.?")
PARTS = re.compile(r"[^\W_]+")


class Trouble(Enum):
    NOTHING = auto()
    IMPOSSIBLE = auto()
    DAY_OR_MONTH = auto()
    TWO = auto()
    DIVIDED = auto()  # 1,939
    WEEKDAY = auto()  # not the one that the date fell on


class Unreadable(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Rough:
    """What one side of a range says, perhaps to be completed from the other."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    short: bool = False  # the year has two digits
    season: int | None = None
    decade: int | None = None
    century: int | None = None
    part: int | None = None
    era_mark: int = 0  # -1 BC, 1 AD
    number: int | None = None  # a bare number of one or two digits: day or year
    stray: bool = False  # that number may be a day but is no year as people write them
    weekday: int | None = None  # Monday is 0


def number_at(side: list[Token], place: int) -> Rough:
    token = side[place]
    behind = side[place + 1].text if place + 1 < len(side) else ""
    if behind in _DURATIONS and not token.mark and token.value < 1000:
        raise Unreadable(Trouble.NOTHING)  # "39 years" is no year
    following = next((t for t in side[place + 1 :] if t.sort is not Sort.COMMA), None)
    before = side[place - 1] if place else None
    if token.value <= 30 and _is_century(before, token, following):
        return Rough(century=token.value)
    if token.mark in _MARKED:
        return _marked(token)
    if _is_beside_era(before, following) or len(token.text) in (3, 4):
        return Rough(year=token.value)
    if len(token.text) > 4:
        raise Unreadable(Trouble.NOTHING)
    return Rough(number=token.value, stray=_is_stray(side, place))


def _is_stray(side: list[Token], place: int) -> bool:
    """A digit, or a number amid other words: "hello 41 world", but not "signed in 41"."""
    if len(side[place].text) == 1:
        return True
    if any(token.sort is Sort.MONTH for token in side) or _is_beside_season(side, place):
        return False
    before = side[place - 1].text if place else ""
    start = place if before in _BEFORE_YEAR else 0
    others = (*side[start:place], *side[place + 1 :])
    return any(token.sort in _MAY_BE_STRAY and token.text not in _AROUND for token in others)


def _is_beside_season(side: list[Token], place: int) -> bool:
    """ "Summer 43", "the summer of 43"."""
    return any(token.sort is Sort.SEASON for token in side[max(0, place - 2) : place + 2])


def _marked(token: Token) -> Rough:
    """ "1930s", "13th", "'39"."""
    match token.mark:
        case "s":
            short = token.value < 100
            return Rough() if short and token.value % 10 else Rough(decade=token.value, short=short)
        case "th":
            return Rough(day=token.value) if token.value <= 31 else Rough()
        case _:
            return Rough(year=token.value, short=True)


def _is_century(before: Token | None, token: Token, following: Token | None) -> bool:
    if token.mark == "century" or (following is not None and following.sort is Sort.CENTURY):
        return True
    return before is not None and before.sort is Sort.CENTURY and before.text != "c"


def _is_beside_era(before: Token | None, following: Token | None) -> bool:
    """Behind one it is the year, unless a month follows whose day it then is."""
    eras = (Sort.BC, Sort.AD)
    if following is not None and following.sort in eras:
        return True
    of_month = following is not None and following.sort is Sort.MONTH
    return before is not None and before.sort in eras and not of_month


def literal(text: str, day_first: bool | None) -> Rough:
    """`day_first`: the order that another date of the same answer shows."""
    if month := _MONTH_YEAR.fullmatch(text):
        return Rough(month=int(month[1]), year=int(month[2]))
    if day_month := _DAY_MONTH.fullmatch(text):
        return _without_year(day_month, day_first)
    if len(text) == 8 and text.isdigit():
        parts = [text[:4], text[4:6], text[6:]]
    else:
        parts = PARTS.findall(text)
    if numeral := roman_value(parts[1].lower()):
        return _day_first(parts[0], str(numeral), parts[2])
    if not parts[1].isdigit():
        raise Unreadable(Trouble.NOTHING)
    if len(parts[0]) > 2:
        return _checked(int(parts[2]), int(parts[1]), int(parts[0]), short=False)
    first, second = int(parts[0]), int(parts[1])
    if "." in text or first == second or first > 12 or day_first:
        return _day_first(*parts)
    if second > 12 or day_first is False:
        return _day_first(parts[1], parts[0], parts[2])
    raise Unreadable(Trouble.DAY_OR_MONTH)


def _without_year(match: re.Match[str], day_first: bool | None) -> Rough:
    """ "29.7." or "29/7", whose year stands with the other end of a range."""
    first, second = int(match[1]), int(match[3])
    if first <= 12 and second > 31:  # "6/40"
        return Rough(month=first, year=second, short=True)
    if match[2] == "/" and first <= 12 and second <= 12 and first != second and day_first is None:
        raise Unreadable(Trouble.DAY_OR_MONTH)
    if match[2] == "/" and (second > 12 or day_first is False):
        first, second = second, first
    if not (1 <= second <= 12 and 1 <= first <= 31):
        raise Unreadable(Trouble.IMPOSSIBLE)
    return Rough(day=first, month=second)


def _day_first(day: str, month: str, year: str) -> Rough:
    if len(year) == 1:
        raise Unreadable(Trouble.NOTHING)  # "1.2.3" numbers a chapter
    return _checked(int(day), int(month), int(year), short=len(year) <= 2)


def _checked(day: int, month: int, year: int, *, short: bool) -> Rough:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise Unreadable(Trouble.IMPOSSIBLE)
    return Rough(day=day, month=month, year=year, short=short)
