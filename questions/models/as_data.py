"""From rows to the plain data that the domain works on, in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import TypeVar

from django.db.models import QuerySet

from questions.domain import facts as domain
from questions.domain.interchange import built_in_vocabularies, own_of_kept, vocabulary_of_deck
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Form
from questions.domain.vetoes import could_be_offered
from questions.models.facts import (
    AuthoredQuestion,
    Deck,
    Entity,
    Fact,
    Passage,
    Source,
    Support,
    Topic,
)
from questions.models.rulings import Veto

CHUNK = 5000


T = TypeVar("T")

Damage = Callable[[str, str], None]
"""Is told of a row that cannot be read or does not belong to the deck, and why; it is left out."""

_NOT_READ = gettext_noop("It cannot be read: %(error)s.")
_NO_LIST = gettext_noop("Its %(field)s is no list.")
_LISTS_OF_FACTS = ("status", "points", "accept", "forms")
_LISTS_OF_ENTITIES = ("titles", "aliases")
_OTHER_VALUE = gettext_noop("It is filed under another value than it has.")


def deck_as_data(deck: Deck, damaged: Damage | None = None) -> domain.Deck:
    """All that stands in the deck now; what was removed is left out. Nine queries. Raises, unless
    it can tell `damaged`, where a row cannot be read."""
    keys = _Keys(deck, damaged)
    return domain.Deck(
        title=deck.title,
        language=deck.language,
        description=deck.description,
        use=tuple(keys.use),
        topics=dict(keys.topic_titles),
        sources={source.key: source_as_data(source) for source in keys.sources},
        entities={
            entity.key: made
            for entity in keys.entities
            if _live(entity) and (made := keys.read(entity.key, partial(keys.entity, entity)))
            if not keys.is_no_list(entity.key, entity, _LISTS_OF_ENTITIES)
        },
        own=keys.own,
        facts=tuple(keys.facts(removed=False)),
        complete=keys.read("complete", partial(_complete, deck)) or frozenset(),
        authored=tuple(keys.authored()),
        vocabulary=keys.vocabulary,
    )


def _complete(deck: Deck) -> frozenset[domain.Group]:
    return frozenset(
        (about, relation, tuple((name, value) for name, value in qualifiers))
        for about, relation, qualifiers in deck.complete
    )


def removed_facts(deck: Deck) -> tuple[domain.Fact, ...]:
    """Facts the deck once held; they come back as themselves if they are said again."""
    if not Fact.objects.filter(deck=deck, removed=True).exists():
        return ()
    return tuple(_Keys(deck).facts(removed=True))


def _live(entity: Entity) -> bool:
    return not entity.removed


class _Keys:
    """The deck's rows by number, so that facts need no joins."""

    def __init__(self, deck: Deck, damaged: Damage | None = None) -> None:
        self.deck, self.damaged = deck, damaged
        self.use, self.own, self.vocabulary = self._vocabulary()
        topics = list(Topic.objects.filter(deck=deck))
        self.topic_titles = {topic.key: topic.title for topic in topics}
        self.topic_keys: dict[int | None, str] = {topic.pk: topic.key for topic in topics}
        self.sources = list(Source.objects.filter(deck=deck))
        self.entities = list(Entity.objects.filter(deck=deck))
        self.entity_keys = {entity.pk: entity.key for entity in self.entities}
        self.live_entities = {entity.key for entity in self.entities if _live(entity)}
        self.passages = self._passages()
        self.vetoes = vetoes_of(Fact.objects.filter(deck=deck))

    def read(self, what: object, make: Callable[[], T]) -> T | None:
        """None where a row cannot be read and somebody is told."""
        if self.damaged is None:
            return make()
        try:
            return make()
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            self.damaged(str(what), Sentence(_NOT_READ, error=str(error)))
            return None

    def _vocabulary(self) -> tuple[list[str], domain.Vocabulary, domain.Vocabulary]:
        deck, built_in = self.deck, built_in_vocabularies()
        use = self.read("use", lambda: list(map(str, deck.use))) or []
        used = vocabulary_of_deck(use, {}, built_in)
        own = self.read("own_vocabulary", lambda: own_of_kept(deck.own_vocabulary, used))
        return use, own or domain.Vocabulary(), used.with_(own or domain.Vocabulary())

    def _passages(self) -> dict[int, domain.Passage]:
        sources = {source.pk: source.key for source in self.sources}
        rows = Passage.objects.filter(source__deck=self.deck)
        fields = rows.values_list("pk", "source_id", "locator", "quote")
        return {
            pk: domain.Passage(sources[source], locator, quote)
            for pk, source, locator, quote in fields.iterator(CHUNK)
        }

    def entity(self, entity: Entity) -> domain.Entity:
        return entity_as_data(entity, self.topic_keys.get(entity.topic_id, ""))

    def facts(self, removed: bool) -> Iterator[domain.Fact]:
        supports = self._supports(removed)
        rows = Fact.objects.filter(deck=self.deck, removed=removed)
        for row in rows.iterator(CHUNK):
            made = self.read(row.uid, partial(self._fact, row, supports.get(row.pk, [])))
            if made and not self.is_no_list(row.uid, row, _LISTS_OF_FACTS):
                if self.damaged:
                    self._check_filing(row, made, self.damaged)
                yield made

    def is_no_list(self, what: str, row: Fact | Entity, names: tuple[str, ...]) -> bool:
        """A text or mapping would be read as a list of its letters or keys."""
        if self.damaged is None:
            return False
        wrong = next((name for name in names if not isinstance(getattr(row, name), list)), "")
        if wrong:
            self.damaged(what, Sentence(_NO_LIST, field=wrong))
        return bool(wrong)

    def _check_filing(self, row: Fact, fact: domain.Fact, damaged: Damage) -> None:
        """By what the database finds a fact: pages and refreshing ask it for these."""
        relation = self.vocabulary.relations.get(row.relation)
        if relation is None:
            return
        is_entity = relation.value is domain.ValueKind.ENTITY
        pk = row.value_entity_id
        filed = None if pk is None else self.entity_keys.get(pk, "")
        if filed != (fact.value if is_entity else None):
            damaged(f"{fact.about} {fact.relation} {fact.value}", _OTHER_VALUE)

    def _supports(self, removed: bool) -> Mapping[int, list[domain.Passage]]:
        found: dict[int, list[domain.Passage]] = defaultdict(list)
        rows = Support.objects.filter(fact__deck=self.deck, fact__removed=removed)
        fields = rows.order_by("position", "pk").values_list("fact_id", "passage_id")
        for fact, passage in fields.iterator(CHUNK):
            if said := self.read(fact, partial(self.passages.__getitem__, passage)):
                found[fact].append(said)
        return found

    def _fact(self, row: Fact, passages: list[domain.Passage]) -> domain.Fact:
        return domain.Fact(
            uid=row.uid,
            about=self.entity_keys[row.about_id],
            relation=row.relation,
            value=row.value,
            qualifiers=tuple(sorted(row.qualifiers.items())),
            unit=row.unit,
            passages=tuple(passages),
            rank=domain.Rank(row.rank),
            status=tuple(domain.Status(status) for status in row.status),
            points=tuple(row.points),
            accept=tuple(row.accept),
            exact=row.exact,
            forms=tuple(map(Form, row.forms)),
            never_with=self._never_with(row),
            topic=self.topic_keys.get(row.topic_id, ""),
            note=row.note,
            id=row.given_id,
        )

    def _never_with(self, row: Fact) -> tuple[str, ...]:
        """Without what can be offered no more: entities that are gone, dates where a name is."""
        found = self.vetoes.get(row.pk)
        relation = self.vocabulary.relations.get(row.relation)
        if not found or relation is None:
            return ()
        live = self.live_entities
        return tuple(one for one in found if could_be_offered(one, relation.value, live))

    def authored(self) -> Iterator[domain.AuthoredQuestion]:
        passages: dict[int, list[domain.Passage]] = defaultdict(list)
        through = AuthoredQuestion.passages.through
        rows = through._default_manager.filter(authoredquestion__deck=self.deck).order_by("pk")
        for question, passage in rows.values_list("authoredquestion_id", "passage_id"):
            if said := self.read(question, partial(self.passages.__getitem__, passage)):
                passages[question].append(said)
        for row in AuthoredQuestion.objects.filter(deck=self.deck, removed=False):
            made = self.read(row.key_id, partial(self._authored, row, passages[row.pk]))
            if made:
                yield made

    def _authored(
        self, row: AuthoredQuestion, passages: list[domain.Passage]
    ) -> domain.AuthoredQuestion:
        return domain.AuthoredQuestion(
            id=row.key_id,
            form=domain.AuthoredForm(row.form),
            stem=row.stem,
            key=row.key,
            distractors=tuple(row.distractors),
            accept=tuple(row.accept),
            topic=self.topic_keys.get(row.topic_id, ""),
            explanation=row.explanation,
            passages=tuple(passages),
        )


def vetoes_of(facts: QuerySet[Fact] | Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """What is never offered beside these facts, by their numbers, in the order of the rulings."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Veto.objects.filter(fact__in=facts).order_by("pk")
    for fact, value in rows.values_list("fact_id", "value"):
        found[fact].append(value)
    return {fact: tuple(values) for fact, values in found.items()}


def entity_as_data(entity: Entity, topic: str = "") -> domain.Entity:
    return domain.Entity(
        key=entity.key,
        type=entity.type,
        name=entity.name,
        article=entity.article,
        plural=entity.plural,
        adjective=entity.adjective,
        surname=entity.surname,
        titles=tuple(entity.titles),
        side=entity.side,
        active=entity.active,
        part_of=entity.part_of,
        topic=topic,
        aliases=tuple(
            domain.Alias(alias["name"], alias.get("loose", False), alias.get("lang", ""))
            for alias in entity.aliases
        ),
        note=entity.note,
    )


def source_as_data(source: Source) -> domain.Source:
    return domain.Source(
        key=source.key,
        title=source.title,
        author=source.author,
        year=source.year,
        url=source.url,
        publisher=source.publisher,
        note=source.note,
        origin=source.origin,
        cite=source.cite,
    )
