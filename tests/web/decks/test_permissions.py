"""Who may read a deck: whoever may study it, and nobody else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Classroom, Deck, Enrolment, Fact
from studyapp.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db

PAGES = ["deck", "deck_conflicts", "deck_timeline", "deck_sources", "fact"]


def address(name: str, deck: Deck) -> str:
    return reverse(f"questions:{name}", args=[deck.slug, *(["zhukov"] if name == "fact" else [])])


def test_the_anonymous_are_asked_to_sign_in(client: Client, deck: Deck, facts: list[Fact]) -> None:
    for name in PAGES:
        answer = client.get(address(name, deck))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith(reverse("accounts:sign_in")), name


def test_the_anonymous_see_no_list_of_decks(client: Client, deck: Deck) -> None:
    assert client.get(reverse("questions:decks")).status_code == 302


@pytest.mark.parametrize("role", ["student", "teacher"])
def test_a_private_deck_does_not_exist_for_others(
    client: Client, deck: Deck, facts: list[Fact], role: str
) -> None:
    Deck.objects.update(visibility="private")
    client.force_login(builders.user(role))
    for name in PAGES:
        assert client.get(address(name, deck)).status_code == 404, name
    assert deck.title not in client.get(reverse("questions:decks")).content.decode()


def test_a_private_deck_is_open_to_its_class(
    visitor: Client, learner: User, deck: Deck, facts: list[Fact]
) -> None:
    Deck.objects.update(visibility="private")
    classroom = Classroom.objects.create(teacher=deck.owner, name="3b", code="ABC")
    classroom.decks.add(deck)
    Enrolment.objects.create(classroom=classroom, learner=learner)
    for name in PAGES:
        assert visitor.get(address(name, deck)).status_code == 200, name


def test_pages_are_only_read(visitor: Client, deck: Deck, facts: list[Fact]) -> None:
    for name in PAGES:
        assert visitor.post(address(name, deck)).status_code == 405, name


def test_a_fact_of_another_deck_is_not_found(visitor: Client, deck: Deck) -> None:
    builders.fact(builders.entity(builders.deck()), uid="elsewhere")
    assert visitor.get(reverse("questions:fact", args=[deck.slug, "elsewhere"])).status_code == 404


def test_a_removed_fact_is_not_found(visitor: Client, deck: Deck, facts: list[Fact]) -> None:
    Fact.objects.filter(uid="zhukov").update(removed=True)
    assert visitor.get(address("fact", deck)).status_code == 404
