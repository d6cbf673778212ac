"""Edits of a deck as its teachers make them, drawn at random: each returns the facts whose
questions are to be refreshed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from django.db.models import QuerySet

from questions.domain.facts import ValueKind
from questions.models import Deck, Entity, Fact, Support
from questions.queries.facts import vocabulary_for
from questions.services.facts import touched_by
from questions.services.revisions import count_up

Edit = Callable[[Deck, Random], set[str]]


def change_value(deck: Deck, random: Random) -> set[str]:
    """To one that another subject has, or to a new date or figure."""
    fact = _some_fact(deck, random)
    touched = touched_by(fact)
    fact.value, fact.value_entity = _other_value(fact, random)
    if _stands(fact):
        return set()
    fact.save()
    return {*touched, fact.uid}


def change_rank(deck: Deck, random: Random) -> set[str]:
    fact = _some_fact(deck, random)
    touched = touched_by(fact)
    fact.rank = random.choice([rank for rank in Fact.Rank.values if rank != fact.rank])
    fact.save()
    return touched


def change_status(deck: Deck, random: Random) -> set[str]:
    fact = _some_fact(deck, random)
    touched = touched_by(fact)
    fact.status = [] if fact.status else ["uncertain"]
    fact.save()
    return touched


def add(deck: Deck, random: Random) -> set[str]:
    """A fact like another, said of another subject or with another value."""
    model = _some_fact(deck, random)
    new = Fact(deck=deck, uid=f"new{Fact.objects.filter(deck=deck).count()}", about=model.about)
    new.relation, new.unit, new.qualifiers = model.relation, model.unit, model.qualifiers
    new.value, new.value_entity = _other_value(model, random)
    if random.random() < 0.5:
        subjects = Entity.objects.filter(deck=deck, type=model.about.type, removed=False)
        new.about = _one(subjects.order_by("pk"), random)
    new.position = Fact.objects.filter(deck=deck).count()
    if _stands(new):
        return set()
    new.save()
    support = model.supports.get()
    Support.objects.create(fact=new, passage=support.passage)
    return {new.uid}


def remove(deck: Deck, random: Random) -> set[str]:
    fact = _some_fact(deck, random)
    fact.removed = True
    fact.save()
    return touched_by(fact)


def restore(deck: Deck, random: Random) -> set[str]:
    gone = Fact.objects.filter(deck=deck, removed=True).order_by("pk")
    if not gone:
        return set()
    fact = _one(gone, random)
    if _stands(fact):
        return set()
    fact.removed = False
    fact.save()
    return touched_by(fact)


EDITS: dict[str, Edit] = {
    "value": change_value,
    "rank": change_rank,
    "status": change_status,
    "new": add,
    "removal": remove,
    "return": restore,
}


def begin(deck: Deck) -> Deck:
    """As every edit begins: the deck's revision counted up."""
    count_up(deck.pk)
    return Deck.objects.get(pk=deck.pk)


def _some_fact(deck: Deck, random: Random) -> Fact:
    rows = deck.facts.filter(removed=False).order_by("pk")
    return rows[random.randrange(rows.count())]


def _one(rows: QuerySet[Any], random: Random) -> Any:
    return rows[random.randrange(rows.count())]


def _stands(fact: Fact) -> bool:
    """Whether the deck says it already."""
    same = Fact.objects.filter(deck=fact.deck, about=fact.about, relation=fact.relation)
    alike = same.filter(value=fact.value, unit=fact.unit).exclude(pk=fact.pk)
    return any(one.qualifiers == fact.qualifiers for one in alike)


def _other_value(fact: Fact, random: Random) -> tuple[str, Entity | None]:
    kind = vocabulary_for(fact.deck).relations[fact.relation].value
    if kind is ValueKind.DATE and random.random() < 0.5:
        day = f"{random.randint(1650, 1890)}-{random.randint(1, 12):02}"
        return random.choice([day, f"{day}-{random.randint(1, 28):02}", day[:4]]), None
    if kind is ValueKind.NUMBER and random.random() < 0.5:
        amount = random.randint(11, 99) * random.choice([1, 10, 100])
        return random.choice([str(amount), f"~{amount}"]), None
    alike = Fact.objects.filter(deck=fact.deck, relation=fact.relation, unit=fact.unit)
    other = _one(alike.order_by("pk"), random)
    return other.value, other.value_entity
