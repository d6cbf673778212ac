"""What the deck pages find: facts, conflicts, dates, strength."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from questions.domain.statistics import Strength
from questions.models import Deck, Entity, Fact, Passage, Support
from questions.queries import decks as queries
from questions.queries.conflicts import conflicts_in, conflicts_page
from questions.queries.statements import say_facts
from questions.queries.timeline import timeline_of
from studyapp.accounts.models import User
from tests import builders

TODAY = date(2026, 3, 10)
_revision = count(2_000)

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return builders.user()


@pytest.fixture
def deck() -> Deck:
    return builders.deck(use=["history"], revision=next(_revision))


@pytest.fixture
def battle(deck: Deck) -> Entity:
    return builders.entity(
        deck,
        "Battles of Khalkhin Gol",
        "battle",
        article=True,
        plural=True,
        aliases=[{"name": "Nomonhan Incident"}, {"name": "ノモンハン事件", "lang": "ja"}],
    )


# --- in words ---------------------------------------------------------------------------


def said(fact: Fact) -> str:
    return say_facts([Fact.objects.select_related("deck").get(pk=fact.pk)])[fact.pk]


def test_a_fact_is_said_in_its_relations_words(battle: Entity) -> None:
    fact = builders.fact(battle, "fought", "1939-05-11/1939-09-16")
    assert said(fact) == "The Battles of Khalkhin Gol were fought from 11 May to 16 September 1939."


def test_entities_that_qualifiers_name_are_called_by_their_names(battle: Entity) -> None:
    builders.entity(battle.deck, "Soviet Union", "state", key="ussr", article=True)
    sides = {"side": "ussr", "of": "soldiers"}
    fact = builders.fact(battle, "strength", "57000", unit="soldier", qualifiers=sides)
    assert said(fact) == ("The Soviet Union had 57,000 soldiers in the Battles of Khalkhin Gol.")


@pytest.mark.parametrize(("relation", "value"), [("gone", "1939"), ("fought", "in the summer")])
def test_a_fact_that_fits_no_relation_any_more_still_has_words(
    battle: Entity, relation: str, value: str
) -> None:
    text = said(builders.fact(battle, relation, value))
    assert "Khalkhin Gol" in text
    assert value in text


# --- conflicts --------------------------------------------------------------------------


def test_values_that_cannot_both_hold_are_a_conflict(battle: Entity) -> None:
    one = builders.fact(battle, "ended", "1939-09-15")
    two = builders.fact(battle, "ended", "1939-09-16")
    assert conflicts_in(battle.deck) == ((one.pk, two.pk),)


@pytest.mark.parametrize(
    "other",
    [
        {"value": "1939"},  # holds the day
        {"value": "1939-09-16", "rank": "deprecated"},
        {"value": "1939-09-16", "removed": True},
        {"value": "1939-09-16", "relation": "began"},
        {"value": "1939-09-16", "qualifiers": {"side": "x"}},
    ],
)
def test_what_agrees_or_does_not_count_is_no_conflict(battle: Entity, other: Any) -> None:
    builders.fact(battle, "ended", "1939-09-15")
    builders.fact(battle, other.pop("relation", "ended"), **other)
    assert conflicts_in(battle.deck) == ()


def test_a_relation_of_many_values_has_no_conflicts(battle: Entity) -> None:
    for name in ("Georgy Zhukov", "Grigory Shtern"):
        person = builders.entity(battle.deck, name, "person")
        builders.fact(battle, "commander", person.key, value_entity=person)
    assert conflicts_in(battle.deck) == ()


def test_qualifiers_in_another_order_are_the_same(battle: Entity) -> None:
    builders.fact(battle, "strength", "5", qualifiers={"side": "x", "by": "y"})
    builders.fact(battle, "strength", "9", qualifiers={"by": "y", "side": "x"})
    assert len(conflicts_in(battle.deck)) == 1


def test_a_conflict_is_found_as_soon_as_the_deck_has_changed(battle: Entity) -> None:
    deck = battle.deck
    fact = builders.fact(battle, "ended", "1939-09-15")
    builders.fact(battle, "ended", "1939-09-15T")  # not yet a date
    Fact.objects.filter(value="1939-09-15T").update(value="1939-09-15")
    assert conflicts_in(deck) == ()
    Fact.objects.filter(pk=fact.pk).update(value="1939-09-16")
    deck.revision += 1
    deck.save()
    assert len(conflicts_in(deck)) == 1


def test_a_conflict_names_the_origin_its_sources_share(battle: Entity) -> None:
    deck = battle.deck
    books = [builders.source(deck, f"Book {n}", origin="wiki") for n in range(2)]
    other = builders.source(deck, "Another", origin="archive")
    builders.fact(battle, "ended", "1939-09-15", source=books[0])
    second = builders.fact(battle, "ended", "1939-09-16", source=books[1])
    Support.objects.create(fact=second, passage=Passage.objects.create(source=other))
    (conflict,) = conflicts_page(deck, conflicts_in(deck))
    assert conflict.shared_origins == ["wiki"]
    assert [saying.value for saying in conflict.sayings] == [
        "15 September 1939",
        "16 September 1939",
    ]


# --- search -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "khalkhin",
        "NOMONHAN",
        "ノモンハン",
        "zhukov",
        "жуков",
        "57,000",
        "57000",
        "strength",
        "a doubtful figure",
        "khalkhin zhukov",
    ],
)
def test_a_fact_is_found_by(battle: Entity, query: str) -> None:
    deck = battle.deck
    person = builders.entity(deck, "Georgy Zhukov", "person", aliases=[{"name": "Жуков"}])
    facts = {
        builders.fact(battle, "strength", "57000", note="A doubtful figure"),
        builders.fact(battle, "commander", person.key, value_entity=person),
    }
    other = builders.fact(builders.entity(deck, "Treaty of Rome", "treaty"), "signed", "1957")
    found = set(queries.facts_of(deck, query))
    assert found
    assert found <= facts
    assert other not in found


def test_all_words_must_be_found(battle: Entity) -> None:
    builders.fact(battle, "began", "1939")
    assert not queries.facts_of(battle.deck, "khalkhin 1941")


def test_a_facts_own_topic_goes_before_its_entitys(deck: Deck) -> None:
    one, two = builders.topic(deck, "One"), builders.topic(deck, "Two")
    about = builders.entity(deck, topic=one)
    inherits, own = builders.fact(about), builders.fact(about, topic=two)
    assert list(queries.facts_of(deck, topic=one.key)) == [inherits]
    assert list(queries.facts_of(deck, topic=two.key)) == [own]


def test_removed_facts_are_not_shown(battle: Entity) -> None:
    builders.fact(battle, "began", "1939", removed=True)
    assert not queries.facts_of(battle.deck)


# --- strength ---------------------------------------------------------------------------


def strength(learner: User, fact: Fact) -> queries.FactStrength:
    return queries.strengths_of(learner, [fact], TODAY)[fact.pk]


def test_a_fact_is_as_strong_as_the_weakest_card_met(learner: User, battle: Entity) -> None:
    fact = builders.fact(battle)
    cards = [builders.asked_card(battle.deck, about=fact) for _ in range(3)]
    assert strength(learner, fact) == queries.FactStrength(asked=True)
    builders.memory(learner, cards[0], TODAY)
    assert strength(learner, fact).strength is Strength.STRONG
    weak = builders.memory(learner, cards[1], TODAY - timedelta(days=200))
    found = strength(learner, fact)
    assert (found.strength, found.due) == (Strength.FADING, weak.due)
    assert 0 < found.recall < 0.85


def test_a_fact_of_a_complete_list_has_the_lists_strength(learner: User, battle: Entity) -> None:
    fact = builders.fact(battle, "commander", "x", qualifiers={"side": "ussr"})
    key = f"list:{battle.key}:commander:side=ussr"
    card = builders.asked_card(battle.deck, "list", key=key, direction="list")
    builders.memory(learner, card, TODAY)
    assert strength(learner, fact).strength is Strength.STRONG


def test_a_fact_without_a_question_is_not_asked(learner: User, battle: Entity) -> None:
    fact = builders.fact(battle)
    builders.card(battle.deck, about=fact)
    assert not strength(learner, fact).asked


def test_another_learners_memory_is_not_ones_own(learner: User, battle: Entity) -> None:
    fact = builders.fact(battle)
    card = builders.asked_card(battle.deck, about=fact)
    builders.memory(builders.user(), card, TODAY)
    assert strength(learner, fact).strength is Strength.NOT_MET


# --- citations --------------------------------------------------------------------------


def test_a_sources_places_stand_in_one_line(learner: User, battle: Entity) -> None:
    book = builders.source(battle.deck, "A book")
    fact = builders.fact(battle, source=book)
    second = Passage.objects.create(source=book, locator="page 7")
    Support.objects.create(fact=fact, passage=second, position=1)
    _, (line,) = queries.facts_page(learner, battle.deck, TODAY, "", "", "1")
    assert [(each.source, each.places) for each in line.citations] == [(book, ["page 1", "page 7"])]


# --- timeline ---------------------------------------------------------------------------


def test_a_timeline_is_in_the_order_of_time_and_leaves_other_facts_out(battle: Entity) -> None:
    builders.fact(battle, "ended", "1939-09-16")
    builders.fact(battle, "began", "1939-05-11")
    builders.fact(battle, "strength", "57000")
    builders.fact(battle, "settled", "1940", rank="deprecated")
    _, timeline = timeline_of(battle.deck, "", "1")
    assert [event.values[0].said for event in timeline.events] == [
        "11 May 1939",
        "16 September 1939",
    ]
    assert len(timeline.layout.marks) == 2


def test_when_a_book_appeared_and_what_it_covers_is_not_on_the_timeline(battle: Entity) -> None:
    builders.fact(battle, "fought", "1939-05-11/1939-09-16")
    book = builders.entity(battle.deck, "A history", "book")
    builders.fact(book, "published", "1985")
    builders.fact(book, "period", "1939")
    _, timeline = timeline_of(battle.deck, "", "1")
    assert [event.label for event in timeline.events] == ["Battles of Khalkhin Gol: fought"]


def test_disputed_dates_are_one_event_even_across_pages(
    battle: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("questions.queries.timeline.EVENTS_PER_PAGE", 1)
    builders.fact(battle, "fought", "1932/1939")
    builders.fact(battle, "fought", "1938/1939")
    page, timeline = timeline_of(battle.deck, "", "1")
    (event,) = timeline.events
    assert event.disputed
    assert [value.said for value in event.values] == ["1932 to 1939", "1938 to 1939"]
    assert page.paginator.num_pages == 2


def test_a_value_that_is_no_date_does_not_break_the_timeline(battle: Entity) -> None:
    builders.fact(battle, "began", "some time")
    assert timeline_of(battle.deck, "", "1")[1].events == []
