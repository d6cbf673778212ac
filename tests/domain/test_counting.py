"""What is counted is "fewer than", what is measured "less than"."""

from dataclasses import replace

import pytest

from questions.domain.facts import Relation, Unit, ValueKind, Vocabulary
from questions.domain.generation import write_bank
from questions.domain.interchange import built_in_vocabularies
from questions.domain.presentation import say_expected
from questions.domain.questions import Form
from tests.domain.generation.decks import RELATIONS, asked, deck, fact

LOAD = Relation(
    "load", "load", ValueKind.NUMBER, ("battle",), unit="any", single=True,
    ask=("How great was the load of {about}, in {unit}?",),
    state=("The load of {about} was {value} {unit}.",),
)  # fmt: skip
OWN = {
    "boat": Unit("boat", "boat", "boats"),
    "inch of mercury": Unit("inch of mercury", "inch of mercury", "inches of mercury"),
    "ell": Unit("ell", "ell", "ells", (), "span", "5"),
    "span": Unit("span", "span", "spans"),
    "gulp per watch": Unit("gulp per watch", "gulp per watch", "gulps per watch"),
}
UNITS = {**built_in_vocabularies()["common"].units, **OWN}


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("<120", "boat", "fewer than"),
        ("<120", "people", "fewer than"),
        ("<120", "page", "fewer than"),
        ("<30", "percent", "less than"),
        ("<30", "kilometre", "less than"),
        ("<30", "month", "less than"),
        ("<120", "inch of mercury", "less than"),
        ("<120", "gulp per watch", "less than"),
        ("<20", "ell", "less than"),
        ("<20", "span", "less than"),
        ("<5.7", "boat", "less than"),
        (">120", "percent", "more than"),
    ],
)
def test_the_unit_tells_whether_it_is_counted(value: str, unit: str, said: str) -> None:
    base = deck(fact("alder", "load", value, unit=unit, uid="load"), relations=(LOAD,))
    words = Vocabulary(base.vocabulary.types, UNITS, base.vocabulary.relations)
    written = asked(write_bank(replace(base, vocabulary=words)), "fact:load:value", Form.TYPED)
    assert f"was {said} " in written[0].statement
    assert say_expected(written[0].content["expected"]).startswith(said) or unit in ("ell", "span")


@pytest.mark.parametrize(
    ("ask", "state", "said"),
    [
        ("How many gates had {about}?", "{About} had {value}.", "fewer than 5"),
        ("What number has {about}?", "The number of {about} is {value}.", "less than 5"),
    ],
)
def test_without_a_unit_the_question_tells_it(ask: str, state: str, said: str) -> None:
    number = Relation(
        "number", "number", ValueKind.NUMBER, ("battle",), single=True, ask=(ask,), state=(state,)
    )
    written = write_bank(deck(fact("alder", "number", "<5", uid="five"), relations=(number,)))
    assert said in asked(written, "fact:five:value", Form.TYPED)[0].statement


def test_options_beside_a_bound_say_it_as_the_statement_does() -> None:
    bound = fact("doorn", "losses", "<5000", q={"side": "norland"}, uid="bound")
    for written in asked(write_bank(deck(bound)), "fact:bound:value", Form.CHOICE):
        texts = [option["text"] for option in written.content["distractors"]]
        assert texts
        assert all(text.startswith("fewer than ") for text in texts)
    assert RELATIONS["losses"].unit == "people"
