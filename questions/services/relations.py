"""What a deck can say: relations and types of its own, defined, worded otherwise, taken away."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from questions.domain.facts import Relation, Vocabulary
from questions.domain.interchange import (
    built_in_vocabularies,
    own_as_kept,
    own_of_kept,
    vocabulary_of_deck,
)
from questions.domain.interchange.identity import state_of
from questions.models import Deck, Deletion
from questions.queries.relations import facts_saying
from questions.services.generation import rewrite_questions
from questions.services.revisions import locked


class RelationTaken(Exception):
    """The deck has come to define one of that key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


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
    relation = own.relations[key]
    content = {
        "said": own_as_kept(Vocabulary(relations={key: relation})),
        "order": list(own.relations),
        "sisters": {
            other: list(one.sisters) for other, one in own.relations.items() if key in one.sisters
        },
        "complete": [group for group in deck.complete if group[1] == key],
    }
    Deletion.objects.update_or_create(
        deck=deck,
        kind=Deletion.Kind.RELATION,
        key=key,
        defaults={"name": relation.label, "content": content},
    )


@transaction.atomic
def restore_relation(deck: Deck, key: str) -> Relation:
    """At its place among the deck's own, and a sister of those that named it one. Raises
    Deletion.DoesNotExist, and RelationTaken."""
    deck = locked(deck)
    deleted = Deletion.objects.get(deck=deck, kind=Deletion.Kind.RELATION, key=key)
    used, own = _vocabularies(deck)
    known = used.with_(own)
    if key in known.relations:
        raise RelationTaken(key)
    relation = own_of_kept(deleted.content["said"], known).relations[key]
    sisters = {
        other: replace(one, sisters=_with_sister(one, key, deleted.content["sisters"].get(other)))
        for other, one in own.relations.items()
    }
    _keep(deck, replace(own, relations=_in_order(sisters | {key: relation}, deleted)))
    complete = [*deck.complete, *deleted.content["complete"]]
    Deck.objects.filter(pk=deck.pk).update(complete=complete)
    deleted.delete()
    rewrite_questions(deck, None)
    return relation


def _with_sister(one: Relation, key: str, before: list[str] | None) -> tuple[str, ...]:
    """In their order, if they are still those it had before."""
    if before is None:
        return one.sisters
    same = [each for each in before if each != key] == list(one.sisters)
    return tuple(before) if same else (*one.sisters, key)


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
