"""What waits for a teacher, and what learners are told of a ruling."""

from __future__ import annotations

from functools import partial

import pytest

from questions.models import Deck, Question, RulingNote
from questions.queries import claims as queries
from questions.queries.home import notes_for
from questions.services import claims
from tests import builders
from tests.services.ruling import (
    LATER,
    SHORT,
    accept,
    answer,
    capital,
    case,
    claimed,
    verdicts,
)
from tests.web.teach.sample import lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": partial(lunar_deck, visibility="public")}


def test_learners_are_told_once_and_until_they_have_seen_it(deck: Deck) -> None:
    learner, other = answer(capital(deck), SHORT).learner, builders.user()
    accept(capital(deck))
    accept(capital(deck))
    [note] = notes_for(learner)
    assert (note.ruling.given, note.ruling.decision) == (SHORT, "accepted")
    assert notes_for(other) == []
    claims.see_notes(learner)
    assert notes_for(learner) == []
    assert RulingNote.objects.count() == 1


def queue(deck: Deck) -> list[tuple[str, int, int]]:
    found = queries.waiting(deck, queries.tallies(deck))
    return [(each.case.given, each.learners, each.tally.claims) for each in found]


def test_the_queue_has_claims_first_and_then_what_several_learners_typed(deck: Deck) -> None:
    for text in (SHORT, "platotown", SHORT, "Once only", "idk", "idk"):
        answer(capital(deck), text)
    claimed(capital(deck), "Platoburgh")
    assert queue(deck) == [("Platoburgh", 1, 1), (SHORT, 3, 0)]


def test_one_learner_who_errs_twice_is_not_several(deck: Deck) -> None:
    learner = builders.user()
    answer(capital(deck), SHORT, learner)
    answer(capital(deck), SHORT, learner, LATER)
    assert queue(deck) == []


def test_answers_to_a_withdrawn_question_are_not_asked_about(deck: Deck) -> None:
    for _ in range(2):
        answer(capital(deck), SHORT)
    question = capital(deck)
    assert queue(deck)
    Question.objects.filter(pk=question.pk).update(state="retired", rejected=True)
    assert queue(deck) == []


def test_what_is_decided_leaves_the_queue_and_a_new_claim_brings_it_back(deck: Deck) -> None:
    for _ in range(2):
        answer(capital(deck), SHORT)
    claims.keep_wrong(case(capital(deck)), deck.owner, LATER)
    assert queue(deck) == []
    claimed(capital(deck))
    assert queue(deck) == [(SHORT, 3, 1)]
    accept(capital(deck))
    assert queue(deck) == []


def test_the_queue_says_whom_a_wrong_answer_names(deck: Deck) -> None:
    for _ in range(2):
        answer(capital(deck), "Besselburg")
    [waiting] = queries.waiting(deck, queries.tallies(deck))
    assert waiting.names == ["Besselburg"]


def test_another_decks_answers_are_not_touched(deck: Deck) -> None:
    twin = lunar_deck(visibility="public")
    learner = answer(capital(twin), SHORT).learner
    accept(capital(deck))
    assert verdicts(learner) == ["wrong"]
    assert queue(deck) == []
