"""Decks that are written once for all tests of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from questions.domain import audit
from questions.models import Deck
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from tests import builders
from tests.synthetic import synthetic

Load = Callable[[], Deck]


def made_up(shape: str, facts: int, seed: int = 1) -> Load:
    """A made-up deck with its questions, to be named in a module's `DECKS`."""

    def load() -> Deck:
        data = synthetic(shape, facts, seed=seed)
        slug = f"{shape}-{facts}-{seed}"
        deck = import_deck(builders.teacher(), data, slug=slug, questions=False).deck
        write_questions(deck)
        return deck

    return load


@pytest.fixture(scope="module")
def _loaded(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Mapping[str, int]]:
    decks: Mapping[str, Load] = request.module.DECKS
    with django_db_blocker.unblock(), transaction.atomic():
        yield {name: load().pk for name, load in decks.items()}
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_loaded: Mapping[str, int], db: None) -> Callable[[str], Deck]:
    """Gives a deck of the module's `DECKS`. What a test does to it is taken back after the test."""
    return lambda name: Deck.objects.get(pk=_loaded[name])


@pytest.fixture
def few_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit gives no reasons for what is not asked, for which it writes half a deck anew."""
    monkeypatch.setattr(audit, "_REASONS", 1)
