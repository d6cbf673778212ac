"""Deck files that wait for their teacher's word, between "what would change" and "do it"."""

from __future__ import annotations

import zlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models.facts import Deck


class DeckUpload(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    into = models.ForeignKey(Deck, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    packed = models.BinaryField(help_text=_("the file, compressed"))
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> bytes:
        return zlib.decompress(bytes(self.packed))

    @staticmethod
    def pack(data: bytes) -> bytes:
        return zlib.compress(data)
