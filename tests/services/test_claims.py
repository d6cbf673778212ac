"""What a teacher decides on a claim to have been right, and on a question that is faulty."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from questions.models import (
    Card,
    Claim,
    Deck,
    Memory,
    ProblemReport,
    Review,
    Ruling,
)
from questions.queries import claims as queries
from questions.services import claims, study
from questions.services.generation import write_questions
from questions.services.study import NothingToUndo, Submission
from tests import builders
from tests.services.ruling import (
    LATER,
    NOON,
    accept,
    answer,
    assert_memories_tell_their_logs,
    capital,
    case,
    claimed,
    shown,
    verdicts,
)
from tests.web.teach.sample import lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": partial(lunar_deck, visibility="public")}


def test_accepting_settles_the_claims_and_leaves_their_answers_alone(deck: Deck) -> None:
    claim = claimed(capital(deck))
    before = Memory.objects.get(learner=claim.learner).version
    assert accept(capital(deck)).answers == 1
    claim.refresh_from_db()
    assert claim.state == "accepted"
    assert Memory.objects.get(learner=claim.learner).version == before


def test_a_claim_kept_wrong_gets_its_first_verdict_back(deck: Deck) -> None:
    claim = claimed(capital(deck))
    claims.keep_wrong(case(capital(deck)), deck.owner, LATER)
    claim.refresh_from_db()
    assert claim.state == "rejected"
    assert verdicts(claim.learner) == ["wrong"]
    assert Memory.objects.get(learner=claim.learner).lapsed
    assert_memories_tell_their_logs()


def test_a_claim_kept_wrong_is_only_closed_if_the_card_was_answered_since(deck: Deck) -> None:
    claim = claimed(capital(deck))
    answer(capital(deck), "Platoville", claim.learner, NOON + timedelta(days=3))
    before = Memory.objects.get(learner=claim.learner)
    claims.keep_wrong(case(capital(deck)), deck.owner, LATER)
    claim.refresh_from_db()
    assert claim.state == "rejected"
    assert verdicts(claim.learner) == ["right", "right"]
    assert Memory.objects.get(learner=claim.learner).version == before.version
    assert_memories_tell_their_logs()


def test_what_was_kept_wrong_can_be_accepted_after_all(deck: Deck) -> None:
    claim = claimed(capital(deck))
    claims.keep_wrong(case(capital(deck)), deck.owner, LATER)
    accept(capital(deck))
    assert verdicts(claim.learner) == ["right"]
    assert Ruling.objects.get().decision == "accepted"
    assert_memories_tell_their_logs()


def test_a_ruling_cannot_be_taken_back_or_claimed_against_by_the_learner(deck: Deck) -> None:
    claim = claimed(capital(deck))
    claims.keep_wrong(case(capital(deck)), deck.owner, LATER)
    ruled = Review.objects.get(ruled=True)
    with pytest.raises(NothingToUndo):
        study.undo(claim.learner, ruled.pk, uuid4(), LATER)
    with pytest.raises(NothingToUndo):
        study.claim_right(claim.learner, ruled.pk, uuid4(), LATER)


def test_a_claim_on_a_choice_is_settled_by_itself(deck: Deck) -> None:
    card = builders.asked_card(deck, "choice")
    memory = builders.memory(builders.user(), card, NOON.date(), version=0)
    options = {**shown(card.questions.get()), "form": "choice", "options": ["A", "B"], "key": [0]}
    review = builders.review(memory, NOON.date(), shown=options, given={"option": ["1"]})
    claim = Claim.objects.create(
        review=review, learner=memory.learner, question=card.questions.get(), given=""
    )
    [waiting] = queries.waiting(deck, queries.tallies(deck))
    assert waiting.case.given == "B"
    claims.accept(waiting.case, deck.owner, LATER)
    claim.refresh_from_db()
    assert claim.state == "accepted"


# --- withdrawing ------------------------------------------------------------------------


def test_a_withdrawn_question_is_asked_no_more(deck: Deck) -> None:
    question = capital(deck)
    claims.withdraw(question, deck.owner, LATER)
    write_questions(deck)
    question.refresh_from_db()
    assert (question.state, question.rejected) == ("retired", True)


def test_answers_that_a_withdrawn_question_cost_are_taken_out(deck: Deck) -> None:
    question = capital(deck)
    wrong, right = answer(question, "Bridgetown"), answer(question, "Platoville")
    before = Memory.objects.get(pk=right.memory_id).version
    claims.withdraw(question, deck.owner, LATER)
    assert verdicts(wrong.learner) == []
    assert verdicts(right.learner) == ["right"]
    assert Memory.objects.get(pk=right.memory_id).version == before
    assert Memory.objects.get(pk=wrong.memory_id).reps == 0
    assert_memories_tell_their_logs()


def test_withdrawing_closes_reports_and_claims(deck: Deck) -> None:
    question, claim = capital(deck), claimed(capital(deck))
    report = study.report_problem(answer(question, "Bridgetown"), "Odd")
    claims.withdraw(question, deck.owner, LATER)
    claim.refresh_from_db()
    assert claim.state == "faulty"
    assert not ProblemReport.objects.get(pk=report.pk).open


def test_a_card_answered_only_in_a_quiz_can_lose_that_answer(deck: Deck) -> None:
    """Its log begins with the answer, so that nothing stands when it is taken out."""
    card = Card.objects.get(pk=capital(deck).card_id)
    who, due = builders.user(), NOON.date()
    memory = Memory.objects.create(learner=who, card=card, deck=deck, due=due, version=0)
    submission = Submission(uuid4(), 0, {"text": ["Bridgetown"]})
    study.answer(memory.learner, memory.pk, capital(deck).pk, submission, NOON)
    claims.withdraw(capital(deck), deck.owner, LATER)
    assert_memories_tell_their_logs()
    assert Memory.objects.get(pk=memory.pk).reps == 0
