"""The rule that a teacher's word makes: nothing ruled out beside a fact is offered there."""

from __future__ import annotations

from questions.domain.facts import ValueKind
from questions.domain.generation.item import Item
from questions.domain.generation.scales import value_text
from questions.domain.generation.text import fold
from questions.domain.generation.true_false import differing
from questions.domain.questions import Form
from questions.domain.vetoes import could_be_offered, is_vetoed


def not_ruled_out(item: Item) -> str:
    """14: distractors that a teacher will not have here, and statements made of them."""
    if not item.single:
        return ""
    found = [option["text"] for option in item.wrong if is_vetoed(item.fact, option["value"])]
    if item.question.form is Form.TRUE_FALSE:
        found = [text for text in item.content["false"] if _says_what_is_vetoed(item, text)]
    named = ", ".join(f"“{text}”" for text in found[:3])
    return f"A teacher ruled out {named} here." if found else ""


def _says_what_is_vetoed(item: Item, statement: str) -> bool:
    key = value_text(item.index, item.fact, item.fact.value)
    slot = differing(item.content["true"], statement, key)
    kind, entities = item.relation.value, item.index.deck.entities
    vetoes = [
        value_text(item.index, item.fact, veto)
        for veto in item.fact.never_with
        if could_be_offered(veto, kind, entities)
        and (kind is not ValueKind.ENTITY) == (veto not in entities)
    ]
    return slot is not None and fold(slot) in map(fold, vetoes)
