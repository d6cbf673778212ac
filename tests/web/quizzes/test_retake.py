"""Taking up again what was missed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Attempt
from tests.web.quizzes.conftest import MakeQuiz, answer, finish

pytestmark = pytest.mark.django_db


def retake(visitor: Client, attempt: Attempt, token: object) -> str:
    url = reverse("questions:quiz_retake", args=[attempt.pk])
    return visitor.post(url, {"token": token}, follow=True).content.decode()


def test_a_retake_holds_what_was_missed(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    answer(visitor, attempt, 1)
    assert "Retake what was missed" in finish(visitor, attempt)
    assert "1 of 2" in retake(visitor, attempt, uuid4())


def test_sent_twice_it_makes_one_retake(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt, token = make_quiz(), uuid4()
    finish(visitor, attempt)
    for _ in range(2):
        retake(visitor, attempt, token)
    assert Attempt.objects.filter(retake_of=attempt).count() == 1


def test_with_nothing_missed_none_is_offered(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz("typed")
    answer(visitor, attempt)
    assert "Retake what was missed" not in finish(visitor, attempt)
    assert "can be asked any more" in retake(visitor, attempt, uuid4())
    assert Attempt.objects.count() == 1


def test_an_unfinished_quiz_cannot_be_retaken(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    url = reverse("questions:quiz_retake", args=[attempt.pk])
    assert visitor.post(url, {"token": uuid4()}).status_code == 404
    assert Attempt.objects.count() == 1
