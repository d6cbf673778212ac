"""Questions beside each other: in a quiz, none may give away another's key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questions.domain.generation.text import cue_words, fold
from questions.domain.messages import gettext_noop
from questions.domain.questions import Form, Written
from questions.domain.values import parse_quantity, parse_span, say_date, say_quantity

_ASKING = frozenset(
    {"when", "what", "which", "where", "whom", "whose", "many", "these", "according"}
)
_SAME_MATTER = 0.6
"""Share of a stem's telling words that make another text speak of the same matter."""


def gives_away(question: Written, other: Written) -> bool:
    """Whether what one question shows before its answer tells the key of another: it holds the
    key's text and speaks of the other's matter."""
    shown_text = " ".join(shown_texts(question))
    shown = f" {fold(shown_text)} "
    if not any(f" {fold(key)} " in shown for key in key_texts(other) if fold(key)):
        return False
    matter = cue_words(other.stem) - _ASKING
    return not matter or len(matter & cue_words(shown_text)) >= _SAME_MATTER * len(matter)


@dataclass(frozen=True)
class PairRule:
    """A rule over two questions of one quiz or session; see `refusals.Rule`."""

    name: str
    number: int
    says: str
    check: Callable[[Written, Written], str]


def given_away(question: Written, other: Written) -> str:
    """12: why two questions may not stand together, or nothing."""
    for one, two in ((question, other), (other, question)):
        if gives_away(one, two):
            return f"“{one.stem}” shows the answer to “{two.stem}”."
    return ""


NOTHING_GIVEN_AWAY = PairRule(
    "nothing given away",
    12,
    gettext_noop("No question of a quiz shows the answer to another."),
    given_away,
)


def shown_texts(question: Written) -> Iterator[str]:
    content = question.content
    yield question.stem
    match question.form:
        case Form.CHOICE:
            yield content["key"]["text"]
            yield from (option["text"] for option in content["distractors"])
        case Form.TRUE_FALSE:
            yield content["true"]
            yield from content["false"]
        case Form.ORDERING:
            yield from (item["text"] for item in content["items"])
        case Form.MATCHING:
            yield from (text for pair in content["pairs"] for text in pair)
            yield from content["spares"]


def key_texts(question: Written) -> Iterator[str]:
    """What must not be read elsewhere: a key typed or chosen. Orders, pairs and free text are not
    given away by a word."""
    content = question.content
    match question.form:
        case Form.CHOICE:
            yield content["key"]["text"]
        case Form.TYPED | Form.CLOZE:
            yield _said(content["expected"])
        case Form.LIST:
            yield from (_said(expected) for expected in content["expected"])


def _said(expected: Mapping[str, Any]) -> str:
    match expected["kind"]:
        case "date":
            return say_date(parse_span(expected["value"]))
        case "number":
            return say_quantity(parse_quantity(expected["value"]))
        case _:
            return str(expected["value"])
