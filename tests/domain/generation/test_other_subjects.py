"""Decks as teachers of other subjects write them: geography and biology, read as a strict examiner
would."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from questions.domain.audit import Audit, Auditor, Stored
from questions.domain.facts import Deck
from questions.domain.generation.bank import write_bank
from questions.domain.interchange import advice, built_in_vocabularies, read_deck, write_deck
from questions.domain.questions import Bank, Form, State, Written

DECKS = Path(__file__).resolve().parents[2] / "decks"
NAMES = ("rivers", "body")


@lru_cache
def deck(name: str) -> Deck:
    path = DECKS / f"{name}.yaml"
    return read_deck(path.read_bytes(), built_in_vocabularies(), path.name)


@lru_cache
def bank(name: str) -> Bank:
    return write_bank(deck(name))


@lru_cache
def audit(name: str) -> Audit:
    written: dict[str, list[Stored]] = defaultdict(list)
    for number, question in enumerate(bank(name).questions):
        assert question.state is State.ACTIVE
        written[question.card].append(Stored(number, question))
    auditor = Auditor(deck(name))
    for card in bank(name).cards:
        auditor.look_at(card, written[card.key])
    return auditor.report()


def asked(name: str, form: Form, part: str = "") -> list[Written]:
    return [one for one in bank(name).questions if one.form is form and part in one.stem]


def options(question: Written) -> set[str]:
    content = question.content
    return {content["key"]["text"], *(option["text"] for option in content["distractors"])}


def order(question: Written) -> list[str]:
    return [item["text"] for item in question.content["items"]]


@pytest.mark.parametrize("name", NAMES)
def test_no_question_breaks_a_rule(name: str) -> None:
    assert audit(name).violations == []
    assert audit(name).coverage.neither == 0
    assert audit(name).coverage.both >= 27


@pytest.mark.parametrize(("name", "left"), [("rivers", set()), ("body", {"made_in"})])
def test_hardly_a_fact_is_left_without_a_question(name: str, left: set[str]) -> None:
    relations = {fact.uid: fact.relation for fact in deck(name).facts}
    assert {relations[one.key] for one in audit(name).unasked} == left
    assert all(one.reasons for one in audit(name).unasked)


@pytest.mark.parametrize("name", NAMES)
def test_the_deck_is_written_as_it_is_read(name: str) -> None:
    written = write_deck(deck(name))
    again = read_deck(written.encode(), built_in_vocabularies())
    assert write_deck(again) == written
    assert bank(name).questions == write_bank(again).questions


@pytest.mark.parametrize("name", NAMES)
def test_every_stem_is_a_whole_sentence_that_asks(name: str) -> None:
    for question in bank(name).questions:
        if question.form is Form.CLOZE:
            continue
        assert question.stem[0].isupper()
        assert question.stem[-1] in "?."
        for clumsy in ("(s)", "discovered or invented", "by who ", "To who ", "Of who "):
            assert clumsy not in question.stem


def test_what_follows_each_other_is_put_in_order() -> None:
    assert [order(one) for one in asked("rivers", Form.ORDERING)] == [
        ["Vienna", "Bratislava", "Budapest", "Belgrade"]
    ]
    found = {one.stem: order(one) for one in asked("body", Form.ORDERING)}
    assert found["Put the stages of mitosis in order, beginning with the first."] == [
        "prophase", "metaphase", "anaphase", "telophase",
    ]  # fmt: skip
    assert found["Put these organs of the digestive tract in the order in which food passes them."][
        :3
    ] == ["mouth", "oesophagus", "stomach"]


def test_a_sea_is_no_wrong_answer_beside_the_ocean_that_it_is_part_of() -> None:
    wholes = {"Bay of Biscay": "Atlantic Ocean", "English Channel": "Atlantic Ocean",
              "Adriatic Sea": "Mediterranean Sea"}  # fmt: skip
    for question in asked("rivers", Form.CHOICE):
        key = question.content["key"]["text"]
        for part, whole in wholes.items():
            assert not (key == part and whole in options(question))
            assert not (key == whole and part in options(question))


def test_a_river_is_never_typed_from_the_sea_into_which_others_flow_too() -> None:
    assert not asked("rivers", Form.TYPED, "Which river flows into")
    for question in asked("rivers", Form.CHOICE, "Which river flows into"):
        assert question.stem.endswith(("the Baltic Sea?", "the Caspian Sea?"))


def test_a_length_on_which_books_differ_names_its_book_or_takes_both() -> None:
    for question in bank("rivers").questions:
        if "the Danube" not in question.stem or "long is" not in question.stem:
            continue
        expected = question.content.get("expected", {})
        both = {expected.get("value"), *expected.get("accept", ())} == {"2850", "2888"}
        assert question.stem.startswith("According to the ") or both


def test_who_found_it_is_typed_where_it_was_one_and_listed_where_they_were_two() -> None:
    typed = {one.stem: one.content["expected"]["value"] for one in asked("body", Form.TYPED, "Who")}
    assert typed == {
        "Who discovered penicillin?": "Alexander Fleming",
        "Who discovered the ABO blood groups?": "Karl Landsteiner",
        "Who discovered X-rays?": "Wilhelm Röntgen",
        "Who invented the stethoscope?": "René Laennec",
        "Who invented the ophthalmoscope?": "Hermann von Helmholtz",
    }
    (both,) = asked("body", Form.LIST, "Insulin")
    assert both.stem == "Insulin was discovered by two people. Name them."
    for question in asked("body", Form.CHOICE, "discovered insulin"):
        assert not {"Frederick Banting", "Charles Best"} <= options(question)


def test_a_count_says_where_it_is_taken() -> None:
    counts = asked("body", Form.TYPED, "chromosomes")
    assert len(counts) == 14
    for question in counts:
        assert "in a body cell" in question.stem


def test_a_kind_is_named_without_an_article_and_only_with_options() -> None:
    assert not asked("body", Form.TYPED, "a kind of")
    stems = {one.stem for one in asked("body", Form.CHOICE, "a kind of")}
    assert "Which of these is pepsin a kind of?" in stems
    assert "Which substance is a kind of enzyme?" in stems


def test_what_may_have_further_values_is_worth_a_note() -> None:
    assert [str(one) for one in advice(deck("rivers"))] == []
    untyped, offered = (one.message.params["names"] for one in advice(deck("body")))
    assert untyped == "kind_of"
    assert "pepsin kind_of" in offered


def test_a_fact_says_which_of_its_questions_are_missing_and_why() -> None:
    found = {one.says: one.reasons for one in audit("rivers").partly}
    backwards = found["danube mouth black-sea: its subject is not asked"]
    assert backwards[0] == "choice: “Dnieper” would be right too."
    assert all(found.values())
    assert not [says for says in found if says.startswith("austria capital vienna")]
    assert not [says for says in found if says.startswith("danube capital_on_it")]


def test_a_range_is_only_typed_and_says_why() -> None:
    found = {one.says: one.reasons for one in audit("body").partly}
    says = "red-cell measure_of 7..8, of diameter: its value is only to be recalled"
    assert [reason for reason in found[says] if reason.startswith("choice: ")]


def test_the_truth_of_a_list_names_all_of_it_in_the_order_of_the_deck() -> None:
    (both,) = asked("body", Form.LIST, "Insulin was")
    assert both.statement == "Insulin was discovered by Frederick Banting and Charles Best."
    for question in (*asked("body", Form.ORDERING, "mitosis"), *asked("rivers", Form.ORDERING)):
        places = [question.statement.index(text) for text in map(without_capital, order(question))]
        assert places == sorted(places)


def without_capital(text: str) -> str:
    """As it stands at the start of a sentence or within one."""
    return text[1:]
