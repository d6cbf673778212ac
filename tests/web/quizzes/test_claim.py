""" "I was right", about an answer to a quiz."""

from __future__ import annotations

import html
from typing import Literal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.domain.questions import PRODUCED, Form
from questions.models import Attempt, Claim
from questions.queries import claims as queries
from questions.services import claims
from tests.web.quizzes.conftest import MakeQuiz, answer, finish, item_url, saved
from tests.web.quizzes.test_result import sourced_deck

pytestmark = pytest.mark.django_db

BUTTON, SAID, LOOKED = "I was right</button>", "You said that you were right.", "left it as it was"
ADDRESS: dict[str, Literal["quiz_claim", "quiz_claim_undo"]] = {
    "claim": "quiz_claim",
    "undo": "quiz_claim_undo",
}


def url(attempt: Attempt, do: str = "claim") -> str:
    return reverse(f"questions:{ADDRESS[do]}", args=[attempt.pk, 1])


def press(visitor: Client, attempt: Attempt, do: str = "claim") -> str:
    return html.unescape(visitor.post(url(attempt, do), follow=True).content.decode())


def rule(attempt: Attempt, decide: str) -> None:
    deck = attempt.deck
    [waiting] = queries.waiting(deck, queries.tallies(deck))
    getattr(claims, decide)(waiting.case, deck.owner, saved(attempt).answered_at)


def test_a_result_has_the_button_at_what_was_written_and_marked_down(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("typed", "typed", "typed")
    answer(visitor, attempt, 1, text="7")
    answer(visitor, attempt, 2)
    assert finish(visitor, attempt).count(BUTTON) == 1, "not what was right, or left open"


@pytest.mark.parametrize("form", list(Form))
def test_only_what_a_learner_wrote_can_be_claimed(
    visitor: Client, make_quiz: MakeQuiz, form: Form
) -> None:
    attempt = make_quiz(form)
    item = saved(attempt)
    item.given, item.verdict, item.answered_at = {}, "wrong", item.attempt.started_at
    item.save()
    assert (BUTTON in finish(visitor, attempt)) is (form in PRODUCED)


def test_a_click_is_recorded_and_takes_one_back_to_the_answer(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("typed")
    answer(visitor, attempt, text="7")
    finish(visitor, attempt)
    response = visitor.post(url(attempt))
    assert response["Location"].endswith("/result/#question-1")
    page = visitor.get(response["Location"]).content.decode()
    assert 'id="question-1"' in page
    assert SAID in page
    assert BUTTON not in page
    assert "0 %" in page, "it stays as it is marked"
    claim = Claim.objects.get()
    assert (claim.given, claim.learner, claim.item) == ("7", attempt.learner, saved(attempt))


def test_where_feedback_comes_at_once_so_does_the_button(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("typed", feedback="at_once")
    assert BUTTON not in visitor.get(item_url(attempt)).content.decode()
    assert BUTTON in answer(visitor, attempt, text="7")
    assert visitor.post(url(attempt))["Location"] == item_url(attempt)
    page = visitor.get(item_url(attempt)).content.decode()
    assert SAID in page
    assert BUTTON not in page


def test_it_can_be_undone_until_the_teacher_has_looked(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("typed")
    answer(visitor, attempt, text="7")
    finish(visitor, attempt)
    assert SAID in press(visitor, attempt)
    page = press(visitor, attempt, "undo")
    assert BUTTON in page
    assert not Claim.objects.exists()
    press(visitor, attempt)
    rule(attempt, "keep_wrong")
    page = press(visitor, attempt, "undo")
    assert "A teacher has looked at it already." in page
    assert LOOKED in page
    assert "cannot be changed any more" not in press(visitor, attempt), "a second click is none"
    assert Claim.objects.get().state == "rejected"


def test_nothing_is_claimed_before_verdicts_are_shown(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz("typed", feedback="at_end")
    answer(visitor, attempt, text="7")
    right = make_quiz("typed", feedback="at_end")
    answer(visitor, right)
    for each in (attempt, right):
        assert visitor.post(url(each)).status_code == 404, "whether it was right or wrong"
    assert not Claim.objects.exists()
    assert BUTTON not in visitor.get(item_url(attempt)).content.decode()


def test_what_is_right_already_is_not_claimed(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz("typed")
    answer(visitor, attempt)
    finish(visitor, attempt)
    assert "That answer cannot be changed any more." in press(visitor, attempt)
    assert not Claim.objects.exists()


def test_accepted_it_counts_in_the_result_and_is_not_retaken(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("typed")
    answer(visitor, attempt, text="90,416 or so")
    finish(visitor, attempt)
    press(visitor, attempt)
    rule(attempt, "accept")
    page = visitor.get(reverse("questions:quiz_result", args=[attempt.pk])).content.decode()
    assert "100 %" in page
    assert "A teacher accepted this answer." in page
    assert "Retake what was missed" not in page
    assert "100 %" in visitor.get(reverse("questions:quizzes")).content.decode()


def test_a_retake_is_claimed_by_itself(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz("typed")
    answer(visitor, attempt, text="7")
    finish(visitor, attempt)
    press(visitor, attempt)
    retake = reverse("questions:quiz_retake", args=[attempt.pk])
    visitor.post(retake, {"token": "6f9b1f0e-5f0e-4c39-9d62-7d0a3d9c1a11"})
    again = Attempt.objects.get(retake_of=attempt)
    answer(visitor, again, text="8")
    finish(visitor, again)
    press(visitor, again)
    assert sorted(Claim.objects.values_list("given", flat=True)) == ["7", "8"]


def test_claims_take_no_more_queries(
    visitor: Client,
    make_quiz: MakeQuiz,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for size in (2, 9):
        attempt = make_quiz(deck=sourced_deck(size))
        for at in range(1, size + 1):
            answer(visitor, attempt, at, text="7")
        finish(visitor, attempt)
        for at in range(1, size + 1):
            visitor.post(reverse("questions:quiz_claim", args=[attempt.pk, at]))
        address = reverse("questions:quiz_result", args=[attempt.pk])
        with django_assert_max_num_queries(16):
            page = visitor.get(address).content.decode()
        assert page.count(SAID) == size
