"""Choosing what a quiz is made of."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from questions.domain.questions import Form
from questions.models import Attempt, Deck
from tests import builders

pytestmark = pytest.mark.django_db

URL = "/quizzes/new/"


@pytest.fixture
def deck() -> Deck:
    """Three typed questions on rivers, two in two forms on lakes, one without a topic."""
    deck = builders.deck()
    rivers, lakes = builders.topic(deck, "Rivers"), builders.topic(deck, "Lakes")
    for _ in range(3):
        builders.asked_card(deck, "typed", topic=rivers)
    for _ in range(2):
        builders.asked_card(deck, "typed", "true_false", topic=lakes)
    builders.asked_card(deck, "typed")
    return deck


def at(deck: Deck) -> str:
    return f"{URL}?deck={deck.slug}"


def topic(deck: Deck, title: str) -> int:
    return deck.topics.get(title=title).pk


def wish(deck: Deck, **fields: object) -> dict[str, object]:
    return {
        "token": uuid4(),
        "topics": [0, *deck.topics.values_list("pk", flat=True)],
        "forms": ["typed", "true_false"],
        "length": 5,
        "feedback": "at_once",
    } | fields


def counts(page: str) -> dict[str, int]:
    return {
        html.unescape(label): int(count)
        for label, count in re.findall(
            r'<span>([^<]+)</span>\s*<span class="count"[^>]*>(\d+)</span>', page
        )
    }


def test_one_chooses_a_deck_first_where_there_are_several(visitor: Client, deck: Deck) -> None:
    other = builders.deck()
    page = visitor.get(URL).content.decode()
    assert at(deck) in page
    assert at(other) in page


def test_the_only_deck_needs_no_choice(visitor: Client, deck: Deck) -> None:
    assert "Rivers" in visitor.get(URL).content.decode()


def test_without_any_deck_the_page_says_how_to_get_one(visitor: Client) -> None:
    assert "No deck yet" in visitor.get(URL).content.decode()


def test_a_deck_without_questions_says_so(visitor: Client) -> None:
    assert "no questions yet" in visitor.get(at(builders.deck())).content.decode()


def test_topics_and_kinds_say_how_many_questions_they_have(visitor: Client, deck: Deck) -> None:
    page = visitor.get(at(deck)).content.decode()
    assert counts(page) == {
        "Rivers": 3, "Lakes": 2, "Other": 1, "True or false": 2, "Typed answer": 6,
    }  # fmt: skip


def test_cards_of_one_fact_count_once(visitor: Client) -> None:
    deck = builders.deck()
    about = builders.fact(builders.entity(deck))
    for _ in range(3):
        builders.asked_card(deck, about=about)
    assert counts(visitor.get(at(deck)).content.decode()) == {"Other": 1, "Typed answer": 1}


def test_htmx_gets_the_counts_for_what_is_ticked(visitor: Client, deck: Deck) -> None:
    data: dict[str, Any] = {
        "deck": deck.slug,
        "topics": topic(deck, "Lakes"),
        "forms": "typed",
        "length": 5,
    }
    response = visitor.get(URL, data, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert f'id="count-topics-{topic(deck, "Rivers")}" hx-swap-oob="true"' in page
    assert re.search(r'id="count-forms-typed"[^>]*>2<', page)
    assert "Only 2 questions fit" in page
    assert "HX-Request" in response["Vary"]


def test_a_quiz_is_made_of_what_was_chosen(visitor: Client, deck: Deck) -> None:
    lakes = topic(deck, "Lakes")
    response = visitor.post(at(deck), wish(deck, topics=[lakes], forms=["true_false"], length=5))
    attempt = Attempt.objects.get()
    assert response["Location"] == f"/quiz/{attempt.pk}/"
    asked = {(item.question.card.topic_id, item.question.form) for item in attempt.items.all()}
    assert asked == {(lakes, "true_false")}
    assert (attempt.feedback, attempt.counts) == ("at_once", False)


def test_a_shorter_quiz_than_wished_for_is_announced(visitor: Client, deck: Deck) -> None:
    response = visitor.post(at(deck), wish(deck, length=20), follow=True)
    assert "Only 6 questions fit together" in response.content.decode()
    assert Attempt.objects.get().items.count() == 6


def test_answers_count_as_reviews_only_if_asked(visitor: Client, deck: Deck) -> None:
    visitor.post(at(deck), wish(deck, counts="on", feedback="at_end"))
    attempt = Attempt.objects.get()
    assert (attempt.counts, attempt.feedback) == (True, "at_end")


def test_sent_twice_the_form_makes_one_quiz(visitor: Client, deck: Deck) -> None:
    data = wish(deck)
    assert visitor.post(at(deck), data)["Location"] == visitor.post(at(deck), data)["Location"]
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"topics": []}, "Choose at least one topic."),
        ({"forms": []}, "Choose at least one kind of question."),
        ({"length": 7}, "A quiz has 5 / 10 / 20 / 40 questions."),
        ({"topics": ["x"]}, "Select a valid choice"),
        ({"forms": [Form.MATCHING]}, "Select a valid choice"),
        ({"length": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said(
    visitor: Client, deck: Deck, change: dict[str, object], message: str
) -> None:
    response = visitor.post(at(deck), wish(deck, **change))
    assert message in html.unescape(response.content.decode())
    assert not Attempt.objects.exists()


def test_where_no_question_fits_the_page_says_what_would(visitor: Client, deck: Deck) -> None:
    data = wish(deck, topics=[topic(deck, "Rivers")], forms=["true_false"])
    page = html.unescape(visitor.post(at(deck), data).content.decode())
    assert "No question fits" in page
    assert "They have: Typed answer (3)." in page
    assert "The kinds you chose are in: Lakes (2)." in page


def test_what_was_ticked_stays_ticked_after_an_error(visitor: Client, deck: Deck) -> None:
    lakes = topic(deck, "Lakes")
    page = visitor.post(at(deck), wish(deck, topics=[lakes], length="")).content.decode()
    ticked = re.findall(r'name="topics" value="(\d+)" checked', page)
    assert ticked == [str(lakes)]


def test_many_cards_take_as_many_queries_as_few(
    visitor: Client, deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(2):
        with django_assert_max_num_queries(9):
            visitor.get(at(deck))
        with django_assert_max_num_queries(30):
            visitor.post(at(deck), wish(deck, length=40))
        for _ in range(20):
            builders.asked_card(deck, "typed", topic=builders.topic(deck))
