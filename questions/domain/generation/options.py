"""Rules 6–8: the options of a choice are of one kind, clearly different, and all of them likely."""

from __future__ import annotations

import re
from itertools import combinations

from questions.domain.facts import ValueKind
from questions.domain.generation.cueing import cue, members_named
from questions.domain.generation.figures import is_near, looks_alike, pair_gap
from questions.domain.generation.item import Item
from questions.domain.generation.kinds import names_kind, of_a_kind
from questions.domain.generation.reasons import both, named
from questions.domain.generation.scales import (
    SERIES,
    in_era,
    look,
    near_in_time,
    scales,
    stand_apart,
)
from questions.domain.generation.telltale import is_after_its_source, tells_itself
from questions.domain.generation.text import (
    fold,
    holds_tokens,
    holds_words,
    same_words,
    scripts,
    tokens,
)
from questions.domain.generation.when import could_be_subject_then, could_be_value_then
from questions.domain.messages import gettext_noop
from questions.domain.questions import Form
from questions.domain.values import marked_alike, parse_quantity, parse_span

_NO_OPTION = re.compile(r"\b(?:all|none|both|neither) of (?:the above|these|them)\b", re.IGNORECASE)


_SLACK = 1.5
"""The relation's spread moves with every date that is edited; a bank is not unfair for that."""
_FEWER = SERIES - 1
"""Nor for one date less of those that are learnt beside each other."""


def options_apart(item: Item) -> str:
    if item.question.form is not Form.CHOICE:
        return ""
    texts = [item.content["key"]["text"], *(option["text"] for option in item.wrong)]
    if len(texts) < 2:
        return gettext_noop("There is no wrong option.")
    for one, two in combinations(texts, 2):
        if _same(item, one, two):
            return both(gettext_noop("“%(one)s” and “%(two)s” say the same."), one, two)
        if _worded(item) and _within(item, one, two):
            return both(
                gettext_noop("The words of “%(one)s” and “%(two)s” are in one another."), one, two
            )
        if scripts(one) != scripts(two) and _worded(item):
            return both(gettext_noop("“%(one)s” and “%(two)s” are of different scripts."), one, two)
    return _same_kind(item) if item.single else ""


def _same(item: Item, one: str, two: str) -> bool:
    if _are_terms(item):
        return same_words(one, two)
    return tokens(one) == tokens(two) and one.lstrip("~<>-") == two.lstrip("~<>-")


def _are_terms(item: Item) -> bool:
    """In a term the order of the words counts, and every sign of a formula."""
    return item.single and not item.reverse and item.relation.value is ValueKind.TERM


def _within(item: Item, one: str, two: str) -> bool:
    """By hand the same words may stand in another order: "first A, then B"."""
    if _are_terms(item):
        return holds_words(one, two)
    return holds_tokens(one, two) and (item.single or tokens(one) != tokens(two))


def _worded(item: Item) -> bool:
    return (
        item.reverse
        or not item.single
        or item.relation.value
        in (
            ValueKind.ENTITY,
            ValueKind.TERM,
        )
    )


def _same_kind(item: Item) -> str:
    key = item.content["key"]
    for option in item.wrong:
        if key["entity"]:
            same = _of_a_kind(item, key["value"], option["value"])
        elif item.relation.value is ValueKind.NUMBER:
            same = looks_alike(item.index, item.fact, option["value"])
        elif item.relation.value is ValueKind.DATE:
            same = _look(key["value"]) == _look(option["value"])
            same &= marked_alike(key["value"], option["value"]) == option["value"]
        else:
            same = True
        if not same:
            return named(
                gettext_noop("%(options)s is of another kind than the answer."), [option["text"]]
            )
    return ""


def _of_a_kind(item: Item, key: str, other: str) -> bool:
    index = item.index
    if index.entity(key).type == index.entity(other).type:
        return True
    if names_kind(index, key, (f" {fold(item.question.stem)} ",)):
        return False
    return of_a_kind(index, item.fact, key, other, reverse=item.reverse)


def _look(value: str) -> str:
    return look(parse_span(value))


def no_cue(item: Item) -> str:
    """7: the stem holds a word of the key, or an option refers to the others."""
    for option in item.wrong:
        if _NO_OPTION.search(option["text"]):
            return named(gettext_noop("%(options)s is not an answer of its own."), [option["text"]])
    if item.question.form is Form.LIST and members_named(item):
        return gettext_noop("The question names half of the list or more.")
    if not item.single:
        return ""
    if item.question.form is Form.FLASHCARD:
        return _whole_answer(item)
    return cue(item)


def _whole_answer(item: Item) -> str:
    """On a card half of a name may stand in the question, not all of it."""
    if not item.reverse and item.relation.value not in (ValueKind.ENTITY, ValueKind.TERM):
        return ""
    if tokens(item.content["answer"]) <= tokens(item.question.stem):
        return gettext_noop("The question says its whole answer.")
    return ""


def plausible(item: Item) -> str:
    """8: dates of the subject's time, persons active then, figures of like size."""
    if item.question.form is not Form.CHOICE or not item.single:
        return ""
    strange = [option["text"] for option in item.wrong if not _is_plausible(item, option["value"])]
    if strange:
        return named(
            gettext_noop("%(options)s could be ruled out without knowing the answer."), strange
        )
    figures = not item.reverse and item.relation.value is ValueKind.NUMBER
    for one, two in combinations(item.wrong, 2) if figures else ():
        away = pair_gap(item.fact)
        values = parse_quantity(one["value"]), parse_quantity(two["value"])
        if not stand_apart(item.relation, *values, away):
            return both(
                gettext_noop("“%(one)s” and “%(two)s” are too near to each other."),
                one["text"],
                two["text"],
            )
    return ""


def of_the_time(item: Item, value: str) -> bool:
    """Whether an entity that is offered can have been there when what is asked was."""
    if item.reverse:
        return could_be_subject_then(item.index, value, item.fact)
    if item.relation.value is ValueKind.ENTITY:
        return could_be_value_then(item.index, value, item.fact)
    return True


def _is_plausible(item: Item, value: str) -> bool:
    index, fact = item.index, item.fact
    if tells_itself(index, fact, value, reverse=item.reverse):
        return False
    if not of_the_time(item, value):
        return False
    if item.reverse:
        return True
    match item.relation.value:
        case ValueKind.DATE:
            if is_after_its_source(item.question.stem, fact.value, value):
                return False
            near = near_in_time(item.fact.value, value)
            near = near or bool(scales(item.index).series(item.fact, _FEWER))
            return bool(near) and in_era(item.index, item.fact, value, _SLACK)
        case ValueKind.NUMBER:
            return is_near(index, fact, value)
        case _:
            return True
