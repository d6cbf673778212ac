"""Years counted within an era, as Japan and the Republic of China count them."""

from __future__ import annotations

import re

# First and last year of each era, both shared with its neighbours.
_ERAS = {
    "明治 meiji": (1868, 1912),
    "大正 taisho taishou taishō": (1912, 1926),
    "昭和 showa shouwa shōwa syowa": (1926, 1989),
    "平成 heisei": (1989, 2019),
    "令和 reiwa": (2019, 2200),
    "中華民國 中华民国 民國 民国 minguo": (1912, 2200),
}
_NAMED = {name: years for names, years in _ERAS.items() for name in names.split()}
ERA_NAMES = frozenset(_NAMED)
_NATIVE = "|".join(name for name in _NAMED if not name[0].isascii())
_LATIN = "|".join(name for name in _NAMED if name[0].isascii())
_COUNTED = re.compile(
    rf"(?P<native>{_NATIVE})\s?(?P<year>\d{{1,3}}|元)(?!\d)"
    rf"|\b(?P<latin>{_LATIN})(?:\s+(?:era|period))?,?\s+(?:year\s+)?(?P<number>\d{{1,3}})\b(?!\s?:)"
    rf"|\b(?P<ordinal>\d{{1,3}})(?:st|nd|rd|th)?\s+year\s+of\s+(?:the\s+)?(?P<behind>{_LATIN})\b"
    rf"(?:\s+(?:era|period))?",
    re.IGNORECASE,
)
_MAY_NAME = re.compile(rf"{_NATIVE}|{_LATIN}", re.IGNORECASE)


class NoSuchTime(ValueError):
    """A year that the era never came to, or a thirteenth month."""


def in_common_years(text: str) -> str:
    """The text with years of an era as common years: 昭和16年 → 1941年. Raises NoSuchTime."""
    return _COUNTED.sub(_common, text) if _MAY_NAME.search(text) else text


def _common(match: re.Match[str]) -> str:
    name = match["native"] or match["latin"] or match["behind"]
    counted = match["year"] or match["number"] or match["ordinal"]
    first, last = _NAMED[name.lower()]
    year = first - 1 + (1 if counted == "元" else int(counted))
    if not first <= year <= last:
        raise NoSuchTime(name)
    return f" {year}"
