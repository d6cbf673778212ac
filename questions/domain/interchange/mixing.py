"""Lists whose members are of one type with quite other things, which then stand beside them."""

from __future__ import annotations

from collections.abc import Iterator

from questions.domain.facts import Deck, Group, ValueKind
from questions.domain.interchange.naming import named, some
from questions.domain.interchange.phrasing import FEWEST_STEPS
from questions.domain.messages import Sentence, gettext_noop


def mixed_lists(deck: Deck, most: int | None) -> Iterator[Sentence]:
    found = [named(group) for group in sorted(deck.complete) if _is_mixed(deck, group)]
    if found:
        yield Sentence(
            gettext_noop(
                "Beside members of these lists only members of quite other lists, or none, can be "
                "offered as wrong answers, since they are of one type: %(names)s. Give the members "
                "a type of their own, and it one or two things that are not among them."
            ),
            names=some(found, most),
        )


def _is_mixed(deck: Deck, group: Group) -> bool:
    facts = [fact for fact in deck.by_group.get(group, ()) if fact.askable]
    if len(facts) < FEWEST_STEPS or deck.relation_of(facts[0]).value is not ValueKind.ENTITY:
        return False
    members = {fact.value for fact in facts}
    if any(one.relation != group[1] for key in members for one in deck.by_entity[key]):
        return False  # what is told of for more than its list is known otherwise
    types = {deck.entities[value].type for value in members}
    others = {key for key, one in deck.entities.items() if one.type in types} - members - {group[0]}
    return bool(others) and not any(_is_rival(deck, group, key) for key in others)


def _is_rival(deck: Deck, group: Group, key: str) -> bool:
    """Told of another subject of that type, or entered for nothing but to stand beside them."""
    facts, kind = deck.by_entity.get(key, ()), deck.entities[group[0]].type
    told = (one for one in facts if one.relation == group[1] and one.value == key)
    return not facts or any(deck.entities[one.about].type == kind for one in told)
