"""The names that answers are graded against: one index for each deck, kept in memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from questions.domain.generation.text import fold
from questions.domain.grading import Named, NameIndex
from questions.domain.grading.alike import are_alike
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
    return NameIndex(_all_named(deck), vocabulary_for(deck), deck.language)


def index_with(deck: Deck, key: str, alias: str, *, loose: bool) -> NameIndex:
    """As the deck would be if the entity were called so too; not remembered."""
    index = name_index(deck)
    if key not in index:
        return index
    named = index.named(key)
    if loose:
        return index.with_more_names(replace(named, loose=(*named.loose, alias)))
    return index.with_more_names(replace(named, aliases=(*named.aliases, alias)))


def index_without(
    deck: Deck, key: str, alias: str, instead: Sequence[Mapping[str, Any]] = ()
) -> NameIndex:
    """As the deck would be if the entity were not called so, but as `instead`; not remembered."""
    rows = list(Entity.objects.filter(deck=deck, removed=False))
    for row in rows:
        if row.key == key:
            kept = [one for one in row.aliases if not are_alike(one["name"], alias)]
            row.aliases = [*kept, *instead]
    return NameIndex(map(_named, rows), vocabulary_for(deck), deck.language)


def _all_named(deck: Deck) -> Iterator[Named]:
    return map(_named, Entity.objects.filter(deck=deck, removed=False).iterator())


def entity_named(deck: Deck) -> Callable[[str], str]:
    """Gives the only entity that bears a name, as `generation.index.Index.named` does without the
    whole deck; nothing where none or several do."""
    bearers = _bearers(deck.pk, deck.revision)
    return lambda text: bearers.get(fold(text), "")


@lru_cache(maxsize=8)
def _bearers(deck_pk: int, revision: int) -> dict[str, str]:  # noqa: ARG001 — part of the key
    found: dict[str, str] = {}
    rows = Entity.objects.filter(deck=deck_pk, removed=False).order_by()
    for key, name, aliases in rows.values_list("key", "name", "aliases"):
        for text in {fold(each) for each in (name, *(alias["name"] for alias in aliases))}:
            found[text] = "" if text in found else key
    return found


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
