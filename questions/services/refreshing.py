"""An edited fact's questions in a large deck: as much work in one of a million facts as in one of
two thousand.

The edited facts, and those that say something of the same subject in the same relation, are
written anew. Whatever else the edit may have touched is looked over by the rules: what is still
fair stays as it is, the rest is written anew too. A fact that is new joins chronologies, matching
sets and the wrong answers of far-off facts when the whole deck is next written.
"""

from __future__ import annotations

from collections.abc import Iterable

from questions.domain.facts import Fact
from questions.domain.generation.bank import write_facts, write_set
from questions.domain.generation.cards import list_key
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import first_problem
from questions.domain.questions import Direction, State
from questions.models import Deck
from questions.queries.observed import observed_in
from questions.queries.slices import Slice
from questions.queries.standing import StandingCard
from questions.services.bank_rows import BankRows, Batch, Counts, Known
from questions.services.scale import place_some

MOST_EDITED = 30
"""More facts than these at once are sooner written from the whole deck."""


def refresh(deck: Deck, edited: set[int]) -> Counts:
    """`edited` are the facts' numbers, removed ones among them."""
    place_some(deck, edited)
    around = Slice(deck, edited)
    uids = around.beside | _unfair_ones(around)
    around.widen(uids)
    facts = [around.index.by_uid[uid] for uid in sorted(uids)]
    cards, sets = _in_scope(around, facts), _sets(around)
    scope = {card.row.key: card.row.pk for card in (*cards, *sets)}
    rows = BankRows(deck, _known(around), scope)
    observed = observed_in(deck, around.index.named, [card.row.pk for card in cards])
    batch = Batch()
    for made in write_facts(around.index, facts, observed):
        rows.take(batch, made)
    for card in sets:
        for made in write_set(around.index, card.spec):
            rows.take(batch, made)
    rows.flush(batch)
    rows.retire_left()
    return rows.counts


def _unfair_ones(around: Slice) -> set[str]:
    """Facts of the core of which a question is no longer fair."""
    core = {row.uid for row in around.core.values()}
    return {
        card.spec.facts[0]
        for card in around.cards
        if card.row.fact_id
        and card.spec.facts[0] in core
        and _at_risk(around, card)
        and _unfair(around.index, card)
    }


def _at_risk(around: Slice, card: StandingCard) -> bool:
    """Whether an edit can have made its questions wrong: those on the same subject, and those that
    ask what has a value that another subject now has too."""
    same = {row.about for row in around.turned}
    fact = around.index.by_uid.get(card.spec.facts[0])
    return fact is None or fact.about in same or card.spec.direction is Direction.SUBJECT


def _unfair(index: Index, card: StandingCard) -> bool:
    if any(uid not in index.by_uid for uid in card.spec.facts):
        return True
    active = (each for each in card.questions if each.state is State.ACTIVE)
    return any(first_problem(Item(index, card.spec, each)) for each in active)


def _in_scope(around: Slice, facts: Iterable[Fact]) -> list[StandingCard]:
    """The cards that this run writes, or retires: of these facts and of those gone, and the lists
    of either."""
    uids = {fact.uid for fact in facts} | {row.uid for row in around.gone}
    lists = {list_key(fact.group) for fact in facts} | {list_key(row.group) for row in around.gone}
    return [
        card
        for card in around.cards
        if card.spec.key in lists or (card.row.fact_id and card.spec.facts[0] in uids)
    ]


def _sets(around: Slice) -> list[StandingCard]:
    """Sets that hold an edited fact, or one that is gone, or that have come to be unfair."""
    turned = {row.uid for row in around.turned}
    return [
        card
        for card in around.sets
        if not turned.isdisjoint(card.spec.facts) or _unfair(around.index, card)
    ]


def _known(around: Slice) -> dict[str, Known]:
    """A fact's place is that of its cards; one that has none yet comes last."""
    places = {
        uid: card.row.position // 4 * 4
        for card in around.cards
        if card.row.fact_id
        for uid in card.spec.facts
    }
    last = 0 if around.known.keys() <= places.keys() else around.next_place
    return {
        uid: Known(row.pk, row.relation, places.get(uid, last)) for uid, row in around.known.items()
    }
