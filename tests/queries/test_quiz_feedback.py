"""What a quiz tells after a question while others are still open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Attempt, AttemptItem, Deck, Fact, Question
from questions.queries.quizzes import feedback_at_once, result_of
from tests import builders
from tests.queries.answered import question, told
from tests.web.teach.sample import lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": lunar_deck}
BESSEL = "Besselburg is the capital of Serenia."


@pytest.fixture
def deck(loaded: Callable[[str], Deck]) -> Deck:
    return loaded("lunar")


def of_serenia(deck: Deck, form: str) -> Question:
    fact = Fact.objects.get(deck=deck, about__key="serenia", relation="capital")
    return question(deck, f"fact:{fact.uid}:value", form)


def leave_open(attempt: Attempt, asked: Question, position: int) -> None:
    shown = Presented(Form(asked.form), asked.stem, blanks=1)
    AttemptItem.objects.create(
        attempt=attempt, position=position, question=asked, shown=shown.to_json()
    )


def sat(deck: Deck, others: list[Question]) -> AttemptItem:
    """The capital of Imbria, answered with that of Serenia; the others are open."""
    asked = question(deck, "fact:imbria-capital:value", "choice")
    attempt = Attempt.objects.create(learner=builders.user(), deck=deck)
    shown = Presented(
        Form.CHOICE, asked.stem, options=("Besselburg", asked.content["key"]["text"]), key=(1,)
    )
    for position, other in enumerate(others, 2):
        leave_open(attempt, other, position)
    return AttemptItem.objects.create(
        attempt=attempt,
        position=1,
        question=asked,
        shown=shown.to_json(),
        given={"option": ["0"]},
        verdict="wrong",
        answered_at=datetime(2026, 3, 1, tzinfo=get_current_timezone()),
    )


@pytest.mark.parametrize("form", ["typed", "choice", "true_false"])
def test_what_an_open_question_asks_is_not_told_before_it(deck: Deck, form: str) -> None:
    open_one = of_serenia(deck, form)
    item = sat(deck, [open_one])
    assert told(feedback_at_once(item)) == []
    AttemptItem.objects.filter(question=open_one).update(answered_at=item.answered_at)
    assert told(feedback_at_once(item)) == [BESSEL]


def test_an_open_question_of_the_same_answer_from_another_fact_keeps_it_back_too(
    deck: Deck,
) -> None:
    by_hand = builders.question(
        builders.card(deck, direction="authored"),
        "typed",
        stem="What is the capital of Serenia?",
        content=of_serenia(deck, "typed").content,
    )
    assert told(feedback_at_once(sat(deck, [by_hand]))) == []


def test_of_other_matters_all_is_told_and_at_the_end_everything(deck: Deck) -> None:
    other = question(deck, "fact:imbria-founded:value", "typed")
    item = sat(deck, [other])
    assert told(feedback_at_once(item)) == [BESSEL]
    open_one = of_serenia(deck, "typed")
    leave_open(item.attempt, open_one, 3)
    first = result_of(item.attempt).outcomes[0]
    assert told(first.feedback) == [BESSEL]


def test_the_page_after_a_question_keeps_it_back(deck: Deck, client: Client) -> None:
    open_one = of_serenia(deck, "typed")
    item = sat(deck, [open_one])
    client.force_login(item.attempt.learner)
    page = reverse("questions:quiz_item", args=[item.attempt_id, 1])
    assert BESSEL not in client.get(page).content.decode()
    AttemptItem.objects.filter(question=open_one).update(answered_at=item.answered_at)
    assert BESSEL in client.get(page).content.decode()
