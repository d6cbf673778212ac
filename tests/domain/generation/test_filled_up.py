"""Pools hold more than the two that are shown wherever more are as good: the memory's firmness then
has something to choose from."""

from __future__ import annotations

from itertools import combinations
from statistics import median

import pytest

from questions.domain.chance import draw
from questions.domain.generation import write_bank
from questions.domain.generation.distractors import LONE
from questions.domain.generation.index import Index
from questions.domain.generation.likeness import entity_likeness, fitting_length
from questions.domain.presentation import present
from questions.domain.questions import Form, Written
from tests.domain.generation.decks import PEOPLE, asked, deck, distractors, entity, fact
from tests.synthetic import synthetic

ADLER = "fact:alder-commander-adler:value"
ALONE = fact("alder", "commander", "adler", q={"side": "norland"})


def commanders(*names: str, side: str = "norland") -> list[str]:
    """The wrong answers to who commanded at the one battle of which the deck tells it."""
    more = tuple(
        entity(f"x{at}", "person", name, side=side, surname=name.split()[-1])
        for at, name in enumerate(names)
    )
    made = deck(ALONE, base=False, entities=more)
    return distractors(asked(write_bank(made), ADLER, Form.CHOICE)[0])


def test_strangers_as_like_as_the_two_that_are_needed_join_them() -> None:
    found = commanders("Uta Amsel", "Ina Ahlers", "Eva Adam")
    assert {"x0", "x1", "x2", "brandt"} == set(found)


def test_strangers_less_like_than_that_are_no_padding() -> None:
    found = commanders("Uta Amsel", "Ina Ahlers", "Eva Adam", side="westria")
    assert found[0] == "brandt"
    assert len(found) == 2
    assert {one.key for one in PEOPLE[2:]}.isdisjoint(found)


def test_where_two_stand_in_the_relation_no_stranger_joins_them_however_like() -> None:
    facts = [
        fact("alder", "commander", "adler"),
        fact("birch", "commander", "corvin"),
        fact("cedar", "commander", "ewald"),
    ]
    found = distractors(
        asked(
            write_bank(deck(*facts, base=False)), "fact:alder-commander-adler:value", Form.CHOICE
        )[0]
    )
    index = Index(deck(*facts, base=False))
    assert set(found) == {"corvin", "ewald"}
    assert entity_likeness(index, "adler", "brandt") > entity_likeness(index, "adler", "ewald")


def test_where_one_stands_in_the_relation_one_stranger_stands_beside_it() -> None:
    facts = [fact("alder", "commander", "adler"), fact("birch", "commander", "corvin")]
    people = tuple(
        entity(key, "person", name, side="norland")
        for key, name in (("y0", "Ina Ahlers"), ("y1", "Eva Adam"), ("y2", "Uta Amsel"))
    )
    made = write_bank(deck(*facts, base=False, entities=people))
    found = distractors(asked(made, "fact:alder-commander-adler:value", Form.CHOICE)[0])
    assert found[0] == "corvin"
    assert len(found) == 2


@pytest.mark.parametrize("shape", ["plain", "long", "crowded", "nested"])
def test_what_fills_a_pool_is_like_enough_and_leaves_the_key_of_middle_length(shape: str) -> None:
    of = synthetic(shape, 120)
    index = Index(of)
    pools = [each for each in write_bank(of).questions if _is_filled(each)]
    assert pools
    for question in pools:
        key = question.content["key"]
        wrong = question.content["distractors"]
        assert _key_lies_within(question) or _none_fits(question)
        strangers = [one["value"] for one in wrong if not _is_kin(index, question, one["value"])]
        likes = [entity_likeness(index, key["value"], one) for one in strangers[2:]]
        assert (
            question.content["sorted"] or _dated(index, question) or min(likes, default=1) >= LONE
        )


def _is_filled(question: Written) -> bool:
    filled = question.form is Form.CHOICE and len(question.content["distractors"]) > 2
    return filled and bool(question.content["key"]["entity"])


def _key_lies_within(question: Written) -> bool:
    key = len(question.content["key"]["text"])
    lengths = [len(one["text"]) for one in question.content["distractors"]]
    pairs = combinations(lengths, 2)
    return all(0.67 <= key / median((key, *pair)) <= 1.5 for pair in pairs)


def _none_fits(question: Written) -> bool:
    """Then the audit warns of it, as it did of the first two alone."""
    key = question.content["key"]["text"]
    return not any(fitting_length(key, one["text"]) for one in question.content["distractors"])


def _is_kin(index: Index, question: Written, value: str) -> bool:
    fact_ = index.by_uid[question.card.split(":")[1]]
    backwards = question.card.endswith(":subject")
    return f"{'a' if backwards else 'v'} {fact_.relation}" in index.roles(value)


def _dated(index: Index, question: Written) -> bool:
    """Asked for whom from a date, likeness goes by that date."""
    fact_ = index.by_uid[question.card.split(":")[1]]
    return question.card.endswith(":subject") and index.kind(fact_).value == "date"


def test_of_three_a_new_memory_never_sees_the_likest_and_a_firm_one_never_the_least() -> None:
    question = next(
        each
        for each in write_bank(synthetic("plain", 120)).questions
        if each.form is Form.CHOICE
        and len(each.content["distractors"]) == 3
        and not each.content["sorted"]
    )
    first, _, last = (one["text"] for one in question.content["distractors"])
    for memory in range(40):
        stream = draw(b"secret", memory)
        assert first not in present(Form.CHOICE, "?", question.content, stream, 0.0).options
        stream = draw(b"secret", memory)
        assert last not in present(Form.CHOICE, "?", question.content, stream, 1.0).options
