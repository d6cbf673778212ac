"""What a learner reads of a typed answer, and what it costs."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.html import strip_tags

from questions.domain.grading import Expected
from questions.models import Memory, Review, StudySession
from questions.services import study
from studyapp.accounts.models import User
from tests import builders
from tests.web.study.test_session import NOON, at_noon, post_answer

__all__ = ["at_noon"]

pytestmark = pytest.mark.django_db


def asked(learner: User, expected: Expected) -> StudySession:
    card = builders.card(builders.deck())
    builders.question(card, "typed", content={"expected": expected.to_json()})
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
