"""What the demonstration's students say of questions, so that its teacher has something to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from questions.domain.simulation import by_ear, nearly_right
from questions.models import Attempt, Claim, Deck, ProblemReport
from questions.queries import claims as queries
from questions.queries.teach import reports_for
from questions.services.demo import STUDENTS, VOICED_DAYS, sit_quiz, study_the_past
from questions.services.interchange import import_deck
from questions.services.memories import differences
from tests import builders

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SAM = replace(STUDENTS[0], days=24, share_of_days=1.0, skill=0.8, new_per_day=4)
TOWNS = ["Phyxburgh", "Zhouxphoort", "Quexphoon", "Khyloxx", "Ouxphyck", "Xyzhoukh"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck() -> Deck:
    """Towns that are hard to spell, each with the day on which it was founded."""
    towns = "\n".join(f"  t{at}: {{type: place, name: {town}}}" for at, town in enumerate(TOWNS))
    lands = "\n".join(f"  l{at}: {{type: place, name: Land {at}}}" for at in range(len(TOWNS)))
    facts = "\n".join(
        f"  - {{about: l{at}, is: capital, value: t{at}, source: atlas p1}}\n"
        f"  - {{about: l{at}, is: founded, value: 18{at}1-0{at + 1}-12, source: atlas p1}}"
        for at in range(len(TOWNS))
    )
    text = f"""\
title: Capitals
sources: {{atlas: {{title: An atlas}}}}
entities:
{towns}
{lands}
relations:
  capital:
    label: capital
    value: entity
    single: yes
    ask: ["What is the capital of {{about}}?"]
    state: ["The capital of {{about}} is {{value}}."]
  founded:
    label: founded
    value: date
    single: yes
    ask: ["On which day was {{about}} founded?"]
    state: ["{{About}} was founded {{on value}}."]
facts:
{facts}
"""
    return import_deck(builders.teacher(), text.encode(), slug="capitals").deck


def test_students_say_that_they_were_right_and_report_problems(deck: Deck) -> None:
    Deck.objects.update(visibility=Deck.Visibility.PUBLIC)
    learners = [builders.user(new_per_day=4) for _ in range(2)]
    for learner in learners:
        study_the_past(learner, SAM, [deck], NOW)
        assert Claim.objects.filter(learner=learner).count() <= 2, "of each kind of answer one"
        assert ProblemReport.objects.filter(learner=learner).count() <= 1
    for claim in Claim.objects.all():
        assert claim.review
        assert (NOW.date() - claim.review.day).days <= VOICED_DAYS
        expected = claim.question.content["expected"]
        assert claim.given == nearly_right(expected) != expected["value"]
    assert queries.tallies(deck)[0].claims
    assert all(each.report.text for each in reports_for(deck))
    assert reports_for(deck)
    assert list(differences()) == []


def test_who_begins_at_night_finds_the_day_still_to_be_studied(deck: Deck) -> None:
    Deck.objects.update(visibility=Deck.Visibility.PUBLIC)
    night = NOW + timedelta(hours=13)  # days begin at four
    studied = []
    for begun in (NOW, night):
        learner = builders.user(new_per_day=4)
        study_the_past(learner, SAM, [deck], begun)
        studied.append(set(learner.sessions.values_list("day", flat=True)))
    assert studied[0] == studied[1]
    assert max(studied[1]) < NOW.date()


def test_a_quiz_is_sat_once_and_one_of_its_answers_claimed(deck: Deck) -> None:
    Deck.objects.update(visibility=Deck.Visibility.PUBLIC)
    deck.refresh_from_db()
    learner = builders.user(username="sam")
    first = sit_quiz(learner, deck)
    assert first.finished_at
    assert not first.items.filter(answered_at=None)
    assert sit_quiz(learner, deck) == first
    assert Attempt.objects.count() == Claim.objects.filter(item__attempt=first).count() == 1


@pytest.mark.parametrize(
    ("written", "heard"),
    [("Phyllis", "Filis"), ("Zhou", "Ju"), ("Quito", "Kwito"), ("Alexander", "Aleksander")],
)
def test_a_name_is_spelt_as_it_sounds(written: str, heard: str) -> None:
    assert by_ear(written) == heard
    assert nearly_right({"kind": "name", "value": written}) == heard


def test_what_sounds_as_it_is_written_or_is_no_name_or_day_is_not_nearly_right() -> None:
    for kind, value in [("name", "Bern"), ("term", "Phyllis"), ("date", "1939"), ("number", "7")]:
        assert nearly_right({"kind": kind, "value": value}) == ""
    assert nearly_right({"kind": "date", "value": "1939-05-11"}) == "1939"
