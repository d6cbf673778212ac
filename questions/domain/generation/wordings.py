"""A card about to be asked, and all wordings in which the deck asks it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.asking import (
    Attribution,
    Stem,
    asking_words,
    asks_among,
    attribution,
    spare_stems,
    statement,
    stems,
    subject_words,
    wordings_for,
)
from questions.domain.generation.index import Index
from questions.domain.generation.listing import all_in_one
from questions.domain.generation.scales import value_text
from questions.domain.generation.text import fold
from questions.domain.generation.writing import Asked, Given
from questions.domain.questions import CardSpec
from questions.domain.wording import begins_small

_OPENING = frozenset(
    "According Also At Because Before By For From Her His If In Its Not On Only Since Their To "
    "Until When".split()
)
"""What begins no name, whatever follows."""
_AS_TO = "As to {}: {}"
_SOMEBODY = re.compile(r"(?:He|She)\b")


def asked_alone(index: Index, card: CardSpec, fact: Fact, given: Given | None = None) -> Asked:
    whose = attribution(index, fact)
    said = statement(index, fact, whose)
    return Asked(index, card, (fact,), said, whose, fact.note, given or Given())


def asked_together(index: Index, card: CardSpec, facts: Sequence[Fact]) -> Asked:
    """Each told in a sentence of its own."""
    truth = " ".join(statement(index, fact, attribution(index, fact)) for fact in facts)
    return Asked(index, card, tuple(facts), truth, Attribution(), _notes(index, facts))


def _notes(index: Index, facts: Sequence[Fact]) -> str:
    """Each with what it is on, unless one is on all of them."""
    if len({fact.note for fact in facts}) == 1:
        return facts[0].note
    alone = len({fact.about for fact in facts}) == 1
    return " ".join(_note_on(index, fact, alone) for fact in facts if fact.note)


def _note_on(index: Index, fact: Fact, alone: bool) -> str:
    """A note as it stands among those on others: with the name it speaks of, be it for "he"."""
    key = fact.value if alone else fact.about
    if alone and index.kind(fact) is not ValueKind.ENTITY:
        return _as_to(value_text(index, fact, fact.value), fact.note)
    entity, name = index.entity(key), index.said(key).running
    if any(_holds(fact.note, each) for each in (entity.name, entity.surname)):
        return fact.note
    if index.is_person(key) and (somebody := _SOMEBODY.match(fact.note)):
        return name + fact.note[somebody.end() :]
    return _as_to(name, fact.note)


def _as_to(name: str, note: str) -> str:
    first = note.partition(" ")[0]
    small = first.lower() + note[len(first) :] if first in _OPENING else begins_small(note)
    return _AS_TO.format(name, small)


def _holds(text: str, name: str) -> bool:
    return bool(name) and f" {fold(name)} " in f" {fold(text)} "


def asked_in_one(index: Index, card: CardSpec, facts: Sequence[Fact]) -> Asked:
    """A list, told in one sentence."""
    return replace(asked_together(index, card, facts), statement=all_in_one(index, facts))


def value_stems(asked: Asked) -> list[Stem]:
    """Wordings that leave the answer open."""
    index, fact = asked.index, asked.fact
    templates = wordings_for(index, fact)
    full = stems(index, fact, templates, asked.attribution)
    return [*full, *spare_stems(index, fact, templates, asking_words(index, fact))]


def closed_stems(asked: Asked, open_: Sequence[Stem]) -> list[Stem]:
    """Wordings for a choice: "which of these" first; those that ask for the only value where
    there is one."""
    index, fact = asked.index, asked.fact
    relation = index.relation(fact)
    found = stems(index, fact, relation.which, asked.attribution)
    if relation.single or len(index.deck.by_group[fact.group]) == 1:
        found += open_
    return [*found, *spare_stems(index, fact, relation.which, asking_words(index, fact))]


def subject_stems(asked: Asked) -> tuple[list[Stem], list[Stem]]:
    """Wordings for a choice alone, "Which of these …", and those that need no options."""
    index, fact = asked.index, asked.fact
    words = subject_words(index, fact)
    templates: tuple[list[str], list[str]] = ([], [])
    for text in index.relation(fact).reverse:
        templates[not asks_among(text)].append(text)
    among, alone = (stems(index, fact, some, Attribution(), words) for some in templates)
    return among, alone
