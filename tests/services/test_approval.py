"""Drafts that a teacher lets through: for as long as nothing new is doubted, and on record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.test import RequestFactory

from questions.domain import facts as domain
from questions.domain.facts import AuthoredForm, Status
from questions.domain.generation import drafting
from questions.models import Deck, Fact, Question
from questions.queries.audit import audit_of
from questions.services import authoring
from questions.services.facts import add_fact, change_fact, remove_fact, restore_fact
from questions.services.generation import write_questions
from questions.services.vetoes import rule_out
from tests import builders
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
DERIVED = (Status.DERIVED,)
TWICE = domain.AuthoredQuestion(
    "", AuthoredForm.CHOICE, "Why is it dry?", "No rain falls", ("no rain falls", "It is hot"),
    passages=(domain.Passage("atlas", "page 7"),),
)  # fmt: skip

DECKS = {"lunar": lunar_deck}


def states(fact: Fact) -> set[str]:
    rows = Question.objects.filter(card__fact=fact).exclude(state=Question.State.RETIRED)
    return set(rows.values_list("state", flat=True))


def approve(rows: Collection[Question], deck: Deck) -> None:
    authoring.approve_drafts(rows, deck.owner, NOW)


def approved(deck: Deck, status: tuple[Status, ...] = DERIVED) -> Fact:
    fact = add_fact(deck, entry("vaporia", "founded", "1939-05-05", status=status))
    assert states(fact) == {"draft"}
    approve(Question.objects.filter(card__fact=fact), deck)
    return fact


def by_hand(deck: Deck) -> Question:
    row = authoring.save_authored(deck, TWICE)
    question = Question.objects.get(card__key=f"authored:{row.key_id}")
    assert question.state == "draft"
    return question


def now_says(fact: Fact, value: str = "1939-05-05", status: Collection[Status] = DERIVED) -> None:
    fact.refresh_from_db()
    said = entry("vaporia", "founded", value, status=tuple(status))
    change_fact(fact, said, fact.updated_at)


# How long it holds


def test_it_holds_when_the_bank_is_written_anew(deck: Deck) -> None:
    fact = approved(deck)
    write_questions(deck)
    assert states(fact) == {"active"}


def test_it_holds_when_the_program_says_the_reason_otherwise(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = approved(deck)
    monkeypatch.setitem(drafting.WHY_DRAFT, Status.DERIVED, "No book says so.")
    write_questions(deck)
    assert states(fact) == {"active"}
    said = Question.objects.active().filter(card__fact=fact).values_list("why_draft", flat=True)
    assert set(said) == {"No book says so."}


def test_of_a_question_by_hand_it_holds_however_the_reason_is_kept(deck: Deck) -> None:
    question = by_hand(deck)
    approve([question], deck)
    Question.objects.filter(pk=question.pk).update(why_draft="Both are one: “no rain falls”.")
    write_questions(deck)
    question.refresh_from_db()
    assert question.state == "active"
    assert "say the same" in question.why_draft


def test_it_holds_for_another_version_with_other_wrong_options(deck: Deck) -> None:
    fact = approved(deck)
    choices = Question.objects.active().filter(card__fact=fact, slot="choice:0")
    option = choices.get().content["distractors"][0]["value"]
    rule_out(fact, option, deck.owner)
    again = choices.get()
    assert again.version == 2
    assert (again.approved_by, again.approved_at) == (deck.owner, NOW)


def test_another_value_is_looked_at_again(deck: Deck) -> None:
    fact = approved(deck)
    now_says(fact, "1939-05-06")
    assert states(fact) == {"draft"}


def test_a_new_doubt_is_looked_at_and_one_that_goes_is_not(deck: Deck) -> None:
    fact = approved(deck)
    now_says(fact, status=(Status.DERIVED, Status.UNCERTAIN))
    assert states(fact) == {"draft"}
    now_says(fact)
    assert states(fact) == {"active"}
    now_says(fact, status=())
    assert states(fact) == {"active"}


def test_an_approval_of_nothing_known_does_not_let_a_later_doubt_pass(deck: Deck) -> None:
    fact = add_fact(deck, entry("vaporia", "founded", "1939-05-05"))
    Question.objects.filter(card__fact=fact).update(approved="", approved_at=NOW)
    write_questions(deck)
    now_says(fact)
    assert states(fact) == {"draft"}


def test_what_was_approved_in_spite_of_two_doubts_needs_no_look_when_one_goes(deck: Deck) -> None:
    fact = approved(deck, (Status.DERIVED, Status.UNCERTAIN))
    now_says(fact)
    assert states(fact) == {"active"}


def test_a_fact_that_comes_back_is_still_approved(deck: Deck) -> None:
    fact = approved(deck)
    remove_fact(fact)
    assert states(fact) == set()
    restore_fact(Fact.objects.get(pk=fact.pk))
    assert states(fact) == {"active"}


def test_a_question_by_hand_is_looked_at_again_when_it_is_changed(deck: Deck) -> None:
    question = by_hand(deck)
    approve([question], deck)
    row = deck.authored.get()
    authoring.save_authored(deck, replace(TWICE, stem="Why is it so dry?"), row)
    again = Question.objects.exclude(state="retired").get(card=question.card)
    assert (again.version, again.state) == (2, "draft")


def test_what_was_withdrawn_does_not_return_in_other_words(deck: Deck) -> None:
    fact = approved(deck)
    choices = Question.objects.filter(card__fact=fact, slot="choice:0")
    choices.update(state="retired", rejected=True)
    option = choices.get().content["distractors"][0]["value"]
    rule_out(fact, option, deck.owner)
    assert choices.get(version=2).state == "draft"


# On record


def test_who_approved_it_and_when_is_kept(deck: Deck) -> None:
    fact = approved(deck)
    rows = Question.objects.active().filter(card__fact=fact)
    assert {(row.approved_by, row.approved_at) for row in rows} == {(deck.owner, NOW)}


def test_an_approval_outlives_its_teacher(deck: Deck) -> None:
    colleague = builders.teacher()
    fact = add_fact(deck, entry("vaporia", "founded", "1939-05-05", status=DERIVED))
    authoring.approve_drafts(Question.objects.filter(card__fact=fact), colleague, NOW)
    colleague.delete()
    write_questions(deck)
    assert states(fact) == {"active"}


def test_the_audit_passes_what_was_approved(deck: Deck) -> None:
    approved(deck)
    assert audit_of(deck).violations == []


@pytest.mark.parametrize("status", list(Status))
def test_the_audit_reports_what_was_set_active_by_hand(deck: Deck, status: Status) -> None:
    fact = add_fact(deck, entry("vaporia", "founded", "1939-05-05", status=(status,)))
    rows = Question.objects.filter(card__fact=fact)
    rows.update(state="active")
    found = audit_of(deck).violations
    assert {one.rule for one in found} == {"settled facts"}
    assert {one.question for one in found} == {row.pk for row in rows}
    write_questions(deck)
    assert states(fact) == {"draft"}


def test_the_audit_asks_the_fact_what_is_doubted_and_not_what_was_noted(deck: Deck) -> None:
    fact = approved(deck)
    Fact.objects.filter(pk=fact.pk).update(status=["derived", "evaluative"])
    assert {one.rule for one in audit_of(deck).violations} == {"settled facts"}


def test_the_administration_cannot_let_a_question_through(deck: Deck) -> None:
    request = RequestFactory().get("/")
    request.user = builders.user(is_superuser=True, is_staff=True)
    window = site.get_model_admin(Question)
    assert not window.has_change_permission(request)
    assert not window.has_add_permission(request)
    assert not window.actions


# Databases of before


def migrate() -> None:
    module = import_module("questions.migrations.0009_approvals_of_before")
    module.note_doubts(apps, None)


def as_before(rows: Collection[Question]) -> None:
    """Without what older versions did not keep."""
    pks = [row.pk for row in rows]
    Question.objects.filter(pk__in=pks).update(
        doubt="", approved="", approved_by=None, approved_at=None
    )


def test_what_was_active_in_spite_of_a_doubt_counts_as_approved(deck: Deck) -> None:
    fact = approved(deck)
    waiting = add_fact(deck, entry("vaporia", "motto", "Rain will come", status=DERIVED))
    rows = Question.objects.filter(card__fact__in=[fact, waiting])
    before = dict(rows.values_list("pk", "doubt"))
    as_before(rows)
    migrate()
    assert dict(rows.values_list("pk", "doubt")) == before
    assert audit_of(deck).violations == []
    write_questions(deck)
    assert (states(fact), states(waiting)) == ({"active"}, {"draft"})
    assert not rows.filter(card__fact=waiting, approved_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("relation", "value", "more"),
    [("population", "~33000", {"by": "Stone"}), ("motto", "Rain will come", {})],
)
def test_doubts_of_before_are_noted_as_they_are_now(
    deck: Deck, relation: str, value: str, more: dict[str, str]
) -> None:
    status, qualifiers = (Status.UNCERTAIN, Status.DERIVED), tuple(more.items())
    fact = add_fact(deck, entry("vaporia", relation, value, status=status, qualifiers=qualifiers))
    rows = Question.objects.filter(card__fact=fact)
    before = dict(rows.values_list("pk", "doubt"))
    assert all(doubt.count("\n") == 1 for doubt in before.values())
    as_before(rows)
    migrate()
    assert dict(rows.values_list("pk", "doubt")) == before


def test_of_a_question_by_hand_the_doubt_that_is_found_first_counts_as_approved(
    deck: Deck,
) -> None:
    question = by_hand(deck)
    approve([question], deck)
    as_before([question])
    migrate()
    write_questions(deck)
    question.refresh_from_db()
    assert (question.state, question.approved) == ("active", question.doubt)
    assert question.doubt
