"""What is kept of an answer that a teacher accepts reads as a deck would write it."""

import pytest

from questions.domain.grading import Expected, Named, NameIndex
from questions.domain.grading.kept import name_of, others_called, spelt, value_of
from questions.domain.grading.units import Units


@pytest.mark.parametrize(
    ("value", "unit", "given", "kept"),
    [
        ("20", "kilometre", "12.4 miles", "20"),
        ("20", "kilometre", "13 miles", "21"),
        ("5", "tonne", "4300 lb", "1.95"),
        ("20", "kilometre", "20.12 km", "20.12"),
        ("20", "kilometre", "20125 m", "20.125"),
        ("37", "°C", "98.6 °F", "37"),
        ("1", "°C", "-0", "0"),
        ("1", "°C", "32 °F", "0"),
        ("1", "°C", "-0.0 °C", "0"),
    ],
)
def test_a_figure_is_kept_as_exactly_as_it_was_said(
    value: str, unit: str, given: str, kept: str
) -> None:
    assert value_of(Expected("number", value, unit=unit), given, Units()) == kept


PLACES = [
    Named("norland", "Norland", (), (), "country"),
    Named("marlow", "Otto Marlow", (), (), "person", "Marlow"),
    Named("ilda", "Lake Ilda", ("Ildamere",), (), "lake"),
    Named("battle", "Battle of Lake Ilda", ("Ildamere",), (), "battle"),
]
INDEX = NameIndex(PLACES)


@pytest.mark.parametrize(
    "given",
    [
        "Marlow", "marlow", "the Marlow?", "a Marlow!", "“Marlow”", "«Marlow»?!", "'Marlow'",
        "General Marlow", "the General Marlow?", "I think it was Marlow", "Marlow, I guess",
        "Marlow (1899)", "Marlow, Otto", "Otto Marlow??",
    ],
)  # fmt: skip
def test_a_name_is_another_things_whatever_is_put_around_it(given: str) -> None:
    assert [named.key for named in others_called(given, "norland", INDEX)] == ["marlow"]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("Marlowia", "norland"),
        ("Otto", "norland"),
        ("Ilda", "norland"),  # only what is left of the lake's name
        ("Ildamere", "battle"),  # both bear it
        ("the Norland?", "norland"),
    ],
)
def test_what_the_deck_calls_nothing_else_is_free(given: str, key: str) -> None:
    assert others_called(given, key, INDEX) == []


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("the Norlandish Empire?", "Norlandish Empire"),
        ("The Norlandish Empire", "Norlandish Empire"),
        ("I think it was “the Norlands”!", "Norlands"),
        ("an Ilda", "Ilda"),
        ("the “Norlands”.", "Norlands"),
        ("Theland", "Theland"),
        ("the", "the"),
        ("?!", "?!"),
    ],
)
def test_a_name_is_kept_without_what_learners_put_around_it(given: str, name: str) -> None:
    assert name_of(given) == name


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("the Norlands?", "Norlands"),
        ("The Hague", "The Hague"),
        ("I Think", "I Think"),
        ("Mars Inc.", "Mars Inc."),
    ],
)
def test_a_teachers_spelling_loses_no_more_than_doubt_and_a_small_article(
    spelling: str, name: str
) -> None:
    assert spelt(spelling) == name
