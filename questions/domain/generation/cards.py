"""Which things to remember a deck's facts give, and the facts each rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from questions.domain.facts import AuthoredQuestion, Fact, Group
from questions.domain.generation.index import Index
from questions.domain.generation.variety import chance
from questions.domain.questions import CardSpec, Direction

_LONGEST = 200


def value_card(index: Index, fact: Fact) -> CardSpec:
    key = f"fact:{fact.uid}:value"
    return CardSpec(key, Direction.VALUE, fact.uid, index.deck.topic_of(fact), (fact.uid,))


def subject_card(index: Index, fact: Fact) -> CardSpec:
    key = f"fact:{fact.uid}:subject"
    return CardSpec(key, Direction.SUBJECT, fact.uid, index.deck.topic_of(fact), (fact.uid,))


def list_card(index: Index, group: Group, facts: Sequence[Fact]) -> CardSpec:
    return _own_card(list_key(group), Direction.LIST, index, facts)


def list_key(group: Group) -> str:
    about, relation, qualifiers = group
    said = ",".join(f"{name}={value}" for name, value in qualifiers)
    return _short(f"list:{about}:{relation}:{said}")


def order_card(index: Index, relation: str, name: str, facts: Sequence[Fact]) -> CardSpec:
    return _own_card(f"order:{relation}:{name}", Direction.CHRONOLOGY, index, facts)


def pairs_card(index: Index, relation: str, name: str, facts: Sequence[Fact]) -> CardSpec:
    return _own_card(f"pairs:{relation}:{name}", Direction.PAIRS, index, facts)


def authored_card(question: AuthoredQuestion) -> CardSpec:
    key = f"authored:{question.id}"
    return CardSpec(key, Direction.AUTHORED, key, question.topic, ())


def _short(key: str) -> str:
    """Keys of many words are cut and told apart by a hash."""
    return key if len(key) <= _LONGEST else f"{key[:_LONGEST]}#{chance(key):x}"


def _own_card(key: str, direction: Direction, index: Index, facts: Sequence[Fact]) -> CardSpec:
    key = _short(key)
    return of_facts(CardSpec(key, direction, key, "", ()), index, facts)


def of_facts(card: CardSpec, index: Index, facts: Sequence[Fact]) -> CardSpec:
    """The card resting on these facts, filed under their topic if they share one."""
    topics = {index.deck.topic_of(fact) for fact in facts}
    topic = topics.pop() if len(topics) == 1 else ""
    return replace(card, topic=topic, facts=tuple(sorted(fact.uid for fact in facts)))
