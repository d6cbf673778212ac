"""The page of what was decided on answers, and the one that asks before taking it back."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.models import Deck, Entity, Review, Ruling
from questions.services.claims import keep_wrong
from tests.services.ruling import (
    LATER,
    SHORT,
    accept,
    answer,
    capital,
    case,
    claimed,
    verdicts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(deck: Deck) -> Deck:
    deck.visibility = Deck.Visibility.PUBLIC
    deck.save()
    return deck


def read(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"questions:{name}", args=args))
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def undo_url(deck: Deck) -> str:
    return reverse("questions:answer_undo", args=[deck.slug, Ruling.objects.get(deck=deck).pk])


def test_the_queue_leads_to_what_was_decided(client: Client, deck: Deck) -> None:
    address = reverse("questions:decided", args=[deck.slug])
    assert f'href="{address}"' in read(client, "answers", deck.slug)
    assert "Nothing decided yet" in read(client, "decided", deck.slug)


def test_what_was_decided_stands_there_with_what_can_be_done(client: Client, deck: Deck) -> None:
    for given in (SHORT, "Mooncity"):
        answer(capital(deck), given)
    accept(capital(deck))
    keep_wrong(case(capital(deck), "Mooncity"), deck.owner, LATER)
    Ruling.objects.update(decided_at=LATER)
    page = read(client, "decided", deck.slug)
    assert page.count("30 March 2026") == 2
    assert page.index("Mooncity") < page.index(SHORT)
    assert page.count("Take back") == 1
    assert page.count("Accept after all") == 1


def test_what_would_be_touched_is_said_first_and_nothing_changes(
    client: Client, deck: Deck
) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    before = Review.objects.count()
    page = unescape(client.get(undo_url(deck)).content.decode())
    assert "<strong>1 answer</strong> is marked as it was at first (1 learner)" in page
    assert "is taken out of the deck again" in page
    assert Review.objects.count() == before
    assert verdicts(learner) == ["right"]


def test_it_is_taken_back_and_stands_in_the_queue_again(client: Client, deck: Deck) -> None:
    for _ in range(2):
        answer(capital(deck), SHORT)
    accept(capital(deck))
    assert SHORT not in read(client, "answers", deck.slug)
    response = client.post(undo_url(deck), follow=True)
    assert "Taken back: 2 answers are marked as they were at first." in response.content.decode()
    assert Entity.objects.get(deck=deck, key="plato").aliases == []
    assert SHORT in read(client, "answers", deck.slug)
    assert "Take back" not in read(client, "decided", deck.slug)


def test_a_claim_is_said_to_wait_again(client: Client, deck: Deck) -> None:
    claimed(capital(deck))
    accept(capital(deck))
    assert "said once, waits for you again" in unescape(client.get(undo_url(deck)).content.decode())


def test_who_is_concerned_reads_of_it(client: Client, deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    client.post(undo_url(deck))
    visitor = Client()
    visitor.force_login(learner)
    home = unescape(visitor.get(reverse("questions:home")).content.decode())
    assert "by mistake; it is marked as it was at first" in home


def test_a_ruling_that_was_no_acceptance_is_not_to_be_taken_back(
    client: Client, deck: Deck
) -> None:
    keep_wrong(case(capital(deck)), deck.owner, LATER)
    assert client.get(undo_url(deck)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_keeps_wrong_what_was_accepted_is_led_to_taking_it_back(
    client: Client, deck: Deck, method: str
) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    fields = {"do": "keep", "question": capital(deck).pk, "given": SHORT, "back": "answers"}
    address = reverse("questions:answer_rule", args=[deck.slug])
    response = getattr(client, method)(address, fields, follow=True)
    assert response.redirect_chain == [(undo_url(deck), 302)]
    assert "take that back first" in response.content.decode()
    assert Ruling.objects.get(deck=deck).decision == Ruling.Decision.ACCEPTED
    client.post(undo_url(deck))
    client.post(address, fields)
    assert Ruling.objects.get(deck=deck).decision == Ruling.Decision.KEPT
    assert verdicts(learner) == ["wrong"]


def test_the_page_takes_as_many_queries_for_many_decisions(
    client: Client, deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    accept(capital(deck))
    with django_assert_max_num_queries(20) as few:
        read(client, "decided", deck.slug)
    for number in range(5):
        keep_wrong(case(capital(deck), f"Mooncity {number}"), deck.owner, LATER)
    with django_assert_max_num_queries(len(few)):
        read(client, "decided", deck.slug)
