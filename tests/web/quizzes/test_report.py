"""A problem with a question, reported once its answer has been told."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Attempt, Deck, ProblemReport
from tests import builders
from tests.web.quizzes.conftest import MakeQuiz, answer, finish, saved

pytestmark = pytest.mark.django_db

WAITS = "You have reported this question"


def report(visitor: Client, attempt: Attempt, text: str = "Two are right") -> int:
    url = reverse("questions:quiz_report", args=[attempt.pk, 1])
    return visitor.post(url, {"text": text}).status_code


def test_a_report_carries_the_question_as_shown_and_what_was_answered(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("choice")
    key = saved(attempt).shown["key"][0]
    answer(visitor, attempt, option=str((key + 1) % 3))
    assert "Report a problem" in finish(visitor, attempt)
    assert report(visitor, attempt) == 302
    sent, item = ProblemReport.objects.get(), saved(attempt)
    assert (sent.shown, sent.given, sent.verdict) == (item.shown, item.given, "wrong")
    assert (sent.question, sent.review, sent.text) == (item.question, None, "Two are right")


def test_the_teacher_sees_its_options_in_the_order_shown(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("choice")
    finish(visitor, attempt)
    report(visitor, attempt)
    teacher = Client()
    teacher.force_login(attempt.deck.owner)
    page = teacher.get(reverse("questions:reports", args=[attempt.deck.slug]))
    text = html.unescape(page.content.decode())
    places = [text.index(f"<span>{option}<") for option in saved(attempt).shown["options"]]
    assert places == sorted(places)
    assert "(answered)" not in text


def test_a_counted_answer_is_reported_with_its_review(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz("typed", counts=True)
    answer(visitor, attempt, text="7")
    finish(visitor, attempt)
    report(visitor, attempt)
    assert ProblemReport.objects.get().review == saved(attempt).review


def test_there_is_nothing_to_report_before_the_end(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz("typed", feedback="at_end")
    answer(visitor, attempt, text="7")
    assert report(visitor, attempt) == 404
    assert not ProblemReport.objects.exists()


def test_what_is_told_at_once_is_reported_at_once(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz("typed", feedback="at_once")
    assert report(visitor, attempt) == 404
    answer(visitor, attempt, text="7")
    item = reverse("questions:quiz_item", args=[attempt.pk, 1])
    assert "Report a problem" in visitor.get(item).content.decode()
    url = reverse("questions:quiz_report", args=[attempt.pk, 1])
    page = visitor.post(url, {"text": "Not fair"}, follow=True)
    assert page.redirect_chain == [(f"{item}#report-1", 302)]
    assert "Sent to the teacher." in page.content.decode()
    assert ProblemReport.objects.get().given == {"text": ["7"]}


def test_what_was_reported_stands_at_its_question_alone(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz()
    result = finish(visitor, attempt)
    assert WAITS not in result
    report(visitor, attempt)
    page = html.unescape(finish(visitor, attempt))
    assert page.count(WAITS) == 1
    assert page.index('id="report-1"') < page.index(WAITS) < page.index('id="report-2"')
    assert "“<bdi>Two are right</bdi>”" in page


def test_a_report_is_taken_back(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    finish(visitor, attempt)
    report(visitor, attempt)
    url = reverse("questions:quiz_report_undo", args=[attempt.pk, 1])
    page = visitor.post(url, follow=True).content.decode()
    assert "Your report is taken back." in page
    assert WAITS not in page
    assert not ProblemReport.objects.exists()


def test_too_long_a_report_is_refused_with_all_that_was_typed(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz()
    finish(visitor, attempt)
    url = reverse("questions:quiz_report", args=[attempt.pk, 1])
    response = visitor.post(url, {"text": "x" * 2001})
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()
    assert "That is 2001 characters" in response.content.decode()


def test_a_result_tells_what_wrong_answers_are_in_as_many_queries(
    visitor: Client, make_quiz: MakeQuiz, django_assert_max_num_queries: object
) -> None:
    def result(size: int) -> str:
        attempt = make_quiz(deck=capitals(size))
        for at in range(1, size + 1):
            answer(visitor, attempt, at, text="Elsewhere")
        finish(visitor, attempt)
        url = reverse("questions:quiz_result", args=[attempt.pk])
        with django_assert_max_num_queries(18):  # type: ignore[operator]
            return html.unescape(visitor.get(url).content.decode())

    for size in (2, 7):
        assert result(size).count("<p>Elsewhere is the capital of Nowhere.") == size


def capitals(size: int) -> Deck:
    """Questions on capitals, and one capital that none of them asks."""
    relation = {
        "label": "capital", "value": "entity", "of": ["city"], "about": ["land"],
        "ask": ["What is the capital of {about}?"], "state": ["{value} is the capital of {about}."],
    }  # fmt: skip
    deck = builders.deck(own_vocabulary={"types": TYPES, "relations": {"capital": relation}})
    for name in ["Nowhere", *(f"Land {at}" for at in range(size))]:
        city = "Elsewhere" if name == "Nowhere" else f"City of {name}"
        value = builders.entity(deck, city, "city")
        land = builders.entity(deck, name, "land")
        about = builders.fact(land, "capital", value.key, value_entity=value)
        if name != "Nowhere":
            expected = {"kind": "name", "value": city, "entity": value.key}
            card = builders.card(deck, about=about)
            builders.question(card, stem=f"Capital of {name}?", content={"expected": expected})
    return deck


TYPES = {
    "city": {"label": "city", "many": "cities"},
    "land": {"label": "land", "many": "lands"},
}
