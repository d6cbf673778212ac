"""What was done to rows by hand, past all programs, is found by the audit and never stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from questions.domain.audit import Finding
from questions.domain.soundness import SOUND
from questions.models import Card, Deck, Entity, Fact, Question, Support
from questions.queries.audit import audit_of
from tests.services.conftest import war_deck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_reasons")]

DECKS = {"war": war_deck}


def found(deck: Deck) -> list[Finding]:
    return audit_of(Deck.objects.get(pk=deck.pk)).violations


def choice() -> Question:
    rows = Question.objects.active().filter(form="choice", card__direction="value")
    return (
        rows.exclude(content__key__entity="").select_related("card__fact__about").order_by("pk")[0]
    )


def fact() -> Fact:
    named = choice().card.fact
    assert named
    return named


def dated() -> Fact:
    return Fact.objects.filter(relation="fought").order_by("pk")[0]


def set_raw(row: Any, column: str, value: str) -> None:
    """As a hand at the database would, whatever the column is for."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        statement = f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s'  # noqa: S608
        cursor.execute(statement, [value, row.pk])


def test_an_undamaged_bank_has_nothing_of_it(deck: Deck) -> None:
    assert found(deck) == []


OF_QUESTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a slot that no writer writes": ({"slot": "stray"}, "slot"),
    "a slot of another form": ({"slot": "typed:7"}, "slot"),
    "less than no difficulty": ({"difficulty": -0.5}, "share from 0 to 1"),
    "more than all difficulty": ({"difficulty": 1.5}, "share from 0 to 1"),
    "endless difficulty": ({"difficulty": float("inf")}, "share from 0 to 1"),
    "an approval by nobody": ({"approved": "settled facts: uncertain"}, "no teacher approved"),
    "no content": ({"content": {}}, "cannot be read"),
    "a content that is a list": ({"content": [1]}, "none that there is"),
    "a form that there is not": ({"form": "essay"}, "none that there is"),
    "an empty stem": ({"stem": ""}, "does not say"),
}


@pytest.mark.parametrize("name", OF_QUESTIONS)
def test_a_damaged_question_is_named(deck: Deck, name: str) -> None:
    fields, says = OF_QUESTIONS[name]
    row = choice()
    Question.objects.filter(pk=row.pk).update(**fields)
    broken = found(deck)
    assert {one.question for one in broken} == {row.pk}
    assert any(says in one.reason for one in broken)


def test_a_difficulty_that_is_no_number_is_named(deck: Deck) -> None:
    row = choice()
    Question.objects.filter(pk=row.pk).update(difficulty=float("nan"))
    if connection.vendor == "sqlite":  # which keeps no such number, but any text
        set_raw(row, "difficulty", "nan")
    (broken,) = found(deck)
    assert (broken.rule, broken.question) == (SOUND, row.pk)


def test_a_version_that_is_none_is_named(deck: Deck) -> None:
    row = choice()
    Question.objects.filter(pk=row.pk).update(version=0)
    assert [one.question for one in found(deck)] == [row.pk]


def test_an_option_whose_entity_is_gone_is_named(deck: Deck) -> None:
    row = choice()
    offered = row.content["distractors"][0]["entity"]
    Entity.objects.filter(key=offered).update(removed=True)
    broken = found(deck)
    assert row.pk in {one.question for one in broken}


OF_CARDS: dict[str, dict[str, Any]] = {
    "no fact though its key names one": {"fact": None},
    "another key": {"key": "fact:nothing:value"},
    "other siblings": {"siblings": "elsewhere"},
    "another direction": {"direction": "subject"},
    "no facts": {"facts": []},
    "facts that are none": {"facts": ["nothing"]},
    "facts that are numbers": {"facts": [1]},
    "facts that are no list": {"facts": 7},
    "a direction that there is not": {"direction": "sideways"},
}


@pytest.mark.parametrize("name", OF_CARDS)
def test_a_damaged_card_is_found_by_its_questions(deck: Deck, name: str) -> None:
    row = choice()
    Card.objects.filter(pk=row.card_id).update(**OF_CARDS[name])
    on_card = set(Question.objects.active().filter(card=row.card_id).values_list("pk", flat=True))
    assert on_card & {one.question for one in found(deck)}


def test_a_card_filed_under_another_fact_or_topic_is_found(deck: Deck) -> None:
    row = choice()
    other = Fact.objects.exclude(pk=fact().pk).order_by("pk")[0]
    Card.objects.filter(pk=row.card_id).update(fact=other)
    assert any("under another fact" in one.reason for one in found(deck))
    topic = deck.topics.create(key="stray", title="Stray")
    Card.objects.filter(pk=row.card_id).update(fact=row.card.fact_id, topic=topic)
    assert any("under another topic" in one.reason for one in found(deck))


OF_FACTS: dict[str, tuple[dict[str, Any], str]] = {
    "no relation of the deck": ({"relation": "stray"}, "no relation"),
    "a rank that there is not": ({"rank": "best"}, "cannot be read"),
    "a status that there is not": ({"status": ["odd"]}, "cannot be read"),
    "a form that there is not": ({"forms": ["essay"]}, "cannot be read"),
    "qualifiers that are a list": ({"qualifiers": ["x"]}, "cannot be read"),
    "a qualifier that its relation has not": ({"qualifiers": {"odd": "x"}}, "has no"),
    "accepted numbers": ({"accept": [1]}, "no text"),
    "accepted texts that are one text": ({"accept": "x"}, "no list"),
    "points that are a mapping": ({"points": {}}, "no list"),
    "a status that is no list": ({"status": 7}, "cannot be read"),
}


@pytest.mark.parametrize("name", OF_FACTS)
def test_a_damaged_fact_is_named_and_left_out(deck: Deck, name: str) -> None:
    fields, says = OF_FACTS[name]
    row = fact()
    Fact.objects.filter(pk=row.pk).update(**fields)
    broken = [one for one in found(deck) if not one.question]
    assert any(says in one.reason for one in broken)


def test_a_value_of_another_kind_is_named(deck: Deck) -> None:
    row = dated()
    for value in ("stray", "", "1939-02-31"):
        Fact.objects.filter(pk=row.pk).update(value=value)
        assert any(row.about.key in one.stem and one.rule == SOUND for one in found(deck))
    Fact.objects.filter(pk=row.pk).update(value=row.value, accept=["no date"])
    assert any("no value of its relation" in one.reason for one in found(deck))


def test_a_fact_that_no_source_says_any_more_is_named(deck: Deck) -> None:
    row = fact()
    Support.objects.filter(fact=row).delete()
    (broken,) = [one for one in found(deck) if not one.question]
    assert "No source says it" in broken.reason
    assert row.about.key in broken.stem


def test_a_fact_filed_under_another_value_is_named(deck: Deck) -> None:
    row = fact()
    Fact.objects.filter(pk=row.pk).update(value_entity=None)
    (broken,) = found(deck)
    assert "another value" in broken.reason


OF_ENTITIES: dict[str, dict[str, Any]] = {
    "removed": {"removed": True},
    "no name": {"name": ""},
    "another key": {"key": "stray"},
    "aliases that are texts": {"aliases": ["x"]},
    "aliases that are no list": {"aliases": 7},
    "titles that are no list": {"titles": 7},
    "titles that are one text": {"titles": "x"},
    "a time that is none": {"active": "long ago"},
    "part of what is not there": {"part_of": "stray"},
    "on a side that is not there": {"side": "stray"},
}


@pytest.mark.parametrize("name", OF_ENTITIES)
@pytest.mark.parametrize("of", ["subject", "value"])
def test_a_damaged_entity_is_found_out(deck: Deck, of: str, name: str) -> None:
    row = fact()
    pk = row.about_id if of == "subject" else row.value_entity_id
    assert pk
    Entity.objects.filter(pk=pk).update(**OF_ENTITIES[name])
    assert found(deck)


@pytest.mark.parametrize(
    "fields",
    [
        {"use": []}, {"use": 7}, {"use": ["stray"]}, {"own_vocabulary": {}},
        {"own_vocabulary": []}, {"own_vocabulary": "x"}, {"complete": "x"}, {"complete": [1]},
        {"complete": 7},
    ],
)  # fmt: skip
def test_a_damaged_deck_never_stops_the_audit(deck: Deck, fields: dict[str, Any]) -> None:
    Deck.objects.filter(pk=deck.pk).update(**fields)
    audit = audit_of(Deck.objects.get(pk=deck.pk))
    assert audit.questions == Question.objects.active().filter(card__retired=False).count()


def test_a_date_filed_under_an_entity_is_named(deck: Deck) -> None:
    Fact.objects.filter(pk=dated().pk).update(value_entity=fact().about)
    (broken,) = found(deck)
    assert "another value" in broken.reason


def test_a_source_without_a_title_is_named(deck: Deck) -> None:
    deck.sources.order_by("pk").update(title="")
    assert any("title is empty" in one.reason for one in found(deck))


def test_a_moment_that_is_none_is_named(deck: Deck) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps what is no moment")
    row = choice()
    set_raw(row, "approved_at", "abc")
    assert [one.question for one in found(deck)] == [row.pk]


def test_one_damage_hides_no_other(deck: Deck) -> None:
    row = dated()
    Fact.objects.filter(pk=row.pk).update(value="stray")
    marked = choice()
    Question.objects.filter(pk=marked.pk).update(difficulty=2)
    broken = found(deck)
    assert any(one.question == marked.pk for one in broken)
    assert any("no value of its relation" in one.reason for one in broken)


def test_it_takes_as_many_queries_for_a_damaged_bank(
    deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    loaded: Callable[[], Deck] = lambda: Deck.objects.get(pk=deck.pk)  # noqa: E731
    with django_assert_max_num_queries(20) as few:
        audit_of(loaded())
    Fact.objects.filter(pk=dated().pk).update(value="stray")
    Support.objects.all().delete()
    with django_assert_max_num_queries(len(few)):
        audit_of(loaded())
