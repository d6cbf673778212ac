"""The log tells the state: replay equals what was lived, and undo takes back exactly one answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.scheduling import (
    BrokenLogError,
    EntryKind,
    LogEntry,
    MemoryState,
    Rating,
    Spread,
    Step,
    no_fuzz,
    replay,
    review,
    tell,
)

MONDAY = date(2025, 3, 3)
AGAIN, HARD, GOOD, EASY = Rating


class Learner:
    """Lives a memory and keeps its log, as the services do."""

    def __init__(self) -> None:
        self.log = [LogEntry(1, EntryKind.TOLD, MONDAY)]
        self.states = [tell(MONDAY)]

    @property
    def state(self) -> MemoryState:
        return self.states[-1]

    def answers(
        self, rating: Rating, day: date, retention: float = 0.9, load: dict[date, int] | None = None
    ) -> None:
        fuzz = Spread(b"key", 7, self.state.version, load or {})
        after = review(self.state, rating, day, desired_retention=retention, fuzz=fuzz)
        self.log.append(
            LogEntry(after.version, EntryKind.ANSWER, day, rating=rating, due=after.due)
        )
        self.states.append(after)

    def undoes(self, sequence: int) -> None:
        self.log.append(LogEntry(len(self.log) + 1, EntryKind.VOID, MONDAY, voids=sequence))
        rebuilt = replay(self.log)
        assert rebuilt is not None
        self.states.append(rebuilt)


answers = st.tuples(
    st.sampled_from(Rating),
    st.integers(min_value=-2, max_value=300),
    st.floats(min_value=0.7, max_value=0.97),
    st.integers(min_value=0, max_value=40),
)


def lived(history: list[tuple[Rating, int, float, int]]) -> Learner:
    """Days may go back, the retention wished for and the load change from answer to answer."""
    learner, day = Learner(), MONDAY
    for rating, gap, retention, load in history:
        day += timedelta(days=gap)
        loads = {day + timedelta(days=ahead): load * (ahead % 3) for ahead in range(60)}
        learner.answers(rating, day, retention, loads)
    return learner


@given(st.lists(answers, max_size=25))
def test_the_log_alone_rebuilds_the_very_same_state(
    history: list[tuple[Rating, int, float, int]],
) -> None:
    learner = lived(history)
    assert replay(learner.log) == learner.state
    assert replay(reversed(learner.log)) == learner.state


@given(st.lists(answers, min_size=1, max_size=15))
def test_undo_leads_back_to_the_state_before_but_for_the_version(
    history: list[tuple[Rating, int, float, int]],
) -> None:
    learner = lived(history)
    before = learner.states[-2]
    learner.undoes(learner.state.version)
    assert learner.state == replace(before, version=len(learner.log))


@given(st.lists(answers, min_size=1, max_size=10), answers)
def test_after_an_undo_life_goes_on_as_if_the_answer_had_not_been_given(
    history: list[tuple[Rating, int, float, int]], other: tuple[Rating, int, float, int]
) -> None:
    rating, gap, _, _ = other
    learner = lived(history)
    without = learner.states[-2]
    learner.undoes(learner.state.version)
    day = without.due + timedelta(days=gap)
    learner.answers(rating, day)
    straight = review(without, rating, day, desired_retention=0.9, fuzz=no_fuzz)
    live = learner.state
    assert (live.stability, live.difficulty) == (straight.stability, straight.difficulty)
    assert replay(learner.log) == live


def test_undoing_answer_after_answer_leads_back_to_the_told_card() -> None:
    learner = lived([(GOOD, 0, 0.9, 0), (GOOD, 2, 0.9, 0), (AGAIN, 9, 0.9, 0)])
    for sequence in (4, 3, 2):
        learner.undoes(sequence)
    assert learner.state == replace(tell(MONDAY), version=7)


def test_a_card_whose_telling_was_undone_is_new_again_but_keeps_its_version() -> None:
    learner = Learner()
    learner.undoes(1)
    assert learner.state == MemoryState(due=MONDAY, step=Step.TELL, version=2)
    assert tell(MONDAY, learner.state) == replace(tell(MONDAY), version=3)


def test_no_entries_tell_of_no_memory() -> None:
    assert replay([]) is None


def test_the_due_day_is_the_one_decided_at_the_time_and_not_worked_out_again() -> None:
    friday = MONDAY + timedelta(days=4)
    log = [LogEntry(1, EntryKind.ANSWER, MONDAY, rating=GOOD, due=friday)]
    rebuilt = replay(log)
    assert rebuilt is not None
    assert rebuilt.due == friday


def test_an_answer_accepted_later_takes_the_place_of_the_one_marked_wrong() -> None:
    learner = lived([(GOOD, 0, 0.9, 0), (AGAIN, 2, 0.9, 0), (GOOD, 0, 0.9, 0)])
    later = MONDAY + timedelta(days=20)
    accepted = LogEntry(5, EntryKind.ANSWER, learner.log[2].day, rating=GOOD, due=later, voids=3)
    as_if = lived([(GOOD, 0, 0.9, 0), (GOOD, 2, 0.9, 0), (GOOD, 0, 0.9, 0)])
    assert replay([*learner.log, accepted]) == replace(as_if.state, due=later, version=5)


def test_undoing_an_answer_that_was_accepted_later_takes_it_back_for_good() -> None:
    learner = lived([(GOOD, 0, 0.9, 0), (AGAIN, 2, 0.9, 0)])
    accepted = LogEntry(4, EntryKind.ANSWER, learner.log[2].day, rating=GOOD, due=MONDAY, voids=3)
    void = LogEntry(5, EntryKind.VOID, MONDAY, voids=4)
    assert replay([*learner.log, accepted, void]) == replace(learner.states[1], version=5)


@pytest.mark.parametrize(
    "entries",
    [
        [LogEntry(1, EntryKind.TOLD, MONDAY), LogEntry(1, EntryKind.TOLD, MONDAY)],
        [LogEntry(1, EntryKind.VOID, MONDAY, voids=1)],
        [LogEntry(1, EntryKind.TOLD, MONDAY), LogEntry(2, EntryKind.VOID, MONDAY, voids=3)],
        [
            LogEntry(1, EntryKind.TOLD, MONDAY),
            LogEntry(2, EntryKind.VOID, MONDAY, voids=1),
            LogEntry(3, EntryKind.VOID, MONDAY, voids=1),
        ],
        [
            LogEntry(1, EntryKind.TOLD, MONDAY),
            LogEntry(2, EntryKind.VOID, MONDAY, voids=1),
            LogEntry(3, EntryKind.VOID, MONDAY, voids=2),
        ],
    ],
    ids=["twice the same", "voids itself", "voids the future", "voids twice", "voids a void"],
)
def test_a_log_that_cannot_have_been_written_is_refused(entries: list[LogEntry]) -> None:
    with pytest.raises(BrokenLogError):
        replay(entries)


def test_an_entry_whose_parts_do_not_fit_is_refused() -> None:
    with pytest.raises(BrokenLogError):
        LogEntry(1, EntryKind.ANSWER, MONDAY, rating=GOOD)
    with pytest.raises(BrokenLogError):
        LogEntry(1, EntryKind.TOLD, MONDAY, due=MONDAY)
    with pytest.raises(BrokenLogError):
        LogEntry(2, EntryKind.VOID, MONDAY)
    with pytest.raises(BrokenLogError):
        LogEntry(2, EntryKind.TOLD, MONDAY, voids=1)
