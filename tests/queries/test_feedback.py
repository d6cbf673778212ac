"""What an answer is told: what was missing, how it is spelt, who says otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Deck, Fact, Question
from questions.queries.feedback import feedback_on
from questions.services.facts import add_fact
from tests import builders
from tests.queries.answered import chosen, question, typed
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": lunar_deck}


def by_hand(form: str, content: dict[str, Any], **fields: Any) -> Question:
    card = builders.card(builders.deck(), direction="authored")
    return builders.question(card, form, content=content, **fields)


def test_partial_credit_says_what_was_missing_and_what_did_not_belong(deck: Deck) -> None:
    asked = by_hand("list", builders.content("list"))
    reason = {"missing": ["Matsuoka"], "extra": ["Tojo"]}
    feedback = typed(asked, "Molotov, Tojo", "partial", **reason)
    assert [(part.text or part.given, part.right) for part in feedback.parts] == [
        ("Molotov", True),
        ("Matsuoka", False),
        ("Tojo", False),
    ]


def test_a_misspelt_answer_is_set_beside_the_right_spelling(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "typed")
    feedback = typed(asked, "Platovile", "right", shown="Platoville")
    assert feedback.misspelt
    assert "".join(each.text for each in feedback.misspelt[1]) == "Platoville"
    assert typed(asked, "Platoville", "right").misspelt is None


@pytest.mark.parametrize(
    ("given", "same"), [("platoville", True), ("the Platoville", True), ("Besselburg", False)]
)
def test_the_right_answer_is_not_repeated(deck: Deck, given: str, same: bool) -> None:
    asked = question(deck, "fact:imbria-capital:value", "typed")
    assert typed(asked, given).as_given is same


def test_no_statement_repeats_what_stands_beside_it(deck: Deck) -> None:
    stem = "Which two lay at peace?"
    hand = by_hand("typed", builders.content("typed"), stem=stem, statement=f"{stem} — 90417")
    assert typed(hand, "x").statement == ""
    answer = {"answer": "A quarrel", "points": []}
    card = builders.question(
        builders.card(deck), "flashcard", content=answer, statement="It was a quarrel."
    )
    shown = Presented(Form.FLASHCARD, card.stem)
    assert feedback_on(card, shown.to_json(), {}, "right", {}).statement == ""
    card.statement = "Another thing."
    assert feedback_on(card, shown.to_json(), {}, "right", {}).statement == "Another thing."
    asked = question(deck, "fact:imbria-capital:value", "typed")
    assert typed(asked, "x").statement == "Platoville is the capital of Imbria."


def test_what_another_fact_takes_as_right_does_not_disagree(deck: Deck) -> None:
    add_fact(deck, entry("imbria", "motto", "Onward"))
    add_fact(deck, entry("imbria", "motto", "Forward"))
    asked = Question.objects.active().select_related("card__deck").filter(
        card__fact__value="Onward", form="typed"
    )  # fmt: skip
    assert [saying.value for saying in typed(asked[0], "x").others] == ["Forward"]
    Fact.objects.filter(value="Forward").update(accept=["Onward"])
    assert typed(asked[0], "x").others == []


def test_facts_stand_in_the_order_in_which_their_card_has_them(deck: Deck) -> None:
    uids = list(deck.facts.order_by("-pk").values_list("uid", flat=True))[:4]
    card = builders.card(deck, facts=uids, direction="chronology")
    asked = builders.question(card, "ordering", content=builders.content("ordering"))
    shown = Presented(Form.ORDERING, asked.stem, options=("First",), key=(0,))
    feedback = feedback_on(asked, shown.to_json(), {}, "", {})
    assert [saying.fact.uid for saying in feedback.sayings] == uids


def test_a_conflict_shows_who_says_what(deck: Deck) -> None:
    add_fact(deck, entry("imbria", "founded", "1935-01-01"))
    asked = question(deck, "fact:imbria-founded:value", "typed")
    feedback = typed(asked, "1888")
    assert [saying.value for saying in feedback.others] == ["1 January 1935"]
    assert feedback.others[0].passages


def test_feedback_takes_as_many_queries_whatever_the_deck_says(
    deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def ask() -> None:
        chosen(question(deck, "fact:imbria-capital:value", "choice"), "bessel")

    ask()
    with django_assert_max_num_queries(14) as few:
        ask()
    bessel = deck.entities.get(key="bessel")
    for at in range(30):
        place = builders.entity(deck, f"Place {at}", "city")
        builders.fact(place, "twinned", "bessel", value_entity=bessel)
    with django_assert_max_num_queries(len(few)):
        ask()
