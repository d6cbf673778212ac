"""What learners' answers say of wrong options, and what the bank makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from questions.domain.presentation import present
from questions.domain.questions import Form
from questions.models import Card, Deck, Question
from questions.queries.audit import audit_of
from questions.queries.observed import missed, observed_in
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from tests import builders
from tests.domain.generation.decks import deck as war

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture
def bank() -> Deck:
    made = war()
    report = import_deck(builders.teacher(), replace(made, own=made.vocabulary), slug="war")
    assert report.deck is not None
    return report.deck


def choice(deck: Deck) -> Question:
    rows = Question.objects.active().filter(form="choice", card__fact__relation="place")
    return rows.filter(card__direction="value").order_by("pk")[0]


def wrong(question: Question) -> list[str]:
    return [option["value"] for option in question.content["distractors"]]


def answer(question: Question, value: str, **fields: Any) -> None:
    """Another learner chooses the option with this value, shown beside the key and one more."""
    memory = builders.memory(builders.user(), question.card, DAY)
    options = {option["value"]: option["text"] for option in question.content["distractors"]}
    key = question.content["key"]
    other = next(text for each, text in options.items() if each != value)
    shown = present(Form.TYPED, question.stem, {"expected": {}}, None)  # type: ignore[arg-type]
    page = shown.to_json() | {
        "form": "choice",
        "options": [options.get(value, key["text"]), other, key["text"]],
        "key": [2],
    }
    given = {"option": ["2"]} if value == key["value"] else {"option": ["0"]}
    rating = 3 if value == key["value"] else 1
    builders.review(memory, DAY, rating, question=question, shown=page, given=given, **fields)


def typed(card: Card, text: str) -> None:
    memory = builders.memory(builders.user(), card, DAY)
    question = card.questions.filter(form="typed").first()
    builders.review(memory, DAY, 1, question=question, given={"text": [text]})


def named(text: str) -> str:
    return {"Lowmoor": "lowmoor", "Ida Adler": "adler"}.get(text, "")


def test_options_are_counted_as_chosen_and_as_shown(bank: Deck) -> None:
    question = choice(bank)
    first, second = wrong(question)[:2]
    answer(question, first)
    answer(question, first)
    answer(question, second)
    seen = observed_in(bank, named)[question.card.key]
    assert seen[first] == (2, 3)
    assert seen[second] == (1, 3)


def test_answers_taken_back_do_not_count(bank: Deck) -> None:
    question = choice(bank)
    answer(question, wrong(question)[0], voided=True)
    assert question.card.key not in observed_in(bank, named)


def test_a_typed_answer_counts_for_what_it_names(bank: Deck) -> None:
    card = choice(bank).card
    typed(card, "Lowmoor")
    typed(card, "Lowmoor")
    typed(card, "no idea")
    assert observed_in(bank, named)[card.key] == {"lowmoor": (2, 2)}


def test_only_the_cards_asked_for_are_counted(bank: Deck) -> None:
    question = choice(bank)
    answer(question, wrong(question)[0])
    other = Card.objects.exclude(pk=question.card_id).first()
    assert other is not None
    assert observed_in(bank, named, [other.pk]) == {}
    assert question.card.key in observed_in(bank, named, [question.card_id])


def test_the_difficulty_follows_what_learners_show(bank: Deck) -> None:
    question = choice(bank)
    before = question.difficulty
    assert before is not None
    for _ in range(20):
        answer(question, wrong(question)[0])
    assert missed([question.card_id])[question.card_id, question.slot] == (20, 20)
    write_questions(bank)
    now = Question.objects.active().get(card=question.card, slot=question.slot)
    assert now.difficulty == pytest.approx((20 + 20 * before) / 40, abs=0.05)
    again = write_questions(bank)
    assert (again.new, again.changed) == (0, 0)


def test_what_hardly_anyone_chooses_makes_room_and_what_tempts_comes_first(bank: Deck) -> None:
    question = choice(bank)
    tempting, never = wrong(question)[-1], wrong(question)[0]
    for _ in range(30):
        page_with(question, tempting, never)
    write_questions(bank)
    now = Question.objects.active().get(card=question.card, slot=question.slot)
    assert wrong(now)[0] == tempting
    assert never not in wrong(now)
    assert audit_of(bank).violations == []


def page_with(question: Question, chosen: str, beside: str) -> None:
    texts = {option["value"]: option["text"] for option in question.content["distractors"]}
    memory = builders.memory(builders.user(), question.card, DAY)
    shown = {"options": [texts[chosen], texts[beside], question.content["key"]["text"]]}
    builders.review(memory, DAY, 1, question=question, shown=shown, given={"option": ["0"]})


def test_a_typed_error_becomes_a_wrong_option_only_if_it_is_fair(bank: Deck) -> None:
    card = Card.objects.get(key__startswith="fact:", direction="value", fact__relation="fought",
                            fact__about__key="alder")  # fmt: skip
    place = choice(bank).card
    assert place.fact is not None
    for _ in range(10):
        typed(place, place.fact.value.title())  # the key itself, marked wrong for some reason
        typed(place, "Ida Adler")  # of another type
    typed(card, "Lowmoor")
    write_questions(bank)
    options = {value for each in place.questions.filter(form="choice") for value in wrong(each)}
    assert place.fact.value not in options
    assert "adler" not in options
    assert audit_of(bank).violations == []
