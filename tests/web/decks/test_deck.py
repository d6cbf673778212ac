"""A deck's facts: what each line says, search, topics, pages."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.models import Deck, Fact
from studyapp.accounts.models import User
from tests import builders
from tests.web.decks.conftest import DAY, more_facts

pytestmark = pytest.mark.django_db
URL = "/decks/border/"


def page(client: Client, query: str = "") -> str:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def line(html: str, uid: str) -> str:
    found = re.search(rf'<li class="fact" id="fact-{uid}">.*?</li>', html, re.DOTALL)
    assert found
    return found[0]


def test_a_line_says_the_fact_its_source_and_that_sources_disagree(
    visitor: Client, facts: list[Fact]
) -> None:
    html = line(page(visitor), "fifteenth")
    assert "The Battles of Khalkhin Gol ended on 15 September 1939." in html
    assert "First book" in html
    assert "page 1" in html
    assert "Sources disagree" in html
    assert reverse("questions:fact", args=["border", "fifteenth"]) in html


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rank": "deprecated"}, "never asked"),
        ({"status": ["uncertain"]}, "Uncertain"),
        ({"status": ["derived"]}, "Worked out"),
        ({"note": "The text of the page is garbled."}, "garbled"),
    ],
)
def test_a_line_warns_of(
    visitor: Client, facts: list[Fact], fields: dict[str, object], said: str
) -> None:
    assert said not in line(page(visitor), "zhukov")
    Fact.objects.filter(uid="zhukov").update(**fields)
    assert said in line(page(visitor), "zhukov")


@time_machine.travel("2026-03-10 12:00", tick=False)
def test_a_line_says_how_well_one_knows_it(
    visitor: Client, learner: User, deck: Deck, facts: list[Fact]
) -> None:
    assert "Not met yet" in line(page(visitor), "fifteenth")
    assert "Not asked" in line(page(visitor), "zhukov")
    builders.memory(learner, deck.cards.get(), DAY)
    assert "Strong, 99 % today" in line(page(visitor), "fifteenth")


def test_a_search_narrows_the_facts_without_a_script(visitor: Client, facts: list[Fact]) -> None:
    html = page(visitor, "?q=zhukov")
    assert "1 fact with “zhukov”" in html
    assert 'id="fact-zhukov"' in html
    assert 'id="fact-fifteenth"' not in html
    assert "<h1" in html


def test_a_search_while_typing_gets_the_facts_alone(visitor: Client, facts: list[Fact]) -> None:
    answer = visitor.get(URL, {"q": "zhukov"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert 'id="fact-zhukov"' in html
    assert "<h1" not in html
    assert "HX-Request" in answer.headers["Vary"]


def test_what_is_searched_for_cannot_become_markup(visitor: Client, facts: list[Fact]) -> None:
    html = page(visitor, f"?q={quote('<script>alert(1)</script>')}")
    assert "<script>alert" not in html
    assert "No fact has all of these words" in html


def test_a_topic_narrows_the_facts_and_can_be_left_again(
    visitor: Client, deck: Deck, facts: list[Fact]
) -> None:
    builders.fact(builders.entity(deck, "Elsewhere"), uid="elsewhere")
    assert 'id="fact-elsewhere"' in page(visitor)
    html = page(visitor, f"?topic={deck.topics.get().key}")
    assert 'id="fact-elsewhere"' not in html
    assert 'id="fact-zhukov"' in html
    assert 'aria-current="true"' in html


def test_a_long_deck_comes_in_pages_that_keep_the_search(
    visitor: Client, deck: Deck, facts: list[Fact]
) -> None:
    more_facts(deck, 20)
    html = page(visitor, "?q=battle")
    assert html.count('class="fact"') == 50
    assert "?q=battle&amp;page=2" in html
    assert page(visitor, "?q=battle&page=2").count('class="fact"') == 13
    assert 'class="fact"' in page(visitor, "?page=nonsense")


def test_the_deck_can_be_studied_from_its_page(visitor: Client, facts: list[Fact]) -> None:
    html = page(visitor)
    assert f'action="{reverse("questions:start", args=["border"])}"' in html


def test_a_deck_without_cards_offers_nothing_to_study(visitor: Client, deck: Deck) -> None:
    html = page(visitor)
    assert reverse("questions:start", args=["border"]) not in html
    assert "This deck holds no facts yet." in html


def test_only_its_owner_is_led_to_editing(visitor: Client, deck: Deck, facts: list[Fact]) -> None:
    edit = reverse("questions:teach_deck", args=["border"])
    assert edit not in page(visitor)
    visitor.force_login(builders.teacher())
    assert edit not in page(visitor)
    visitor.force_login(deck.owner)
    assert edit in page(visitor)


@pytest.mark.parametrize(
    "name", ["deck", "deck_conflicts", "deck_timeline", "deck_sources", "fact"]
)
def test_more_facts_need_no_more_queries(
    visitor: Client,
    deck: Deck,
    facts: list[Fact],
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    more_facts(deck, 1)
    uid = Fact.objects.get(relation="strength").uid
    url = reverse(f"questions:{name}", args=["border", *([uid] if name == "fact" else [])])
    with django_assert_max_num_queries(40) as few:
        visitor.get(url)
    more_facts(deck, 12)
    with django_assert_max_num_queries(len(few)):
        assert visitor.get(url).status_code == 200
