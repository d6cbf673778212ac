"""What a deck can say, for its teacher: its own relations and those of each vocabulary it uses."""

from __future__ import annotations

import re
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
    built_in = built_in_vocabularies()
    shipped = {name: built_in[name].relations for name in deck.use if name in built_in}
    said = Fact.objects.live().filter(deck=deck).order_by().values_list("relation")
    counts = dict(said.annotate(number=Count("pk")))
    rows: dict[str, list[RelationRow]] = {name: [] for name in ("", *shipped)}
    for key, relation in vocabulary.relations.items():
        origin = (name for name, found in shipped.items() if found.get(key) == relation)
        rows[next(origin, "")].append(_row(relation, vocabulary, counts.get(key, 0)))
    titles = vocabulary_titles()
    return Sayable(rows[""], [(titles[name][0], rows[name]) for name in shipped if rows[name]])


def own_relation(deck: Deck, key: str) -> Relation | None:
    """One that the deck defines itself; those of vocabularies are not its to change."""
    used = vocabulary_of_deck(deck.use, {}, built_in_vocabularies())
    return own_of_kept(deck.own_vocabulary, used).relations.get(key)


def facts_saying(deck: Deck, key: str) -> QuerySet[Fact]:
    return Fact.objects.live().filter(deck=deck, relation=key)


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
