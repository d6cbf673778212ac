"""What is asked for by typing it, and what is only to be known again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.facts import Alias, Deck, Fact, Source
from questions.domain.generation import write_bank
from questions.domain.questions import Bank, Form
from tests.domain.generation.decks import SOURCES, asked, bank, deck, entity, fact
from tests.domain.generation.decks import refused as refused_of

TYPED = {Form.TYPED, Form.CLOZE}
LONG = "Ruined House of the Seven Old Brothers"


def forms(made: Bank, card: str) -> set[Form]:
    return {question.form for question in asked(made, card)}


def reasons(made: Bank, card: str) -> set[str]:
    return {one.reason for one in refused_of(made, card) if one.rule == "can be recalled"}


@pytest.mark.parametrize(
    ("aliases", "is_typed"),
    [
        ((), False),
        ((Alias("The House"),), True),
        ((Alias("Brothers’ House", loose=True),), True),
        ((Alias("The Old Ruined House of the Brothers"),), False),
    ],
)
def test_a_name_is_typed_if_one_of_its_forms_is_short(
    aliases: tuple[Alias, ...], *, is_typed: bool
) -> None:
    house = entity("house", "place", LONG, aliases=aliases)
    made = bank(fact("fen", "place", "house", uid="at"), entities=(house,))
    found = forms(made, "fact:at:value")
    assert Form.CHOICE in found
    assert (found >= TYPED) is is_typed
    assert (Form.FLASHCARD in found) is not is_typed
    assert bool(reasons(made, "fact:at:value")) is not is_typed


def test_asked_backwards_a_long_name_stands_on_a_flashcard() -> None:
    battle = entity("long", "battle", "Battle of the Seven Brothers’ Old Stone House")
    made = bank(fact("long", "fought", "1707-03-03", uid="day"), entities=(battle,))
    (card,) = asked(made, "fact:day:subject", Form.FLASHCARD)
    assert card.content == {"answer": battle.name, "points": []}
    assert not asked(made, "fact:day:subject", Form.TYPED)
    assert asked(made, "fact:day:value", Form.TYPED)


@pytest.mark.parametrize(
    ("name", "is_typed"),
    [
        ("Sea Fight", True),
        ("Fight at the Bridge", False),
        ("Nomikku", True),
        ("Nomikku no Tatakai", True),
        ("Nomikku no Tōsō", False),
        ("Tōsō", True),
        ("La Haye à l’été", False),
        ("Été à Orrin", True),
    ],
)
def test_what_is_quoted_word_for_word_or_written_over_is_to_be_known_again(
    name: str, *, is_typed: bool
) -> None:
    other = fact("fen", "also_called", name, uid="name")
    made = bank(other, complete=(("fen", "also_called", ()),))
    assert bool(asked(made, "fact:name:value", Form.TYPED)) is is_typed


def parts(*facts: Fact) -> Deck:
    """Sources of which two are parts of one document."""
    of = deck(*facts)
    text = Source("text", "The Register", cite="the Register’s text", origin="register")
    table = replace(text, key="table", cite="the Register’s table")
    return replace(of, sources={**SOURCES, "text": text, "table": table})


def test_which_part_of_a_document_says_what_is_not_typed() -> None:
    one = fact("peace", "signed", "1701-05-01", "text", uid="text")
    two = fact("peace", "signed", "1701-05-09", "table", uid="table")
    made = write_bank(parts(one, two))
    slots = {q.slot for uid in ("text", "table") for q in asked(made, f"fact:{uid}:value")}
    assert "typed:any" in slots
    assert not {"typed:0", "cloze:0"} & slots
    assert any("parts of one document" in why for why in reasons(made, "fact:text:value"))
    elsewhere = replace(two, passages=fact("peace", "signed", "1701", "annals").passages)
    assert {"typed:0", "cloze:0"} <= {
        q.slot for q in asked(write_bank(parts(one, elsewhere)), "fact:text:value")
    }


@pytest.mark.parametrize(("other", "is_typed"), [("5100", False), ("9000", True)])
def test_which_source_has_which_of_two_like_figures_is_not_typed(
    other: str, *, is_typed: bool
) -> None:
    side = {"side": "norland"}
    one = fact("elm", "losses", "5000", "chronicle", q=side, uid="one")
    two = fact("elm", "losses", other, "annals", q=side, uid="two")
    made = bank(one, two)
    assert ("typed:0" in {q.slot for q in asked(made, "fact:one:value")}) is is_typed
    assert "typed:any" in {q.slot for q in asked(made, "fact:one:value")}
