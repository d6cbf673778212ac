"""What was deleted from a deck, for "undo"."""

from __future__ import annotations

from questions.models import Deck, Deletion, Topic
from questions.queries.relations import own_relation


def deleted(deck: Deck, kind: Deletion.Kind, key: str) -> Deletion | None:
    """What was just deleted, if it has neither been put back nor made anew."""
    row = Deletion.objects.filter(deck=deck, kind=kind, key=key).first() if key else None
    return None if row is None or _stands(row, deck) else row


def _stands(row: Deletion, deck: Deck) -> bool:
    if row.kind == Deletion.Kind.RELATION:
        return own_relation(deck, row.key) is not None
    topics = Topic.objects.filter(deck=deck).values_list("key", "title")
    return any(row.key == key or row.name.casefold() == title.casefold() for key, title in topics)
