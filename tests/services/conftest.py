"""Decks to be named in a module's `DECKS`, so that they are written once for all its tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from questions.domain import audit
from questions.models import Deck
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from tests import builders
from tests.domain.generation.decks import deck as war
from tests.synthetic import synthetic


def made_up(shape: str, facts: int, seed: int = 1) -> Callable[[], Deck]:
    """Loads a synthetic deck with its questions."""

    def load() -> Deck:
        data = synthetic(shape, facts, seed=seed)
        slug = f"{shape}-{facts}-{seed}"
        deck = import_deck(builders.teacher(), data, slug=slug, questions=False).deck
        write_questions(deck)
        return deck

    return load


def war_deck() -> Deck:
    made = war()
    return import_deck(builders.teacher(), replace(made, own=made.vocabulary), slug="war").deck


@pytest.fixture
def few_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit gives no reasons for what is not asked, for which it writes half a deck anew."""
    monkeypatch.setattr(audit, "_REASONS", 1)
