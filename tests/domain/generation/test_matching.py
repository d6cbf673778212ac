"""Matching sets: what a teacher ruled out for one of its facts is not offered there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from questions.domain.facts import Deck, Fact
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import problems
from questions.domain.questions import Bank, Form
from tests.domain.generation.decks import deck


def ruled_out(of: Deck, uid: str, value: str) -> Deck:
    facts = [replace(one, never_with=(value,)) if one.uid == uid else one for one in of.facts]
    return replace(of, facts=tuple(facts))


def sets(bank: Bank) -> Iterator[tuple[str, ...]]:
    matched = {one.card for one in bank.questions if one.form is Form.MATCHING}
    return (card.facts for card in bank.cards if card.key in matched)


def pair(of: Deck) -> tuple[Fact, Fact]:
    """Two facts that a set of places matches."""
    by_uid = {fact.uid: fact for fact in of.facts}
    found = [by_uid[uid] for uids in sets(write_bank(of)) for uid in uids]
    one, two = [fact for fact in found if fact.relation == "place"][:2]
    return one, two


@pytest.mark.parametrize("end", ["about", "value"])
def test_a_set_does_not_match_a_fact_with_what_was_ruled_out_for_it(end: str) -> None:
    one, two = pair(deck())
    assert is_matched(write_bank(deck()), one, two)
    without = write_bank(ruled_out(deck(), one.uid, getattr(two, end)))
    assert not is_matched(without, one, two)
    assert any(one.uid in uids or two.uid in uids for uids in sets(without))


def is_matched(bank: Bank, one: Fact, two: Fact) -> bool:
    pairs = {frozenset(both) for uids in sets(bank) for both in combinations(uids, 2)}
    return frozenset((one.uid, two.uid)) in pairs


@pytest.mark.parametrize("end", ["about", "value"])
def test_a_standing_set_that_offers_what_was_ruled_out_since_breaks_that_rule(end: str) -> None:
    bank = write_bank(deck())
    one, two = pair(deck())
    index = Index(ruled_out(deck(), one.uid, getattr(two, end)))
    cards = {card.key: card for card in bank.cards}
    broken = {
        rule.name
        for question in bank.questions
        if question.form is Form.MATCHING
        for rule, _ in problems(Item(index, cards[question.card], question))
    }
    assert broken == {"nothing ruled out"}
