"""A list told after the answer: in the words that asked for it, or in its statement's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.facts import Relation, ValueKind
from tests.domain.generation.decks import asked, bank, entity, fact

ALL, NAMES = "Harbin, Ironford and Kestrel", ("Harbin", "Ironford", "Kestrel")
PLAIN = "Which {count} places remember {about}?"
"""Asks for a list in words that cannot tell it."""


def told(state: str, ask: str = PLAIN, places: tuple[str, ...] = ()) -> str:
    """What is told of the places that remember a battle."""
    relation = Relation(
        "kept", "kept", ValueKind.ENTITY, of=("place",), complete=True, state=(state,), list=(ask,)
    )
    facts = [fact("doorn", "kept", key) for key in places or ("harbin", "ironford", "kestrel")]
    villa = entity("villa", "place", "Villa", article=True)
    (question,) = asked(bank(*facts, relations=(relation,), entities=(villa,)), "list:doorn:kept:")
    return question.statement


@pytest.mark.parametrize(
    ("ask", "statement"),
    [
        ("Name the {count} {values} that remember {about}.",
         f"The three places that remember the Battle of Doorn are {ALL}."),
        ("Name the {count} places that remembered {about}.",
         f"The three places that remembered the Battle of Doorn were {ALL}."),
        ("Name the {count} places in which {about} {about:was|were} mourned.",
         f"The three places in which the Battle of Doorn was mourned were {ALL}."),
        ("Give the {count} places whose mayors fought in {about}.",
         f"The three places whose mayors fought in the Battle of Doorn were {ALL}."),
        ("Name the {count} places whose sacred halls recall {about}.",
         f"The three places whose sacred halls recall the Battle of Doorn are {ALL}."),
        ("Name the {count} places that are named after men who fell in {about}.",
         f"The three places that are named after men who fell in the Battle of Doorn are {ALL}."),
        ("{About} {about:was|were} fought between three places. Name them.",
         f"The Battle of Doorn was fought between three places: {ALL}."),
        ("{About} {about:has|have} {count} memorials. Name the {count}.",
         f"The Battle of Doorn has three memorials: {ALL}."),
    ],
)  # fmt: skip
def test_a_list_is_told_in_the_words_that_asked_for_it(ask: str, statement: str) -> None:
    assert told("{value} remembers {about}.", ask) == statement


def test_a_thing_with_an_article_has_it_in_the_list() -> None:
    said = told("{value} remembers {about}.", "Name the {count} that saw {about}.",
                ("villa", "harbin"))  # fmt: skip
    assert said == "The two that saw the Battle of Doorn were the Villa and Harbin."


@pytest.mark.parametrize(
    "ask",
    ["Name the {count} places that remember {about}, the oldest first.",
     "Which {count} places remember {about}?",
     "Name three places that remember {about}."],
)  # fmt: skip
def test_words_that_cannot_tell_it_leave_it_to_the_statement(ask: str) -> None:
    assert told("{About} is remembered at {value}.", ask) == (
        f"The Battle of Doorn is remembered at {ALL}."
    )


def test_what_no_verb_puts_in_the_past_is_told_by_a_statement_that_can() -> None:
    assert told("The homes of {about} included {value}.", "Name the {count} homes of {about}.") == (
        f"The homes of the Battle of Doorn included {ALL}."
    )
    assert told("{Value} honoured {about}.", "Name the {count} homes of {about}.") == (
        f"{ALL} honoured the Battle of Doorn."
    )
    assert told("{Value} was a home of {about}.", "Name the {count} homes of {about}.") == (
        f"The three homes of the Battle of Doorn are {ALL}."
    )


@pytest.mark.parametrize(
    ("state", "statement"),
    [
        ("{About} is remembered at {value}.",
         f"The Battle of Doorn is remembered at {ALL}."),
        ("{About} is kept alive by the place {value}.",
         f"The Battle of Doorn is kept alive by the places {ALL}."),
        ("{Value} mourned {about} for years.",
         f"{ALL} mourned the Battle of Doorn for years."),
        ("{value} {value:is|are} proud of {about}.",
         f"{ALL} are proud of the Battle of Doorn."),
        ("{Value} remembers {about}.",
         f"{ALL}: each remembers the Battle of Doorn."),
        ("{Value} fought {about} as an ally.",
         f"{ALL}: each fought the Battle of Doorn as an ally."),
        ("{Value} was hit by {about}.",
         f"{ALL}: each was hit by the Battle of Doorn."),
        ("Heir to {about} is {value}.",
         " ".join(f"Heir to the Battle of Doorn is {name}." for name in NAMES)),
    ],
)  # fmt: skip
def test_a_statement_tells_them_all_as_far_as_it_speaks_of_several(
    state: str, statement: str
) -> None:
    assert told(state) == statement


def told_names(state: str, ask: str, *names: str) -> str:
    relation = Relation(
        "byname", "byname", ValueKind.TERM, complete=True, state=(state,), list=(ask,)
    )
    facts = [fact("doorn", "byname", name) for name in names]
    (question,) = asked(bank(*facts, relations=(relation,)), "list:doorn:byname:")
    return question.statement


@pytest.mark.parametrize(
    ("state", "ask", "statement"),
    [
        ("{About} is also called “{value}”.", "Name the {count} bynames of {about}.",
         "The three bynames of the Battle of Doorn are “Ford”, “Mill” and “Mist”."),
        ("“{value}” replaced the name of {about}.", "What {count} names had {about}?",
         "“Ford”, “Mill” and “Mist” replaced the name of the Battle of Doorn."),
        ("Names of {about} include “{value}”.", "What {count} names had {about}?",
         "Names of the Battle of Doorn include “Ford”, “Mill” and “Mist”."),
    ],
)  # fmt: skip
def test_each_member_is_quoted_where_the_statement_quotes_one(
    state: str, ask: str, statement: str
) -> None:
    assert told_names(state, ask, "Ford", "Mill", "Mist") == statement


def test_members_with_a_comma_of_their_own_are_parted_by_semicolons() -> None:
    names, ask = ("Ford, the old", "Mill", "Mist"), "What {count} names had {about}?"
    assert told_names("{About} had the names {value}.", ask, *names) == (
        "The Battle of Doorn had the names Ford, the old; Mill; and Mist."
    )
    assert told_names("Names of {about} include “{value}”.", ask, *names) == (
        "Names of the Battle of Doorn include “Ford, the old”; “Mill”; and “Mist”."
    )


def test_figures_are_told_with_their_unit() -> None:
    relation = Relation(
        "waves", "waves", ValueKind.NUMBER, unit="people", complete=True,
        state=("A wave of {value} {unit} came to {about}.",),
        list=("Name the {count} numbers of people who came to {about} at once.",),
    )  # fmt: skip
    facts = [fact("doorn", "waves", value) for value in ("300", "1200")]
    (question,) = asked(bank(*facts, relations=(relation,)), "list:doorn:waves:")
    assert question.statement == (
        "The two numbers of people who came to the Battle of Doorn at once were 300 people "
        "and 1,200 people."
    )


@pytest.mark.parametrize(
    ("place", "note", "shown"),
    [
        (
            "harbin",
            "Only its mill does. It stands.",
            "As to Harbin: only its mill does. It stands.",
        ),
        ("harbin", "In Kestrel nobody does.", "As to Harbin: in Kestrel nobody does."),
        ("harbin", "Bertha Lund says so.", "As to Harbin: Bertha Lund says so."),
        ("harbin", "The mill of Harbin still stands.", "The mill of Harbin still stands."),
        ("villa", "It still stands.", "As to the Villa: it still stands."),
    ],
)
def test_a_note_on_one_of_several_says_in_a_sentence_on_which(
    place: str, note: str, shown: str
) -> None:
    relation = Relation(
        "kept", "kept", ValueKind.ENTITY, of=("place",), complete=True,
        state=("{value} remembers {about}.",), list=("Name the {count} that remember {about}.",),
    )  # fmt: skip
    facts = [fact("doorn", "kept", place, note=note), fact("doorn", "kept", "ironford")]
    villa = entity("villa", "place", "Villa", article=True)
    written = bank(*facts, relations=(relation,), entities=(villa,))
    (question,) = asked(written, "list:doorn:kept:")
    assert question.explanation == shown


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("She came late.", "Ida Adler came late."),
        ("Adler came late.", "Adler came late."),
        ("Her horse was late.", "As to Ida Adler: her horse was late."),
    ],
)
def test_a_note_on_somebody_names_who_it_was(note: str, shown: str) -> None:
    relation = Relation(
        "present", "present", ValueKind.ENTITY, of=("person",), complete=True,
        state=("{Value} saw {about}.",), list=("Name the {count} who saw {about}.",),
    )  # fmt: skip
    facts = [fact("doorn", "present", "adler", note=note), fact("doorn", "present", "dahl")]
    (question,) = asked(bank(*facts, relations=(relation,)), "list:doorn:present:")
    assert question.explanation == shown


ASKS = (
    PLAIN,
    "Name the {count} {values} that remember {about}.",
    "Name the {count} homes of {about}.",
    "{About} had {count} homes. Name them.",
    "Name the {count} homes, the oldest first, of {about}.",
)
STATES = (
    "{Value} remembers {about}.",
    "{Value} saw {about}.",
    "{About} took place near {value}.",
    "One home of {about} is {value}.",
    "Near {value} was {about}.",
)
KEYS = ("harbin", "ironford", "kestrel", "lowmoor", "tarnhill", "villa")


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(ASKS),
    st.sampled_from(STATES),
    st.lists(st.sampled_from(KEYS), min_size=2, max_size=6, unique=True),
)
def test_however_a_list_is_worded_each_member_is_told_once_and_in_order(
    ask: str, state: str, places: list[str]
) -> None:
    said = told(state, ask, tuple(places))
    names = [key.title() for key in places]
    assert [said.count(name) for name in names] == [1] * len(names)
    assert sorted(names, key=said.index) == names
    assert said.endswith(".")
    assert said[0].isupper()
    assert not set("{}[]") & set(said)
