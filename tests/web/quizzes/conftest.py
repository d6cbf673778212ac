"""A learner before a quiz, in a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from questions.domain.questions import Form
from questions.models import Attempt, AttemptItem, Deck
from questions.queries.quizzes import topics_of
from questions.services import quizzes
from questions.services.quizzes import Wish
from studyapp.accounts.models import User
from tests import builders

MakeQuiz = Callable[..., Attempt]


@pytest.fixture
def stranger() -> Client:
    other = Client()
    other.force_login(builders.user())
    return other


@pytest.fixture
def make_quiz(learner: User) -> MakeQuiz:
    """A quiz of typed questions whose answer is 90417, or of the forms named, one card each."""

    def make(*forms: str, deck: Deck | None = None, **wish: Any) -> Attempt:
        if deck is None:
            deck = builders.deck()
            for form in forms or ("typed", "typed", "typed"):
                builders.asked_card(deck, form)
        topics = tuple(topic for topic, _ in topics_of(deck))
        asked: dict[str, Any] = {"topics": topics, "forms": tuple(Form), "length": 40}
        return quizzes.make(learner, deck, Wish(**asked | wish), uuid4())

    return make


def item_url(attempt: Attempt, position: int = 1) -> str:
    return reverse("questions:quiz_item", args=[attempt.pk, position])


def fields_of(page: str) -> dict[str, str]:
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def answer(visitor: Client, attempt: Attempt, position: int = 1, **given: Any) -> str:
    """Open a question, answer it, and see what comes of it."""
    url = item_url(attempt, position)
    data = fields_of(visitor.get(url).content.decode()) | (given or {"text": "90417"})
    return visitor.post(url, data, follow=True).content.decode()


def finish(visitor: Client, attempt: Attempt) -> str:
    url = reverse("questions:quiz_finish", args=[attempt.pk])
    return visitor.post(url, follow=True).content.decode()


def saved(attempt: Attempt, position: int = 1) -> AttemptItem:
    return AttemptItem.objects.get(attempt=attempt, position=position)
