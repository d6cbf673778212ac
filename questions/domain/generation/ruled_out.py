"""The rule that a teacher's word makes: nothing ruled out beside a fact is offered there."""

from __future__ import annotations

from itertools import combinations

from questions.domain.facts import ValueKind
from questions.domain.generation.item import Item
from questions.domain.generation.scales import value_text
from questions.domain.generation.text import fold
from questions.domain.generation.true_false import differing
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Form
from questions.domain.vetoes import are_vetoed_together, could_be_offered, is_vetoed


def not_ruled_out(item: Item) -> str:
    """14: distractors that a teacher will not have here, statements made of them, and matching sets
    that offer them."""
    if item.question.form is Form.MATCHING:
        return _matched_with_ruled_out(item)
    if not item.single:
        return ""
    found = [option["text"] for option in item.wrong if is_vetoed(item.fact, option["value"])]
    if item.question.form is Form.TRUE_FALSE:
        found = [text for text in item.content["false"] if _says_what_is_vetoed(item, text)]
    named = ", ".join(f"“{text}”" for text in found[:3])
    if not found:
        return ""
    return Sentence(gettext_noop("A teacher ruled out %(named)s here."), named=named)


def _matched_with_ruled_out(item: Item) -> str:
    ruled_out = any(are_vetoed_together(one, two) for one, two in combinations(item.facts, 2))
    return gettext_noop("A teacher ruled out one pair’s side for another.") if ruled_out else ""


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
