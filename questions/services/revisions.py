"""A deck's revision: what is remembered of a deck in memory hangs on it."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from questions.models import Deck


def locked(deck: Deck) -> Deck:
    """The deck, its revision counted up; whoever else edits it waits."""
    count_up(deck.pk)
    return Deck.objects.defer("complete").get(pk=deck.pk)


def count_up(deck_pk: int) -> None:
    Deck.objects.filter(pk=deck_pk).update(revision=F("revision") + 1, updated_at=timezone.now())
