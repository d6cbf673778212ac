"""The names that answers are graded against: one index for each deck, kept in memory."""

from functools import lru_cache

from questions.domain.grading import Named, NameIndex
from questions.models import Deck, Entity
from questions.queries.facts import vocabulary_for


def name_index(deck: Deck) -> NameIndex:
    """Built at a deck's first answer after a change, and shared by all who study it."""
    return _index(deck.pk, deck.revision)


# Few decks are studied at once, and a large deck's index takes tens of megabytes.
@lru_cache(maxsize=8)
def _index(deck_pk: int, revision: int) -> NameIndex:  # noqa: ARG001 — part of the key
    return fresh_index(Deck.objects.get(pk=deck_pk))


def fresh_index(deck: Deck) -> NameIndex:
    """As the deck stands within a transaction that may yet be given up; not remembered."""
    entities = Entity.objects.filter(deck=deck, removed=False)
    return NameIndex(map(_named, entities.iterator()), vocabulary_for(deck))


def _named(entity: Entity) -> Named:
    exact = (alias["name"] for alias in entity.aliases if not alias.get("loose"))
    loose = (alias["name"] for alias in entity.aliases if alias.get("loose"))
    return Named(
        key=entity.key,
        name=entity.name,
        aliases=tuple(exact),
        loose=tuple(loose),
        type=entity.type,
        surname=entity.surname or None,
        titles=tuple(entity.titles),
    )
