"""Where the deck has no two wrong answers of the key's own type, others of a kind with it serve."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.facts import Deck, EntityType, Relation, ValueKind
from questions.domain.generation import write_bank
from questions.domain.generation.gaps import hint
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import problems
from questions.domain.questions import Form
from tests.domain.generation.decks import asked, deck, distractors, entity, fact

SCOUT = EntityType("scout", "scout", "scouts", "who", wider="person")
FORT = EntityType("fort", "fort", "forts", "which fort", wider="place")
BATTLES = ("alder", "birch", "cedar", "doorn")
CARD = "fact:led-0:value"


def guided(kind: EntityType, of: str, ask: str, *values: str) -> Deck:
    """Battles that were guided by these, each a key and its type."""
    relation = Relation(
        "guided", "guided", ValueKind.ENTITY, ("battle",), (of,), single=True, ask=(ask,),
        state=("{About} was decided by way of {value}.",),
    )  # fmt: skip
    pairs = [value.split() for value in values]
    entities = tuple(entity(key, type_, key.title()) for key, type_ in pairs)
    facts = [
        fact(about, "guided", key, uid=f"led-{at}")
        for at, (about, (key, _)) in enumerate(zip(BATTLES, pairs, strict=False))
    ]
    made = deck(*facts, entities=entities, relations=(relation,))
    types = {**made.vocabulary.types, kind.key: kind}
    return replace(made, vocabulary=replace(made.vocabulary, types=types))


def offered(made: Deck) -> set[str]:
    found = asked(write_bank(made), CARD, Form.CHOICE)
    return set(distractors(found[0])) if found else set()


WHO = "Who decided {about}?"


def test_those_of_another_type_serve_where_the_relation_takes_both() -> None:
    made = guided(SCOUT, "person", WHO, "marek scout", "petra person", "tomas person")
    assert offered(made) == {"petra", "tomas"}


def test_those_of_its_own_type_come_before_them_though_they_do_not_stand_in_the_relation() -> None:
    made = guided(SCOUT, "person", WHO, "marek person", "petra scout", "tomas scout")
    assert not offered(made) & {"petra", "tomas"}


def test_those_of_its_own_type_come_first_and_alone_where_there_are_two() -> None:
    found = offered(
        guided(SCOUT, "person", WHO, "marek scout", "petra scout", "tomas scout", "jan person")
    )
    assert found == {"petra", "tomas"}


def test_none_serves_where_the_relation_takes_the_narrow_type_alone() -> None:
    made = guided(SCOUT, "scout", WHO, "marek scout", "petra person", "tomas person")
    assert offered(made) == set()


def test_a_question_for_the_narrow_type_is_not_answered_with_another() -> None:
    values = ("holm fort", "reed place", "moss place")
    assert offered(guided(FORT, "place", "Which fort decided {about}?", *values)) == set()
    assert offered(guided(FORT, "place", "What decided {about}?", *values)) == {"reed", "moss"}


def test_the_audit_finds_an_option_of_a_type_that_the_question_rules_out() -> None:
    made = guided(FORT, "place", "What decided {about}?", "holm fort", "reed place", "moss place")
    written = write_bank(made)
    (question,) = asked(written, CARD, Form.CHOICE)
    spec = next(one for one in written.cards if one.key == CARD)
    index = Index(made)
    assert not list(problems(Item(index, spec, question)))
    narrow = replace(question, stem="Which fort decided the Battle of Alder Hill?")
    assert [rule.name for rule, _ in problems(Item(index, spec, narrow))] == ["options apart"]


@pytest.mark.parametrize(
    ("of", "value", "wanted"),
    [
        ("person", "marek scout", "person"),
        ("scout", "marek scout", "scout"),
        ("place", "holm fort", "fort"),
    ],
)
def test_beside_a_gap_somebody_is_called_what_the_relation_takes(
    of: str, value: str, wanted: str
) -> None:
    made = guided(FORT if "fort" in value else SCOUT, of, WHO, value)
    index = Index(made)
    assert hint(index, index.by_uid["led-0"], "The battle was decided by ", ".") == wanted
