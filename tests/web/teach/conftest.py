"""A teacher with a deck, signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from questions.models import Deck
from studyapp.accounts.models import User
from tests import builders
from tests.loading import taken_back
from tests.web.teach.sample import lunar_deck


@pytest.fixture(scope="module")
def _lunar(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """The deck's number: it is written once for all tests of a module."""
    with taken_back(django_db_blocker):
        yield lunar_deck(builders.teacher(first_name="Ada", last_name="Grey")).pk


@pytest.fixture
def teacher(_lunar: int, db: None) -> User:
    return User.objects.get(decks=_lunar)


@pytest.fixture
def deck(_lunar: int, db: None) -> Deck:
    return Deck.objects.get(pk=_lunar)


@pytest.fixture
def client(client: Client, teacher: User) -> Client:
    client.force_login(teacher)
    return client
