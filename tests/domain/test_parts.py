"""An answer told part by part, and letter by letter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from questions.domain.grading import Expected
from questions.domain.messages import Message
from questions.domain.parts import Part, part_apart, parts_of, spellings_apart
from questions.domain.presentation import Presented
from questions.domain.questions import Form

LISTED = Presented(Form.LIST, "Name both.", blanks=2)
TWO = {
    "expected": [
        Expected(kind="date", value="1941-04-13").to_json(),
        Expected(kind="term", value="Molotov").to_json(),
    ]
}
ORDER = {"items": [{"text": text, "when": when} for text, when in zip("ABC", "123", strict=True)]}
SHUFFLED = Presented(Form.ORDERING, "Order.", options=("C", "A", "B"), key=(1, 2, 0))
PAIRS = Presented(
    Form.MATCHING, "Match.", options=("Fe", "Ag", "Cu"), prompts=("silver", "iron"), key=(1, 0)
)


def test_a_list_tells_what_was_named_what_was_missed_and_what_did_not_belong() -> None:
    reason = {"missing": ["Molotov"], "extra": ["Tojo"]}
    assert parts_of(LISTED, TWO, {"text": ["13.4.1941", "Tojo"]}, "wrong", reason) == [
        Part("13 April 1941", right=True),
        Part("Molotov", right=False),
        Part("", right=False, given="Tojo"),
    ]


def test_what_was_named_in_part_is_half_and_says_what_was_missing() -> None:
    why = "The family name is missing."
    reason = {"missing": [], "extra": [], "halves": [["Molotov", why, {}]]}
    found = parts_of(LISTED, TWO, {"text": ["13.4.1941", "Vyacheslav"]}, "partial", reason)
    assert [(part.right, part.half) for part in found] == [(True, None), (False, Message(why))]


def test_a_wrong_list_kept_without_what_it_missed_missed_everything() -> None:
    found = parts_of(LISTED, TWO, {"text": ["?"]}, "wrong", {"missing": [], "extra": []})
    assert [part.right for part in found] == [False, False]


def test_a_right_list_has_nothing_missing() -> None:
    given = {"text": ["13.4.1941", "Molotov"]}
    found = parts_of(LISTED, TWO, given, "right", {"missing": [], "extra": []})
    assert [part.right for part in found] == [True, True]


def test_an_order_tells_where_each_belongs_and_where_it_was_put() -> None:
    found = parts_of(SHUFFLED, ORDER, {"place": ["3", "2", "1"]}, "partial", {})
    assert found == [
        Part("A (1)", right=False, given="2", place=1),
        Part("B (2)", right=False, given="1", place=2),
        Part("C (3)", right=True, given="3", place=3),
    ]


def test_pairs_tell_the_right_partner_and_the_one_chosen() -> None:
    assert parts_of(PAIRS, {}, {"pair": ["1", "2"]}, "partial", {}) == [
        Part("Ag", right=True, given="Ag", prompt="silver"),
        Part("Fe", right=False, given="Cu", prompt="iron"),
    ]


def test_what_was_not_answered_or_has_one_part_is_not_told_in_parts() -> None:
    assert parts_of(PAIRS, {}, {}, "wrong", {}) == []
    assert parts_of(LISTED, TWO, {"text": []}, "wrong", {}) == []
    typed = Presented(Form.TYPED, "Who?", blanks=1)
    assert parts_of(typed, {"expected": TWO["expected"][0]}, {"text": ["x"]}, "wrong", {}) == []


def marked(given: str, right: str) -> tuple[str, str]:
    return tuple(  # type: ignore[return-value]
        "".join(f"[{each.text}]" if each.apart else each.text for each in letters)
        for letters in spellings_apart(given, right)
    )


def test_a_misspelt_name_shows_which_letters_differ() -> None:
    assert marked("Georgy Zhukv", "Georgy Zhukov") == ("Georgy Zhukv", "Georgy Zhuk[o]v")
    assert marked("zhukkov", "Zhukov") in [("zhu[k]kov", "Zhukov"), ("zhuk[k]ov", "Zhukov")]
    assert marked("Matsuoko", "Matsuoka") == ("Matsuok[o]", "Matsuok[a]")


@given(st.text(max_size=12), st.text(max_size=12))
@settings(deadline=None)
def test_no_letter_is_lost_or_added(one: str, two: str) -> None:
    typed, wanted = spellings_apart(one, two)
    assert "".join(each.text for each in typed) == one
    assert "".join(each.text for each in wanted) == two


def test_a_false_statement_is_cut_around_what_is_false() -> None:
    assert part_apart("Krypton is a halogen.", "Fluorine is a halogen.") == (
        "", "Krypton", " is a halogen.",
    )  # fmt: skip
    assert part_apart("It was signed on 28 March 1941.", "It was signed on 13 April 1941.") == (
        "It was signed on ", "28 March", " 1941.",
    )  # fmt: skip
    assert part_apart("It ended in 1940.", "It ended in 1939.") == ("It ended in ", "1940", ".")
    assert part_apart("It weighs 1.25 g.", "It weighs 1.35 g.") == ("It weighs ", "1.25", " g.")


words = st.lists(st.sampled_from("abc"), min_size=1, max_size=6).map(" ".join)


@given(words, words)
def test_the_cuts_make_the_sentence(said: str, other: str) -> None:
    assert "".join(part_apart(said, other)) == said
