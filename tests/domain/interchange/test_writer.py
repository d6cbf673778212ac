"""Writing a deck: the file reads as the same deck, and is written in one way only."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import Deck, Vocabulary
from questions.domain.interchange import (
    built_in_vocabularies,
    own_as_kept,
    own_of_kept,
    read_deck,
    vocabulary_of_deck,
    write_deck,
)
from questions.domain.interchange.scalars import Value, entry, inline
from questions.domain.interchange.vocabulary import FOLDER
from tests.domain.interchange.decks import RIGHT, read
from tests.domain.interchange.strategies import NASTY, decks, letters, unhurried, vocabularies

DECKS = FOLDER.parent / "decks"


@unhurried
@given(decks())
def test_what_is_written_reads_as_the_same_deck_and_is_written_the_same_again(deck: Deck) -> None:
    text = write_deck(deck)
    again = read_deck(text.encode(), built_in_vocabularies())
    assert again == deck
    assert write_deck(again) == text


@unhurried
@given(vocabularies())
def test_a_decks_own_vocabulary_is_kept_in_its_order(own: Vocabulary) -> None:
    common = built_in_vocabularies()["common"]
    kept = own_of_kept(own_as_kept(own), common)
    assert kept == own
    assert list(kept.relations) == list(own.relations)
    of_deck = vocabulary_of_deck((), own_as_kept(own), built_in_vocabularies())
    assert of_deck == common.with_(own)


@pytest.mark.parametrize("name", sorted(path.name for path in DECKS.glob("*.yaml")))
def test_sample_decks_survive_a_round(name: str) -> None:
    deck = read_deck((DECKS / name).read_bytes(), built_in_vocabularies(), name)
    text = write_deck(deck)
    again = read_deck(text.encode(), built_in_vocabularies(), name)
    assert again == deck
    assert write_deck(again) == text


def _plain(text: str) -> object:
    """What any reader of YAML makes of it, every scalar being text."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 — it makes nothing but texts


@given(st.text(letters))
def test_any_text_stands_in_block_and_in_brackets(text: str) -> None:
    data: Value = {"key": text, "list": [text, {"a": text}]}
    assert _plain("\n".join(entry("x", data))) == {"x": data}
    assert _plain(f"x: {inline(data)}") == {"x": data}


@pytest.mark.parametrize("text", NASTY)
def test_hard_texts_stand_in_block_and_in_brackets(text: str) -> None:
    assert _plain("\n".join(entry("x", text, 4))) == {"x": text}
    assert _plain(f"x: {inline([text, text])}") == {"x": [text, text]}


def test_texts_are_quoted_only_where_they_must_be() -> None:
    plain: list[Value] = [
        "no",
        "1941-04-13",
        "~20",
        "<5",
        "2:1",
        "1939?",
        "it's",
        "a#b",
        "Жуков",
        "😀",
    ]
    assert inline(plain[:6]) == '[no, 1941-04-13, ~20, <5, 2:1, "1939?"]'
    for text in plain[6:]:
        assert inline([text]) == f"[{text}]"
    assert inline(["a, b", ">5", "a: b"]) == '["a, b", ">5", "a: b"]'


def test_a_fact_takes_one_line_with_its_keys_in_the_documented_order() -> None:
    lines = write_deck(read(RIGHT)).splitlines()
    assert (
        "  - {about: arch, is: length, value: 120, by: its builder, source: guide page 5}" in lines
    )
    assert (
        "  - {about: span, is: weight, value: ~900, source: {in: map, quote: about 900 t}, "
        "unit: tonne}" in lines
    )


def test_long_texts_are_wrapped() -> None:
    deck = read(RIGHT.replace("topics:", f"description: {'wide and long ' * 20}\ntopics:"))
    lines = write_deck(deck).splitlines()
    assert max(len(line) for line in lines if "wide" in line) <= 100


def test_an_empty_vocabulary_keeps_nothing() -> None:
    assert own_as_kept(Vocabulary()) == {}
