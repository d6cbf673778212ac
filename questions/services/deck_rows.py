"""Writing a deck's plain data to its rows, in few statements.

Facts, entities and authored questions that are gone are marked, never deleted: memories and past
answers lead to them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from questions.domain import facts as domain
from questions.domain.facts import ValueKind
from questions.domain.generation.scales import reach_of
from questions.domain.interchange import Changes
from questions.models import (
    AuthoredQuestion,
    Deck,
    Entity,
    Fact,
    Passage,
    Source,
    Support,
    Topic,
    Veto,
)

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what is being done."""

CHUNK = 1000

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

_TOPIC = ("title", "position")
_SOURCE = (
    "title", "author", "year", "url", "publisher", "note", "origin", "cite", "position",
)  # fmt: skip
_ENTITY = (
    "type", "name", "article", "plural", "adjective", "surname", "titles", "side", "active",
    "part_of", "topic", "aliases", "note", "removed", "position",
)  # fmt: skip
_FACT = (
    "about", "relation", "value", "value_entity", "qualifiers", "unit", "rank", "status",
    "points", "accept", "exact", "forms", "topic", "note", "given_id", "position", "removed",
    "low", "high", "updated_at",
)  # fmt: skip
_AUTHORED = (
    "form", "stem", "key", "distractors", "accept", "topic", "explanation", "removed", "position",
)  # fmt: skip


def chunks(items: Sequence[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def alias_data(alias: domain.Alias) -> dict[str, Any]:
    return {"name": alias.text, "lang": alias.lang, "loose": alias.loose}


class DeckRows:
    """One import's writing. Call `write` within a transaction."""

    def __init__(self, deck: Deck, changes: Changes, progress: Progress) -> None:
        self.deck = deck
        self.changes = changes
        self.data = changes.deck
        self.progress = progress

    def write(self) -> None:
        self._topics()
        self._sources()
        self._entities()
        self._passages()
        self._facts()
        self._authored()
        self._sweep()

    def _changed(self, kind: str) -> set[str]:
        """Keys of what is new or says something else now."""
        difference = self.changes.by_kind[kind]
        return {_key(thing) for thing in difference.new} | {
            _key(after) for _, after in difference.changed
        }

    def _topics(self) -> None:
        kept = dict(Topic.objects.filter(deck=self.deck).values_list("key", "position"))
        changed = self._changed("topics")
        rows = [
            Topic(deck=self.deck, key=key, title=title, position=place)
            for place, (key, title) in enumerate(self.data.topics.items())
            if key in changed or kept.get(key) != place
        ]
        self._upsert(Topic, rows, _TOPIC, ("deck", "key"))
        self.topics = dict(Topic.objects.filter(deck=self.deck).values_list("key", "pk"))

    def _sources(self) -> None:
        kept = dict(Source.objects.filter(deck=self.deck).values_list("key", "position"))
        changed = self._changed("sources")
        rows = [
            self._source(source, place)
            for place, source in enumerate(self.data.sources.values())
            if source.key in changed or kept.get(source.key) != place
        ]
        self._upsert(Source, rows, _SOURCE, ("deck", "key"))
        self.sources = dict(Source.objects.filter(deck=self.deck).values_list("key", "pk"))

    def _source(self, source: domain.Source, place: int) -> Source:
        fields = {name: getattr(source, name) for name in _SOURCE if name != "position"}
        return Source(deck=self.deck, key=source.key, position=place, **fields)

    def _entities(self) -> None:
        kept = dict(
            Entity.objects.filter(deck=self.deck, removed=False).values_list("key", "position")
        )
        changed = self._changed("entities")
        rows = [
            self._entity(entity, place)
            for place, entity in enumerate(self.data.entities.values())
            if entity.key in changed or kept.get(entity.key) != place
        ]
        self._upsert(Entity, rows, _ENTITY, ("deck", "key"), "entities")
        gone = [entity.key for entity in self.changes.entities.removed]
        for keys in chunks(gone):
            Entity.objects.filter(deck=self.deck, key__in=keys).update(removed=True)
        self.entities = dict(Entity.objects.filter(deck=self.deck).values_list("key", "pk"))

    def _entity(self, entity: domain.Entity, place: int) -> Entity:
        same = (
            "key", "type", "name", "article", "plural", "adjective", "surname", "side", "active",
            "part_of", "note",
        )  # fmt: skip
        return Entity(
            deck=self.deck,
            titles=list(entity.titles),
            topic_id=self.topics.get(entity.topic),
            aliases=[alias_data(alias) for alias in entity.aliases],
            position=place,
            **{name: getattr(entity, name) for name in same},
        )

    def _passages(self) -> None:
        self.passages = self._kept_passages()
        wanted = dict.fromkeys(
            passage
            for passages in chain(
                (fact.passages for fact in self.data.facts),
                (question.passages for question in self.data.authored),
            )
            for passage in passages
            if passage not in self.passages
        )
        rows = [
            Passage(source_id=self.sources[one.source], locator=one.locator, quote=one.quote)
            for one in wanted
        ]
        Passage.objects.bulk_create(rows, batch_size=CHUNK)
        self.passages.update(zip(wanted, (row.pk for row in rows), strict=True))

    def _kept_passages(self) -> dict[domain.Passage, int]:
        rows = Passage.objects.filter(source__deck=self.deck)
        fields = rows.values_list("source__key", "locator", "quote", "pk")
        return {
            domain.Passage(key, locator, quote): pk
            for key, locator, quote, pk in fields.iterator(CHUNK)
        }

    def _facts(self) -> None:
        kept = dict(Fact.objects.filter(deck=self.deck).values_list("uid", "position"))
        changed = self._changed("facts")
        said = [(place, fact) for place, fact in enumerate(self.data.facts) if fact.uid in changed]
        done = 0
        for part in chunks(said):
            self._write_facts([fact for _, fact in part], [place for place, _ in part], kept)
            done += len(part)
            self.progress(done, len(said), "facts")
        self._move_facts(kept, changed)
        for gone in chunks(self.changes.facts.removed):
            uids = [fact.uid for fact in gone]
            Fact.objects.filter(deck=self.deck, uid__in=uids).update(removed=True)

    def _write_facts(
        self, facts: Sequence[domain.Fact], places: Sequence[int], kept: Collection[str]
    ) -> None:
        rows = [self._fact(fact, place) for fact, place in zip(facts, places, strict=True)]
        self._upsert(Fact, rows, _FACT, ("deck", "uid"))
        old = [row.pk for row in rows if row.uid in kept]
        Support.objects.filter(fact__in=old).delete()
        supports = [
            Support(fact=row, passage_id=self.passages[passage], position=place)
            for row, fact in zip(rows, facts, strict=True)
            for place, passage in enumerate(fact.passages)
        ]
        Support.objects.bulk_create(supports, batch_size=CHUNK)
        vetoes = [
            Veto(fact=row, value=value)
            for row, fact in zip(rows, facts, strict=True)
            for value in fact.never_with
        ]
        # A file adds to what is ruled out; `diff` has put both together.
        Veto.objects.bulk_create(vetoes, batch_size=CHUNK, ignore_conflicts=True)

    def _fact(self, fact: domain.Fact, place: int) -> Fact:
        entity = self.data.relation_of(fact).value is ValueKind.ENTITY
        reach = reach_of(self.data.vocabulary, fact.relation, fact.value, fact.unit)
        low, high = reach or (None, None)
        return Fact(
            deck=self.deck,
            uid=fact.uid,
            about_id=self.entities[fact.about],
            relation=fact.relation,
            value=fact.value,
            value_entity_id=self.entities[fact.value] if entity else None,
            qualifiers=dict(fact.qualifiers),
            unit=fact.unit,
            rank=fact.rank.value,
            status=[status.value for status in fact.status],
            points=list(fact.points),
            accept=list(fact.accept),
            exact=fact.exact,
            forms=[form.value for form in fact.forms],
            topic_id=self.topics.get(fact.topic),
            note=fact.note,
            given_id=fact.id,
            position=place,
            low=low,
            high=high,
            updated_at=timezone.now(),
        )

    def _move_facts(self, kept: dict[str, int], changed: Collection[str]) -> None:
        """Facts that say what they said, but stand elsewhere now."""
        moved = [
            self._fact(fact, place)
            for place, fact in enumerate(self.data.facts)
            if fact.uid not in changed and kept[fact.uid] != place
        ]
        self._upsert(Fact, moved, ("position",), ("deck", "uid"), "order")

    def _authored(self) -> None:
        kept = dict(
            AuthoredQuestion.objects.filter(deck=self.deck, removed=False).values_list(
                "key_id", "position"
            )
        )
        changed = self._changed("authored")
        rows = [
            self._question(question, place)
            for place, question in enumerate(self.data.authored)
            if question.id in changed or kept.get(question.id) != place
        ]
        self._upsert(AuthoredQuestion, rows, _AUTHORED, ("deck", "key_id"))
        self._authored_passages(changed)
        gone = [question.id for question in self.changes.authored.removed]
        AuthoredQuestion.objects.filter(deck=self.deck, key_id__in=gone).update(removed=True)

    def _question(self, question: domain.AuthoredQuestion, place: int) -> AuthoredQuestion:
        return AuthoredQuestion(
            deck=self.deck,
            key_id=question.id,
            form=question.form.value,
            stem=question.stem,
            key=question.key,
            distractors=list(question.distractors),
            accept=list(question.accept),
            topic_id=self.topics.get(question.topic),
            explanation=question.explanation,
            position=place,
        )

    def _authored_passages(self, changed: Collection[str]) -> None:
        through = AuthoredQuestion.passages.through
        for part in chunks([one for one in self.data.authored if one.id in changed]):
            rows = AuthoredQuestion.objects.filter(deck=self.deck, key_id__in=[o.id for o in part])
            keys = dict(rows.order_by().values_list("key_id", "pk"))
            through._default_manager.filter(authoredquestion__in=keys.values()).delete()
            through._default_manager.bulk_create(
                through(authoredquestion_id=keys[one.id], passage_id=self.passages[passage])
                for one in part
                for passage in one.passages
            )

    def _sweep(self) -> None:
        """Topics and sources that are gone, and passages that nothing rests on any more."""
        topics = [key for key, _ in self.changes.topics.removed]
        Topic.objects.filter(deck=self.deck, key__in=topics).delete()
        sources = Source.objects.filter(
            deck=self.deck, key__in=[source.key for source in self.changes.sources.removed]
        )
        # Only removed facts can still rest on these.
        Support.objects.filter(passage__source__in=sources).delete()
        sources.delete()
        idle = Passage.objects.filter(
            source__deck=self.deck, supports__isnull=True, authored__isnull=True
        )
        idle.delete()

    def _upsert(
        self, model: type[Row], rows: Sequence[Row], fields: Collection[str],
        unique: Collection[str], label: str = "",
    ) -> None:  # fmt: skip
        """Insert rows, or update those whose unique key exists; far quicker than bulk_update."""
        done = 0
        for part in chunks(rows):
            model._default_manager.bulk_create(
                part, update_conflicts=True, update_fields=fields, unique_fields=unique
            )
            done += len(part)
            if label:
                self.progress(done, len(rows), label)


def _key(thing: Any) -> str:
    match thing:
        case domain.Fact(uid=uid):
            return uid
        case domain.AuthoredQuestion(id=name):
            return name
        case (key, _title):
            return str(key)
        case _:
            return str(thing.key)
