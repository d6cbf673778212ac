"""A question together with what it rests on: what the rules look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from questions.domain.facts import Fact, Relation
from questions.domain.generation.asking import asking_words, attribution, stems
from questions.domain.generation.index import Index
from questions.domain.questions import CardSpec, Direction, Form, Written

_ACCORDING = "According to "


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
    relation, words = item.relation, asking_words(item.index, item.fact)
    own = attribution(item.index, item.fact)
    templates = (*relation.ask, *relation.which, *relation.reverse, *relation.list)
    for stem in stems(item.index, item.fact, templates, own, words, most=len(templates)):
        if stem.text == item.question.stem:
            return stem.names
    if item.question.form in (Form.CLOZE, Form.TRUE_FALSE):
        return frozenset(name for name, _ in item.fact.qualifiers)
    return frozenset()
