"""A figure of 1 counts in the singular, where it is true and where it is not."""

from __future__ import annotations

import pytest

from questions.domain.facts import Deck
from questions.domain.generation.bank import write_bank
from questions.domain.interchange import advice
from questions.domain.plurals import singular
from questions.domain.questions import Form
from tests.domain.generation.decks import read

MOONS = """
title: Moons
language: en
use: [general]
sources: {s: {title: A survey}}
types:
  body: {label: body, many: bodies, ask: which body}
  fungus: {label: fungus, many: fungi, ask: which fungus}
entities:
  earth: {type: body, name: Earth}
  mars: {type: body, name: Mars}
  pluto: {type: body, name: Pluto}
facts:
"""
FACTS = """
  - {about: earth, is: count_of, of: known moons, value: 1, source: s}
  - {about: mars, is: count_of, of: known moons, value: 2, source: s}
  - {about: pluto, is: count_of, of: known moons, value: 5, source: s}
"""


def deck(facts: str = FACTS) -> Deck:
    return read(MOONS + facts)


def test_statements_true_and_false_count_one_in_the_singular() -> None:
    bank = write_bank(deck())
    said = [one.statement for one in bank.questions]
    assert "Earth has 1 known moon." in said
    assert "Mars has 2 known moons." in said
    judged = {
        one.content["true"]: one.content["false"]
        for one in bank.questions
        if one.form is Form.TRUE_FALSE
    }
    assert judged["Earth has 1 known moon."]
    assert all(text.endswith(" known moons.") for text in judged["Earth has 1 known moon."])
    assert "Mars has 1 known moon." in judged["Mars has 2 known moons."]


def test_a_gap_does_not_tell_that_there_is_one() -> None:
    gaps = [one.stem for one in write_bank(deck()).questions if one.form is Form.CLOZE]
    assert any(stem.startswith("Earth has ____") for stem in gaps)
    assert not any("moon." in stem for stem in gaps)


def test_nothing_false_is_said_of_one_where_its_singular_is_not_known() -> None:
    odd = FACTS.replace("known moons", "rings and moons")
    judged = [one for one in write_bank(deck(odd)).questions if one.form is Form.TRUE_FALSE]
    assert judged
    assert not any(" 1 " in text for one in judged for text in one.content["false"])


def test_an_import_names_the_figure_of_one_whose_singular_is_not_known() -> None:
    odd = FACTS.replace("known moons", "rings and moons")
    assert any("1 rings and moons" in str(one) for one in advice(deck(odd)))
    assert not any("1 known" in str(one) for one in advice(deck()))


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("known moons", "known moon"),
        ("pieces of wood", "piece of wood"),
        ("batteries", "battery"),
        ("classes", "class"),
        ("boxes", "box"),
        ("heroes", "hero"),
        ("species", "species"),
        ("aircraft", "aircraft"),
        ("killed", "killed"),
        ("young women", "young woman"),
        ("edible fungi", "edible fungus"),
        ("fighters and bombers", ""),
        ("soldiers killed", ""),
    ],
)
def test_the_singular_is_the_decks_own_word_or_follows_a_rule(many: str, one: str) -> None:
    assert singular(many, {"fungi": "fungus"}) == one
