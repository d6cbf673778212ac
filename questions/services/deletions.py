"""What "undo" needs, kept for a while."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from questions.models import Deck, Deletion

KEPT = timedelta(days=90)


def remember(
    deck: Deck, kind: Deletion.Kind, key: str, name: str, content: dict[str, object]
) -> None:
    """Only the latest of a key; what was deleted long ago is forgotten on the way."""
    Deletion.objects.filter(deck=deck, made_at__lt=timezone.now() - KEPT).delete()
    Deletion.objects.update_or_create(
        deck=deck, kind=kind, key=key, defaults={"name": name, "content": content}
    )
