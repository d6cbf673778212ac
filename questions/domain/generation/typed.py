"""Typed answers: the learner recalls a name, a date, a figure or a term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from questions.domain.facts import Fact
from questions.domain.generation.asking import (
    Attribution,
    Stem,
    attribution,
    best_supported,
    said_finer,
    statement,
    stems,
)
from questions.domain.generation.expecting import expect_subject, expect_value
from questions.domain.generation.index import Index
from questions.domain.generation.truth import superseded
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form


def typed_values(asked: Asked, wordings: Sequence[Stem]) -> Iterator[Try]:
    index, fact = asked.index, asked.fact
    others, finer = disagreeing(asked), said_finer(index, fact)
    for at, stem in enumerate(wordings):
        expected = expect_value(index, fact, stem.text, others=others, accept=finer)
        content = {"expected": expected.to_json()}
        yield asked.written(f"typed:{at}", Form.TYPED, stem.text, content), stem.names


def typed_any(asked: Asked, templates: Sequence[str]) -> Iterator[Try]:
    """Of facts in conflict: asked without naming a source, any sourced value being right. That is
    said, or who knows of the conflict would ask whose word is wanted."""
    index, fact = asked.index, asked.fact
    disputed = disputing(asked)
    if not disputed or best_supported(index, disputed).uid != fact.uid:
        return
    told = replace(asked, statement=_as_each_says(index, disputed) or asked.statement)
    for stem in stems(index, fact, templates, Attribution(any_source=True))[:1]:
        others = [other for other in disputed if other.uid != fact.uid]
        aside = [other for other in disagreeing(asked) if not other.askable]
        expected = expect_value(index, fact, stem.text, others=aside, accept=others)
        content = {"expected": expected.to_json()}
        yield told.written("typed:any", Form.TYPED, stem.text, content), stem.names


def _as_each_says(index: Index, disputed: Iterable[Fact]) -> str:
    """Nobody who answered by one source is told another's word as if it were the truth."""
    whose = ((fact, attribution(index, fact)) for fact in disputed)
    said = (statement(index, fact, by) for fact, by in whose if not by.refused)
    return " ".join(dict.fromkeys(said))


def disagreeing(asked: Asked) -> list[Fact]:
    """What other sources say instead, be it put aside: it earns part of the credit."""
    index, fact = asked.index, asked.fact
    aside = (other for other in index.deck.by_group[fact.group] if superseded(index, other))
    return [other for other in (*disputing(asked), *aside) if not index.deck.agree(fact, other)]


def disputing(asked: Asked) -> tuple[Fact, ...]:
    return asked.index.conflict(asked.fact.group)


def typed_subjects(asked: Asked, wordings: Sequence[Stem]) -> Iterator[Try]:
    expected = expect_subject(asked.index, asked.fact).to_json()
    for at, stem in enumerate(wordings):
        content = {"expected": expected}
        yield asked.written(f"typed:{at}", Form.TYPED, stem.text, content), stem.names
