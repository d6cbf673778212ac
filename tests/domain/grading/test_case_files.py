"""Whole files of typed answers, each with the verdict that a careful teacher gives it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from questions.domain.facts import Vocabulary
from questions.domain.grading.case_files import BadCase, checked_cases
from questions.domain.grading.cases import grade_cases
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
    outcomes = grade_cases(checked_cases(cases), vocabulary)

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
    ("broken", "said"),
    [
        ({"kind": "riddle"}, "one of name, date"),
        ({"kind": ["name"]}, "one of name, date"),
        ({"verdict": "maybe"}, "one of right, partial"),
        ({"verdict": None}, "one of right, partial"),
        ({"given": 7}, "should be a text"),
        ({"given": None}, "should be a text"),
        ({"kind": "list", "expected": "tundra"}, "should be a list of texts"),
        ({"kind": "list", "expected": []}, "should be a list of texts"),
        ({"kind": "order", "expected": ["a", "b"]}, "should be a list of texts"),
        ({"kind": "match", "expected": ["a"]}, "should be an object of texts"),
        ({"context": ["x"]}, "should be an object"),
    ],
)
def test_a_broken_case_is_named_and_told_what_would_be_right(
    broken: dict[str, object], said: str
) -> None:
    with pytest.raises(BadCase, match=rf"case 2 \(id 'x'\).*{said}"):
        checked_cases([a_case(), a_case(**broken)])


@pytest.mark.parametrize("missing", ["kind", "expected", "given", "verdict"])
def test_what_a_case_lacks_is_named(missing: str) -> None:
    case = a_case()
    del case[missing]

    with pytest.raises(BadCase, match=f'case 1 .*"{missing}" is missing'):
        checked_cases([case])


@pytest.mark.parametrize("data", [None, 42, "abc", {"a": 1}, {}, True])
def test_what_is_no_list_is_no_file_of_cases(data: object) -> None:
    with pytest.raises(BadCase, match=r"the file holds .* should hold a list of cases"):
        checked_cases(data)


@pytest.mark.parametrize("data", [[1], [None], [[]], ["name"]])
def test_what_is_no_object_is_no_case(data: object) -> None:
    with pytest.raises(BadCase, match=r"case 1 is .* should be an object such as"):
        checked_cases(data)


def test_a_file_without_cases_has_passed_nothing() -> None:
    with pytest.raises(BadCase, match="at least one case"):
        checked_cases([])


def test_a_value_that_cannot_be_read_names_its_case() -> None:
    with pytest.raises(BadCase, match="case x"):
        grade_cases([a_case(kind="date", expected="never")])
