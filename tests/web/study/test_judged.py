"""What a learner reads of a typed answer, and what it costs."""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from questions.domain.grading import Expected
from questions.models import Memory, Review, StudySession
from questions.queries.quizzes import items_of
from questions.services import quizzes, study
from studyapp.accounts.models import User
from tests import builders
from tests.web.study.test_session import NOON, at_noon, post_answer

__all__ = ["at_noon"]

pytestmark = pytest.mark.django_db


def asked(learner: User, expected: Expected) -> StudySession:
    return begun(learner, "typed", expected.to_json())


def begun(learner: User, form: str, expected: object) -> StudySession:
    card = builders.card(builders.deck())
    builders.question(card, form, content={"expected": expected})
    session = study.start(learner, card.deck, NOON)
    study.tell_card(session, card, uuid4(), NOON)
    return session


DAY = Expected("date", "1945-04-05", era=(1930, 1950))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("4/5/1945", "Which is the day and which the month?"), ("31 April 1945", "no such date")],
)
def test_what_cannot_be_told_keeps_the_question_open_and_costs_nothing(
    visitor: Client, learner: User, typed: str, reason: str
) -> None:
    session = asked(learner, DAY)
    before = Memory.objects.values().get()

    page = unescape(post_answer(visitor, session, text=typed))
    assert reason in page
    assert f'value="{typed}"' in page
    assert Memory.objects.values().get() == before
    assert not Review.objects.answers().exists()

    assert "Right" in unescape(post_answer(visitor, session, text="5 April 1945"))
    assert Review.objects.answers().get().verdict == "right"


@pytest.mark.parametrize(
    ("expected", "typed", "said"),
    [
        (DAY, "April 1945", "the day is missing"),
        (DAY, "1945", "day and month are missing"),
        (DAY, "5 April", "the year is missing"),
        (Expected("number", "962", unit="degree Celsius"), "960", "rounded"),
    ],
)
def test_credit_in_part_says_what_was_missing(
    visitor: Client, learner: User, expected: Expected, typed: str, said: str
) -> None:
    page = unescape(post_answer(visitor, asked(learner, expected), text=typed))
    assert "Partly right" in page
    assert said in page


@pytest.mark.parametrize(
    ("expected", "typed", "said"),
    [
        (Expected("term", "photosynthesis"), "photosyntesis", "photosynthesis"),
        (Expected("number", "962", unit="degree Celsius"), "961.78 °C", "more exact"),
        (Expected("date", "1771~"), "1772", "only says “about”"),
    ],
)
def test_a_right_answer_that_is_not_the_key_says_how_it_differs(
    visitor: Client, learner: User, expected: Expected, typed: str, said: str
) -> None:
    page = strip_tags(unescape(post_answer(visitor, asked(learner, expected), text=typed)))
    assert Review.objects.answers().get().verdict == "right"
    assert said in page


RIVERS = [DAY.to_json(), Expected("term", "Rhine").to_json()]
HALF = ["Partly right:", "5 April 1945", "the day is missing"]


def lines_of(page: str) -> list[str]:
    """The parts of an answer, each in words."""
    parts = re.findall(r'<li class="part .*?</li>', page, re.DOTALL)
    return [" ".join(strip_tags(part).split()) for part in parts]


def test_what_of_a_list_earns_half_is_told_as_half_with_what_is_missing(
    visitor: Client, learner: User
) -> None:
    session = begun(learner, "list", RIVERS)
    page = unescape(post_answer(visitor, session, text=["April 1945", "Rhine"]))
    first, second = lines_of(page)
    assert all(words in first for words in HALF)
    assert second == "Right: Rhine"
    assert "1 of 2 right, 1 partly right." in page
    assert "2 of 2" not in page


def test_a_quiz_that_counts_keeps_what_earned_half(visitor: Client, learner: User) -> None:
    deck = begun(builders.user(), "list", RIVERS).deck
    attempt = quizzes.make(learner, deck, quizzes.Wish((0,), ("list",), 1, counts=True), uuid4())
    item = items_of(attempt).get()
    given = {"text": ["April 1945", "Rhine"]}
    quizzes.answer(item, study.Submission(uuid4(), 0, given), NOON)
    quizzes.finish(attempt, NOON)
    address = reverse("questions:quiz_result", args=[attempt.pk])
    page = unescape(visitor.get(address).content.decode())
    assert all(words in lines_of(page)[0] for words in HALF)
    assert Review.objects.get(learner=learner).reason["halves"]
