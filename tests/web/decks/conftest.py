"""A learner before a deck with a topic, two sources that disagree, and a card of their own."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from questions.models import Deck, Fact
from tests import builders

DAY = date(2026, 3, 9)
_revision = count(5_000)


@pytest.fixture
def deck() -> Deck:
    return builders.deck(
        title="The border war", slug="border", use=["history"], revision=next(_revision)
    )


@pytest.fixture
def facts(deck: Deck) -> list[Fact]:
    """When the battles ended, by two sources of one origin, and who commanded."""
    topic = builders.topic(deck, "Khalkhin Gol")
    battles = builders.entity(
        deck, "Battles of Khalkhin Gol", "battle", article=True, plural=True, topic=topic
    )
    zhukov = builders.entity(deck, "Georgy Zhukov", "person")
    books = [
        builders.source(deck, title, origin="wiki", cite=cite)
        for title, cite in (("First book", "the first book"), ("Second book", ""))
    ]
    made = [
        builders.fact(battles, "ended", "1939-09-15", uid="fifteenth", source=books[0]),
        builders.fact(battles, "ended", "1939-09-16", uid="sixteenth", source=books[1]),
        builders.fact(battles, "commander", zhukov.key, value_entity=zhukov, uid="zhukov"),
    ]
    builders.asked_card(deck, about=made[0], topic=topic)
    return made


def more_facts(deck: Deck, number: int) -> None:
    """As many again, each with a source, a qualifier, a card and a rival."""
    side = builders.entity(deck, "A side", "state")
    for n in range(number):
        battle = builders.entity(deck, f"Battle {n}", "battle")
        for year in ("1938", "1939"):
            fact = builders.fact(battle, "ended", year)
            builders.asked_card(deck, about=fact)
        sides = {"side": side.key, "of": "tanks"}
        builders.fact(battle, "strength", str(n + 10), qualifiers=sides)
    deck.revision += 1_000_000
    deck.save()
