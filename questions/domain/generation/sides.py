"""Whose side a name is on: a stem that names one side gives away every name of another."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from questions.domain.generation.index import Index
from questions.domain.generation.text import fold


def of_other_side(
    index: Index, key: str, option: str, spoken: Collection[str], stems: Sequence[str]
) -> bool:
    """Whether the key's side is spoken of and not the option's: "Who led Norland?" needs no other
    knowledge than which of the names is Norlandish. What a stem asks of, `spoken`, goes before what
    it only has in a name: "… at the time of the Norland wars"."""
    entities = index.deck.entities
    if key not in entities or option not in entities:
        return False
    own, other = entities[key].side, entities[option].side
    if not own or own == other:
        return False
    if own in spoken:
        return other not in spoken
    return any(_names(index, own, stem) and not _names(index, other, stem) for stem in stems)


def _names(index: Index, side: str, stem: str) -> bool:
    entity = index.deck.entities.get(side)
    names = (entity.name, entity.adjective) if entity else (side,)
    return any(f" {fold(name)} " in f" {fold(stem)} " for name in names if name)
