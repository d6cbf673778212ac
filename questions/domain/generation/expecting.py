"""What a typed answer is to be compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.index import Index
from questions.domain.generation.scales import scales
from questions.domain.generation.text import fold, tokens
from questions.domain.grading.expected import Expected, Kind, OtherValue

_SAYS_ABOUT = re.compile(r"\b(?:about|roughly|approximately|around)\b", re.IGNORECASE)
_NEAR = Decimal("0.05")
_QUOTED_VALUE = re.compile(r"“\{[Vv]alue(?:\.name)?\}”")
_KINDS: dict[ValueKind, Kind] = {
    ValueKind.ENTITY: "name",
    ValueKind.DATE: "date",
    ValueKind.NUMBER: "number",
    ValueKind.TERM: "term",
    ValueKind.TEXT: "text",
}
_BESIDE_NAMES = (ValueKind.DATE, ValueKind.NUMBER, ValueKind.TERM)
"""Answers beside which a name of what is asked about may stand."""


def expect_value(
    index: Index, fact: Fact, stem: str, *, others: Iterable[Fact] = (), accept: Iterable[Fact] = ()
) -> Expected:
    """`others` are right by another source only, `accept` right as they are."""
    kind = index.kind(fact)
    return Expected(
        _KINDS[kind],
        plain_value(index, fact),
        entity=fact.value if kind is ValueKind.ENTITY else None,
        accept=(*fact.accept, *(plain_value(index, other) for other in accept)),
        others=tuple(_other(index, other) for other in others),
        names=_further_names(index, fact) if kind is ValueKind.TERM else (),
        unit=(index.deck.unit_of(fact) or None) if kind is ValueKind.NUMBER else None,
        exact=fact.exact,
        era=_era(index, fact) if kind is ValueKind.DATE else None,
        about=kind is ValueKind.NUMBER and _says_about(fact, stem),
        subjects=_subjects(index, fact) if kind in _BESIDE_NAMES else (),
        harmless=_harmless(index, fact, stem) if kind is ValueKind.NUMBER else (),
        rivals=_rivals(index, fact) if kind is ValueKind.NUMBER else (),
    )


def expect_subject(index: Index, fact: Fact) -> Expected:
    given = (fact.value,) if index.kind(fact) is ValueKind.TERM else ()
    return Expected("name", index.entity(fact.about).name, entity=fact.about, harmless=given)


def plain_value(index: Index, fact: Fact) -> str:
    """An entity by its name, anything else as the deck writes it."""
    return index.entity(fact.value).name if index.kind(fact) is ValueKind.ENTITY else fact.value


def _other(index: Index, fact: Fact) -> OtherValue:
    named = dict.fromkeys(index.deck.sources[passage.source].named for passage in fact.passages)
    return OtherValue(plain_value(index, fact), " and ".join(named), aside=not fact.askable)


def _further_names(index: Index, fact: Fact) -> tuple[str, ...]:
    """Where a statement quotes its value it tells a name: then the subject's other names, whether
    aliases or told by other facts, are no wrong answers, but for those that its own name holds."""
    if not quotes_value(index, fact):
        return ()
    entity = index.entity(fact.about)
    told = [
        name
        for other in index.deck.by_entity.get(fact.about, ())
        if other.about == fact.about and index.kind(other) is ValueKind.TERM
        if quotes_value(index, other)
        for name in (other.value, *other.accept)
    ]
    known = {fold(name) for name in (fact.value, *fact.accept)}
    every = dict.fromkeys((*(alias.text for alias in entity.aliases), *told))
    return tuple(
        name
        for name in every
        if fold(name) not in known and not tokens(name) <= tokens(entity.name)
    )


def quotes_value(index: Index, fact: Fact) -> bool:
    """Whether the relation's statement puts the value in quotation marks, word for word."""
    return any(_QUOTED_VALUE.search(text) for text in index.relation(fact).state)


def _era(index: Index, fact: Fact) -> tuple[int, int]:
    years, own = index.era(fact.about) or fact.span().years, fact.span().years
    return min(years[0], own[0]), max(years[1], own[1])


def _says_about(fact: Fact, stem: str) -> bool:
    return fact.quantity().shape == "about" or bool(_SAYS_ABOUT.search(stem))


def _rivals(index: Index, fact: Fact) -> tuple[str, ...]:
    """A figure is no more exact than the key if it is what the deck says of another subject."""
    near = _near(index, fact) if fact.exact is False else ()
    found = (
        other.value
        for other in (*index.rounding_to(fact), *near)
        if other.about != fact.about and index.deck.unit_of(other) == index.deck.unit_of(fact)
    )
    return tuple(dict.fromkeys(found))


def _near(index: Index, fact: Fact) -> Iterator[Fact]:
    """Figures of the relation that would do for this one, were they not another's."""
    own = fact.quantity().amount
    return (
        other
        for other in scales(index).near(fact)
        if other.relation == fact.relation
        and abs(other.quantity().amount - own) <= abs(own) * _NEAR
    )


def _subjects(index: Index, fact: Fact) -> tuple[str, ...]:
    told = (value for _, value in fact.qualifiers if value in index.deck.entities)
    return tuple(dict.fromkeys((fact.about, *told)))


def _harmless(index: Index, fact: Fact, stem: str) -> tuple[str, ...]:
    """What the stem speaks of beside the figure, as answers repeat it: "8,440 Norlandish boats".

    Of names only those of the qualifiers, but neither of the subject, which may name both sides,
    nor of whoever estimates. Names keep their capitals, which show that the figure is one side's.
    """
    said = [stem_words(stem)]
    for _, value in fact.qualifiers:
        entity = index.deck.entities.get(value)
        if entity:
            said += [entity.adjective, entity.name, *(alias.text for alias in entity.aliases)]
        else:
            said.append(stem_words(value))
    found = (word for text in said for word in _words(text))
    return tuple(dict.fromkeys((*found, *_sources_said(index, fact, stem))))


def _sources_said(index: Index, fact: Fact, stem: str) -> Iterator[str]:
    """By whose word the stem asks, or of what, where that is told in several words with a name."""
    told = [value for _, value in fact.qualifiers if value not in index.deck.entities]
    told += [index.deck.sources[passage.source].named for passage in fact.passages]
    return (one for one in told if " " in one and not one.islower() and one in stem)


def stem_words(stem: str) -> str:
    """Those that are no names; "pH" is none."""
    return " ".join(word for word in _words(stem) if word[0].islower())


def _words(text: str) -> Iterator[str]:
    """Of three letters or more, or with a capital last."""
    said = re.findall(r"[^\W\d_]{2,}", text)
    return (word for word in said if len(word) > 2 or (word[0].islower() and word[1].isupper()))
