"""The part of a deck that an edited fact's questions depend on, where all of the deck is read.

Of a large deck a slice is read instead: see `slices`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from questions.domain.facts import ValueKind
from questions.domain.generation.cards import list_key
from questions.domain.generation.index import PART_OF, Index
from questions.domain.questions import Direction, Form
from questions.models import Card, Deck, Entity, Fact
from questions.models.as_data import deck_as_data
from questions.queries.facts import vocabulary_for
from questions.queries.parts import Parts
from questions.queries.prepared import Prepared
from questions.queries.slice_rows import (
    MOST_HOLDERS,
    FactRow,
    Rows,
    fact_rows,
    fact_rows_of,
    facts_about,
    facts_called,
    facts_said,
    facts_within,
    fetched,
)
from questions.queries.standing import (
    StandingCard,
    card_rows,
    cards_asking,
    cards_called,
    cards_numbered,
    cards_on,
    live_cards_asking,
    offering,
    standing,
)

_AT_ONCE = timedelta(seconds=1)
_FIRST_HOLDERS, _MOST_MOVED, _MOST_NEAREST, _MOST_ALONE = 12, 200, 16, 6
_MOST_OFFERING = 300
_ANY = Q()
_NEARLY = 1e-6


def edited_of(deck: Deck, uids: Collection[str], *, all_anew: bool = False) -> set[int]:
    """Of the facts named those saved since the deck's revision was counted up: callers name
    others because the old value touched them. All of them, if none was, or `all_anew`."""
    saved_at = dict(_saved_at(deck=deck.pk, uids=uids))
    since = deck.updated_at - _AT_ONCE
    saved = set() if all_anew else {pk for pk, at in saved_at.items() if at >= since}
    return saved or set(saved_at)


@Prepared
def _saved_at(deck: int, uids: Collection[str]) -> QuerySet[Fact, tuple[Any, ...]]:
    rows = Fact.objects.filter(deck=deck, uid__in=uids).order_by()
    return rows.values_list("pk", "updated_at")


class Around:
    """An edit of a small deck, all of which is read.

    `turned` are the edited facts, `gone` those of them that were removed. `core` are the facts
    whose questions may have to change; among them `mates` had a turned one's value, and `rivals`
    have the one it has now.
    `out` are choices that must go, by number; `is_all` tells whether all were looked at that may.
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
        self.rivals = self._rivals()
        self.core = dict(self._rows)
        self.cards = self._cards()
        self.sets = self._sets()
        self.out: list[int] = []
        self.is_all = True
        self.silenced = self._silenced()
        self.timed = self._timed()
        self._read()

    @cached_property
    def kin(self) -> set[str]:
        """The edited facts' relations and their sisters."""
        own = {row.relation for row in self.turned}
        return own | self._sisters(own)

    def is_akin(self, relation: str) -> bool:
        """Whether what an edited fact says may be taken for what such a fact says."""
        return bool(self.moved) or relation in self.kin

    @cached_property
    def set_relations(self) -> set[str]:
        """Those whose chronologies and matching sets an edit may bear upon."""
        return set(self.vocabulary.relations) if self.moved else self.kin

    @property
    def beside(self) -> set[str]:
        """What is written anew whatever the rules say of it: what is said of the same subjects in
        the same relations; and their dates, since answers are read in their subject's time."""
        pairs = {(row.about, row.relation) for row in self.turned}
        dated = {row.about for row in self.turned if self._is_date(row)}
        return {
            row.uid
            for row in self.core.values()
            if (row.about, row.relation) in pairs or (row.about in dated and self._is_date(row))
        }

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
        return standing(card_rows(rows), form=Form.CHOICE)

    def take(self, uids: Collection[str], lacking: Collection[str] = ()) -> None:  # noqa: ARG002
        """Take in what these facts need to be written anew; `lacking` are those of them for which
        wrong answers are known to be missing."""
        new = set(uids) - {row.uid for row in self.core.values()}
        rows = {row.pk: row for row in self._add(facts_called(deck=self.deck.pk, uids=new))}
        if rows:
            known = {card.pk for card in self.cards}
            self.core |= rows
            cards = standing(*self._cards_on(list(rows.values())))
            self.cards += [card for card in cards if card.pk not in known]

    @property
    def keeps(self) -> bool:
        """Whether what is offered stays for as long as it is fair."""
        return False

    def look_around(self, uids: Collection[str]) -> set[str]:  # noqa: ARG002
        """Take in the neighbours of these facts, which may be wrong answers. Those of which they
        were not at hand."""
        return set()

    def take_offered(self, entities: Collection[str], relations: Collection[str]) -> bool:  # noqa: ARG002
        """Take in what decides whether these are fair as wrong answers in these relations. Whether
        there was any that was not at hand."""
        return False

    def _read(self) -> None:
        """Read whatever the index is to hold beside the core."""

    def _is_date(self, row: FactRow) -> bool:
        return self.vocabulary.relations[row.relation].value is ValueKind.DATE

    # The facts

    def _add(self, rows: Iterable[tuple[Any, ...]]) -> list[FactRow]:
        return self._keep(fetched(rows))

    def _keep(self, rows: Iterable[FactRow]) -> list[FactRow]:
        found = list(rows)
        for row in found:
            self._rows.setdefault(row.pk, row)
        return found

    def _add_few(self, rows: Iterable[tuple[Any, ...]], most: int) -> bool:
        """Take these in, but of so many only the first; whether there were fewer."""
        found = list(fetched(rows))
        are_few = len(found) < most
        self._keep(found if are_few else found[:_FIRST_HOLDERS])
        return are_few

    def _add_core(self) -> None:
        """All that is said of the edited facts' subjects; facts that have one's value now; and
        where a subject is a value, since its dates say who can have been there."""
        subjects = {row.about_id for row in self.turned}
        self._add(facts_about(about=subjects))
        if self.redated:
            named = self._any.filter(value_entity__in=subjects)
            self._add(_asked_backwards(named)[:MOST_HOLDERS])
        if self.moved:
            near = Q(about__in=self.moved) | Q(value_entity__in=self.moved)
            said = self._add(self._live.filter(near)[:_MOST_MOVED])
            # Beside what one source says nothing is offered that another one's word includes.
            relations = {row.relation for row in said}
            relations |= self._sisters(relations)
            self._add(facts_said(about={row.about_id for row in said}, relations=relations))

    def _rivals(self) -> set[int]:
        """Facts that say of another subject what an edited one says now. Where something is no
        longer said, what else says the same is as fair as it was."""
        own = set(self._rows)
        self._add_holders(row for row in self.turned if not row.removed)
        return self._rows.keys() - own

    @cached_property
    def moved(self) -> set[int]:
        """Entities that an edit has made parts of others, or taken out of them, and those others:
        they may not be each other's wrong answers, or may be again."""
        turned = [row for row in self.turned if row.relation in PART_OF]
        ends = {row.about_id for row in turned} | {row.value_entity_id or 0 for row in turned}
        return {each for end in ends - {0} for each in self._parts.relatives([end])}

    def _mates(self, touched: Collection[str]) -> list[FactRow]:
        """Facts that had an edited one's value before and may be the only ones now."""
        others = set(touched) - {row.uid for row in (*self.turned, *self._rows.values())}
        some = sorted(others)[:MOST_HOLDERS]
        found = list(fetched(facts_called(deck=self.deck.pk, uids=some)))
        asked = (row for row in found if self.vocabulary.relations[row.relation].reverse)
        alone = (row for row in asked if not any(_could_mean(row, other) for other in found))
        return self._keep(islice(alone, _MOST_ALONE))

    def _add_holders(self, rows: Iterable[FactRow]) -> None:
        """Facts that have one's value, where subjects are asked for by it: each value once, and
        together where they are not many."""
        asked = (row for row in rows if self._is_asked_backwards(row.relation))
        alone = {(row.relation, row.value, row.qualifiers): row for row in asked}
        by_relation: dict[str, list[FactRow]] = defaultdict(list)
        for row in alone.values():
            by_relation[row.relation].append(row)
        for some in by_relation.values():
            holders = self._holders_of_all(some)
            most = MOST_HOLDERS * len(some)
            if holders is None or not self._add_few(holders[:most], most):
                for row in some:
                    self._add_holders_of(row)

    def _is_asked_backwards(self, relation: str) -> bool:
        kin = (self.vocabulary.relations.get(key) for key in self._kin_of(relation))
        return any(one.reverse for one in kin if one)

    def _holders_of_all(self, rows: Sequence[FactRow]) -> Rows | None:
        """In one query, if there is one for them: with all that lies between dates or figures."""
        if rows[0].value_entity_id is not None:
            return self._named_as(rows)
        reach = [
            (row.low, row.high) for row in rows if row.low is not None and row.high is not None
        ]
        if len(rows) == 1 or len(reach) < len(rows):
            return None
        low, high = min(low for low, _ in reach), max(high for _, high in reach)
        return self._in_kin(rows[0].relation).filter(low__lte=high, high__gte=low)

    def _named_as(self, rows: Sequence[FactRow]) -> Rows:
        ends = {row.value_entity_id for row in rows if row.value_entity_id is not None}
        same = self._in_kin(rows[0].relation)
        return same.filter(value_entity__in=self._parts.relatives(ends))

    def _add_holders_of(self, row: FactRow) -> None:
        """Of many that have a value those that are asked for it, and those of the same side or
        place, decide whether it still tells its subject."""
        if self._add_few(self._first_holders(row), MOST_HOLDERS):
            return
        holders = self._holders(row)
        self._add(_asked_backwards(holders)[:MOST_HOLDERS])
        for name, value in row.qualifiers:
            self._add(holders.filter(**{f"qualifiers__{name}": value})[:_FIRST_HOLDERS])

    def _first_holders(self, row: FactRow) -> Iterable[tuple[Any, ...]]:
        if row.value_entity_id is not None or row.low is None or row.high is None:
            return self._holders(row)[:MOST_HOLDERS]
        relations, (low, high) = self._kin_of(row.relation), _nearly(row.low, row.high)
        return facts_within(deck=self.deck.pk, relations=relations, low=low, high=high)

    def _holders(self, row: FactRow) -> Rows:
        """Facts of the relation, or of a kindred one, whose value might be taken for this one's."""
        same = self._in_kin(row.relation)
        if row.value_entity_id is not None:
            return self._named_as([row])
        if row.low is not None and row.high is not None:
            low, high = _nearly(row.low, row.high)
            return same.filter(low__lte=high, high__gte=low)
        return same.filter(value__iexact=row.value)

    def _in_kin(self, relation: str) -> Rows:
        return self._live.filter(relation__in=self._kin_of(relation))

    def _kin_of(self, relation: str) -> set[str]:
        return {relation, *self._sisters({relation})}

    @cached_property
    def _parts(self) -> Parts:
        return Parts(self.deck.pk, PART_OF.intersection(self.vocabulary.relations))

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
        others = self.core.keys() - pks
        asked = cards_asking(direction=Direction.SUBJECT.value, facts=others)
        return standing(*self._cards_on(own), asked)

    def _cards_on(self, rows: Collection[FactRow]) -> tuple[Iterable[Any], Iterable[Any]]:
        """Of these facts, and their lists. Two queries: one for both would look through all of
        the deck's cards."""
        lists = {list_key(row.group) for row in rows}
        return (
            cards_on(facts=[row.pk for row in rows]),
            cards_called(deck=self.deck.pk, keys=lists),
        )

    def _silenced(self) -> list[tuple[str, StandingCard]]:
        """Subjects of which the deck may say nothing more in a relation, or in one case of it, and
        who offers them."""
        said = {(row.about, row.relation) for row in self.core.values()}
        mute = {(row.about, row.relation) for row in self.gone} - said
        mute |= {(row.about, row.relation) for row in self.turned if self._has_cases(row.relation)}
        gone = {row.pk for row in self.gone}
        backwards = Q(card__direction=Direction.SUBJECT.value)
        found = []
        for about, relation in sorted(mute):
            cards, beyond = self._offering(about, backwards & Q(card__fact__relation=relation))
            found += [(about, card) for card in cards if card.fact not in gone]
            self.out += beyond
        return found

    def _has_cases(self, key: str) -> bool:
        """Whether a relation asks backwards for one case of several, and is too large for each of
        its choices to be looked at."""
        relation = self.vocabulary.relations[key]
        asked = relation.single and relation.qualifiers and relation.reverse
        return bool(asked) and not self.is_whole(key)

    def _offering(self, entity: str, which: Q = _ANY) -> tuple[list[StandingCard], list[int]]:
        """Cards whose choices offer it, and the choices of those that are too many to be judged."""
        rows = list(offering(self.deck, entity).filter(which).values_list("pk", "card"))
        cards = set(islice(dict.fromkeys(card for _, card in rows), _MOST_OFFERING))
        beyond = [pk for pk, card in rows if card not in cards]
        return standing(cards_numbered(pks=cards), form=Form.CHOICE), beyond

    @cached_property
    def redated(self) -> set[str]:
        """Subjects that have come to be of another time."""
        return {row.about for row in self.turned if self._is_date(row)}

    def _timed(self) -> list[StandingCard]:
        """Cards that offer those, or ask for them: what is offered beside them may be of another
        time now."""
        if not self.redated:
            return []
        keys = self.redated
        # Step by step: a database without statistics would go through all of one for each other.
        ends = Entity.objects.filter(deck=self.deck, key__in=keys).order_by().values_list("pk")
        rows = Fact.objects.live().filter(value_entity__in=[pk for (pk,) in ends]).order_by("pk")
        pks = list(rows.values_list("pk", flat=True)[: _MOST_OFFERING + 1])
        asked = live_cards_asking(direction=Direction.VALUE.value, facts=pks[:_MOST_OFFERING])
        found = standing(asked, form=Form.CHOICE)
        self.is_all &= len(pks) <= _MOST_OFFERING
        for key in sorted(keys):
            cards, beyond = self._offering(key)
            found += cards
            self.is_all &= not beyond
        return [card for card in {card.pk: card for card in found}.values() if card.fact]

    def _sets(self) -> list[StandingCard]:
        """Chronologies and matching sets of the relations concerned."""
        touched = {row.uid for row in (*self.core.values(), *self.gone)}
        found = [
            pk
            for pk, key, facts in _set_cards(deck=self.deck.pk)
            if (relation := key.split(":", 2)[1]) in self.set_relations
            and (self.is_whole(relation) or not touched.isdisjoint(facts))
        ]
        return standing(cards_numbered(pks=found))


@Prepared
def _set_cards(deck: int) -> QuerySet[Card, tuple[Any, ...]]:
    kinds = (Direction.CHRONOLOGY.value, Direction.PAIRS.value)
    rows = Card.objects.live().filter(deck=deck, fact=None, direction__in=kinds)
    return rows.order_by().values_list("pk", "key", "facts")


def _apart(other: tuple[str, float | None, int], row: FactRow) -> float:
    _, low, position = other
    if low is None or row.low is None:
        return abs(position - row.position)
    return abs(low - row.low)


def _nearly(low: float, high: float) -> tuple[float, float]:
    margin = _NEARLY * max(1.0, abs(low))
    return low - margin, high + margin


def _could_mean(row: FactRow, other: FactRow) -> bool:
    """Whether who asks for the one's subject, and says all that is known, may mean the other's."""
    if other.about == row.about:
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
