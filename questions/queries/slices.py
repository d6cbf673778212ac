"""The part of a deck that an edited fact's questions depend on.

A small deck is read whole. Of a large one a slice is read, as large in a deck of a million facts
as in one of two thousand. Truth is complete within it: every fact on the edited facts' subjects,
every fact that says the same of another subject, and on whatever may stand as a wrong answer
beside them. Choice is not: wrong answers are looked for among the neighbours of each edited fact
in its relation, not in the whole deck.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from questions.domain.facts import Status, ValueKind
from questions.domain.generation.index import Index
from questions.domain.generation.keys import has_odd_length
from questions.domain.generation.likeness import fitting_length
from questions.domain.generation.scales import reach_of
from questions.domain.generation.telltale import borne_by
from questions.domain.questions import Direction, Form, Written
from questions.domain.values import parse_quantity, parse_span, say_date, say_quantity
from questions.models import Deck, Fact
from questions.queries.neighbours import Neighbours
from questions.queries.prepared import Prepared
from questions.queries.refreshing import Around
from questions.queries.slice_rows import (
    MOST_AROUND,
    FactRow,
    Margins,
    SliceReader,
    entities_named,
    entities_with,
    facts_about,
    facts_called,
    facts_numbered,
    facts_said,
)
from questions.queries.standing import StandingCard, live_cards_asking, live_cards_on, standing

# A deck of more facts is large: what bears upon many of them is not simply written anew.
WHOLE = 500
# A deck of no more facts is read whole for one edit; beyond, a slice is sooner read.
_READ_WHOLE = 200
# A relation of no more facts is read whole, since one edit may bear upon all of them.
SMALL = 60
_STEPS_UP = 4
_DERIVED = json.dumps(Status.DERIVED)


def is_large(deck: Deck) -> bool:
    return _holds_more(deck, WHOLE)


def _holds_more(deck: Deck, facts: int) -> bool:
    return Fact.objects.live().filter(deck=deck).order_by()[facts : facts + 1].exists()


def around(deck: Deck, edited: Collection[int], touched: Collection[str] = ()) -> Around:
    """`edited` are facts by number; `touched` the uids of those that they bore upon before."""
    kind = Slice if _holds_more(deck, min(WHOLE, _READ_WHOLE)) else Around
    return kind(deck, edited, touched)


class Slice(Around):
    """The same of a large deck, of which no more is read than the edit may concern."""

    def _read(self) -> None:
        self._ready: set[int] = set()
        self._told: set[int] = set()
        self._weighed: set[str] = set()
        self._looked: set[int] = set()
        self._add_standing()
        self._add_timed()
        own = {row.uid for row in (*self.turned, *self.mates)} | self.beside
        self._prepare(
            own,
            {row.uid for row in self._rows.values() if row.uid in own and self._lacks_options(row)},
        )

    @cached_property
    def _whole(self) -> set[str]:
        """The relations small enough to be taken in."""
        return {key for key in self.set_relations if self._add_small(key)}

    def is_whole(self, relation: str) -> bool:
        return relation in self._whole

    @property
    def keeps(self) -> bool:
        return True

    def nearest(self) -> set[str]:
        return set()

    @cached_property
    def alike(self) -> list[StandingCard]:
        """In a large relation only what is as long as the edited fact's subject or value, where
        few are: elsewhere one more or less of its length decides nothing."""
        small = self._whole.intersection(row.relation for row in self.turned)
        facts = {row.pk for row in self._rows.values() if row.relation in small}
        rows = live_cards_on(facts=facts | self._neighbours.few)
        return [*standing(rows, form=Form.CHOICE), *self._now_beaten(facts)]

    def _now_beaten(self, known: Collection[int]) -> list[StandingCard]:
        """Choices of dates or figures whose key stands out beside what is offered, while an edited
        one near it would fit, or stood in the way of others; with their own neighbours."""
        former = self._former
        near = {*self._neighbours.in_size, *self._neighbours.nearest(former)}.difference(known)
        rows = live_cards_asking(direction=Direction.VALUE.value, facts=near)
        texts = [self._as_text(row) for row in (*self.turned, *former)]
        odd = [
            card
            for card in standing(rows, form=Form.CHOICE)
            if any(_would_fit(texts, one) for one in card.choices if has_odd_length(one))
        ]
        if odd:
            self._add_near([], self._add_numbered(card.fact for card in odd))
        return odd

    @cached_property
    def _former(self) -> list[FactRow]:
        """Edited dates and figures as they were, by the choices that still say so; and those that
        are gone."""
        asked = (card for card in self.cards if card.spec.direction is Direction.VALUE)
        was = {card.fact: one.content["key"]["value"] for card in asked for one in card.choices}
        found = [row for row in self.gone if row.low is not None]
        for row in self.turned:
            old = was.get(row.pk, row.value)
            if row.low is not None and old != row.value and not row.removed:
                reach = reach_of(self.vocabulary, row.relation, old, row.unit)
                found += [row._replace(value=old, low=reach[0], high=reach[1])] if reach else []
        return found

    def _as_text(self, row: FactRow) -> str:
        if self._is_date(row):
            return say_date(parse_span(row.value))
        return row.value if row.low is None else say_quantity(parse_quantity(row.value))

    def take(self, uids: Collection[str], lacking: Collection[str] = ()) -> None:
        super().take(uids)
        taken = {row.pk for row in self._rows.values() if row.uid in uids} & self.rivals
        self.rivals -= taken
        self._add_offered(card for card in self.cards if card.fact in taken)
        self._prepare(uids, lacking)

    def take_offered(self, entities: Collection[str], relations: Collection[str]) -> bool:
        """Once for each. Candidates are many, and all is known of few; those offered are fewer."""
        new = set(entities) - self._weighed
        self._weighed |= new
        named = dict(entities_named(deck=self.deck.pk, keys=new))
        before = len(self._rows)
        self._add_said(named, {*relations, *self._dates})
        self._add_namesakes(named.values())
        if len(self._rows) == before:
            return False
        self._forget()
        return True

    @cached_property
    def known(self) -> Mapping[str, tuple[int, str]]:
        return {row.uid: (row.pk, row.relation) for row in self._rows.values()}

    @cached_property
    def index(self) -> Index:
        cards = (*self._standing(), *self.alike, *self.timed)
        named = {key for card in cards for key in card.options} | self.subjects
        data = self._reader.as_data(
            self._rows.values(), self._told | self._weighed_by_source, named
        )
        return Index(data, self._margins)

    @property
    def _weighed_by_source(self) -> set[int]:
        """Facts of which it matters who says them, even where they are not asked themselves: what
        the deck worked out, beside what its sources say; and limits."""
        rows, relations = self._rows.values(), self.vocabulary.relations
        worked_out = {(row.about, row.relation) for row in rows if _DERIVED in row.status_json}
        return {
            row.pk
            for row in rows
            if (row.about, row.relation) in worked_out or relations[row.relation].limits
        }

    @cached_property
    def _reader(self) -> SliceReader:
        return SliceReader(self.deck, self.vocabulary)

    @cached_property
    def _margins(self) -> Margins:
        return Margins(self.deck)

    # What is read

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self.deck, self.vocabulary)

    def _standing(self) -> list[StandingCard]:
        """Cards of which it is asked whether all that they offer is fair."""
        cards = (*self.cards, *(card for _, card in self.silenced))
        return [card for card in cards if card.fact not in self.rivals]

    def _add_small(self, relation: str) -> bool:
        """Take in a relation that is small enough; whether it was."""
        if _beyond_small(deck=self.deck.pk, relation=relation):
            return False
        self._add(self._live.filter(relation=relation)[:SMALL])
        return True

    def _add_numbered(self, pks: Iterable[int | None]) -> list[FactRow]:
        return self._add(facts_numbered(pks={pk for pk in pks if pk}))

    def _prepare(self, uids: Collection[str], lacking: Collection[str]) -> None:
        """All that is said of these facts' subjects, who has their values, and neighbours of those
        for which wrong answers will have to be looked for."""
        every = [row for row in self._rows.values() if row.uid in uids]
        rows = [row for row in every if row.pk not in self._ready]
        if rows:
            self._ready |= {row.pk for row in rows}
            subjects = {row.about_id for row in rows}
            told = self._add(facts_about(about=subjects))
            self._told |= {each.pk for each in told}
            self._add_holders(row for row in rows if row not in self.turned)
        searching = [row for row in every if row.uid in lacking and row.pk not in self._looked]
        if rows or searching:
            self._add_near(rows, searching)

    def look_around(self, uids: Collection[str]) -> set[str]:
        new = {uid for uid in uids if self.known[uid][0] not in self._looked}
        self._prepare(new, new)
        return new

    def _add_near(self, rows: Collection[FactRow], searching: Collection[FactRow]) -> None:
        self._looked |= {row.pk for row in searching}
        pks = self._neighbours.of(searching, {row.pk for row in self.turned})
        near = self._add_numbered(pks)
        relations = {row.relation for row in searching}
        self._add_said({each.about_id for each in near}, relations)
        self._add_dates([*rows, *near])
        self._add_wholes()
        self._forget()

    def _lacks_options(self, row: FactRow) -> bool:
        """Whether wrong answers will be looked for, since none stand, or stand out; or what stands
        is judged by others, as dates and figures are."""
        if row in self.turned or (row.low is not None and row not in self.mates):
            return True
        asked = self._choices.get(row.pk, {})
        relation = self.vocabulary.relations[row.relation]
        wanted = {Direction.SUBJECT} if relation.reverse else set()
        wanted |= {Direction.VALUE} if relation.value is not ValueKind.TEXT else set()
        return any(not asked.get(way) or any(map(has_odd_length, asked[way])) for way in wanted)

    @property
    def _choices(self) -> Mapping[int, Mapping[Direction, list[Written]]]:
        """By fact, of those that stand."""
        found: dict[int, dict[Direction, list[Written]]] = defaultdict(dict)
        for card in self.cards:
            if card.fact:
                found[card.fact][card.spec.direction] = card.choices
        return found

    def _forget(self) -> None:
        for stale in ("index", "known"):
            self.__dict__.pop(stale, None)

    def _add_said(self, about: Collection[int], relations: Collection[str]) -> None:
        """What these relations and their sisters say of these entities."""
        wanted = {*relations, *self._sisters(relations)}
        self._add(facts_said(about=about, relations=wanted))

    def _add_standing(self) -> None:
        """What is said of whatever stands in the sets, is offered, or must go."""
        members = {uid for card in self.sets for uid in card.spec.facts}
        asked = [card.fact for _, card in self.silenced]
        rows = self._add(facts_called(deck=self.deck.pk, uids=members))
        rows += self._add_numbered(asked)
        whole = self._whole
        rows += [row for row in self._rows.values() if row.relation in whole]
        others = self.core.keys() - self.rivals
        rows += [
            row for pk, row in self.core.items() if pk in others and row.about not in self.subjects
        ]
        self._add_said({row.about_id for row in rows}, self.set_relations)
        self._add_offered(self._standing())
        dates = {row.about_id for row in rows if self._is_date(row) and row.relation in whole}
        self._add_said(dates, self._dates)

    def _add_offered(self, cards: Iterable[StandingCard]) -> None:
        """What is said of whatever is offered to who is asked for a subject."""
        backwards = [
            card
            for card in cards
            if card.spec.direction is Direction.SUBJECT and card.fact in self._rows
        ]
        keys = {key for card in backwards for key in card.options}
        entities = entities_named(deck=self.deck.pk, keys=keys)
        asked_of = {self._rows[card.fact or 0].relation for card in backwards}
        self._add_said([pk for pk, _ in entities], asked_of)

    def _add_timed(self) -> None:
        """The facts that are asked beside a subject of another time, or of it, and when all that
        are named there were."""
        facts = self._add_numbered(card.fact for card in self.timed)
        own = [card for card in self.cards if card.fact in self._moved_in_time]
        options = {key for card in (*self.timed, *own) for key in card.options}
        offered = entities_named(deck=self.deck.pk, keys=options)
        self._add_dates(facts, (pk for pk, _ in offered))

    @property
    def _moved_in_time(self) -> set[int]:
        """Facts on subjects that have come to be of another time."""
        return {row.pk for row in self.core.values() if row.about in self.redated}

    def _add_dates(self, rows: Iterable[FactRow], others: Iterable[int] = ()) -> None:
        """When all that these facts name was: of another time none is a wrong answer."""
        ends = {end for row in rows for end in (row.about_id, row.value_entity_id) if end}
        self._add_said({*ends, *others}, self._dates)

    def _add_namesakes(self, names: Iterable[str]) -> None:
        """What is called by a part of one of these names, which then shows whose it is."""
        parts = {part for name in names for part in borne_by(name)}
        by_name = entities_with(deck=self.deck.pk, name__in=parts)
        by_adjective = entities_with(deck=self.deck.pk, adjective__in=parts)
        self._add(facts_about(about={pk for (pk,) in (*by_name, *by_adjective)}))

    @cached_property
    def _dates(self) -> set[str]:
        """Relations that say when a subject was."""
        relations = self.vocabulary.relations.values()
        return {one.key for one in relations if one.value is ValueKind.DATE}

    def _add_wholes(self) -> None:
        """Of what everything that stands here is a part, where facts say so."""
        asked: set[int | None] = {None}
        reached: set[int] = set()
        for _ in range(_STEPS_UP if self._parts.saying else 0):
            rows = self._rows.values()
            ends = {end for row in rows for end in (row.about_id, row.value_entity_id)}
            new = (ends | reached) - asked - {None}
            if not new:
                return
            asked |= new
            said = self._any.filter(about__in=new, relation__in=self._parts.saying)
            self._add(said[:MOST_AROUND])
            reached = self._parts.wholes([end for end in new if end])


@Prepared
def _beyond_small(deck: int, relation: str) -> QuerySet[Fact, tuple[Any, ...]]:
    rows = Fact.objects.live().filter(deck=deck, relation=relation)
    return rows.order_by().values_list("pk")[SMALL : SMALL + 1]


def _would_fit(texts: Collection[str], question: Written) -> bool:
    key = question.content["key"]["text"]
    return any(fitting_length(key, text) for text in texts)
