"""English of the domain and the bank is put into the reader's language."""

from __future__ import annotations

import pytest

from questions.domain.facts import AuthoredForm, AuthoredQuestion, Status
from questions.domain.generation.authored import authored
from questions.domain.generation.drafting import WHY_DRAFT
from questions.domain.presentation import Presented
from questions.domain.questions import Form, Written
from questions.models import Question
from questions.queries import said
from tests import builders

SHOWN = Presented(Form.TRUE_FALSE, "True or false?", options=("It rains.",), key=(1,))


@pytest.fixture(autouse=True)
def shouting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "gettext", str.upper)


def test_true_and_false_are_translated_but_no_option_is() -> None:
    assert said.given_texts(SHOWN, {"option": ["1"]}) == ["FALSE"]
    assert said.right_texts(SHOWN, {"true": "", "false": ["It rains."]}) == ["FALSE"]
    choice = Presented(Form.CHOICE, "Which?", options=("Rain", "Snow"), key=(0,))
    assert said.given_texts(choice, {"option": ["1"]}) == ["Snow"]


def test_that_a_statement_by_hand_is_false_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "gettext", lambda text: text.replace("False", "Falsch"))
    by_hand = AuthoredQuestion("q1", AuthoredForm.TRUE_FALSE, "It rains.", "false")
    written = next(each for each in authored(by_hand) if isinstance(each, Written))
    question = Question(
        form=written.form.value, content=dict(written.content), statement=written.statement
    )
    assert said.said_statement(question) == "Falsch: It rains."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "direction", "told"),
    [
        ("choice", "authored", ""),
        ("typed", "authored", ""),
        ("true_false", "authored", "This is how it is."),
        ("typed", "value", "This is how it is."),
    ],
)
def test_a_question_by_hand_is_not_said_again_beside_its_answer(
    form: str, direction: str, told: str
) -> None:
    card = builders.card(builders.deck(), direction=direction)
    assert said.said_statement(builders.question(card, form)) == told


def test_why_a_draft_waits_is_translated_sentence_by_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    uncertain, derived = WHY_DRAFT[Status.UNCERTAIN], WHY_DRAFT[Status.DERIVED]
    found = {uncertain: "Unsicher.", derived: "Abgeleitet."}
    monkeypatch.setattr(said, "gettext", lambda text: found.get(text, text))
    assert said.said_why(f"{uncertain} {derived}") == "Unsicher. Abgeleitet."
