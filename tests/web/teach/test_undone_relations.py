"""Deleted relations put back: what they spoke of may have gone meanwhile."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.domain.facts import Relation
from questions.models import Deck, Deletion, Entity
from questions.queries.facts import vocabulary_for
from questions.queries.interchange import deck_file
from questions.services.entities import remove_entity
from questions.services.interchange import import_deck
from questions.services.relations import add_relation, remove_relation
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def sisters(deck: Deck) -> Deck:
    """What a city is twinned with has the custom and the motto for sisters."""
    own = deck.own_vocabulary["text"].replace("label: twinned with", "sisters: [custom, motto]")
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={"text": own})
    return now(deck)


def now(deck: Deck) -> Deck:
    return Deck.objects.get(pk=deck.pk)


def relations(deck: Deck) -> dict[str, Relation]:
    return dict(vocabulary_for(now(deck)).relations)


def undo(client: Client, deck: Deck, key: str) -> str:
    """The words of the page after it; the deck's own file can be read again."""
    url = reverse("questions:relation_restore", args=[deck.slug, key])
    page = client.post(url, follow=True).content.decode()
    written = deck_file(now(deck))
    assert deck_file(import_deck(builders.teacher(), written.encode()).deck) == written
    return " ".join(unescape(page).split())


@pytest.mark.parametrize("deleted", [("twinned", "custom"), ("custom", "twinned")])
@pytest.mark.parametrize("undone", [("twinned", "custom"), ("custom", "twinned")])
def test_sisters_deleted_and_put_back_in_any_order_are_sisters_at_their_places(
    client: Client, sisters: Deck, deleted: tuple[str, str], undone: tuple[str, str]
) -> None:
    whole = deck_file(sisters)
    for key in deleted:
        remove_relation(sisters, key)
    for key in undone:
        assert "It is back" in undo(client, sisters, key)
    assert deck_file(now(sisters)) == whole


def test_a_sister_that_stays_deleted_is_not_named(client: Client, sisters: Deck) -> None:
    remove_relation(sisters, "twinned")
    remove_relation(sisters, "custom")
    undo(client, sisters, "twinned")
    assert relations(sisters)["twinned"].sisters == ("motto",)


def test_a_relation_whose_type_is_gone_stays_deleted(client: Client, deck: Deck) -> None:
    gizmo = reverse("questions:relation_new", args=[deck.slug])
    data = {"label": "invented", "about": "+", "new_about": "gizmo", "kind": "term"}
    data |= {"ask_1": "What has {about}?", "ask_2": "And {about}?", "state": "{About}: {value}."}
    before = deck_file(deck)
    assert client.post(gizmo, data).status_code == 302
    remove_relation(deck, "invented")
    import_deck(deck.owner, before.encode(), into=now(deck))
    page = undo(client, deck, "invented")
    assert "It stays deleted: the deck no longer has a type or unit that it speaks of." in page
    assert "invented" not in relations(deck)


def test_a_complete_list_of_a_subject_that_is_gone_does_not_come_back(
    client: Client, deck: Deck
) -> None:
    complete = [["imbria", "motto", []], ["vaporia", "motto", []]]
    Deck.objects.filter(pk=deck.pk).update(complete=complete)
    remove_relation(deck, "motto")
    remove_entity(Entity.objects.get(deck=deck, key="vaporia"))
    undo(client, deck, "motto")
    assert now(deck).complete == [["imbria", "motto", []]]


def test_a_complete_list_that_speaks_of_what_is_gone_does_not_come_back(
    client: Client, deck: Deck
) -> None:
    through = [["plato", "twinned", [["through", key]]] for key in ("imbria", "vaporia")]
    Deck.objects.filter(pk=deck.pk).update(complete=through)
    remove_relation(deck, "twinned")
    remove_entity(Entity.objects.get(deck=deck, key="vaporia"))
    undo(client, deck, "twinned")
    assert now(deck).complete == through[:1]


def test_undo_is_not_offered_for_a_relation_that_was_made_anew(client: Client, deck: Deck) -> None:
    motto = relations(deck)["motto"]
    page = reverse("questions:relations", args=[deck.slug]) + "?removed=motto"
    remove_relation(deck, "motto")
    assert "was deleted." in client.get(page).content.decode()
    add_relation(now(deck), motto, vocabulary_for(now(deck)))
    assert "was deleted." not in client.get(page).content.decode()
    assert Deletion.objects.filter(key="motto").exists()
