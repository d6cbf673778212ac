"""What an answer does to a memory: against py-fsrs, and what a learner would notice."""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.scheduling import (
    MAX_INTERVAL,
    MemoryState,
    Rating,
    Spread,
    Step,
    no_fuzz,
    possible_days,
    retrievability,
    review,
    tell,
)

MONDAY = date(2025, 3, 3)
AGAIN, HARD, GOOD, EASY = Rating

ratings = st.sampled_from(Rating)
gaps = st.integers(min_value=0, max_value=400)
histories = st.lists(st.tuples(ratings, gaps), min_size=1, max_size=25)
retentions = st.floats(min_value=0.7, max_value=0.97)


def answer(state: MemoryState | None, rating: Rating, day: date) -> MemoryState:
    return review(state, rating, day, desired_retention=0.9, fuzz=no_fuzz)


def answered(*ratings: Rating) -> MemoryState:
    """Each rating given on the day the card is due."""
    return reduce(lambda state, rating: answer(state, rating, state.due), ratings, tell(MONDAY))


def oracle(history: list[tuple[Rating, int]], retention: float) -> tuple[MemoryState, fsrs.Card]:
    """The same history, the gaps in days before each answer, through us and through py-fsrs."""
    scheduler = fsrs.Scheduler(
        desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card, state, day = fsrs.Card(card_id=1), tell(MONDAY), MONDAY
    for rating, gap in history:
        day += timedelta(days=gap)
        moment = datetime.combine(day, time(12), UTC)
        card, _ = scheduler.review_card(card, fsrs.Rating(int(rating)), moment)
        state = review(state, rating, day, desired_retention=retention, fuzz=no_fuzz)
    return state, card


def assert_agrees(history: list[tuple[Rating, int]], retention: float) -> None:
    """Ours computes in 32-bit floats, theirs in 64-bit ones: a few parts in 10⁷ an answer,
    so 10⁻⁴ after 25 of them; a due day may fall on either side of a rounding."""
    state, card = oracle(history, retention)
    assert state.stability == pytest.approx(card.stability, rel=1e-4)
    assert state.difficulty == pytest.approx(card.difficulty, rel=1e-4)
    assert card.last_review is not None
    theirs = (card.due - card.last_review).days
    if history[-1][0] is not AGAIN:
        ours = (state.due - (state.last_day or MONDAY)).days
        assert ours == pytest.approx(theirs, rel=1e-4, abs=1)


@pytest.mark.parametrize(
    ("ratings", "intervals"),
    [
        ([GOOD, GOOD, GOOD, GOOD, GOOD], [2, 11, 46, 163, 497]),
        ([EASY, GOOD, HARD], [8, 39, 108]),
        ([AGAIN, GOOD, GOOD], [0, 1, 2]),
        ([GOOD, GOOD, AGAIN, GOOD, GOOD], [2, 11, 0, 2, 5]),
    ],
)
def test_intervals_are_those_of_fsrs_6(ratings: list[Rating], intervals: list[int]) -> None:
    state, seen = tell(MONDAY), []
    for rating in ratings:
        day = state.due
        state = answer(state, rating, day)
        seen.append((state.due - day).days)
    assert seen == intervals


@given(histories, retentions)
def test_memory_agrees_with_py_fsrs_over_any_history(
    history: list[tuple[Rating, int]], retention: float
) -> None:
    assert_agrees(history, retention)


def test_memory_agrees_with_py_fsrs_after_a_long_history() -> None:
    assert_agrees([(GOOD, 2), (GOOD, 12), (HARD, 40), (AGAIN, 90), (GOOD, 0), (EASY, 3)] * 10, 0.85)


@given(histories, st.integers(min_value=0, max_value=5000))
def test_predicted_recall_agrees_with_py_fsrs(
    history: list[tuple[Rating, int]], later: int
) -> None:
    state, card = oracle(history, 0.9)
    assert state.last_day is not None
    day = state.last_day + timedelta(days=later)
    theirs = fsrs.Scheduler().get_card_retrievability(card, datetime.combine(day, time(12), UTC))
    assert retrievability(state, day) == pytest.approx(theirs, abs=1e-4)


def test_recall_is_expected_at_nine_in_ten_when_the_stability_has_passed() -> None:
    state = MemoryState(due=MONDAY, stability=10.0, difficulty=5.0, last_day=MONDAY)
    assert retrievability(state, MONDAY) == 1.0
    assert retrievability(state, MONDAY + timedelta(days=10)) == pytest.approx(0.9)
    assert retrievability(state, MONDAY - timedelta(days=1)) == 1.0
    assert retrievability(tell(MONDAY), MONDAY) == 0.0


def test_a_told_card_is_recognised_the_same_day() -> None:
    state = tell(MONDAY)
    assert (state.due, state.step, state.version) == (MONDAY, Step.RECOGNISE, 1)
    assert state.stability is None


def test_a_failed_card_stays_due_until_passed_then_waits_a_day_or_more() -> None:
    failed = answer(answered(GOOD, GOOD), AGAIN, MONDAY + timedelta(days=13))
    assert failed.due == MONDAY + timedelta(days=13)
    twice = answer(failed, AGAIN, failed.due)
    assert twice.due == failed.due
    assert answer(twice, HARD, failed.due).due > failed.due


def test_a_lapse_counts_once_however_often_it_is_failed_that_day() -> None:
    state = answered(AGAIN, AGAIN, GOOD)
    assert state.lapses == 0, "never known, so never forgotten"
    state = reduce(lambda s, r: answer(s, r, s.due), (AGAIN, AGAIN, GOOD, AGAIN), state)
    assert (state.lapses, state.reps, state.lapsed) == (2, 7, True)


def test_recognised_twice_a_card_is_recalled_and_a_lapse_sets_it_one_step_back() -> None:
    assert answered(GOOD).step is Step.RECOGNISE
    assert answered(GOOD, GOOD).step is Step.RECALL
    assert answered(GOOD, GOOD, HARD).step is Step.RECALL
    assert answered(GOOD, GOOD, AGAIN).step is Step.RECOGNISE
    assert answered(GOOD, HARD, HARD).step is Step.RECOGNISE, "hard is no reason to climb"


def test_a_strong_memory_that_lapsed_is_recognised_once_before_it_is_recalled_again() -> None:
    strong = MemoryState(
        due=MONDAY, step=Step.RECALL, stability=3000.0, difficulty=1.0, last_day=date(2018, 1, 1)
    )
    lapsed = answer(strong, AGAIN, MONDAY)
    assert lapsed.step is Step.RECOGNISE
    assert answer(lapsed, GOOD, MONDAY).step is Step.RECALL


def test_a_day_that_goes_back_counts_as_the_last_one() -> None:
    before = answered(GOOD)
    yesterday = (before.last_day or MONDAY) - timedelta(days=1)
    assert answer(before, GOOD, yesterday) == answer(before, GOOD, MONDAY)
    failed = answer(before, AGAIN, yesterday)
    assert failed.due == yesterday, "what was failed can be repeated at once"
    assert failed.last_day == MONDAY


def test_a_card_never_told_can_be_answered() -> None:
    state = answer(None, GOOD, MONDAY)
    assert (state.version, state.reps, state.due) == (1, 1, MONDAY + timedelta(days=2))


@given(
    stability=st.floats(min_value=0.01, max_value=36500),
    more=st.floats(min_value=0, max_value=1000),
    rating=st.sampled_from([HARD, GOOD, EASY]),
)
def test_of_two_memories_on_their_due_day_the_stronger_comes_back_later(
    stability: float, more: float, rating: Rating
) -> None:
    def due(stability: float) -> date:
        elapsed = timedelta(days=min(round(stability), MAX_INTERVAL))
        state = MemoryState(
            due=MONDAY, stability=stability, difficulty=5.0, last_day=MONDAY - elapsed
        )
        return answer(state, rating, MONDAY).due

    # A stability of 1.4 is asked after one day and 1.6 after two: the spacing decides there.
    assert due(stability + more + 1) >= due(stability)


@given(histories, ratings)
def test_a_better_rating_never_brings_a_card_back_sooner(
    history: list[tuple[Rating, int]], rating: Rating
) -> None:
    state, _ = oracle(history, 0.9)
    dues = [answer(state, rating, state.due).due for rating in Rating]
    assert dues == sorted(dues)


def test_no_card_is_put_off_by_more_than_a_hundred_years() -> None:
    state = MemoryState(due=MONDAY, stability=36500.0, difficulty=1.0, last_day=date(1925, 1, 1))
    after = review(state, EASY, MONDAY, desired_retention=0.5, fuzz=Spread(b"key", 1, 7))
    assert (after.due - MONDAY).days <= MAX_INTERVAL


@pytest.mark.parametrize("retention", [0.0, 1.0, 1.2, -0.5, float("nan")])
def test_a_retention_that_cannot_be_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        review(None, GOOD, MONDAY, desired_retention=retention, fuzz=no_fuzz)


@given(histories, st.floats(min_value=0.7, max_value=0.97), ratings)
def test_the_due_day_is_one_of_the_possible_days(
    history: list[tuple[Rating, int]], retention: float, rating: Rating
) -> None:
    state, _ = oracle(history, 0.9)
    first, last = possible_days(state, rating, state.due, desired_retention=retention)
    fuzz = Spread(b"key", 5, state.version)
    after = review(state, rating, state.due, desired_retention=retention, fuzz=fuzz)
    assert first <= after.due <= last


@given(histories, ratings, gaps)
def test_a_memory_that_went_through_json_develops_exactly_as_one_that_did_not(
    history: list[tuple[Rating, int]], rating: Rating, gap: int
) -> None:
    state, _ = oracle(history, 0.9)
    stored = json.loads(json.dumps([state.stability, state.difficulty]))
    again = MemoryState(
        due=state.due,
        step=state.step,
        stability=stored[0],
        difficulty=stored[1],
        last_day=state.last_day,
        reps=state.reps,
        lapses=state.lapses,
        lapsed=state.lapsed,
        version=state.version,
    )
    day = state.due + timedelta(days=gap)
    assert answer(again, rating, day) == answer(state, rating, day)
