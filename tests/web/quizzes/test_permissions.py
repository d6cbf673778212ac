"""Who may do what: every address of a quiz, for everybody, in every way."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Attempt, Review
from tests import builders
from tests.web.quizzes.conftest import MakeQuiz

pytestmark = pytest.mark.django_db

OF_ALL = {"quizzes": {"get"}, "quiz_new": {"get", "post"}}
OF_ONE = {
    "quiz": {"get"},
    "quiz_item": {"get", "post"},
    "quiz_finish": {"get", "post"},
    "quiz_result": {"get"},
    "quiz_retake": {"post"},
    "quiz_report": {"post"},
    "quiz_report_undo": {"post"},
    "quiz_claim": {"post"},
    "quiz_claim_undo": {"post"},
}
METHODS = {"get", "post", "put", "patch", "delete"}


def address(name: str, attempt: Attempt) -> str:
    of_item = ("quiz_item", "quiz_report", "quiz_report_undo", "quiz_claim", "quiz_claim_undo")
    if name in of_item:
        return reverse(f"questions:{name}", args=[attempt.pk, 1])
    args = [attempt.pk] if name in OF_ONE else []
    return reverse(f"questions:{name}", args=args)


def test_who_is_not_signed_in_is_asked_to(client: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    for name, method in product([*OF_ALL, *OF_ONE], ["get", "post"]):
        response = getattr(client, method)(address(name, attempt))
        assert response.status_code == 302, name
        assert response.url.startswith(reverse("accounts:sign_in")), name


def test_another_learners_quiz_does_not_exist(stranger: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz(counts=True)
    for name, methods in OF_ONE.items():
        for method in methods:
            assert getattr(stranger, method)(address(name, attempt)).status_code == 404, name
    attempt.refresh_from_db()
    assert attempt.finished_at is None
    assert not Review.objects.exists()


def test_the_decks_teacher_does_not_see_a_learners_quiz(
    client: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz()
    client.force_login(attempt.deck.owner)
    assert client.get(address("quiz_item", attempt)).status_code == 404


def test_other_methods_are_refused(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    for name, known in (OF_ALL | OF_ONE).items():
        for method in METHODS - known:
            assert getattr(visitor, method)(address(name, attempt)).status_code == 405, name


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_quiz_can_be_made_of_a_deck_one_may_not_study(visitor: Client, method: str) -> None:
    private = builders.deck(visibility="private")
    builders.asked_card(private)
    builders.asked_card(builders.deck())
    url = reverse("questions:quiz_new") + f"?deck={private.slug}"
    assert getattr(visitor, method)(url).status_code == 404


def test_a_position_that_is_not_there_is_not_found(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    url = reverse("questions:quiz_item", args=[attempt.pk, 99])
    assert visitor.get(url).status_code == 404
