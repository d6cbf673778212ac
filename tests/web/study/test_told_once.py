"""What is said to a learner by a fragment stands there once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Review
from studyapp.accounts.models import User
from tests.web.study.test_session import at_noon, begun, post_answer

__all__ = ["at_noon"]

pytestmark = pytest.mark.django_db


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
