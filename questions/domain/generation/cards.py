"""Which things to remember a deck's facts give, and the facts each rests on."""

from __future__ import annotations

from collections.abc import Sequence

from questions.domain.facts import AuthoredQuestion, Fact, Group
from questions.domain.generation.distractors import chance
from questions.domain.generation.index import Index
from questions.domain.questions import CardSpec, Direction

_LONGEST = 200


def value_card(index: Index, fact: Fact) -> CardSpec:
    key = f"fact:{fact.uid}:value"
    return CardSpec(key, Direction.VALUE, fact.uid, index.deck.topic_of(fact), (fact.uid,))


def subject_card(index: Index, fact: Fact) -> CardSpec:
    key = f"fact:{fact.uid}:subject"
    return CardSpec(key, Direction.SUBJECT, fact.uid, index.deck.topic_of(fact), (fact.uid,))


def list_card(index: Index, group: Group, facts: Sequence[Fact]) -> CardSpec:
    about, relation, qualifiers = group
    said = ",".join(f"{name}={value}" for name, value in qualifiers)
    return _own_card(f"list:{about}:{relation}:{said}", Direction.LIST, index, facts)


def order_card(index: Index, relation: str, name: str, facts: Sequence[Fact]) -> CardSpec:
    return _own_card(f"order:{relation}:{name}", Direction.CHRONOLOGY, index, facts)


def pairs_card(index: Index, relation: str, name: str, facts: Sequence[Fact]) -> CardSpec:
    return _own_card(f"pairs:{relation}:{name}", Direction.PAIRS, index, facts)


def authored_card(question: AuthoredQuestion) -> CardSpec:
    key = f"authored:{question.id}"
    return CardSpec(key, Direction.AUTHORED, key, question.topic, ())


def _own_card(key: str, direction: Direction, index: Index, facts: Sequence[Fact]) -> CardSpec:
    if len(key) > _LONGEST:
        key = f"{key[:_LONGEST]}#{chance(key):x}"
    topics = {index.deck.topic_of(fact) for fact in facts}
    topic = topics.pop() if len(topics) == 1 else ""
    return CardSpec(key, direction, key, topic, tuple(sorted(fact.uid for fact in facts)))
