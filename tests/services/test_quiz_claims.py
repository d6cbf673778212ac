""" "I was right" about a quiz: a claim for the teacher, who decides what the quiz's answer was."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from questions.models import (
    AttemptItem,
    Claim,
    Deck,
    Question,
    Review,
    RulingNote,
)
from questions.queries import claims as queries
from questions.queries.quizzes import attempts_of, result_of
from questions.services import claims, quizzes
from questions.services.quizzes import NothingToClaim
from questions.services.study import Submission
from tests import builders
from tests.services.ruling import (
    LATER,
    NOON,
    SHORT,
    accept,
    answer,
    answered_in_quiz,
    assert_memories_tell_their_logs,
    capital,
    case,
    claimed,
    sat,
    verdicts,
)
from tests.web.teach.sample import lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": partial(lunar_deck, visibility="public")}


def claimed_in_quiz(question: Question, given: str = SHORT, **fields: Any) -> AttemptItem:
    item = answered_in_quiz(question, given, **fields)
    quizzes.claim_right(item)
    return sat(item)


def score(item: AttemptItem) -> float:
    """As the result and the list of quizzes tell it."""
    attempt = attempts_of(item.attempt.learner).get(pk=item.attempt_id)
    of_result = result_of(attempt).score
    assert of_result == vars(attempt)["score"]
    return of_result


def state(item: AttemptItem) -> str:
    return Claim.objects.get(item=item).state


# --- claiming ---------------------------------------------------------------------------


@pytest.mark.parametrize("counts", [False, True])
def test_a_claim_waits_for_the_teacher_and_the_quiz_stays_as_it_is_marked(
    deck: Deck, counts: bool
) -> None:
    item = claimed_in_quiz(capital(deck), counts=counts)
    assert (item.verdict, score(item), state(item)) == ("wrong", 0, "open")
    assert verdicts(item.attempt.learner) == ["wrong"] * counts
    [waiting] = queries.waiting(deck, queries.tallies(deck))
    tally = waiting.tally
    assert (waiting.case.given, tally.claims, tally.answers, waiting.learners) == (SHORT, 1, 1, 1)


def test_claiming_twice_is_claiming_once(deck: Deck) -> None:
    item = claimed_in_quiz(capital(deck))
    quizzes.claim_right(item)
    assert Claim.objects.get().given == SHORT


def test_a_claim_can_be_taken_back_and_made_again(deck: Deck) -> None:
    item = claimed_in_quiz(capital(deck))
    assert quizzes.take_claim_back(item)
    assert not quizzes.take_claim_back(item)
    assert not Claim.objects.exists()
    quizzes.claim_right(sat(item))
    assert state(item) == "open"


def test_nothing_is_claimed_of_what_was_right_or_is_not_told_yet(deck: Deck) -> None:
    right = answered_in_quiz(capital(deck), "Platoville")
    at_end = answered_in_quiz(capital(deck), feedback="at_end", finished=False)
    for item in (right, at_end):
        with pytest.raises(NothingToClaim):
            quizzes.claim_right(item)
    quizzes.claim_right(answered_in_quiz(capital(deck), feedback="at_once", finished=False))
    assert Claim.objects.count() == 1


def test_an_option_that_was_chosen_is_no_spelling_to_claim() -> None:
    question = builders.asked_card(builders.deck(), "choice").questions.get()
    item = builders.user().attempts.create(deck=question.card.deck, finished_at=NOON).items.create(
        position=1, question=question, verdict="wrong", given={"option": ["1"]}, answered_at=NOON
    )  # fmt: skip
    assert not item.may_be_claimed


# --- accepting --------------------------------------------------------------------------


@pytest.mark.parametrize("counts", [False, True])
def test_an_accepted_claim_is_right_in_the_quiz_its_score_and_the_memory(
    deck: Deck, counts: bool
) -> None:
    item = claimed_in_quiz(capital(deck), counts=counts)
    found = accept(capital(deck))
    assert (found.answers, found.learners) == (1, 1)
    item = sat(item)
    assert (item.verdict, item.score, score(item), state(item)) == ("right", 1, 1, "accepted")
    assert verdicts(item.attempt.learner) == ["right"] * counts
    assert RulingNote.objects.unseen_by(item.attempt.learner).count() == 1
    assert_memories_tell_their_logs()


def test_claims_of_study_and_quiz_are_one_case_each_answer_counted_once(deck: Deck) -> None:
    claimed_in_quiz(capital(deck)), claimed_in_quiz(capital(deck), counts=True)
    claimed(capital(deck)), answer(capital(deck), SHORT)
    [tally] = queries.tallies(deck)
    assert (tally.claims, tally.answers, len(tally.learners)) == (3, 4, 4)
    asked = case(capital(deck))
    promised = queries.to_accept(asked, queries.given_to(asked))
    done = accept(capital(deck))
    assert promised.answers == done.answers == done.learners == 4
    assert queries.tallies(deck) == []


def test_an_answer_accepted_in_part_and_later_in_full_is_right_in_log_and_quiz(deck: Deck) -> None:
    item = claimed_in_quiz(capital(deck), counts=True)
    accept(capital(deck), loose=True)
    assert (sat(item).verdict, sat(item).score) == ("partial", 0.5)
    accept(capital(deck))
    assert (sat(item).verdict, sat(item).score) == ("right", 1)
    assert verdicts(item.attempt.learner) == ["right"]
    assert_memories_tell_their_logs()


@pytest.mark.parametrize("counts", [False, True])
def test_a_list_that_was_claimed_is_right_once_accepted(counts: bool) -> None:
    deck = builders.deck()
    question = builders.asked_card(deck, "list").questions.get()
    item = listed(question, counts=counts)
    quizzes.claim_right(item)
    [waiting] = queries.waiting(deck, queries.tallies(deck))
    assert waiting.tally.answers == 1
    done = claims.accept(waiting.case, deck.owner, LATER)
    assert done.answers == 1
    assert (sat(item).verdict, sat(item).score) == ("right", 1)
    assert verdicts(item.attempt.learner) == ["right"] * counts
    assert_memories_tell_their_logs()


def listed(question: Question, **fields: Any) -> AttemptItem:
    made = quizzes.make(
        builders.user(),
        question.card.deck,
        quizzes.Wish((0,), ("list",), 1, counts=bool(fields.get("counts"))),
        uuid4(),
    )
    item = sat(made.items.get())
    given = {"text": ["something", "else"]}
    quizzes.answer(item, Submission(uuid4(), 0, given), NOON)
    quizzes.finish(made, NOON)
    return sat(item)


# --- other rulings ----------------------------------------------------------------------


def test_a_claim_kept_wrong_is_closed_and_cannot_be_made_again(deck: Deck) -> None:
    item = claimed_in_quiz(capital(deck), counts=True)
    log = Review.objects.count()
    found = claims.keep_wrong(case(capital(deck)), deck.owner, LATER)
    assert (found.learners, found.answers) == (1, 0), "no answer changes"
    assert (sat(item).verdict, state(item)) == ("wrong", "rejected")
    assert Review.objects.count() == log
    assert not quizzes.take_claim_back(item)
    assert not sat(item).may_be_claimed
    assert RulingNote.objects.unseen_by(item.attempt.learner).exists()


@pytest.mark.parametrize("counts", [False, True])
def test_what_a_teacher_accepted_in_part_cannot_be_claimed(deck: Deck, counts: bool) -> None:
    item = answered_in_quiz(capital(deck), counts=counts)
    accept(capital(deck), loose=True)
    assert sat(item).verdict == "partial"
    with pytest.raises(NothingToClaim):
        quizzes.claim_right(sat(item))


def test_a_withdrawn_question_closes_its_claims_and_leaves_the_quiz(deck: Deck) -> None:
    item = claimed_in_quiz(capital(deck))
    other = answered_in_quiz(capital(deck), "Bridgetown")
    found = claims.withdraw(capital(deck), deck.owner, LATER)
    assert (found.marked_down, found.learners) == (2, 2)
    assert state(item) == "faulty"
    assert sat(item).is_withdrawn
    with pytest.raises(NothingToClaim):
        quizzes.claim_right(sat(other))
    told = RulingNote.objects.filter(learner__in=[item.attempt.learner, other.attempt.learner])
    assert told.count() == 2


def test_an_answer_changed_after_a_ruling_is_the_learners_own_again(deck: Deck) -> None:
    item = answered_in_quiz(capital(deck), feedback="at_end", finished=False)
    accept(capital(deck), loose=True)
    submission = Submission(uuid4(), 1, {"text": ["Bridgetown"]})
    quizzes.answer(sat(item), submission, LATER)
    quizzes.finish(item.attempt, LATER)
    assert sat(item).may_be_claimed
