"""A card is recognised before it is recalled, and always asked in a form that it has."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.scheduling import MemoryState, Step, form_for, tier

MONDAY = date(2025, 3, 3)
FORMS = ["choice", "true_false", "matching", "typed", "cloze", "list", "ordering", "flashcard"]
states = st.none() | st.sampled_from(Step).map(lambda step: MemoryState(due=MONDAY, step=step))


def on(step: Step) -> MemoryState:
    return MemoryState(due=MONDAY, step=step)


@given(states, st.lists(st.sampled_from([*FORMS, "essay"])), st.binary(max_size=32))
def test_only_a_form_that_is_available_is_asked(
    state: MemoryState | None, available: list[str], key: bytes
) -> None:
    form = form_for(state, available, key)
    assert form in available if available else form is None


@given(st.binary(max_size=32))
def test_the_step_decides_between_recognising_and_recalling(key: bytes) -> None:
    recognised, recalled = {"choice", "true_false", "matching"}, set(FORMS[3:])
    assert form_for(None, FORMS, key) in recognised
    assert form_for(on(Step.TELL), FORMS, key) in recognised
    assert form_for(on(Step.RECOGNISE), FORMS, key) in recognised
    assert form_for(on(Step.RECALL), FORMS, key) in recalled


@pytest.mark.parametrize("step", Step)
def test_a_card_with_one_form_is_asked_in_it_on_every_step(step: Step) -> None:
    assert form_for(on(step), ["typed"], b"key") == "typed"
    assert form_for(on(step), ["choice"], b"key") == "choice"


def test_a_card_without_questions_has_no_form() -> None:
    assert form_for(on(Step.RECALL), [], b"key") is None


@given(st.permutations(FORMS), st.binary(max_size=32))
def test_the_key_alone_decides_among_the_fitting(order: list[str], key: bytes) -> None:
    assert form_for(on(Step.RECALL), order, key) == form_for(on(Step.RECALL), FORMS, key)


def test_every_fitting_form_has_its_turn() -> None:
    asked = {form_for(on(Step.RECALL), FORMS, str(n).encode()) for n in range(100)}
    assert asked == set(FORMS[3:])


def test_a_form_not_known_here_is_recall() -> None:
    assert tier("essay") is Step.RECALL
