"""What a deck can say: relations and types of its own, defined, worded otherwise, taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from questions.domain.facts import Relation, Vocabulary
from questions.domain.interchange import (
    DeckErrors,
    built_in_vocabularies,
    own_as_kept,
    own_of_kept,
    read_vocabulary,
    vocabulary_of_deck,
)
from questions.domain.interchange.identity import state_of
from questions.domain.interchange.vocabulary import TEXT
from questions.models import Deck, Deletion, Entity
from questions.queries.relations import facts_saying
from questions.services.deletions import remember
from questions.services.generation import rewrite_questions
from questions.services.revisions import locked


class RelationTaken(Exception):
    """The deck has come to define one of that key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class RelationUnsayable(Exception):
    """The deck has no longer a type or unit that it is defined by."""


class RelationChanged(Exception):
    """Somebody saved the relation since the form was opened, or took it away (None)."""

    def __init__(self, relation: Relation | None) -> None:
        super().__init__(relation and relation.key)
        self.relation = relation


class StillSaid(Exception):
    """So many facts say it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@transaction.atomic
def add_relation(deck: Deck, relation: Relation, types: Vocabulary) -> None:
    """Kept as an import keeps it, with the types it brings along. Raises RelationTaken."""
    deck = locked(deck)  # so that two who define one wait for each other
    used, own = _vocabularies(deck)
    known = used.with_(own)
    if relation.key in known.relations:
        raise RelationTaken(relation.key)
    new = Vocabulary(
        {key: type_ for key, type_ in types.types.items() if key not in known.types},
        {},
        {relation.key: relation},
    )
    _keep(deck, own.with_(new))
    rewrite_questions(deck, None)


@transaction.atomic
def change_relation(deck: Deck, relation: Relation, seen: str) -> None:
    """`seen` is the mark of what the form showed. The questions of the facts that say it are
    written anew. Raises RelationChanged, and StillSaid where facts have values of another kind."""
    deck = locked(deck)
    _, own = _vocabularies(deck)
    current = own.relations.get(relation.key)
    if current is None or state_of(current) != seen:
        raise RelationChanged(current)
    uids = set(facts_saying(deck, relation.key).values_list("uid", flat=True))
    if uids and _shape(relation) != _shape(current):
        raise StillSaid(len(uids))
    _keep(deck, own.with_(Vocabulary(relations={relation.key: relation})))
    rewrite_questions(deck, uids if relation != current else None)


@transaction.atomic
def remove_relation(deck: Deck, key: str) -> None:
    """Raises StillSaid while facts say it. Doing it twice changes nothing."""
    deck = locked(deck)
    if count := facts_saying(deck, key).count():
        raise StillSaid(count)
    _, own = _vocabularies(deck)
    if key in own.relations:
        _remember(deck, own, key)
    left = {
        other: replace(one, sisters=tuple(each for each in one.sisters if each != key))
        for other, one in own.relations.items()
        if other != key
    }
    _keep(deck, replace(own, relations=left))
    complete = [group for group in deck.complete if group[1] != key]
    Deck.objects.filter(pk=deck.pk).update(complete=complete)
    rewrite_questions(deck, None)


def _remember(deck: Deck, own: Vocabulary, key: str) -> None:
    """Also what ties it to relations that were deleted before and may come back."""
    pending = Deletion.objects.filter(deck=deck, kind=Deletion.Kind.RELATION)
    gone = {row.key: row.content for row in pending if row.key not in own.relations}
    relation, order, sisters = own.relations[key], list(own.relations), _naming(own, key)
    for other, content in gone.items():
        order = _with_place(order, other, content["order"])
        relation = replace(
            relation, sisters=_with_sister(relation, other, content["sisters"].get(key))
        )
        if key in (named := content.get("named", ())):
            sisters[other] = list(named)
    content = {
        "said": own_as_kept(Vocabulary(relations={key: replace(relation, sisters=())})),
        "named": list(relation.sisters),
        "order": order,
        "sisters": sisters,
        "complete": [group for group in deck.complete if group[1] == key],
    }
    remember(deck, Deletion.Kind.RELATION, key, relation.label, content)


def _naming(own: Vocabulary, key: str) -> dict[str, list[str]]:
    """The relations that name it a sister, with all their sisters."""
    relations = own.relations.items()
    return {other: list(one.sisters) for other, one in relations if key in one.sisters}


def _with_place(order: list[str], key: str, before: list[str]) -> list[str]:
    """`key` behind that of `order` which stood closest ahead of it."""
    if key in order or key not in before:
        return order
    ahead = [order.index(each) for each in before[: before.index(key)] if each in order]
    at = max(ahead, default=-1) + 1
    return [*order[:at], key, *order[at:]]


@transaction.atomic
def restore_relation(deck: Deck, key: str) -> Relation:
    """At its place among the deck's own, and a sister of those that named it one, as far as these
    still stand. Raises Deletion.DoesNotExist, RelationTaken and RelationUnsayable."""
    deck = locked(deck)
    deleted = Deletion.objects.get(deck=deck, kind=Deletion.Kind.RELATION, key=key)
    used, own = _vocabularies(deck)
    known = used.with_(own)
    if key in known.relations:
        raise RelationTaken(key)
    relation = _said_again(deleted, known)
    sisters = {
        other: replace(one, sisters=_with_sister(one, key, deleted.content["sisters"].get(other)))
        for other, one in own.relations.items()
    }
    _keep(deck, replace(own, relations=_in_order(sisters | {key: relation}, deleted)))
    lists = _standing_lists(deck, relation, known, deleted.content["complete"])
    Deck.objects.filter(pk=deck.pk).update(complete=[*deck.complete, *lists])
    deleted.delete()
    rewrite_questions(deck, None)
    return relation


def _said_again(deleted: Deletion, known: Vocabulary) -> Relation:
    """Raises RelationUnsayable."""
    relation = own_of_kept(deleted.content["said"], known).relations[deleted.key]
    named = deleted.content.get("named", relation.sisters)
    here = {*known.relations, deleted.key}
    relation = replace(relation, sisters=tuple(each for each in named if each in here))
    text = own_as_kept(Vocabulary(relations={deleted.key: relation}))["text"]
    try:
        read_vocabulary(text.encode(), known)
    except DeckErrors as error:
        raise RelationUnsayable(deleted.key) from error
    return relation


def _standing_lists(
    deck: Deck, relation: Relation, known: Vocabulary, groups: list[list[Any]]
) -> list[list[Any]]:
    """Those of its complete lists whose subject, and whom they speak of, the deck still has."""
    named = {about for about, _, _ in groups}
    named |= {value for _, _, pairs in groups for _, value in pairs}
    rows = Entity.objects.filter(deck=deck, removed=False, key__in=named).order_by()
    types = dict(rows.values_list("key", "type"))

    def stands(group: list[Any]) -> bool:
        about, _, pairs = group
        return (
            about in types
            and known.is_a(types[about], relation.about)
            and all(
                (kind := relation.qualifiers.get(name, TEXT)) == TEXT
                or (value in types and known.is_a(types[value], (kind,)))
                for name, value in pairs
            )
        )

    return [group for group in groups if stands(group)]


def _with_sister(one: Relation, key: str, before: list[str] | None) -> tuple[str, ...]:
    """In the order that they had before."""
    if before is None or key in one.sisters:
        return one.sisters
    return tuple(_with_place(list(one.sisters), key, before))


def _in_order(relations: dict[str, Relation], deleted: Deletion) -> dict[str, Relation]:
    """As they stood when it was deleted; what was defined since comes last."""
    order = {key: at for at, key in enumerate(deleted.content["order"])}
    keys = sorted(relations, key=lambda key: order.get(key, len(order)))
    return {key: relations[key] for key in keys}


def _vocabularies(deck: Deck) -> tuple[Vocabulary, Vocabulary]:
    """The built-in ones that it uses, and its own."""
    used = vocabulary_of_deck(deck.use, {}, built_in_vocabularies())
    return used, own_of_kept(deck.own_vocabulary, used)


def _keep(deck: Deck, own: Vocabulary) -> None:
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary=own_as_kept(own))


def _shape(relation: Relation) -> tuple[object, ...]:
    """What says which values there can be."""
    return relation.about, relation.value, relation.of, relation.unit, dict(relation.qualifiers)
