"""What is said twice, by a learner or to one, stands there once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import ProblemReport, Review
from studyapp.accounts.models import User
from tests.web.study.test_session import at_noon, begun, post_answer

__all__ = ["at_noon"]

pytestmark = pytest.mark.django_db


def test_a_problem_reported_again_says_it_anew_and_waits_once(
    visitor: Client, learner: User
) -> None:
    post_answer(visitor, begun(learner, "choice"), option="0")
    url = reverse("questions:report", args=[Review.objects.answers().get().pk])
    for text in ("Two are right.", "All three are right.", ""):
        page = visitor.post(url, {"text": text}).content.decode()
        assert "Whoever keeps this deck will look at it." in page
    waiting = ProblemReport.objects.get()
    assert waiting.text == "All three are right."
    ProblemReport.objects.update(open=False)
    visitor.post(url, {"text": "Still so."})
    assert [each.text for each in ProblemReport.objects.filter(open=True)] == ["Still so."]


def test_what_a_fragment_has_to_say_is_said_once(visitor: Client, learner: User) -> None:
    session = begun(learner, "choice")
    post_answer(visitor, session, option="0")
    review = Review.objects.answers().get()
    undo = reverse("questions:undo", args=[session.pk, review.pk])
    fragment = {"HX-Request": "true"}
    Review.objects.update(ruled=True)
    page = visitor.post(undo, {"token": uuid4()}, headers=fragment, follow=True)
    assert "cannot be undone any more" in page.content.decode()
    assert 'hx-swap-oob="true"' in page.content.decode()
    url = reverse("questions:session", args=[session.pk])
    page = visitor.get(url, headers=fragment, follow=True)
    assert "cannot be undone any more" not in page.content.decode()
    assert 'id="messages"' in page.content.decode()  # what stands there gives way
    whole = visitor.get(url, follow=True).content.decode()
    assert whole.count('id="messages"') == 1
