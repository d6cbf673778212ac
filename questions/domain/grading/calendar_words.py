"""Words for months, seasons and days of the week, in the languages learners may write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module

from rapidfuzz.distance import OSA

from questions.domain.grading.spelling import edits

_ENGLISH = (
    "january february march april may june july august september october november december"
).split()
# Of two languages that use one word for two months the earlier here has it.
_LANGUAGES = (
    "en de fr es it pt nl ru uk pl cs sk sl hr sr bg ro hu el tr sv da nb fi et lv lt ca gl eu sq "
    "mk be ka hy az kk mn ar he fa hi bn ta th id ms sw vi"
).split()
_MORE = {
    "sept": 9, "janv": 1, "fev": 2, "mrz": 3, "maerz": 3, "jaenner": 1, "janner": 1, "febr": 2,
    "avr": 4, "aout": 8, "juil": 7, "okt": 10, "dez": 12,
}  # fmt: skip
_SEASONS = {
    21: "spring springtime fruhling fruhjahr printemps primavera весна весной lente var 春",
    22: "summer summertime sommer ete verano estate verao лето летом zomer sommar 夏",
    23: "autumn fall autumnal herbst automne otono autunno outono осень осенью herfst host 秋",
    24: "winter wintertime hiver invierno inverno зима зимой vinter 冬",
}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
# Words of one language that are months, or common words, of another.
_NO_WEEKDAYS = frozenset({"mar", "sun", "sat", "dom"})
# Shorter ones of 49 languages are words of too many others; these are read at an answer's ends.
_SURE_WEEKDAY_FROM = 5
_SHORT_WEEKDAYS = {
    short: day
    for day, known in enumerate(("mon", "tue tues", "wed", "thu thur thurs", "fri", "sat", "sun"))
    for short in known.split()
}
_TYPO_FROM = 5


def plain(word: str) -> str:
    """Lower case without accents, in its own script."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return unicodedata.normalize(
        "NFC", "".join(sign for sign in apart if not unicodedata.combining(sign))
    )


def month_of(word: str) -> int | None:
    """The month a plain word names exactly, or one slip away from it."""
    return _english().get(word) or _months().get(word)


@lru_cache(maxsize=2048)
def misspelt_month(word: str) -> int | None:
    """The one month that a word is a slip for, if there is one."""
    if not 3 <= len(word) <= 15:
        return None
    return _only_nearest(word, _english().items()) or _only_nearest(word, _months().items())


def _only_nearest(word: str, names: Iterable[tuple[str, int]]) -> int | None:
    near: dict[int, int] = {}
    for name, month in names:
        distance = _slips(word, name)
        if distance is not None:
            near[month] = min(distance, near.get(month, distance))
    best = [month for month, distance in near.items() if distance == min(near.values())]
    return best[0] if len(best) == 1 else None


def _slips(word: str, name: str) -> int | None:
    """Of the short English ones, which a day or year beside them tells, one slip in June and July,
    and two letters of the others in each other's place."""
    if len(name) >= _TYPO_FROM:
        return edits(word, name, in_name=True)
    if word[0] != name[0] or name not in _english():
        return None
    swapped = len(name) == 3 and sorted(word) == sorted(name)
    near = swapped or name in ("june", "july")
    return 1 if near and OSA.distance(word, name, score_cutoff=1) == 1 else None


def season_of(word: str) -> int | None:
    """EDTF's number of the season, 21 (spring) to 24 (winter)."""
    return _seasons().get(word)


def is_weekday(word: str) -> bool:
    return word in _weekdays() and word not in _NO_WEEKDAYS


def weekday_of(word: str, *, at_end: bool) -> int | None:
    """The day of the week, Monday being 0, that a plain word names in whatever language; None if
    that may be two of them. `at_end`: where the word may be a short one."""
    if at_end and word in _SHORT_WEEKDAYS:
        return _SHORT_WEEKDAYS[word]
    days = _weekdays().get(word, ()) if len(word) >= _SURE_WEEKDAY_FROM else ()
    return min(days) if len(days) == 1 else None


@lru_cache(maxsize=1)
def _english() -> dict[str, int]:
    full = {name: number for number, name in enumerate(_ENGLISH, start=1)}
    return full | {name[:3]: number for name, number in full.items()} | _MORE


@lru_cache(maxsize=1)
def _seasons() -> dict[str, int]:
    return {word: season for season, known in _SEASONS.items() for word in known.split()}


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for info in _translations():
        for number, name in enumerate(_ENGLISH, start=1):
            for word in info.get(name, ()):
                key = plain(str(word)).strip(" .")
                if len(key) > 2 and not any(sign.isdigit() for sign in key):
                    found.setdefault(key, number)
    return found


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for day, name in enumerate(_WEEKDAYS):
        said = {name[:size] for size in (3, 4, len(name))}
        said.update(plain(str(word)) for info in _translations() for word in info.get(name, ()))
        for word in said:
            if len(word) > 2:
                found.setdefault(word, set()).add(day)
    return found


def _translations() -> Iterator[dict[str, list[str]]]:
    for language in _LANGUAGES:
        try:
            module = import_module(f"dateparser.data.date_translation_data.{language}")
        except ModuleNotFoundError:
            continue
        yield module.info
