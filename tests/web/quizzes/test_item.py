"""Sitting a quiz, question by question."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.domain.questions import Form
from questions.models import Attempt, Question, Review
from tests import builders
from tests.web.quizzes.conftest import MakeQuiz, answer, fields_of, item_url, saved

pytestmark = pytest.mark.django_db

# What must not be on the page of a question before its answer, by form.
SECRETS = {
    Form.TYPED: ["90417", "90,417"],
    Form.CLOZE: ["90417", "90,417"],
    Form.LIST: ["Molotov", "Matsuoka"],
    Form.ORDERING: ["81900", "81901", "81902", "81903"],
    Form.FLASHCARD: ["Both keep the peace.", "peace"],
}
TOLD = ("This is how it is.", "Right answer", "verdict")


def givens(attempt: Attempt, right: bool = True) -> dict[str, Any]:
    """An answer in whatever form the first item has."""
    shown = saved(attempt).shown
    key = [str(index) for index in shown["key"]]
    match shown["form"]:
        case "choice" | "true_false":
            options = max(len(shown["options"]), 2)
            return {"option": key if right else [str((int(key[0]) + 1) % options)]}
        case "ordering":
            order = [int(index) for index in key]
            places = [str(order.index(at) + 1) for at in range(len(order))]
            return {"place": places if right else list(reversed(places))}
        case "matching":
            return {"pair": key if right else [key[0]] * len(key)}
        case "list":
            return {"text": ["Molotov", "Matsuoka"] if right else ["x", "y"]}
        case "flashcard":
            return {"text": ["my words"], "rating": ["3" if right else "1"]}
        case _:
            return {"text": ["90417" if right else "7"]}


def served(response: Any) -> str:
    """Page and headers, without what is random."""
    text = response.content.decode() + str(response.headers)
    tokens = re.compile(r'name="(token|shown_at|csrfmiddlewaretoken)" value="[^"]*"')
    return tokens.sub("", text)


@pytest.mark.parametrize("feedback", ["at_once", "at_end"])
@pytest.mark.parametrize("form", list(Form))
def test_nothing_before_the_answer_tells_the_key(
    visitor: Client, make_quiz: MakeQuiz, form: Form, feedback: str
) -> None:
    attempt = make_quiz(form, feedback=feedback)
    page = served(visitor.get(item_url(attempt)))
    for secret in [*SECRETS.get(form, []), *TOLD]:
        assert not re.search(rf"\b{re.escape(secret)}", page), secret


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.FLASHCARD])
def test_with_feedback_at_the_end_an_answer_is_not_judged_before(
    visitor: Client, make_quiz: MakeQuiz, form: Form
) -> None:
    pages = []
    for right in (True, False):
        attempt = make_quiz(form, feedback="at_end")
        given = givens(attempt, right)
        data = fields_of(visitor.get(item_url(attempt)).content.decode()) | given
        after = visitor.post(item_url(attempt), data, follow=True)
        assert (saved(attempt).verdict == "right") is right
        pages.append([served(after), served(visitor.get(item_url(attempt)))])
    for of_right, of_wrong in zip(*pages, strict=True):
        for word in ("Right", "Wrong", "Partly", "This is how it is."):
            told = re.compile(rf">\s*{word}\s*<")
            options = form is Form.CHOICE and word == "Right"
            assert options or not told.search(of_right)
            assert options or not told.search(of_wrong)
        assert _shape(of_right) == _shape(of_wrong)


def _shape(page: str) -> str:
    """Which elements and classes the page has, but for what was filled in."""
    main = page[page.index("<main") : page.index("</main>")]
    elements = re.findall(r'<(\w+)(?:[^>]*?class="([^"]*)")?', main)
    return "\n".join(" ".join(element) for element in elements)


def test_right_or_wrong_is_said_at_once_with_the_source(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    deck = builders.deck()
    about = builders.fact(builders.entity(deck, "The pact"))
    builders.question(builders.card(deck, about=about), "typed")
    page = answer(visitor, make_quiz(deck=deck), text="7")
    assert "Wrong" in page
    assert "This is how it is." in page
    assert "A book" in page
    assert "page 1" in page


@pytest.mark.parametrize("form", list(Form))
def test_every_form_can_be_answered_right(visitor: Client, make_quiz: MakeQuiz, form: Form) -> None:
    attempt = make_quiz(form)
    answer(visitor, attempt, **givens(attempt))
    assert (saved(attempt).verdict, saved(attempt).score) == ("right", 1.0)


def test_a_reload_after_the_answer_shows_the_feedback_again(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz()
    answer(visitor, attempt, text="7")
    assert "Right answer" in visitor.get(item_url(attempt)).content.decode()


def test_a_double_click_is_saved_once_and_shows_the_same(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz(counts=True)
    data = fields_of(visitor.get(item_url(attempt)).content.decode()) | {"text": "90417"}
    first, second = (visitor.post(item_url(attempt), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Review.objects.count() == 1


def test_the_answer_from_another_tab_is_refused_with_a_way_on(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz()
    stale = fields_of(visitor.get(item_url(attempt)).content.decode())
    answer(visitor, attempt, text="7")
    response = visitor.post(item_url(attempt), stale | {"text": "90417"})
    assert response.status_code == 409
    assert item_url(attempt) in response.content.decode()
    assert saved(attempt).verdict == "wrong"


def test_a_question_withdrawn_while_it_is_open_is_told_of_and_left_out(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz()
    stale = fields_of(visitor.get(item_url(attempt)).content.decode())
    Question.objects.filter(items__in=[saved(attempt)]).update(state="retired", rejected=True)
    late = visitor.post(item_url(attempt), stale | {"text": "90417"})
    assert late.status_code == 409
    assert "A teacher has withdrawn this question" in late.content.decode()
    assert visitor.get(item_url(attempt)).status_code == 200
    assert saved(attempt).answered_at is None
    on = visitor.get(reverse("questions:quiz", args=[attempt.pk]))
    assert on["Location"] == item_url(attempt, 2)


def test_what_cannot_be_read_is_asked_again_with_what_was_given(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("matching")
    page = answer(visitor, attempt, pair=["1", ""])
    assert "Choose a partner for each of them first." in page
    assert re.search(r'<option value="1" selected', page)
    assert saved(attempt).answered_at is None


def test_a_flashcard_shows_its_other_side_before_it_is_rated(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz("flashcard")
    page = answer(visitor, attempt, text="my words", reveal="1")
    assert "Both keep the peace." in page
    assert "my words" in page
    assert saved(attempt).answered_at is None
    assert 'name="rating" value="3"' in page


def test_with_feedback_at_the_end_saving_goes_on_to_the_next_open_question(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz(feedback="at_end")
    data = fields_of(visitor.get(item_url(attempt, 2)).content.decode()) | {"text": "7"}
    assert visitor.post(item_url(attempt, 2), data)["Location"] == item_url(attempt, 3)
    answer(visitor, attempt, 3)
    data = fields_of(visitor.get(item_url(attempt, 1)).content.decode()) | {"text": "7"}
    finishing = reverse("questions:quiz_finish", args=[attempt.pk])
    assert visitor.post(item_url(attempt, 1), data)["Location"] == finishing


def test_an_answer_can_be_changed_until_the_end(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz(feedback="at_end")
    answer(visitor, attempt, text="1899")
    assert 'value="1899"' in visitor.get(item_url(attempt)).content.decode()
    answer(visitor, attempt, text="90417")
    assert saved(attempt).verdict == "right"


@pytest.mark.parametrize("form", ["choice", "true_false"])
def test_what_was_chosen_is_still_chosen(visitor: Client, make_quiz: MakeQuiz, form: str) -> None:
    attempt = make_quiz(form, feedback="at_end")
    answer(visitor, attempt, option="1")
    page = visitor.get(item_url(attempt)).content.decode()
    assert re.findall(r'name="option" value="(\d)" checked', page) == ["1"]


def test_the_map_tells_answered_from_open(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz(feedback="at_end")
    answer(visitor, attempt, 1, text="7")
    page = visitor.get(item_url(attempt, 2)).content.decode()
    places = re.search(r'<ol class="quiz-map">.*?</ol>', page, re.DOTALL)
    assert places
    assert re.findall(r"sr-only\">(\w+)<", places.group()) == ["answered", "open", "open"]
    assert "2 of 3" in page


def test_a_finished_quiz_leads_to_its_result(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    visitor.post(reverse("questions:quiz_finish", args=[attempt.pk]))
    result = reverse("questions:quiz_result", args=[attempt.pk])
    assert visitor.get(item_url(attempt))["Location"] == result
    assert visitor.post(item_url(attempt), {"text": "90417"})["Location"] == result


def test_an_answer_without_its_token_is_refused(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    assert visitor.post(item_url(attempt), {"text": "90417"}).status_code == 404
    assert saved(attempt).answered_at is None


def test_htmx_gets_the_question_alone(visitor: Client, make_quiz: MakeQuiz) -> None:
    response = visitor.get(item_url(make_quiz()), headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_long_quizzes_take_as_many_queries_as_short_ones(
    visitor: Client, make_quiz: MakeQuiz, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (2, 20):
        attempt = make_quiz(*["typed"] * size)
        with django_assert_max_num_queries(6):
            page = visitor.get(item_url(attempt)).content.decode()
        data = fields_of(page) | {"text": "90417"}
        with django_assert_max_num_queries(14):
            visitor.post(item_url(attempt), data)
