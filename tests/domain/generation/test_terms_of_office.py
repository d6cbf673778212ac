"""Terms that follow each other, that have not ended, and what began on the first of a month."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import Fact, Relation, ValueKind
from questions.domain.generation.index import Index
from questions.domain.generation.worked_out import worked_out
from questions.domain.questions import Form
from questions.domain.span_pairs import spans_follow
from questions.domain.values import parse_span, say_when
from tests.domain.generation.decks import asked, bank, deck, distractors, entity, fact

CHAIRED = Relation(
    "chaired", "chaired the league", ValueKind.DATE, ("person",),
    ask=("When did {about} chair the league?", "In which years was {about} in the chair?"),
    reverse=("Who chaired the league {on value}?",),
    state=("{About} chaired the league {on value}.",),
)  # fmt: skip
JOINED = Relation(
    "joined", "joined", ValueKind.DATE, ("state",), single=True,
    ask=("When did {about} join?",), which=("Which is the day on which {about} joined, not left?",),
    state=("{About} joined {on value}.",),
)  # fmt: skip
TERMS = {"aas": "1961/1968", "bell": "1968/1974", "cord": "1974/1981", "dahl": "1981/1988"}
CHAIRS = tuple(entity(key, "person", f"{key.title()} Holt") for key in TERMS)


def chairs(**terms: str) -> list[Fact]:
    return [fact(key, "chaired", term, uid=key) for key, term in {**TERMS, **terms}.items()]


def offered(facts: list[Fact], card: str, *more: Relation) -> set[str]:
    written = bank(*facts, relations=(CHAIRED, *more), entities=CHAIRS, base=False)
    return {value for one in asked(written, card, Form.CHOICE) for value in distractors(one)}


def test_the_terms_before_and_after_are_wrong_answers() -> None:
    assert offered(chairs(), "fact:bell:value") >= {"1961/1968", "1974/1981"}
    assert offered(chairs(), "fact:bell:subject") >= {"aas", "cord"}


def test_what_else_went_on_before_or_after_is_none() -> None:
    bloomed = replace(CHAIRED, key="bloomed", ask=("When did {about} bloom?",), reverse=())
    facts = [*chairs(cord="1976/1982"), fact("dahl", "bloomed", "1974/1980")]
    assert "1974/1980" not in offered(facts, "fact:bell:value", bloomed)


def test_a_term_that_runs_into_another_is_none() -> None:
    facts = chairs(aas="1961/1969")
    assert "1961/1969" not in offered(facts, "fact:bell:value")
    assert "aas" not in offered(facts, "fact:bell:subject")


ends = st.integers(1900, 1905).map(str)


@pytest.mark.parametrize(
    ("one", "two", "follow"),
    [
        ("2003-11/2011-10", "2011-11/2019-10", True),
        ("2003-11-01/2011-10-31", "2011-11-01/2019-10-31", True),
        ("2003-11/2011-10", "2011-12/2019-10", False),
        ("1961/1968~", "1968/1974", False),
        ("1961/1968", "1968/..", True),
        ("1961/1968", "1968", False),
        ("../-0044", "-0044/0010", True),
    ],
)
def test_which_terms_follow_each_other(one: str, two: str, *, follow: bool) -> None:
    assert spans_follow(parse_span(one), parse_span(two)) is follow
    assert spans_follow(parse_span(two), parse_span(one)) is follow


@given(ends, ends, ends, ends)
def test_terms_that_follow_each_other_are_a_year_apart_at_most(
    a: str, b: str, c: str, d: str
) -> None:
    (first, last), (start, end) = sorted((a, b)), sorted((c, d))
    follow = spans_follow(parse_span(f"{first}/{last}"), parse_span(f"{start}/{end}"))
    gaps = int(start) - int(last), int(first) - int(end)
    assert follow is ((first, last) != (start, end) and bool({0, 1} & set(gaps)))


def test_who_is_still_in_the_chair_was_so_from_a_year_on() -> None:
    assert say_when(parse_span("2019-12/..")) == "from December 2019 on"
    assert say_when(parse_span("../2019")) == "until 2019"


@pytest.mark.parametrize(
    ("day", "tail"), [("1973-01-01", "-01"), ("1981-05-01", "-01"), ("1981-05-12", "")]
)
def test_what_began_on_the_first_stands_beside_firsts(day: str, tail: str) -> None:
    of = deck(
        fact("norland", "joined", day, uid="one"),
        fact("westria", "joined", "2010-01-01"),
        relations=(JOINED,),
    )
    values = [option.value for option in worked_out(Index(of), of.facts[-2])]
    assert len(values) >= 5
    assert all(value.endswith(tail) for value in values)
    assert any(value.endswith("-01") for value in values) is bool(tail)


def test_a_not_in_the_wording_of_what_has_one_value_leaves_it_its_choice() -> None:
    days = {"norland": "1973-01-01", "westria": "1973-05-01", "sudmark": "1973-10-01"}
    facts = [fact(state, "joined", day, uid=state) for state, day in days.items()]
    written = bank(*facts, relations=(JOINED,), base=False)
    stems = [one.stem for one in asked(written, "fact:norland:value", Form.CHOICE)]
    assert "Which is the day on which Norland joined, not left?" in stems
