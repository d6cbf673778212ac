"""The page of one fact."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Deck, Fact
from studyapp.accounts.models import User
from tests import builders
from tests.web.decks.conftest import DAY

pytestmark = pytest.mark.django_db


def page(client: Client, uid: str = "fifteenth") -> str:
    answer = client.get(reverse("questions:fact", args=["border", uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_fact_is_told_with_value_source_and_rivals(visitor: Client, facts: list[Fact]) -> None:
    html = page(visitor)
    assert "The Battles of Khalkhin Gol ended on 15 September 1939." in html
    assert "First book" in html
    rivals = html.split("Other sources disagree")[1]
    assert "16 September 1939" in rivals
    assert "Second book" in rivals
    assert "Khalkhin Gol" in html


def test_a_fact_leads_to_others_on_the_same_thing(visitor: Client, facts: list[Fact]) -> None:
    html = page(visitor)
    assert "Georgy Zhukov" in html.split("More on")[1]


def test_own_answers_are_listed_and_nobody_elses(
    visitor: Client, learner: User, deck: Deck, facts: list[Fact]
) -> None:
    card = deck.cards.get()
    assert "You have not answered a question on it yet." in page(visitor)
    mine = builders.memory(learner, card, DAY)
    builders.review(mine, DAY, given={"text": ["my own guess"]})
    builders.review(mine, DAY, given={"text": ["taken back"]}, voided=True)
    theirs = builders.memory(builders.user(), card, DAY)
    builders.review(theirs, DAY, given={"text": ["their guess"]})
    html = page(visitor)
    assert "my own guess" in html
    assert "their guess" not in html
    assert "taken back" not in html
    assert "Comes back on 29 March 2026." in html


def test_only_its_owner_may_edit_it(visitor: Client, deck: Deck, facts: list[Fact]) -> None:
    edit = reverse("questions:fact_edit", args=["border", "fifteenth"])
    assert edit not in page(visitor)
    visitor.force_login(deck.owner)
    assert edit in page(visitor)
