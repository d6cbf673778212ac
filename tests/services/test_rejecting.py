"""Two teachers who settle the same draft at once: what is on record is what became of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from django.db import connection

from questions.models import Question, Ruling
from questions.services import authoring
from tests import builders

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def draft(transactional_db: None) -> Question:
    card = builders.card(builders.deck())
    return builders.question(card, "typed", state="draft", doubt="settled facts: derived")


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Rejecting stops where the drafts are read and nothing is recorded yet: it says so, and goes
    on when the other is done, or cannot be since it waits for this."""
    read, other_done = Event(), Event()
    record = authoring._record_rejections

    def recorded(*args: Any) -> None:
        read.set()
        other_done.wait(timeout=1.5)
        record(*args)

    monkeypatch.setattr(authoring, "_record_rejections", recorded)
    return read, other_done


def in_thread(pool: ThreadPoolExecutor, act: Callable[[], None]) -> Any:
    def closing() -> None:
        try:
            act()
        finally:
            connection.close()

    return pool.submit(closing)


@pytest.mark.postgres
def test_what_is_approved_while_it_is_rejected_is_not_on_record_as_rejected(
    draft: Question, between: tuple[Event, Event]
) -> None:
    read, other_done = between
    teacher, other = builders.teacher(), builders.teacher()

    def approve() -> None:
        assert read.wait(timeout=10)
        authoring.approve_drafts([draft], other, NOON)
        other_done.set()

    with ThreadPoolExecutor(2) as pool:
        both = [
            in_thread(pool, lambda: authoring.reject_drafts([draft], teacher)),
            in_thread(pool, approve),
        ]
        for each in both:
            each.result(timeout=20)
    draft.refresh_from_db()
    assert (draft.state, draft.rejected, draft.approved_by) == ("retired", True, None)
    assert Ruling.objects.get().decision == Ruling.Decision.REJECTED


def test_what_was_approved_first_is_not_rejected(draft: Question) -> None:
    authoring.approve_drafts([draft], builders.teacher(), NOON)
    authoring.reject_drafts([draft], builders.teacher())
    draft.refresh_from_db()
    assert draft.state == "active"
    assert not Ruling.objects.exists()
