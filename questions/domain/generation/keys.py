"""Rules about the right answer: that it is the deck's, and that nothing about it but knowledge
tells it from the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from questions.domain.facts import Entity, Fact, ValueKind
from questions.domain.generation.candidates import Option, subject_options, value_options
from questions.domain.generation.distractors import DISTRACTORS, standing_together
from questions.domain.generation.expecting import plain_value
from questions.domain.generation.guard import Guard
from questions.domain.generation.item import Item
from questions.domain.generation.likeness import fitting_length, stands_out
from questions.domain.generation.scales import EACH_WAY, value_text
from questions.domain.generation.steps import step_texts
from questions.domain.generation.text import fold
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Direction, Form, Written
from questions.domain.values import say_date

_RANKED = (ValueKind.DATE, ValueKind.NUMBER)
_EACH_WAY = EACH_WAY - 4
"""Of dates and figures: which are the nearest moves with every edit, and a bank is not unfair for
that."""
_WHO = re.compile(
    r"(?:(?:The sources differ\. )?According to .*?, )?(?:\w+ )?(?:who|whom|whose)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:beg[aiu]n|start(?:ed)?|commenced?|br(?:eak|oke) out|set in)\b", re.IGNORECASE
)
_ENDS = re.compile(r"\b(?:end(?:ed)?|last(?:ed)?|until|and)\b", re.IGNORECASE)
_ARTICLE_LAST = re.compile(r"\b(?:a|an)\s*[?:….]*\s*$")


def right_key(item: Item) -> str:
    """1: what counts as right is what the facts say now; a bank may be older than its deck."""
    if not item.facts:
        return ""
    if len(item.facts) < len(item.card.facts):
        return gettext_noop("It rests on a fact that the deck no longer has.")
    old = [said for said, now in _keys(item) if said != now]
    if not old:
        return ""
    return Sentence(gettext_noop("“%(old)s” is not what the deck says now."), old=old[0])


def _keys(item: Item) -> Iterator[tuple[str, str]]:
    """What the question takes for right, beside what the deck has."""
    content, fact = item.content, item.fact
    match item.question.form:
        case Form.CHOICE:
            yield content["key"]["value"], fact.about if item.reverse else fact.value
            yield _as_shown(item)
        case Form.TYPED | Form.CLOZE:
            wanted = _name(item, fact) if item.reverse else plain_value(item.index, fact)
            yield content["expected"]["value"], wanted
        case Form.LIST:
            said = sorted(expected["value"] for expected in content["expected"])
            now = sorted(plain_value(item.index, one) for one in item.facts)
            yield ", ".join(said), ", ".join(now)
        case Form.ORDERING if item.card.direction is Direction.LIST:
            said = sorted(entry["text"] for entry in content["items"])
            yield ", ".join(said), ", ".join(sorted(step_texts(item.index, item.facts)))
        case Form.ORDERING:
            when = {_name(item, one): say_date(one.span()) for one in item.facts}
            yield from ((entry["when"], when.get(entry["text"], "")) for entry in content["items"])
        case Form.MATCHING:
            yield from _pairs(item)
        case Form.FLASHCARD:
            wanted = _name(item, fact) if item.reverse else plain_value(item.index, fact)
            yield content["answer"][1:], wanted[1:]
        case Form.TRUE_FALSE:
            value = value_text(item.index, fact, fact.value)
            yield from [(value, "")] * (value.lower() not in content["true"].lower())


def _as_shown(item: Item) -> tuple[str, str]:
    """The key's text, without the unit that may follow a figure."""
    shown, fact = item.content["key"]["text"], item.fact
    text = _name(item, fact) if item.reverse else value_text(item.index, fact, fact.value)
    if item.relation.value is ValueKind.NUMBER and shown.startswith(f"{text} "):
        return text, text
    return shown, text


def _pairs(item: Item) -> Iterator[tuple[str, str]]:
    said = {_name(item, one): value_text(item.index, one, one.value) for one in item.facts}
    for left, right in item.content["pairs"]:
        yield right, said.pop(left, "")
    for spare in item.content["spares"]:
        yield spare, spare if spare in said.values() else ""


def _name(item: Item, fact: Fact) -> str:
    return item.index.entity(fact.about).name


def key_anywhere(item: Item) -> str:
    """11: dates and figures stand in order of size, so that the key's rank is drawn; anything
    else is shuffled."""
    if item.question.form is not Form.CHOICE or not item.single:
        return ""
    ranked = not item.reverse and item.relation.value in _RANKED
    if ranked and not item.content.get("sorted"):
        return gettext_noop(
            "Dates and figures must stand in order of size, the answer's place among them drawn."
        )
    if not ranked and item.content.get("sorted"):
        return gettext_noop("Names have no order of size in which to stand.")
    return ""


def no_grammar_cue(item: Item) -> str:
    """7: an article at the end of the stem fits only some of the options; "barge A" is none."""
    if item.question.form is not Form.CHOICE or not _ARTICLE_LAST.search(item.question.stem):
        return ""
    stem = fold(item.question.stem)
    if any(stem.endswith(f" {fold(entity.name)}") for entity in _spoken_of(item)):
        return ""
    return gettext_noop("The article at the end of the question fits only some of the answers.")


def _spoken_of(item: Item) -> list[Entity]:
    if not item.single:
        return []
    keys = (item.fact.about, item.fact.value, *(value for _, value in item.fact.qualifiers))
    entities = item.index.deck.entities
    return [entities[key] for key in keys if key in entities]


def who_is_a_person(item: Item) -> str:
    """7: "who" and "whose" ask for a person, and tell that no state or place is meant."""
    if not item.single or item.question.form not in (Form.CHOICE, Form.TYPED):
        return ""
    if not _WHO.match(item.question.stem):
        return ""
    wanted = item.fact.about if item.reverse else item.fact.value
    entity = item.index.deck.entities.get(wanted)
    if entity is None or item.index.deck.vocabulary.is_person(entity.type):
        return ""
    return gettext_noop("It asks “who” of what is no person.")


def whole_span(item: Item) -> str:
    """7: "when did it begin" of what the deck gives from beginning to end."""
    if not item.single or item.reverse or item.index.kind(item.fact) is not ValueKind.DATE:
        return ""
    if item.fact.span().granularity != "interval" or item.question.form is Form.TRUE_FALSE:
        return ""
    stem = item.question.stem
    if _BEGINS.search(stem) and not _ENDS.search(stem):
        return gettext_noop("It asks for the beginning alone of what is a span of time.")
    return ""


def key_length(item: Item) -> str:
    """7: a key much longer or shorter than the rest, where the deck has fitting wrong answers.

    The key lies within 0.67–1.5 of the options' median whenever one of any two wrong options
    shown does, or one of them is longer than that and the other shorter.
    """
    if not item.single or not odd_length(item):
        return ""
    if len(_fitting_others(item)) < DISTRACTORS:
        return ""
    return gettext_noop(
        "The answer’s length sets it apart, though there are wrong answers as long."
    )


def odd_length(item: Item) -> str:
    """A warning where nothing fits better: the key's length sets it apart."""
    if not has_odd_length(item.question):
        return ""
    return gettext_noop("The answer’s length sets it apart from wrong options.")


def has_odd_length(question: Written) -> bool:
    if question.form is not Form.CHOICE:
        return False
    key, wrong = question.content["key"]["text"], question.content.get("distractors", ())
    odd = Counter(stands_out(key, one["text"]) for one in wrong)
    most = max(odd[1], odd[-1])
    return most > 1 or (most == 1 and len(wrong) == 1)


def _fitting_others(item: Item) -> list[Option]:
    """Fair wrong answers of the same standing as the key that are as long as it."""
    index, fact, key = item.index, item.fact, item.content["key"]
    option = Option(key["text"], key["value"], key["entity"])
    guard = Guard(index, fact, option, item.spoken, (item.question.stem,), item.reverse)
    if item.reverse:
        candidates = subject_options(index, fact)
    else:
        candidates = value_options(index, fact, _EACH_WAY)
    fitting = (one for one in candidates if one.kin and fitting_length(key["text"], one.text))
    return standing_together(guard, (one for one in fitting if not guard(one)), DISTRACTORS)
