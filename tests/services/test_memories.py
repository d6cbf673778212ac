"""Memories equal what their logs say, whatever happened meanwhile; where not, it is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from questions.models import Card, Deck, Memory, Review
from questions.services import study
from questions.services.demo import STUDENTS, study_the_past
from questions.services.interchange import import_deck
from questions.services.memories import differences, mend
from tests import builders

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SHORT = replace(STUDENTS[0], days=6, new_per_day=6)
CAPITALS = [("fr", "France", "Paris"), ("it", "Italy", "Rome"), ("es", "Spain", "Madrid"),
            ("se", "Sweden", "Stockholm"), ("no", "Norway", "Oslo")]  # fmt: skip

pytestmark = pytest.mark.django_db


def deck_file(founded: str = "1810") -> bytes:
    countries = "\n".join(f"  {key}: {{type: place, name: {name}}}" for key, name, _ in CAPITALS)
    cities = "\n".join(f"  {key}c: {{type: place, name: {city}}}" for key, _, city in CAPITALS)
    facts = "\n".join(
        f"  - {{about: {key}, is: capital, value: {key}c, source: atlas p1}}"
        for key, _, _ in CAPITALS
    )
    return f"""\
title: Capitals
sources:
  atlas: {{title: An atlas}}
entities:
{countries}
{cities}
relations:
  capital:
    label: capital
    value: entity
    single: yes
    reverse_single: yes
    ask: ["What is the capital of {{about}}?", "Which city is the capital of {{about}}?"]
    state: ["The capital of {{about}} is {{value}}."]
  founded:
    label: founded
    value: date
    single: yes
    ask: ["When was {{about}} founded?"]
    state: ["{{About}} was founded {{on value}}."]
facts:
{facts}
  - {{about: noc, is: founded, value: "{founded}", source: atlas p2}}
""".encode()


@pytest.fixture
def deck() -> Deck:
    made = import_deck(builders.teacher(), deck_file(), slug="capitals").deck
    assert made is not None
    made.visibility = Deck.Visibility.PUBLIC
    made.save()
    return made


def test_days_of_study_leave_memories_as_their_logs_say(deck: Deck) -> None:
    learner = builders.user(new_per_day=6)
    answers = study_the_past(learner, SHORT, [deck], NOW)
    assert answers == Review.objects.answers().count() > 10
    assert list(differences()) == []


def test_a_past_is_made_once(deck: Deck) -> None:
    learner = builders.user(new_per_day=6)
    study_the_past(learner, SHORT, [deck], NOW)
    assert study_the_past(learner, SHORT, [deck], NOW) == 0


def test_a_changed_value_keeps_the_card_and_every_memory_of_it(deck: Deck) -> None:
    learner = builders.user(new_per_day=6)
    study_the_past(learner, SHORT, [deck], NOW)
    cards = set(Card.objects.live().values_list("pk", "key"))
    memories = list(Memory.objects.values())
    import_deck(deck.owner, deck_file(founded="1048"), into=deck)
    assert set(Card.objects.live().values_list("pk", "key")) == cards
    assert list(Memory.objects.values()) == memories
    assert list(differences()) == []


def test_a_memory_that_was_tampered_with_is_found_and_mended(deck: Deck) -> None:
    learner = builders.user(new_per_day=6)
    study_the_past(learner, SHORT, [deck], NOW)
    memory = Memory.objects.exclude(stability=None).latest("pk")
    Memory.objects.filter(pk=memory.pk).update(stability=99.0)
    (found,) = differences()
    assert found.memory == memory
    assert "stability is 99.0" in found.problem
    assert mend(found)
    assert list(differences()) == []


def test_a_memory_without_a_log_is_found(deck: Deck) -> None:
    card = Card.objects.live().first()
    assert card is not None
    Memory.objects.create(learner=builders.user(), card=card, deck=deck, due=NOW.date())
    assert [each.problem for each in differences()] == ["it has no log"]


def test_the_command_says_how_many_and_fails_where_one_differs(
    deck: Deck, capsys: pytest.CaptureFixture[str]
) -> None:
    learner, card = builders.user(), Card.objects.live().first()
    assert card is not None
    session = study.start(learner, deck, NOW)
    memory = study.tell_card(session, card, uuid4(), NOW)
    call_command("check_memories")
    assert "memories rebuilt from their logs: 1, differing: 0" in capsys.readouterr().out
    Memory.objects.filter(pk=memory.pk).update(reps=7)
    with pytest.raises(CommandError):
        call_command("check_memories")
    assert "reps is 7, not 0" in capsys.readouterr().out
    call_command("check_memories", "--mend")
    assert list(differences()) == []
