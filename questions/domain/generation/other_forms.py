"""The rules of fair questions that are no choice: statements, orders, pairs and gaps."""

from __future__ import annotations

from itertools import pairwise

from questions.domain.generation.item import Item
from questions.domain.generation.ordering import clearly_before
from questions.domain.generation.reasons import named, some
from questions.domain.generation.scales import value_text
from questions.domain.generation.steps import steps_in_order
from questions.domain.generation.text import fold
from questions.domain.generation.true_false import differing
from questions.domain.generation.truth import own_values, sister_values
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Direction, Form


def false_everywhere(item: Item) -> str:
    if item.question.form is not Form.TRUE_FALSE or not item.single:
        return ""
    false = item.content["false"]
    if not false:
        return gettext_noop("There is no statement that is surely false.")
    if item.content["true"] in false or len(set(false)) < len(false):
        return gettext_noop("A false statement says what another says.")
    if not item.relation.single and not item.index.deck.is_complete(item.fact.group):
        return gettext_noop("What the deck does not say need not be false here.")
    return _false_by_every_source(item)


def _false_by_every_source(item: Item) -> str:
    """By the words themselves: no supported value may stand in a false statement's slot."""
    values = own_values(item.index, item.fact, item.spoken)
    values += sister_values(item.index, item.fact, item.spoken)
    true, key = item.content["true"], value_text(item.index, item.fact, item.fact.value)
    for statement in item.content["false"]:
        slot = differing(true, statement, key)
        for value in values:
            said = value_text(item.index, item.fact, value)
            if slot is None or fold(slot) == fold(said):
                return named(
                    gettext_noop(
                        "%(options)s is not clearly false, or differs in more than one place."
                    ),
                    [statement],
                )
    return ""


def intervals_apart(item: Item) -> str:
    if item.question.form is not Form.ORDERING:
        return ""
    shown = [entry["text"] for entry in item.content["items"]]
    if item.card.direction is Direction.LIST:
        return steps_in_order(item, shown)
    ordered = sorted(item.facts, key=lambda fact: fact.span().high)
    if shown != [item.index.entity(fact.about).name for fact in ordered]:
        return gettext_noop("The events are not in the order of their times.")
    for one, two in pairwise(ordered):
        if not clearly_before(one, two):
            names = [item.index.entity(fact.about).name for fact in (one, two)]
            return Sentence(gettext_noop("The times of %(names)s overlap."), names=some(names))
    return ""


def one_blank(item: Item) -> str:
    if item.question.form is not Form.CLOZE:
        return ""
    rest = f" {fold(item.content['before'])} {fold(item.content['after'])} "
    key = fold(value_text(item.index, item.fact, item.fact.value))
    if f" {key} " in rest:
        return gettext_noop("The answer stands elsewhere in the sentence.")
    return gettext_noop("The sentence is nothing but a gap.") if not rest.strip() else ""
