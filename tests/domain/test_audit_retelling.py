"""What the audit finds where a row says something else than its deck: changed by hand, or older."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from questions.domain.audit import Auditor, Finding, Stored
from questions.domain.facts import Deck, Relation, ValueKind
from questions.domain.generation import write_bank
from questions.domain.generation.retelling import OWN_WORDS
from questions.domain.questions import Form, Written
from tests.domain.generation.decks import (
    AuthoredForm,
    AuthoredQuestion,
    asked,
    bank,
    deck,
    fact,
    refused,
)
from tests.domain.test_audit import audited

BY_HAND = AuthoredQuestion(
    "why", AuthoredForm.CHOICE, "Why did it begin?", "a quarrel", ("a comet", "a wedding")
)
RIVAL = fact("alder", "losses", "5500", "annals", q={"side": "norland"}, uid="rival")


def of_all_forms() -> Deck:
    return deck(
        RIVAL,
        fact("alder", "commander", "brandt", q={"side": "norland"}),
        fact("alder", "meaning", "it opened the north"),
        complete=(("alder", "commander", (("side", "norland"),)),),
        authored=(BY_HAND,),
    )


def found_in(form: Form, change: Callable[[Written], Written], card: str = "") -> list[Finding]:
    """Violations among the questions of a form, all of which were changed so."""
    asked = 0

    def changed(question: Written) -> Written:
        nonlocal asked
        if question.form is not form or not question.card.startswith(card):
            return question
        asked += 1
        return change(question)

    found = audited(of_all_forms(), change=changed).violations
    assert asked
    return found


def content(**parts: Any) -> Callable[[Written], Written]:
    return lambda question: replace(question, content={**question.content, **parts})


def option(text: str, value: str, entity: str = "") -> Mapping[str, str]:
    return {"text": text, "value": value, "entity": entity}


def expected(**parts: Any) -> Callable[[Written], Written]:
    def changed(question: Written) -> Written:
        return content(expected={**question.content["expected"], **parts})(question)

    return changed


def test_a_bank_as_it_was_written_says_what_the_deck_says() -> None:
    assert audited(of_all_forms()).violations == []


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    "change",
    [
        lambda question: replace(question, stem="Which town is a capital?"),
        lambda question: replace(question, stem=""),
        lambda question: replace(question, statement="Nothing of that is true."),
        lambda question: replace(question, explanation="As everybody knows."),
        lambda question: replace(question, content={}),
    ],
    ids=["stem", "no stem", "statement", "explanation", "no content"],
)
def test_another_text_is_found_out_in_every_form(
    form: Form, change: Callable[[Written], Written]
) -> None:
    assert OWN_WORDS in {one.rule for one in found_in(form, change)}


@pytest.mark.parametrize(
    ("form", "card", "change"),
    [
        (Form.CHOICE, "fact:alder-place", content(key=option("Lowmoor", "harbin", "harbin"))),
        (Form.CHOICE, "fact:alder-place",
         content(distractors=[option("Kestrel", "lowmoor", "lowmoor")])),
        (Form.CHOICE, "fact:alder-place",
         content(distractors=[option("Atlantis", "atlantis", "atlantis")])),
        (Form.CHOICE, "fact:alder-place",
         content(distractors=[option("None of these", "None of these")])),
        (Form.CHOICE, "fact:birch-fought", content(distractors=[option("1830", "1830-02-31")])),
        (Form.TRUE_FALSE, "", content(false=["The Battle of Alder Hill was lost."])),
        (Form.TYPED, "fact:birch-losses", expected(accept=["8400"])),
        (Form.TYPED, "fact:birch-losses", expected(unit="tank")),
        (Form.TYPED, "fact:birch-fought", expected(era=[1, 3000])),
        (Form.TYPED, "fact:alder-losses-4200", expected(others=[])),
        (Form.CLOZE, "", content(before="____ fought ____ ")),
        (Form.LIST, "", content(expected=[])),
        (Form.ORDERING, "order", content(items=[])),
        (Form.MATCHING, "", content(pairs=[["Battle of Doorn", "Kestrel"]])),
        (Form.FLASHCARD, "", content(answer="It opened the south")),
        (Form.CHOICE, "authored", content(key=option("a comet", "a comet"))),
    ],
)  # fmt: skip
def test_another_content_is_found_out(
    form: Form, card: str, change: Callable[[Written], Written]
) -> None:
    assert OWN_WORDS in {one.rule for one in found_in(form, change, card)}


def test_a_source_that_does_not_say_it_is_found_out() -> None:
    def ascribed(question: Written) -> Written:
        return replace(
            question, stem=question.stem.replace("According to the Chronicle", "According to Lund")
        )

    found = found_in(Form.CHOICE, ascribed, "fact:alder-losses-4200")
    assert OWN_WORDS in {one.rule for one in found}


def test_a_question_in_a_form_that_it_is_not_made_in_is_found_out() -> None:
    found = found_in(Form.MATCHING, lambda question: replace(question, form=Form.FLASHCARD))
    assert {one.reason for one in found if one.rule == OWN_WORDS} == {
        "The deck does not ask this in that form."
    }


def test_a_deck_that_was_renamed_since_is_found_out_by_the_old_name() -> None:
    old = deck()
    names = dict(old.entities) | {
        "alder": replace(old.entities["alder"], name="Battle of Alder Rise")
    }
    found = audited(replace(old, entities=names), write_bank(old))
    stale = [one for one in found.violations if one.rule == OWN_WORDS]
    assert any("Alder Hill" in one.reason for one in stale)


# Rules beside it


def test_a_span_is_not_asked_by_its_start_alone() -> None:
    began = Relation(
        "began", "began", ValueKind.DATE, ("battle",), single=True,
        ask=("When did {about} begin?",), state=("{About} began {on value}.",),
    )  # fmt: skip
    day, span = (
        fact("fen", "began", value, uid="began")
        for value in ("1706-12-12", "1706-12-12/1706-12-20")
    )
    card = "fact:began:value"
    assert asked(bank(day, relations=(began,)), card, Form.TYPED)
    refusals = refused(bank(span, relations=(began,)), card)
    assert "whole span" in {one.rule for one in refusals}
    assert not asked(bank(span, relations=(began,)), card, Form.TYPED)


def test_of_a_question_by_hand_it_is_told_that_it_names_its_answer_or_asks_what_is_not() -> None:
    odd = replace(BY_HAND, stem="Which of these was NOT a cause of the quarrelsome war?")
    warned = {one.rule for one in audited(deck(authored=(odd,))).warnings}
    assert {"cue", "asks what is not"} <= warned
    assert not {"cue", "asks what is not"} & {
        one.rule for one in audited(deck(authored=(BY_HAND,))).warnings
    }


def test_what_a_teacher_rejected_is_not_to_be_active() -> None:
    of = deck()
    made = write_bank(of)
    card = made.cards[0]
    question = next(each for each in made.questions if each.card == card.key)
    auditor = Auditor(of)
    auditor.look_at(card, [Stored(1, question, rejected=True)])
    assert [one.rule for one in auditor.violations] == ["settled facts"]
