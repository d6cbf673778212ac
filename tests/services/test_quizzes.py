"""Making a quiz, answering it, finishing it, and what of it counts as a review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Attempt, AttemptItem, Card, Deck, Memory, Question, Review
from questions.queries import quizzes as queries
from questions.queries.quizzes import NO_TOPIC
from questions.services import claims, quizzes, study
from questions.services.memories import differences
from questions.services.quizzes import Closed, NothingFits, Saved, Wish
from questions.services.study import NotGraded, Submission
from studyapp.accounts.models import User
from tests import builders

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
RIGHT, WRONG = {"text": ["90417"]}, {"text": ["7"]}

pytestmark = pytest.mark.django_db


def deck_of(cards: int = 3, *forms: str) -> Deck:
    deck = builders.deck()
    for _ in range(cards):
        builders.asked_card(deck, *forms)
    return deck


def make(
    deck: Deck, learner: User | None = None, token: UUID | None = None, **wish: Any
) -> Attempt:
    asked: dict[str, Any] = {"topics": (NO_TOPIC,), "forms": tuple(Form), "length": 10}
    return quizzes.make(learner or builders.user(), deck, Wish(**asked | wish), token or uuid4())


def item(attempt: Attempt, position: int = 1) -> AttemptItem:
    return queries.items_of(Attempt.objects.get(pk=attempt.pk)).get(position=position)


def submit(
    attempt: Attempt, given: dict[str, list[str]] = RIGHT, position: int = 1, **fields: Any
) -> Any:
    at = item(attempt, position)
    submission = Submission(
        fields.pop("token", None) or uuid4(), fields.pop("version", at.version), given
    )
    return quizzes.answer(at, submission, NOON)


def live(attempt: Attempt, position: int = 1) -> AttemptItem:
    return AttemptItem.objects.get(attempt=attempt, position=position)


# --- making -----------------------------------------------------------------------


def test_a_quiz_asks_each_family_of_cards_once() -> None:
    deck = builders.deck()
    fact = builders.fact(builders.entity(deck))
    for _ in range(3):
        builders.asked_card(deck, about=fact)
    builders.asked_card(deck)
    attempt = make(deck)
    families = [each.question.card.siblings for each in queries.items_of(attempt)]
    assert len(families) == len(set(families)) == 2


def test_only_active_questions_of_the_wished_topics_and_forms_are_asked() -> None:
    deck = builders.deck()
    topic = builders.topic(deck)
    wanted = builders.asked_card(deck, "typed", topic=topic)
    builders.asked_card(deck, "true_false", topic=topic)
    builders.asked_card(deck, "typed", topic=builders.topic(deck))
    builders.asked_card(deck, "typed", topic=topic, retired=True)
    draft = builders.card(deck, topic=topic)
    builders.question(draft, "typed", state="draft")
    attempt = make(deck, topics=(topic.pk,), forms=("typed",))
    assert [each.question.card for each in queries.items_of(attempt)] == [wanted]


def test_what_is_shown_outlives_a_change_of_the_bank() -> None:
    attempt = make(deck_of(1, "choice"))
    before = Presented.from_json(live(attempt).shown)
    Question.objects.update(state="retired")
    Card.objects.update(retired=True)
    assert Presented.from_json(live(attempt).shown) == before
    assert isinstance(submit(attempt, {"option": [str(before.key[0])]}), Saved)
    assert live(attempt).verdict == "right"


def test_a_form_sent_twice_makes_one_quiz() -> None:
    deck, learner, token = deck_of(), builders.user(), uuid4()
    first = make(deck, learner, token)
    assert make(deck, learner, token) == first
    assert first.items.count() == 3
    assert make(deck, builders.user(), token) != first


def test_where_nothing_fits_no_quiz_is_made() -> None:
    with pytest.raises(NothingFits):
        make(deck_of(2, "typed"), forms=("matching",))
    assert not Attempt.objects.exists()


# --- answering --------------------------------------------------------------------


def test_with_feedback_at_once_the_first_answer_stands() -> None:
    attempt = make(deck_of())
    stale = live(attempt).version
    assert isinstance(submit(attempt, WRONG), Saved)
    assert isinstance(submit(attempt, RIGHT), Closed)
    assert isinstance(submit(attempt, RIGHT, version=stale), Closed)
    assert live(attempt).verdict == "wrong"


def test_the_same_submission_again_is_saved_once() -> None:
    attempt, token = make(deck_of()), uuid4()
    assert isinstance(submit(attempt, WRONG, token=token), Saved)
    assert isinstance(submit(attempt, RIGHT, token=token, version=0), Saved)
    assert (live(attempt).verdict, live(attempt).version) == ("wrong", 1)


def test_of_two_tabs_that_read_before_either_wrote_one_is_saved() -> None:
    attempt = make(deck_of())
    one, other = item(attempt), item(attempt)
    assert isinstance(quizzes.answer(one, Submission(uuid4(), 0, RIGHT), NOON), Saved)
    assert isinstance(quizzes.answer(other, Submission(uuid4(), 0, WRONG), NOON), Closed)
    assert live(attempt).verdict == "right"


def test_with_feedback_at_the_end_an_answer_may_be_changed_but_not_by_a_stale_tab() -> None:
    attempt = make(deck_of(), feedback="at_end")
    submit(attempt, WRONG)
    assert isinstance(submit(attempt, RIGHT), Saved)
    assert isinstance(submit(attempt, WRONG, version=1), Closed)
    assert live(attempt).verdict == "right"


def test_an_answer_that_cannot_be_read_leaves_the_question_open() -> None:
    attempt = make(deck_of())
    assert isinstance(submit(attempt, {"text": [" "]}), NotGraded)
    assert live(attempt).answered_at is None


def test_nothing_is_saved_once_the_quiz_is_finished() -> None:
    attempt = make(deck_of(), feedback="at_end")
    opened = item(attempt)
    quizzes.finish(attempt, NOON)
    assert isinstance(submit(attempt, RIGHT), Closed)
    late = quizzes.answer(opened, Submission(uuid4(), 0, RIGHT), NOON)
    assert isinstance(late, Closed)
    assert live(attempt).answered_at is None


# --- counting as reviews ----------------------------------------------------------


def test_a_quiz_leaves_the_memory_alone_unless_asked() -> None:
    attempt = make(deck_of())
    submit(attempt, RIGHT)
    quizzes.finish(attempt, NOON)
    assert not Memory.objects.exists()
    assert not Review.objects.exists()


def test_with_feedback_at_once_each_answer_counts_when_it_is_given() -> None:
    attempt = make(deck_of(), counts=True)
    submit(attempt, RIGHT)
    submit(attempt, WRONG)
    review = Review.objects.get()
    assert (review.verdict, review.sequence, review.memory.version) == ("right", 1, 1)
    assert review.submission == live(attempt).submission
    assert live(attempt).review == review
    quizzes.finish(attempt, NOON)
    assert Review.objects.count() == 1
    assert not list(differences())


def test_with_feedback_at_the_end_the_last_answers_count_at_the_end() -> None:
    attempt = make(deck_of(3), counts=True, feedback="at_end")
    submit(attempt, WRONG, 1)
    submit(attempt, RIGHT, 1)
    submit(attempt, WRONG, 2)
    assert not Review.objects.exists()
    quizzes.finish(attempt, NOON)
    quizzes.finish(attempt, NOON + timedelta(seconds=1))
    verdicts = Review.objects.order_by("pk").values_list("verdict", flat=True)
    assert sorted(verdicts) == ["right", "wrong"]
    assert Attempt.objects.get(pk=attempt.pk).finished_at == NOON
    assert not list(differences())


def test_a_card_studied_before_goes_on_from_its_log() -> None:
    deck, learner = deck_of(1), builders.user()
    session = study.start(learner, deck, NOON - timedelta(days=3))
    memory = study.tell_card(session, Card.objects.get(), uuid4(), NOON - timedelta(days=3))
    attempt = make(deck, learner, counts=True)
    submit(attempt, RIGHT)
    log = memory.reviews.order_by("sequence").values_list("sequence", "kind")
    assert list(log) == [(1, "told"), (2, "answer")]
    assert Memory.objects.get().due > NOON.date()
    assert not list(differences())


def test_an_answer_counted_keeps_the_time_it_took() -> None:
    attempt = make(deck_of(1), counts=True, feedback="at_end")
    shown = NOON - timedelta(seconds=7)
    quizzes.answer(item(attempt), Submission(uuid4(), 0, RIGHT, shown), NOON)
    quizzes.finish(attempt, NOON + timedelta(hours=2))
    assert Review.objects.get().milliseconds == 7_000


def test_a_finish_that_dies_half_way_counts_nothing_and_can_be_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    attempt = make(deck_of(3), counts=True, feedback="at_end")
    for position in (1, 2, 3):
        submit(attempt, RIGHT, position)

    def dies(*rows: Any, **options: Any) -> Any:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Review.objects, "bulk_create", dies)  # the memories are written by then
        with pytest.raises(SystemExit):
            quizzes.finish(attempt, NOON)
    assert not Review.objects.exists()
    assert Attempt.objects.get(pk=attempt.pk).finished_at is None
    quizzes.finish(attempt, NOON)
    assert Review.objects.count() == 3
    assert not list(differences())


def together(act: Callable[[], object]) -> list[str]:
    """Run twice at the same time; the names of what each returned or raised."""
    barrier, outcomes = Barrier(2), []

    def run() -> None:
        try:
            barrier.wait()
            outcomes.append(type(act()).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_finished_in_two_tabs_at_the_same_time_each_answer_counts_once() -> None:
    attempt = make(deck_of(3), counts=True, feedback="at_end")
    for position in (1, 2, 3):
        submit(attempt, RIGHT, position)
    assert together(lambda: quizzes.finish(attempt, NOON)) == ["Attempt", "Attempt"]
    assert Review.objects.count() == 3
    assert not list(differences())


@pytest.mark.django_db(transaction=True)
def test_answered_in_two_tabs_at_the_same_time_one_is_saved_and_counted() -> None:
    attempt = make(deck_of(1), counts=True)
    assert together(lambda: submit(attempt, RIGHT, version=0)) == ["Closed", "Saved"]
    assert Review.objects.count() == 1
    assert not list(differences())


# --- taking up again --------------------------------------------------------------


def test_a_retake_asks_what_was_missed_and_what_was_left_open() -> None:
    attempt = make(deck_of(3))
    submit(attempt, RIGHT, 1)
    submit(attempt, WRONG, 2)
    quizzes.finish(attempt, NOON)
    again = quizzes.retake(attempt, uuid4())
    missed = {live(attempt, position).question.card_id for position in (2, 3)}
    assert {each.question.card_id for each in again.items.select_related("question")} == missed
    assert again.retake_of == attempt


def test_a_retake_prefers_questions_not_seen() -> None:
    deck = builders.deck()
    card = builders.asked_card(deck, "typed", "cloze")
    attempt = make(deck)
    quizzes.finish(attempt, NOON)
    for _ in range(5):
        other = live(quizzes.retake(attempt, uuid4())).question
        assert other.card == card
        assert other != live(attempt).question


def test_there_is_nothing_to_retake_where_nothing_was_missed() -> None:
    attempt = make(deck_of(1))
    submit(attempt, RIGHT)
    quizzes.finish(attempt, NOON)
    with pytest.raises(NothingFits):
        quizzes.retake(attempt, uuid4())


# --- withdrawn questions ---------------------------------------------------------------


def withdraw(row: AttemptItem) -> None:
    claims.withdraw(row.question, row.attempt.deck.owner, NOON)


def test_a_withdrawn_question_is_left_out_of_an_open_quiz() -> None:
    attempt = make(deck_of(3))
    withdraw(item(attempt, 1))
    assert queries.sitting(attempt).open == [2, 3]
    assert submit(attempt) == Closed()
    assert item(attempt, 1).answered_at is None


def test_a_wrong_answer_to_a_question_withdrawn_since_costs_nothing() -> None:
    attempt = make(deck_of(3), feedback="at_end", counts=True)
    submit(attempt, {"text": ["nonsense"]}, 1)
    submit(attempt, RIGHT, 2)
    withdraw(item(attempt, 1))
    withdraw(item(attempt, 2))
    quizzes.finish(attempt, NOON)
    result = queries.result_of(Attempt.objects.get(pk=attempt.pk))
    assert (result.points, len(result.counted), result.missed) == (1, 2, 1)
    listed: Any = queries.attempts_of(attempt.learner).get()
    assert (listed.size, listed.score) == (2, 0.5)
    assert list(Review.objects.answers().values_list("verdict", flat=True)) == ["right"]
    assert [topic.size for topic in result.topics] == [2]
    assert quizzes.retake(attempt, uuid4()).items.count() == 1


def test_a_retake_leaves_out_what_was_withdrawn() -> None:
    attempt = make(deck_of(2))
    quizzes.finish(attempt, NOON)
    withdraw(item(attempt, 1))
    again = quizzes.retake(attempt, uuid4())
    assert [each.question for each in again.items.all()] == [item(attempt, 2).question]
    withdraw(item(attempt, 2))
    with pytest.raises(NothingFits):
        quizzes.retake(attempt, uuid4())


def test_a_retake_does_not_ask_a_missed_card_in_its_withdrawn_wording() -> None:
    deck = builders.deck()
    card = builders.asked_card(deck, "typed", "cloze")
    attempt = make(deck, forms=("typed",))
    quizzes.finish(attempt, NOON)
    claims.withdraw(card.questions.get(form="cloze"), deck.owner, NOON)
    for _ in range(5):
        assert live(quizzes.retake(attempt, uuid4())).question.form == "typed"


def test_a_retake_goes_on_without_a_question_that_is_withdrawn_meanwhile() -> None:
    attempt = make(deck_of(2))
    quizzes.finish(attempt, NOON)
    again = quizzes.retake(attempt, uuid4())
    withdraw(item(again, 1))
    submit(again, RIGHT, 2)
    quizzes.finish(again, NOON)
    assert queries.result_of(again).score == 1
