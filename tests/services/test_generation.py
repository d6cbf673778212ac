"""The bank as kept: versions, retirement, and what a second run leaves alone."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from questions.domain import facts as domain
from questions.domain.facts import AuthoredForm, AuthoredQuestion, Status
from questions.models import Card, Deck, Fact, Question
from questions.services.authoring import approve_drafts
from questions.services.generation import Counts, write_questions
from questions.services.interchange import import_deck
from studyapp.accounts.models import User
from tests import builders
from tests.domain.generation.decks import deck as war
from tests.domain.generation.decks import fact

pytestmark = pytest.mark.django_db

HERE = fact("fen", "place", "tarnhill", uid="here", id="here")
BY_HAND = AuthoredQuestion(
    "why", AuthoredForm.CHOICE, "Why?", "Because.", ("For fun.", "By chance."),
    passages=(domain.Passage("chronicle", "1"),),
)  # fmt: skip


@pytest.fixture
def owner() -> User:
    return builders.teacher()


def load(owner: User, *facts: domain.Fact, authored: bool = False) -> Deck:
    """The invented war as a deck with rows, without questions as yet."""
    made = war(*facts, authored=(BY_HAND,) if authored else ())
    made = replace(made, own=made.vocabulary)
    report = import_deck(owner, made, slug="war", questions=False)
    assert report.deck is not None
    return report.deck


def bank(deck: Deck, only: set[str] | None = None) -> Counts:
    return write_questions(deck, only=only)


def uid(value: str, about: str = "fen") -> str:
    return Fact.objects.get(about__key=about, value=value, removed=False).uid


def questions(card: str) -> dict[str, tuple[int, str]]:
    """Slot, version and state of a card's questions that are not retired."""
    rows = Question.objects.filter(card__key=card).exclude(state="retired")
    return {row.slot: (row.version, row.state) for row in rows}


def test_a_first_run_writes_cards_and_questions_with_their_facts(owner: User) -> None:
    deck = load(owner, HERE)
    counts = bank(deck)
    assert counts.new == counts.questions == Question.objects.count() > 50
    assert counts.cards == Card.objects.count()
    card = Card.objects.get(key=f"fact:{uid('tarnhill')}:value")
    assert card.fact == Fact.objects.get(value="tarnhill", about__key="fen")
    assert questions(card.key)["typed:0"] == (1, "active")
    assert counts.by_form["choice"] > 10
    assert counts.by_relation["place"] > 10
    assert sum(counts.refused.values()) > 0


def test_a_second_run_changes_nothing(owner: User) -> None:
    deck = load(owner, HERE, authored=True)
    bank(deck)
    before = list(Question.objects.order_by("pk").values())
    cards = list(Card.objects.order_by("pk").values())
    counts = bank(deck)
    assert (counts.new, counts.changed, counts.retired, counts.cards_retired) == (0, 0, 0, 0)
    assert counts.unchanged == len(before)
    assert list(Question.objects.order_by("pk").values()) == before
    assert list(Card.objects.order_by("pk").values()) == cards


def test_a_changed_value_keeps_the_card_and_makes_new_versions(owner: User) -> None:
    deck = load(owner, HERE)
    bank(deck)
    key = f"fact:{uid('tarnhill')}:value"
    card = Card.objects.get(key=key)
    deck = load(owner, replace(HERE, value="lowmoor"))
    counts = bank(deck)
    assert counts.changed > 0
    assert Card.objects.get(key=key).pk == card.pk
    assert questions(key)["typed:0"] == (2, "active")
    old = Question.objects.get(card=card, slot="typed:0", version=1)
    assert old.state == "retired"
    assert old.content["expected"]["value"] == "Tarnhill"


def test_a_removed_fact_retires_its_cards_and_deletes_nothing(owner: User) -> None:
    deck = load(owner, HERE)
    bank(deck)
    key = f"fact:{uid('tarnhill')}:value"
    count = Question.objects.count()
    counts = bank(load(owner))
    assert counts.retired > 0
    assert Card.objects.get(key=key).retired
    assert questions(key) == {}
    assert Question.objects.count() >= count


def test_a_fact_that_comes_back_brings_its_questions_back(owner: User) -> None:
    bank(load(owner, HERE))
    key = f"fact:{uid('tarnhill')}:value"
    before = questions(key)
    bank(load(owner))
    counts = bank(load(owner, HERE))
    assert counts.revived > 0
    assert questions(key) == before
    assert not Card.objects.get(key=key).retired


def test_a_draft_that_a_teacher_let_through_stays_active(owner: User) -> None:
    deck = load(owner, replace(HERE, status=(Status.UNCERTAIN,)))
    counts = bank(deck)
    assert counts.drafts > 0
    key = f"fact:{uid('tarnhill')}:value"
    assert questions(key)["typed:0"] == (1, "draft")
    drafts = Question.objects.filter(card__key=key, slot="typed:0")
    approve_drafts(drafts, owner, timezone.now())
    bank(deck)
    assert questions(key)["typed:0"] == (1, "active")
    assert questions(key)["typed:1"] == (1, "draft")


def test_a_fact_that_settles_makes_its_drafts_active(owner: User) -> None:
    bank(load(owner, replace(HERE, status=(Status.UNCERTAIN,))))
    bank(load(owner, HERE))
    assert set(questions(f"fact:{uid('tarnhill')}:value").values()) == {(1, "active")}


def test_one_edited_fact_refreshes_what_it_touches_and_nothing_else(owner: User) -> None:
    deck = load(owner, HERE)
    bank(deck)
    untouched = Question.objects.filter(card__key__startswith="fact:birch-losses").values("pk")
    Fact.objects.filter(value="tarnhill").update(value="lowmoor")
    counts = bank(deck, only={Fact.objects.get(given_id="here").uid})
    assert counts.changed > 0
    assert counts.questions < Question.objects.count()
    whole = bank(deck)
    assert (whole.new, whole.changed, whole.retired) == (0, 0, 0)
    assert list(untouched) == list(untouched.all())


def test_a_fact_taken_away_retires_its_cards_in_a_partial_run(owner: User) -> None:
    deck = load(owner, HERE)
    bank(deck)
    gone = uid("tarnhill")
    Fact.objects.filter(uid=gone).update(removed=True)
    bank(deck, only={gone})
    assert Card.objects.get(key=f"fact:{gone}:value").retired
    whole = bank(deck)
    assert (whole.new, whole.changed, whole.retired, whole.cards_retired) == (0, 0, 0, 0)


def test_a_question_by_hand_is_written_alone(owner: User) -> None:
    deck = load(owner, authored=True)
    counts = bank(deck, only={"authored:why"})
    assert (counts.new, counts.by_relation) == (1, {"authored": 1})
    assert Question.objects.get().stem == "Why?"


def test_progress_is_told_as_it_goes(owner: User) -> None:
    told: list[tuple[int, int, str]] = []
    write_questions(load(owner), progress=lambda *parts: told.append(parts))
    done, total, label = told[-1]
    assert done == total
    assert label == "questions"


def test_the_command_prints_counts_by_form_relation_and_rule(owner: User) -> None:
    load(owner, HERE)
    out = StringIO()
    call_command("write_questions", "war", stdout=out)
    said = out.getvalue()
    for part in ("choice", "place", "one right answer", "new, 0 changed"):
        assert part in said
    again = StringIO()
    call_command("write_questions", "war", stdout=again)
    assert "0 new, 0 changed, 0 taken back" in again.getvalue()


def test_the_command_names_the_decks_there_are(owner: User) -> None:
    load(owner)
    with pytest.raises(CommandError, match="known are war"):
        call_command("write_questions", "peace")
