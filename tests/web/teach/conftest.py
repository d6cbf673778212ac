"""A teacher with a deck, signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from questions.models import Deck
from studyapp.accounts.models import User
from tests import builders
from tests.web.teach.sample import lunar_deck


@pytest.fixture
def teacher() -> User:
    return builders.teacher(first_name="Ada", last_name="Grey")


@pytest.fixture
def deck(teacher: User) -> Deck:
    return lunar_deck(teacher)


@pytest.fixture
def client(client: Client, teacher: User) -> Client:
    client.force_login(teacher)
    return client
