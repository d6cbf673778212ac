"""The list of decks."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.models import Deck, Fact
from studyapp.accounts.models import User
from tests import builders
from tests.web.decks.conftest import DAY

pytestmark = pytest.mark.django_db
URL = "/decks/"


def test_a_deck_is_shown_with_its_size_language_and_owner(
    visitor: Client, deck: Deck, facts: list[Fact]
) -> None:
    User.objects.filter(pk=deck.owner_id).update(first_name="Tara", last_name="Teacher")
    html = visitor.get(URL).content.decode()
    assert deck.title in html
    assert "3 facts" in html
    assert "English" in html
    assert "by Tara Teacher" in html
    assert "0 of 1 cards met" in html


def test_own_mastery_counts_and_nobody_elses(
    visitor: Client, learner: User, deck: Deck, facts: list[Fact]
) -> None:
    (card,) = deck.cards.all()
    builders.memory(builders.user(), card, DAY)
    assert "0 of 1 cards met" in visitor.get(URL).content.decode()
    builders.memory(learner, card, DAY)
    assert "1 of 1 cards met" in visitor.get(URL).content.decode()


def test_without_a_deck_a_student_is_told_how_to_join_a_class(visitor: Client) -> None:
    html = visitor.get(URL).content.decode()
    assert "No deck yet" in html
    assert reverse("questions:join") in html


def test_without_a_deck_a_teacher_is_told_to_make_one(client: Client) -> None:
    client.force_login(builders.teacher())
    html = client.get(URL).content.decode()
    assert "Make a deck" in html


def test_only_teachers_are_led_to_editing(visitor: Client, deck: Deck) -> None:
    assert "Edit and import" not in visitor.get(URL).content.decode()
    visitor.force_login(builders.teacher())
    assert "Edit and import" in visitor.get(URL).content.decode()


def test_more_decks_need_no_more_queries(
    visitor: Client,
    learner: User,
    facts: list[Fact],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(20) as few:
        visitor.get(URL)
    for _ in range(5):
        builders.memory(learner, builders.asked_card(builders.deck()), DAY)
    with django_assert_max_num_queries(len(few)):
        visitor.get(URL)
