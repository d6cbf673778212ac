"""What writing facts and questions needs to know of a deck: its names, its scene."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from questions.domain.facts import Entity as EntityData
from questions.domain.facts import Source as SourceData
from questions.domain.facts import Vocabulary
from questions.domain.grading.alike import folded
from questions.domain.interchange.errors import Problems
from questions.domain.interchange.reading_facts import Scene
from questions.models import Deck, Entity, Fact, Source, Topic
from questions.queries.facts import vocabulary_for

MOST_COMPLETIONS = 20


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as a form names it; `folded` are its name and aliases without case or accents."""

    key: str
    name: str
    type: str
    aliases: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    text: str
    note: str


class EntityNames:
    """All names of one deck, to find what somebody typed."""

    def __init__(self, entities: Iterable[Named]) -> None:
        self.by_key = {entity.key: entity for entity in entities}
        self._by_name: dict[str, list[Named]] = defaultdict(list)
        for entity in self.by_key.values():
            for name in dict.fromkeys(entity.folded):
                self._by_name[name].append(entity)
        self._bearers: dict[str, int] = defaultdict(int)
        for entity in self.by_key.values():
            self._bearers[entity.name] += 1

    def shown(self, key: str) -> str:
        """The name; with its key where two entities bear it: "Halha [halha-river]"."""
        entity = self.by_key.get(key)
        if entity is None:
            return ""
        return f"{entity.name} [{key}]" if self._bearers[entity.name] > 1 else entity.name

    def find(self, text: str) -> list[Named]:
        """Whoever is meant: nobody, one, or several who share the name."""
        text = text.strip()
        key = text.removesuffix("]").rpartition("[")[2] if text.endswith("]") else text
        if key in self.by_key:
            return [self.by_key[key]]
        found = self._by_name.get(folded(text), [])
        named = [entity for entity in found if entity.folded[0] == folded(text)]
        return named or found

    def holding(self, text: str) -> list[str]:
        """Keys of whoever has a name that holds the text, by name."""
        wanted = folded(text)
        found = (one for one in self.by_key.values() if any(wanted in name for name in one.folded))
        return [one.key for one in sorted(found, key=lambda one: (one.folded[0], one.key))]

    def complete(
        self, text: str, types: Collection[str], vocabulary: Vocabulary
    ) -> list[Completion]:
        """Names for what has been typed so far, those that begin with it first."""
        wanted = folded(text)
        fitting = (
            entity
            for entity in self.by_key.values()
            if vocabulary.is_a(entity.type, types)
        )  # fmt: skip
        ranked = ((_rank(entity, wanted), entity) for entity in fitting)
        best = sorted(
            ((rank, entity.name, entity) for rank, entity in ranked if rank is not None),
            key=lambda each: each[:2],
        )
        return [self._completion(entity, vocabulary) for *_, entity in best[:MOST_COMPLETIONS]]

    def _completion(self, entity: Named, vocabulary: Vocabulary) -> Completion:
        type_ = vocabulary.types.get(entity.type)
        note = ", ".join((type_.label if type_ else entity.type, *entity.aliases[:4]))
        return Completion(self.shown(entity.key), note)


def _rank(entity: Named, wanted: str) -> int | None:
    if any(name.startswith(wanted) for name in entity.folded):
        return 0
    if any(f" {wanted}" in name for name in entity.folded):
        return 1
    return 2 if any(wanted in name for name in entity.folded) else None


def entity_names(deck: Deck) -> EntityNames:
    return _names(deck.pk, deck.revision)


# The names of one deck take megabytes where it is large; few are edited at once.
@lru_cache(maxsize=8)
def _names(deck_pk: int, revision: int) -> EntityNames:  # noqa: ARG001 — part of the key
    rows = Entity.objects.filter(deck=deck_pk, removed=False)
    return EntityNames(_named(*row) for row in rows.values_list("key", "name", "type", "aliases"))


def _named(key: str, name: str, type_: str, aliases: list[dict[str, str]]) -> Named:
    others = tuple(alias["name"] for alias in aliases)
    return Named(key, name, type_, others, tuple(map(folded, (name, *others))))


# --- what a fact may refer to ------------------------------------------------------


def scene_for(deck: Deck, keys: Collection[str], new: Iterable[EntityData] = ()) -> Scene:
    """The deck's vocabulary, topics and sources, and those of its entities that are named."""
    rows = Entity.objects.filter(deck=deck, removed=False, key__in=keys)
    entities = {key: EntityData(key, type_, name) for key, name, type_ in _brief(rows)}
    return Scene(
        vocabulary=vocabulary_for(deck),
        topics=dict(Topic.objects.filter(deck=deck).values_list("key", "title")),
        sources={key: SourceData(key, title) for key, title in _titles(deck)},
        entities=entities | {entity.key: entity for entity in new},
        problems=Problems("form"),
    )


def _brief(rows: Iterable[Entity]) -> Iterator[tuple[str, str, str]]:
    return ((row.key, row.name, row.type) for row in rows)


def _titles(deck: Deck) -> Iterable[tuple[str, str]]:
    return Source.objects.filter(deck=deck).values_list("key", "title")


def source_names(deck: Deck) -> dict[str, str]:
    """By key, in the deck's order: "Jane Doe, Frost (1988)". Two that are alike in that are told
    apart by how stems name them, or else by their keys."""
    rows = {row.key: row for row in Source.objects.filter(deck=deck)}
    names = {key: _source_name(row) for key, row in rows.items()}
    names = _told_apart(names, {key: row.cite for key, row in rows.items()})
    return _told_apart(names, {key: f"[{key}]" for key in names})


def _source_name(source: Source) -> str:
    name = ", ".join(filter(None, (source.author, source.title)))
    return f"{name} ({source.year})" if source.year else name


def _told_apart(names: dict[str, str], marks: dict[str, str]) -> dict[str, str]:
    borne = Counter(name.casefold() for name in names.values())
    return {
        key: " – ".join(filter(None, (name, marks[key]))) if borne[name.casefold()] > 1 else name
        for key, name in names.items()
    }


def standing_fact(
    deck: Deck, statement: tuple[str, str, tuple[tuple[str, str], ...], str, str], but: str = ""
) -> Fact | None:
    """The fact that says this already, other than the one with the uid `but`."""
    about, relation, qualifiers, value, unit = statement
    rows = (
        Fact.objects.live()
        .filter(deck=deck, about__key=about, relation=relation, value=value, unit=unit)
        .exclude(uid=but)
    )
    return next((row for row in rows if row.qualifiers == dict(qualifiers)), None)


def learners_of(deck: Deck, uid: str) -> int:
    """How many learners have met cards that rest on this fact alone."""
    from_fact = Fact.objects.filter(deck=deck, uid=uid, cards__memories__isnull=False)
    return from_fact.values("cards__memories__learner").distinct().count()
