"""Editing a deck fact by fact. Each change counts the deck's revision up and rewrites the
questions that it touches; cards and memories stay."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from questions.domain import facts as domain
from questions.domain.facts import ValueKind
from questions.domain.interchange.identity import statement, with_uids
from questions.domain.interchange.reading_facts import FactReader
from questions.domain.interchange.tree import plain_tree
from questions.models import Deck, Entity, Fact, Passage, Source, Support, Topic
from questions.queries.authoring import scene_for, standing_fact
from questions.queries.facts import vocabulary_for
from questions.services.entities import bring_back
from questions.services.generation import write_questions
from questions.services.revisions import locked

# More facts than this about one subject are one list, whose questions the bank rewrites whole.
MOST_TOUCHED = 400


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact as a teacher gives it, with the entities and sources that the deck lacks yet."""

    fact: domain.Fact
    entities: tuple[domain.Entity, ...] = ()
    sources: tuple[domain.Source, ...] = ()


class AlreadyStands(Exception):
    """The deck says this already, in another fact."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact.uid)
        self.fact = fact


class CannotBeSaid(Exception):
    """The deck has no such relation or source any more, or the relation means something else."""


class ChangedMeanwhile(Exception):
    """Somebody saved the fact since the form was opened."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact.uid)
        self.fact = fact


@transaction.atomic
def add_fact(deck: Deck, entry: FactEntry) -> Fact:
    """Raises AlreadyStands. A fact that was deleted and is given again is itself again."""
    deck = locked(deck)
    gone = _removed_twin(deck, entry.fact)
    uid = gone.uid if gone else _new_uid(deck, entry.fact)
    return _save(deck, replace(entry, fact=replace(entry.fact, uid=uid)), gone or Fact(deck=deck))


@transaction.atomic
def change_fact(fact: Fact, entry: FactEntry, seen: datetime) -> Fact:
    """`seen` is the fact's `updated_at` when the form was opened. Raises ChangedMeanwhile and
    AlreadyStands."""
    deck = locked(fact.deck)
    current = Fact.objects.live().get(pk=fact.pk)
    if current.updated_at != seen:
        raise ChangedMeanwhile(current)
    touched = touched_by(current)
    kept = replace(entry.fact, uid=current.uid, id=current.given_id)
    return _save(deck, replace(entry, fact=kept), current, touched)


@transaction.atomic
def remove_fact(fact: Fact) -> None:
    """Marks it; its cards retire with their memories kept. Doing it twice changes nothing."""
    _set_removed(fact, removed=True)


@transaction.atomic
def restore_fact(fact: Fact) -> None:
    """With the names in it that were deleted since. Raises AlreadyStands if the deck has come to
    say the same in another fact, NameTaken if it calls something else so, CannotBeSaid."""
    _set_removed(fact, removed=False)


def touched_by(fact: Fact) -> set[str]:
    """Facts whose questions this one bears upon as it stands: of its subject, and with its
    value. Once it is changed or gone, nothing else leads to them."""
    live = Fact.objects.live().order_by()
    alike = live.filter(deck=fact.deck_id, relation=fact.relation)
    found = [live.filter(about=fact.about_id)]
    if fact.value_entity_id is not None:
        found.append(live.filter(value_entity=fact.value_entity_id, relation=fact.relation))
    elif fact.low is None:
        found.append(alike.filter(value=fact.value))
    else:
        found.append(alike.filter(low__lte=fact.high, high__gte=fact.low))
    rows = (rows.values_list("uid", flat=True)[:MOST_TOUCHED] for rows in found)
    return {fact.uid, *(uid for uids in rows for uid in uids)}


def _removed_twin(deck: Deck, fact: domain.Fact) -> Fact | None:
    about, relation, qualifiers, value, unit = statement(fact)
    rows = Fact.objects.filter(
        deck=deck, removed=True, about__key=about, relation=relation, value=value, unit=unit
    )
    return next((row for row in rows if row.qualifiers == dict(qualifiers)), None)


def _new_uid(deck: Deck, fact: domain.Fact) -> str:
    taken = set(Fact.objects.filter(deck=deck).values_list("uid", flat=True))
    return with_uids([fact], taken)[0].uid


def _save(deck: Deck, entry: FactEntry, row: Fact, touched: Collection[str] = ()) -> Fact:
    fact = entry.fact
    if standing := standing_fact(deck, statement(fact), but=fact.uid):
        raise AlreadyStands(standing)
    _add_entities(deck, entry.entities)
    _add_sources(deck, entry.sources)
    _fill(deck, row, fact)
    row.save()
    _support(deck, row, fact.passages)
    write_questions(deck, only={*touched, row.uid})
    return row


def _fill(deck: Deck, row: Fact, fact: domain.Fact) -> None:
    keys = {fact.about, fact.value}
    entities = {one.key: one for one in Entity.objects.filter(deck=deck, key__in=keys)}
    is_entity = vocabulary_for(deck).relations[fact.relation].value is ValueKind.ENTITY
    row.uid, row.given_id = fact.uid, fact.id
    row.about = entities[fact.about]
    row.relation, row.value, row.unit = fact.relation, fact.value, fact.unit
    row.value_entity = entities[fact.value] if is_entity else None
    row.qualifiers = dict(fact.qualifiers)
    row.rank, row.status = fact.rank.value, [status.value for status in fact.status]
    row.points, row.accept, row.exact = list(fact.points), list(fact.accept), fact.exact
    row.forms = [form.value for form in fact.forms]
    row.topic = Topic.objects.filter(deck=deck, key=fact.topic).first() if fact.topic else None
    row.note, row.removed = fact.note, False
    if row._state.adding:
        row.position = next_position(Fact.objects.filter(deck=deck).aggregate(at=Max("position")))


def next_position(found: dict[str, int | None]) -> int:
    return 0 if found["at"] is None else found["at"] + 1


def _add_entities(deck: Deck, entities: Collection[domain.Entity]) -> None:
    for entity in entities:
        last = Entity.objects.filter(deck=deck).aggregate(at=Max("position"))
        Entity.objects.update_or_create(
            deck=deck,
            key=entity.key,
            defaults={
                "type": entity.type,
                "name": entity.name,
                "article": entity.article,
                "position": next_position(last),
                "removed": False,
            },
        )


def _add_sources(deck: Deck, sources: Collection[domain.Source]) -> None:
    for source in sources:
        last = Source.objects.filter(deck=deck).aggregate(at=Max("position"))
        Source.objects.get_or_create(
            deck=deck,
            key=source.key,
            defaults={
                "title": source.title,
                "author": source.author,
                "year": source.year,
                "position": next_position(last),
            },
        )


def _support(deck: Deck, row: Fact, passages: Collection[domain.Passage]) -> None:
    row.supports.all().delete()
    for position, passage in enumerate(passages):
        Support.objects.create(fact=row, passage=passage_row(deck, passage), position=position)


def passage_row(deck: Deck, passage: domain.Passage) -> Passage:
    source = Source.objects.get(deck=deck, key=passage.source)
    return Passage.objects.get_or_create(
        source=source, locator=passage.locator, quote=passage.quote
    )[0]


def _set_removed(fact: Fact, *, removed: bool) -> None:
    if fact.removed == removed:
        return
    deck = locked(fact.deck)
    if not removed:
        _refuse_twin(deck, fact)
        _bring_back_names(deck, fact)
        _refuse_unsaid(deck, fact)
    fact.removed = removed
    fact.save(update_fields=["removed", "updated_at"])
    write_questions(deck, only=touched_by(fact))


def _refuse_twin(deck: Deck, fact: Fact) -> None:
    qualifiers = tuple(sorted(fact.qualifiers.items()))
    said = (fact.about.key, fact.relation, qualifiers, fact.value, fact.unit)
    if standing := standing_fact(deck, said, but=fact.uid):
        raise AlreadyStands(standing)


def _bring_back_names(deck: Deck, fact: Fact) -> None:
    relation = vocabulary_for(deck).relations.get(fact.relation)
    kinds = relation.qualifiers if relation else {}
    named = {value for name, value in fact.qualifiers.items() if kinds.get(name) != "text"}
    named |= {fact.about.key} | ({fact.value} if fact.value_entity_id else set())
    gone = Entity.objects.filter(deck=deck, key__in=named, removed=True)
    for entity in gone.select_related("deck", "topic"):
        bring_back(entity)


def _refuse_unsaid(deck: Deck, fact: Fact) -> None:
    said = {"about": fact.about.key, "is": fact.relation, "value": fact.value, "unit": fact.unit}
    scene = scene_for(deck, {*said.values(), *fact.qualifiers.values()})
    said |= {"source": next(iter(scene.sources), ""), **fact.qualifiers}
    FactReader(scene).read(plain_tree(said))
    if scene.problems.found or not fact.supports.exists():
        raise CannotBeSaid(fact.uid)
