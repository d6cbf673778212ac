"""What a deck says to no effect is told, and keeps it from nothing; so are figures and keys that
were meant otherwise."""

from __future__ import annotations

import pytest

from questions.domain.interchange import advice, built_in_vocabularies
from questions.domain.interchange.errors import suggestion
from questions.domain.interchange.figures import figure_hint
from tests.domain.interchange.decks import RIGHT, errors, read

UNITS = built_in_vocabularies()["common"].units
PEAKS = """\
title: Peaks
use: [general]
sources: {atlas: {title: An atlas}}
entities:
  peru: {type: country, name: Peru}
  lima: {type: town, name: Lima}
  mist: {type: place, name: Mist Peak}
relations:
  height: {value: number, unit: metre, single: yes, ask: ["How high is {about}?", "What is the
    height of {about}?"], state: ["{About} is {value} {unit} high."]}
  capital: {value: entity, single: yes, ask: ["What is the capital of {about}?"]}
facts:
  - {about: mist, is: height, value: 6100, source: atlas}
  - {about: peru, is: capital, value: lima, source: atlas}
  - {about: mist, is: located_in, value: peru, source: atlas}
"""


def said(text: str) -> list[str]:
    return [str(one) for one in advice(read(text))]


def has(part: str, text: str) -> bool:
    return any(part in one for one in said(text))


def test_an_order_of_figures_is_told_to_be_of_no_use() -> None:
    ordered = PEAKS.replace("height: {value", "height: {order: By height., value")
    assert has("“order” of “height” is never used", ordered)
    assert not has("“order”", PEAKS)


def test_an_order_of_values_must_name_their_subject() -> None:
    steps = "  step: {value: entity, order: Put these in order., ask: [a, b]}\nfacts:"
    assert has("it must name {about}", PEAKS.replace("facts:", steps))
    named = steps.replace("Put these", '"Put the steps of {about} in order."').replace(
        " in order.,", ","
    )
    assert not has("“order”", PEAKS.replace("facts:", named))


def test_a_single_wording_is_told_where_something_is_asked_in_it() -> None:
    assert has("Asked in one wording only: capital.", PEAKS)
    without = PEAKS.replace("  - {about: peru, is: capital, value: lima, source: atlas}\n", "")
    assert not has("wording", without)


@pytest.mark.parametrize(
    ("group", "part"),
    [
        ("{about: peru, is: capital}", "“complete: peru capital” says nothing"),
        ("{about: lima, is: located_in}", "“complete: lima located_in” is of no use"),
        ("{about: mist, is: located_in}", ""),
    ],
)
def test_a_complete_list_that_says_nothing_is_told(group: str, part: str) -> None:
    text = f"{PEAKS}complete:\n  - {group}\n"
    assert has("“complete:", text) is bool(part)
    assert has(part, text)


def test_a_relation_that_is_never_typed_is_told_until_a_list_of_it_is_complete() -> None:
    assert has("Values never asked to be typed, since there may be others: located_in.", PEAKS)
    assert not has("located_in", f"{PEAKS}complete:\n  - {{about: mist, is: located_in}}\n")
    assert not has("height", PEAKS)


def test_where_a_wrong_answer_may_be_true_is_told_until_the_list_is_complete() -> None:
    second = (
        f"{PEAKS}  - {{about: lima, is: located_in, value: peru, source: atlas}}\n"
        "  - {about: peru, is: located_in, value: lima, source: atlas}\n"
    )
    part = "Not said to be complete: mist located_in, lima located_in, peru located_in."
    assert not has("said to be complete", PEAKS)
    assert has(part, second)
    whole = f"{second}complete:\n  - {{about: mist, is: located_in}}\n"
    assert has("Not said to be complete: lima located_in, peru located_in.", whole)


@pytest.mark.parametrize(
    ("text", "unit", "hint"),
    [
        ("283,561", "", "write 283561"),
        ("1 285 216", "", "write 1285216"),
        ("~8,515,767", "", "write ~8515767"),
        ("45.7 million", "", "write 45700000"),
        ("45.7 million", "people", "write 45700000"),
        ("2 billion people", "people", "write 2000000000; the relation counts in people"),
        ("6400 km", "kilometre", "write 6400; the relation counts in kilometre"),
        ("6400 km", "any", "write 6400; the unit stands in “unit: kilometre”"),
        ("4 mi", "kilometre", "write 4; the relation counts in kilometre, so convert mi to that"),
        ("12 legs", "", "write 12; a unit stands in “unit”, what is counted in a qualifier"),
        ("many", "", ""),
        ("", "", ""),
    ],
)
def test_a_figure_that_is_not_one_is_told_how_to_write_it(text: str, unit: str, hint: str) -> None:
    assert figure_hint(text, unit, UNITS) == hint


def test_separators_in_braces_are_known_for_a_number() -> None:
    wrong = RIGHT.replace("value: 120", "value: 283,561")
    assert any("“561” is no key of a fact; a number has no separators: write 283561" in one
               for _, one in errors(wrong))  # fmt: skip
    quoted = RIGHT.replace("value: 120", 'value: "283,561"')
    assert any(one.endswith("write 283561") for _, one in errors(quoted))


def test_an_unknown_key_of_a_fact_lists_the_qualifiers_that_there_are() -> None:
    found = errors(RIGHT.replace("by: its builder", "when: old"))
    assert any("unknown key in a fact “when”; “length” has the qualifiers by" in one
               for _, one in found), found  # fmt: skip


def test_what_begins_alike_is_likelier_meant() -> None:
    known = built_in_vocabularies()["general"].relations
    assert suggestion("defined", known) == "did you mean “definition”?"
    assert suggestion("finish", known) == "did you mean “finished”?"


def test_what_is_told_can_be_said_whole_in_another_language() -> None:
    wordings = "".join(f"  one_{n}: {{value: text, ask: [What is it?]}}\n" for n in range(7))
    facts = "".join(
        f"  - {{about: mist, is: one_{n}, value: x, source: atlas}}\n" for n in range(7)
    )
    text = PEAKS.replace("facts:\n", f"{wordings}facts:\n{facts}").replace(
        "value: entity, single: yes, ask: [", "value: entity, single: yes, ask: [Which is it?, "
    )
    found = [one.said(lambda english: f"«{english}»") for one in advice(read(text))]
    (wording,) = [one for one in found if "one wording" in one]
    assert "«one_0, one_1, one_2, one_3, one_4, one_5, … (1 more)»" in wording
    assert all(one.endswith(".»") for one in found)


def test_an_entity_that_nothing_uses_is_told_and_a_possible_wrong_answer_is_not() -> None:
    idle = PEAKS.replace("  mist:", "  seal: {type: animal, name: seal}\n  mist:")
    idle = idle.replace("relations:", "types: {animal: {label: animal}}\nrelations:")
    assert has("Nothing uses these entities: seal.", idle)
    assert not has("Nothing uses", idle.replace("value: lima", "value: lima, never_with: [seal]"))
    rival = PEAKS.replace("  mist:", "  quito: {type: town, name: Quito}\n  mist:")
    assert not has("Nothing uses", rival)


LAYERS = """\
title: Layers
use: [general]
sources: {atlas: {title: An atlas}}
types: {coat: {label: coat}, tune: {label: tune}}
entities:
  egg: {type: thing, name: egg}
  suite: {type: work, name: Suite in A}
  shell: {type: part, name: shell}
  yolk: {type: part, name: yolk}
  gigue: {type: part, name: gigue}
  minuet: {type: part, name: minuet}
  white: {type: part, name: white}
  air: {type: part, name: air}
relations:
  holds: {value: entity, ask: ["What does {about} hold?", "What is in {about}?"]}
facts:
  - {about: egg, is: holds, value: shell, source: atlas}
  - {about: egg, is: holds, value: yolk, source: atlas}
  - {about: egg, is: holds, value: white, source: atlas}
  - {about: suite, is: holds, value: air, source: atlas}
  - {about: suite, is: holds, value: gigue, source: atlas}
  - {about: suite, is: holds, value: minuet, source: atlas}
complete:
  - {about: egg, is: holds}
  - {about: suite, is: holds}
"""


def test_lists_of_quite_other_things_with_members_of_one_type_are_told() -> None:
    assert has("of one type: egg holds, suite holds.", LAYERS)
    own = LAYERS
    for name in ("shell", "yolk", "white"):
        own = own.replace(f"part, name: {name}", f"coat, name: {name}")
    assert not has("quite other", own)
    assert not has("quite other", LAYERS.replace("{type: work,", "{type: thing,"))
    rival = LAYERS.replace("relations:", "  rind: {type: part, name: rind}\nrelations:")
    assert not has("quite other", rival)


SCHOOL = """\
title: School
use: [general]
sources: {atlas: {title: An atlas}}
types: {player: {label: player, many: players, in: person}, effect: {label: effect}}
entities:
  ida: {type: player, name: Ida, active: 1700/1760}
  jan: {type: player, name: Jan, active: 1720/1790}
  kai: {type: player, name: Kai, active: 1750/1810}
  leo: {type: player, name: Leo}
  mia: {type: player, name: Mia, active: 1790/1850}
relations:
  taught_by: {value: entity, single: yes, ask: ["Who taught {about}?", "Whose pupil was {about}?"]}
  born: {value: date, single: yes, ask: ["When was {about} born?", "When did {about} see light?"]}
  died: {value: date, single: yes, ask: ["When did {about} die?", "When was the death of {about}?"]}
facts:
  - {about: jan, is: taught_by, value: ida, source: atlas}
  - {about: kai, is: taught_by, value: jan, source: atlas}
  - {about: mia, is: taught_by, value: kai, source: atlas}
  - {about: ida, is: taught_by, value: leo, source: atlas}
"""


def test_whose_time_is_told_of_others_but_not_of_them_are_named() -> None:
    assert has("offered as wrong answers of any time: leo.", SCHOOL)
    assert not has("any time", SCHOOL.replace("name: Leo}", "name: Leo, active: 1660/1710}"))
    born = "  - {about: leo, is: born, value: 1660, source: atlas}\n"
    assert has("any time: leo.", SCHOOL + born)
    assert not has("any time", SCHOOL + born + born.replace("born", "died"))


def test_nothing_is_missed_where_hardly_anybody_has_a_time() -> None:
    assert not has("any time", SCHOOL.replace(", active: 1700/1760", "").replace(
        ", active: 1720/1790", ""
    ))  # fmt: skip


CAUSES = (
    SCHOOL.split("entities:", maxsplit=1)[0]
    + """\
entities:
  e1: {type: effect, name: blue colour of the sky}
  e2: {type: effect, name: cycle of the seasons}
  e3: {type: effect, name: red colour of the dusk}
  e4: {type: effect, name: two tides a day}
  c1: {type: thing, name: scattering of short waves}
  c2: {type: thing, name: tilt of the axis}
  c3: {type: thing, name: long way through the air}
  c4: {type: thing, name: pull of the Moon}
relations:
  due_to: {value: entity, single: yes, ask: ["To what is {about} due?", "What causes {about}?"]}
facts:
  - {about: e1, is: due_to, value: c1, source: atlas}
  - {about: e2, is: due_to, value: c2, source: atlas}
  - {about: e3, is: due_to, value: c3, source: atlas}
  - {about: e4, is: due_to, value: c4, source: atlas}
"""
)


def test_descriptions_that_each_fit_one_thing_are_told_for_beside_another_they_may_be_absurd() -> (
    None
):
    assert has("Each value describes something of its own: due_to.", CAUSES)
    named = CAUSES.replace("tilt of the axis", "Tilt").replace("pull of the Moon", "Pull")
    assert not has("describes", named)
    shared = CAUSES.replace("value: c4", "value: c1")
    assert not has("describes", shared)
    assert not has("describes", SCHOOL)
