"""Whole files of typed answers, each with the verdict that a careful teacher gives it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from questions.domain.facts import Vocabulary
from questions.domain.grading.cases import BadCase, grade_cases
from questions.domain.grading.result import Verdict
from questions.domain.interchange import built_in_vocabularies

FILES = sorted((Path(__file__).parent / "cases").glob("*.json"))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    found = Vocabulary()
    for built_in in built_in_vocabularies().values():
        found = found.with_(built_in)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_gets_the_teachers_verdict(path: Path, vocabulary: Vocabulary) -> None:
    cases = json.loads(path.read_text(encoding="utf-8"))
    outcomes = grade_cases(cases, vocabulary)

    missed = {one.id: (one.given, one.grade.verdict) for one in outcomes if not one.exact}
    assert missed == {}
    assert len(outcomes) == len(cases)
    assert len({one.id for one in outcomes}) == len(cases)


def test_the_files_hold_many_cases_of_every_kind() -> None:
    cases = [case for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]
    counts = Counter(case["kind"] for case in cases)

    assert {"name", "date", "number", "term", "list", "order", "match"} <= set(counts)
    assert counts["name"] > 400
    assert counts["date"] > 200
    assert counts["number"] > 200


def a_case(**changes: object) -> dict[str, object]:
    return {
        "id": "x",
        "kind": "term",
        "expected": "tundra",
        "given": "taiga",
        "verdict": "wrong",
    } | changes


def test_credit_where_wrong_was_due_is_a_false_accept() -> None:
    (outcome,) = grade_cases([a_case(given="tundra")])

    assert outcome.false_accept
    assert not outcome.exact


def test_a_right_answer_refused_is_a_miss_but_no_false_accept() -> None:
    (outcome,) = grade_cases([a_case(verdict="right")])

    assert not outcome.exact
    assert not outcome.false_accept


def test_ambiguous_in_a_case_means_ask_again() -> None:
    (outcome,) = grade_cases(
        [a_case(kind="date", expected="1945-04-05", given="4/5/1945", verdict="ambiguous")]
    )

    assert outcome.wanted is Verdict.ASK_AGAIN
    assert outcome.exact


@pytest.mark.parametrize(
    ("given", "exact"), [("31 April 1941", True), ("4/5/1941", False), ("12 April 1941", True)]
)
def test_an_impossible_date_asked_again_meets_a_case_that_says_wrong(
    given: str, exact: bool
) -> None:
    (outcome,) = grade_cases([a_case(kind="date", expected="1941-04-13", given=given)])

    assert outcome.exact is exact


@pytest.mark.parametrize(
    "broken", [{"kind": "riddle"}, {"verdict": "maybe"}, {"kind": "date", "expected": "never"}]
)
def test_a_broken_case_is_named(broken: dict[str, object]) -> None:
    with pytest.raises(BadCase, match="case x"):
        grade_cases([a_case(**broken)])
