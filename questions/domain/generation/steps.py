"""Steps: the values of a complete list whose relation says that they follow each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from questions.domain.facts import Fact
from questions.domain.generation.asking import Attribution, list_words, stems
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.scales import value_text
from questions.domain.generation.writing import Asked, Try
from questions.domain.messages import gettext_noop
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


def steps_in_order(item: Item, shown: list[str]) -> str:
    """Why the steps that are shown are not the deck's in the deck's order, or not to be asked."""
    place = {fact.uid: at for at, fact in enumerate(item.index.deck.by_group[item.fact.group])}
    facts = sorted(item.facts, key=lambda fact: place[fact.uid])
    if not item.relation.orders_values or shown != step_texts(item.index, facts):
        return gettext_noop("The steps are not in the order of the deck.")
    if len(shown) > MOST:
        return gettext_noop("Of more than eight steps nobody keeps track.")
    if len(set(shown)) < len(shown) or all(map(_NUMBERED.search, shown)):
        return gettext_noop("The steps’ names tell their order.")
    return ""
