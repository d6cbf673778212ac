"""Editing what a deck knows of an entity: its names, what it belongs to. Its key stays, so that
cards and memories do; questions that speak of it are written anew."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from questions.domain import facts as domain
from questions.domain.interchange.identity import state_of
from questions.models import Deck, Entity, Topic
from questions.models.as_data import entity_as_data
from questions.queries.entities import Uses, circle, questions_naming, taken_name, uses_of
from questions.services.deck_rows import alias_data
from questions.services.generation import rewrite_questions
from questions.services.revisions import locked

PLAIN_FIELDS = (
    "name",
    "article",
    "plural",
    "adjective",
    "surname",
    "side",
    "active",
    "part_of",
    "note",
)


class EntityChanged(Exception):
    """Somebody saved the entity since the form was opened."""

    def __init__(self, entity: Entity) -> None:
        super().__init__(entity.key)
        self.entity = entity


class NameTaken(Exception):
    """The deck calls something else of that kind so."""

    def __init__(self, spelling: str, other: str) -> None:
        super().__init__(spelling)
        self.spelling, self.other = spelling, other


class GoesRound(Exception):
    """It would be part of itself; `names` are those on the way round."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


class StillNamed(Exception):
    def __init__(self, uses: Uses) -> None:
        super().__init__(uses.count)
        self.uses = uses


@transaction.atomic
def change_entity(entity: Entity, said: domain.Entity, seen: str) -> None:
    """`seen` is the mark of what the form showed. Key and type stay. Raises EntityChanged,
    NameTaken and GoesRound."""
    row = _current(entity)
    before = as_data(row)
    if state_of(before) != seen:
        raise EntityChanged(row)
    if taken := taken_name(row, said):
        raise NameTaken(*taken)
    if way := circle(row, said.part_of):
        raise GoesRound(way)
    touched = questions_naming(row)
    _fill(row, said)
    row.save()
    silent = replace(before, note=said.note) == said
    rewrite_questions(row.deck, None if silent else touched | questions_naming(row))


def as_data(entity: Entity) -> domain.Entity:
    return entity_as_data(entity, entity.topic.key if entity.topic else "")


@transaction.atomic
def remove_entity(entity: Entity) -> None:
    """Marks it. Raises StillNamed while anything speaks of it."""
    row = _current(entity)
    if uses := uses_of(row):
        raise StillNamed(uses)
    touched = questions_naming(row)
    row.removed = True
    row.save(update_fields=["removed"])
    _unmark_lists(row)
    rewrite_questions(row.deck, touched)


@transaction.atomic
def restore_entity(entity: Entity) -> None:
    """With what it is part of, if that was deleted too. Raises NameTaken."""
    row = _current(entity)
    if row.removed:
        bring_back(row)
    rewrite_questions(row.deck, questions_naming(row))


def bring_back(entity: Entity) -> None:
    """Raises NameTaken if the deck has come to call something else so."""
    entity.removed = False
    entity.save(update_fields=["removed"])
    if taken := taken_name(entity, as_data(entity)):
        raise NameTaken(*taken)
    around = Entity.objects.filter(deck=entity.deck_id, key__in=(entity.part_of, entity.side))
    for other in around.filter(removed=True).select_related("deck", "topic"):
        bring_back(other)


def _current(entity: Entity) -> Entity:
    """As it is now, its deck's revision counted up."""
    deck = locked(entity.deck)
    row = Entity.objects.select_related("topic").get(pk=entity.pk)
    row.deck = deck
    return row


def _fill(row: Entity, said: domain.Entity) -> None:
    for name in PLAIN_FIELDS:
        setattr(row, name, getattr(said, name))
    row.titles = list(said.titles)
    row.aliases = [alias_data(alias) for alias in said.aliases]
    row.topic = Topic.objects.filter(deck=row.deck, key=said.topic).first()


def _unmark_lists(entity: Entity) -> None:
    """What the deck holds no fact of is no complete list."""
    deck = entity.deck
    kept = [
        [about, relation, qualifiers]
        for about, relation, qualifiers in deck.complete
        if entity.key not in (about, *(value for _, value in qualifiers))
    ]
    if kept != deck.complete:
        Deck.objects.filter(pk=deck.pk).update(complete=kept)
