"""What a slice reads is bounded, however much its deck holds."""

from __future__ import annotations

import pytest

from questions.models import Entity
from questions.queries import slice_rows
from tests import builders

pytestmark = pytest.mark.django_db


def test_of_very_many_parts_no_more_are_read_than_a_slice_holds() -> None:
    deck = builders.deck()
    names = [f"part-{number}" for number in range(slice_rows.MOST_AROUND + 5)]
    rows = [Entity(deck=deck, key=one, type="place", name=one, part_of="all") for one in names]
    Entity.objects.bulk_create(rows)
    found = slice_rows.entities_with(deck=deck.pk, part_of__in=["all"])
    assert len(found) == slice_rows.MOST_AROUND
