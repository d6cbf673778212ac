"""Editing, deleting and bringing back a fact."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Card, Deck, Fact, Question
from questions.services import study
from tests import builders
from tests.web.facts.test_add import FOUNDED
from tests.web.teach.sample import NOON

pytestmark = pytest.mark.django_db

UID = "imbria-founded"
CHANGED = {**FOUNDED, "about": "Imbria", "value": "1931-04-03", "at_0": "page 1"}


def fact() -> Fact:
    return Fact.objects.get(uid=UID)


def address(deck: Deck, name: str = "fact_edit") -> str:
    return reverse(f"questions:{name}", args=[deck.slug, UID])


def test_the_form_shows_the_fact_as_it_stands(client: Client, deck: Deck) -> None:
    html = unescape(client.get(address(deck)).content.decode())
    assert "Imbria was founded on 2 April 1931." in html
    assert 'value="1931-04-02"' in html
    assert '<option value="atlas" selected>' in html
    assert 'value="page 1"' in html


def test_saving_it_unchanged_changes_no_question(client: Client, deck: Deck) -> None:
    before = list(Question.objects.order_by("pk").values_list("pk", "state"))
    same = {**CHANGED, "value": "1931-04-02", "seen": fact().updated_at.isoformat()}
    assert client.post(address(deck), same).status_code == 302
    assert list(Question.objects.order_by("pk").values_list("pk", "state")) == before


def test_a_change_is_saved_and_asked(client: Client, deck: Deck) -> None:
    seen = fact().updated_at.isoformat()
    response = client.post(address(deck), {**CHANGED, "seen": seen}, follow=True)
    assert "Saved: Imbria was founded on 3 April 1931." in response.content.decode()
    assert fact().value == "1931-04-03"
    assert fact().given_id == UID
    asked = Question.objects.active().filter(card__fact=fact(), form="typed").first()
    assert asked
    assert asked.content["expected"]["value"] == "1931-04-03"


def test_other_dates_that_are_right_are_kept_as_decks_write_them(
    client: Client, deck: Deck
) -> None:
    seen = fact().updated_at.isoformat()
    client.post(address(deck), {**CHANGED, "accept": "5 April 1931\n1932", "seen": seen})
    assert fact().accept == ["1931-04-05", "1932"]
    assert "1931-04-05\n1932" in unescape(client.get(address(deck)).content.decode())
    seen = fact().updated_at.isoformat()
    refused = client.post(address(deck), {**CHANGED, "accept": "one day", "seen": seen})
    assert refused.status_code == 422
    assert fact().accept == ["1931-04-05", "1932"]


def test_a_fact_can_be_kept_from_being_typed(client: Client, deck: Deck) -> None:
    ticked = {**CHANGED, "forms": ["choice", "true_false"], "seen": fact().updated_at.isoformat()}
    client.post(address(deck), ticked)
    live = Question.objects.active().filter(card__fact=fact())
    assert set(live.values_list("form", flat=True)) <= {"choice", "true_false"}
    html = unescape(client.get(address(deck)).content.decode())
    assert html.count("checked") == 2
    client.post(address(deck), {**CHANGED, "seen": fact().updated_at.isoformat()})
    assert live.filter(form="typed").exists()


def test_what_somebody_changed_meanwhile_is_shown_beside_ones_own(
    client: Client, deck: Deck
) -> None:
    seen = fact().updated_at.isoformat()
    client.post(address(deck), {**CHANGED, "value": "1932", "seen": seen})
    response = client.post(address(deck), {**CHANGED, "seen": seen})
    html = response.content.decode()
    assert response.status_code == 409
    assert "Somebody changed this fact meanwhile" in html
    assert "<dd>1932</dd>" in html
    assert "<dd>founded</dd>" in html.lower()  # and its relation in words
    assert 'value="1931-04-03"' in html
    assert fact().value == "1932"
    again = {**CHANGED, "seen": fact().updated_at.isoformat()}
    assert client.post(address(deck), again).status_code == 302
    assert fact().value == "1931-04-03"


def test_deleting_tells_first_how_many_learners_study_it(client: Client, deck: Deck) -> None:
    card = Card.objects.get(fact=fact(), direction="value")
    for learner in (deck.owner, builders.user()):
        study.tell_card(study.start(learner, deck, NOON), card, uuid4(), NOON)
    html = " ".join(client.get(address(deck, "fact_delete")).content.decode().split())
    assert "2 learners study its cards." in html
    assert not fact().removed


def test_a_deleted_fact_can_be_brought_back_at_once(client: Client, deck: Deck) -> None:
    page = client.post(address(deck, "fact_delete"), follow=True).content.decode()
    assert fact().removed
    restore = address(deck, "fact_restore")
    assert f'action="{restore}"' in page
    client.post(restore)
    assert not fact().removed
    assert Card.objects.live().filter(fact=fact()).exists()


def test_a_deleted_fact_cannot_be_edited(client: Client, deck: Deck) -> None:
    client.post(address(deck, "fact_delete"))
    assert client.get(address(deck)).status_code == 404
    assert client.post(address(deck), CHANGED).status_code == 404
