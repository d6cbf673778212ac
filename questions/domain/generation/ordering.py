"""Orderings: events of one relation whose times do not overlap, to be put in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.index import Index, grouped
from questions.domain.generation.truth import instead_of
from questions.domain.generation.variety import chance
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form
from questions.domain.values import say_date

FEWEST, MOST = 4, 5
_SETS = 4
"""Chronologies of one topic; more would ask the same order again and again."""
_SPARE = 7
"""Events for each set: some fall out because they overlap."""
_YEAR = re.compile(r"\d{4}")


def chronologies(index: Index, relation: str) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Sets of four or five events, by topic where it has enough of them, else mixed."""
    rest: list[Fact] = []
    for topic, facts in grouped(datable(index, relation), index.deck.topic_of).items():
        sets = list(_sets(topic or "all", facts)) if topic else []
        if sets:
            yield from sets
        else:
            rest.extend(facts)
    yield from _sets("mixed", rest)


def settled_order(index: Index, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What is left of a set after some of its facts changed; nothing if too little is."""
    if not facts:
        return ()
    known = {fact.uid for fact in datable(index, facts[0].relation)}
    chosen = disjoint([fact for fact in facts if fact.uid in known])
    return chosen if len(chosen) >= FEWEST else ()


def datable(index: Index, relation: str) -> list[Fact]:
    """The relation's events whose time is settled, known once, and not in their names."""
    facts = index.deck.by_relation.get(relation, ())
    subjects = grouped((one for one in facts if _tells(index, one)), lambda fact: fact.about)
    return [
        fact
        for fact in facts
        if fact.settled
        and fact.asked_in(Form.ORDERING)
        and index.relation(fact).value is ValueKind.DATE
        and len(subjects[fact.about]) == 1
        and not _YEAR.search(index.entity(fact.about).name)
    ]


def _tells(index: Index, fact: Fact) -> bool:
    """A date that is put aside tells of another time, unless one stands in its place."""
    return next(instead_of(index, fact), None) is None


def _sets(name: str, facts: Sequence[Fact]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Which set an event belongs to follows from its uid, so that a new date does not move it."""
    if len(facts) < FEWEST:
        return
    count = min(_SETS, max(1, len(facts) // _SPARE))
    ordered = sorted(facts, key=lambda fact: chance("order", fact.uid))
    for at in range(count):
        chosen = disjoint(ordered[at::count])
        if len(chosen) >= FEWEST:
            yield f"{name}-{at}" if at else name, chosen


def disjoint(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """As many as do not overlap, at most five, earliest first. An approximate date keeps a
    year's distance."""
    chosen: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: (fact.span().high, fact.uid)):
        if not chosen or clearly_before(chosen[-1], fact):
            chosen.append(fact)
    step = len(chosen) / min(len(chosen), MOST) if chosen else 1
    return tuple(chosen[int(at * step)] for at in range(min(len(chosen), MOST)))


def clearly_before(one: Fact, two: Fact) -> bool:
    first, second = one.span(), two.span()
    if not first.before(second):
        return False
    vague = first.approximate or second.approximate
    return not vague or second.low[0] - first.high[0] > 1


def orderings(asked: Asked) -> Iterator[Try]:
    index = asked.index
    items = [
        {"text": index.entity(fact.about).name, "when": say_date(fact.span())}
        for fact in asked.facts
    ]
    stem = index.relation(asked.fact).order
    yield asked.written("ordering", Form.ORDERING, stem, {"items": items}), frozenset()
