"""Lists whose members are of one type with quite other things, which then stand beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from questions.domain.facts import Deck, Group, ValueKind
from questions.domain.interchange.naming import named, some
from questions.domain.interchange.phrasing import FEWEST_STEPS
from questions.domain.messages import Sentence, gettext_noop

_MOST = 100
"""Entities of one type. A type of more is no type for the parts of something."""


def mixed_lists(deck: Deck, most: int | None) -> Iterator[Sentence]:
    by_type: dict[str, set[str]] = defaultdict(set)
    for key, entity in deck.entities.items():
        by_type[entity.type].add(key)
    found = [named(group) for group in sorted(deck.complete) if _is_mixed(deck, group, by_type)]
    if found:
        yield Sentence(
            gettext_noop(
                "Beside members of these lists only members of quite other lists, or none, can be "
                "offered as wrong answers, since they are of one type: %(names)s. Give the members "
                "a type of their own, with one or two things in it that are not among them; or "
                "leave it where those others are fair beside them."
            ),
            names=some(found, most),
        )


def _is_mixed(deck: Deck, group: Group, by_type: Mapping[str, set[str]]) -> bool:
    facts = [fact for fact in deck.by_group.get(group, ()) if fact.askable]
    if len(facts) < FEWEST_STEPS or deck.relation_of(facts[0]).value is not ValueKind.ENTITY:
        return False
    members = {fact.value for fact in facts}
    if any(one.relation != group[1] for key in members for one in deck.by_entity[key]):
        return False  # what is told of for more than its list is known otherwise
    types = {deck.entities[value].type for value in members}
    if sum(len(by_type[kind]) for kind in types) > _MOST:
        return False
    others = set().union(*(by_type[kind] for kind in types)) - members - {group[0]}
    return bool(others) and not any(_is_rival(deck, group, key) for key in others)


def _is_rival(deck: Deck, group: Group, key: str) -> bool:
    """Told of another subject of that type, or entered for nothing but to stand beside them."""
    facts, kind = deck.by_entity.get(key, ()), deck.entities[group[0]].type
    told = (one for one in facts if one.relation == group[1] and one.value == key)
    return not facts or any(deck.entities[one.about].type == kind for one in told)
