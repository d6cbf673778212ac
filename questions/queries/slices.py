"""The part of a large deck that an edited fact's questions depend on, whatever its size.

Truth is complete within it: every fact on the edited facts' subjects, every fact that says the
same of another subject, and on whatever may stand as a wrong answer beside them. Choice is not:
wrong answers are looked for among the neighbours of each edited fact in its relation, not in the
whole deck.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property
from math import ceil
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from questions.domain import facts as domain
from questions.domain.generation.cards import list_key
from questions.domain.generation.index import PART_OF, Index, margin
from questions.domain.questions import Direction
from questions.models import Card, Deck, Entity, Fact, Source, Support
from questions.models.as_data import entity_as_data, source_as_data, vetoes_of
from questions.queries.facts import vocabulary_for
from questions.queries.standing import StandingCard, standing

# A deck of no more facts is read whole: its questions are then written from all of it.
WHOLE = 500
_AT_ONCE = timedelta(seconds=1)
_MOST_OF_SUBJECTS, _MOST_HOLDERS, _MOST_AROUND = 600, 40, 3_000
_EACH_WAY = 15
_STEPS_UP = 6
_NEARLY = 1e-6


def is_large(deck: Deck) -> bool:
    live = Fact.objects.live().filter(deck=deck).order_by()
    return live[WHOLE : WHOLE + 1].exists()


def edited_of(deck: Deck, uids: Collection[str]) -> set[int]:
    """Of the facts named those saved since the deck's revision was counted up: callers name
    others because the old value touched them, which makes none of their questions wrong. All of
    them, if none was."""
    rows = Fact.objects.filter(deck=deck, uid__in=uids).order_by()
    saved = rows.filter(updated_at__gte=deck.updated_at - _AT_ONCE)
    return set((saved if saved.exists() else rows).values_list("pk", flat=True))


class _Row(NamedTuple):
    """A fact's columns; the names are those of `_FIELDS`."""

    pk: int
    uid: str
    about_id: int
    about: str
    relation: str
    value: str
    value_entity_id: int | None
    qualifiers: dict[str, str]
    unit: str
    rank: str
    status: list[str]
    points: list[str]
    accept: list[str]
    exact: bool | None
    topic: str | None
    note: str
    given_id: str
    position: int
    low: float | None
    high: float | None
    removed: bool

    @property
    def group(self) -> domain.Group:
        return self.about, self.relation, tuple(sorted(self.qualifiers.items()))


_FIELDS = (
    "pk", "uid", "about_id", "about__key", "relation", "value", "value_entity_id", "qualifiers",
    "unit", "rank", "status", "points", "accept", "exact", "topic__key", "note", "given_id",
    "position", "low", "high", "removed",
)  # fmt: skip


class Slice:
    """`core` are the facts whose questions may have to change, `edited` those that surely do,
    `gone` those that were removed; `turned` are the rows of the last two."""

    def __init__(self, deck: Deck, edited: Collection[int]) -> None:
        self.deck = deck
        self.vocabulary = vocabulary_for(deck)
        self._live = Fact.objects.live().filter(deck=deck).order_by()
        self.turned = list(_fetched(Fact.objects.filter(pk__in=edited)))
        self.gone = [row for row in self.turned if row.removed]
        self._rows = {row.pk: row for row in self.turned if not row.removed}
        self.edited = {row.uid for row in self._rows.values()}
        self._widened: set[int] = set()
        self._add_core()
        self.core = dict(self._rows)
        self.cards = self._cards()
        self.sets = self._sets()
        self._add_around(self.turned)
        self.widen(self.beside)

    @property
    def beside(self) -> set[str]:
        """The edited facts, and what else is said of the same subjects in the same relations."""
        pairs = {(row.about, row.relation) for row in self.turned}
        return {row.uid for row in self.core.values() if (row.about, row.relation) in pairs}

    def widen(self, uids: Collection[str]) -> None:
        """Take in what these facts of the core need to be written anew."""
        rows = [
            row for row in self.core.values() if row.uid in uids and row.pk not in self._widened
        ]
        for row in rows:
            self._add(self._holders(row), _MOST_HOLDERS)
        if rows:
            self._add_around(rows)
            self.__dict__.pop("index", None)

    @property
    def known(self) -> Mapping[str, _Row]:
        return {row.uid: row for row in self._rows.values()}

    @cached_property
    def index(self) -> Index:
        return Index(self._data(), _Margins(self.deck))

    @cached_property
    def next_place(self) -> int:
        """After every card of the deck, for facts that have none yet."""
        # `IN`, since SQLite finds no use for an index in `NOT retired`.
        live = Card.objects.filter(deck=self.deck, retired__in=[False])
        last = live.order_by("-position").values_list("position", flat=True).first()
        return 0 if last is None else (last // 4 + 1) * 4

    # The facts

    def _add(self, rows: QuerySet[Fact], most: int) -> list[_Row]:
        found = list(_fetched(rows[:most]))
        for row in found:
            self._rows.setdefault(row.pk, row)
        return found

    def _add_core(self) -> None:
        """All that is said of the edited facts' subjects, and of those that share a value."""
        subjects = {row.about_id for row in self.turned}
        self._add(self._live.filter(about__in=subjects), _MOST_OF_SUBJECTS)
        for row in self.turned:
            self._add(self._holders(row), _MOST_HOLDERS)

    def _holders(self, row: _Row) -> QuerySet[Fact]:
        """Facts of the relation, or of a kindred one, whose value might be taken for this one's."""
        same = self._live.filter(relation__in={row.relation, *self._sisters({row.relation})})
        if row.value_entity_id is not None:
            return same.filter(value_entity__in=self._relatives(row.value_entity_id))
        if row.low is not None and row.high is not None:
            margin_ = _NEARLY * max(1.0, abs(row.low))
            return same.filter(low__lte=row.high + margin_, high__gte=row.low - margin_)
        return same.filter(value__iexact=row.value)

    def _relatives(self, entity: int) -> list[int]:
        """The entity, its whole and its parts."""
        own = Entity.objects.get(pk=entity)
        rows = Entity.objects.filter(deck=self.deck, removed=False).order_by()
        near = (
            rows.filter(Q(part_of=own.key) | Q(key=own.part_of))
            if own.part_of
            else (rows.filter(part_of=own.key))
        )
        return [entity, *near.values_list("pk", flat=True)[:_MOST_HOLDERS]]

    def _add_around(self, rows: Collection[_Row]) -> None:
        """Neighbours of these facts that may serve as wrong answers, and what is said of them and
        of the wrong answers and sets that already stand."""
        self._widened |= {row.pk for row in rows}
        near = [found for row in rows if not row.removed for found in self._near(row)]
        members = {uid for card in self.sets for uid in card.spec.facts}
        near += self._add(self._live.filter(uid__in=members), _MOST_AROUND)
        about = {row.about_id for row in near} | set(self._offered)
        others = {row.about_id for row in self.core.values()}
        self._told = {
            row.pk for row in self._add(self._live.filter(about__in=others), _MOST_OF_SUBJECTS)
        }
        relations = {row.relation for row in self.core.values()}
        wanted = {*relations, *self._sisters(relations), *PART_OF}
        self._add(self._live.filter(about__in=about, relation__in=wanted), _MOST_AROUND)

    @cached_property
    def _offered(self) -> list[int]:
        """The entities that stand as wrong answers."""
        keys = {key for card in self.cards for key in card.options}
        rows = Entity.objects.filter(deck=self.deck, key__in=keys).order_by()
        return list(rows.values_list("pk", flat=True))

    def _near(self, row: _Row) -> Iterator[_Row]:
        same = self._live.filter(relation=row.relation)
        yield from self._as_long(same, "about__name", self._name(row.about_id))
        if row.low is None:
            if row.value_entity_id is None:
                yield from self._as_long(same, "value", row.value)
            else:
                name = self._name(row.value_entity_id)
                yield from self._as_long(same, "value_entity__name", name)
            up, down = same.filter(pk__gt=row.pk), same.filter(pk__lt=row.pk)
            field = "pk"
        else:
            same = same.filter(unit=row.unit)
            up, down = same.filter(low__gte=row.low), same.filter(low__lt=row.low)
            field = "low"
        yield from self._add(up.order_by(field), _EACH_WAY)
        yield from self._add(down.order_by(f"-{field}"), _EACH_WAY)

    def _as_long(self, rows: QuerySet[Fact], name: str, text: str) -> list[_Row]:
        """Facts whose subject's or value's name is nearly as long as a text."""
        sized = rows.annotate(size=Length(name))
        low, high = ceil(len(text) / 1.4), int(len(text) * 1.4)
        return self._add(sized.filter(size__gte=low, size__lte=high), _EACH_WAY)

    def _name(self, entity: int) -> str:
        return Entity.objects.values_list("name", flat=True).get(pk=entity)

    def _sisters(self, relations: Collection[str]) -> set[str]:
        found = {sister for key in relations for sister in self.vocabulary.relations[key].sisters}
        return found | {
            one.key
            for one in self.vocabulary.relations.values()
            if not set(one.sisters).isdisjoint(relations)
        }

    # The cards that stand

    def _cards(self) -> list[StandingCard]:
        """Of the core's facts, and the lists of the subjects concerned."""
        groups = {row.group for row in (*self.core.values(), *self.gone)}
        lists = {list_key(group) for group in groups}
        facts = [*self.core, *(row.pk for row in self.gone)]
        rows = Card.objects.filter(deck=self.deck).filter(Q(fact__in=facts) | Q(key__in=lists))
        return standing(list(rows.order_by("pk")))

    def _sets(self) -> list[StandingCard]:
        """Chronologies and matching sets in which a subject of the core stands."""
        touched = {row.uid for row in (*self.core.values(), *self.gone)}
        kinds = (Direction.CHRONOLOGY.value, Direction.PAIRS.value)
        rows = Card.objects.live().filter(deck=self.deck, fact=None, direction__in=kinds).order_by()
        return standing([row for row in rows if not touched.isdisjoint(row.facts)])

    # As data

    def _data(self) -> domain.Deck:
        rows = sorted(self._rows.values(), key=lambda row: (row.position, row.pk))
        passages, vetoes = self._passages(), self._vetoes()
        facts = tuple(_fact(row, passages.get(row.pk, ()), vetoes.get(row.pk, ())) for row in rows)
        abouts = {row.about for row in rows}
        return domain.Deck(
            title=self.deck.title,
            language=self.deck.language,
            sources=self._sources,
            entities=self._entities(facts),
            facts=facts,
            complete=frozenset(
                (about, relation, tuple((name, value) for name, value in qualifiers))
                for about, relation, qualifiers in self.deck.complete
                if about in abouts
            ),
            vocabulary=self.vocabulary,
        )

    @cached_property
    def _sources(self) -> dict[str, domain.Source]:
        return {row.key: source_as_data(row) for row in Source.objects.filter(deck=self.deck)}

    def _passages(self) -> Mapping[int, tuple[domain.Passage, ...]]:
        found: dict[int, list[domain.Passage]] = defaultdict(list)
        told = list(self._told | self.core.keys())
        rows = Support.objects.filter(fact__in=told).order_by("position", "pk")
        fields = ("fact_id", "passage__source__key", "passage__locator", "passage__quote")
        for fact, source, locator, quote in rows.values_list(*fields):
            found[fact].append(domain.Passage(source, locator, quote))
        return {fact: tuple(passages) for fact, passages in found.items()}

    def _vetoes(self) -> Mapping[int, tuple[str, ...]]:
        """Of the facts whose questions may be looked at: the core, and those of its sets."""
        told = [*self._told, *self.core]
        members = {uid for card in self.sets for uid in card.spec.facts}
        told += [row.pk for row in self._rows.values() if row.uid in members]
        return vetoes_of(Fact.objects.filter(pk__in=told))

    def _entities(self, facts: Iterable[domain.Fact]) -> dict[str, domain.Entity]:
        """Those spoken of, with their sides and all of which they are parts."""
        wanted = {key for fact in facts for key in _spoken(fact)}
        wanted |= {key for card in self.cards for key in card.options}
        found: dict[str, domain.Entity] = {}
        for _ in range(_STEPS_UP):
            rows = Entity.objects.filter(deck=self.deck, key__in=wanted - found.keys())
            new = {
                row.key: entity_as_data(row, row.topic.key if row.topic else "")
                for row in rows.select_related("topic")
            }
            if not new:
                break
            found |= new
            wanted = {key for one in new.values() for key in (one.side, one.part_of) if key}
        return found


class _Margins(Mapping[str, int]):
    """Of each date relation of the whole deck, read when asked for. Removed facts are counted
    too: so the index alone answers."""

    def __init__(self, deck: Deck) -> None:
        self._facts = Fact.objects.filter(deck=deck, low__isnull=False)
        self._found: dict[str, int] = {}

    def __getitem__(self, relation: str) -> int:
        if relation not in self._found:
            lows = self._facts.filter(relation=relation).order_by("low")
            rows, count = lows.values_list("low", flat=True), lows.count()
            self._found[relation] = margin(rows[count // 4] or 0.0, rows[count * 3 // 4] or 0.0)
        return self._found[relation]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _fetched(rows: QuerySet[Fact]) -> Iterator[_Row]:
    return (_Row(*row) for row in rows.values_list(*_FIELDS))


def _spoken(fact: domain.Fact) -> Iterator[str]:
    yield fact.about
    yield fact.value[:120]
    yield from (value for _, value in fact.qualifiers)


def _fact(
    row: _Row, passages: tuple[domain.Passage, ...], never_with: tuple[str, ...]
) -> domain.Fact:
    return domain.Fact(
        uid=row.uid,
        about=row.about,
        relation=row.relation,
        value=row.value,
        qualifiers=tuple(sorted(row.qualifiers.items())),
        unit=row.unit,
        passages=passages,
        rank=domain.Rank(row.rank),
        status=tuple(domain.Status(status) for status in row.status),
        points=tuple(row.points),
        accept=tuple(row.accept),
        exact=row.exact,
        never_with=never_with,
        topic=row.topic or "",
        note=row.note,
        id=row.given_id,
    )
