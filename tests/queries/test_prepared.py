"""A prepared query finds what Django's own finds, however many values it is given."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from django.db.models import QuerySet
from django.db.models.functions import Length

from questions.models import Card, Deck, Fact
from questions.queries.prepared import Prepared
from questions.services.interchange import import_deck
from tests import builders
from tests.synthetic import synthetic

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck() -> Deck:
    return import_deck(builders.user(), synthetic("plain", 60), slug="sixty").deck


def _facts(uids: Collection[str], least: int) -> QuerySet[Fact, tuple[Any, ...]]:
    rows = Fact.objects.live().alias(long=Length("value")).filter(uid__in=uids, long__gte=least)
    return rows.order_by("pk").values_list("pk", "qualifiers", "removed", "updated_at", "low")


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 13, 40])
def test_finds_and_reads_what_django_does(deck: Deck, count: int) -> None:
    prepared = Prepared(_facts)
    uids = list(deck.facts.order_by("-pk").values_list("uid", flat=True)[:count])
    for least in (1, 3, 5):
        assert prepared(uids=uids, least=least) == list(_facts(uids, least))
    again = uids[1:] + uids[:1]
    assert prepared(uids=again, least=1) == list(_facts(again, 1)) != []


def test_nothing_is_in_nothing(deck: Deck, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert Prepared(_facts)(uids=[], least=1) == []


def test_a_value_given_once_may_stand_in_it_twice(deck: Deck) -> None:
    prepared = Prepared(lambda pk: Card.objects.filter(fact=pk, fact__pk=pk).values_list("key"))
    fact = Card.objects.filter(deck=deck, fact__isnull=False).order_by("pk")[0].fact_id
    assert fact is not None
    own = Card.objects.filter(fact=fact).values_list("key")
    assert sorted(prepared(pk=fact)) == sorted(own)


def test_a_whole_number_and_a_decimal_are_given_as_what_they_are(deck: Deck) -> None:
    prepared = Prepared(
        lambda low: Fact.objects.filter(low__gte=low).order_by("pk").values_list("pk")
    )
    for low in (1799, 1799.5):
        assert prepared(low=low) == list(
            Fact.objects.filter(low__gte=low).order_by("pk").values_list("pk")
        )
