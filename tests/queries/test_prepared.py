"""A prepared query finds what Django's own finds, however many values it is given."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Collection
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections
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


@pytest.mark.parametrize(
    ("given", "which"),
    [
        ({"removed": True}, "removed"),
        ({"value": "17"}, "value__contains"),
        ({"side": "norland"}, "qualifiers__side"),
    ],
)
def test_a_value_that_is_not_compared_as_it_is_given_is_refused(
    given: dict[str, Any], which: str
) -> None:
    (name,) = given
    prepared = Prepared(lambda **said: Fact.objects.filter(**{which: said[name]}).values_list("pk"))
    with pytest.raises(ValueError, match="not compared as it is given"):
        prepared(**given)


def test_one_value_and_several_are_asked_for_in_turn(deck: Deck) -> None:
    prepared = Prepared(
        lambda pk: (
            Fact.objects.filter(**{"pk" if isinstance(pk, int) else "pk__in": pk})
            .order_by("pk")
            .values_list("pk")
        )
    )
    rows = list(deck.facts.order_by("pk").values_list("pk")[:3])
    assert prepared(pk=rows[0][0]) == rows[:1]
    assert prepared(pk=[pk for (pk,) in rows]) == rows
    assert prepared(pk=rows[1][0]) == rows[1:2]


def test_of_several_values_none_may_stand_alone() -> None:
    prepared = Prepared(lambda uids: Fact.objects.filter(uid=uids[0]).values_list("pk"))
    with pytest.raises(ValueError, match="not compared as it is given"):
        prepared(uids=["one", "two"])


@pytest.mark.django_db(transaction=True)
def test_other_threads_ask_over_their_own_connection_and_leave_none_behind(
    django_db_serialized_rollback: None,
) -> None:
    deck = import_deck(builders.user(), synthetic("plain", 60), slug="sixty").deck
    prepared, asked, over = Prepared(_facts), [], []
    uids = list(deck.facts.order_by("pk").values_list("uid", flat=True)[:3])

    def ask() -> None:
        asked.append(prepared(uids=uids, least=1))
        over.append(weakref.ref(connections["default"]))
        connections["default"].close()

    for _ in range(2):
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    gc.collect()
    assert asked == [list(_facts(uids, 1))] * 2
    assert [ref() for ref in over] == [None, None]
    assert connection.connection is not None
