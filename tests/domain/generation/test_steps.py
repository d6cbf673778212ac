"""The steps of a process: put in order where the deck holds them all, in the order of its file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.audit import Auditor, Stored
from questions.domain.facts import Deck
from questions.domain.generation.bank import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import first_problem
from questions.domain.questions import Form, Written
from tests.domain.generation.decks import read

HEAD = """\
title: The cell
use: [general]
sources: {book: {title: Biology}}
types: {phase: {label: phase, many: phases, ask: which phase, in: process}}
relations:
  passes:
    value: entity
    of: [phase]
    ask: ["Name a phase of {about}.", "{Which value} belongs to {about}?"]
    order: Put the {count} {values} of {about} in their order, the first first.
    state: ["{Value} is a phase of {about}."]
entities:
  mitosis: {type: process, name: mitosis}
"""
PHASES = ("prophase", "metaphase", "anaphase", "telophase")


def deck(*names: str, complete: bool = True, relation: str = "passes") -> Deck:
    entities = "".join(f"  e{at}: {{type: phase, name: {name}}}\n" for at, name in enumerate(names))
    facts = "".join(
        f"  - {{about: mitosis, is: {relation}, value: e{at}, source: book}}\n"
        for at in range(len(names))
    )
    lists = f"complete:\n  - {{about: mitosis, is: {relation}}}\n" if complete else ""
    return read(f"{HEAD}{entities}facts:\n{facts}{lists}")


def orderings(of: Deck) -> list[Written]:
    return [one for one in write_bank(of).questions if one.form is Form.ORDERING]


def shown(question: Written) -> list[str]:
    return [item["text"] for item in question.content["items"]]


def test_the_steps_of_a_complete_list_are_put_in_the_order_of_the_file() -> None:
    (question,) = orderings(deck(*PHASES))
    assert question.stem == "Put the four phases of mitosis in their order, the first first."
    assert shown(question) == list(PHASES)
    (turned,) = orderings(deck(*reversed(PHASES)))
    assert shown(turned) == list(reversed(PHASES))


def test_a_list_that_may_lack_steps_is_not_ordered() -> None:
    made = write_bank(deck(*PHASES, complete=False))
    assert not [one for one in made.questions if one.form is Form.ORDERING]
    refused = [one.rule for one in made.refused if one.form is Form.ORDERING]
    assert refused == ["complete lists only"]


@pytest.mark.parametrize(
    "names",
    [
        PHASES[:2],
        ("first phase", "second phase", "third phase"),
        ("phase I", "phase II", "phase III"),
        tuple(f"{word} state" for word in "red blue pink grey lime gold teal rose plum".split()),
    ],
)
def test_too_few_too_many_or_numbered_steps_are_not_ordered(names: tuple[str, ...]) -> None:
    assert orderings(deck(*names)) == []


def test_one_numbered_step_more_or_less_tells_nothing() -> None:
    (question,) = orderings(deck("G1 phase", "S phase", "G2 phase"))
    assert shown(question) == ["G1 phase", "S phase", "G2 phase"]


def test_the_general_vocabulary_has_stages_that_are_named_and_ordered() -> None:
    made = write_bank(deck(*PHASES, complete=False, relation="has_stage"))
    forms = {one.form: one.stem for one in made.questions if one.card.startswith("list:")}
    assert forms == {
        Form.LIST: "Mitosis has four stages. Name them.",
        Form.ORDERING: "Put the stages of mitosis in order, beginning with the first.",
    }


def test_the_audit_notices_steps_that_stand_in_another_order() -> None:
    of = deck(*PHASES)
    (question,) = orderings(of)
    (card,) = [one for one in write_bank(of).cards if one.key == question.card]
    auditor = Auditor(of)
    auditor.look_at(card, [Stored(1, question)])
    assert auditor.report().violations == []
    turned = replace(question, content={"items": question.content["items"][::-1]})
    auditor.look_at(card, [Stored(2, turned)])
    assert "order is certain" in {one.rule for one in auditor.report().violations}
    problem = first_problem(Item(Index(of), card, turned))
    assert problem
    assert problem[1] == "The steps are not in the order of the deck."
