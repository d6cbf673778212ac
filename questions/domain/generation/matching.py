"""Matching: each left has exactly one right among those shown, and one right is left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.index import Index, grouped
from questions.domain.generation.item import Item
from questions.domain.generation.scales import look, value_text
from questions.domain.generation.text import cue_words, cues, holds_tokens, holds_words, scripts
from questions.domain.generation.truth import compatible, value_beside
from questions.domain.generation.variety import chance
from questions.domain.generation.writing import Asked, Try
from questions.domain.messages import gettext_noop
from questions.domain.questions import Form
from questions.domain.vetoes import are_vetoed_together

FEWEST, MOST = 3, 4
_SETS = 3
_SPARE = 8


def matchings(index: Index, relation: str) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Sets of facts whose subjects are to be matched with their values; the last one's value is
    the spare. By the types of both ends, so that nothing can be matched by its look."""
    for kind, facts in grouped(_pairable(index, relation), lambda f: _look(index, f)).items():
        name = "-".join(part for part in kind if part) or "all"
        count = min(_SETS, max(1, len(facts) // _SPARE))
        ordered = sorted(facts, key=lambda fact: chance("pairs", fact.uid))
        for at in range(count):
            chosen = _one_to_one(index, ordered[at::count])
            if len(chosen) > FEWEST:
                yield f"{name}-{at}", chosen


def settled_pairs(index: Index, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """What is left of a set after some of its facts changed; nothing if too little is."""
    if not facts:
        return ()
    pairable = {fact.uid for fact in _pairable(index, facts[0].relation)}
    left = [fact for fact in facts if fact.uid in pairable]
    kinds = {_look(index, fact) for fact in left}
    ordered = sorted(left, key=lambda fact: chance("pairs", fact.uid))
    chosen = _one_to_one(index, ordered) if len(kinds) == 1 else ()
    return chosen if len(chosen) > FEWEST else ()


def _pairable(index: Index, relation: str) -> list[Fact]:
    facts = index.deck.by_relation.get(relation, ())
    return [
        fact
        for fact in facts
        if fact.settled
        and fact.asked_in(Form.MATCHING)
        and not index.conflict(fact.group)
        and index.kind(fact) is not ValueKind.TEXT
        and not _cued(index, fact)
    ]


def _look(index: Index, fact: Fact) -> tuple[str, str]:
    left = index.entity(fact.about).type
    match index.kind(fact):
        case ValueKind.ENTITY:
            return left, index.entity(fact.value).type
        case ValueKind.DATE:
            return left, look(fact.span())
        case ValueKind.NUMBER:
            return left, index.deck.unit_of(fact)
        case _:
            return left, "".join(sorted(scripts(fact.value)))


def _cued(index: Index, fact: Fact) -> bool:
    """Whether the left names the right."""
    left, right = index.entity(fact.about).name, value_text(index, fact, fact.value)
    return bool(cues(cue_words(left), cue_words(right)))


def _one_to_one(index: Index, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    chosen: list[Fact] = []
    for fact in facts:
        if len(chosen) <= MOST and all(_fair_beside(index, fact, other) for other in chosen):
            chosen.append(fact)
    return tuple(chosen)


def _fair_beside(index: Index, one: Fact, two: Fact) -> bool:
    return not are_vetoed_together(one, two) and exclusive(index, one, two)


def exclusive(index: Index, one: Fact, two: Fact) -> bool:
    """Whether neither subject can be matched with the other's value, or may stand beside it."""
    relation = index.relation(one)
    if one.about == two.about or index.related(one.about, two.about):
        return False
    texts = [value_text(index, fact, fact.value) for fact in (one, two)]
    if relation.value is ValueKind.ENTITY and holds_tokens(*texts):
        return False
    if relation.value is ValueKind.TERM and holds_words(*texts):
        return False
    return not _could_have(index, one.about, two) and not _could_have(index, two.about, one)


def _could_have(index: Index, about: str, fact: Fact) -> bool:
    """Whether any source gives a subject this fact's value, or a sister relation does."""
    relation = index.relation(fact)
    kindred = (fact.relation, *sorted(index.sisters.get(fact.relation, ())))
    return any(
        index.kind(said) is relation.value
        and compatible(index, relation, value_beside(index, said, fact), fact.value)
        for key in kindred
        for said in index.of(about, key)
    )


def all_exclusive(index: Index, facts: Sequence[Fact]) -> bool:
    return all(exclusive(index, one, two) for one, two in combinations(facts, 2))


def pairings(asked: Asked) -> Iterator[Try]:
    index = asked.index
    *paired, spare = asked.facts
    pairs = [
        [index.entity(fact.about).name, value_text(index, fact, fact.value)] for fact in paired
    ]
    content = {"pairs": pairs, "spares": [value_text(index, spare, spare.value)]}
    stem = index.relation(spare).match
    yield asked.written("matching", Form.MATCHING, stem, content), frozenset()


def one_to_one(item: Item) -> str:
    """Why a matching set could be answered in two ways, or answers itself."""
    if item.question.form is not Form.MATCHING:
        return ""
    if not item.content.get("spares"):
        return gettext_noop("Without a spare the last pair answers itself.")
    rights = [right for _, right in item.content["pairs"]] + list(item.content["spares"])
    if len(set(rights)) < len(rights) or not all_exclusive(item.index, item.facts):
        return gettext_noop("A left side could be matched with two right sides.")
    return ""
