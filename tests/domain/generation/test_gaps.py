"""A gap says what is wanted in it, unless its sentence does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.facts import Entity, Fact, Relation, ValueKind
from questions.domain.generation.gaps import beside, hint
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import problems
from questions.domain.grading import Expected, Named, NameIndex, Verdict, grade_typed
from questions.domain.questions import Form
from tests.domain.generation.decks import asked, bank, deck, entity, fact, refused

LOSSES = fact("elm", "losses", "5200", q={"side": "norland"}, uid="losses")
PLACE = fact("elm", "place", "tarnhill", uid="place")
DAY = fact("elm", "fought", "1705-02-11", uid="day")


def told(of: Fact, before: str, after: str, *relations: Relation) -> str | None:
    return hint(Index(deck(of, relations=relations)), of, before, after)


def term(*asks: str) -> tuple[Fact, Relation]:
    relation = Relation(
        "entered", "entered", ValueKind.TERM, single=True, ask=asks, state=("{About} is {value}.",)
    )
    return fact("elm", "entered", "border war", uid="term"), relation


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("The army marched by way of ", ".", "place"),
        ("It is held that ", " was the boundary.", "place"),
        ("The place at which they met was ", ".", ""),
        ("They met at a place called ", " in spring.", ""),
        ("They passed a place that no map had before they came upon the village and stayed at ",
         " for the winter.", "place"),
    ],
)  # fmt: skip
def test_an_entity_is_told_by_its_type(before: str, after: str, wanted: str) -> None:
    assert told(PLACE, before, after) == wanted


def test_a_name_that_holds_the_kind_says_nothing_of_the_gap() -> None:
    at = fact("birch", "place", "tarnhill", uid="place")
    renamed = deck(at)
    birch = replace(renamed.entities["birch"], name="Battle of the Old Place")
    index = Index(replace(renamed, entities={**renamed.entities, "birch": birch}))
    assert hint(index, at, "The Battle of the Old Place was fought at ", ".") == "place"


@pytest.mark.parametrize(
    ("name", "before", "wanted"),
    [
        ("wettest place of the north", "The wettest place of the north is ", ""),
        ("wettest place of the north", "The wettest place of the north lay by ", "place"),
        ("Wettest Place", "The Wettest Place is ", "place"),
        ("end of all built by the place", "The end of all built by the place was ",
         "place"),
    ],
)  # fmt: skip
def test_a_description_says_what_kind_it_is_of(name: str, before: str, wanted: str) -> None:
    renamed = deck(PLACE)
    elm = replace(renamed.entities["elm"], name=name)
    index = Index(replace(renamed, entities={**renamed.entities, "elm": elm}))
    assert hint(index, PLACE, before, ".") == wanted


def places_called(*names: str) -> str | None:
    """The hint at the first of these, all of them places."""
    made = deck(PLACE)
    kind = replace(made.vocabulary.types["place"], label="sea", generic=("sea", "ocean", "bay"))
    keys = [key for key, one in made.entities.items() if one.type == "place"]
    named = {
        key: replace(made.entities[key], name=name)
        for key, name in zip(["tarnhill", *keys], names, strict=False)
    }
    vocabulary = replace(made.vocabulary, types={**made.vocabulary.types, "place": kind})
    others = {key: one for key, one in made.entities.items() if one.type != "place"}
    index = Index(replace(made, vocabulary=vocabulary, entities={**others, **named}))
    return hint(index, PLACE, "They sailed to ", ".")


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("Northern Ocean", "Long Sea"), "sea or ocean"),
        (("Long Sea", "Northern Ocean"), "sea or ocean"),
        (("Long Sea", "Short Sea"), "sea"),
        (("Northern Ocean", "Bay of Cats"), "sea"),
        (("Ocean of Ice", "Long Sea"), "sea"),
    ],
)
def test_where_names_end_on_another_word_for_the_kind_the_hint_has_both(
    names: tuple[str, ...], wanted: str
) -> None:
    assert places_called(*names) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("1705-02-11", "date"), ("1705-02", "month and year"), ("1705", "year")],
)
def test_a_date_is_told_by_how_exact_it_is(value: str, wanted: str) -> None:
    of = replace(DAY, value=value)
    assert told(of, "It was fought on ", ".") == wanted
    assert told(of, f"It was fought in the {wanted} ", ".") == ""


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("Norland lost ", " men in the battle.", ""),
        ("", " Norlandic soldiers fell.", "number"),
        ("The losses of Norland came to ", ".", "people"),
    ],
)
def test_a_figure_needs_no_hint_before_what_is_counted(
    before: str, after: str, wanted: str
) -> None:
    assert told(LOSSES, before, after) == wanted


@pytest.mark.parametrize(
    ("ask", "wanted"),
    [
        ("As what type of conflict does the register enter {about}?", "type of conflict"),
        ("Which rank did {about} hold?", "rank"),
        ("Which article of {about} binds both?", "article"),
        ("What is the chemical symbol of {about}?", "chemical symbol"),
        ("In what state of matter is {about}?", "state of matter"),
        ("Which word says how {about} was entered?", "word"),
        ("Which letters stand for {about}?", "letters"),
    ],
)
def test_a_term_is_what_its_questions_call_it(ask: str, wanted: str) -> None:
    of, relation = term("How is {about} entered?", ask)
    assert told(of, "The Battle of Elmstead is ", ".", relation) == wanted
    named = f"The {wanted} of the Battle of Elmstead is "
    assert told(of, named, ".", relation) == ""


def test_a_hint_leaves_out_what_its_sentence_says() -> None:
    of, relation = term("What is the lead content of the guns at {about}?")
    assert told(of, "It came to ", ".", relation) == "lead content of the guns"
    assert told(of, "Of the guns it was ", ".", relation) == "lead content"


def test_what_is_quoted_is_a_name_unless_its_questions_call_it_otherwise() -> None:
    of = fact("elm", "also_called", "Twig Fight", uid="name")
    assert told(of, "The Battle of Elmstead is also called “", "”.") == "name"


@pytest.mark.parametrize(
    "ask",
    [
        "Over what was {about} fought?",
        "Of what kind is {about}?",
        "Which word crowns {about}?",
    ],
)
def test_where_nothing_says_what_is_wanted_there_is_no_gap(ask: str) -> None:
    of, relation = term(ask)
    made = bank(of, relations=(relation,))
    assert not asked(made, "fact:term:value", Form.CLOZE)
    assert asked(made, "fact:term:value", Form.TYPED)
    (gap,) = refused(made, "fact:term:value", Form.CLOZE)
    assert gap.rule == "gap says what is wanted"


def test_a_hint_stands_behind_the_quotation_mark() -> None:
    assert beside("name", "” is another.") == "” (name) is another."
    assert beside("", "” is another.") == "” is another."


def test_a_gap_whose_hint_was_lost_is_found_by_the_rule() -> None:
    of = deck()
    card = "fact:alder-place-harbin:value"
    written = bank()
    (question,) = asked(written, card, Form.CLOZE)
    spec = next(one for one in written.cards if one.key == card)
    bare = replace(question, content={**question.content, "after": "."})
    broken = [rule.name for rule, _ in problems(Item(Index(of), spec, bare))]
    assert broken == ["gap says what is wanted"]
    assert not list(problems(Item(Index(of), spec, question)))


PACT = entity("pact", "treaty", "Pact of Lund")


def gap_for(value: Entity, state: str) -> str:
    """The gap of a statement that one thing of its type followed from a battle."""
    relation = Relation(
        "led", "led to", ValueKind.ENTITY, of=(value.type,), single=True,
        ask=("What followed from {about}?",), state=(state,),
    )  # fmt: skip
    of = fact("elm", "led", value.key, uid="led")
    made = bank(of, relations=(relation,), entities=(value,))
    (gap,) = asked(made, "fact:led:value", Form.CLOZE)
    assert gap.content["before"] + "____" + gap.content["after"] == gap.stem
    return gap.stem


@pytest.mark.parametrize(
    ("state", "gap"),
    [
        ("{About} led to {value}.", "The Battle of Elmstead led to the ____ (treaty)."),
        ("{value} came of {about}.", "The ____ (treaty) came of the Battle of Elmstead."),
        ("{Value} came of {about}.", "The ____ (treaty) came of the Battle of Elmstead."),
        ("{About} led to “{value.name}”.", "The Battle of Elmstead led to “____” (treaty)."),
        ("The treaty that followed from {about} was {value}.",
         "The treaty that followed from the Battle of Elmstead was the ____."),
    ],
)  # fmt: skip
def test_the_article_of_what_is_called_by_its_kind_stands_before_the_gap(
    state: str, gap: str
) -> None:
    assert gap_for(PACT, state) == gap


def test_an_article_that_would_tell_which_it_is_does_not() -> None:
    """Where others of the kind have none: states beside the Free State, treaties of any name."""
    free = entity("free", "state", "Free State", article=True, adjective="Freelandic")
    velm = entity("velm", "treaty", "Velm Protocol")
    stem = "The Battle of Elmstead led to ____ ({})."
    assert gap_for(free, "{About} led to {value}.") == stem.format("state")
    assert gap_for(velm, "{About} led to {value}.") == stem.format("treaty")


@pytest.mark.parametrize("given", ["Pact of Lund", "the Pact of Lund", "The Pact of Lund"])
def test_behind_an_article_the_answer_is_right_with_and_without_one(given: str) -> None:
    relation = Relation(
        "led", "led to", ValueKind.ENTITY, of=("treaty",), single=True,
        ask=("What followed from {about}?",), state=("{About} led to {value}.",),
    )  # fmt: skip
    of = fact("elm", "led", "pact", uid="led")
    (gap,) = asked(bank(of, relations=(relation,), entities=(PACT,)), "fact:led:value", Form.CLOZE)
    expected = Expected.from_json(gap.content["expected"])
    names = NameIndex([Named("pact", "Pact of Lund"), Named("peace", "Peace of Velm")])
    assert grade_typed(expected, given, names).verdict is Verdict.RIGHT
    assert grade_typed(expected, "the Peace of Velm", names).verdict is Verdict.WRONG
