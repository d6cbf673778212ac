"""Sentences that the domain says to learners and teachers, translatable outside the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark a text for makemessages; whoever shows it translates it with gettext."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A %-format template in English and what fills it: show `gettext(text) % params`."""

    text: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params
