"""Finishing a quiz."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.models import Memory, Review
from questions.services.memories import differences
from tests.web.quizzes.conftest import MakeQuiz, answer, finish, item_url

pytestmark = pytest.mark.django_db


def test_what_is_not_answered_is_named_before_the_end(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    answer(visitor, attempt, 2)
    page = visitor.get(reverse("questions:quiz_finish", args=[attempt.pk])).content.decode()
    assert "2 questions are not answered yet" in page
    assert "Question 1" in page
    assert "Question 2<" not in page
    assert item_url(attempt, 3) in page
    attempt.refresh_from_db()
    assert attempt.finished_at is None


def test_with_every_question_answered_nothing_stands_in_the_way(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("typed", feedback="at_end")
    page = answer(visitor, attempt)
    assert "Every question is answered" in page


def test_finishing_shows_the_result_and_stays_finished(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz()
    assert "Quiz result" in finish(visitor, attempt)
    assert "Quiz result" in finish(visitor, attempt)
    url = reverse("questions:quiz", args=[attempt.pk])
    assert visitor.get(url)["Location"] == reverse("questions:quiz_result", args=[attempt.pk])


def test_answers_become_reviews_once_however_often_it_is_sent(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz(counts=True, feedback="at_end")
    answer(visitor, attempt, 1)
    answer(visitor, attempt, 2, text="7")
    for _ in range(3):
        finish(visitor, attempt)
    assert Review.objects.count() == Memory.objects.count() == 2
    assert not list(differences())


def test_finishing_takes_as_many_statements_however_many_answers_count(
    visitor: Client, make_quiz: MakeQuiz, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (2, 8, 20):
        attempt = make_quiz(*["typed"] * size, counts=True, feedback="at_end")
        for position in range(1, size + 1):
            answer(visitor, attempt, position)
        with django_assert_max_num_queries(19):
            visitor.post(reverse("questions:quiz_finish", args=[attempt.pk]))
