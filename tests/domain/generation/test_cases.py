"""Backwards, what is told of a rival in another case does not make it wrong in this one."""

from __future__ import annotations

from dataclasses import replace

from questions.domain.facts import Deck
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import not_supported
from questions.domain.questions import Bank, CardSpec, Direction, Form, Written
from tests.domain.generation.decks import distractors, facing, read

PUMPS = """
title: Pumps
language: en
use: [general]
sources: {s: {title: A survey}}
types:
  pump: {label: pump, many: pumps, ask: which pump}
entities:
  ada: {type: pump, name: Adamant}
  bel: {type: pump, name: Belfry}
  cor: {type: pump, name: Corsair}
  dun: {type: pump, name: Dunlin}
relations:
  wear:
    about: [pump]
    value: term
    single: yes
    reverse_single: no
    qualifiers: {load: text}
    ask: ["How does {about} wear under {load}?", "What wear has {about} under {load}?"]
    reverse: ["Which of these pumps wears {value} under {load}?"]
    state: "Under {load} {about} wears {value}."
facts:
"""
SAID = [
    ("ada", "quickly", "full load"), ("bel", "slowly", "full load"),
    ("cor", "evenly", "full load"), ("dun", "slowly", "half load"),
]  # fmt: skip


def deck(said: list[tuple[str, str, str]], more: int = 0) -> Deck:
    """`more` pumps of which nothing is told but how they wear under half load."""
    names = [f"m{at:02}" for at in range(more)]
    entities = "".join(f"  {name}: {{type: pump, name: Pump {name}}}\n" for name in names)
    said = [*said, *((name, "slowly", "half load") for name in names)]
    facts = [
        f"  - {{about: {about}, is: wear, value: {value}, load: {load}, source: s}}\n"
        for about, value, load in said
    ]
    return read(PUMPS.replace("relations:\n", f"{entities}relations:\n") + "".join(facts))


def backwards(found: Bank, about: str) -> tuple[CardSpec, Written] | None:
    """The first choice whose answer it is, with its card."""
    for card, each in facing(found, Direction.SUBJECT):
        if each.form is Form.CHOICE and each.content["key"]["value"] == about:
            return card, each
    return None


def test_only_of_what_is_told_in_the_case_asked_for_is_it_known_that_it_is_wrong() -> None:
    made = backwards(write_bank(deck(SAID)), "ada")
    assert made
    assert set(distractors(made[1])) == {"bel", "cor"}
    told = [*SAID, ("dun", "evenly", "full load")]
    made = backwards(write_bank(deck(told)), "ada")
    assert made
    assert set(distractors(made[1])) == {"bel", "cor", "dun"}


def test_a_case_of_which_only_the_answer_is_told_has_no_choice() -> None:
    lone = [("ada", "quickly", "full load"), *((a, v, "half load") for a, v, _ in SAID[1:])]
    assert backwards(write_bank(deck(lone)), "ada") is None


def test_words_that_only_describe_one_value_each_keep_no_rival_away() -> None:
    own = [(about, f"{value} at {about}", f"the load of {about}") for about, value, _ in SAID]
    made = backwards(write_bank(deck(own)), "ada")
    assert made
    assert set(distractors(made[1])) == {"bel", "cor", "dun"}


def test_a_stored_rival_of_another_case_is_found() -> None:
    found = deck(SAID)
    made = backwards(write_bank(found), "ada")
    assert made
    card, question = made
    assert not_supported(Item(Index(found), card, question)) == ""
    dunlin = {"text": "Dunlin", "value": "dun", "entity": "dun"}
    spoilt = replace(question, content={**question.content, "distractors": [dunlin]})
    assert "Dunlin" in not_supported(Item(Index(found), card, spoilt))
