"""A number is right however it is written, and credit stays near it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.facts import Unit, Vocabulary
from questions.domain.grading import Expected, Grade, NameIndex, OtherValue, Verdict, grade_typed

NO_NAMES = NameIndex([])
COUNTS = st.integers(1, 999_999_999)


def grade(value: str, typed: str, **expected: object) -> Grade:
    return grade_typed(Expected("number", value, **expected), typed, NO_NAMES)  # type: ignore[arg-type]


def verdict(value: str, typed: str, **expected: object) -> Verdict:
    return grade(value, typed, **expected).verdict


@settings(deadline=None)
@given(COUNTS)
def test_a_count_is_right_in_every_usual_form(count: int) -> None:
    for typed in (f"{count}", f"{count:,}", f"{count:,}".replace(",", "."), f"about {count}",
                  f"{count:,}".replace(",", " "), f"{count:,}".replace(",", "\u202f"),
                  f"{count} people", f"{count / 1000:.3f} thousand"):  # fmt: skip
        assert verdict(str(count), typed, unit="people", exact=True) is Verdict.RIGHT, typed


@settings(deadline=None)
@given(COUNTS, st.sampled_from([10, 100, 1000]))
def test_another_magnitude_earns_nothing(count: int, factor: int) -> None:
    assert verdict(str(count), str(count * factor), unit="people") is Verdict.WRONG
    assert verdict(str(count * factor), str(count), unit="people") is Verdict.WRONG


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_credit_is_given_within_a_twentieth_only(count: int, typed: int) -> None:
    if verdict(str(count), str(typed), unit="people", exact=True) is not Verdict.WRONG:
        assert abs(count - typed) <= count / 20


@settings(deadline=None)
@given(COUNTS, COUNTS.filter(lambda n: n > 2100))
def test_two_figures_are_no_answer(count: int, other: int) -> None:
    assert verdict(str(count), f"{count} or {other}", unit="people") is Verdict.WRONG
    assert verdict(str(count), f"{other}, {count}", unit="people") in (
        Verdict.WRONG, Verdict.ASK_AGAIN,
    )  # fmt: skip


@settings(deadline=None)
@given(st.decimals(Decimal("0.1"), 9_999, places=1))
def test_a_measure_may_be_given_in_another_unit(kilometres: Decimal) -> None:
    metres = kilometres * 1000

    assert verdict(str(kilometres), f"{metres} m", unit="kilometre") is Verdict.RIGHT
    assert verdict(str(kilometres), f"{kilometres} miles", unit="kilometre") is Verdict.WRONG
    assert verdict(str(kilometres), f"{kilometres} kg", unit="kilometre") is Verdict.WRONG


def test_a_decks_own_unit_converts_and_counts() -> None:
    units = {
        "li": Unit("li", "li", "li", ("市里",), "metre", "500"),
        "junk": Unit("junk", "junk", "junks", ("sailing ship",)),
    }
    names = NameIndex([], Vocabulary(units=units))

    def by_deck(value: str, unit: str, typed: str) -> Verdict:
        return grade_typed(Expected("number", value, unit=unit), typed, names).verdict

    assert by_deck("10", "li", "5 km") is Verdict.RIGHT
    assert by_deck("5", "kilometre", "10 li") is Verdict.RIGHT
    assert by_deck("300", "junk", "300 junks") is Verdict.RIGHT
    assert by_deck("300", "junk", "300 sailing ships") is Verdict.RIGHT
    assert by_deck("300", "junk", "300 tanks") is Verdict.WRONG


@pytest.mark.parametrize(("about", "verdict_"), [(True, Verdict.RIGHT), (False, Verdict.PARTIAL)])
def test_a_rounded_figure_is_right_only_if_the_stem_says_about(
    about: bool, verdict_: Verdict
) -> None:
    assert verdict("20302", "20k", unit="people", exact=True, about=about) is verdict_


def test_words_of_the_stem_may_be_repeated() -> None:
    assert verdict("300", "300 raiders", unit="spear") is Verdict.WRONG
    assert verdict("300", "300 raiders", unit="spear", harmless=("raiders",)) is Verdict.RIGHT


def test_another_sources_figure_is_partial_and_names_the_source() -> None:
    graded = grade("20000", "8,440", unit="people", others=(OtherValue("8440", "the almanac"),))

    assert graded.verdict is Verdict.PARTIAL
    assert "the almanac" in str(graded.reason)
