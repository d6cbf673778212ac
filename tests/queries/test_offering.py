"""Which choices offer an entity now, of the cards that do or once did."""

from __future__ import annotations

import pytest

from questions.models import Distractor, Entity, Question
from questions.queries.standing import offering
from tests import builders

pytestmark = pytest.mark.django_db


def offers(entity: Entity, *options: str, **fields: object) -> Question:
    """A choice with these options, on a card that is filed under the entity."""
    card = builders.card(entity.deck)
    Distractor.objects.create(card=card, entity=entity)
    distractors = [{"text": key, "value": key, "entity": key} for key in options]
    content = {**builders.content("choice"), "distractors": distractors}
    return builders.question(card, "choice", content=content, **fields)


@pytest.mark.parametrize("key", ["cape", "мыс", "cape-1.b", "a_b"])
def test_choices_that_offer_it_are_found_whatever_its_key(key: str) -> None:
    entity = builders.entity(builders.deck(), key=key)
    question = offers(entity, "other", key)
    assert list(offering(entity.deck, key)) == [question]


def test_what_offered_it_once_is_not_found() -> None:
    entity = builders.entity(builders.deck(), key="a_b")
    offers(entity, "other", "a_b-1", "axb")
    offers(entity, "a_b", state="retired")
    assert not offering(entity.deck, "a_b").exists()


def test_another_decks_choices_are_not_found() -> None:
    entity = builders.entity(builders.deck(), key="cape")
    offers(builders.entity(builders.deck(), key="cape"), "cape")
    assert not offering(entity.deck, "cape").exists()
