"""Vocabularies: what ships can be used, and what a wording may hold."""

from pathlib import Path

import pytest

from questions.domain.facts import Vocabulary
from questions.domain.interchange import (
    DeckErrors,
    built_in_vocabularies,
    load_vocabulary,
    own_of_kept,
    read_vocabulary,
    vocabulary_titles,
)
from questions.domain.interchange.vocabulary import FOLDER
from questions.domain.interchange.wordings import faults

NAMES = {"about", "value", "unit", "side"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_ships_is_right_and_has_its_wordings(path: Path) -> None:
    found = built_in_vocabularies()[path.stem]
    assert found.types
    for relation in found.relations.values():
        assert relation.state, f"{relation.key} has no true statement"
        assert relation.ask or relation.which or relation.reverse, f"{relation.key} is never asked"


def test_the_general_vocabulary_asks_in_two_wordings() -> None:
    relations = built_in_vocabularies()["general"].relations
    assert len(relations) >= 14
    for relation in relations.values():
        assert len(relation.ask) >= 2, f"{relation.key} is asked in one way only"


def test_only_what_happens_starts_and_finishes() -> None:
    general, common = (built_in_vocabularies()[name] for name in ("general", "common"))
    vocabulary = common.with_(general)
    for key in ("happened", "started", "finished"):
        about = vocabulary.relations[key].about
        assert vocabulary.is_a("event", about)
        assert vocabulary.is_a("process", about)
        assert not vocabulary.is_a("town", about)


def test_vocabularies_can_be_used_together() -> None:
    """Adding one to a deck changes the meaning of nothing that another defines."""
    chosen = [found for name, found in built_in_vocabularies().items() if name != "common"]
    for section in ("types", "units", "relations"):
        keys = [key for found in chosen for key in getattr(found, section)]
        assert len(keys) == len(set(keys))


def test_each_vocabulary_that_can_be_chosen_says_what_it_is_for() -> None:
    assert set(vocabulary_titles()) == set(built_in_vocabularies()) - {"common"}
    assert all(title and description for title, description in vocabulary_titles().values())


def test_a_vocabulary_may_build_on_another(tmp_path: Path) -> None:
    path = tmp_path / "rivers.yaml"
    path.write_text("types: {river: {label: river, in: place}}", encoding="utf-8")
    found = load_vocabulary(path, built_in_vocabularies()["common"])
    assert found.types["river"].wider == "place"
    with pytest.raises(DeckErrors, match=r"rivers\.yaml:1: unknown type “place”"):
        load_vocabulary(path)


def test_a_deck_may_define_again_what_a_vocabulary_defines() -> None:
    common = built_in_vocabularies()["common"]
    own = read_vocabulary(b"units: {metre: {one: m, many: m}}", common)
    assert common.with_(own).units["metre"].one == "m"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("types: {a: {in: b}, b: {in: a}}", "“in” goes round in a circle: a → b → a"),
        ("units: {a: {one: a, of: a, factor: 2}}", "“of” goes round in a circle"),
        ("units: {a: {one: a, of: b}}", "“of” and “factor” go together"),
        ("units: {a: {one: a}, b: {one: b, of: a, factor: ~2}}", "is no number above 0"),
        ("units: {a: {one: a}, b: {one: b, of: a, factor: -2}}", "is no number above 0"),
        ("units: {a: {one: a, least: ~2}}", "“least” ~2 is no plain number"),
        ("units: {a: {one: a, least: cold}}", "cold"),
        ("units: {a: {one: a, most: 0}}", "“most” 0 is no number above 0"),
        ("units: {a: {many: a}}", "a unit without “one”"),
        ("relations: {a: {label: b}}", "a relation without “value”"),
        ("relations: {a: {value: text, wording: x}}", "unknown key in a relation “wording”"),
        ("relations: [a]", "“relations” is a mapping of keys"),
        ("facts: []", "unknown key in a vocabulary “facts”"),
    ],
)
def test_a_vocabularys_mistakes_are_named(text: str, said: str) -> None:
    with pytest.raises(DeckErrors) as caught:
        read_vocabulary(text.encode())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "template",
    [
        "When was {about} built[, by {side}]?",
        "{About's} end came {on value}.",
        "{Which about} {about:was|were} there?",
        "{side.adjective} losses, {about.name}, {value} {unit}",
        "{On value} it ended.",
        "no names at all",
    ],
)
def test_every_documented_form_can_be_filled_in(template: str) -> None:
    assert not list(faults(template, NAMES))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{abut}", "nothing is called “abut”"),
        ("{about.title}", "cannot be filled in"),
        ("{about:was}", "cannot be filled in"),
        ("{}", "cannot be filled in"),
        ("{ about }", "cannot be filled in"),
        ("{about", "a single “{”"),
        ("about}", "a single “}”"),
        ("[{about}", "“[” is not closed"),
        ("{about}]", "“]” without “[”"),
        ("[a [{about}]]", "“[” inside"),
        ("[really]", "without a name"),
    ],
)
def test_what_cannot_be_filled_in_is_named(template: str, said: str) -> None:
    assert any(said in fault for fault, _ in faults(template, NAMES))


@pytest.mark.parametrize("place", ["{value}", "{on value}", "{value's}", "{value.name}"])
def test_a_question_must_not_hold_its_answer(place: str) -> None:
    assert any("answer away" in fault for fault, _ in faults(place, NAMES, "value"))


@pytest.mark.parametrize("place", ["{which value}", "{value:is|are}", "{Which value}"])
def test_a_question_may_speak_of_its_answer(place: str) -> None:
    assert not list(faults(place, NAMES, "value"))


def test_a_kept_vocabulary_that_has_become_wrong_can_still_be_read() -> None:
    kept = {"relations": {"a": {"value": "number", "unit": "gone", "ask": ["How many {about}?"]}}}
    assert own_of_kept(kept, Vocabulary()).relations["a"].unit == "gone"
