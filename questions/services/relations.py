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
from questions.models import Deck
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
    left = {
        other: replace(one, sisters=tuple(each for each in one.sisters if each != key))
        for other, one in own.relations.items()
        if other != key
    }
    _keep(deck, replace(own, relations=left))
    complete = [group for group in deck.complete if group[1] != key]
    Deck.objects.filter(pk=deck.pk).update(complete=complete)
    rewrite_questions(deck, None)


def _vocabularies(deck: Deck) -> tuple[Vocabulary, Vocabulary]:
    """The built-in ones that it uses, and its own."""
    used = vocabulary_of_deck(deck.use, {}, built_in_vocabularies())
    return used, own_of_kept(deck.own_vocabulary, used)


def _keep(deck: Deck, own: Vocabulary) -> None:
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary=own_as_kept(own))


def _shape(relation: Relation) -> tuple[object, ...]:
    """What says which values there can be."""
    return relation.about, relation.value, relation.of, relation.unit, dict(relation.qualifiers)
