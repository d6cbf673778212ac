"""What a deck can keep of an answer that a teacher accepts: a date or figure as decks write it,
a name or term as it is spelt, without what learners put around one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questions.domain.grading.dates import spans_said
from questions.domain.grading.expected import Expected
from questions.domain.grading.fillers import without_fillers, without_years
from questions.domain.grading.fold import clean
from questions.domain.grading.forms import Named
from questions.domain.grading.index import NameIndex
from questions.domain.grading.names import meant_by, named_by
from questions.domain.grading.numbers import amount_said
from questions.domain.grading.rough_dates import Unreadable
from questions.domain.grading.units import Units
from questions.domain.values import BadValue, parse_quantity, parse_span

# Not a full stop, which may be part of a name ("Mars Inc."), nor an apostrophe ("Hawai‘i").
_SIGNS = ' !?¡¿,;:"“”„»«…'
_ARTICLE = re.compile(r"(?:the|an?)\s+")
_THE = re.compile(r"the\s+", re.IGNORECASE)


def name_of(given: str) -> str:
    """The name in an answer, as a deck would list it."""
    bare = _without(_THE, spelt(without_fillers(clean(given))))
    return bare or clean(given)


def spelt(name: str) -> str:
    """A name without quotation marks, doubt and a small article, of which none tells names apart;
    "The Hague" keeps its own."""
    return _without(_ARTICLE, clean(name))


def _without(article: re.Pattern[str], name: str) -> str:
    bare = name.strip(_SIGNS)
    found = article.match(bare)
    return bare[found.end() :].strip(_SIGNS) if found else bare


def others_called(given: str, key: str, index: NameIndex) -> list[Named]:
    """Whom else the deck calls so, whatever is put around the name: things of the kind of the
    entity `key`, and, unless it has that name as well, of any other kind by their very name or
    family name."""
    found = (named for text in _said(given) for named in _others(text, key, index))
    return list(dict.fromkeys(found))


def called(given: str, index: NameIndex) -> list[Named]:
    """Whatever the deck calls so by its very name or family name, with whatever is around it."""
    return list(dict.fromkeys(named for text in _said(given) for named in named_by(text, index)))


def _said(given: str) -> Iterable[str]:
    bare = name_of(given)
    return dict.fromkeys((clean(given), bare, without_years(bare)))


def _others(text: str, key: str, index: NameIndex) -> Iterator[Named]:
    own, exact = index.named(key), named_by(text, index)
    for named in meant_by(text, index):
        kindred = index.of_one_kind(named.type, own.type)
        if named.key != key and (kindred or (named in exact and own not in exact)):
            yield named


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
