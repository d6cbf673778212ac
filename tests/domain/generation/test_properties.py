"""What holds of the bank of any deck, whatever it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.facts import Deck, Fact, Passage, Rank, Status
from questions.domain.generation import affected_uids, write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import problems
from questions.domain.generation.text import fold
from questions.domain.generation.truth import compatible
from questions.domain.questions import Form, State
from tests.domain.generation.decks import BATTLES, PEOPLE, PLACES, STATES, deck, entity

WHOLE = entity("valley", "place", "Valley of Mists")
INSIDE = (
    WHOLE,
    entity("harbin", "place", "Harbin", part_of="valley"),
    entity("twin", "place", "Kestrel"),
)
DAYS = st.integers(0, 900).map(lambda n: str(date(1701, 1, 1) + timedelta(days=n)))
DATES = DAYS | st.sampled_from(["1701", "1702-03", "1702-01/1703-02", "1701~", "1703-22"])
FIGURES = st.integers(1, 60).map(lambda n: str(n * 250)) | st.sampled_from(
    ["~5000", ">8000", "2:1", "400..900", "4217"]
)
PLACES_ = st.sampled_from([one.key for one in (*PLACES, *INSIDE)])
VALUES = {
    "fought": DATES,
    "place": PLACES_,
    "commander": st.sampled_from([one.key for one in PEOPLE]),
    "observer": st.sampled_from([one.key for one in PEOPLE]),
    "losses": FIGURES,
    "also_called": st.sampled_from(["Red Day", "The Long Night", "Battle of Reeds", "Red"]),
    "meaning": st.just("it opened the road"),
}


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    relation = draw(st.sampled_from(sorted(VALUES)))
    about = draw(st.sampled_from([one.key for one in BATTLES]))
    sides = draw(st.sampled_from([one.key for one in STATES]))
    qualifiers = (("side", sides),) if relation in ("commander", "losses") else ()
    value = draw(VALUES[relation])
    return Fact(
        f"{about}-{relation}-{sides if qualifiers else ''}-{value}",
        about,
        relation,
        value,
        qualifiers,
        passages=(Passage(draw(st.sampled_from(["chronicle", "annals", "copy"])), "1"),),
        rank=draw(st.sampled_from([Rank.NORMAL, Rank.NORMAL, Rank.PREFERRED, Rank.DEPRECATED])),
        status=draw(st.sampled_from([(), (), (), (Status.UNCERTAIN,)])),
    )


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    chosen = draw(st.lists(facts(), max_size=40, unique_by=lambda fact: fact.uid))
    groups = {fact.group for fact in chosen if fact.relation in ("commander", "observer")}
    complete = tuple(sorted(groups))[:: draw(st.integers(1, 3))]
    return deck(*chosen, base=False, entities=INSIDE, complete=complete)


@settings(max_examples=60, deadline=None)
@given(decks())
def test_nothing_that_breaks_a_rule_is_written(of: Deck) -> None:
    index, written = Index(of), write_bank(of)
    cards = {card.key: card for card in written.cards}
    for question in written.questions:
        found = list(problems(Item(index, cards[question.card], question)))
        assert not found, (question.stem, found)


@settings(max_examples=40, deadline=None)
@given(decks())
def test_no_option_but_the_key_is_true_by_any_source(of: Deck) -> None:
    """By a plain walk over the deck, without what the writer itself relies on."""
    index = Index(of)
    by_uid = {fact.uid: fact for fact in of.facts}
    written = write_bank(of)
    uids = {card.key: card.facts for card in written.cards}
    for question in written.questions:
        if question.form is not Form.CHOICE or not question.card.endswith(":value"):
            continue
        fact = by_uid[uids[question.card][0]]
        own = dict(fact.qualifiers)
        true = [
            other.value
            for other in of.facts
            if (other.about, other.relation) == (fact.about, fact.relation)
            and dict(other.qualifiers) == own
        ]
        wrong = [option["value"] for option in question.content["distractors"]]
        relation = of.relation_of(fact)
        for value in wrong:
            assert not any(compatible(index, relation, value, one) for one in true)
        for one, two in combinations(question.content["distractors"], 2):
            assert fold(one["text"]) != fold(two["text"])


@settings(max_examples=25, deadline=None)
@given(decks())
def test_the_same_deck_gives_the_same_bank(of: Deck) -> None:
    assert write_bank(of) == write_bank(replace(of))


@settings(max_examples=25, deadline=None)
@given(decks())
def test_one_edited_fact_is_written_as_in_a_full_run(of: Deck) -> None:
    whole = write_bank(of)
    for fact in of.facts[:2]:
        part = write_bank(of, only={fact.uid})
        reached = affected_uids(of, {fact.uid})
        mine = [q for q in whole.questions if q.card.startswith(f"fact:{fact.uid}:")]
        assert fact.uid in reached
        assert [q for q in part.questions if q.card.startswith(f"fact:{fact.uid}:")] == mine
        assert all(question in whole.questions for question in part.questions)


@settings(max_examples=25, deadline=None)
@given(decks())
def test_every_fact_has_a_question_or_a_reason_why_not(of: Deck) -> None:
    written = write_bank(of)
    told = {uid for card in written.cards for uid in card.facts} | {
        refused.fact for refused in written.refused
    }
    assert {fact.uid for fact in of.facts} <= told
    assert all(refused.reason.endswith(".") for refused in written.refused)


@settings(max_examples=25, deadline=None)
@given(decks())
def test_unsettled_facts_are_never_active(of: Deck) -> None:
    by_uid = {fact.uid: fact for fact in of.facts}
    written = write_bank(of)
    uids = {card.key: card.facts for card in written.cards}
    for question in written.questions:
        resting = [by_uid[uid] for uid in uids[question.card]]
        assert all(fact.askable for fact in resting)
        if question.state is State.ACTIVE:
            assert all(fact.settled for fact in resting)
