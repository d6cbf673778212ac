"""How a fact is known again when its deck is read again.

A fact's `uid` carries the cards and memories made of it. A new fact gets one from what it says;
`diff.match` hands it on when the value, but not the fact, has changed.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable
from dataclasses import replace
from hashlib import blake2b

from questions.domain.facts import Fact

Statement = tuple[str, str, tuple[tuple[str, str], ...], str, str]


def statement(fact: Fact) -> Statement:
    """What the fact says, whoever says it: two facts with one statement are one fact."""
    return fact.about, fact.relation, fact.qualifiers, fact.value, fact.unit


def state_of(thing: object) -> str:
    """A mark of all that a thing says: whoever saw another mark saw it before it was changed."""
    return blake2b(repr(thing).encode(), digest_size=16).hexdigest()


def with_uids(facts: Iterable[Fact], taken: Collection[str] = ()) -> tuple[Fact, ...]:
    """The facts, those without a uid now with one: their id, or a hash of their statement.

    A uid that is taken is avoided, so that the same facts in the same order get the same uids.
    """
    facts = tuple(facts)
    used = {*taken, *(fact.uid for fact in facts if fact.uid)}
    named = {fact.id for fact in facts if fact.id}
    found = []
    for fact in facts:
        uid = fact.uid or _free_uid(fact, used, named)
        used.add(uid)
        found.append(fact if fact.uid else replace(fact, uid=uid))
    return tuple(found)


def _free_uid(fact: Fact, used: Collection[str], named: Collection[str]) -> str:
    if fact.id and fact.id not in used:
        return fact.id
    salt = 0
    while (uid := _hash(fact, salt)) in used or uid in named:
        salt += 1
    return uid


def _hash(fact: Fact, salt: int) -> str:
    """Fifty bits: a hundred thousand facts collide once in two hundred thousand decks."""
    parts = (fact.about, fact.relation, *sum(fact.qualifiers, ()), fact.value, fact.unit)
    text = "\x1f".join((*parts, str(salt)) if salt else parts)
    digest = blake2b(text.encode(), digest_size=7).digest()
    return base64.b32encode(digest).decode().lower()[:10]
