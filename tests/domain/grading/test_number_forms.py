"""Names in the plural, and shortened: by the language and the kinds of a deck."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import EntityType, Vocabulary
from questions.domain.grading import Expected, Named, NameIndex, Verdict, grade_typed
from questions.domain.plurals import in_other_numbers


@pytest.mark.parametrize(
    ("language", "verdict"),
    [("en", Verdict.RIGHT), ("en-GB", Verdict.RIGHT), ("de", Verdict.WRONG), ("", Verdict.WRONG)],
)
def test_only_of_an_english_deck_are_plurals_english(language: str, verdict: Verdict) -> None:
    names = NameIndex([Named("poppy", "Poppy")], language=language)

    assert grade_typed(Expected("name", "Poppy", "poppy"), "poppies", names).verdict is verdict
    assert grade_typed(Expected("term", "Daisy"), "daisies", names).verdict is verdict


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("poppy", "poppies"),
        ("key", "keys"),
        ("box", "boxes"),
        ("match", "matches"),
        ("rose", "roses"),
        ("virus", "viruses"),
        ("axis", "axes"),
        ("wolf", "wolves"),
        ("hero", "heroes"),
        ("photo", "photos"),
        ("quartz", "quartzes"),
        ("nucleus", "nuclei"),
        ("vertex", "vertices"),
    ],
)
def test_plural_and_singular_are_known_from_each_other(one: str, many: str) -> None:
    assert many in in_other_numbers(one)
    assert one in in_other_numbers(many)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ga", "gas"),
        ("new", "news"),
        ("poppy", "poppys"),
        ("eyes", "eyeses"),
        ("mas", "mass"),
        ("mice", "mices"),
        ("1990", "1990s"),
    ],
)
def test_what_only_ends_so_is_no_plural(one: str, other: str) -> None:
    assert other not in in_other_numbers(one)
    assert one not in in_other_numbers(other)


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (Named("o", "Poppy plant", (), (), "herb"), Verdict.ASK_AGAIN),
        (Named("o", "Poppy Hill", (), (), "hill"), Verdict.RIGHT),
    ],
)
def test_a_plural_of_what_another_of_its_kind_is_called_for_short_is_asked_again(
    other: Named, verdict: Verdict
) -> None:
    types = {
        "herb": EntityType("herb", "herb", "herbs", "which herb", "concept", ("plant", "flower")),
        "hill": EntityType("hill", "hill", "hills", "which hill", "place", ("hill",)),
    }
    names = NameIndex([Named("p", "Poppy flower", (), (), "herb"), other], Vocabulary(types=types))

    expected = Expected("name", "Poppy flower", "p")
    assert grade_typed(expected, "poppies", names).verdict is verdict


@given(st.text(max_size=12), st.text(max_size=12))
def test_numbers_are_of_each_other(one: str, other: str) -> None:
    assert one not in in_other_numbers(one)
    assert all(one in in_other_numbers(form) for form in in_other_numbers(one))
    assert (one in in_other_numbers(other)) == (other in in_other_numbers(one))


def test_what_is_called_alike_but_shortened_is_told_to_be_written_in_full() -> None:
    names = NameIndex([Named("b", "Bacillus cereus"), Named("p", "Pilocereus"), Named("c", "Bos")])
    shortened = grade_typed(Expected("name", "Bacillus cereus", "b"), "B. cereus", names)
    shared = NameIndex([Named("b", "Bacillus cereus"), Named("o", "Brassica", ("Bromus cereus",))])
    unclear = grade_typed(Expected("name", "Bacillus cereus", "b"), "B. cereus", shared)

    assert shortened.verdict is Verdict.RIGHT
    assert unclear.verdict is Verdict.ASK_AGAIN
    assert "in full" in str(unclear.reason)


def test_a_calculation_is_told_to_be_one() -> None:
    grade = grade_typed(Expected("number", "1048576"), "1024*1024", NameIndex(()))

    assert grade.verdict is Verdict.ASK_AGAIN
    assert "calculation" in str(grade.reason)
