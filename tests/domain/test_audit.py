"""The audit: what it finds in banks that were tampered with, and that sound ones are clean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.audit import Audit, Auditor, Stored
from questions.domain.facts import AuthoredForm, AuthoredQuestion, Deck, Rank, Status, ValueKind
from questions.domain.generation import write_bank
from questions.domain.generation.text import fold
from questions.domain.questions import RECALL, Bank, Form, State, Written
from questions.domain.uniformity import chi_square_tail, fit
from questions.domain.values import parse_quantity, parse_span, quantities_agree
from tests.domain.generation.decks import deck, distractors, entity, fact
from tests.synthetic import SHAPES, synthetic

Change = Callable[[Written], Written]


def audited(of: Deck, bank: Bank | None = None, change: Change | None = None) -> Audit:
    """The deck's bank, each question changed as a careless hand might, against the deck."""
    bank = bank or write_bank(of)
    auditor, active = Auditor(of, draws=6, more=60), defaultdict(list)
    for at, question in enumerate(bank.questions):
        if question.state is State.ACTIVE:
            active[question.card].append(Stored(at, change(question) if change else question))
    drafts = {question.card for question in bank.questions if question.state is State.DRAFT}
    for card in bank.cards:
        auditor.look_at(card, active[card.key], drafts=card.key in drafts)
    auditor.look_again(stored for rows in active.values() for stored in rows if is_choice(stored))
    return auditor.report()


def is_choice(stored: Stored) -> bool:
    return stored.question.form is Form.CHOICE


def rules(audit: Audit) -> set[str]:
    return {finding.rule for finding in audit.violations}


# Sound banks


@pytest.mark.parametrize("shape", SHAPES)
def test_banks_of_all_shapes_are_clean(shape: str) -> None:
    found = audited(synthetic(shape, 100, seed=2))
    assert found.questions > 100
    assert found.violations == []
    assert found.coverage.share > 0.99
    assert all(one.reasons for one in found.unasked)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10_000), st.integers(20, 120))
def test_any_synthetic_deck_is_clean(shape: str, seed: int, size: int) -> None:
    assert audited(synthetic(shape, size, seed)).violations == []


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10_000))
def test_no_wrong_option_is_said_by_any_source(shape: str, seed: int) -> None:
    """By a walk over the deck that shares nothing with the rules but the reading of values."""
    of = synthetic(shape, 100, seed)
    facts = {one.uid: one for one in of.facts}
    bank = write_bank(of)
    resting = {card.key: card.facts[0] for card in bank.cards if card.facts}
    for question in bank.questions:
        if question.form is Form.CHOICE and question.card.endswith(":value"):
            asked = facts[resting[question.card]]
            for value in distractors(question):
                assert not said_of(of, asked.about, asked.relation, dict(asked.qualifiers), value)


def said_of(of: Deck, about: str, relation: str, side: dict[str, str], value: str) -> bool:
    return any(
        same_value(of, relation, one.value, value)
        for one in of.facts
        if (one.about, one.relation) == (about, relation)
        and dict(one.qualifiers).get("side") == side.get("side")
    )


def same_value(of: Deck, relation: str, one: str, two: str) -> bool:
    match of.vocabulary.relations[relation].value:
        case ValueKind.ENTITY:
            return two in places_of(of, one) or one in places_of(of, two)
        case ValueKind.DATE:
            first, second = parse_span(one), parse_span(two)
            return first.low <= second.high and second.low <= first.high
        case ValueKind.NUMBER:
            return quantities_agree(parse_quantity(one), parse_quantity(two))
        case _:
            return fold(one) == fold(two)


def places_of(of: Deck, entity: str) -> set[str]:
    found = {entity}
    while part_of := of.entities[entity].part_of:
        found.add(part_of)
        entity = part_of
    return found


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.integers(0, 10_000))
def test_wordings_of_a_card_vary_and_options_differ(shape: str, seed: int) -> None:
    for question in write_bank(synthetic(shape, 80, seed)).questions:
        if question.form is Form.CHOICE:
            texts = [option["text"] for option in question.content["distractors"]]
            shown = [question.content["key"]["text"], *texts]
            assert all(fold(one) != fold(two) for one, two in combinations(shown, 2))


# Tampered ones


def test_a_bank_older_than_its_deck_is_found_out() -> None:
    old = deck()
    facts = tuple(
        replace(one, value="lowmoor") if one.uid == "alder-place-harbin" else one
        for one in old.facts
    )
    found = audited(replace(old, facts=facts), write_bank(old))
    assert "right key" in rules(found)
    assert not found.clean


def test_questions_on_a_fact_that_is_gone_are_found_out() -> None:
    old = deck()
    left = tuple(one for one in old.facts if one.uid != "alder-place-harbin")
    found = audited(replace(old, facts=left), write_bank(old))
    assert {one.card for one in found.violations if one.rule == "right key"} >= {
        "fact:alder-place-harbin:value"
    }


def test_a_right_answer_among_the_wrong_ones_is_found_out() -> None:
    def spoil(question: Written) -> Written:
        if question.form is not Form.CHOICE or ":value" not in question.card:
            return question
        content = {**question.content, "distractors": [question.content["key"]]}
        return replace(question, content=content)

    assert {"no supported distractor", "options apart"} <= rules(audited(deck(), change=spoil))


def test_what_came_to_be_doubted_or_disputed_is_found_out() -> None:
    old = deck()
    first = old.facts[0]
    doubted = replace(first, status=(Status.UNCERTAIN,))
    denied = replace(first, rank=Rank.DEPRECATED)
    rival = fact(first.about, first.relation, "1711-01-01", "annals", uid="rival")
    bank = write_bank(old)
    for facts, rule in (
        ((doubted, *old.facts[1:]), "settled facts"),
        ((denied, *old.facts[1:]), "settled facts"),
        ((rival, *old.facts), "conflict named"),
    ):
        assert rule in rules(audited(replace(old, facts=facts), bank))


def test_keys_that_always_stand_first_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questions.domain.chance.Draw.shuffle", lambda self, items: list(items))
    found = audited(synthetic("plain", 150))
    assert "key position" in rules(found)
    assert {one.number for one in found.violations} == {11}


def test_ranks_that_lean_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questions.domain.chance.Draw.choose", lambda self, items: items[0])
    assert "key rank" in rules(audited(synthetic("plain", 150)))


def test_a_slight_lean_is_a_warning_once_it_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questions.domain.audit.BIASED", 0.0)
    monkeypatch.setattr("questions.domain.chance.Draw.choose", lambda self, items: items[0])
    found = audited(synthetic("plain", 60))
    assert found.violations == []
    (warning,) = [one for one in found.warnings if one.rule == "key rank"]
    assert f"Of {found.rank.draws:,} draws" in warning.reason
    assert found.rank.first
    assert found.position.first is None


def test_what_cannot_be_read_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questions.domain.key_places.UNLIKELY", 1.1)

    def spoil(question: Written) -> Written:
        spoilt = question.form is Form.CHOICE and question.card.endswith(":subject")
        return replace(question, content=["?"]) if spoilt else question  # type: ignore[arg-type]

    found = audited(deck(), change=spoil)
    assert found.violations
    assert found.position.first


def test_what_breaks_a_rule_is_not_drawn() -> None:
    first = {"spoilt": False}

    def spoil(question: Written) -> Written:
        if question.form is not Form.CHOICE or first["spoilt"]:
            return question
        first["spoilt"] = True
        content = {**question.content, "distractors": [question.content["key"]]}
        return replace(question, content=content)

    sound, spoilt = audited(deck()), audited(deck(), change=spoil)
    draws = [one.position.draws + one.rank.draws for one in (sound, spoilt)]
    assert draws[0] - draws[1] == 6


# What is told of a bank


def test_cards_without_recall_and_facts_without_questions_have_their_reasons() -> None:
    both = fact("alder", "commander", "brandt", q={"side": "norland"})
    aside = fact("fen", "place", "harbin", rank=Rank.DEPRECATED, uid="aside")
    found = audited(deck(both, aside))
    lacking = {one.key: one.reasons for one in found.without_recall}
    assert any("one right answer" in why for why in lacking[f"fact:{both.uid}:value"])
    unasked = {one.key: one.reasons for one in found.unasked}
    assert unasked["aside"] == ("settled facts: The deck keeps this fact but has put it aside.",)
    assert found.coverage.neither == 0


def test_sets_of_pairs_and_questions_by_hand_have_no_recall_form_to_lack() -> None:
    own = AuthoredQuestion("hand", AuthoredForm.TRUE_FALSE, "Elm is a tree.", "true")
    found = audited(deck(authored=(own,)))
    assert found.by_form["matching"] >= 1
    assert found.by_form["true_false"] >= 1
    assert all(one.says and one.reasons for one in found.without_recall)


def test_a_complete_list_that_is_not_to_be_named_has_its_reason() -> None:
    group = ("alder", "commander", (("side", "norland"),))
    people = tuple(entity(f"n{at}", "person", f"Nils {at}berg") for at in range(10))
    facts = [fact("alder", "commander", one.key, q={"side": "norland"}) for one in people]
    for count, reasons in ((7, []), (8, ["two to eight members"])):
        of = deck(*facts[:count], entities=people, complete=(group,))
        told = [one for one in audited(of).partly if "are not to be listed" in one.says]
        assert len(told) == len(reasons)
        for one, why in zip(told, reasons, strict=True):
            assert one.says.startswith(f"alder commander, side norland: its {count + 1} values")
            assert why in one.reasons[0]


def test_forms_and_questions_are_counted() -> None:
    bank = write_bank(deck())
    found = audited(deck(), bank)
    assert found.questions == len(bank.questions) == sum(found.by_form.values())
    assert found.cards == len(bank.cards) == sum(found.forms_per_card.values())


def test_wordings_that_hardly_differ_are_a_warning() -> None:
    def copied(question: Written) -> Written:
        return (
            replace(question, stem="When did it happen?") if question.form in RECALL else question
        )

    warnings = {one.rule for one in audited(deck(), change=copied).warnings}
    assert "wordings alike" in warnings


# Chance


@pytest.mark.parametrize(
    ("x", "freedom", "p"),
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (7.815, 3, 0.05), (18.307, 10, 0.05), (24.996, 15, 0.05),
     (6.635, 1, 0.01), (13.816, 2, 0.001)],
)  # fmt: skip
def test_the_tail_of_chi_square_is_that_of_the_tables(x: float, freedom: int, p: float) -> None:
    assert chi_square_tail(x, freedom) == pytest.approx(p, rel=2e-3)


def test_even_counts_fit_and_uneven_ones_do_not() -> None:
    assert fit([[100, 100, 100]], [[100, 100, 100]]).p == 1
    assert fit([[140, 90, 70]], [[100, 100, 100]]).p < 1e-4
    assert fit([], []).p == 1


@given(st.floats(0.01, 80), st.integers(1, 30))
def test_a_worse_fit_is_less_likely(x: float, freedom: int) -> None:
    assert 0 <= chi_square_tail(x * 1.1, freedom) <= chi_square_tail(x, freedom) + 1e-12 <= 1.01
