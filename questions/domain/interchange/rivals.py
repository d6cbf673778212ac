"""Advice on what stands beside a right answer: people of no time, causes of something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from questions.domain.facts import Deck, Fact, ValueKind
from questions.domain.interchange.naming import some
from questions.domain.messages import Sentence, gettext_noop

FEWEST_TIMED, FEWEST_PHRASES = 3, 4
_NAMED = (ValueKind.ENTITY, ValueKind.TERM)


def timeless(deck: Deck, most: int | None) -> Iterator[Sentence]:
    """People whose time the deck does not tell, in relations in which it tells that of others."""
    without: set[str] = set()
    for facts in deck.by_relation.values():
        for people in _people(deck, [fact for fact in facts if fact.askable]):
            timed = {key for key in people if deck.entities[key].active or _has_dates(deck, key)}
            if len(timed) >= FEWEST_TIMED:
                without |= people - timed
    if without:
        yield Sentence(
            gettext_noop(
                "When these people were the deck does not say, as it does of others beside whom "
                "they are offered as wrong answers of any time: %(names)s. Give them “active”."
            ),
            names=some(sorted(without), most),
        )


def _people(deck: Deck, facts: Sequence[Fact]) -> Iterator[set[str]]:
    """Of whom a relation tells something, and who is told of somebody or something."""
    for keys in ({fact.about for fact in facts}, {fact.value for fact in facts}):
        known = (deck.entities[key] for key in keys if key in deck.entities)
        yield {one.key for one in known if deck.vocabulary.is_person(one.type)}


def _has_dates(deck: Deck, key: str) -> bool:
    """Whether two of its dates make a life."""
    facts = (fact for fact in deck.by_entity.get(key, ()) if fact.about == key and fact.askable)
    dated = {one.relation for one in facts if deck.relation_of(one).value is ValueKind.DATE}
    return len(dated) > 1


def descriptions(deck: Deck, most: int | None) -> Iterator[Sentence]:
    """Relations of phrases that each fit one subject, as causes do: beside it another subject's may
    be absurd, which only whoever knows the matter sees."""
    found = [key for key, facts in deck.by_relation.items() if _describes(deck, facts)]
    if found:
        yield Sentence(
            gettext_noop(
                "Each value describes something of its own: %(names)s. It is offered beside all "
                "others as a wrong answer: where that would be absurd, say “never_with”, or give "
                "“forms” without choice and true_false."
            ),
            names=some(found, most),
        )


def _describes(deck: Deck, facts: Sequence[Fact]) -> bool:
    """Whether names on both sides are phrases and not names, no two facts alike."""
    asked = [fact for fact in facts if fact.askable]
    kind = deck.relation_of(facts[0]).value
    if len(asked) < FEWEST_PHRASES or kind not in _NAMED:
        return False
    if len({fact.value for fact in asked}) < len(asked):
        return False
    ends = [
        [_name(deck, fact.about) for fact in asked],
        [_name(deck, fact.value) for fact in asked],
    ]
    return all(map(_are_phrases, ends))


def _are_phrases(names: Sequence[str]) -> bool:
    small = sum(name[:1].islower() for name in names)
    return small > len(names) / 2 and sum(len(name.split()) for name in names) >= 3 * len(names)


def _name(deck: Deck, value: str) -> str:
    return deck.entities[value].name if value in deck.entities else value
