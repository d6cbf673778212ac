"""What a deck lets on flashcards though its question half tells its answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.facts import Relation, ValueKind
from questions.domain.generation.doubts import doubts
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.options import no_cue
from questions.domain.questions import Bank, Direction, Form
from tests.domain.generation.decks import asked, bank, deck, entity, fact

CAUSE = Relation(
    "cause", "cause", ValueKind.ENTITY, ("treaty",), ("person",), single=True, reverse_single=True,
    ask=("Who brought about {about}?", "Whose doing was {about}?"),
    reverse=("Which treaty did {value} bring about?",),
    state=("{About} was brought about by {value}.",),
)  # fmt: skip
VALUE, SUBJECT = "fact:cause:value", "fact:cause:subject"


def caused(maker: str, *forms: Form) -> Bank:
    made = fact("peace", "cause", "maker", uid="cause", forms=forms)
    return bank(made, relations=(CAUSE,), entities=(entity("maker", "person", maker),))


def test_a_question_with_a_word_of_its_answer_is_asked_on_a_card_where_the_deck_lets_it() -> None:
    assert not asked(caused("Count Velmar"), VALUE)
    made = caused("Count Velmar", Form.TYPED, Form.FLASHCARD)
    assert {one.form for one in asked(made, VALUE)} == {Form.FLASHCARD}
    assert {one.form for one in asked(made, SUBJECT)} == {Form.FLASHCARD}
    (first, *_) = asked(made, VALUE)
    assert first.content["answer"] == "Count Velmar"


def test_what_can_be_typed_needs_no_card() -> None:
    made = caused("Count Orlo", Form.TYPED, Form.FLASHCARD)
    assert {one.form for one in asked(made, VALUE)} == {Form.TYPED}
    untyped = caused("Count Orlo", Form.CHOICE, Form.FLASHCARD)
    assert {one.form for one in asked(untyped, VALUE)} == {Form.CHOICE, Form.FLASHCARD}


@pytest.mark.parametrize("maker", ["Velm", "the Velm"])
def test_the_whole_answer_is_told_on_no_card(maker: str) -> None:
    assert not asked(caused(maker, Form.TYPED, Form.FLASHCARD), VALUE)


def test_the_audit_warns_of_the_word_and_breaks_no_rule() -> None:
    made = caused("Count Velmar", Form.TYPED, Form.FLASHCARD)
    card = next(one for one in made.cards if one.key == VALUE)
    assert card.direction is Direction.VALUE
    given = fact("peace", "cause", "maker", uid="cause", forms=(Form.TYPED, Form.FLASHCARD))
    people = (entity("maker", "person", "Count Velmar"),)
    index = Index(deck(given, relations=(CAUSE,), entities=people))
    (first, *_) = asked(made, VALUE)
    item = Item(index, card, first)
    assert no_cue(item) == ""
    assert [name for name, _ in doubts(item)] == ["cue"]
    whole = replace(first, stem="Who brought about the Peace of Count Velmar?")
    assert "whole answer" in no_cue(Item(index, card, whole))
