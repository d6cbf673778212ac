"""Steps: the values of a complete list whose relation says that they follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from questions.domain.facts import Fact
from questions.domain.generation.asking import Attribution, list_words, stems
from questions.domain.generation.index import Index
from questions.domain.generation.scales import value_text
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form

FEWEST, MOST = 3, 8
_NUMBERED = re.compile(
    r"\d|\b(?:[ivx]+|first|second|third|fourth|fifth|sixth|last|early|late)\b", re.IGNORECASE
)


def steps(asked: Asked) -> Iterator[Try]:
    """The steps in the deck's order, to be put in it."""
    index, facts = asked.index, asked.facts
    relation = index.relation(asked.fact)
    if not relation.orders_values or len(facts) < FEWEST:
        return
    items = [{"text": text, "when": ""} for text in step_texts(index, facts)]
    words = list_words(index, facts)
    for stem in stems(index, asked.fact, (relation.order,), Attribution(), words):
        yield asked.written("ordering", Form.ORDERING, stem.text, {"items": items}), stem.names


def step_texts(index: Index, facts: Sequence[Fact]) -> list[str]:
    return [value_text(index, fact, fact.value) for fact in facts]


def tell_their_order(texts: Sequence[str]) -> bool:
    """Whether every step bears a number, so that anybody can order them."""
    return all(_NUMBERED.search(text) for text in texts)
