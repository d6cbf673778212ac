"""Values that do not go with their wordings: what an import says, what questions make of it."""

from __future__ import annotations

import pytest

from questions.domain.facts import Deck
from questions.domain.generation.bank import write_bank
from questions.domain.interchange import advice, built_in_vocabularies, read_deck
from questions.domain.questions import Form

SKY = """
title: The sky
language: en
use: [general]
sources: {s: {title: A survey}}
types:
  body: {label: body, many: bodies, ask: which body}
  term: {label: term, many: terms, ask: which term}
  layer: {label: layer, many: layers, ask: which layer}
entities:
  a: {type: body, name: Phobos}
  b: {type: body, name: Deimos}
  c: {type: body, name: Ariel}
  d: {type: body, name: Oberon}
  ecliptic: {type: term, name: ecliptic, the: yes}
  hague: {type: term, name: Hague time, the: yes}
  crust: {type: layer, name: crust, the: yes}
  mantle: {type: layer, name: mantle, the: yes}
  core: {type: layer, name: core, the: yes}
relations:
  found:
    about: [body]
    value: date
    single: yes
    ask: ["On what date was {about} discovered?", "When was {about} discovered?"]
    order: Put these bodies in the order of their discovery.
    state: "{About} was discovered {on value}."
  layer:
    about: [body]
    value: entity
    of: [layer]
    ask: ["Name a layer of {about}.", "What is one of the layers of {about}?"]
    order: Put the layers of {about} in order, beginning with the outermost.
    state: "The layers of {about} include {value}."
facts:
"""


def deck(facts: str, text: str = SKY) -> Deck:
    return read_deck((text + facts).encode(), built_in_vocabularies(), "sky.yaml")


def notes(facts: str, text: str = SKY) -> str:
    return "\n".join(str(one) for one in advice(deck(facts, text)))


SENTENCE = '  - {about: ecliptic, is: definition, value: "The plane of the orbit.", source: s}\n'


def test_a_sentence_given_as_a_text_is_noted_and_goes_on_from_its_statement() -> None:
    assert "ecliptic definition" in notes(SENTENCE)
    said = [one.statement for one in write_bank(deck(SENTENCE)).questions]
    assert said == ["“ecliptic” means the plane of the orbit."] * len(said)
    assert said


@pytest.mark.parametrize("value", ["the plane of the orbit", "Huygens’s idea of the plane", "A4"])
def test_a_clause_is_not_noted_nor_a_name_at_its_start_made_small(value: str) -> None:
    facts = f'  - {{about: ecliptic, is: definition, value: "{value}", source: s}}\n'
    assert "ecliptic definition" not in notes(facts)
    said = [one.statement for one in write_bank(deck(facts)).questions]
    assert set(said) == {f"“ecliptic” means {value}."}


def date(about: str, value: str) -> str:
    return f"  - {{about: {about}, is: found, value: {value}, source: s}}\n"


def test_a_month_is_not_asked_for_by_a_wording_that_wants_a_day() -> None:
    written = write_bank(deck(date("a", "1877-08") + date("b", "1877-08-12")))
    asked = [one.stem for one in written.questions if one.form is Form.TYPED]
    assert "When was Phobos discovered?" in asked
    assert "On what date was Phobos discovered?" not in asked
    assert "On what date was Deimos discovered?" in asked


def test_a_date_of_which_every_wording_asks_for_another_part_is_noted() -> None:
    days_only = SKY.replace("When was {about} discovered?", "On which day was {about} found?")
    facts = date("a", "1877-08") + date("b", "1877-08-12")
    assert "a found" in notes(facts, days_only)
    assert "b found" not in notes(facts, days_only)
    assert "a found" not in notes(facts)


@pytest.mark.parametrize(
    ("wording", "value", "fits"),
    [
        ("What is the date of the discovery of {about}?", "1877", False),
        ("From what date is the discovery of {about}?", "1877-08", False),
        ("At which date was {about} discovered?", "1877-08-12", True),
        ("What is the date of the discovery of {about}?", "1877-08-12~", True),
        ("What was the year of the discovery of {about}?", "1877", True),
        ("For which year is the discovery of {about} told?", "1877-08-12", False),
    ],
)
def test_what_is_the_date_asks_for_a_day(wording: str, value: str, fits: bool) -> None:
    text = SKY.replace("On what date was {about} discovered?", wording)
    alone = text.replace(', "When was {about} discovered?"', "")
    assert ("a found" not in notes(date("a", value), alone)) is fits
    asked = [one.stem for one in write_bank(deck(date("a", value), text)).questions]
    assert (wording.replace("{about}", "Phobos") in asked) is fits


@pytest.mark.parametrize(
    "wording", ["In what year and season was {about} found?", "When, and where?"]
)
def test_a_wording_that_asks_for_a_part_with_more_is_left_alone(wording: str) -> None:
    mixed = SKY.replace("When was {about} discovered?", wording)
    mixed = mixed.replace("On what date was {about} discovered?", wording)
    assert "a found" not in notes(date("a", "1939-22"), mixed)


WEIGHED = SKY.replace(
    "  layer:\n    about: [body]",
    """  weight:
    about: [body]
    value: number
    single: yes
    ask: ["What is the weight of {about}?", "How heavy is {about}?"]
    state: "The weight of {about} is {value}."
  layer:
    about: [body]""",
)


def weight(value: str, at: str) -> str:
    return f"  - {{about: a, is: weight, value: {value}, source: s {at}}}\n"


@pytest.mark.parametrize(
    ("values", "text", "noted"),
    [
        (("12..18", "12..20"), WEIGHED, True),
        (("12..18", "12..20"), WEIGHED.replace("value: number", "value: number\n    limits: yes"),
         False),
        (("12..18", "30..40"), WEIGHED, False),
        (("12..18", "15"), WEIGHED, False),
    ],
)  # fmt: skip
def test_ranges_that_are_taken_for_one_figure_are_noted(
    values: tuple[str, ...], text: str, noted: bool
) -> None:
    facts = "".join(weight(value, str(at)) for at, value in enumerate(values))
    assert ("a weight" in notes(facts, text)) is noted


def layers(*names: str) -> str:
    return "".join(f"  - {{about: a, is: layer, value: {one}, source: s}}\n" for one in names)


WHOLE = "complete:\n  - {about: a, is: layer}\n"


@pytest.mark.parametrize(
    ("facts", "noted"),
    [
        (layers("crust", "mantle"), True),
        (layers("crust", "mantle", "core"), True),
        (layers("crust", "mantle") + WHOLE, True),
        (layers("crust", "mantle", "core") + WHOLE, False),
        (date("a", "1877") + date("b", "1878") + date("c", "1879"), True),
        (date("a", "1877") + date("b", "1878") + date("c", "1879") + date("d", "1880"), False),
    ],
)
def test_an_order_of_which_the_facts_give_none_is_noted(facts: str, noted: bool) -> None:
    assert ("is never used" in notes(facts)) is noted


def told(text: str) -> str:
    return " ".join(str(one) for one in advice(read_deck(text.encode(), built_in_vocabularies())))


FACT = "  - {about: a, is: layer, value: core, source: s}\n"


@pytest.mark.parametrize(
    ("wording", "wrong"),
    [
        ("{Which about} have a {value}?", True),
        ("{Which about} has a {value}?", False),
        ("{Which about} {about:has|have} a {value}?", False),
    ],
)
def test_who_asks_for_one_does_not_say_have(wording: str, wrong: bool) -> None:
    text = SKY.replace(
        "    order: Put the layers", f'    reverse: "{wording}"\n    order: Put the layers'
    )
    assert ("asks for one (“which cell”)" in told(text + FACT)) is wrong


def test_a_type_that_is_asked_for_in_the_plural_may_have() -> None:
    many = SKY.replace("ask: which body", "ask: which bodies").replace(
        "    order: Put the layers",
        '    reverse: "{Which about} have a {value}?"\n    order: Put the layers',
    )
    assert "asks for one (“which cell”)" not in told(many + FACT)


@pytest.mark.parametrize(
    ("wording", "wrong"),
    [
        ("Name the {count} layers of {about} in their order.", True),
        ("Name the {count} layers of {about}.", False),
        ("Name the {count} religious orders of {about}.", False),
    ],
)
def test_a_list_that_asks_for_an_order_is_told_that_none_is_graded(
    wording: str, wrong: bool
) -> None:
    text = SKY.replace(
        "    order: Put the layers", f'    list: "{wording}"\n    order: Put the layers'
    )
    assert ("in any order" in told(text + FACT)) is wrong
