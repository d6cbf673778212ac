"""The questions a fact would yield, before it is saved."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Deck, Fact, Question
from questions.queries import preview as previews
from questions.queries.preview import preview_of
from tests.web.facts.test_add import FOUNDED
from tests.web.teach.sample import entry

pytestmark = pytest.mark.django_db


def preview(client: Client, deck: Deck, **values: str) -> str:
    url = reverse("questions:fact_preview", args=[deck.slug])
    response = client.post(url, {**FOUNDED, **values}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_it_shows_the_questions_with_their_key_and_saves_nothing(
    client: Client, deck: Deck
) -> None:
    before = (Fact.objects.count(), Question.objects.count(), Deck.objects.get().revision)
    html = preview(client, deck)
    assert "<html" not in html
    assert "When was Vaporia founded?" in html
    assert "5 May 1939 (1939-05-05)" in html
    assert "30 December 1938" in html
    assert (Fact.objects.count(), Question.objects.count(), Deck.objects.get().revision) == before


def test_it_needs_no_source_yet(client: Client, deck: Deck) -> None:
    assert "When was Vaporia founded?" in preview(client, deck, source_0="", at_0="")


def test_it_shows_what_is_refused_and_why(client: Client, deck: Deck) -> None:
    html = preview(client, deck, relation="motto", value="Mist and mirth")
    assert "Refused" in html
    assert "The deck has no other value of this kind" in html
    assert "other way round:" not in html


def test_it_says_of_what_is_refused_which_way_it_was_asked(client: Client, deck: Deck) -> None:
    html = preview(client, deck, relation="capital", value="Platoville")
    assert "The other way round: <strong>" in html


def test_it_says_that_a_source_disagrees(client: Client, deck: Deck) -> None:
    html = preview(client, deck, about="Imbria", value="1944", source_0="almanac")
    assert "1 fact of the deck says otherwise" in html
    assert "According to" in html


def test_an_edited_fact_stands_in_its_own_place(client: Client, deck: Deck) -> None:
    html = preview(client, deck, about="Imbria", value="1944", uid="imbria-founded")
    assert "says otherwise" not in html


def test_it_says_what_is_missing(client: Client, deck: Deck) -> None:
    assert "is not an EDTF date" in preview(client, deck, value="soon")


def test_a_new_entity_is_asked_of_before_it_exists(client: Client, deck: Deck) -> None:
    html = preview(client, deck, about="Frigoria", about_type="country")
    assert "When was Frigoria founded?" in html


def test_it_works_without_script(client: Client, deck: Deck) -> None:
    url = reverse("questions:fact_new", args=[deck.slug])
    html = client.post(url, {**FOUNDED, "preview": "1"}).content.decode()
    assert "<html" in html
    assert "When was Vaporia founded?" in html


def test_a_large_deck_is_previewed_by_a_slice_with_the_same_questions(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = entry("vaporia", "founded", "1939-05-05").fact
    whole = preview_of(deck, fact)
    monkeypatch.setattr(previews, "is_large", lambda *_: True)
    sliced = preview_of(deck, fact)
    assert whole.items
    assert [each.stem for each in sliced.items] == [each.stem for each in whole.items]
    assert {line for each in sliced.items for line in each.lines} == {
        line for each in whole.items for line in each.lines
    }


def test_a_key_point_of_which_the_answer_says_nothing_is_pointed_out(
    client: Client, deck: Deck
) -> None:
    text = {"relation": "custom", "value": "its quiet harbours", "about": "Vaporia"}
    html = preview(client, deck, **text, points="quiet harbours\ncheap bread")
    assert "Worth a look:" in html
    assert "“cheap bread”" in html
    assert "Worth a look:" not in preview(client, deck, **text, points="quiet harbours")
