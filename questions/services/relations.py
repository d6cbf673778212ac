"""What a deck can say: relations and types of its own, defined one by one."""

from __future__ import annotations

from django.db import transaction

from questions.domain.facts import Relation, Vocabulary
from questions.domain.interchange import (
    built_in_vocabularies,
    own_as_kept,
    own_of_kept,
    vocabulary_of_deck,
)
from questions.models import Deck
from questions.services.revisions import count_up


class RelationTaken(Exception):
    """The deck has come to define one of that key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@transaction.atomic
def add_relation(deck: Deck, relation: Relation, types: Vocabulary) -> None:
    """Kept as an import keeps it, with the types it brings along. Raises RelationTaken."""
    count_up(deck.pk)  # first, so that two who define one wait for each other
    deck = Deck.objects.get(pk=deck.pk)
    used = vocabulary_of_deck(deck.use, {}, built_in_vocabularies())
    own = own_of_kept(deck.own_vocabulary, used)
    known = used.with_(own)
    if relation.key in known.relations:
        raise RelationTaken(relation.key)
    new = Vocabulary(
        {key: type_ for key, type_ in types.types.items() if key not in known.types},
        {},
        {relation.key: relation},
    )
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary=own_as_kept(own.with_(new)))
