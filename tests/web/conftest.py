"""A learner, signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from studyapp.accounts.models import User
from tests import builders


@pytest.fixture
def learner() -> User:
    return builders.user()


@pytest.fixture
def visitor(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client
