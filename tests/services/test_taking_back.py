"""An acceptance taken back: the deck, the answers and the memories are as if it had not been."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from questions.domain.facts import AuthoredForm
from questions.domain.facts import AuthoredQuestion as ByHand
from questions.models import (
    AuthoredQuestion,
    Claim,
    Deck,
    Entity,
    Fact,
    Memory,
    Question,
    Ruling,
    RulingNote,
)
from questions.queries import rulings as queries
from questions.queries import slices
from questions.queries.audit import audit_of
from questions.queries.quizzes import items_of
from questions.services import quizzes
from questions.services.authoring import save_authored
from questions.services.claims import keep_wrong
from questions.services.facts import add_fact
from questions.services.study import Submission
from questions.services.taking_back import take_back
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
    shown,
    typed,
    verdicts,
)
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db
FOUNDED = "fact:imbria-founded:value"


@pytest.fixture
def deck() -> Deck:
    return lunar_deck(visibility="public")


def undo(deck: Deck) -> Any:
    ruling = Ruling.objects.filter(deck=deck, decision="accepted").latest("pk")
    return take_back(ruling, deck.owner, LATER + timedelta(hours=1))


def aliases(deck: Deck, key: str = "plato") -> list[dict[str, Any]]:
    return list(Entity.objects.get(deck=deck, key=key).aliases)


def asked(deck: Deck) -> set[tuple[str, str, str]]:
    rows = Question.objects.active().filter(card__deck=deck)
    return {(row.slot, row.stem, str(row.content)) for row in rows}


def test_the_deck_asks_and_holds_what_it_did(deck: Deck) -> None:
    before, revision = asked(deck), Deck.objects.get(pk=deck.pk).revision
    accept(capital(deck))
    assert aliases(deck)
    undo(deck)
    assert aliases(deck) == []
    assert asked(deck) == before
    assert Deck.objects.get(pk=deck.pk).revision == revision + 2
    assert audit_of(Deck.objects.get(pk=deck.pk)).violations == []
    assert answer(capital(deck), SHORT, at=LATER).verdict == "wrong"


def test_answers_and_memories_are_what_they_were(deck: Deck) -> None:
    wronged, never = answer(capital(deck), SHORT), answer(capital(deck), SHORT)
    accept(capital(deck))
    done = undo(deck)
    assert (done.answers, done.learners) == (2, 2)
    assert verdicts(wronged.learner) == verdicts(never.learner) == ["wrong"]
    lone = answer(capital(deck), "Bridgetown")
    back, untouched = (Memory.objects.get(pk=one.memory_id) for one in (wronged, lone))
    for name in ("stability", "difficulty", "last_day", "reps", "lapses", "step", "lapsed"):
        assert getattr(back, name) == getattr(untouched, name), name
    assert_memories_tell_their_logs()


def test_what_was_answered_since_comes_after(deck: Deck) -> None:
    question, learner, other = capital(deck), builders.user(), builders.user()
    for who in (learner, other):
        answer(question, SHORT if who == learner else "Bridgetown", who)
        answer(question, "Platoville", who, NOON + timedelta(days=4))
    accept(question)
    undo(deck)
    assert verdicts(learner) == ["wrong", "right"]
    one, two = (Memory.objects.get(learner=who) for who in (learner, other))
    assert (one.stability, one.reps, one.lapses) == (two.stability, two.reps, two.lapses)
    assert_memories_tell_their_logs()


def test_slips_that_were_taken_with_it_go_with_it_and_right_answers_stay(deck: Deck) -> None:
    slip = answer(capital(deck), "Platotwon").learner
    right = answer(capital(deck), "Platoville").learner
    answer(capital(deck), SHORT)
    accept(capital(deck))
    assert verdicts(slip) == ["right"]
    undo(deck)
    assert verdicts(slip) == ["wrong"]
    assert verdicts(right) == ["right"]


def test_what_another_ruling_accepted_stays(deck: Deck) -> None:
    one, two = (answer(capital(deck), given).learner for given in ("Mooncity", SHORT))
    accept(capital(deck), "Mooncity")
    accept(capital(deck), SHORT)
    undo(deck)
    assert (verdicts(one), verdicts(two)) == (["right"], ["wrong"])
    assert [alias["name"] for alias in aliases(deck)] == ["Mooncity"]


def test_a_spelling_on_which_another_acceptance_rests_stays_until_that_goes(deck: Deck) -> None:
    accept(capital(deck), "I think it was Platotown", spelling=SHORT)
    accept(capital(deck), SHORT)
    undo(deck)
    assert [alias["name"] for alias in aliases(deck)] == [SHORT]
    undo(deck)
    assert aliases(deck) == []


def test_a_name_that_the_deck_had_already_stays(deck: Deck) -> None:
    Entity.objects.filter(deck=deck, key="plato").update(
        aliases=[{"name": SHORT, "lang": "", "loose": False}]
    )
    accept(capital(deck))
    undo(deck)
    assert [alias["name"] for alias in aliases(deck)] == [SHORT]


def test_a_loose_alias_is_loose_again(deck: Deck) -> None:
    loose = {"name": SHORT, "lang": "", "loose": True}
    Entity.objects.filter(deck=deck, key="plato").update(aliases=[loose])
    Deck.objects.filter(pk=deck.pk).update(revision=7)
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    assert verdicts(learner) == ["right"]
    undo(deck)
    assert aliases(deck) == [loose]
    assert verdicts(learner) == ["partial"]


def test_a_date_leaves_its_fact_and_the_wrong_options_come_back(deck: Deck) -> None:
    before = asked(deck)
    learner = answer(typed(deck, FOUNDED), "1931").learner
    accept(typed(deck, FOUNDED), "1931")
    assert asked(deck) != before
    undo(deck)
    assert Fact.objects.get(deck=deck, uid="imbria-founded").accept == []
    assert {stem for _, stem, _ in asked(deck)} == {stem for _, stem, _ in before}
    assert verdicts(learner) == ["partial"]


def test_in_a_large_deck_too_all_wrong_options_come_back(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "WHOLE", 0)
    before = offered(deck)
    accept(typed(deck, FOUNDED), "1931")
    assert offered(deck) != before
    undo(deck)
    assert offered(deck) == before


def offered(deck: Deck) -> set[str]:
    rows = Question.objects.active().filter(card__key=FOUNDED, form="choice", card__deck=deck)
    return {one["value"] for row in rows for one in row.content["distractors"]}


def test_a_term_leaves_its_fact(deck: Deck) -> None:
    fact = add_fact(deck, entry("imbria", "motto", "onward"))
    question = typed(deck, f"fact:{fact.uid}:value")
    learner = answer(question, "forward").learner
    accept(question, "forward")
    undo(deck)
    fact.refresh_from_db()
    assert fact.accept == []
    assert verdicts(learner) == ["wrong"]


def test_a_claim_waits_again_and_counts_meanwhile(deck: Deck) -> None:
    claim = claimed(capital(deck))
    accept(capital(deck))
    done = undo(deck)
    claim.refresh_from_db()
    assert claim.state == Claim.State.OPEN
    assert done.answers == 0
    assert verdicts(claim.learner) == ["right"]


@pytest.mark.parametrize("counts", [False, True])
def test_a_quiz_is_marked_as_it_was(deck: Deck, counts: bool) -> None:
    item = answered_in_quiz(capital(deck), counts=counts)
    first = (item.verdict, item.score, item.reason)
    accept(capital(deck))
    assert sat(item).verdict == "right"
    undo(deck)
    back = sat(item)
    assert (back.verdict, back.score, back.reason) == first
    assert back.may_be_claimed
    assert_memories_tell_their_logs()


def test_a_list_in_a_quiz_is_marked_as_it_was(deck: Deck) -> None:
    question = builders.asked_card(deck, "list").questions.get()
    attempt = builders.user().attempts.create(deck=deck)
    attempt.items.create(
        position=1, question=question, shown={**shown(question), "form": "list", "blanks": 2}
    )
    submission = Submission(uuid4(), 0, {"text": ["Imbria", "Serenia"]})
    quizzes.answer(items_of(attempt).get(), submission, NOON)
    quizzes.finish(attempt, NOON)
    item = sat(attempt.items.get())
    claim = quizzes.claim_right(item)
    accept(question, "Imbria; Serenia")
    assert sat(item).verdict == "right"
    assert undo(deck).answers == 1
    claim.refresh_from_db()
    assert (sat(item).verdict, claim.state) == ("wrong", Claim.State.OPEN)


def test_two_who_take_it_back_at_once_take_it_back_once(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = answered_in_quiz(capital(deck))
    accept(capital(deck))
    ruling = Ruling.objects.get(deck=deck)
    found = queries.to_take_back(deck, ruling)
    take_back(ruling, deck.owner, LATER)
    monkeypatch.setattr(queries, "to_take_back", lambda *_: found)
    take_back(ruling, deck.owner, LATER)
    assert sat(item).verdict == "wrong"


def test_what_the_deck_takes_by_itself_stays_however_often_it_is_taken_back(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    Entity.objects.filter(deck=deck, key="plato").update(
        aliases=[{"name": SHORT, "lang": "", "loose": False}]
    )
    Deck.objects.filter(pk=deck.pk).update(revision=7)
    accept(capital(deck))
    for _ in range(2):
        take_back(Ruling.objects.get(deck=deck), deck.owner, LATER)
        assert verdicts(learner) == ["right"]


def test_doing_it_twice_changes_nothing_and_accepting_anew_works(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    ruling = Ruling.objects.get(deck=deck)
    take_back(ruling, deck.owner, LATER)
    revision = Deck.objects.get(pk=deck.pk).revision
    assert take_back(ruling, deck.owner, LATER).answers == 0
    assert Deck.objects.get(pk=deck.pk).revision == revision
    accept(capital(deck))
    assert verdicts(learner) == ["right"]
    undo(deck)
    assert aliases(deck) == []


def test_what_was_kept_wrong_since_is_left(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    keep_wrong(case(capital(deck)), deck.owner, LATER)
    ruling = Ruling.objects.get(deck=deck)
    assert ruling.decision == Ruling.Decision.KEPT
    assert verdicts(learner) == ["right"]


def test_who_is_concerned_is_told(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    RulingNote.objects.update(seen=True)
    undo(deck)
    (note,) = RulingNote.objects.unseen_by(learner)
    assert note.ruling.decision == Ruling.Decision.UNDONE


def test_an_acceptance_of_before_it_was_noted_is_taken_back_too(deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    accept(capital(deck))
    Ruling.objects.update(learnt=None)
    undo(deck)
    assert aliases(deck) == []
    assert verdicts(learner) == ["wrong"]


def test_an_answer_to_a_question_by_hand_leaves_it(deck: Deck) -> None:
    said = ByHand("", AuthoredForm.TYPED, "Which word means silence?", "hush", topic="north")
    row = save_authored(deck, said)
    question = typed(deck, f"authored:{row.key_id}")
    learner = answer(question, "quietness").learner
    accept(question, "quietness")
    assert AuthoredQuestion.objects.get(deck=deck).accept == ["quietness"]
    undo(deck)
    assert AuthoredQuestion.objects.get(deck=deck).accept == []
    assert verdicts(learner) == ["wrong"]
