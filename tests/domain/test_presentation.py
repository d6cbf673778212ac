"""What a question's page is given to show, beyond what each form draws."""

from __future__ import annotations

from typing import Any

import pytest

from questions.domain.chance import draw
from questions.domain.presentation import Presented, present
from questions.domain.questions import Form


def shown(form: Form = Form.TYPED, **expected: Any) -> Presented:
    content = {"expected": {"kind": "date", **expected}, "before": "In ", "after": " it was."}
    return present(form, "When was it?", content, draw(b"secret", 1))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("1941-06-22", "Day, month and year"),
        ("1941-06", "Month and year"),
        ("1941", "Year"),
        ("1939-22", "Season and year"),
        ("1938-07-29/1938-08-11", "From when to when"),
    ],
)
@pytest.mark.parametrize("form", [Form.TYPED, Form.CLOZE])
def test_who_is_asked_for_a_date_learns_how_exact(form: Form, value: str, wanted: str) -> None:
    assert shown(form, value=value).wanted == wanted
    assert shown(form, value=value).asked()["wanted"] == wanted


def test_where_sources_differ_in_exactness_nothing_is_promised() -> None:
    assert shown(value="1941-06-22", accept=["1941"]).wanted == ""
    assert shown(value="1941", accept=["in the war's third year"]).wanted == ""


def test_a_number_says_what_is_wanted_in_its_question() -> None:
    assert shown(kind="number", value="1941").wanted == ""


def test_who_is_asked_for_two_limits_learns_so() -> None:
    assert shown(kind="number", value="2.2..2.6").wanted == "From what to what"
    assert shown(kind="number", value="2.2..2.6", accept=["2.4"]).wanted == ""


def test_an_answer_logged_before_there_was_a_hint_is_still_read() -> None:
    old = {name: value for name, value in shown(value="1941").to_json().items() if name != "wanted"}
    assert Presented.from_json(old).wanted == ""
