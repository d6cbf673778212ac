"""After any edit the bank is what it would be if the whole deck were written anew.

It may differ in which wrong answers are offered, and so in whether there is a choice or a
true/false statement at all; and, in relations too large to be read whole, in which events and
pairs stand together. It is fair all the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

import pytest
from django.db import transaction

from questions.domain.interchange.identity import state_of
from questions.models import Deck, Question
from questions.queries import slices
from questions.queries.audit import audit_of
from questions.services.entities import as_data, change_entity
from questions.services.generation import write_questions
from tests.edits import EDITS, begin
from tests.services.conftest import made_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_reasons")]

_COMPARED = ("disputed", "nested", "crowded")
_AUDITED = ("near", "long", "unsettled")
DECKS = {
    **{shape: made_up(shape, 40, seed=3) for shape in _COMPARED},
    **{shape: made_up(shape, 40, seed=5) for shape in _AUDITED},
}
_EDITS = 5
_BY_POOL = ("choice", "true_false")
_SETS = ("ordering", "matching")

Loaded = Callable[[str], Deck]
Told = Mapping[tuple[str, str], tuple[str, str, str, str]]


def edited(deck: Deck, random: Random) -> Deck:
    """One edit of a random kind, refreshed."""
    touched: set[str] = set()
    while not touched:
        deck = begin(deck)
        touched = EDITS[random.choice(sorted(EDITS))](deck, random)
    write_questions(deck, only=touched)
    return deck


def told(deck: Deck, *, sets: bool) -> Told:
    """What every question of the bank asks and takes for right, whatever it offers beside it."""
    rows = Question.objects.filter(card__deck=deck, card__retired=False)
    rows = rows.exclude(state=Question.State.RETIRED).exclude(form__in=_BY_POOL)
    if not sets:
        rows = rows.exclude(form__in=_SETS)
    fields = rows.values_list("card__key", "slot", "state", "stem", "content", "statement")
    return {
        (card, slot): (state, stem, json.dumps(content, sort_keys=True), statement)
        for card, slot, state, stem, content, statement in fields
    }


def rewritten(deck: Deck, *, sets: bool) -> Told:
    """The same after a writing of the whole deck, which is taken back."""
    with transaction.atomic():
        write_questions(deck)
        found = told(deck, sets=sets)
        transaction.set_rollback(True)
    return found


@pytest.fixture(params=["a small deck", "a large deck", "a large deck of large relations"])
def regime(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param != "a small deck":
        monkeypatch.setattr(slices, "WHOLE", 0)
    if request.param == "a large deck of large relations":
        monkeypatch.setattr(slices, "SMALL", 2)
    return str(request.param)


@pytest.mark.parametrize("shape", _COMPARED)
def test_the_bank_is_what_a_whole_writing_gives(shape: str, regime: str, loaded: Loaded) -> None:
    deck, random = loaded(shape), Random(shape + regime)
    sets = "relations" not in regime
    for _ in range(_EDITS):
        deck = edited(deck, random)
        assert told(deck, sets=sets) == rewritten(deck, sets=sets)
    assert audit_of(deck).violations == []


@pytest.mark.parametrize("shape", _AUDITED)
def test_the_bank_is_fair_after_every_edit(shape: str, regime: str, loaded: Loaded) -> None:
    deck, random = loaded(shape), Random(shape + regime)
    for _ in range(_EDITS):
        deck = edited(deck, random)
        assert audit_of(deck).violations == []


@pytest.mark.usefixtures("regime")
def test_the_bank_is_fair_after_names_change(loaded: Loaded) -> None:
    deck, random = loaded("crowded"), Random(7)
    for number in range(3):
        entity = random.choice(list(deck.entities.filter(removed=False).order_by("pk")))
        said = as_data(entity)
        change_entity(entity, replace(said, name=f"{said.name} {number}"), state_of(said))
        assert audit_of(deck).violations == []
    assert told(deck, sets=True) == rewritten(deck, sets=True)
