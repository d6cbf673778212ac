"""Which figures stand beside a right one: its relation’s own first, none that it cannot have."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import Deck, Fact, Relation, Unit, ValueKind, Vocabulary
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.powers import common_ratio
from questions.domain.generation.worked_out import worked_out
from questions.domain.questions import Form
from questions.domain.values import parse_quantity
from tests.domain.generation.decks import RELATIONS, TYPES, UNITS, asked, deck, entity, fact

WIDTH = Relation(
    "width", "width", ValueKind.NUMBER, ("ship",), unit="plank", single=True,
    ask=("How many {unit} wide is {about}?", "What is the width of {about} in {unit}?"),
    state=("{About} is {value} {unit} wide.",),
)  # fmt: skip
BERTH = Relation(
    "berth", "berth", ValueKind.NUMBER, ("ship",), single=True,
    ask=("At which berth does {about} lie?", "What is the number of the berth of {about}?"),
    state=("The berth of {about} is {value}.",),
)  # fmt: skip
MASTS = replace(BERTH, ask=("How many masts has {about}?",), state=("{About} has {value} masts.",))
HEIGHT = replace(WIDTH, key="height")
OWN = Vocabulary(
    {**TYPES, "ship": replace(TYPES["place"], key="ship", label="ship")},
    {**UNITS, "plank": Unit("plank", "plank", "planks")},
    {**RELATIONS, "width": WIDTH, "berth": BERTH, "height": HEIGHT},
)


def fleet(*facts: Fact, masts: bool = False) -> Deck:
    names = dict.fromkeys(one.about for one in facts)
    ships = tuple(entity(name, "ship", f"Ship {name}") for name in names)
    relations = {**OWN.relations, **({"berth": MASTS} if masts else {})}
    return replace(
        deck(*facts, entities=ships, base=False), vocabulary=replace(OWN, relations=relations)
    )


def figures(relation: str, *values: str, **fields: object) -> list[Fact]:
    return [
        fact(f"{relation}{at}", relation, value, uid=f"{relation}-{value}", **fields)
        for at, value in enumerate(values)
    ]


def pool(made: Deck, uid: str) -> set[str]:
    questions = asked(write_bank(made), f"fact:{uid}:value", Form.CHOICE)
    return {option["value"] for one in questions for option in one.content["distractors"]}


POWERS = ("4", "8", "16", "32")


def test_beside_powers_only_powers_are_made_up() -> None:
    made = fleet(*figures("width", *POWERS))
    assert pool(made, "width-16") == {"4", "8", "32", "64"}
    assert pool(made, "width-32") == {"8", "16", "64"}
    assert pool(made, "width-4") == {"2", "8", "16"}


def test_what_another_relation_tells_is_not_beside_powers_unless_it_is_one() -> None:
    made = fleet(*figures("width", *POWERS), *figures("height", "12", "48", "64"))
    assert pool(made, "width-16") == {"4", "8", "32", "64"}


def test_beside_what_has_nothing_in_common_figures_are_made_up_as_ever() -> None:
    assert not pool(fleet(*figures("width", "5", "8", "17", "32")), "width-17") <= {"5", "8", "32"}


@given(st.integers(2, 10), st.integers(1, 5), st.sets(st.integers(0, 6), min_size=4))
def test_powers_are_known_by_any_four(base: int, first: int, powers: set[int]) -> None:
    sizes = [float(first * base**power) for power in powers]
    ratio = common_ratio(sizes)
    assert ratio > 1
    for size in sizes:
        times = Decimal(max(sizes)) / Decimal(size)
        while times > 1:
            times /= ratio
        assert times == 1


@pytest.mark.parametrize(
    "sizes", [(4, 8, 16), (4, 8, 16, 24), (2, 3, 4, 8), (0, 2, 4, 8), (8, 8, 8, 8)]
)
def test_what_is_no_row_of_powers_is_not_taken_for_one(sizes: tuple[float, ...]) -> None:
    assert common_ratio([float(size) for size in sizes]) == 0


PORTS = ("21", "25", "34", "53", "60", "70", "79", "110")


def test_numbers_that_only_name_stand_beside_others_that_name_something() -> None:
    for port in PORTS:
        assert pool(fleet(*figures("berth", *PORTS)), f"berth-{port}") <= set(PORTS)


def test_counts_without_a_unit_may_stand_beside_made_up_ones() -> None:
    every = [pool(fleet(*figures("berth", *PORTS), masts=True), f"berth-{port}") for port in PORTS]
    assert any(not one <= set(PORTS) for one in every)


def test_where_few_numbers_name_something_some_that_name_nothing_stand_beside_them() -> None:
    assert len(pool(fleet(*figures("berth", "50", "79")), "berth-79")) > 1


def test_beside_what_is_exact_by_definition_nothing_is_made_up() -> None:
    own = ("32", "48", "56", "70")
    exact = fleet(*figures("width", *own, exact=True))
    for value in own:
        assert pool(exact, f"width-{value}") <= set(own)
    rough = fleet(*figures("width", *own))
    assert any(not pool(rough, f"width-{value}") <= set(own) for value in own)


def test_exact_figures_may_end_on_noughts_beside_others_and_be_near_them() -> None:
    made = fleet(*figures("width", "1000", "1024", exact=True))
    assert pool(made, "width-1024") == {"1000"}
    assert pool(made, "width-1000") == {"1024"}
    assert "1000" not in pool(fleet(*figures("width", "1000", "1024")), "width-1024")


def test_the_relations_own_figures_come_before_those_of_others() -> None:
    made = fleet(*figures("width", "40", "47", "55", "66", "78"), *figures("height", "44", "60"))
    assert pool(made, "width-55") == {"40", "47", "66", "78"}


def test_others_of_the_unit_fill_a_side_before_what_is_made_up() -> None:
    made = fleet(*figures("width", "40", "47", "55"), *figures("height", "66", "78"))
    assert pool(made, "width-55") == {"40", "47", "66", "78"}


def test_made_up_figures_are_as_round_as_all_of_a_relation_are() -> None:
    own = figures("width", "120", "240", "360", "480")
    index = Index(fleet(*own))
    for one in own:
        made = [parse_quantity(option.value).amount for option in worked_out(index, one)]
        assert made
        assert all(amount % 10 == 0 for amount in made)
