"""Facts and entities of a slice of a deck, read with no more than generation needs of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from questions.domain import facts as domain
from questions.domain.generation.index import margin, margin_of
from questions.domain.questions import Form
from questions.domain.values import parse_span
from questions.models import Deck, Entity, Fact, Source, Support, Veto
from questions.models.as_data import source_as_data
from questions.queries.prepared import Prepared

MOST_OF_SUBJECTS, MOST_AROUND, MOST_HOLDERS = 600, 3_000, 40
_STEPS_UP, _FEW = 6, 300
_BOTH = (True, False)
"""Databases write letters beyond ASCII as they are, or escaped."""


class FactRow(NamedTuple):
    """A fact's columns; the names are those of `_FIELDS`, JSON still to be read."""

    pk: int
    uid: str
    about_id: int
    about: str
    relation: str
    value: str
    value_entity_id: int | None
    unit: str
    rank: str
    exact: bool | None
    topic: str | None
    note: str
    given_id: str
    position: int
    low: float | None
    high: float | None
    removed: bool
    qualifiers_json: str
    status_json: str
    points_json: str
    accept_json: str
    forms_json: str

    @property
    def qualifiers(self) -> domain.Qualifiers:
        return _pairs(self.qualifiers_json)

    @property
    def group(self) -> domain.Group:
        return self.about, self.relation, self.qualifiers


_FIELDS = (
    "pk", "uid", "about_id", "about__key", "relation", "value", "value_entity_id", "unit", "rank",
    "exact", "topic__key", "note", "given_id", "position", "low", "high", "removed",
)  # fmt: skip
_JSON = ("qualifiers", "status", "points", "accept", "forms")
_ENTITY = (
    "key", "type", "name", "article", "plural", "adjective", "surname", "side", "active",
    "part_of", "topic__key", "note",
)  # fmt: skip
_ENTITY_JSON = ("titles", "aliases")


def _as_text(names: Iterable[str]) -> Iterator[Cast]:
    """Of these columns most rows have the same few texts, which are then read once."""
    return (Cast(name, TextField()) for name in names)


Rows = QuerySet[Fact, tuple[Any, ...]]


# To put the columns together takes Django longer than to read a few rows, so it is done once.
@cache
def fact_rows() -> Rows:
    """Facts that are not removed, as `fetched` takes them."""
    return Fact.objects.live().order_by().values_list(*_FIELDS, *_as_text(_JSON))


@Prepared
def _entities_called(deck: int, keys: Collection[str]) -> QuerySet[Entity, tuple[Any, ...]]:
    rows = Entity.objects.filter(deck=deck, key__in=keys).order_by()
    return rows.values_list(*_ENTITY, *_as_text(_ENTITY_JSON))


def fetched(rows: Iterable[tuple[Any, ...]]) -> Iterator[FactRow]:
    return (FactRow(*row) for row in rows)


@Prepared
def entities_named(deck: int, keys: Collection[str]) -> QuerySet[Entity, tuple[Any, ...]]:
    """The numbers and names of these keys."""
    return Entity.objects.filter(deck=deck, key__in=keys).order_by().values_list("pk", "name")


@Prepared
def entities_with(deck: int, **which: Any) -> QuerySet[Entity, tuple[Any, ...]]:
    """The numbers of entities that are not removed; all others of a deck may be parts of one."""
    rows = Entity.objects.filter(deck=deck, removed=False, **which)
    return rows.order_by().values_list("pk")[:MOST_AROUND]


# Facts, and no more of them than a slice holds


@Prepared
def facts_about(about: Collection[int]) -> Rows:
    return fact_rows().filter(about__in=about)[:MOST_OF_SUBJECTS]


@Prepared
def facts_said(about: Collection[int], relations: Collection[str]) -> Rows:
    return fact_rows().filter(about__in=about, relation__in=relations)[:MOST_AROUND]


@Prepared
def facts_numbered(pks: Collection[int]) -> Rows:
    return fact_rows().filter(pk__in=pks)[:MOST_AROUND]


@Prepared
def facts_called(deck: int, uids: Collection[str]) -> Rows:
    return fact_rows().filter(deck=deck, uid__in=uids)[:MOST_AROUND]


@Prepared
def facts_within(deck: int, relations: Collection[str], low: float, high: float) -> Rows:
    """Whose dates or figures overlap what lies between these."""
    rows = fact_rows().filter(deck=deck, relation__in=relations)
    return rows.filter(low__lte=high, high__gte=low)[:MOST_HOLDERS]


def fact_rows_of(pks: Collection[int]) -> list[FactRow]:
    """Removed ones too."""
    rows = Fact.objects.filter(pk__in=pks).order_by("position", "pk")
    return list(fetched(rows.values_list(*_FIELDS, *_as_text(_JSON))))


@lru_cache(maxsize=4096)
def _strings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> domain.Qualifiers:
    return tuple(sorted(json.loads(text).items()))


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[Form, ...]:
    return tuple(map(Form, json.loads(text)))


@lru_cache(maxsize=4096)
def _statuses(text: str) -> tuple[domain.Status, ...]:
    return tuple(domain.Status(status) for status in json.loads(text))


@lru_cache(maxsize=4096)
def _aliases(text: str) -> tuple[domain.Alias, ...]:
    return tuple(
        domain.Alias(alias["name"], alias.get("loose", False), alias.get("lang", ""))
        for alias in json.loads(text)
    )


class SliceReader:
    """A slice grows as it is looked at: what was read of it is not read again."""

    def __init__(self, deck: Deck, vocabulary: domain.Vocabulary) -> None:
        self._deck, self._vocabulary = deck, vocabulary
        self._facts: dict[int, domain.Fact] = {}
        self._told: set[int] = set()
        self._entities: dict[str, domain.Entity] = {}
        self._sought: set[str] = set()

    def as_data(
        self, rows: Iterable[FactRow], told: Collection[int], named: Iterable[str]
    ) -> domain.Deck:
        """`told` are the facts of which the passages are needed, `named` entities besides those
        that the facts name."""
        rows = sorted(rows, key=lambda row: (row.position, row.pk))
        self._add_facts(rows, set(told))
        facts = tuple(self._facts[row.pk] for row in rows)
        self._add_entities({*named, *(key for fact in facts for key in _spoken(fact))})
        spoken = {row.about for row in rows if row.pk in told}
        return domain.Deck(
            title=self._deck.title,
            language=self._deck.language,
            sources=self._sources,
            entities=dict(sorted(self._entities.items())),
            facts=facts,
            complete=frozenset(_complete_of(self._complete, spoken)),
            vocabulary=self._vocabulary,
        )

    @cached_property
    def _sources(self) -> Mapping[str, domain.Source]:
        return {row.key: source_as_data(row) for row in Source.objects.filter(deck=self._deck)}

    @cached_property
    def _complete(self) -> str:
        """The deck's complete lists, of which a text may name very many."""
        rows = Deck.objects.filter(pk=self._deck.pk)
        text: str = rows.values_list(Cast("complete", TextField()), flat=True).get()
        return text

    def _add_facts(self, rows: Iterable[FactRow], told: set[int]) -> None:
        new_told = told - self._told
        new = [row for row in rows if row.pk not in self._facts or row.pk in new_told]
        passages = _passages(new_told) if new_told else {}
        vetoes = _vetoes_of(row.pk for row in new)
        for row in new:
            never_with = vetoes.get(row.pk, ())
            self._facts[row.pk] = _fact(row, passages.get(row.pk, ()), never_with)
        self._told |= told

    def _add_entities(self, wanted: set[str]) -> None:
        """These, with their sides and all of which they are parts."""
        for _ in range(_STEPS_UP):
            wanted = wanted - self._sought
            if not wanted:
                return
            self._sought |= wanted
            rows = _entities_called(deck=self._deck.pk, keys=wanted)
            new = [_entity(*row) for row in rows]
            self._entities |= {one.key: one for one in new}
            wanted = {key for one in new for key in (one.side, one.part_of) if key}


def _vetoes_of(facts: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """What is never offered beside these facts, in the order of the rulings."""
    found: dict[int, list[str]] = defaultdict(list)
    for fact, value in _vetoes(facts=list(facts)):
        found[fact].append(value)
    return {fact: tuple(values) for fact, values in found.items()}


@Prepared
def _vetoes(facts: Collection[int]) -> QuerySet[Veto, tuple[Any, ...]]:
    return Veto.objects.filter(fact__in=facts).order_by("pk").values_list("fact_id", "value")


def _complete_of(text: str, subjects: Iterable[str]) -> Iterator[domain.Group]:
    """Those of the complete lists that are of these subjects."""
    decoder = json.JSONDecoder()
    for written in {json.dumps(key, ensure_ascii=plain) for key in subjects for plain in _BOTH}:
        at = text.find(f"[{written},")
        while at >= 0:
            (about, relation, qualifiers), end = decoder.raw_decode(text, at)
            yield about, relation, tuple((name, value) for name, value in qualifiers)
            at = text.find(f"[{written},", end)


def _passages(told: Collection[int]) -> Mapping[int, tuple[domain.Passage, ...]]:
    found: dict[int, list[domain.Passage]] = defaultdict(list)
    for fact, source, locator, quote in _passages_of(facts=told):
        found[fact].append(domain.Passage(source, locator, quote))
    return {fact: tuple(passages) for fact, passages in found.items()}


@Prepared
def _passages_of(facts: Collection[int]) -> QuerySet[Support, tuple[Any, ...]]:
    rows = Support.objects.filter(fact__in=facts).order_by("position", "pk")
    return rows.values_list("fact_id", "passage__source__key", "passage__locator", "passage__quote")


def _entity(*row: Any) -> domain.Entity:
    (key, kind, name, article, plural, adjective, surname, side, active, part_of, topic, note,
     titles, aliases) = row  # fmt: skip
    return domain.Entity(
        key, kind, name, article, plural, adjective, surname, _strings(titles), side, active,
        part_of, topic or "", _aliases(aliases), note,
    )  # fmt: skip


def _spoken(fact: domain.Fact) -> Iterator[str]:
    yield fact.about
    yield fact.value[:120]
    yield from (value for _, value in fact.qualifiers)


def _fact(
    row: FactRow, passages: tuple[domain.Passage, ...], never_with: tuple[str, ...]
) -> domain.Fact:
    return domain.Fact(
        uid=row.uid,
        about=row.about,
        relation=row.relation,
        value=row.value,
        qualifiers=row.qualifiers,
        unit=row.unit,
        passages=passages,
        rank=domain.Rank(row.rank),
        status=_statuses(row.status_json),
        points=_strings(row.points_json),
        accept=_strings(row.accept_json),
        exact=row.exact,
        forms=_forms(row.forms_json),
        never_with=never_with,
        topic=row.topic or "",
        note=row.note,
        id=row.given_id,
    )


class Margins(Mapping[str, int]):
    """Of each date relation of the whole deck, read when asked for."""

    def __init__(self, deck: Deck) -> None:
        self._facts = Fact.objects.filter(deck=deck, low__isnull=False)
        self._found: dict[str, int] = {}

    def __getitem__(self, relation: str) -> int:
        if relation not in self._found:
            self._found[relation] = self._margin(self._facts.filter(relation=relation))
        return self._found[relation]

    def _margin(self, rows: QuerySet[Fact]) -> int:
        live = rows.filter(removed=False)
        values = list(live.order_by().values_list("value", flat=True)[: _FEW + 1])
        if len(values) <= _FEW:
            return margin_of(parse_span(value).middle for value in values)
        # Of many dates a few removed ones change nothing: so the index alone answers.
        lows, count = rows.order_by("low").values_list("low", flat=True), rows.count()
        return margin(lows[count // 4] or 0.0, lows[count * 3 // 4] or 0.0)

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
