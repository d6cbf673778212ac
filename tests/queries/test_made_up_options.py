"""What is told of wrong dates and figures that were made up to stand beside a right one."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from questions.models import Deck, Fact
from questions.queries.explaining import How
from questions.queries.feedback import Feedback
from questions.services.facts import add_fact
from tests import builders
from tests.queries.answered import chosen, define, question, told, typed
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": lunar_deck}


def peopled(deck: Deck, **populations: str) -> Fact:
    """The facts added, of which Imbria's is asked."""
    for about, people in populations.items():
        add_fact(deck, entry(about, "population", people))
    return Fact.objects.get(deck=deck, relation="population", about__key="imbria")


def offered(deck: Deck, fact: Fact, value: str) -> Feedback:
    content = {
        "key": {"text": "the key", "entity": "", "value": fact.value},
        "distractors": [{"text": value, "entity": "", "value": value}],
        "sorted": True,
    }
    card = builders.card(deck, about=fact)
    return chosen(builders.question(card, "choice", content=content), value)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("5300", "5,000 people live in Serenia."),
        ("4700", "5,000 people live in Serenia."),
        ("5600", "No fact of this deck has this figure."),  # too far from anything
        ("5400", "No fact of this deck has this figure."),  # no nearer to anything than to the key
    ],
)
def test_of_a_figure_that_nothing_has_is_told_what_is_near_it(
    deck: Deck, value: str, says: str
) -> None:
    fact = peopled(deck, imbria="5800" if value != "5400" else "5700", serenia="5000")
    feedback = offered(deck, fact, value)
    assert told(feedback) == [says]
    near = says.startswith("5,000")
    assert feedback.explained[0].how is (How.NEAR_FIGURE if near else How.NOWHERE)


def test_a_figure_that_agrees_with_the_key_is_not_told_as_near(deck: Deck) -> None:
    fact = peopled(deck, imbria="~5800", serenia="5810")
    assert told(offered(deck, fact, "5500")) == ["No fact of this deck has this figure."]


def test_figures_of_other_units_or_of_the_matter_asked_are_not_near(deck: Deck) -> None:
    fact = peopled(deck, imbria="9000")
    add_fact(deck, entry("imbria", "population", "5100", source="almanac"))
    assert told(offered(deck, fact, "5000")) == ["No fact of this deck has this figure."]
    add_fact(deck, entry("serenia", "population", "5100"))
    Fact.objects.filter(relation="population", about__key="serenia").update(unit="ship")
    assert told(offered(deck, fact, "5000")) == ["No fact of this deck has this figure."]
    Fact.objects.filter(relation="population", about__key="serenia").update(unit="")
    assert told(offered(deck, fact, "5000")) == ["5,100 people live in Serenia."]


def test_of_a_date_that_nothing_has_is_told_just_that(deck: Deck) -> None:
    fact = Fact.objects.get(deck=deck, relation="founded", about__key="imbria")
    feedback = offered(deck, fact, "1944-05-01")
    assert told(feedback) == ["No fact of this deck has this date."]
    assert feedback.explained[0].fact is None
    add_fact(deck, entry("serenia", "founded", "1944-05-01", source="almanac"))
    Fact.objects.filter(value="1944-05-01").update(status=["evaluative"])
    assert told(offered(deck, fact, "1944-05-01")) == []  # it has, but that is not told


def test_of_a_typed_date_that_nothing_has_nothing_is_told(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-founded:value", "typed")
    assert told(typed(asked, "1 May 1944")) == []


def test_dates_off_the_timeline_are_told_too(deck: Deck) -> None:
    fact = Fact.objects.get(deck=deck, relation="founded", about__key="imbria")
    define(deck, "founded", "timeline: no")
    assert told(offered(deck, fact, "1931-07-12")) == ["Serenia was founded on 12 July 1931."]
    assert told(offered(deck, fact, "1931-07-20")) == ["Serenia was founded on 12 July 1931."]


def test_the_page_marks_what_is_near_or_uncertain_and_links_no_fact_where_none_is(
    deck: Deck,
) -> None:
    fact = peopled(deck, imbria="9000", serenia="5000", vaporia="12000")
    Fact.objects.filter(deck=deck, value="12000").update(status=["uncertain"])
    pages = {
        value: render_to_string(
            "components/_explained.html", {"feedback": offered(deck, fact, value)}
        )
        for value in ("5200", "12000", "3000")
    }
    assert "Near that figure:" in pages["5200"]
    assert "Not certain:" in pages["12000"]
    assert ["See the fact" in page for page in pages.values()] == [True, True, False]
