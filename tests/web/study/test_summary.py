"""What the end of a session says: how it went, and when its cards come back."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from questions.models import StudySession
from studyapp.accounts.models import User
from tests import builders
from tests.web.study.test_session import at_noon, begun, post_answer

__all__ = ["at_noon"]

pytestmark = pytest.mark.django_db


def summary(visitor: Client, session: StudySession) -> str:
    return visitor.get(reverse("questions:summary", args=[session.pk])).content.decode()


def coming(visitor: Client, session: StudySession) -> dict[str, int]:
    """How many cards the summary says come back on which day."""
    rows = re.findall(
        r"<li><span>(.*?)</span><span class=\"num\">(\d+) card", summary(visitor, session)
    )
    return {day: int(cards) for day, cards in rows}


def test_a_card_missed_too_often_comes_back_tomorrow(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    pages = [post_answer(visitor, session, text="7") for _ in range(4)]
    assert ["Comes back next." in page for page in pages] == [True, True, True, False]
    assert "Comes back tomorrow." in pages[-1]
    assert coming(visitor, session) == {"Tomorrow": 1}


def test_a_card_missed_too_often_is_not_counted_for_today_while_others_are_left(
    visitor: Client, learner: User
) -> None:
    session = begun(learner, "typed")
    for _ in range(3):
        post_answer(visitor, session, text="7")
    assert coming(visitor, session) == {"Today": 1}
    post_answer(visitor, session, text="7")
    builders.asked_card(session.deck)
    assert "So far today" in summary(visitor, session)
    assert coming(visitor, session) == {"Tomorrow": 1}


def test_the_summary_shows_score_missed_and_what_comes_when(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    post_answer(visitor, session, text="7")
    post_answer(visitor, session, text="90417")
    page = visitor.get(reverse("questions:session", args=[session.pk]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("questions:summary", args=[session.pk])
    text = page.content.decode()
    assert "50 %" in text
    assert "You answered: <bdi>7</bdi>" in text
    assert "A question of the form typed?" in text
    assert re.search(r"Tomorrow|Thursday|Friday|Saturday", text)


def test_a_session_with_cards_left_is_not_called_done(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    summary = reverse("questions:summary", args=[session.pk])
    before = visitor.get(summary).content.decode()
    assert "So far today" in before
    assert reverse("questions:session", args=[session.pk]) in before
    post_answer(visitor, session, text="90417")
    assert "Done for today" in visitor.get(summary).content.decode()


def test_the_summary_of_another_day_names_the_day(
    visitor: Client, learner: User, at_noon: time_machine.Traveller
) -> None:
    session = begun(learner, "typed")
    at_noon.move_to(datetime(2026, 3, 11, 12, 0, tzinfo=UTC))
    page = visitor.get(reverse("questions:summary", args=[session.pk])).content.decode()
    assert f"Studied on {session.day.day} March 2026" in page
