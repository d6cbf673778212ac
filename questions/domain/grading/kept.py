"""What a deck can keep of an answer that a teacher accepts: a date or figure as decks write it,
a name or term as it is spelt, without what learners put around one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questions.domain.grading import reasons
from questions.domain.grading.dates import spans_said
from questions.domain.grading.expected import Expected
from questions.domain.grading.fillers import without_fillers, without_years
from questions.domain.grading.fold import clean, compact
from questions.domain.grading.forms import Named
from questions.domain.grading.found import NEAR_ANOTHER, Level
from questions.domain.grading.index import NameIndex
from questions.domain.grading.names import match_name, meant_by, named_by, plain_tokens
from questions.domain.grading.numbers import amount_said
from questions.domain.grading.result import Verdict
from questions.domain.grading.rough_dates import Unreadable
from questions.domain.grading.spelling import limit
from questions.domain.grading.targets import Target
from questions.domain.grading.typed import grade_typed
from questions.domain.grading.units import Units
from questions.domain.values import BadValue, parse_quantity, parse_span

# Not a full stop, which may be part of a name ("Mars Inc."), nor an apostrophe ("Hawai‘i").
_SIGNS = ' !?¡¿,;:"“”„»«…'
# In small letters: the Oder is a river.
_OR = frozenset("or oder ou oppure eller ili или".split())
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


def leaves_open(spelling: str, expected: Expected, index: NameIndex) -> bool:
    """Whether it names two things, of which one may be right: "A or B", and of names that the deck
    knows "A and B". What is itself called so ("To be or not to be") may be spelt so."""
    own = [expected.value, *expected.accept]
    if expected.entity is not None and expected.entity in index:
        named = index.named(expected.entity)
        own += [named.name, *named.aliases]
        if grade_typed(expected, spelling, index).reason == reasons.TWO_CANDIDATES:
            return True
    return _says_or(spelling) and not any(map(_says_or, own))


def _says_or(text: str) -> bool:
    return not _OR.isdisjoint(clean(text).split()[1:-1])


def others_called(given: str, key: str, index: NameIndex) -> list[Named]:
    """Whom else the deck calls so, whatever is put around the name: things of the kind of the
    entity `key`, and, unless it has that name as well, of any other kind by their very name or
    family name."""
    found = (named for text in _said(given) for named in _others(text, key, index))
    return list(dict.fromkeys(found))


def called(given: str, index: NameIndex) -> list[Named]:
    """Whatever the deck calls so by its very name or family name, with whatever is around it."""
    return list(dict.fromkeys(named for text in _said(given) for named in named_by(text, index)))


def nearly_called(given: str, key: str, index: NameIndex) -> list[Named]:
    """Whose name it would be, misspelt, where one of these is asked for; nobody's if it is the
    name of the entity `key`, or as near to it and to nothing else."""
    texts = list(_said(given))
    if key in index and any(_is_own(index.target(key), text, index) for text in texts):
        return []
    near = {named.key: named for text in texts for named in _near(text, index)}
    return [named for named in near.values() if named.key != key]


def _is_own(target: Target, text: str, index: NameIndex) -> bool:
    return match_name(target, text, index).level is Level.RIGHT


def _near(text: str, index: NameIndex) -> Iterator[Named]:
    tokens = plain_tokens(text)
    spelt = dict.fromkeys((compact(tokens), compact(tuple(sorted(tokens))), *tokens))
    for one in spelt:
        within = limit(len(one) + 1)
        for named in (*index.rivals(one, within), *index.spelt_like(one, within)):
            if _is_near(index.target(named.key), text, index):
                yield named


def _is_near(target: Target, text: str, index: NameIndex) -> bool:
    found = match_name(target, text, index)
    return found.level is Level.RIGHT or found is NEAR_ANOTHER


def _said(given: str) -> Iterable[str]:
    bare = name_of(given)
    return dict.fromkeys((clean(given), bare, without_years(bare)))


def _others(text: str, key: str, index: NameIndex) -> Iterator[Named]:
    own, exact = index.named(key), named_by(text, index)
    for named in meant_by(text, index):
        kindred = index.of_one_kind(named.type, own.type)
        if named.key != key and (kindred or (named in exact and own not in exact)):
            yield named


def nearly_said(given: str, values: Iterable[str], index: NameIndex) -> str:
    """The first of these terms that it would be, misspelt or not; "" if none."""
    for value in values:
        if grade_typed(Expected(kind="term", value=value), given, index).verdict is Verdict.RIGHT:
            return value
    return ""


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
