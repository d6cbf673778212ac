"""Templates: what they say, and what is wrong with them."""

import pytest

from questions.domain.facts import Entity, EntityType, Relation, Unit, ValueKind, Vocabulary
from questions.domain.values import parse_quantity, parse_span
from questions.domain.wording import (
    BadTemplate,
    Said,
    asking_for,
    begins_with_vowel,
    check_template,
    read_template,
    say_entity,
    say_number,
    say_span,
    say_unit,
)

VOCABULARY = Vocabulary(
    {
        "person": EntityType("person", "person", "people", "who"),
        "general": EntityType("general", "general", "generals", wider="person"),
        "river": EntityType("river", "river"),
    }
)
SOVIET = Said("Soviet Union", article=True, adjective="Soviet", which="which state")
JAPAN = Said("Japan", which="which state")
BATTLES = Said("Battles of Khalkhin Gol", article=True, plural=True, which="which battle")
DATED = Relation("signed", "signed", ValueKind.DATE, qualifiers={"side": "state", "by": "text"})


def said(template: str, **words: Said) -> str | None:
    filled = read_template(template).fill(words)
    return filled.text if filled else None


@pytest.mark.parametrize(
    ("template", "words", "sentence"),
    [
        ("{side} left {about}.", {"side": SOVIET, "about": BATTLES},
         "The Soviet Union left the Battles of Khalkhin Gol."),
        ("{About} {about:was|were} fought.", {"about": BATTLES},
         "The Battles of Khalkhin Gol were fought."),
        ("{side} {side:was|were} there.", {"side": JAPAN}, "Japan was there."),
        ("{about.name}", {"about": BATTLES}, "Battles of Khalkhin Gol"),
        ("the {side.adjective} army", {"side": SOVIET}, "The Soviet army"),
        ("When did the {side.adjective} army come?", {"side": JAPAN},
         "When did Japan’s army come?"),
        ("What was {side's} aim?", {"side": SOVIET}, "What was the Soviet Union’s aim?"),
        ("{about's} end", {"about": Said("Allies", article=True, plural=True)}, "The Allies’ end"),
        ("{Which side} won?", {"side": JAPAN}, "Which state won?"),
        ("On {value}?", {"value": Said("the fifth")}, "On the fifth?"),
        ("It was a {x}.", {"x": Said("island")}, "It was an island."),
        ("It was an {x}.", {"x": Said("union")}, "It was a union."),
        ("the {x}", {"x": SOVIET}, "The Soviet Union"),
        ("{x} is acid below 7.", {"x": Said("pH")}, "pH is acid below 7."),
    ],
)  # fmt: skip
def test_a_template_reads_as_english(template: str, words: dict[str, Said], sentence: str) -> None:
    assert said(template, **words) == sentence


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("1941-04-13", "It was signed on 13 April 1941."),
        ("1941", "It was signed in 1941."),
        ("1939-22", "It was signed in summer 1939."),
        ("1938-07-29/1938-08-11", "It was signed from 29 July to 11 August 1938."),
        ("1937/..", "It was signed from 1937 on."),
    ],
)
def test_a_date_has_the_preposition_it_wants(date: str, sentence: str) -> None:
    assert said("It was signed {on value}.", value=say_span(parse_span(date))) == sentence


def test_a_part_in_brackets_goes_where_a_name_in_it_is_missing() -> None:
    template = "How many fell in {about}[, by {by}]?"
    assert said(template, about=JAPAN) == "How many fell in Japan?"
    assert (
        said(template, about=JAPAN, by=Said("one count")) == "How many fell in Japan, by one count?"
    )


def test_a_template_is_not_filled_without_a_name_outside_of_brackets() -> None:
    assert said("When did {side} sign {about}?", about=JAPAN) is None


def test_a_sentence_goes_on_small_unless_it_begins_with_a_name() -> None:
    template = read_template("{side.adjective} losses were great.")
    assert template.fill({"side": SOVIET}).lower == "Soviet losses were great."  # type: ignore[union-attr]
    question = read_template("When did {side} act?").fill({"side": JAPAN})
    assert question is not None
    assert question.lower == "when did Japan act?"
    element = read_template("{About} is a gas.").fill({"about": Said("oxygen")})
    assert element is not None
    assert (element.text, element.lower) == ("Oxygen is a gas.", "oxygen is a gas.")
    article = read_template("{side} lost.").fill({"side": SOVIET})
    assert article is not None
    assert article.lower == "the Soviet Union lost."


def test_units_and_figures_agree() -> None:
    units = Vocabulary(units={})
    one, two = parse_quantity("1"), parse_quantity("20302")
    assert (say_number(one).plural, say_number(two).text) == (False, "20,302")
    assert say_unit("mile", two, units).text == "mile"


def test_a_ratio_has_no_word_after_it() -> None:
    units = Vocabulary(units={"ratio": Unit("ratio", "ratio", "ratios")})
    ratio = parse_quantity("2:1")
    assert (say_number(ratio).text, say_unit("ratio", ratio, units).text) == ("2 to 1", "")


def test_a_type_is_asked_for_as_the_nearest_wider_type_that_says_how() -> None:
    assert asking_for("general", VOCABULARY) == "who"
    assert asking_for("river", VOCABULARY) == "which river"
    assert asking_for("unheard-of", VOCABULARY) == "what"
    assert say_entity(Entity("z", "general", "Zhukov"), VOCABULARY).which == "who"


@pytest.mark.parametrize("template", ["{about", "about}", "[{about}", "{x.colour}", "{on the x}"])
def test_a_broken_template_is_refused(template: str) -> None:
    with pytest.raises(BadTemplate):
        read_template(template)
    assert check_template(template, DATED)


@pytest.mark.parametrize(
    ("template", "slot", "fault"),
    [
        ("When did {sides} sign {about}?", "ask", "{sides} is not known"),
        ("Was {about} signed {on value}?", "ask", "{value} cannot stand"),
        ("Which was signed {on value} by {about}?", "reverse", "{about} cannot stand"),
        ("When was it signed?", "ask", "must speak of {about}"),
        ("{About} was signed[ {on value}].", "state", "must speak of {value}"),
        ("How many {unit} in {about}?", "ask", "{unit} is not known"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(template: str, slot: str, fault: str) -> None:
    assert any(fault in problem for problem in check_template(template, DATED, slot))


@pytest.mark.parametrize(
    ("template", "slot"),
    [
        ("When did {side} sign {about}[, by {by}]?", "ask"),
        ("{Which about} {about:was|were} signed {on value}?", "reverse"),
        ("{side} signed {about} {on value}.", "state"),
        ("In {which value} was {about} signed?", "ask"),
        ("Put these in order.", "order"),
    ],
)
def test_sound_templates_pass(template: str, slot: str) -> None:
    assert check_template(template, DATED, slot) == ()


@pytest.mark.parametrize(
    ("text", "vowel"),
    [("island", True), ("union", False), ("8,440", True), ("11", True), ("European", False),
     ("one", False), ("umbrella", True), ("18", True), ("1,800", False)],
)  # fmt: skip
def test_articles_go_by_sound(text: str, vowel: bool) -> None:
    assert begins_with_vowel(text) is vowel
