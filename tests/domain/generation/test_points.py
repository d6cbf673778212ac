"""Key points: each stands in its answer, and says more than the question does."""

from __future__ import annotations

import pytest

from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.points import odd_points, points_answer
from questions.domain.questions import CardSpec, Direction, Form, Written
from tests.domain.generation.decks import asked, bank, deck, fact, refused

ANSWER = "It broke the siege of 1701 and opened the road that the farmers took to Velm"


def card(*points: str, stem: str = "What did the Battle of Alder Hill mean for the war?") -> Item:
    content = {"answer": ANSWER, "points": list(points)}
    question = Written("c", "flashcard:0", Form.FLASHCARD, stem, content)
    return Item(Index(deck()), CardSpec("c", Direction.VALUE, "c", "", ()), question)


@pytest.mark.parametrize(
    "point", ["the meaning for the war", "a battle at Alder Hill", "it was in 1702", "12 guns"]
)
def test_a_point_that_the_answer_cannot_hold_is_refused(point: str) -> None:
    assert point in points_answer(card("breaking the siege", point))


@pytest.mark.parametrize(
    "point",
    ["the siege was broken in 1701", "the battle opened the road", "farmers", "an end of hunger"],
)
def test_a_point_in_other_words_is_not(point: str) -> None:
    assert points_answer(card(point)) == ""


@pytest.mark.parametrize(
    "point", ["an end of hunger", "the men of Norland took the road", "cheap bread"]
)
def test_a_point_of_which_the_answer_says_nothing_is_pointed_out(point: str) -> None:
    assert point in odd_points(card("breaking the siege", point))


@pytest.mark.parametrize(
    "point", ["the siege broken", "opening roads", "a farmer takes the road", "Velm", "in Alder"]
)
def test_a_point_whose_words_the_answer_or_the_question_has_is_not(point: str) -> None:
    assert odd_points(card(point)) == ""


def test_a_fact_with_such_a_point_is_not_asked_and_its_teacher_is_told() -> None:
    told = bank(fact("alder", "meaning", ANSWER, uid="m", points=("the road", "400 dead")))
    assert not asked(told, "fact:m:value")
    (why,) = refused(told, "fact:m:value")
    assert why.rule == "points answer"
    assert "400" in why.reason
