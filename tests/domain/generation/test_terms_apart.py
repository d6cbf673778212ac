"""Terms that differ in a sign, in the order of their words or by a "not" are different answers."""

from __future__ import annotations

import pytest

from questions.domain.facts import Deck
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.text import fold, holds_words, same_words
from questions.domain.questions import Direction, Form
from tests.domain.generation.decks import distractors, facing, read


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("O(n)", "O(n²)"),
        ("O(n)", "O(n log n)"),
        ("n", "O(n log n)"),
        ("last in, first out", "first in, first out"),
        ("first in, last out", "last in, first out"),
        ("stable", "not stable"),
        ("C", "C++"),
        ("C++", "C#"),
        ("A", "A*"),
        ("Na", "Na⁺"),
        ("A+", "A−"),
        ("H₂O", "H₂O₂"),
        ("x<2", "x<3"),
        ("10^3", "103"),
        ("10³", "103"),
        ("10³", "10⁻³"),
        ("2^10", "210"),
        ("2^n", "2n"),
        ("10^6 cells", "106 cells"),
        ("10^6 cells", "10 cells"),
        ("C♯ minor", "C minor"),
        ("B♭ major", "B major"),
        ("C♯", "C♭"),
    ],
)
def test_terms_that_differ_in_sign_order_or_denial_are_different(one: str, two: str) -> None:
    assert not same_words(one, two)
    assert not holds_words(one, two)
    assert not holds_words(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Peace Treaty", "the peace treaty"),
        ("O(n²)", "O(n^2)"),
        ("O(n log n)", "O(n  log n)"),
        ("H₂O", "H2O"),
        ("Norland–Sudland War", "Sudland-Norland War"),
        ("SYN+ACK", "SYN-ACK"),
        ("10^3", "10³"),
        ("10^-3", "10⁻³"),
        ("10⁶ cells", "10^6 cells"),
        ("(a+b)²", "(a+b)^2"),
        ("x₁²", "x₁^2"),
        ("f(x)²", "f(x)^2"),
        ("C♯ minor", "C# minor"),
        ("Yes!", "yes"),
    ],
)
def test_terms_that_are_only_written_otherwise_are_the_same(one: str, two: str) -> None:
    assert same_words(one, two)


def test_a_term_that_runs_on_in_another_may_be_the_same_answer() -> None:
    assert holds_words("treaty", "peace treaty")
    assert holds_words("a Norlandic defeat", "defeat")


def test_signs_that_name_a_thing_are_kept_and_those_that_close_a_sentence_are_not() -> None:
    assert fold("Who made C++?") == "who made c++"
    assert fold("C#’s maker, “F*”.") == "c# s maker f*"
    assert fold("A – pause – and well-known (things).") == "a pause and well known things"


LANGUAGES = """
title: Languages
language: en
use: [general]
sources: {s: {title: A survey}}
types:
  language: {label: language, many: languages, ask: which language}
entities:
  c: {type: language, name: C}
  cpp: {type: language, name: C++}
  cs: {type: language, name: C#}
relations:
  grows:
    about: [language]
    value: term
    single: yes
    reverse_single: yes
    ask: ["How does {about} grow?", "What is the growth of {about}?"]
    reverse: ["Which of these languages grows as {value}?"]
    state: "{About} grows as {value}."
facts:
  - {about: c, is: grows, value: O(n), accept: [n], source: s}
  - {about: cpp, is: grows, value: O(n²), accept: [O(n^2)], source: s}
  - {about: cs, is: grows, value: O(n log n), source: s}
"""


def languages() -> Deck:
    return read(LANGUAGES)


@pytest.mark.parametrize(
    ("direction", "wrong"),
    [(Direction.VALUE, {"O(n)", "O(n log n)"}), (Direction.SUBJECT, {"c", "cs"})],
)
def test_what_differs_in_signs_alone_stands_side_by_side(
    direction: Direction, wrong: set[str]
) -> None:
    made = [each for _, each in facing(write_bank(languages()), direction)]
    choices = [each for each in made if each.form is Form.CHOICE and "C++" in each.statement]
    assert set(distractors(choices[0])) == wrong


def test_things_whose_names_differ_in_a_sign_are_no_namesakes() -> None:
    index = Index(languages())
    assert not index.related("c", "cpp")
    assert not index.related("cs", "cpp")


def test_a_rival_that_the_stem_names_may_stand_where_the_stem_names_the_answer_too() -> None:
    text = LANGUAGES.replace("How does {about} grow?", "Does {about} grow as one or as two?")
    text = text.replace("What is the growth of {about}?", "As one or two, how does {about} grow?")
    for said, value in (("O(n), accept: [n]", "one"), ("O(n²), accept: [O(n^2)]", "two")):
        text = text.replace(f"value: {said}", f"value: {value}")
    made = write_bank(read(text))
    asked = [each for each in made.questions if each.form is Form.CHOICE]
    assert any("two" in distractors(each) for each in asked)
