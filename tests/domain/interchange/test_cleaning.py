"""A deck that holds characters which nobody sees makes a file that imports."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.facts import Alias, Deck
from questions.domain.interchange import built_in_vocabularies, read_deck, write_deck
from questions.domain.interchange.cleaning import importable
from questions.domain.interchange.hidden import hidden_character
from tests.domain.interchange.decks import RIGHT, read
from tests.domain.interchange.strategies import decks, unhurried

HIDDEN = "\u200b", "\u202e", "\ufeff", "\x07", "\u2028", "\r", "\u00ad", "\U000e0041"
FREE = {"title", "author", "name", "text", "note", "description", "quote", "locator", "stem"}
LISTS = {"accept", "points", "distractors", "titles"}


def soiled(thing: Any, sign: str, at: int) -> Any:
    """With the sign in every free text of a deck."""
    if isinstance(thing, dict):
        return {key: soiled(value, sign, at) for key, value in thing.items()}
    if isinstance(thing, tuple):
        return tuple(soiled(each, sign, at) for each in thing)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changed = {
        field.name: _soiled_field(field.name, getattr(thing, field.name), sign, at)
        for field in fields(thing)
        if field.name != "vocabulary"
    }
    return replace(thing, **changed)


def _soiled_field(name: str, value: Any, sign: str, at: int) -> Any:
    if name in FREE and value:
        return value[:at] + sign + value[at:]
    if name in LISTS:
        return tuple(_soiled_text(each, sign, at) for each in value) + ((sign,) if value else ())
    return soiled(value, sign, at)


def _soiled_text(text: str, sign: str, at: int) -> str:
    """A date or figure is read before it is kept: nothing is hidden in one."""
    return text if any(map(str.isdigit, text)) else text[:at] + sign + text[at:]


def reads(deck: Deck) -> Deck:
    return read_deck(write_deck(deck).encode(), built_in_vocabularies())


@unhurried
@given(decks(), st.sampled_from(HIDDEN), st.integers(0, 3))
def test_whatever_is_hidden_in_a_deck_its_file_imports(deck: Deck, sign: str, at: int) -> None:
    again = reads(soiled(deck, sign, at))
    assert again.entities.keys() == deck.entities.keys()
    assert [fact.uid for fact in again.facts] == [fact.uid for fact in deck.facts]
    assert not any(hidden_character(one.name) for one in again.entities.values())


@settings(unhurried, max_examples=20)
@given(decks())
def test_a_deck_in_which_nothing_is_hidden_stays_as_it_is(deck: Deck) -> None:
    assert importable(deck) is deck


@pytest.fixture
def deck() -> Deck:
    return read(RIGHT)


def renamed(deck: Deck, key: str, **changes: Any) -> Deck:
    one = replace(deck.entities[key], **changes)
    return replace(deck, entities={**deck.entities, key: one})


def test_names_that_differed_by_it_alone_stay_apart(deck: Deck) -> None:
    one, two = (each.key for each in list(deck.entities.values())[:2])
    kind = deck.entities[one].type
    shared = deck.entities[one].name
    deck = renamed(
        deck, two, type=kind, name=f"{shared}\u200b", aliases=(Alias(f"\ufeff{shared}"),)
    )
    clean = importable(deck).entities
    assert clean[one].name == shared
    assert clean[two].name == f"{shared} ({two})"
    assert clean[two].aliases == ()


def test_a_name_of_nothing_else_becomes_the_key(deck: Deck) -> None:
    key = next(iter(deck.entities))
    assert importable(renamed(deck, key, name="\u200b")).entities[key].name == key


def test_facts_that_differed_by_it_alone_are_one(deck: Deck) -> None:
    fact = next(each for each in deck.facts if each.note == "")
    twin = replace(fact, uid="twin", value=f"{fact.value}\u200b")
    again = reads(replace(deck, facts=(*deck.facts, twin)))
    assert len(again.facts) == len(deck.facts)


def test_line_ends_of_other_systems_stay_line_ends(deck: Deck) -> None:
    again = reads(replace(deck, description="one\r\ntwo\rthree\u2028four"))
    assert again.description == "one\ntwo\nthree four"
