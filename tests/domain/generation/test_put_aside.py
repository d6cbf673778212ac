"""What is true but not to be asked counts as an answer all the same."""

from __future__ import annotations

import pytest

from questions.domain.audit import Auditor, Stored
from questions.domain.facts import Deck
from questions.domain.generation.bank import write_bank
from questions.domain.grading import Expected, NameIndex, Verdict, grade_typed
from questions.domain.grading.forms import Named
from questions.domain.interchange import advice
from questions.domain.questions import Direction, Form, Written
from tests.domain.generation.decks import read

PROBES = """
title: Probes
language: en
use: [general]
sources: {s: {title: A survey}, old: {title: The old survey, cite: the old survey}}
types:
  probe: {label: probe, many: probes, ask: which probe}
  body: {label: body, many: bodies, ask: which body}
entities:
  cassini: {type: probe, name: Cassini}
  huygens: {type: probe, name: Huygens}
  dawn: {type: probe, name: Dawn}
  rosetta: {type: probe, name: Rosetta}
  eris: {type: body, name: Eris}
  ceres: {type: body, name: Ceres}
  brown: {type: person, name: Michael Brown}
  trujillo: {type: person, name: Chad Trujillo}
  rabinowitz: {type: person, name: David Rabinowitz}
  piazzi: {type: person, name: Giuseppe Piazzi}
relations:
  launched:
    about: [probe]
    value: date
    single: yes
    ask: ["When was {about} launched?", "When was {about} sent off?"]
    reverse: ["{Which about} was launched {on value}?"]
    state: "{About} was launched {on value}."
facts:
"""
LAUNCHES = """
  - {about: cassini, is: launched, value: 1997-10-15, source: s}
  - {about: dawn, is: launched, value: 1997-09-27, source: s}
  - {about: rosetta, is: launched, value: 1998-03-02, source: s}
"""
FINDERS = """
  - {about: eris, is: discovered_by, value: brown, source: s}
  - {about: eris, is: discovered_by, value: trujillo, source: s}
  - {about: ceres, is: discovered_by, value: piazzi, source: s}
"""


def deck(*facts: str) -> Deck:
    return read(PROBES + "".join(facts))


def asked(deck: Deck, direction: Direction, *forms: Form) -> list[Written]:
    bank = write_bank(deck)
    cards = {card.key for card in bank.cards if card.direction is direction}
    return [one for one in bank.questions if one.card in cards and one.form in forms]


HUYGENS = "  - {about: huygens, is: launched, value: 1997-10-15, source: s, rank: deprecated}\n"


def test_a_day_that_another_has_too_though_it_is_not_asked_does_not_tell_the_subject() -> None:
    of_cassini = "15 October 1997"
    before = asked(deck(LAUNCHES), Direction.SUBJECT, *Form)
    assert any(of_cassini in one.stem for one in before)
    after = asked(deck(LAUNCHES, HUYGENS), Direction.SUBJECT, *Form)
    assert after
    assert not any(of_cassini in one.stem for one in after)


FOURTH = "  - {about: eris, is: discovered_by, value: rabinowitz, source: s, rank: deprecated}\n"


def test_a_list_is_not_counted_without_the_member_that_is_not_asked() -> None:
    assert asked(deck(FINDERS), Direction.LIST, Form.LIST)
    assert not asked(deck(FINDERS, FOURTH), Direction.LIST, Form.LIST)


def test_one_of_two_values_is_not_asked_to_be_typed_where_the_other_is_put_aside() -> None:
    second = "  - {about: ceres, is: discovered_by, value: brown, source: s, rank: deprecated}\n"
    forms = (Form.TYPED, Form.CLOZE)
    assert any("Ceres" in one.stem for one in asked(deck(FINDERS), Direction.VALUE, *forms))
    written = asked(deck(FINDERS, second), Direction.VALUE, *forms)
    assert not any("Ceres" in one.stem for one in written)


@pytest.mark.parametrize("late", [HUYGENS, FOURTH])
def test_the_audit_finds_questions_that_were_written_before_a_value_was_put_aside(
    late: str,
) -> None:
    bank = write_bank(deck(LAUNCHES, FINDERS))
    auditor = Auditor(deck(LAUNCHES, FINDERS, late))
    for card in bank.cards:
        stored = [Stored(at, one) for at, one in enumerate(bank.questions) if one.card == card.key]
        auditor.look_at(card, stored)
    broken = {found.rule for found in auditor.report().violations}
    assert broken & {"one right answer", "complete lists only"}


OLD = "  - {about: dawn, is: launched, value: 1997-06-20, source: old, rank: deprecated}\n"


def test_what_the_deck_decided_against_leaves_the_question_and_earns_half() -> None:
    """Of one true value the deck has taken a side, so that its own is right alone."""
    both = deck(LAUNCHES, OLD)
    typed = [one for one in asked(both, Direction.VALUE, Form.TYPED) if "Dawn" in one.stem]
    assert typed
    names = NameIndex([Named("cassini", "Cassini")])
    for question in typed:
        expected = Expected.from_json(question.content["expected"])
        grade = grade_typed(expected, "20 June 1997", names)
        assert grade.verdict is Verdict.PARTIAL
        assert "the old survey" in str(grade.reason)
        assert grade_typed(expected, "27 September 1997", names).verdict is Verdict.RIGHT


def test_what_the_deck_decided_against_is_no_wrong_option_either() -> None:
    choices = asked(deck(LAUNCHES, OLD), Direction.VALUE, Form.CHOICE)
    shown = [one for one in choices if "Dawn" in one.stem]
    assert shown
    assert not any("20 June 1997" in str(one.content) for one in shown)


def test_a_more_exact_date_that_is_not_asked_is_right_as_well() -> None:
    finer = "  - {about: huygens, is: launched, value: 1997-10-15, source: s, rank: deprecated}\n"
    coarse = "  - {about: huygens, is: launched, value: 1997-10, source: s}\n"
    both = deck(LAUNCHES, coarse, finer)
    typed = [one for one in asked(both, Direction.VALUE, Form.TYPED) if "Huygens" in one.stem]
    assert typed
    for question in typed:
        expected = Expected.from_json(question.content["expected"])
        grade = grade_typed(expected, "15 October 1997", NameIndex(()))
        assert grade.verdict is Verdict.RIGHT


def test_an_import_says_what_a_value_put_aside_costs_a_complete_list() -> None:
    text = "complete:\n  - {about: eris, is: discovered_by}\n"
    said = [str(one) for one in advice(deck(FINDERS, FOURTH, text))]
    assert any("eris discovered_by" in one and "deprecated" in one for one in said)
