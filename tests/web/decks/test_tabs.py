"""A deck's conflicts, timeline and sources."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Deck, Fact
from tests import builders

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(f"questions:{name}", args=["border"]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_conflicting_values_stand_side_by_side_with_their_sources(
    visitor: Client, facts: list[Fact]
) -> None:
    html = page(visitor, "deck_conflicts")
    versus = html.split('class="versus"')[1]
    for text in ("15 September 1939", "First book", "16 September 1939", "Second book"):
        assert text in versus
    assert "share one origin (wiki)" in html


def test_without_conflicts_that_is_said(visitor: Client, deck: Deck) -> None:
    builders.fact(builders.entity(deck, "Elsewhere"), "began", "1900")
    assert "No conflicts" in page(visitor, "deck_conflicts")


def test_a_deck_without_facts_does_not_say_that_its_sources_agree(
    visitor: Client, deck: Deck
) -> None:
    html = page(visitor, "deck_conflicts")
    assert "they agree" not in html
    assert "This deck holds no facts yet" in html
    assert reverse("questions:fact_new", args=["border"]) not in html
    visitor.force_login(deck.owner)
    html = page(visitor, "deck_conflicts")
    assert "they agree" not in html
    assert f'href="{reverse("questions:fact_new", args=["border"])}">Add a fact</a>' in html


def test_the_timeline_links_each_event_to_its_fact_and_says_it_in_words_too(
    visitor: Client, facts: list[Fact]
) -> None:
    html = page(visitor, "deck_timeline")
    drawing, words = html.split('<h2 id="dates-head"')
    for part in (drawing, words):
        assert reverse("questions:fact", args=["border", "fifteenth"]) in part
        assert "ended on 15 September 1939." in part
        assert "ended on 16 September 1939." in part
    assert "Sources disagree" in words
    wide, rows = drawing.split('class="timeline-rows"')
    assert wide.count("chart-dot-disputed") == rows.count("chart-dot-disputed") == 2


def test_a_timeline_can_be_of_one_topic(visitor: Client, deck: Deck, facts: list[Fact]) -> None:
    builders.fact(builders.entity(deck, "Elsewhere"), "began", "1900", uid="elsewhere")
    elsewhere = reverse("questions:fact", args=["border", "elsewhere"])
    assert elsewhere in page(visitor, "deck_timeline")
    assert elsewhere not in page(visitor, "deck_timeline", f"?topic={deck.topics.get().key}")


def test_a_deck_without_dates_says_so(visitor: Client, deck: Deck) -> None:
    assert "No dates in this deck" in page(visitor, "deck_timeline")


def test_sources_name_what_rests_on_them_and_their_kin(visitor: Client, facts: list[Fact]) -> None:
    html = page(visitor, "deck_sources")
    first = re.search(r'<li class="grid gap-1".*?</li>', html, re.DOTALL)
    assert first
    assert "First book" in first[0]
    assert "1 fact rests on it." in first[0]
    assert "do not support each other" in first[0]
    assert "Second book" in first[0]
    assert html.count("do not support each other") == 2  # the commander's source stands alone


def test_a_deck_without_sources_says_so(visitor: Client, deck: Deck) -> None:
    assert "No sources yet" in page(visitor, "deck_sources")
