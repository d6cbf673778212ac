"""Whatever is typed, however long or strange: a grade comes back, and soon."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.grading import (
    Expected,
    Named,
    NameIndex,
    Verdict,
    grade_list,
    grade_ordering,
    grade_typed,
)
from tests.work import calls_of

NAMES = NameIndex(
    [
        Named("curie", "Marie Curie", ("Мария Кюри", "居里夫人"), ("Madame",), "person", "Curie"),
        Named("meitner", "Lise Meitner", (), (), "person", "Meitner"),
        Named("baikal", "Lake Baikal", ("Байкал", "贝加尔湖"), (), "lake"),
    ]
)
EXPECTED = [
    Expected("name", "Marie Curie", "curie"),
    Expected("name", "Lake Baikal", "baikal"),
    Expected("date", "1941-04-13", era=(1930, 1945)),
    Expected("date", "1938-07-29/1938-08-11"),
    Expected("date", "1937/.."),
    Expected("date", "1941-07"),
    Expected("date", "-0043-03-15"),
    Expected("number", "20302", unit="people", exact=True),
    Expected("number", "4.4", unit="kilometre"),
    Expected("number", "2:1"),
    Expected("number", "-39", unit="degree Celsius"),
    Expected("number", "7.87", unit="g/cm3"),
    Expected("number", "75", unit="percent"),
    Expected("date", "1771~"),
    Expected("number", "25000..30000"),
    Expected("number", ">1000000"),
    Expected("term", "sodium chloride", accept=("NaCl",)),
    Expected("text", "a cold plain"),
]
PIECES = st.sampled_from(
    ["13", "April", "1941", "th", "of", "or", " ", ",", "-", "–", "/", ".", ";", "(", ")", "not",
     "Curie", "Marie", "Lake", "Baikal", "million", "k", "twenty", "and", "a", "half", "BC", "0",
     "/4/", "’", "'", "summer", "s", "to", "between", "since", "km", "%", "½", "⁵", "10^", "e9",
     "x10", "\u0301", "\u200b", "\u202e", "🙂", "٣", "七", "居里", "年", "ß", "İ", ":", "~", ">",
     "тысяч", "сто", "миллион", "минус", "l3", "194l", "out of", "kg/m3", "per", "=", "odd", "億",
     "near", "ies", "es", "B. ", "2^", "**", "⁹⁹", "x", "*",
     "5", ", including ", " of whom ", "e99", " or ",
     "? ", "twice", "^-3", "г.", "early", "2 years", "Rep.", "\x00"]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=400, deadline=None)
@given(TYPED, st.sampled_from(EXPECTED))
def test_anything_typed_gets_a_grade_that_is_consistent(text: str, expected: Expected) -> None:
    grade = grade_typed(expected, text, NAMES)

    assert 0 <= grade.score <= 1
    assert (grade.score == 1) == (grade.verdict is Verdict.RIGHT)
    assert (grade.score > 0) == grade.credited
    assert str(grade.reason)
    assert grade.shown is None or grade.credited


@settings(max_examples=150, deadline=None)
@given(st.one_of(TYPED, st.lists(TYPED, max_size=4)))
def test_any_list_gets_a_grade(text: str | list[str]) -> None:
    grade = grade_list(EXPECTED[:3], text, NAMES)

    assert 0 <= grade.score <= 1
    assert (grade.score == 1) == (grade.verdict is Verdict.RIGHT)


@settings(max_examples=150, deadline=None)
@given(st.permutations("abcde"), st.lists(st.sampled_from("abcdexyz"), max_size=9))
def test_any_order_gets_a_grade(right: list[str], given_order: list[str]) -> None:
    grade = grade_ordering(right, given_order)

    assert 0 <= grade.score <= 1
    assert (grade.verdict is Verdict.RIGHT) == (list(dict.fromkeys(
        item for item in given_order if item in right)) == right)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(TYPED.filter(lambda text: len(text) > 1), st.sampled_from(EXPECTED[:2]))
def test_a_wrong_answer_is_not_told_the_key(text: str, expected: Expected) -> None:
    grade = grade_typed(expected, text, NAMES)

    if not grade.credited:
        assert expected.value not in str(grade.reason)
        assert grade.shown is None


# A usual answer takes a few hundred. What grows with the square of the length takes millions.
MOST_CALLS = 40_000
# A list's parts are graded each for itself, a hundred of them here.
MOST_IN_A_LIST = 1_000_000

MONSTERS = {
    "long": "a" * 10_000,
    "digits": "9" * 10_000,
    "groups": "1," * 5_000,
    "dots": "." * 10_000,
    "marks": "a" + "\u0301" * 10_000,
    "marks within": ("a" + "\u0301" * 30) * 9,
    "right to left": "\u202e" + "ירושלים " * 1_000,
    "zero width": "\u200b" * 10_000,
    "emoji": "👩‍👩‍👧‍👦" * 1_000,
    "other digits": "٣" * 300,
    "commas": "x, " * 99,
    "words": "or " * 99,
    "months": "may " * 74,
    "number words": "one and " * 37,
    "hyphens": "1-" * 149,
    "slashes": "1/" * 149,
    "exponent": "1e" * 149,
    "power": "10^999999999",
    "brackets": "(" * 299,
    "han": "居" * 299,
    "names": "Marie Curie " * 24,
    "numerals": "MCMXLII " * 37,
    "eras": "昭和17年" * 50,
    "characters of numbers": "十万" * 140,
    "Roman months": "1.IV." * 60,
    "possessives": "x's " * 74,
    "corrections": "not a but " * 29,
    "marks on Chinese": ("事\u0301" * 30) * 4,
    "formula": "(Na)2" * 59,
    "half": "first half of " * 21,
    "compound": "1 h 2 min " * 29,
    "ligature": "ﷺ" * 299,
    "lines": "\n" * 299,
    "noughts": "000/0",
    "year and nought": "1900-0",
    "said twice": "1(" * 149,
    "shares": "1/2 " * 74,
    "Russian": "сто " * 74,
    "letters for figures": "l1O" * 99,
    "rates": "a per b " * 37,
    "asked back": "Curie? " * 42,
    "sources": "26 according to a " * 16,
    "shares of them": "26, most of them " * 17,
    "strangers": "Curie under A of B " * 15,
    "questions": "was it " * 42,
    "hyphened numbers": "two-seaters " * 24,
    "powers": "2^" * 149,
    "stars": "9**" * 99,
    "large powers": "9999^999 " * 33,
    "raised": "2⁹⁹" * 99,
    "calculation": "9*" * 149,
    "calculations": "1,1x1.1 × " * 29,
    "initials": "M. " * 99,
    "plurals": "Curies " * 42,
    "blanks": "a" + " " * 297 + "b",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _patterns_are_compiled() -> None:
    """Which happens at first use, once a process, and is no work of the input's."""
    for text in MONSTERS.values():
        for expected in EXPECTED:
            grade_typed(expected, text[:12], NAMES)


@pytest.mark.parametrize("text", MONSTERS.values(), ids=MONSTERS)
def test_no_input_is_much_work(text: str) -> None:
    for expected in EXPECTED:
        assert calls_of(lambda: grade_typed(expected, text, NAMES)) < MOST_CALLS, expected  # noqa: B023
        credited = grade_typed(expected, text, NAMES).credited
        assert not credited or expected.value == "Marie Curie", expected


@pytest.mark.parametrize("text", MONSTERS.values(), ids=MONSTERS)
def test_no_list_is_much_work(text: str) -> None:
    for kind in {expected.kind: expected for expected in EXPECTED}.values():
        assert calls_of(lambda: grade_list([kind] * 3, text, NAMES)) < MOST_IN_A_LIST, kind  # noqa: B023


def test_what_is_too_long_is_asked_again_and_costs_nothing() -> None:
    grade = grade_typed(EXPECTED[0], "Marie Curie " * 1_000, NAMES)

    assert grade.verdict is Verdict.ASK_AGAIN
    assert "too long" in str(grade.reason)
