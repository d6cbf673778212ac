"""A deck's entities, as its teacher sees them: their names, and what speaks of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet, TextField
from django.db.models.functions import Cast, Lower
from django.utils.text import capfirst

from questions.domain import facts as domain
from questions.domain.facts import Vocabulary
from questions.domain.grading.alike import folded
from questions.domain.grading.names import bearer
from questions.domain.interchange.reading_entities import folded as same_name
from questions.domain.interchange.vocabulary import TEXT
from questions.models import AuthoredQuestion, Deck, Entity, Fact, Question
from questions.models.as_data import entity_as_data
from questions.queries.authoring import entity_names
from questions.queries.facts import vocabulary_for
from questions.queries.names import fresh_index
from questions.queries.statements import say_facts

PER_PAGE = 50
MOST_SHOWN = 20

Places = Mapping[str, Collection[str]]


# --- the list -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntityRow:
    """`others` are its other names, `facts` how many facts name it in whatever place."""

    entity: Entity
    type: str
    others: list[str]
    facts: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    page: Page[Entity] | Page[str]
    rows: list[EntityRow]


def entity_page(deck: Deck, text: str, number: str | None) -> EntityPage:
    """Entities one of whose names holds the text, in any case and with or without accents."""
    if not text:
        rows = _live(deck).order_by(Lower("name"), "pk")
        page = Paginator(rows, PER_PAGE).get_page(number)
        return EntityPage(page, _rows(deck, list(page.object_list)))
    found = Paginator(entity_names(deck).holding(text), PER_PAGE).get_page(number)
    by_key = {row.key: row for row in _live(deck).filter(key__in=list(found.object_list))}
    return EntityPage(found, _rows(deck, [by_key[key] for key in found if key in by_key]))


def _live(deck: Deck) -> QuerySet[Entity]:
    return Entity.objects.filter(deck=deck, removed=False)


def _rows(deck: Deck, entities: list[Entity]) -> list[EntityRow]:
    vocabulary, counts = vocabulary_for(deck), _counts(deck, entities)
    return [
        EntityRow(
            each,
            type_label(each, vocabulary),
            [alias["name"] for alias in each.aliases],
            counts[each.key],
        )
        for each in entities
    ]


def type_label(entity: Entity, vocabulary: Vocabulary) -> str:
    found = vocabulary.types.get(entity.type)
    return capfirst(found.label if found else entity.type)


def _counts(deck: Deck, entities: list[Entity]) -> Mapping[str, int]:
    """By key, each fact once: where an entity is subject or value and stands in no qualifier, and
    where it does. Three queries."""
    keys, places = {each.pk: each.key for each in entities}, _places(vocabulary_for(deck))
    facts = Fact.objects.live().filter(deck=deck).order_by()
    counts: Counter[str] = Counter()
    for rows, end in ((facts, "about"), (facts.exclude(value_entity=F("about")), "value_entity")):
        alike = rows.filter(**{f"{end}__in": keys}).values_list(end, "relation", "qualifiers")
        for pk, relation, qualifiers, number in alike.annotate(number=Count("pk")):
            if keys[pk] not in _named(relation, qualifiers, places):
                counts[keys[pk]] += number
    alike = facts.exclude(qualifiers={}).values_list("relation", "qualifiers")
    for relation, qualifiers, number in alike.annotate(number=Count("pk")):
        counts.update(dict.fromkeys(_named(relation, qualifiers, places), number))
    return counts


def _named(relation: str, qualifiers: Mapping[str, str], places: Places) -> set[str]:
    return {value for name, value in qualifiers.items() if relation in places.get(name, ())}


def _places(vocabulary: Vocabulary) -> Places:
    """The qualifiers that name entities, each with the relations that have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for relation in vocabulary.relations.values():
        for name, kind in relation.qualifiers.items():
            if kind != TEXT:
                found[name].append(relation.key)
    return found


# --- what speaks of one ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Uses:
    """What names an entity: `facts` in words, the first of `count`; the first `parts` of those
    that are part of it or on its side."""

    facts: list[tuple[Fact, str]]
    count: int
    parts: list[Entity]
    parts_count: int

    def __bool__(self) -> bool:
        return bool(self.count or self.parts)

    @property
    def more(self) -> int:
        return self.count - len(self.facts)

    @property
    def more_parts(self) -> int:
        return self.parts_count - len(self.parts)


def uses_of(entity: Entity) -> Uses:
    facts = facts_naming(entity)
    first = list(facts.select_related("deck", "about", "value_entity")[:MOST_SHOWN])
    said = say_facts(first)
    shown = [(fact, said[fact.pk]) for fact in first]
    parts = _live(entity.deck).filter(Q(part_of=entity.key) | Q(side=entity.key))
    return Uses(shown, facts.count(), list(parts[:MOST_SHOWN]), parts.count())


def facts_naming(entity: Entity) -> QuerySet[Fact]:
    """Facts in which it is subject, value or a qualifier."""
    named = Q(about=entity) | Q(value_entity=entity)
    for name, relations in _places(vocabulary_for(entity.deck)).items():
        named |= Q(relation__in=relations, **{f"qualifiers__{name}": entity.key})
    return Fact.objects.live().filter(named, deck=entity.deck_id)


def told_fields(entity: Entity, vocabulary: Vocabulary) -> set[str]:
    """Which of surname, titles, side and time its type has: persons all, others what the deck
    gives one of them."""
    persons = {"surname", "titles", "side", "active"}
    if vocabulary.is_a(entity.type, ("person",)):
        return persons
    same = _live(entity.deck).filter(type=entity.type)
    given = same.aggregate(surname=Max("surname"), side=Max("side"), active=Max("active"))
    return {name for name, text in given.items() if text} | ({"titles"} if entity.titles else set())


# --- names that are taken -------------------------------------------------------------


def taken_name(entity: Entity, said: domain.Entity) -> tuple[str, str] | None:
    """A name that is given anew and already is what the deck calls something else of that kind,
    with what that is called. An exact name may not be another's of its type in any case, or the
    deck's file could not be read again."""
    others = _exact_names(entity)
    for text in said.names:
        if other := others.get(same_name(text)):
            return text, other
    new = _new_names(entity_as_data(entity), said)
    if not new:
        return None
    index = fresh_index(entity.deck)
    found = ((text, bearer(text, entity.key, index)) for text in new)
    return next(((text, other.name) for text, other in found if other), None)


def _exact_names(entity: Entity) -> dict[str, str]:
    """Of all others of its type, with whose each is."""
    rows = _live(entity.deck).filter(type=entity.type).exclude(pk=entity.pk)
    return {
        same_name(text): name
        for name, aliases in rows.values_list("name", "aliases")
        for text in (name, *(each["name"] for each in aliases if not each.get("loose")))
    }


def _new_names(before: domain.Entity, after: domain.Entity) -> list[str]:
    known = {same_name(text) for text in before.names}
    loose = known | {same_name(alias.text) for alias in before.aliases}
    return [
        *(text for text in after.names if same_name(text) not in known),
        *(each.text for each in after.aliases if each.loose and same_name(each.text) not in loose),
    ]


# --- questions that speak of one -------------------------------------------------------


def questions_naming(entity: Entity) -> set[str]:
    """What `rewrite_questions` is to look at: facts that name it, facts of whose questions it is
    a wrong answer, and questions by hand that it answers."""
    facts = set(facts_naming(entity).values_list("uid", flat=True))
    return facts | set(_offering(entity)) | set(_by_hand(entity))


def _offering(entity: Entity) -> Iterator[str]:
    """By its key or name in what questions hold, as either database writes it."""
    as_json = (json.dumps(entity.key), json.dumps(entity.name)[1:-1])
    texts = (*as_json, f'"{entity.key}"', entity.name)
    held = Q()
    for text in dict.fromkeys(texts):
        held |= Q(written__contains=text)
    rows = Question.objects.filter(card__deck=entity.deck, card__retired=False)
    live = rows.exclude(state=Question.State.RETIRED).annotate(written=Cast("content", TextField()))
    for uids in live.filter(held).order_by().values_list("card__facts", flat=True):
        yield from uids


def _by_hand(entity: Entity) -> Iterator[str]:
    names = {folded(text) for text in entity_as_data(entity).names}
    rows = AuthoredQuestion.objects.filter(deck=entity.deck, removed=False)
    for key_id, key, accept in rows.values_list("key_id", "key", "accept"):
        if not names.isdisjoint(map(folded, (key, *accept))):
            yield f"authored:{key_id}"


def circle(entity: Entity, whole: str) -> list[str]:
    """The names on the way round, if the entity were part of that."""
    rows = _live(entity.deck).exclude(pk=entity.pk).values_list("key", "part_of", "name")
    wholes = {key: (part_of, name) for key, part_of, name in rows}
    path, at, names = {entity.key}, whole, [entity.name]
    while at and at not in path and at in wholes:
        path.add(at)
        names.append(wholes[at][1])
        at = wholes[at][0]
    return [*names, entity.name] if at == entity.key else []
