"""Lists: all that a deck says of one entity by one relation, and whether that is all there is."""

from __future__ import annotations

from dataclasses import dataclass

from questions.domain.facts import Group
from questions.models import Fact
from questions.queries.facts import said_value, vocabulary_for
from questions.queries.relations import own_relation
from questions.queries.statements import qualifier_words, relation_label


@dataclass(frozen=True, slots=True)
class FactList:
    """The list a fact stands in. `always` says that its relation is taken to list everything,
    `named` that there is a wording that asks for the whole. `steps` are the members by uid where
    they stand in an order that is asked for."""

    fact: Fact
    label: str
    qualifiers: str
    members: list[str]
    complete: bool
    always: bool
    own: bool
    named: bool
    steps: list[tuple[str, str]]


def list_of(fact: Fact) -> FactList | None:
    """None where there can be but one value."""
    vocabulary = vocabulary_for(fact.deck)
    relation = vocabulary.relations.get(fact.relation)
    if relation is None or relation.single:
        return None
    members = [(member.uid, said_value(member, vocabulary)) for member in members_of(fact)]
    return FactList(
        fact,
        relation_label(fact, vocabulary),
        ", ".join(text for _, text in qualifier_words([fact], vocabulary)[fact.pk]),
        [said for _, said in members],
        as_kept(group_of(fact)) in fact.deck.complete,
        relation.complete,
        own_relation(fact.deck, relation.key) is not None,
        bool(relation.list),
        members if relation.orders_values else [],
    )


def members_of(fact: Fact) -> list[Fact]:
    rows = Fact.objects.live().filter(
        deck=fact.deck_id, about=fact.about_id, relation=fact.relation
    )
    related = rows.select_related("about", "value_entity")
    return [row for row in related if row.qualifiers == fact.qualifiers]


def group_of(fact: Fact) -> Group:
    return fact.about.key, fact.relation, tuple(sorted(fact.qualifiers.items()))


def as_kept(group: Group) -> list[object]:
    """As `Deck.complete` holds it."""
    about, relation, qualifiers = group
    return [about, relation, [list(pair) for pair in qualifiers]]
