"""Asked backwards: what is known is the value, and it must tell its subject."""

from __future__ import annotations

from questions.domain.facts import Deck
from questions.domain.generation.bank import write_bank
from questions.domain.interchange import write_deck
from questions.domain.questions import Direction, Form
from tests.domain.generation.decks import facing, read

COMETS = """
title: Comets
language: en
use: [general]
sources: {s: {title: A survey}}
types:
  comet: {label: comet, many: comets, ask: which comet}
  phenomenon: {label: phenomenon, many: phenomena, ask: which phenomenon}
  cause: {label: cause, many: causes, ask: which cause}
entities:
  a: {type: comet, name: Halley}
  b: {type: comet, name: Encke}
  c: {type: comet, name: Borrelly}
  heat: {type: phenomenon, name: great heat of the surface of the planet Venus, the: yes}
  tails: {type: phenomenon, name: tails of comets, the: yes, plural: yes}
  greenhouse: {type: cause, name: trapped infrared, the: no}
  wind: {type: cause, name: solar wind, the: yes}
relations:
  passed:
    about: [comet]
    value: date
    single: yes
    ask: ["When did {about} pass the Sun?", "When was {about} nearest the Sun?"]
    reverse: ["{Which about} passed the Sun {on value}?"]
    state: "{About} passed the Sun {on value}."
  due_to:
    about: [phenomenon]
    value: entity
    of: [cause]
    single: yes
    ask: ["What is {about} due to?", "What brings about {about}?"]
    reverse: ["{Which about} is due to {value}?"]
    state: "{About} {about:is|are} due to {value}."
facts:
  - {about: a, is: passed, value: 1986-02-09, source: s}
  - {about: b, is: passed, value: 1987-07-17, source: s}
  - {about: c, is: passed, value: 1987-12-18, source: s}
  - {about: heat, is: due_to, value: greenhouse, source: s}
  - {about: tails, is: due_to, value: wind, source: s}
"""


def deck(text: str = COMETS) -> Deck:
    return read(text)


def forms_backwards(found: Deck, part: str) -> set[Form]:
    backwards = facing(write_bank(found), Direction.SUBJECT)
    return {one.form for _, one in backwards if part in one.stem}


NEVER = COMETS.replace("passed:\n", "passed:\n    reverse_single: no\n")


def test_a_day_tells_its_subject_unless_the_relation_says_that_values_are_shared() -> None:
    assert Form.TYPED in forms_backwards(deck(), "9 February 1986")
    assert forms_backwards(deck(NEVER), "9 February 1986") == {Form.CHOICE}


def test_that_a_relation_says_no_survives_being_written_and_read() -> None:
    written = write_deck(deck(NEVER))
    assert "reverse_single: no" in written
    assert forms_backwards(deck(written), "9 February 1986") == {Form.CHOICE}
    assert "reverse_single" not in write_deck(deck())


def test_a_flashcard_asks_for_no_subject_that_others_may_share_the_value_with() -> None:
    assert Form.FLASHCARD not in forms_backwards(deck(), "trapped infrared")
    only = COMETS.replace("due_to:\n", "due_to:\n    reverse_single: yes\n")
    assert Form.FLASHCARD in forms_backwards(deck(only), "trapped infrared")


def test_a_flashcard_asks_for_no_value_beside_which_there_may_be_others() -> None:
    turned = COMETS.replace(
        "about: heat, is: due_to, value: greenhouse", "about: greenhouse, is: brings, value: heat"
    )
    turned = turned.replace(
        "facts:",
        """  brings:
    about: [cause]
    value: entity
    of: [phenomenon]
    ask: ["What does {about} bring about?", "What comes of {about}?"]
    state: "{About} brings about {value}."
facts:""",
    )

    def flashcards(found: Deck) -> list[str]:
        return [one.stem for one in write_bank(found).questions if one.form is Form.FLASHCARD]

    assert not flashcards(deck(turned))
    whole = turned + "complete:\n  - {about: greenhouse, is: brings}\n"
    assert flashcards(deck(whole))
