"""What was deleted from a deck and left no row of its own, so that it can be put back."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models.facts import Deck


class Deletion(models.Model):
    class Kind(models.TextChoices):
        TOPIC = "topic", _("topic")
        RELATION = "relation", _("relation")

    deck = models.ForeignKey(Deck, models.CASCADE, related_name="deletions")
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=300)
    content = models.JSONField(default=dict, help_text=_("As the service keeps it that deleted."))
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deck", "kind", "key"], name="deletion_latest")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
