"""The progress page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.models import Deck, Memory
from studyapp.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db
URL = "/progress/"
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel("2026-03-10 12:00", tick=False):
        yield


def page(client: Client, query: str = "") -> str:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def studied(learner: User, deck: Deck | None = None, days: int = 3) -> Memory:
    """Answers on that many days up to today, all but the first trying a memory."""
    deck = deck or builders.deck()
    topic = builders.topic(deck, "The first topic")
    memory = builders.memory(learner, builders.asked_card(deck, topic=topic), TODAY)
    for back in reversed(range(days)):
        tried = None if back == days - 1 else 0.9
        builders.review(memory, TODAY - timedelta(days=back), predicted=tried)
    return memory


def test_the_anonymous_are_asked_to_sign_in(client: Client) -> None:
    answer = client.get(URL)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("accounts:sign_in"))


def test_the_page_is_only_read(visitor: Client) -> None:
    assert visitor.post(URL).status_code == 405


def test_before_the_first_answer_the_next_step_is_named(visitor: Client) -> None:
    html = page(visitor)
    assert "Study a few cards first." in html
    assert f'href="{reverse("questions:home")}"' in html
    assert '<svg class="chart' not in html


def test_nobody_elses_progress_is_shown(visitor: Client) -> None:
    studied(builders.user())
    assert "Study a few cards first." in page(visitor)


def test_days_streak_and_retention_are_told(visitor: Client, learner: User) -> None:
    studied(learner, days=3)
    html = page(visitor)
    figures = dict(
        re.findall(r"</svg>([^<]+)</dt>\s*<dd>\s*<span class=\"figure-value\">([^<]+)<", html)
    )
    assert figures["Days in a row"] == "3"
    assert figures["Remembered"] == "100 %"
    assert figures["Answers in a year"] == "3"
    assert figures["Cards met"] == "1"


def test_the_heat_map_has_a_square_for_each_day_and_says_what_it_holds(
    visitor: Client, learner: User
) -> None:
    studied(learner, days=3)
    html = page(visitor)
    squares = re.findall(r'<rect class="heat-(\d)"[^>]*><title>([^<]+)</title>', html)
    assert len(squares) == 52 * 7 + 2  # up to this week's Tuesday
    assert squares[-1] == ("4", "Tuesday, 10 March 2026: 1 answer")
    assert squares[-4] == ("0", "Saturday, 7 March 2026: no study")


def test_every_drawing_has_a_title_and_a_table(visitor: Client, learner: User) -> None:
    studied(learner)
    html = page(visitor)
    charts = re.findall(r'<svg class="chart.*?</svg>', html, re.DOTALL)
    assert len(charts) == 3
    for chart in charts:
        (named,) = re.findall(r'aria-labelledby="(\S+) (\S+)"', chart)
        assert all(f'id="{name}"' in chart for name in named)
    assert html.count("As a table") == 4  # the mastery bars have one too
    assert html.count('<table class="grid-table">') == 4


def test_mastery_links_each_topic_to_its_facts(visitor: Client, learner: User) -> None:
    memory = studied(learner)
    html = page(visitor)
    topic = memory.card.topic
    assert topic
    assert f'href="{memory.deck.get_absolute_url()}?topic={topic.key}"' in html
    assert "100 % known today · 1 of 1 cards met" in html


def test_a_weak_card_links_to_its_fact(visitor: Client, learner: User) -> None:
    deck = builders.deck()
    fact = builders.fact(builders.entity(deck, "A thing"))
    builders.memory(learner, builders.asked_card(deck, about=fact), TODAY, stability=3.0, lapses=3)
    html = page(visitor)
    assert reverse("questions:fact", args=[deck.slug, fact.uid]) in html
    assert "forgotten 3 times" in html


def test_one_deck_can_be_looked_at_alone(visitor: Client, learner: User) -> None:
    one, two = builders.deck(title="One deck"), builders.deck(title="Two decks")
    studied(learner, one)
    studied(learner, two)
    assert page(visitor).count("1 of 1 cards met") == 2
    html = page(visitor, f"?deck={one.slug}")
    assert html.count("1 of 1 cards met") == 1
    assert f'<option value="{one.slug}" selected>' in html


def test_a_deck_not_begun_leads_to_the_deck(visitor: Client, learner: User) -> None:
    studied(learner)
    fresh = builders.deck()
    html = page(visitor, f"?deck={fresh.slug}")
    assert "Study a few cards first." in html
    assert f'href="{fresh.get_absolute_url()}"' in html


def test_a_deck_one_may_not_study_is_not_found(visitor: Client, learner: User) -> None:
    deck = builders.deck(visibility="private")
    studied(learner, deck)
    assert visitor.get(f"{URL}?deck={deck.slug}").status_code == 404
    assert deck.title not in page(visitor)
    assert visitor.get(f"{URL}?deck=nowhere").status_code == 404


def test_more_of_everything_needs_no_more_queries(
    visitor: Client, learner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    studied(learner, days=1)
    with django_assert_max_num_queries(20) as few:
        page(visitor)
    for _ in range(4):
        studied(learner, days=9)
    with django_assert_max_num_queries(len(few)):
        page(visitor)
