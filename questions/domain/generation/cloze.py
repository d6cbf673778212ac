"""Gaps: a true statement with its value left out."""

from __future__ import annotations

from collections.abc import Iterator

from questions.domain.facts import ValueKind
from questions.domain.generation.asking import fill_best, fill_without, said_finer, with_blank
from questions.domain.generation.expecting import expect_value
from questions.domain.generation.gaps import beside, hint
from questions.domain.generation.item import GAP
from questions.domain.generation.typed import disagreeing
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form
from questions.domain.wording import BLANK

_PLAIN = ("plain", "about", "over", "under")


def clozes(asked: Asked) -> Iterator[Try]:
    if not gap_fits(asked):
        return
    index, fact = asked.index, asked.fact
    wanted = frozenset(name for name, _ in fact.qualifiers)
    templates, words = index.relation(fact).state, with_blank(index, fact)
    filled = fill_best(templates, words, wanted)
    filled += [done for text in templates for done in fill_without(index, fact, text, words)]
    others, finer = disagreeing(asked), said_finer(index, fact)
    for at, done in enumerate(filled):
        text = asked.attribution.begin(done)
        if text.count(BLANK) != 1:
            continue
        before, after = text.split(BLANK)
        before, after = _neutral(before), beside(hint(index, fact, before, after) or "", after)
        expected = expect_value(index, fact, before, others=others, accept=finer)
        content = {"before": before, "after": after, "expected": expected.to_json()}
        stem = f"{before}{GAP}{after}"
        yield asked.written(f"cloze:{at}", Form.CLOZE, stem, content), done.names


def _neutral(before: str) -> str:
    """An article before the gap must not tell how the answer begins."""
    for article in (" a ", " an "):
        if before.endswith(article):
            return before[: -len(article)] + " a(n) "
    return before


def gap_fits(asked: Asked) -> bool:
    """Intervals, ratios and ranges are several values in one gap."""
    fact = asked.fact
    match asked.index.kind(fact):
        case ValueKind.DATE:
            return fact.span().granularity != "interval"
        case ValueKind.NUMBER:
            return fact.quantity().shape in _PLAIN
        case kind:
            return kind is not ValueKind.TEXT
