"""A question together with what it rests on: what the rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from questions.domain.facts import Fact, Relation
from questions.domain.generation.asking import (
    Attribution,
    Stem,
    asking_words,
    attribution,
    fill_without,
    list_words,
    stems,
    subject_words,
    with_blank,
)
from questions.domain.generation.index import Index
from questions.domain.questions import CardSpec, Direction, Form, Written
from questions.domain.wording import BLANK

_ACCORDING = "According to "
GAP = "____"
_HINT = re.compile(rf"{GAP}(?P<mark>”?) \([^)]*\)")
_ARTICLE = re.compile(rf"\ba(?:n|\(n\)) (?={GAP})")


@dataclass(frozen=True)
class Item:
    """A question with the facts it rests on. `names` are the relation's slots that it speaks of;
    without them they are read off the deck's wordings."""

    index: Index
    card: CardSpec
    question: Written
    names: frozenset[str] | None = None

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(self.index.by_uid[uid] for uid in self.card.facts if uid in self.index.by_uid)

    @property
    def fact(self) -> Fact:
        return self.facts[0]

    @property
    def content(self) -> Mapping[str, Any]:
        return self.question.content

    @cached_property
    def relation(self) -> Relation:
        return self.index.relation(self.fact)

    @property
    def reverse(self) -> bool:
        return self.card.direction is Direction.SUBJECT

    @property
    def single(self) -> bool:
        """Whether it asks one fact, in one direction or the other."""
        return self.card.direction in (Direction.VALUE, Direction.SUBJECT)

    @cached_property
    def spoken(self) -> frozenset[str]:
        if self.names is not None:
            return self.names
        return _names_of(self)

    @cached_property
    def wrong(self) -> list[Mapping[str, str]]:
        return list(self.content.get("distractors", ()))

    @cached_property
    def disputed(self) -> tuple[Fact, ...]:
        return self.index.conflict(self.fact.group) if self.single else ()

    @property
    def attributed(self) -> bool:
        texts = [self.question.stem, self.content.get("true", "")]
        return any(text.startswith(_ACCORDING) for text in texts)


def _names_of(item: Item) -> frozenset[str]:
    """By matching the stem with the relation's wordings; one found nowhere speaks of nothing, so
    that it must be fair whatever is meant."""
    if item.question.form is Form.TRUE_FALSE:
        return frozenset(name for name, _ in item.fact.qualifiers)
    asked = _plain(item.question.stem)
    for stem in _wordings(item):
        if _plain(stem.text) == asked:
            return stem.names
    return frozenset()


def _wordings(item: Item) -> Iterator[Stem]:
    """Every stem the deck's templates make of the item's fact."""
    index, fact, relation = item.index, item.fact, item.relation
    templates, words = (*relation.ask, *relation.which), asking_words(index, fact)
    if item.card.direction is Direction.LIST:
        ordering = item.question.form is Form.ORDERING
        templates = (relation.order,) if ordering else relation.list
        words = list_words(index, item.facts)
    elif item.reverse:
        templates, words = relation.reverse, subject_words(index, fact)
    elif item.question.form is Form.CLOZE:
        templates, words = relation.state, with_blank(index, fact)
    for whose in (attribution(index, fact), Attribution(), Attribution(any_source=True)):
        yield from stems(index, fact, templates, whose, words, len(templates))
    for text in templates:
        for done in fill_without(index, fact, text, words):
            yield Stem(done.text, done.names)


def _plain(stem: str) -> str:
    """Without what a gap's hint and article add to the wording."""
    return _ARTICLE.sub("a ", _HINT.sub(rf"{GAP}\g<mark>", stem.replace(BLANK, GAP)))
