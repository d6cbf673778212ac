"""Every name in the decks that ship is right for what it names, and never when it is denied."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

import questions
from questions.domain.facts import Deck, Entity
from questions.domain.generation import write_bank
from questions.domain.grading import Expected, Grade, Named, NameIndex, Verdict, grade_typed
from questions.domain.interchange import built_in_vocabularies, read_deck
from questions.domain.questions import Form

DECKS = sorted((Path(questions.__file__).parent / "decks").glob("*.yaml"))


@pytest.fixture(scope="module", params=DECKS, ids=lambda path: path.stem)
def deck(request: pytest.FixtureRequest) -> Deck:
    path: Path = request.param
    return read_deck(path.read_bytes(), built_in_vocabularies(), path.name)


@pytest.fixture(scope="module")
def expected(deck: Deck) -> dict[str, Expected]:
    """What each typed question expects, by its stem."""
    return {
        question.stem: Expected.from_json(question.content["expected"])
        for question in write_bank(deck).questions
        if question.form in (Form.TYPED, Form.CLOZE)
    }


@pytest.fixture(scope="module")
def figures(expected: dict[str, Expected]) -> dict[str, Expected]:
    return {stem: one for stem, one in expected.items() if one.kind == "number"}


@pytest.fixture(scope="module")
def plain(expected: dict[str, Expected]) -> list[tuple[Expected, str]]:
    """Plain days, years and figures with what they are typed as."""
    return [
        (one, one.value.strip("~<>"))
        for one in expected.values()
        if one.kind in ("date", "number") and not re.search(r"[:/]|-2\d$", one.value)
    ]


def named(entity: Entity) -> Named:
    exact = tuple(alias.text for alias in entity.aliases if not alias.loose)
    loose = tuple(alias.text for alias in entity.aliases if alias.loose)
    return Named(
        entity.key, entity.name, exact, loose, entity.type, entity.surname or None, entity.titles
    )


def spellings(deck: Deck) -> list[tuple[Named, str]]:
    found = map(named, deck.entities.values())
    return [(one, spelt) for one in found for spelt in (one.name, *one.aliases)]


def grade(one: Named, typed: str, names: NameIndex) -> Grade:
    return grade_typed(Expected("name", one.name, one.key), typed, names)


def test_every_name_is_right_as_written_in_small_letters_and_with_fillers(deck: Deck) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)

    refused = [
        typed
        for one, spelt in spellings(deck)
        for typed in (spelt, spelt.lower(), f"the {spelt}", f"{spelt}?", f"I think {spelt}")
        if grade(one, typed, names).verdict is not Verdict.RIGHT
    ]
    assert refused == []


def test_no_denied_name_is_credited(deck: Deck) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)

    credited = [
        typed
        for one, spelt in spellings(deck)
        for typed in (f"not {spelt}", f"anyone but {spelt}", f"the enemy of {spelt}")
        if grade(one, typed, names).credited
    ]
    assert credited == []


def test_what_lies_near_a_place_or_belongs_to_someone_is_not_it(deck: Deck) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)

    credited = [
        typed
        for one, spelt in spellings(deck)
        for typed in (f"near {spelt}", f"north of {spelt}", f"the road to {spelt}", f"{spelt}? No.")
        if grade(one, typed, names).credited
    ]
    assert credited == []


def test_no_two_names_of_one_kind_are_credited_together(deck: Deck) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)
    kinds: dict[str, list[Named]] = {}
    for entity in deck.entities.values():
        kinds.setdefault(entity.type, []).append(named(entity))

    credited = [
        typed
        for alike in kinds.values()
        for one, other in pairwise(alike)
        for typed in (f"{one.name} or {other.name}", f"{other.name}/{one.name}",
                      f"{one.name}? {other.name}?", f"{other.name}, no, {one.name}")
        if grade(one, typed, names).credited
    ]  # fmt: skip
    assert credited == []


SECOND = (
    "{} or Xyzqu", "{} aka Xyzqu", "{} rather than Xyzqu", "{}\nXyzqu", "{} -> Xyzqu", "{} or II",
    "{}/7", "{} nor Xyzqu", "{}, no, Xyzqu", "{} if not Xyzqu", "Xyzqu = {}", "{}, if wrong Xyzqu",
    "{} ~ Xyzqu", "{}! Xyzqu!",
)  # fmt: skip
"""Beside a second name that the deck lacks."""
TAKEN_BACK = (
    "{} not", "{} no", "{}, no.", "{} is wrong", "{} (wrong)", "hardly {}", "≠ {}",
    "{} was not it", "it can't be {}", "I doubt {}",
)  # fmt: skip


@pytest.mark.parametrize("ways", [SECOND, TAKEN_BACK], ids=["a second", "taken back"])
def test_no_name_is_credited_beside_another_or_taken_back(
    deck: Deck, ways: tuple[str, ...]
) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)

    credited = [
        way.format(one.name)
        for one in map(named, deck.entities.values())
        for way in ways
        if grade(one, way.format(one.name), names).credited
    ]
    assert credited == []


def test_a_name_or_a_slip_in_it_is_credited_for_no_other_of_its_kind(deck: Deck) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)
    everyone = [named(entity) for entity in deck.entities.values()]

    credited = [
        (typed, one.name)
        for other, spelt in spellings(deck)
        for one in everyone
        if one.key != other.key and names.of_one_kind(one.type, other.type)
        for typed in (spelt, spelt[:3] + spelt[4:] if len(spelt) > 8 else spelt.lower())
        if grade(one, typed, names).credited
    ]
    assert credited == []


def test_a_slip_in_a_small_word_is_credited_for_no_other_of_its_kind(deck: Deck) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)
    everyone = [named(entity) for entity in deck.entities.values()]

    credited = [
        (typed, one.name)
        for other, spelt in spellings(deck)
        for typed in with_small_slips(spelt)
        for one in everyone
        if one.key != other.key and names.of_one_kind(one.type, other.type)
        if grade(one, typed, names).credited
    ]
    assert credited == []


def with_small_slips(spelt: str) -> list[str]:
    """Each short word once without its last letter, and once with it doubled; no numerals."""
    words = spelt.split()
    return [
        " ".join([*words[:place], slip, *words[place + 1 :]])
        for place, word in enumerate(words)
        if 2 < len(word) < 5 and word.isalpha() and not word.isupper()
        for slip in (word[:-1], word + word[-1])
    ]


def credited_beside(figures: dict[str, Expected], deck: Deck, *ways: str) -> list[tuple[str, str]]:
    names = NameIndex((), deck.vocabulary)
    return [
        (stem, way.format(one.value))
        for stem, one in figures.items()
        for way in ways
        if ":" not in one.value  # a ratio
        if grade_typed(one, way.format(one.value.strip("~<>")), names).credited
    ]


def test_a_figure_of_another_side_or_unit_or_taken_back_is_never_credited(
    deck: Deck, figures: dict[str, Expected]
) -> None:
    ways = ("${}", "{} €", "{} furlongs", "{} banana", "{} wrong", "{}, no", "{} not",
            "hardly {}", "{} Portuguese", "{} deserters", "{} of the enemy")  # fmt: skip

    assert figures
    assert credited_beside(figures, deck, *ways) == []


def test_a_figure_with_words_of_its_question_or_fillers_is_credited(
    deck: Deck, figures: dict[str, Expected]
) -> None:
    ways = ("{}", "I think {}", "it was {}", "{}, I guess", "maybe {}", "{}, not sure")
    credited = credited_beside(figures, deck, *ways)

    asked = [stem for stem, one in figures.items() if ":" not in one.value]
    assert len(credited) == len(ways) * len(asked)


def test_what_a_question_speaks_of_may_stand_beside_a_date_or_figure(
    deck: Deck, plain: list[tuple[Expected, str]]
) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)

    refused = [
        typed
        for one, value in plain
        for said in (deck.entities[one.subjects[0]].name,)
        for typed in (f"{said}: {value}", f"{value} ({said})")
        if grade_typed(one, typed, names).verdict is not grade_typed(one, value, names).verdict
    ]
    assert plain
    assert refused == []


def test_what_a_question_speaks_of_may_stand_in_brackets_behind_a_name_or_term(
    deck: Deck, expected: dict[str, Expected]
) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)
    glossed = [
        (one, f"{one.value} ({said})")
        for one in expected.values()
        if one.kind in ("name", "term")
        for said in (*one.harmless, *(deck.entities[key].name for key in one.subjects))
    ]

    refused = [
        typed
        for one, typed in glossed
        if grade_typed(one, typed, names).verdict is not Verdict.RIGHT
    ]
    assert glossed
    assert refused == []


def test_bare_names_of_others_beside_a_date_or_figure_are_asked_again(
    deck: Deck, plain: list[tuple[Expected, str]]
) -> None:
    names = NameIndex(map(named, deck.entities.values()), deck.vocabulary)
    persons = [one for one in deck.entities.values() if names.nouns.is_person(one.type)]

    credited = [
        typed
        for one, value in plain
        for first, second in pairwise([who.name for who in persons if who.key not in one.subjects])
        for typed in (f"{value} {first} {second}", f"{first}, {value}")
        if grade_typed(one, typed, names).credited
    ]
    assert persons
    assert credited == []
