"""What was deleted from a deck, for "undo"."""

from __future__ import annotations

from questions.models import Deck, Deletion


def deleted(deck: Deck, kind: Deletion.Kind, key: str) -> Deletion | None:
    """What was just deleted, if it has not been put back."""
    return Deletion.objects.filter(deck=deck, kind=kind, key=key).first() if key else None
