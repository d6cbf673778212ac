"""Dates and numbers as people write them, read into what a deck keeps."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from questions.domain.grading.fold import clean
from questions.domain.grading.read_dates import Years, read_dates
from questions.domain.grading.rough_dates import Trouble, Unreadable
from questions.domain.values import BadValue, Span, parse_quantity, parse_span

_CIRCA = r"about|around|circa|ca?\.?|approx(?:imately|\.)?"
_ABOUT = re.compile(rf"^(?:{_CIRCA}|~)\s*(?=\S)", re.IGNORECASE)
_NUMBER_WORDS = {
    "~": rf"{_CIRCA}|some|roughly|~",
    ">": r"more than|over|above|at least|>",
    "<": r"fewer than|less than|under|below|<",
}
_GROUPED = re.compile(r"\d{1,3}(?:[ ,’'\u00a0\u2009\u202f]\d{3})+(?!\d)")
# A two-digit year is most likely of the last hundred years or so; the form shows what was read.
_YEARS = Years(None, (1900, 2000))


def edtf_of(text: str) -> str:
    """The date as EDTF. Raises BadValue, whose message says what would be right."""
    text = clean(text)
    try:
        parse_span(text)
    except BadValue as not_edtf:
        return _read(text, not_edtf)
    return text


def _read(text: str, not_edtf: BadValue) -> str:
    rest = _ABOUT.sub("", text)
    try:
        spans = read_dates(rest, _YEARS)
    except Unreadable as error:
        raise BadValue(_trouble(error.trouble, text, not_edtf)) from error
    if len(spans) != 1:
        raise BadValue(_trouble(Trouble.DAY_OR_MONTH, text, not_edtf))
    written = spans[0].text or _open_ended(spans[0])
    if rest != text and "/" not in written:
        written += "~"
    parse_span(written)
    return written


def _open_ended(span: Span) -> str:
    return f"{_day(span.first)}/{_day(span.last)}"


def _day(day: tuple[int, int, int] | None) -> str:
    if day is None:
        return ".."
    year, month, date = day
    # "since 1937" is read as the year's first day, "until 1945" as its last.
    if (month, date) in ((1, 1), (12, 31)):
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}-{date:02d}"


def _trouble(trouble: Trouble, text: str, not_edtf: BadValue) -> str:
    if trouble is Trouble.DAY_OR_MONTH:
        return _("“%s” could be two days: write the month as a word or as 1945-05-04") % text
    if trouble is Trouble.IMPOSSIBLE:
        return _("“%s” is no day of the calendar") % text
    if trouble is Trouble.DIVIDED:
        return _("“%s” has a comma or point: write a year in four figures, as 1945") % text
    if trouble is Trouble.TWO:
        return _("“%s” names more than one date: state one fact for each") % text
    return str(not_edtf)


def number_of(text: str) -> str:
    """The number as a deck keeps it: "about 20,300" is "~20300". Raises BadValue."""
    text = clean(text)
    mark = ""
    for sign, words in _NUMBER_WORDS.items():
        match = re.match(rf"(?:{words})\s*(?=\d)", text, re.IGNORECASE)
        if match:
            mark, text = sign, text[match.end() :]
    plain = _GROUPED.sub(lambda group: re.sub(r"\D", "", group[0]), text)
    plain = re.sub(r"(?<=\d)\s*(?:–|—|\bto\b)\s*(?=\d)", "..", plain)
    written = mark + plain
    parse_quantity(written)
    return written
