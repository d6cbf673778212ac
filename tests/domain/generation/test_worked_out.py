"""Figures and dates worked out for the side of a key on which the deck has none."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.chance import draw
from questions.domain.facts import Fact, Rank, Relation, Unit, ValueKind, Vocabulary
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.scales import look, rounded_alike, within_range
from questions.domain.generation.worked_out import worked_out
from questions.domain.interchange import built_in_vocabularies
from questions.domain.presentation import key_ranks, present
from questions.domain.questions import Form, Written
from questions.domain.values import Day, parse_quantity, parse_span
from tests.domain.generation.decks import RELATIONS, asked, bank, deck, fact
from tests.synthetic import SHAPES, synthetic

LAST = fact("peace", "signed", "2001-01-01", uid="last")


def ranked(written: Written) -> tuple[set[str], set[str]]:
    """The wrong options below the key, and those above."""
    key = parse_quantity(written.content["key"]["value"]).amount
    values = [option["value"] for option in written.content["distractors"]]
    below = {value for value in values if parse_quantity(value).amount < key}
    return below, set(values) - below


def losses(*amounts: str) -> list[Fact]:
    battles = ("alder", "birch", "cedar", "doorn")
    return [
        fact(battle, "guns", amount, q={"side": "norland"}, uid=f"guns-{amount}")
        for battle, amount in zip(battles, amounts, strict=False)
    ]


GUNS = replace(RELATIONS["losses"], key="guns", unit="tank")


@pytest.mark.parametrize(
    ("amount", "places"), [("44", [0, 1, 0]), ("66", [0, 1, 2]), ("90", [2, 1, 2])]
)
def test_even_the_least_and_the_greatest_of_a_relation_may_stand_in_the_middle(
    amount: str, places: list[int]
) -> None:
    written = bank(*losses("44", "66", "90"), relations=(GUNS,))
    for question in asked(written, f"fact:guns-{amount}:value", Form.CHOICE):
        assert key_ranks(question.content) == places


RIVERS = ("6992", "4880", "3352", "2140", "1528")


@pytest.mark.parametrize("length", RIVERS)
def test_no_river_is_much_longer_than_the_longest(length: str) -> None:
    rest = [one for one in RIVERS if one != length][:3]
    greatest = max(map(Decimal, (length, *rest)))
    found = figures(Unit("km", "km", "km"), length, *rest)
    assert found
    assert all(amount <= greatest * Decimal("1.1") for amount in found)


@pytest.mark.parametrize(
    "amounts",
    [("6992", "4880", "3352"), ("6400", "4880", "3300"), ("19.3", "13.5", "10.5"),
     ("5000", "3000", "2000"), ("78", "48", "46"), ("8", "14", "46")],
)  # fmt: skip
def test_beside_an_extreme_there_is_one_beyond_it(amounts: tuple[str, ...]) -> None:
    for amount in (min(amounts, key=float), max(amounts, key=float)):
        written = bank(*losses(*amounts), relations=(GUNS,))
        for question in asked(written, f"fact:guns-{amount}:value", Form.CHOICE):
            assert len(set(key_ranks(question.content))) == 2, question.content


def peaks(*said: tuple[str, str]) -> list[Decimal]:
    """What is worked out for the first, each figure being of the part that it is said of."""
    relation = replace(RELATIONS["losses"], key="guns", unit="tank", qualifiers={"part": "text"})
    own = [
        fact(battle, "guns", amount, q={"part": part}, uid=f"guns-{amount}")
        for battle, (part, amount) in zip(("alder", "birch", "cedar", "doorn"), said, strict=True)
    ]
    options = worked_out(Index(deck(*own, relations=(relation,))), own[0])
    return [parse_quantity(option.value).amount for option in options]


def test_figures_said_of_another_part_are_no_measure() -> None:
    found = peaks(("blue", "453"), ("blue", "431"), ("red", "662"), ("red", "642"))
    assert max(found) < 500


def test_where_parts_lie_among_each_other_all_figures_are_the_measure() -> None:
    found = peaks(("blue", "453"), ("blue", "662"), ("red", "431"), ("red", "642"))
    assert max(found) > 600


def test_the_decks_own_figures_come_first() -> None:
    (question, *_) = asked(
        bank(*losses("44", "66", "90"), relations=(GUNS,)), "fact:guns-66:value", Form.CHOICE
    )
    assert [option["value"] for option in question.content["distractors"][:2]] == ["44", "90"]


def test_what_is_made_up_is_as_round_as_the_key_before_it_is_as_long() -> None:
    written = bank(*losses("80", "120"), relations=(GUNS,))
    question = asked(written, "fact:guns-80:value", Form.CHOICE)[0]
    assert set.union(*ranked(question)) == {"50", "60", "100", "120"}


def test_figures_beside_a_key_with_decimals_tell_as_much() -> None:
    made = losses("11.3", "10.5")
    options = worked_out(Index(deck(*made, relations=(GUNS,))), made[0])
    lengths = {len(option.value.replace(".", "").strip("0")) for option in options}
    assert lengths == {3}


def test_where_figures_have_a_last_place_in_common_and_not_their_number_that_place_counts() -> None:
    made = losses("11.86", "29.45", "164.79")
    options = list(worked_out(Index(deck(*made, relations=(GUNS,))), made[0]))
    assert any(parse_quantity(option.value).amount < 10 for option in options)
    assert {len(option.value.partition(".")[2]) for option in options} == {2}


def test_there_are_no_more_percent_than_a_hundred() -> None:
    found = figures(Unit("percent", "percent", "percent", most="100"), "70", "40", "90")
    assert found
    assert all(amount <= 100 for amount in found)


def figures(unit: Unit, *amounts: str) -> list[Decimal]:
    """What is worked out for the first, all being of the unit."""
    own = losses(*amounts)
    made = deck(*own)
    measured = replace(RELATIONS["losses"], key="guns", unit=unit.key)
    vocabulary = made.vocabulary.with_(Vocabulary({}, {unit.key: unit}, {"guns": measured}))
    options = worked_out(Index(replace(made, vocabulary=vocabulary)), own[0])
    return [parse_quantity(option.value).amount for option in options]


def test_nothing_is_colder_than_cold_can_be() -> None:
    celsius = built_in_vocabularies()["common"].units["degree Celsius"]
    for key in ("-253", "-210", "-39"):
        found = figures(celsius, key, "1538", "0")
        assert found
        assert all(amount >= Decimal("-273.15") for amount in found)
    assert any(amount < -39 for amount in found)


def test_where_no_least_of_a_unit_is_known_none_is_below_the_relations_smallest() -> None:
    height = Unit("height", "height", "heights")
    found = figures(height, "-253", "-400", "90")
    assert any(amount < -253 for amount in found)
    assert all(amount >= -400 for amount in found)
    assert all(amount > 0 for amount in figures(height, "3", "40", "90"))


def test_bare_numbers_go_no_further_than_their_relation_does() -> None:
    group = Relation(
        "group", "group", ValueKind.NUMBER, ("battle",), single=True, ask=("{about}?",)
    )
    facts = [
        fact(battle, "group", number, uid=f"g{number}")
        for battle, number in (("alder", "16"), ("birch", "18"), ("cedar", "7"))
    ]
    made = deck(*facts)
    vocabulary = made.vocabulary.with_(Vocabulary({}, {}, {"group": group}))
    index = Index(replace(made, vocabulary=vocabulary))
    assert all(parse_quantity(o.value).amount <= 18 for o in worked_out(index, facts[0]))


DATES = ["1938-07-29", "1938-07", "1939-22", "1939", "193X", "1938-07-29/1938-08-11", "1937/1939",
         "1939~", "1937/..", "18XX", "1939-09-01/1939-12-31", "1939-01/1939-12"]  # fmt: skip


@pytest.mark.parametrize("value", DATES)
def test_dates_look_like_the_key_and_are_none_of_its_days(value: str) -> None:
    own = fact("alder", "fought", value, uid="own")
    index = Index(deck(own, LAST))
    found = list(worked_out(index, own))
    span = parse_span(value)
    assert {parse_span(option.value).low < span.low for option in found} == {True, False}
    for option in found:
        other = parse_span(option.value)
        assert look(other) == look(span)
        assert other.approximate == span.approximate
        assert not other.same_days(span)


@pytest.mark.parametrize("uid", ["one", "two", "three"])
@pytest.mark.parametrize("value", ["1962-08-27", "1938-07-29", "1941-02-13"])
def test_no_two_days_bear_one_number(value: str, uid: str) -> None:
    own = fact("alder", "fought", value, uid=uid)
    nearest = [option.value for option in worked_out(Index(deck(own, LAST)), own)][:8]
    days = [one[-2:] for one in (value, *nearest)]
    assert len(set(days)) == len(days)


def ends_of(value: str) -> list[tuple[Day, Day]]:
    """The first and last days of what is worked out for a date."""
    own = fact("alder", "fought", value, uid="own")
    spans = [parse_span(option.value) for option in worked_out(Index(deck(own, LAST)), own)]
    assert len(spans) > 3
    return [(span.low, span.high) for span in spans]


@pytest.mark.parametrize(
    "value", ["1939-09-01/1939-12-31", "1939-02-01/1939-02-28", "1936-02-01/1940-02-29"]
)
def test_an_interval_of_whole_months_is_beside_others_of_whole_months(value: str) -> None:
    for first, last in ends_of(value):
        assert first[2] == 1
        assert last[2] == monthrange(*last[:2])[1]


@pytest.mark.parametrize("value", ["1937-01-01/1939-12-31", "1938-01/1938-12"])
def test_an_interval_of_whole_years_is_beside_others_of_whole_years(value: str) -> None:
    for first, last in ends_of(value):
        assert (first[1:], last[1:]) == ((1, 1), (12, 31))


@pytest.mark.parametrize("value", ["1939-09-01/1939-12-30", "1939-09-02/1939-12-31"])
def test_other_intervals_move_by_days(value: str) -> None:
    assert any(first[2] > 2 for first, _ in ends_of(value))


def test_no_date_is_after_all_that_the_deck_speaks_of() -> None:
    own = fact("alder", "fought", "2000-11-20", uid="own")
    found = list(worked_out(Index(deck(own, LAST)), own))
    assert found
    assert all(parse_span(option.value).high <= (2001, 1, 1) for option in found)


def test_what_a_deck_has_put_aside_tells_how_far_it_reaches_too() -> None:
    own = fact("alder", "fought", "2000-11-20", uid="own")
    aside = Index(deck(own, replace(LAST, rank=Rank.DEPRECATED)))
    assert any(parse_span(option.value).low > (2000, 11, 20) for option in worked_out(aside, own))


@given(st.integers(1, 999), st.integers(0, 4), st.sampled_from(["", "~", ">", "<"]))
def test_figures_are_rounded_as_the_key_is(digits: int, zeros: int, mark: str) -> None:
    amount = str(digits * 10**zeros)
    own = replace(losses("44")[0], value=mark + amount)
    made = deck(own)
    vocabulary = made.vocabulary.with_(Vocabulary({}, {}, {"guns": GUNS}))
    index = Index(replace(made, vocabulary=vocabulary))
    found = list(worked_out(index, own))
    key = parse_quantity(own.value)
    fair = [o for o in found if within_range(key, parse_quantity(o.value))]
    assert [o for o in fair if rounded_alike(key, parse_quantity(o.value))]
    assert all(parse_quantity(option.value).shape == key.shape for option in found)


UNRANKED = {"place", "commander", "observer", "signatory", "witness", "also_called", "meaning"}


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_over_a_bank_no_rank_is_the_better_guess(shape: str) -> None:
    ranks: Counter[int] = Counter()
    like = SHAPES[shape]
    like = replace(like, leave_out=like.leave_out | UNRANKED)
    banks = [write_bank(synthetic(like, 200, seed)) for seed in (5, 6, 7)]
    for number, question in enumerate(chain.from_iterable(one.questions for one in banks)):
        if question.form is Form.CHOICE and question.content["sorted"]:
            for memory in range(8):
                chance = draw(b"secret", memory, number)
                shown = present(Form.CHOICE, question.stem, question.content, chance)
                ranks[shown.key[0]] += len(shown.options) == 3
    total = ranks.total()
    assert total > 300
    assert all(abs(count / total - 1 / 3) < 0.04 for count in ranks.values())


def options(*values: int) -> list[dict[str, str]]:
    return [{"text": str(value), "value": str(value), "entity": ""} for value in values]


@pytest.mark.parametrize(
    ("wrong", "places"),
    [
        ((1, 2, 8, 9), [0, 1, 2]),
        ((2, 8, 9), [0, 1, 0]),
        ((1, 2, 8), [2, 1, 2]),
        ((2, 8), [1, 1, 1]),
        ((8, 9), [0, 0, 0]),
        ((8,), [0, 0]),
    ],
)
def test_a_rank_that_cannot_be_is_its_mirror_image(
    wrong: tuple[int, ...], places: list[int]
) -> None:
    (key,) = options(5)
    assert key_ranks({"key": key, "distractors": options(*wrong), "sorted": True}) == places
