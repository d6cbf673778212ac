"""Joining a class with its code, and leaving it."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Classroom, Enrolment
from questions.services import classes
from studyapp.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    teacher = builders.teacher(first_name="Ada", last_name="Grey")
    deck = builders.deck(teacher, title="The Moon", visibility="private")
    return classes.create_class(teacher, "Year 10", [deck])


@pytest.fixture
def learner(client: Client) -> User:
    learner = builders.user()
    client.force_login(learner)
    return learner


def test_the_code_lets_a_student_in_and_shows_the_decks(
    client: Client, learner: User, classroom: Classroom
) -> None:
    url = reverse("questions:join")
    html = client.post(url, {"code": classroom.code}, follow=True).content.decode()
    assert "You are in Year 10 now." in html
    assert "Taught by Ada Grey" in html
    deck = classroom.decks.get()
    assert reverse("questions:start", args=[deck.slug]) in html
    assert client.get(reverse("questions:deck", args=[deck.slug])).status_code == 200


def test_a_link_fills_in_the_code_but_does_not_join(
    client: Client, learner: User, classroom: Classroom
) -> None:
    html = client.get(reverse("questions:join_code", args=[classroom.code])).content.decode()
    assert f'value="{classroom.code}"' in html
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("BCDF", "A code has eight letters"),
        ("ZZZZZZZZ", "No class has this code"),
        ("", "This field is required"),
    ],
)
def test_a_code_that_opens_nothing_is_explained(
    client: Client, learner: User, classroom: Classroom, code: str, message: str
) -> None:
    response = client.post(reverse("questions:join"), {"code": code})
    assert response.status_code == 422
    assert message in unescape(response.content.decode())


def test_a_teacher_is_told_that_the_class_is_their_own(
    client: Client, classroom: Classroom
) -> None:
    client.force_login(classroom.teacher)
    response = client.post(reverse("questions:join"), {"code": classroom.code})
    assert "This is your own class" in response.content.decode()
    assert not Enrolment.objects.exists()


def test_a_student_leaves(client: Client, learner: User, classroom: Classroom) -> None:
    classes.join(learner, classroom.code)
    url = reverse("questions:class_leave", args=[classroom.pk])
    html = client.post(url, follow=True).content.decode()
    assert "You left Year 10" in html
    assert "You are in no class yet" in html
    assert not Enrolment.objects.exists()
