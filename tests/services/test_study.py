"""What happens to a memory and its log when a learner answers, and takes answers back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from questions.domain.scheduling import Rating
from questions.models import Claim, Memory, Question, Review
from questions.queries import showing
from questions.queries import study as queries
from questions.queries.feedback import feedback_on
from questions.queries.study import Asking, Telling
from questions.services import study
from questions.services.memories import differences
from questions.services.study import NotGraded, NothingToUndo, Overtaken, Recorded, Submission
from tests import builders

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
RIGHT, WRONG = {"text": ["90417"]}, {"text": ["7"]}

pytestmark = pytest.mark.django_db


def told(learner: Any = None, *forms: str) -> tuple[Memory, Question, int]:
    """A memory of a card that has been told, its question and the session."""
    learner = learner or builders.user()
    card = builders.asked_card(builders.deck(), *forms)
    session = study.start(learner, card.deck, NOON)
    memory = study.tell_card(session, card, uuid4(), NOON)
    return memory, card.questions.get(), session.pk


def submit(
    memory: Memory, given: dict[str, list[str]], *, token: UUID | None = None, **fields: Any
) -> Any:
    """Answer the memory's only question, as its learner."""
    submission = Submission(
        token or uuid4(), fields.pop("version", memory.version), given, fields.pop("shown_at", None)
    )
    return study.answer(
        memory.learner,
        memory.pk,
        memory.card.questions.get().pk,
        submission,
        fields.pop("at", NOON + timedelta(minutes=1)),
    )


def live(memory: Memory) -> Memory:
    return Memory.objects.get(pk=memory.pk)


def test_a_right_answer_brings_the_card_back_on_another_day() -> None:
    memory, _, _ = told()
    outcome = submit(memory, RIGHT)
    assert isinstance(outcome, Recorded)
    assert outcome.review.verdict == "right"
    assert live(memory).due > NOON.date()
    assert live(memory).version == outcome.review.sequence == 2


def test_a_wrong_answer_keeps_the_card_due_today() -> None:
    memory, _, _ = told()
    assert submit(memory, WRONG).review.rating == Rating.AGAIN
    assert live(memory).due == NOON.date()


def test_an_answer_records_what_was_shown_given_and_predicted() -> None:
    memory, question, _ = told()
    submit(memory, RIGHT)
    later = NOON + timedelta(days=3)
    review = submit(live(memory), WRONG, at=later, shown_at=later - timedelta(seconds=9)).review
    assert review.shown["stem"] == question.stem
    assert review.given == WRONG
    assert review.milliseconds == 9000
    assert review.day == later.date()
    assert 0.5 < review.predicted < 1


def test_an_empty_answer_is_asked_again_and_costs_nothing() -> None:
    memory, _, _ = told()
    assert isinstance(submit(memory, {"text": ["  "]}), NotGraded)
    assert live(memory).version == 1
    assert Review.objects.answers().count() == 0


def test_the_same_submission_sent_twice_counts_once_and_says_the_same() -> None:
    memory, _, _ = told()
    token = uuid4()
    first = submit(memory, RIGHT, token=token)
    second = submit(memory, RIGHT, token=token)
    assert isinstance(second, Recorded)
    assert second.again
    assert second.review.pk == first.review.pk
    assert Review.objects.answers().count() == 1


def test_an_answer_from_another_tab_is_told_that_it_came_too_late() -> None:
    memory, _, _ = told()
    first = submit(memory, RIGHT)
    outcome = submit(memory, WRONG)
    assert isinstance(outcome, Overtaken)
    assert outcome.latest == first.review
    assert live(memory).version == 2


def test_another_learner_cannot_answer() -> None:
    memory, question, _ = told()
    stranger = builders.user()
    with pytest.raises(Memory.DoesNotExist):
        study.answer(stranger, memory.pk, question.pk, Submission(uuid4(), 1, RIGHT), NOON)


def test_a_question_of_another_card_is_not_accepted() -> None:
    memory, _, _ = told()
    other = builders.asked_card(memory.deck).questions.get()
    with pytest.raises(Question.DoesNotExist):
        study.answer(memory.learner, memory.pk, other.pk, Submission(uuid4(), 1, RIGHT), NOON)


def test_an_answer_takes_six_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    memory, _, session = told()
    submit(memory, RIGHT)
    later = NOON + timedelta(days=9)
    question = memory.card.questions.get()
    submission = Submission(uuid4(), 2, RIGHT)
    savepoints = 2  # the test itself runs in a transaction
    with django_assert_num_queries(6 + savepoints):
        study.answer(memory.learner, memory.pk, question.pk, submission, later, session)


# --- taking back ------------------------------------------------------------------


def test_undo_brings_back_the_state_before_the_answer() -> None:
    memory, _, _ = told()
    before = live(memory).state
    answered = submit(memory, RIGHT).review
    study.undo(memory.learner, answered.pk, uuid4(), NOON)
    after = live(memory).state
    assert (after.due, after.stability, after.reps) == (before.due, before.stability, before.reps)
    assert after.version == 3
    assert list(differences()) == []


def test_undo_adds_to_the_log_and_removes_nothing() -> None:
    memory, _, _ = told()
    answered = submit(memory, WRONG).review
    study.undo(memory.learner, answered.pk, uuid4(), NOON)
    kinds = list(Review.objects.order_by("sequence").values_list("kind", "voided"))
    assert kinds == [("told", False), ("answer", True), ("void", False)]


def test_one_undo_sent_twice_takes_back_one_answer() -> None:
    memory, _, _ = told()
    answered, token = submit(memory, WRONG).review, uuid4()
    study.undo(memory.learner, answered.pk, token, NOON)
    study.undo(memory.learner, answered.pk, token, NOON)
    assert live(memory).version == 3


def test_only_the_latest_answer_can_be_undone() -> None:
    memory, _, _ = told()
    first = submit(memory, WRONG).review
    submit(live(memory), RIGHT)
    with pytest.raises(NothingToUndo):
        study.undo(memory.learner, first.pk, uuid4(), NOON)


def test_another_learners_answer_cannot_be_undone() -> None:
    memory, _, _ = told()
    answered = submit(memory, RIGHT).review
    with pytest.raises(Review.DoesNotExist):
        study.undo(builders.user(), answered.pk, uuid4(), NOON)


def test_saying_i_was_right_counts_as_right_and_waits_for_the_teacher() -> None:
    memory, _, _ = told()
    answered = submit(memory, WRONG).review
    claimed = study.claim_right(memory.learner, answered.pk, uuid4(), NOON)
    assert live(memory).due > NOON.date()
    assert Claim.objects.get().given == "7"
    assert list(Review.objects.answers()) == [claimed]
    assert list(differences()) == []


def test_a_claim_that_is_undone_leaves_the_card_to_be_answered() -> None:
    memory, _, _ = told()
    answered = submit(memory, WRONG).review
    claimed = study.claim_right(memory.learner, answered.pk, uuid4(), NOON)
    study.undo(memory.learner, claimed.pk, uuid4(), NOON)
    assert live(memory).reps == 0
    assert list(differences()) == []


def test_an_option_cannot_be_claimed_to_have_been_right() -> None:
    memory, question, _ = told(None, "choice")
    wrong = next(n for n in range(3) if n not in showing.presented(memory, question).key)
    answered = submit(memory, {"option": [str(wrong)]}).review
    with pytest.raises(NothingToUndo):
        study.claim_right(memory.learner, answered.pk, uuid4(), NOON)


def test_a_claim_is_made_once_and_goes_with_its_answer() -> None:
    memory, _, _ = told()
    answered = submit(memory, WRONG).review
    claimed = study.claim_right(memory.learner, answered.pk, uuid4(), NOON)
    with pytest.raises(NothingToUndo):
        study.claim_right(memory.learner, claimed.pk, uuid4(), NOON)
    study.undo(memory.learner, claimed.pk, uuid4(), NOON)
    assert not Claim.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_undo_sent_twice_at_once_is_done_once_and_both_are_told_so() -> None:
    memory, _, _ = told()
    answered, token, start, problems = submit(memory, WRONG).review, uuid4(), Barrier(3), []

    def click() -> None:
        start.wait()
        try:
            study.undo(memory.learner, answered.pk, token, NOON)
        except Exception as problem:  # noqa: BLE001 — whatever it is, it is what a learner sees
            problems.append(problem)
        connection.close()

    clicks = [Thread(target=click) for _ in range(3)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert problems == []
    assert live(memory).version == 3
    assert list(differences()) == []


def test_a_draft_is_nothing_to_answer() -> None:
    memory, question, _ = told()
    Question.objects.filter(pk=question.pk).update(state=Question.State.DRAFT)
    with pytest.raises(Question.DoesNotExist):
        submit(memory, RIGHT)


@pytest.mark.parametrize(
    ("form", "given", "kept"),
    [
        ("choice", {"option": ["0", "junk"], "text": ["x" * 9000]}, {"option": ["0"]}),
        ("typed", {"text": ["7", "more"]}, {"text": ["7"]}),
        (
            "flashcard",
            {"text": ["x" * 9000], "rating": ["3"]},
            {"text": ["x" * 2000], "rating": ["3"]},
        ),
        ("matching", {"pair": ["0", "", "1"]}, {"pair": ["0", "1"]}),
    ],
)
def test_only_what_was_graded_is_kept(
    form: str, given: dict[str, list[str]], kept: dict[str, list[str]]
) -> None:
    memory, _, _ = told(None, form)
    review = submit(memory, given).review
    assert review.given == kept
    seen = feedback_on(review.question, review.shown, review.given, "wrong", review.reason)
    assert seen.question == review.question


# --- the session ------------------------------------------------------------------


def test_a_new_card_is_told_then_recognised_then_recalled() -> None:
    learner = builders.user()
    card = builders.asked_card(builders.deck(), "choice", "typed")
    moment, forms = NOON, []
    for _ in range(6):
        session = study.start(learner, card.deck, moment)
        step = queries.next_step(session, session.day)
        if isinstance(step, Telling):
            forms.append("told")
            study.tell_card(session, step.card, uuid4(), moment)
            continue
        assert isinstance(step, Asking)
        forms.append(step.question.form)
        given = {"option": [str(step.presented.key[0])]} if step.presented.key else RIGHT
        submission = Submission(uuid4(), step.memory.version, given)
        study.answer(learner, step.memory.pk, step.question.pk, submission, moment, session.pk)
        moment = datetime.combine(live(step.memory).due, moment.timetz())
    assert forms[:2] == ["told", "choice"]
    assert forms[-1] == "typed"
    assert forms == sorted(forms, key=["told", "choice", "typed"].index)


def test_two_cards_of_one_fact_are_not_met_on_one_day() -> None:
    learner, deck = builders.user(), builders.deck()
    for _ in range(2):
        builders.asked_card(deck, siblings="one fact")
    session = study.start(learner, deck, NOON)
    step = queries.next_step(session, session.day)
    assert isinstance(step, Telling)
    memory = study.tell_card(session, step.card, uuid4(), NOON)
    submit(memory, RIGHT)
    assert queries.next_step(session, session.day) is None


def test_no_more_new_cards_are_told_than_the_learner_wants_in_a_day() -> None:
    learner, deck = builders.user(new_per_day=2), builders.deck()
    for _ in range(4):
        builders.asked_card(deck)
    session, told_cards = study.start(learner, deck, NOON), 0
    while isinstance(step := queries.next_step(session, session.day), Telling | Asking):
        if isinstance(step, Telling):
            told_cards += 1
            study.tell_card(session, step.card, uuid4(), NOON)
        else:
            submit(step.memory, RIGHT)
    assert told_cards == 2
    beyond = study.start(learner, deck, NOON, beyond_limits=True)
    assert isinstance(queries.next_step(beyond, beyond.day), Telling)


def test_the_same_card_told_in_two_tabs_has_one_memory() -> None:
    learner = builders.user()
    card = builders.asked_card(builders.deck())
    session = study.start(learner, card.deck, NOON)
    first = study.tell_card(session, card, uuid4(), NOON)
    assert study.tell_card(session, card, uuid4(), NOON) == first
    assert Review.objects.count() == 1


def test_a_reload_shows_the_same_question_with_the_same_options() -> None:
    learner = builders.user()
    card = builders.asked_card(builders.deck(), "choice")
    session = study.start(learner, card.deck, NOON)
    study.tell_card(session, card, uuid4(), NOON)
    steps = [queries.next_step(session, session.day) for _ in range(3)]
    assert len({step.presented.options for step in steps if isinstance(step, Asking)}) == 1


def test_a_retired_card_is_not_asked_and_keeps_its_memory() -> None:
    memory, _, session_pk = told()
    memory.card.retired = True
    memory.card.save()
    session = study.start(memory.learner, memory.deck, NOON)
    assert session.pk == session_pk
    assert queries.next_step(session, session.day) is None
    assert live(memory).version == 1


@pytest.mark.django_db(transaction=True)
def test_of_answers_given_at_the_same_moment_exactly_one_counts() -> None:
    memory, question, _ = told()
    start, outcomes = Barrier(4), []

    def tab(given: dict[str, list[str]]) -> None:
        start.wait()
        submission = Submission(uuid4(), memory.version, given)
        outcomes.append(study.answer(memory.learner, memory.pk, question.pk, submission, NOON))
        connection.close()

    tabs = [Thread(target=tab, args=(given,)) for given in (RIGHT, WRONG, RIGHT, WRONG)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()
    assert sum(isinstance(outcome, Recorded) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Overtaken) for outcome in outcomes) == 3
    assert list(differences()) == []


def test_an_answer_interrupted_before_its_end_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory, _, _ = told()

    def cut_off(*args: Any, **kwargs: Any) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(Review, "save", cut_off)
        with pytest.raises(OSError, match="no space left"):
            submit(memory, RIGHT)
    assert live(memory).version == 1
    assert list(differences()) == []
    assert isinstance(submit(memory, RIGHT), Recorded)


def test_a_card_failed_four_times_in_a_day_waits_for_the_next() -> None:
    memory, _, session_pk = told()
    session = study.start(memory.learner, memory.deck, NOON)
    assert session.pk == session_pk
    for _ in range(4):
        assert isinstance(queries.next_step(session, session.day), Asking)
        submit(live(memory), WRONG)
    assert queries.next_step(session, session.day) is None
    tomorrow = study.start(memory.learner, memory.deck, NOON + timedelta(days=1))
    assert isinstance(queries.next_step(tomorrow, tomorrow.day), Asking)


def test_what_can_be_recognised_is_learnt_before_what_can_only_be_recalled() -> None:
    learner, deck = builders.user(), builders.deck()
    builders.asked_card(deck, "typed")
    easier = builders.asked_card(deck, "choice", "typed")
    session = study.start(learner, deck, NOON)
    step = queries.next_step(session, session.day)
    assert isinstance(step, Telling)
    assert step.card == easier


def test_signs_without_a_letter_or_figure_are_asked_again() -> None:
    memory, _, _ = told()
    assert isinstance(submit(memory, {"text": ["😀😀"]}), NotGraded)
    assert live(memory).version == 1
