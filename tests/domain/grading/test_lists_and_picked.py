"""Lists, orders, pairs and choices: the score is what was said it would be."""

import json
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.grading import (
    Expected,
    Named,
    NameIndex,
    OtherValue,
    Verdict,
    grade_choice,
    grade_list,
    grade_matching,
    grade_ordering,
    grade_true_false,
    grade_typed,
)
from questions.domain.grading.expected import Kind

NO_NAMES = NameIndex([])
PLANETS = ["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn"]
FOREIGN = ["Phobos", "Deimos", "Titan", "Europa"]
EXPECTED = [Expected("term", planet) for planet in PLANETS]
JOINTS = st.sampled_from([", ", "; ", "\n", " and ", " & ", " / "])


@settings(deadline=None)
@given(st.sets(st.sampled_from(PLANETS)), st.sets(st.sampled_from(FOREIGN)), JOINTS, st.randoms())
def test_a_list_scores_hits_less_extras(
    hits: set[str], extras: set[str], joint: str, chance: object
) -> None:
    typed = sorted(hits | extras)
    chance.shuffle(typed)  # type: ignore[attr-defined]

    grade = grade_list(EXPECTED, joint.join(typed), NO_NAMES)

    assert grade.score == pytest.approx(max(0, len(hits) - len(extras)) / len(PLANETS))
    assert set(grade.missing) == set(PLANETS) - hits
    assert set(grade.extra) == extras


@pytest.mark.parametrize("typed", ["I don't know", "?", "etc", ["", ""]])
def test_a_list_that_names_nothing_misses_every_value(typed: str | list[str]) -> None:
    grade = grade_list(EXPECTED, typed, NO_NAMES)

    assert (grade.verdict, list(grade.missing)) == (Verdict.WRONG, PLANETS)


def test_naming_one_twice_counts_once() -> None:
    assert grade_list(EXPECTED[:2], "Venus, venus", NO_NAMES).score == 0.5


def test_what_earns_half_is_told_with_what_was_missing_and_not_counted_as_right() -> None:
    rivers = [Named("rhine", "Rhine", loose=("Father Rhine",)), Named("elbe", "Elbe")]
    expected = [Expected("name", each.name, each.key) for each in rivers]
    grade = grade_list(expected, "Father Rhine, Elbe", NameIndex(rivers))

    [half] = grade.halves
    alone = grade_typed(expected[0], "Father Rhine", NameIndex(rivers))
    assert (alone.verdict, half.value, half.why) == (Verdict.PARTIAL, "Rhine", alone.reason)
    assert (grade.score, grade.missing) == (0.75, ())
    assert str(grade.reason) == "1 of 2 right, 1 partly right."
    again = grade_list(expected, "Father Rhine, Elbe, Nile, Rhine", NameIndex(rivers))
    assert again.halves == (), "what was named in full beside is right"
    extra = grade_list(expected, "Father Rhine, Elbe, Nile", NameIndex(rivers))
    assert str(extra.reason) == "1 of 2 right, 1 partly right, and 1 too many."


def test_slots_are_graded_like_one_text() -> None:
    typed = ["Venus", "", "mercury"]

    assert grade_list(EXPECTED[:2], typed, NO_NAMES).verdict is Verdict.RIGHT


def test_a_list_with_an_unclear_date_is_asked_again() -> None:
    dates = [Expected("date", "1945-04-05"), Expected("date", "1939-09-01")]

    assert grade_list(dates, "4/5/1945, 1 Sept 1939", NO_NAMES).verdict is Verdict.ASK_AGAIN


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_an_order_scores_kendalls_tau(order: list[int]) -> None:
    pairs = list(combinations(order, 2))
    tau = sum(1 if a < b else -1 for a, b in pairs) / len(pairs)

    grade = grade_ordering([str(i) for i in range(6)], [str(i) for i in order])

    assert grade.score == pytest.approx(max(0.0, tau))


@settings(deadline=None)
@given(st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_pairs_score_the_share_that_is_right(mates: list[int]) -> None:
    right = {str(left): f"m{left}" for left in range(5)}

    grade = grade_matching(right, {str(left): f"m{mate}" for left, mate in enumerate(mates)})

    assert grade.score == pytest.approx(sum(a == b for a, b in enumerate(mates)) / 5)
    assert len(grade.missing) == sum(a != b for a, b in enumerate(mates))


def test_a_choice_is_right_or_wrong() -> None:
    assert grade_choice("b", "b").verdict is Verdict.RIGHT
    assert grade_choice("b", "a").verdict is Verdict.WRONG
    assert grade_choice("b", "").verdict is Verdict.WRONG
    assert grade_true_false(key=False, given=False).verdict is Verdict.RIGHT
    assert grade_true_false(key=False, given=True).verdict is Verdict.WRONG


KINDS: list[Kind] = ["name", "date", "number", "term", "text"]
TEXTS = st.text(max_size=20)


@settings(deadline=None)
@given(
    st.builds(
        Expected,
        kind=st.sampled_from(KINDS),
        value=TEXTS,
        entity=st.none() | TEXTS.filter(bool),
        accept=st.lists(TEXTS, max_size=3).map(tuple),
        others=st.lists(st.builds(OtherValue, TEXTS, TEXTS), max_size=2).map(tuple),
        unit=st.none() | TEXTS.filter(bool),
        exact=st.none() | st.booleans(),
        rounding=st.none() | st.just("1000"),
        era=st.none() | st.tuples(st.integers(-9999, 0), st.integers(1, 9999)),
        about=st.booleans(),
        harmless=st.lists(TEXTS, max_size=2).map(tuple),
    )
)
def test_what_is_expected_survives_json(expected: Expected) -> None:
    assert Expected.from_json(json.loads(json.dumps(expected.to_json()))) == expected
