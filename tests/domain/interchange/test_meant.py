"""What an error says was meant: a unit behind its sign, a relation behind its label, a figure."""

from __future__ import annotations

import pytest

from questions.domain.generation.bank import write_bank
from questions.domain.interchange import DeckErrors, built_in_vocabularies, read_deck
from questions.domain.questions import Form

DECK = """
title: Stars
language: en
use: [general]
sources: {s: {title: A survey}}
types:
  body: {label: body, many: bodies, ask: which body}
  craft: {label: craft, many: craft, ask: which craft}
entities:
  sun: {type: body, name: Sun, the: yes}
  saturn: {type: body, name: Saturn}
  mars: {type: body, name: Mars}
  cassini: {type: craft, name: Cassini, also: [Cassini orbiter]}
  mariner: {type: craft, name: Mariner 9}
relations:
  first_orbiter:
    about: [body]
    value: entity
    of: [craft]
    single: yes
    ask: ["Which craft was the first to enter orbit around {about}?", "What first orbited {about}?"]
    state: "The first to enter orbit around {about} was {value}."
facts:
"""
ORBITERS = """
  - {about: saturn, is: first_orbiter, value: cassini, source: s}
  - {about: mars, is: first_orbiter, value: mariner, source: s}
"""


def faults(fact: str, text: str = DECK) -> str:
    with pytest.raises(DeckErrors) as caught:
        read_deck(f"{text}  - {{{fact}, source: s}}\n".encode(), built_in_vocabularies())
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.0e10", "write 10000000000"),
        ("2.5E3", "write 2500"),
        ("3 × 10^4", "write 30000"),
        ("5e-3", "write 0.005"),
        ("1.0e10 km", "write 10000000000; the unit stands in “unit: kilometre”"),
        ("4 million", "write 4000000"),
    ],
)
def test_a_power_of_ten_is_written_out(written: str, meant: str) -> None:
    said = faults(f'about: sun, is: measure_of, of: age, unit: year, value: "{written}"')
    assert said.endswith(meant)


@pytest.mark.parametrize(("said", "meant"), [("km", "kilometre"), ("kms", "kilometre")])
def test_a_units_sign_says_which_unit_was_meant(said: str, meant: str) -> None:
    error = faults(f"about: sun, is: measure_of, of: width, value: 5, unit: {said}")
    assert f"unknown unit “{said}”; did you mean “{meant}”?" in error
    own = DECK.replace("relations:\n", f"relations:\n  far:\n    value: number\n    unit: {said}\n")
    error = faults("about: sun, is: far, value: 5", own)
    assert f"unknown unit “{said}”; did you mean “{meant}”?" in error


def test_a_relations_label_says_which_relation_was_meant() -> None:
    error = faults("about: sun, is: number_of, of: moons, value: 5")
    assert "unknown relation “number_of”; did you mean “count_of”?" in error


def test_a_word_of_every_question_is_no_cue_because_another_name_has_it() -> None:
    found = read_deck((DECK + ORBITERS).encode(), built_in_vocabularies())
    typed = [one.stem for one in write_bank(found).questions if one.form is Form.TYPED]
    assert "Which craft was the first to enter orbit around Saturn?" in typed
    alone = "".join(ORBITERS.splitlines(keepends=True)[:2])
    found = read_deck((DECK + alone).encode(), built_in_vocabularies())
    assert not [one for one in write_bank(found).questions if one.form is Form.TYPED]
    named = (DECK + ORBITERS).replace("name: Cassini, also: [Cassini orbiter]", "name: The orbiter")
    found = read_deck(named.encode(), built_in_vocabularies())
    typed = [one.stem for one in write_bank(found).questions if one.form is Form.TYPED]
    assert not any("orbit around Saturn" in stem for stem in typed)
