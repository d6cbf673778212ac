"""What a question is, whichever way it came to be: cards, forms and their content.

`content` is what `Question.content` keeps as JSON, so that a past answer can always be shown as
it was asked. Which options of a pool are shown, and in what order, is drawn when it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Direction(StrEnum):
    """What a card asks to remember."""

    VALUE = "value"
    SUBJECT = "subject"
    LIST = "list"
    CHRONOLOGY = "chronology"
    PAIRS = "pairs"
    AUTHORED = "authored"


class Form(StrEnum):
    CHOICE = "choice"
    TRUE_FALSE = "true_false"
    TYPED = "typed"
    CLOZE = "cloze"
    LIST = "list"
    ORDERING = "ordering"
    MATCHING = "matching"
    FLASHCARD = "flashcard"


RECOGNITION = frozenset({Form.CHOICE, Form.TRUE_FALSE, Form.MATCHING})
RECALL = frozenset({Form.TYPED, Form.CLOZE, Form.LIST, Form.ORDERING, Form.FLASHCARD})
PRODUCED = frozenset({Form.TYPED, Form.CLOZE, Form.LIST})
"""Answered in the learner's own spelling, which a deck may not know yet."""


class State(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class CardSpec:
    """`key` is unique in the deck and stable: memories hang on it.

    `siblings` names the cards that must not be studied on one day; a fact's uid, or the card's
    own key where it stands alone. `facts` are the uids of the facts it rests on.
    """

    key: str
    direction: Direction
    siblings: str
    topic: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One question as written.

    `slot` is unique within the card and stays when it is written again ("choice", "typed",
    "cloze:1"): another content in the same slot is a new version of the question.

    `doubt` is why it waits as the program compares it (`generation.drafting`), `why_draft` says it
    in words, and `approved` is the doubt in spite of which a teacher let it through.

    `difficulty` is what a choice's options let expect, 0 to 1.

    content by form:
      choice      {"key": OPTION, "distractors": [OPTION, …], "sorted": bool}
                  OPTION = {"text": str, "entity": key or "", "value": str}; any two of the pool
                  may stand together, the most tempting first. `sorted` options are shown in
                  order of value.
      true_false  {"true": str, "false": [str, …], "values": [str, …]}: statements; the false ones
                  differ in one slot, where `values` stand; none are given by hand
      typed       {"expected": grading.Expected.to_json()}
      cloze       {"before": str, "after": str, "expected": …}
      list        {"expected": [Expected, …]}
      ordering    {"items": [{"text": str, "when": str}, …]} in the right order; `when` for
                  feedback, "" of steps
      matching    {"pairs": [[left, right], …], "spares": [right, …]}
      flashcard   {"answer": str, "points": [str, …]}
    """

    card: str
    slot: str
    form: Form
    stem: str
    content: Mapping[str, Any]
    statement: str = ""
    explanation: str = ""
    state: State = State.ACTIVE
    why_draft: str = ""
    doubt: str = ""
    approved: str = ""
    difficulty: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that was not written: the rule's name and a sentence for a teacher."""

    card: str
    direction: Direction
    fact: str
    form: Form
    rule: str
    reason: str
    stem: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """All that generation makes of a deck."""

    cards: tuple[CardSpec, ...] = ()
    questions: tuple[Written, ...] = ()
    refused: tuple[Refused, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
