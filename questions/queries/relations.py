"""What a deck can say, for its teacher: its own relations and those of each vocabulary it uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from questions.domain.facts import Relation, ValueKind, Vocabulary
from questions.domain.interchange import (
    built_in_vocabularies,
    own_of_kept,
    vocabulary_of_deck,
    vocabulary_titles,
)
from questions.models import Deck, Fact
from questions.queries.facts import vocabulary_for

_AGREES = re.compile(r"\{\w+:([^|{}]*)\|[^{}]*\}")
_WHICH = re.compile(r"\{(which) \w+\}", re.IGNORECASE)
_ABOUT = re.compile(r"\{(?:on )?about\b[^{}]*\}", re.IGNORECASE)
_NAME = re.compile(r"\{(?:on )?(\w+)[^{}]*\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RelationRow:
    key: str
    label: str
    value: str
    wording: str
    facts: int


@dataclass(frozen=True, slots=True)
class Sayable:
    """`used` are the rows of each built-in vocabulary, by its title."""

    own: list[RelationRow]
    used: list[tuple[str, list[RelationRow]]]


def sayable(deck: Deck) -> Sayable:
    vocabulary = vocabulary_for(deck)
    shipped = _shipped(deck)
    said = Fact.objects.live().filter(deck=deck).order_by().values_list("relation")
    counts = dict(said.annotate(number=Count("pk")))
    rows: dict[str, list[RelationRow]] = {name: [] for name in ("", *shipped)}
    for key, relation in vocabulary.relations.items():
        row = _row(relation, vocabulary, counts.get(key, 0))
        rows[_origin(relation, shipped)].append(row)
    titles = vocabulary_titles()
    return Sayable(rows[""], [(titles[name][0], rows[name]) for name in shipped if rows[name]])


def own_relation(deck: Deck, key: str) -> Relation | None:
    """One that the deck defines itself; those of vocabularies are not its to change."""
    used = vocabulary_of_deck(deck.use, {}, built_in_vocabularies())
    return own_of_kept(deck.own_vocabulary, used).relations.get(key)


def facts_saying(deck: Deck, key: str) -> QuerySet[Fact]:
    return Fact.objects.live().filter(deck=deck, relation=key)


def told_apart(deck: Deck, relations: Collection[Relation]) -> dict[str, str]:
    """Their labels by key. Where two are alike, the vocabulary that each comes from is added, and
    the key if that is the same too."""
    shipped, titles = _shipped(deck), vocabulary_titles()
    origins = {each.key: _origin(each, shipped) for each in relations}
    labels = Counter(each.label.casefold() for each in relations)
    in_one = Counter((each.label.casefold(), origins[each.key]) for each in relations)
    names = {}
    for each in relations:
        label, origin = each.label.casefold(), origins[each.key]
        where = titles[origin][0] if origin else _("this deck")
        where = f"{where}, {each.key}" if in_one[label, origin] > 1 else where
        names[each.key] = f"{each.label} ({where})" if labels[label] > 1 else each.label
    return names


def _shipped(deck: Deck) -> dict[str, Mapping[str, Relation]]:
    """The relations of each built-in vocabulary that the deck uses."""
    built_in = built_in_vocabularies()
    return {name: built_in[name].relations for name in deck.use if name in built_in}


def _origin(relation: Relation, shipped: Mapping[str, Mapping[str, Relation]]) -> str:
    """The vocabulary that a relation comes from; "" for the deck's own."""
    names = (name for name, found in shipped.items() if found.get(relation.key) == relation)
    return next(names, "")


def _row(relation: Relation, vocabulary: Vocabulary, facts: int) -> RelationRow:
    wording = next(iter((*relation.ask, *relation.which, *relation.reverse)), "")
    value = value_words(relation, vocabulary)
    return RelationRow(relation.key, capfirst(relation.label), value, legible(wording), facts)


def legible(wording: str) -> str:
    """As one reads it aloud: "When was … built (by)?" for "When {about:was|were} {about} …"."""
    text = _AGREES.sub(r"\1", wording)
    text = _ABOUT.sub("…", _WHICH.sub(r"\1", text))
    return _NAME.sub(r"(\1)", text).replace("[", "").replace("]", "")


def value_words(relation: Relation, vocabulary: Vocabulary) -> str:
    """What its value is: "city", "number of kilometres"."""
    if relation.value is ValueKind.ENTITY:
        labels = [vocabulary.types[key].label for key in relation.of if key in vocabulary.types]
        return ", ".join(labels) or _("any entity")
    if relation.value is ValueKind.NUMBER:
        unit = vocabulary.units.get(relation.unit)
        return _("number of %s") % unit.many if unit else _("number")
    named = {ValueKind.DATE: _("date"), ValueKind.TERM: _("term"), ValueKind.TEXT: _("text")}
    return named[relation.value]
