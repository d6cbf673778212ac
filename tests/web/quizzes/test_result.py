"""How a quiz went."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.domain.questions import Form
from questions.models import Attempt, Deck
from tests import builders
from tests.web.quizzes.conftest import MakeQuiz, answer, finish

pytestmark = pytest.mark.django_db


def sourced_deck(size: int) -> Deck:
    """Each card on a fact of its own, with a source, by turns of two topics."""
    deck = builders.deck()
    topics = [builders.topic(deck, "Rivers"), builders.topic(deck, "Lakes")]
    for at in range(size):
        about = builders.fact(builders.entity(deck, f"Thing {at}"))
        card = builders.card(deck, about=about, topic=topics[at % 2])
        builders.question(card, "typed", stem=f"Stem of {at}?", statement=f"Truth of {at}.")
    return deck


def result(visitor: Client, attempt: Attempt) -> str:
    url = reverse("questions:quiz_result", args=[attempt.pk])
    return html.unescape(visitor.get(url).content.decode())


def test_each_question_stands_with_ones_answer_the_right_one_and_its_source(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz(deck=sourced_deck(2))
    answer(visitor, attempt, 1, text="1888")
    page = finish(visitor, attempt)
    for words in ("Stem of 0?", "Stem of 1?", "Truth of 0.", "Truth of 1.", "A book", "page 1"):
        assert words in page
    assert "1888" in page
    assert "90,417" in page
    assert "Not answered" in page


@pytest.mark.parametrize("form", list(Form))
def test_whatever_was_not_answered_shows_its_answer(
    visitor: Client, make_quiz: MakeQuiz, form: Form
) -> None:
    page = finish(visitor, make_quiz(form))
    assert "Not answered" in page
    assert ("The statement is" if form is Form.TRUE_FALSE else "Right answer") in page
    assert "You answered" not in page
    told_by_the_answer = form in (Form.ORDERING, Form.MATCHING)
    assert ("This is how it is." in page) is not told_by_the_answer


def test_the_score_counts_what_was_not_answered_as_wrong(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz(deck=sourced_deck(4))
    answer(visitor, attempt, 1)
    finish(visitor, attempt)
    assert "25 %" in result(visitor, attempt)


def test_topics_have_their_own_scores_in_the_decks_order(
    visitor: Client, make_quiz: MakeQuiz
) -> None:
    attempt = make_quiz(deck=sourced_deck(4))
    for item in attempt.items.filter(question__card__topic__title="Lakes"):
        answer(visitor, attempt, item.position)
    finish(visitor, attempt)
    page = result(visitor, attempt)
    assert page.index("Rivers") < page.index("Lakes")
    rivers = page[page.index("Rivers") : page.index("Lakes")]
    assert "0 of 2" in rivers
    assert "2 of 2" in page


def test_a_contradicting_source_is_shown(visitor: Client, make_quiz: MakeQuiz) -> None:
    # Vocabularies are kept by deck and revision, and other tests' decks had the same numbers.
    deck = builders.deck(use=["history"], revision=77)
    about = builders.entity(deck, "The pact", type="treaty")
    asked = builders.fact(about, "signed", "1941-04-13")
    builders.fact(about, "signed", "1941-04-14", source=builders.source(deck, "Another book"))
    builders.question(builders.card(deck, about=asked), "typed")
    attempt = make_quiz(deck=deck)
    page = finish(visitor, attempt)
    assert "Other sources disagree" in page
    assert "14 April 1941" in page
    assert "Another book" in page


def test_an_authored_question_names_its_passage(visitor: Client, make_quiz: MakeQuiz) -> None:
    deck = builders.deck()
    authored = deck.authored.create(key_id="mine", form="typed", stem="?", key="90417")
    passage = builders.source(deck, "My book").passages.create(locator="page 9")
    authored.passages.add(passage)
    card = builders.card(deck, key="authored:mine", direction="authored")
    builders.question(card, "typed")
    page = finish(visitor, make_quiz(deck=deck))
    assert "My book" in page
    assert "page 9" in page


def test_an_unfinished_quiz_has_no_result(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz()
    response = visitor.get(reverse("questions:quiz_result", args=[attempt.pk]))
    assert response["Location"] == reverse("questions:quiz", args=[attempt.pk])


def test_a_new_quiz_like_this_proposes_the_same(visitor: Client, make_quiz: MakeQuiz) -> None:
    attempt = make_quiz(
        deck=sourced_deck(2), forms=("typed",), length=20, feedback="at_end", counts=True
    )
    page = finish(visitor, attempt)
    start = page.index(reverse("questions:quiz_new"))
    url = html.unescape(page[start : page.index('"', start)])
    form = visitor.get(url).content.decode()
    for ticked in ('value="typed" checked', 'value="20"', 'value="at_end"', 'name="counts"'):
        assert ticked in form
    for name in ("length", "feedback", "counts"):
        chosen = visitor.get(url).context["form"][name].value()
        assert str(chosen) == {"length": "20", "feedback": "at_end", "counts": "True"}[name]


def test_many_questions_take_as_many_queries_as_few(
    visitor: Client, make_quiz: MakeQuiz, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (2, 30):
        attempt = make_quiz(deck=sourced_deck(size))
        finish(visitor, attempt)
        with django_assert_max_num_queries(14):
            page = result(visitor, attempt)
        assert "Truth of 1." in page
