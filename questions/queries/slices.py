"""The part of a deck that an edited fact's questions depend on.

A small deck is read whole. Of a large one a slice is read, as large in a deck of a million facts
as in one of two thousand. Truth is complete within it: every fact on the edited facts' subjects,
every fact that says the same of another subject, and on whatever may stand as a wrong answer
beside them. Choice is not: wrong answers are looked for among the neighbours of each edited fact
in its relation, not in the whole deck.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from functools import cached_property
from itertools import islice
from math import ceil
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from questions.domain.facts import ValueKind
from questions.domain.generation.cards import list_key
from questions.domain.generation.index import PART_OF, Index
from questions.domain.questions import Direction, Form
from questions.models import Card, Deck, Entity, Fact
from questions.models.as_data import deck_as_data
from questions.queries.facts import vocabulary_for
from questions.queries.slice_rows import (
    FactRow,
    Margins,
    fact_rows,
    fact_rows_of,
    fetched,
    slice_as_data,
)
from questions.queries.standing import StandingCard, offering, standing

Rows = QuerySet[Fact, tuple[Any, ...]]

# A deck of more facts is large: what bears upon many of them is not simply written anew.
WHOLE = 500
# A deck of no more facts is read whole for one edit; beyond, a slice is sooner read.
_READ_WHOLE = 200
# A relation of no more facts is read whole, since one edit may bear upon all of them.
SMALL = 60
_AT_ONCE = timedelta(seconds=1)
_MOST_OF_SUBJECTS, _MOST_HOLDERS, _MOST_MATES, _MOST_AROUND = 600, 40, 12, 3_000
_MOST_MOVED, _MOST_NEAREST, _MOST_ALONE = 200, 16, 6
_EACH_WAY, _AS_LONG = 12, 8
_NEARLY = 1e-6
_LONGER = 1.5
_STEPS_UP = 4


def is_large(deck: Deck) -> bool:
    return _holds_more(deck, WHOLE)


def _holds_more(deck: Deck, facts: int) -> bool:
    return Fact.objects.live().filter(deck=deck).order_by()[facts : facts + 1].exists()


def edited_of(deck: Deck, uids: Collection[str]) -> set[int]:
    """Of the facts named those saved since the deck's revision was counted up: callers name
    others because the old value touched them. All of them, if none was."""
    rows = Fact.objects.filter(deck=deck, uid__in=uids).order_by()
    saved = rows.filter(updated_at__gte=deck.updated_at - _AT_ONCE)
    return set((saved if saved.exists() else rows).values_list("pk", flat=True))


def around(deck: Deck, edited: Collection[int], touched: Collection[str] = ()) -> Around:
    """`edited` are facts by number; `touched` the uids of those that they bore upon before."""
    kind = Slice if _holds_more(deck, min(WHOLE, _READ_WHOLE)) else Around
    return kind(deck, edited, touched)


class Around:
    """An edit of a small deck, all of which is read.

    `turned` are the edited facts, `gone` those of them that were removed. `core` are the facts
    whose questions may have to change; `mates` those among them that had a turned one's value.
    """

    def __init__(self, deck: Deck, edited: Collection[int], touched: Collection[str] = ()) -> None:
        # An entity's facts are asked for without naming its deck: databases that know nothing of
        # how many rows there are would go through all of the deck's.
        self.deck = deck
        self.vocabulary = vocabulary_for(deck)
        self._any = fact_rows()
        self._live = self._any.filter(deck=deck)
        self.turned = fact_rows_of(edited)
        self.gone = [row for row in self.turned if row.removed]
        self.subjects = {row.about for row in self.turned}
        self._rows = {row.pk: row for row in self.turned if not row.removed}
        self._add_core()
        self.mates = self._mates(touched)
        self.core = dict(self._rows)
        self.cards = self._cards()
        self.sets = self._sets()
        self.silenced = self._silenced()
        self._read()

    @cached_property
    def kin(self) -> set[str]:
        """The edited facts' relations and their sisters."""
        own = {row.relation for row in self.turned}
        return own | self._sisters(own)

    @cached_property
    def set_relations(self) -> set[str]:
        """Those whose chronologies and matching sets an edit may bear upon."""
        return set(self.vocabulary.relations) if self.moved else self.kin

    @property
    def beside(self) -> set[str]:
        """What is written anew whatever the rules say of it: what is said of the same subjects in
        the same relations; their dates, since answers are read in their subject's time; and facts
        that may have become the only ones of their value."""
        pairs = {(row.about, row.relation) for row in self.turned}
        dated = {row.about for row in self.turned if self._is_date(row)}
        found = {
            row.uid
            for row in self.core.values()
            if (row.about, row.relation) in pairs or (row.about in dated and self._is_date(row))
        }
        return found | {row.uid for row in self.mates}

    def nearest(self) -> set[str]:
        """Facts whose wrong answers the edit is likeliest to change, as many as there is time
        for: of the same relations, the nearest in size or in the deck, and what else is said of
        their values."""
        found: dict[str, None] = {}
        for row in self.turned:
            rows = self._live.filter(relation=row.relation).values_list("uid", "low", "position")
            ranked = sorted(rows, key=lambda each: _apart(each, row))
            found |= dict.fromkeys(uid for uid, _, _ in ranked)
            named = self.index.deck.by_entity.get(row.value, ())
            found |= dict.fromkeys(fact.uid for fact in named)
        return set(list(found)[:_MOST_NEAREST])

    @cached_property
    def index(self) -> Index:
        return Index(deck_as_data(self.deck))

    @cached_property
    def known(self) -> Mapping[str, tuple[int, str]]:
        """Each fact at hand, by uid: its number and relation."""
        return {uid: (pk, key) for uid, pk, key in self._live.values_list("uid", "pk", "relation")}

    @cached_property
    def next_place(self) -> int:
        """After every card of the deck, for facts that have none yet."""
        # `IN`, since SQLite finds no use for an index in `NOT retired`.
        live = Card.objects.filter(deck=self.deck, retired__in=[False])
        last = live.order_by("-position").values_list("position", flat=True).first()
        return 0 if last is None else (last // 4 + 1) * 4

    def is_whole(self, relation: str) -> bool:  # noqa: ARG002
        """Whether all facts of a relation are at hand."""
        return True

    @cached_property
    def alike(self) -> list[StandingCard]:
        """Cards of the edited facts' relations with their choices: what else was, or might have
        been, offered there decides whether their options are fair."""
        relations = {row.relation for row in self.turned}
        rows = Card.objects.live().filter(fact__deck=self.deck, fact__relation__in=relations)
        return standing(rows, form=Form.CHOICE)

    def take(self, uids: Collection[str]) -> None:
        """Take in what these facts need to be written anew."""
        new = self._live.filter(uid__in=set(uids) - {row.uid for row in self.core.values()})
        rows = {row.pk: row for row in self._add(new, _MOST_AROUND)}
        if rows:
            known = {card.pk for card in self.cards}
            self.core |= rows
            cards = standing(*self._cards_on(list(rows.values())))
            self.cards += [card for card in cards if card.pk not in known]

    def _read(self) -> None:
        """Read whatever the index is to hold beside the core."""

    def _is_date(self, row: FactRow) -> bool:
        return self.vocabulary.relations[row.relation].value is ValueKind.DATE

    # The facts

    def _add(self, rows: Rows, most: int) -> list[FactRow]:
        found = list(fetched(rows[:most]))
        for row in found:
            self._rows.setdefault(row.pk, row)
        return found

    def _add_core(self) -> None:
        """All that is said of the edited facts' subjects; facts that have one's value now; and
        where a subject is a value, since its dates say who can have been there."""
        subjects = {row.about_id for row in self.turned}
        self._add(self._any.filter(about__in=subjects), _MOST_OF_SUBJECTS)
        for row in self.turned:
            self._add_holders(row)
        if any(self._is_date(row) for row in self.turned):
            named = self._any.filter(value_entity__in=subjects)
            self._add(_asked_backwards(named), _MOST_HOLDERS)
        if self.moved:
            near = Q(about__in=self.moved) | Q(value_entity__in=self.moved)
            self._add(self._live.filter(near), _MOST_MOVED)

    @cached_property
    def moved(self) -> set[int]:
        """Entities that an edit has made parts of others, or taken out of them, and those others:
        they may not be each other's wrong answers, or may be again."""
        turned = [row for row in self.turned if row.relation in PART_OF]
        ends = {row.about_id for row in turned} | {row.value_entity_id or 0 for row in turned}
        return {each for end in ends - {0} for each in self._relatives(end)}

    def _mates(self, touched: Collection[str]) -> list[FactRow]:
        """Facts that had an edited one's value before and may be the only ones now."""
        rows = self._live.filter(uid__in=touched).exclude(pk__in=[row.pk for row in self.turned])
        subjects = {row.about_id for row in self.turned}
        found = self._add(rows.exclude(about__in=subjects), _MOST_HOLDERS)
        alone = (row for row in found if not any(_could_mean(row, other) for other in found))
        return list(islice(alone, _MOST_ALONE))

    def _add_holders(self, row: FactRow) -> None:
        """Of many that have a value those that are asked for it, and those of the same side or
        place, decide whether it still tells its subject."""
        holders = self._holders(row)
        if len(self._add(holders, _MOST_HOLDERS)) < _MOST_HOLDERS:
            return
        self._add(_asked_backwards(holders), _MOST_HOLDERS)
        for name, value in row.qualifiers:
            self._add(holders.filter(**{f"qualifiers__{name}": value}), _MOST_MATES)

    def _holders(self, row: FactRow) -> Rows:
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
        own = Entity.objects.only("key", "part_of").get(pk=entity)
        near = Q(part_of=own.key) | Q(key=own.part_of) if own.part_of else Q(part_of=own.key)
        rows = Entity.objects.filter(near, deck=self.deck, removed=False).order_by()
        return [entity, *rows.values_list("pk", flat=True)[:_MOST_HOLDERS]]

    def _sisters(self, relations: Collection[str]) -> set[str]:
        found = {sister for key in relations for sister in self.vocabulary.relations[key].sisters}
        return found | {
            one.key
            for one in self.vocabulary.relations.values()
            if not set(one.sisters).isdisjoint(relations)
        }

    # The cards that stand

    def _cards(self) -> list[StandingCard]:
        """All of the edited facts' subjects and mates; of the rest of the core those that ask for
        the subject."""
        own = [row for row in self.core.values() if row.about in self.subjects or self.moved]
        own += [*self.gone, *self.mates]
        pks = {row.pk for row in own}
        others = Card.objects.filter(direction=Direction.SUBJECT.value)
        others = others.filter(fact__in=[pk for pk in self.core if pk not in pks])
        return standing(*self._cards_on(own), others)

    def _cards_on(self, rows: Collection[FactRow]) -> tuple[QuerySet[Card], QuerySet[Card]]:
        """Of these facts, and their lists. Two queries: one for both would look through all of
        the deck's cards."""
        lists = {list_key(row.group) for row in rows}
        return (
            Card.objects.filter(fact__in=[row.pk for row in rows]),
            Card.objects.filter(deck=self.deck, key__in=lists),
        )

    def _silenced(self) -> list[tuple[str, StandingCard]]:
        """Subjects of which the deck says nothing more in a relation, and who offers them."""
        said = {(row.about, row.relation) for row in self.core.values()}
        mute = {(row.about, row.relation) for row in self.gone} - said
        gone = {row.pk for row in self.gone}
        return [
            (about, card)
            for about, relation in sorted(mute)
            for card in standing(offering(self.deck, relation, about), form=Form.CHOICE)
            if card.fact not in gone
        ]

    def _sets(self) -> list[StandingCard]:
        """Chronologies and matching sets of the relations concerned."""
        kinds = (Direction.CHRONOLOGY.value, Direction.PAIRS.value)
        rows = Card.objects.filter(deck=self.deck, fact=None, direction__in=kinds, retired=False)
        touched = {row.uid for row in (*self.core.values(), *self.gone)}
        found = [
            pk
            for pk, key, facts in rows.order_by().values_list("pk", "key", "facts")
            if (relation := key.split(":", 2)[1]) in self.set_relations
            and (self.is_whole(relation) or not touched.isdisjoint(facts))
        ]
        return standing(Card.objects.filter(pk__in=found))


class Slice(Around):
    """The same of a large deck, of which no more is read than the edit may concern."""

    def _read(self) -> None:
        self._ready: set[int] = set()
        self._told: set[int] = set()
        self._add_standing()
        self._prepare({row.uid for row in self.turned} | self.beside)

    @cached_property
    def _whole(self) -> set[str]:
        """The relations small enough to be taken in."""
        return {key for key in self.set_relations if self._add_small(key)}

    def is_whole(self, relation: str) -> bool:
        return relation in self._whole

    def nearest(self) -> set[str]:
        return set()

    @cached_property
    def alike(self) -> list[StandingCard]:
        """In a large relation only what is as long as the edited fact's subject or value, where
        few are: elsewhere one more or less of its length decides nothing."""
        small = self._whole.intersection(row.relation for row in self.turned)
        facts = {row.pk for row in self._rows.values() if row.relation in small}
        rows = Card.objects.live().filter(fact__in=facts | self._rare_lengths)
        return standing(rows, form=Form.CHOICE)

    def take(self, uids: Collection[str]) -> None:
        super().take(uids)
        self._prepare(uids)

    @cached_property
    def known(self) -> Mapping[str, tuple[int, str]]:
        return {row.uid: (row.pk, row.relation) for row in self._rows.values()}

    @cached_property
    def index(self) -> Index:
        named = {key for card in (*self._standing(), *self.alike) for key in card.options}
        data = slice_as_data(self.deck, self.vocabulary, self._rows.values(), self._told, named)
        return Index(data, Margins(self.deck))

    # What is read

    def _standing(self) -> list[StandingCard]:
        return [*self.cards, *(card for _, card in self.silenced)]

    def _add_small(self, relation: str) -> bool:
        """Take in a relation that is small enough; whether it was."""
        rows = self._live.filter(relation=relation)
        if rows[SMALL : SMALL + 1].exists():
            return False
        self._add(rows, SMALL)
        return True

    def _prepare(self, uids: Collection[str]) -> None:
        """All that is said of these facts' subjects, who has their values, and neighbours that
        may serve as wrong answers."""
        rows = [row for row in self._rows.values() if row.uid in uids and row.pk not in self._ready]
        if not rows:
            return
        self._ready |= {row.pk for row in rows}
        subjects = {row.about_id for row in rows}
        self._told |= {
            each.pk for each in self._add(self._any.filter(about__in=subjects), _MOST_OF_SUBJECTS)
        }
        turned = {row.pk for row in self.turned}
        values = {(row.relation, row.value, row.qualifiers): row for row in rows}
        for row in values.values():
            if row.pk not in turned:
                self._add_holders(row)
        names = self._names(rows)
        near = {each.about_id for row in rows for each in self._neighbours(row, names)}
        self._add_said(near, {row.relation for row in rows})
        self._add_wholes()
        for stale in ("index", "known"):
            self.__dict__.pop(stale, None)

    def _add_said(self, about: Collection[int], relations: Collection[str]) -> None:
        """What these relations and their sisters say of these entities."""
        wanted = {*relations, *self._sisters(relations)}
        self._add(self._any.filter(about__in=about, relation__in=wanted), _MOST_AROUND)

    def _add_standing(self) -> None:
        """What is said of whatever stands in the sets, is offered, or must go."""
        members = {uid for card in self.sets for uid in card.spec.facts}
        asked = [card.fact for _, card in self.silenced]
        wanted = Q(uid__in=members) | Q(pk__in=asked)
        rows = self._add(self._live.filter(wanted), _MOST_AROUND)
        whole = self._whole
        rows += [row for row in self._rows.values() if row.relation in whole]
        rows += [row for row in self.core.values() if row.about not in self.subjects]
        self._add_said({row.about_id for row in rows}, self.set_relations)
        backwards = [
            card
            for card in self._standing()
            if card.spec.direction is Direction.SUBJECT and card.fact in self._rows
        ]
        keys = {key for card in backwards for key in card.options}
        entities = Entity.objects.filter(deck=self.deck, key__in=keys).order_by()
        asked_of = {self._rows[card.fact or 0].relation for card in backwards}
        self._add_said(list(entities.values_list("pk", flat=True)), asked_of)
        dates = {row.about_id for row in rows if self._is_date(row) and row.relation in whole}
        self._add_said(dates, self._dates)

    @cached_property
    def _dates(self) -> set[str]:
        """Relations that say when a subject was."""
        relations = self.vocabulary.relations.values()
        return {one.key for one in relations if one.value is ValueKind.DATE}

    def _add_wholes(self) -> None:
        """Of what everything that stands here is a part, where facts say so."""
        saying = PART_OF & self.vocabulary.relations.keys()
        asked: set[int | None] = {None}
        for _ in range(_STEPS_UP if saying else 0):
            rows = self._rows.values()
            ends = {end for row in rows for end in (row.about_id, row.value_entity_id)} - asked
            asked |= ends
            new = self._any.filter(about__in=ends, relation__in=saying)
            if not ends or not self._add(new, _MOST_AROUND):
                return

    def _names(self, rows: Collection[FactRow]) -> Mapping[int, str]:
        ends = {end for row in rows for end in (row.about_id, row.value_entity_id) if end}
        return dict(Entity.objects.filter(pk__in=ends).order_by().values_list("pk", "name"))

    def _neighbours(self, row: FactRow, names: Mapping[int, str]) -> Iterator[FactRow]:
        same = self._live.filter(relation=row.relation)
        yield from self._as_long(same, row, "about__name", names[row.about_id])
        if row.low is None:
            if row.value_entity_id is None:
                yield from self._as_long(same, row, "value", row.value)
            else:
                yield from self._as_long(
                    same, row, "value_entity__name", names[row.value_entity_id]
                )
            up, down = same.filter(pk__gt=row.pk), same.filter(pk__lt=row.pk)
            field = "pk"
        else:
            if self.vocabulary.relations[row.relation].unit in ("", "any"):
                same = same.filter(unit=row.unit)
            up, down = same.filter(low__gte=row.low), same.filter(low__lt=row.low)
            field = "low"
        yield from self._add(up.order_by(field), _EACH_WAY)
        yield from self._add(down.order_by(f"-{field}"), _EACH_WAY)

    @cached_property
    def _rare_lengths(self) -> set[int]:
        return set()

    def _as_long(self, same: Rows, row: FactRow, name: str, text: str) -> list[FactRow]:
        """Facts whose subject's or value's name is nearly as long as a text."""
        low, high = ceil(len(text) / _LONGER), int(len(text) * _LONGER)
        sized = same.alias(size=Length(name)).filter(size__gte=low, size__lte=high)
        found = self._add(sized, _AS_LONG)
        if len(found) < _AS_LONG and row in self.turned:
            self._rare_lengths.update(each.pk for each in found)
        return found


def _apart(other: tuple[str, float | None, int], row: FactRow) -> float:
    _, low, position = other
    if low is None or row.low is None:
        return abs(position - row.position)
    return abs(low - row.low)


def _could_mean(row: FactRow, other: FactRow) -> bool:
    """Whether who asks for the one's subject, and says all that is known, may mean the other's."""
    if other.about == row.about or other.rank == Fact.Rank.DEPRECATED:
        return False
    own = dict(other.qualifiers)
    if any(own.get(name, value) != value for name, value in row.qualifiers):
        return False
    if row.low is None or other.low is None or row.high is None or other.high is None:
        return row.value == other.value
    return row.low <= other.high and other.low <= row.high


def _asked_backwards(rows: Rows) -> Rows:
    """Those of which a card asks for the subject."""
    return rows.filter(cards__direction=Direction.SUBJECT.value, cards__retired__in=[False])
