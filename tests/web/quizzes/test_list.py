"""The list of one's quizzes."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.web.quizzes.conftest import MakeQuiz, answer, finish

pytestmark = pytest.mark.django_db

URL = "/quizzes/"


def test_without_quizzes_the_page_names_the_next_step(visitor: Client) -> None:
    page = visitor.get(URL).content.decode()
    assert "No quiz yet" in page
    assert reverse("questions:quiz_new") in page


def test_a_quiz_begun_can_be_continued(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    answer(visitor, attempt, 1)
    page = visitor.get(URL).content.decode()
    assert "1 of 3 answered" in page
    url = reverse("questions:quiz", args=[attempt.pk])
    assert url in page
    assert visitor.get(url)["Location"] == reverse("questions:quiz_item", args=[attempt.pk, 2])


def test_a_finished_quiz_shows_its_score(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    answer(visitor, attempt, 1)
    finish(visitor, attempt)
    page = visitor.get(URL).content.decode()
    assert attempt.deck.title in page
    assert "33 %" in page
    assert reverse("questions:quiz_result", args=[attempt.pk]) in page


def test_another_learners_quizzes_are_not_listed(stranger: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    assert attempt.deck.title not in stranger.get(URL).content.decode()


def test_many_quizzes_take_as_many_queries_as_few(
    visitor: Client, make_quiz: MakeQuiz, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 8):
        for _ in range(size):
            make_quiz()
        with django_assert_max_num_queries(4):
            visitor.get(URL)
