"""Cycles are looked for again after long work, however it ended."""

import gc
from collections.abc import Iterator

import pytest

from questions.domain.uncollected import uncollected


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


@uncollected()
def long_work(fails: bool) -> bool:
    if fails:
        raise ValueError("broken off")
    return gc.isenabled()


def test_long_work_is_not_interrupted_and_cycles_are_looked_for_afterwards() -> None:
    assert not long_work(fails=False)
    assert gc.isenabled()


def test_cycles_are_looked_for_after_work_that_failed() -> None:
    with pytest.raises(ValueError, match="broken off"):
        long_work(fails=True)
    assert gc.isenabled()


def test_work_within_work_leaves_the_outer_one_undisturbed() -> None:
    with uncollected():
        long_work(fails=False)
        assert not gc.isenabled()
    assert gc.isenabled()


def test_who_never_looks_for_cycles_is_not_made_to() -> None:
    gc.disable()
    long_work(fails=False)
    assert not gc.isenabled()
