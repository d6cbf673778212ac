"""Names that tell their side, where a question names one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from questions.domain.facts import Deck
from questions.domain.generation.bank import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.sides import of_other_side
from questions.domain.questions import Form
from tests.domain.generation.decks import deck, entity

COMMANDER = "fact:alder-commander-adler:value"
NORLANDERS = tuple(entity(f"n{at}", "person", f"Nils Falk {at}", side="norland") for at in (1, 2))


def sides_offered(of: Deck, card: str = COMMANDER, **given: Any) -> set[str]:
    """Whose names may stand beside the key."""
    choices = [
        question
        for question in write_bank(of, **given).questions
        if question.card == card and question.form is Form.CHOICE
    ]
    assert choices
    offered = (one["value"] for question in choices for one in question.content["distractors"])
    return {of.entities[value].side for value in offered}


def test_where_the_question_names_a_side_two_of_that_side_are_offered_alone() -> None:
    assert sides_offered(deck(entities=NORLANDERS)) == {"norland"}


def test_where_that_side_has_no_two_others_the_other_side_s_are_offered() -> None:
    assert "sudmark" in sides_offered(deck())


def test_an_answer_that_learners_gave_stays_whatever_its_side() -> None:
    seen = {COMMANDER: {"dahl": (5, 10)}}
    assert "sudmark" in sides_offered(deck(entities=NORLANDERS), observed=seen)


@pytest.mark.parametrize(
    ("stem", "spoken", "told"),
    [
        ("Who led Norland?", {"norland"}, True),
        ("Who commanded Norlandic troops?", (), True),
        ("Who wrote it?", (), False),
        ("Who fought in the Norlandic–Westria War?", (), False),
        ("Who led Norland in the Norlandic–Westria War?", {"norland"}, True),
    ],
)
def test_a_name_of_another_side_is_told_by_the_side_of_which_is_asked(
    stem: str, spoken: Collection[str], told: bool
) -> None:
    assert of_other_side(Index(deck()), "adler", "ewald", spoken, (stem,)) is told
    assert not of_other_side(Index(deck()), "adler", "brandt", spoken, (stem,))
