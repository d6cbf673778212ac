"""Which questions a new name of an entity would give away."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from questions.domain.generation.cards import list_key
from questions.domain.generation.text import cue_words, cues
from questions.models import Entity, Fact, Question


def given_away(entity: Entity, spelling: str) -> set[str]:
    """Facts on an entity of whose active questions one holds a word that is new in this name."""
    known = (alias["name"] for alias in entity.aliases if alias["name"] != spelling)
    names = " ".join((entity.name, entity.adjective, entity.surname, *known))
    words = cue_words(spelling) - cue_words(names)
    return (
        {uid for uid, text in _wordings(entity) if cues(cue_words(text), words)} if words else set()
    )


def _wordings(entity: Entity) -> Iterator[tuple[str, str]]:
    """What its facts' questions say, each with the fact's uid."""
    live = Fact.objects.live().order_by()
    for facts in (live.filter(about=entity), live.filter(value_entity=entity)):
        rows = Question.objects.active().filter(card__fact__in=facts, card__retired=False)
        for uid, stem, true in rows.values_list("card__fact__uid", "stem", "content__true"):
            yield uid, f"{stem} {true or ''}"
    yield from _lists(entity, live.filter(value_entity=entity))


def _lists(entity: Entity, facts: QuerySet[Fact]) -> Iterator[tuple[str, str]]:
    """The lists in which it is to be named, with one fact of each."""
    rows = facts.values_list("uid", "about__key", "relation", "qualifiers")
    found = {
        list_key((about, relation, tuple(sorted(said.items())))): uid
        for uid, about, relation, said in rows
    }
    asked = Question.objects.active().filter(card__deck=entity.deck_id, card__direction="list")
    for key, stem in asked.filter(card__retired=False).values_list("card__key", "stem"):
        if key in found:
            yield found[key], stem
