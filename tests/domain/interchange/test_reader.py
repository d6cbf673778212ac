"""Reading a deck: what is right becomes data, what is wrong is named with its line."""

import pytest

from questions.domain.facts import Passage, Rank, Status, ValueKind
from questions.domain.interchange import DeckErrors
from tests.domain.interchange.decks import RIGHT, errors, line_of, read
from tests.work import calls_of


def test_a_right_deck_is_read_whole() -> None:
    deck = read(RIGHT)
    assert deck.title == "Bridges"
    assert deck.entities["arch"].names == ("Stone Arch", "Old Arch")
    assert deck.entities["arch"].article
    assert deck.sources["map"].url == "https://example.org/map"
    assert deck.complete == {("span", "stands_in", ())}
    assert deck.authored[0].distractors == ("Therefore",)
    opened, length, stands, weight = deck.facts
    assert opened.value == "1893-10"
    assert opened.passages == (Passage("guide", "page 4"),)
    assert length.qualifiers == (("by", "its builder"),)
    assert stands.passages == (Passage("guide", "page 9"), Passage("map", ""))
    assert weight.passages == (Passage("map", "", "about 900 t"),)
    assert deck.unit_of(weight) == "tonne"
    assert deck.relation_of(opened).value is ValueKind.DATE
    assert len({fact.uid for fact in deck.facts}) == 4


def test_the_unit_that_a_relation_counts_in_goes_without_saying() -> None:
    deck = read(RIGHT.replace("is: length, value: 120,", "is: length, unit: metre, value: 120,"))
    assert deck.facts[1].unit == ""
    again = "{about: arch, is: length, value: 120, unit: metre, by: its builder, source: map}"
    found = errors(RIGHT.replace("complete:", f"  - {again}\ncomplete:"))
    assert "stands already" in found[0][1]


def test_every_scalar_is_text() -> None:
    fact = "  - {about: span, is: nicknamed, value: no, source: guide 007}\n"
    deck = read(RIGHT.replace("complete:", fact + "complete:"))
    assert deck.facts[-1].value == "no"
    assert deck.facts[-1].passages[0].locator == "007"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: Bridges", "titel: Bridges", "unknown key in a deck “titel”; did you mean “title”"),
        ("title: Bridges\n", "", "a deck without “title”"),
        ("title: Bridges", "title:", "“title” is empty"),
        ("title: Bridges", "title: [a]", "“title” is one text, not a list"),
        ("title: Bridges", "title: Bridges\nlanguage: English!", "no language code"),
        (
            "title: Bridges",
            "title: Bridges\nuse: [histroy]",
            "“histroy”; known: common, general, history",
        ),
        ("rivers: The", "rivers of: The", "cannot be a key"),
        ("{rivers: The rivers}", "[rivers]", "“topics” is a mapping"),
        ("https://example", "javascript:example", "is no web address"),
        ("title: A map,", "titel: A map,", "unknown key in a source"),
        ("type: place", "type: plaec", "unknown type “plaec”; did you mean “place”"),
        ("type: place, ", "", "an entity without “type”"),
        ("the: yes", "the: maybe", "neither yes nor no"),
        ("topic: rivers", "topic: river", "unknown topic “river”; did you mean “rivers”"),
        ("name: Long Span", "name: old arch", "names two entities of type “bridge”"),
        ("name: Northtown", "name: Northtown, side: east", "unknown entity “east”"),
        ("name: Northtown", "name: Northtown, in: town", "goes round in a circle: town → town"),
        ("name: Northtown", "name: Northtown, active: 1900-13", "no month 13"),
        ("in: thing", "in: thong", "unknown type “thong”"),
        ("value: date,", "value: day,", "unknown value “day”"),
        ("unit: metre", "unit: meter", "unknown unit “meter”; did you mean “metre”"),
        ("value: entity, of: [place]", "value: term, of: [place]", "“of” is for values that are"),
        ("value: number, unit: any", "value: date, unit: any", "“unit” is for values that are"),
        ("of: [place]", "of: [palace]", "unknown type “palace”; did you mean “place”"),
        ("{beside: bridge}", "{beside: fridge}", "unknown type “fridge”"),
        ("{beside: bridge}", "{source: bridge}", "a qualifier cannot be called “source”"),
        ("{value: term}", "{value: term, sisters: [nick]}", "unknown relation “nick”"),
        ("When was {about}", "When was {abuot}", "nothing is called “abuot” here"),
        ("When was {about}", "Was it {value} that {about}", "would give the answer away"),
        ("When was {about}", "When was {about", "a single “{”"),
        ("When was {about}", "When [at last] was {about}", "an optional part “[…]” without a name"),
        ("When was {about}", "When was [{about}", "“[” is not closed"),
        ("about: arch, is: opened", "about: arhc, is: opened", "did you mean “arch”"),
        ("is: opened", "is: opned", "unknown relation “opned”; did you mean “opened”"),
        ("is: opened, ", "", "a fact without “is”"),
        ("value: 1893-10,", "", "a fact without “value”"),
        ("value: 1893-10", "value: 1893-13", "wants a date"),
        ("value: 1893-10", "value: in autumn", "is not an EDTF date"),
        ("value: 1893-10", "value: [1893, 1894]", "“opened” has one value"),
        ("value: 120", "value: 120 m", "wants a number"),
        ("value: 120", 'value: "1,200"', "is not a number"),
        ("value: town,", "value: twon,", "unknown entity “twon”; did you mean “town”"),
        ("value: town,", "value: arch,", "“arch” is of type “bridge”"),
        ("about: arch, is: opened", "about: town, is: opened",
         "“town” is of type “place”; “about” wants bridge here"),
        ("by: its builder", "side: its builder", "unknown key in a fact “side”"),
        ("is: stands_in, value: town,", "is: stands_in, value: town, beside: town,",
         "“beside” wants bridge"),
        ("by: its builder", "unit: mile", "“length” is counted in metre"),
        ("unit: tonne", "unit: tonnes", "unknown unit “tonnes”; did you mean “tonne”"),
        ("value: 1893-10", "value: 1893-10, exact: yes", "“exact” is for numbers"),
        ("value: 1893-10", "value: 1893-10, unit: metre", "“unit” is for numbers"),
        ("value: 1893-10", "value: 1893-10, accept: [x]", "“x” is not an EDTF date"),
        ("unit: tonne", "unit: tonne, accept: [many]", "“many” is not a number"),
        ("value: 1893-10", "value: 1893-10, rank: best", "unknown rank “best”"),
        ("value: 1893-10", "value: 1893-10, status: [unsure]", "unknown status “unsure”"),
        ("value: 1893-10", "value: 1893-10, forms: [chioce]", "did you mean “choice”"),
        ("value: 1893-10", "value: 1893-10, topic: lakes", "unknown topic “lakes”"),
        ("value: 1893-10", "value: 1893-10, note: old, tall", "a text with a comma in it must"),
        ("value: 1893-10", "value: 1893-10, value: 1894", "“value” stands twice in one mapping"),
        (", source: guide page 4", "", "a fact without a source"),
        ("source: guide page 4", "source: []", "a fact without a source"),
        ("source: guide page 4", "source: giude page 4", "unknown source “giude”"),
        ("source: {in: map,", "source: {inn: map,", "unknown key in a source “inn”"),
        ("[guide page 9, map]", "[map, map]", "the same passage is given twice"),
        ("{about: span, is: stands_in}", "{about: spam, is: stands_in}", "did you mean “span”"),
        ("{about: span, is: stands_in}", "{about: span, is: stand_in}", "did you mean “stands_in”"),
        ("form: choice", "form: choise", "unknown form “choise”; did you mean “choice”"),
        ("form: choice", "form: typed", "“distractors” do not go with “typed”"),
        ("form: choice", "form: true_false", "neither true nor false"),
        (", distractors: [Therefore]", "", "a choice without wrong answers"),
        ("[Therefore]", "[because]", "the option “because” stands twice"),
        ("id: q1, ", "", "a question without “id”"),
        ("stem: Why?, ", "", "a question without “stem”"),
        ("key: Because", "key: Because, source: maps", "unknown source “maps”"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(old: str, new: str, said: str) -> None:
    wrong = RIGHT.replace(old, new, 1)
    assert wrong != RIGHT
    found = errors(wrong)
    line = line_of(RIGHT, old) + new.count("\n")
    assert any(said in text for _, text in found), found
    assert any(said in text and at == line for at, text in found), found


def test_all_mistakes_are_found_at_once_and_in_the_order_of_lines() -> None:
    wrong = (
        RIGHT.replace("type: place", "type: plaec")
        .replace("value: 1893-10", "value: 1893-99")
        .replace("value: 120", "value: many")
        .replace("source: [guide page 9, map]", "note: none")
    )
    found = errors(wrong)
    lines = [line for line, _ in found]
    assert lines == sorted(lines)
    wanted = ("plaec", "1893-99", "many", "without a source")
    assert [next(text for text in wanted if text in said) for _, said in found] == list(wanted)


def test_a_fact_stated_twice_names_the_other_line() -> None:
    again = "  - {about: arch, is: opened, value: 1893-10, source: map}\n"
    wrong = RIGHT.replace("complete:", again + "complete:")
    first, second = line_of(RIGHT, "is: opened, value"), line_of(wrong, again)
    assert [(line, f"line {first}" in said) for line, said in errors(wrong)] == [(second, True)]


def test_facts_that_differ_in_a_qualifier_are_two() -> None:
    other = "  - {about: arch, is: length, value: 120, by: a visitor, source: map}\n"
    assert len(read(RIGHT.replace("complete:", other + "complete:")).facts) == 5


def test_one_id_for_two_facts_is_refused() -> None:
    wrong = RIGHT.replace("page 4}", "page 4, id: f1}").replace("page 5}", "page 5, id: f1}")
    assert "the id “f1” is taken by the fact on line" in errors(wrong)[0][1]


def test_one_id_for_two_questions_is_refused() -> None:
    wrong = RIGHT + "  - {id: q1, form: typed, stem: Who?, key: She}\n"
    assert "is taken by the question on line" in errors(wrong)[0][1]


def test_a_name_may_be_borne_by_entities_of_two_types_or_loosely() -> None:
    assert not errors(RIGHT.replace("name: Northtown", "name: Stone Arch"))
    loose = "name: Long Span, also: [{name: Stone Arch, loose: yes}]"
    assert not errors(RIGHT.replace("name: Long Span", loose))


def test_parts_of_parts_that_go_in_a_circle_are_refused() -> None:
    wrong = RIGHT.replace("name: Stone Arch", "name: Stone Arch, in: span").replace(
        "name: Long Span", "name: Long Span, in: arch"
    )
    assert any("circle: arch → span → arch" in said for _, said in errors(wrong))


def test_status_and_rank_are_read() -> None:
    deck = read(RIGHT.replace("page 4}", "page 4, rank: deprecated, status: uncertain}"))
    assert deck.facts[0].rank is Rank.DEPRECATED
    assert deck.facts[0].status == (Status.UNCERTAIN,)


def test_a_text_with_control_characters_is_refused() -> None:
    assert "control character" in errors(RIGHT.replace("Bridges", '"a\\0b"'))[0][1]


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        (sign, "turns the direction of reading")
        for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ]
    + [(sign, "invisible") for sign in "\u00ad\u200b\u2060\u3164\U000e0041"],
)
def test_characters_that_nobody_sees_are_refused_with_their_line(sign: str, said: str) -> None:
    wrong = RIGHT.replace("Long Span", f"Long {sign}Span", 1)
    line = next(at for at, text in enumerate(wrong.splitlines(), 1) if sign in text)
    ((at, message),) = errors(wrong)
    assert at == line
    assert said in message
    assert f"(U+{ord(sign):04X}, after “Long”); remove it" in message


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "👩\u200d🚀", "אב\u200f 1", "🏴\U000e0067\U000e007f"]
)
def test_what_scripts_and_emoji_need_is_kept(text: str) -> None:
    assert read(RIGHT.replace("Bridges", text)).title == text


def test_a_text_too_long_for_its_field_is_refused() -> None:
    assert "longer than 200" in errors(RIGHT.replace("Bridges", "b" * 201))[0][1]


def test_many_mistakes_are_collected_whole_and_shown_in_part() -> None:
    facts = "".join(f"  - {{about: nobody-{n}, is: opened}}\n" for n in range(2000))
    with pytest.raises(DeckErrors) as caught:
        read(RIGHT.replace("complete:", facts + "complete:"))
    found = caught.value
    assert len(found.errors) >= 6000
    assert str(found).endswith(f"and {len(found.errors) - 50} errors more")
    assert str(found).startswith("deck.yaml:")


def test_twice_as_many_mistakes_are_twice_the_work() -> None:
    def work(number: int) -> int:
        entities = "".join(f"  e{n}: {{type: bridge, name: N{n}}}\n" for n in range(number))
        facts = "".join(f"  - {{about: x{n}, is: opened, value: 1900}}\n" for n in range(number))
        wrong = RIGHT.replace("types:", entities + "types:")
        wrong = wrong.replace("complete:", facts + "complete:")
        assert len(errors(wrong)) >= 2 * number
        return calls_of(lambda: errors(wrong))

    assert work(600) < 2.5 * work(300)
