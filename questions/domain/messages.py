"""Sentences that the domain says to learners and teachers, translatable outside the domain."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
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


class Sentence(str):
    """A message said in English, which goes wherever a text does and can still be said in another
    language. What fills it may be a sentence too; what is not, a name, is said as it stands."""

    __slots__ = ("message",)
    message: Message

    def __new__(cls, text: str, **params: str) -> Sentence:
        said = super().__new__(cls, text % params if params else text)
        said.message = Message(text, params)
        return said

    def said(self, gettext: Callable[[str], str]) -> str:
        text, params = self.message.text, self.message.params
        filled = {name: in_language(value, gettext) for name, value in params.items()}
        return gettext(text) % filled if params else gettext(text)


def in_language(text: str, gettext: Callable[[str], str]) -> str:
    return text.said(gettext) if isinstance(text, Sentence) else text


def to_keep(text: str) -> str:
    """For a column of text: a sentence that names something with what fills it, as JSON."""
    if isinstance(text, Sentence) and text.message.params:
        return json.dumps([text.message.text, dict(text.message.params)], ensure_ascii=False)
    return str(text)


def kept(text: str) -> Sentence:
    """What `to_keep` made of a sentence."""
    try:
        template, params = json.loads(text) if text.startswith('["') else (text, {})
    except ValueError:
        return Sentence(text)
    return Sentence(template, **params)
