"""The topics of a deck in the browser: added, renamed, moved, taken away."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from questions.models import Card, Deck, Deletion, Entity, Fact, Question, Topic
from questions.queries import slices
from questions.queries.interchange import deck_file
from questions.services.facts import add_fact
from questions.services.interchange import import_deck
from questions.services.topics import remove_topic
from tests import builders
from tests.web.teach.sample import entry

pytestmark = pytest.mark.django_db


def address(deck: Deck, name: str = "topics", key: str = "") -> str:
    return reverse(f"questions:{name}", args=[deck.slug, key] if key else [deck.slug])


def words(content: bytes) -> str:
    return " ".join(unescape(content.decode()).split())


def titles(deck: Deck) -> list[str]:
    return [topic.title for topic in Topic.objects.filter(deck=deck)]


def rename(client: Client, deck: Deck, key: str, title: str) -> Any:
    """As who opens the form, types and saves."""
    url = address(deck, "topic_edit", key)
    seen = client.get(url).context["form"].initial["seen"]
    return client.post(url, {"title": title, "seen": seen})


def south(deck: Deck) -> Topic:
    return Topic.objects.get(deck=deck, key="south")


def test_a_topic_is_added_last(client: Client, deck: Deck) -> None:
    page = words(client.post(address(deck), {"title": "Écran 月"}, follow=True).content)
    assert "Added: Écran 月" in page
    assert titles(deck) == ["The north", "The south", "Écran 月"]
    client.post(address(deck), {"title": "Ecran yue"})
    assert len(set(Topic.objects.filter(deck=deck).values_list("key", flat=True))) == 4


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("THE NORTH", "The deck has a topic of that name."),
        (" ", "This field is required."),
        ("A\x1bB", "A control character stands in this text"),
    ],
)
def test_what_is_wrong_with_a_name_is_said(
    client: Client, deck: Deck, title: str, said: str
) -> None:
    for url in (address(deck), address(deck, "topic_edit", "south")):
        response = client.post(url, {"title": title})
        assert response.status_code == 422
        assert said in words(response.content)
    assert titles(deck) == ["The north", "The south"]


def test_a_character_that_nobody_sees_is_named_in_the_teachers_language(
    client: Client, deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    french = {
        "a control character stands in this text (%(sign)s, after “%(before)s”)":
            "un caractère de contrôle figure dans ce texte (%(sign)s, après « %(before)s »)",
        "%s; remove it.": "%s ; enlevez-le.",
    }  # fmt: skip
    monkeypatch.setattr("questions.forms.texts._", lambda text: french.get(text, text))
    page = words(client.post(address(deck), {"title": "A\x1bB"}).content)
    assert "Un caractère de contrôle figure dans ce texte (U+001B, après « A ») ; enlevez" in page


def test_a_renamed_topic_keeps_what_is_filed_under_it(client: Client, deck: Deck) -> None:
    cards = Card.objects.filter(deck=deck, topic__key="north").count()
    assert cards
    rename(client, deck, "north", "The far north")
    assert titles(deck) == ["The far north", "The south"]
    assert Card.objects.filter(deck=deck, topic__title="The far north").count() == cards
    same = rename(client, deck, "north", "The Far North")
    assert same.status_code == 302


def test_topics_move_one_place_and_no_further(client: Client, deck: Deck) -> None:
    client.post(address(deck), {"title": "The sea"})
    for key, to, after in (
        ("the-sea", "up", ["The north", "The sea", "The south"]),
        ("the-sea", "up", ["The sea", "The north", "The south"]),
        ("the-sea", "up", ["The sea", "The north", "The south"]),
        ("north", "down", ["The sea", "The south", "The north"]),
        ("north", "down", ["The sea", "The south", "The north"]),
    ):
        response = client.post(address(deck, "topic_move", key), {"to": to})
        assert response.status_code == 302
        assert titles(deck) == after
    page = client.get(address(deck)).content.decode()
    assert page.count('value="up"') == page.count('value="down"') == 2


def test_each_topic_tells_how_many_facts_are_filed_under_it(client: Client, deck: Deck) -> None:
    add_fact(deck, entry("serenia", "motto", "Per aspera", topic="south"))
    add_fact(deck, entry("plato", "founded", "1931"))
    shown = client.get(address(deck)).context["topics"]
    assert {row.topic.key: row.facts for row in shown.rows} == {"north": 4, "south": 3}
    assert shown.without == 1


@pytest.mark.parametrize("whole", [500, 0])
def test_what_was_filed_under_a_deleted_topic_loses_it(
    client: Client, deck: Deck, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(slices, "WHOLE", whole)
    fact = add_fact(deck, entry("serenia", "motto", "Per aspera", topic="south"))
    url = address(deck, "topic_delete", "south")
    assert "Delete the topic “The south”?" in words(client.get(url).content)
    assert client.get(url).context["filed"].facts == 1
    assert client.get(url).context["filed"].entities == 2
    asked = set(Question.objects.active().values_list("stem", flat=True))
    assert "“The south” was deleted." in words(client.post(url, follow=True).content)
    assert titles(deck) == ["The north"]
    assert Fact.objects.get(pk=fact.pk).topic is None
    cards = Card.objects.live().filter(deck=deck, fact=fact)
    assert {card.topic and card.topic.key for card in cards} == {"north"}
    others = Card.objects.live().filter(deck=deck, fact__about__key="nubia")
    assert {card.topic for card in others} == {None}
    assert Entity.objects.get(deck=deck, key="nubia").topic is None
    assert set(Question.objects.active().values_list("stem", flat=True)) == asked
    deck.refresh_from_db()
    assert deck.is_written


def test_the_deck_file_carries_topics_in_their_order(client: Client, deck: Deck) -> None:
    client.post(address(deck), {"title": "no: yes"})
    client.post(address(deck, "topic_move", "no-yes"), {"to": "up"})
    rename(client, deck, "north", "The far north")
    client.post(address(deck, "topic_delete", "south"))
    deck.refresh_from_db()
    written = deck_file(deck)
    again = import_deck(builders.teacher(), written.encode()).deck
    assert deck_file(again) == written
    assert titles(again) == ["The far north", "no: yes"]
    assert not import_deck(deck.owner, written.encode(), into=deck).changes


def test_a_topic_renamed_in_another_tab_meanwhile_is_shown_beside_what_was_typed(
    client: Client, deck: Deck
) -> None:
    url = address(deck, "topic_edit", "north")
    seen = client.get(url).context["form"].initial["seen"]
    rename(client, deck, "north", "The far north")
    response = client.post(url, {"title": "The high north", "seen": seen})
    assert response.status_code == 409
    page = words(response.content)
    assert "It is called “The far north” now" in page
    assert 'value="The high north"' in page
    assert titles(deck) == ["The far north", "The south"]
    again = response.context["form"].initial["seen"]
    assert client.post(url, {"title": "The high north", "seen": again}).status_code == 302
    assert titles(deck) == ["The high north", "The south"]


def test_a_deleted_topic_comes_back_with_what_was_filed_under_it(
    client: Client, deck: Deck
) -> None:
    add_fact(deck, entry("serenia", "motto", "Per aspera", topic="north"))
    fact = add_fact(deck, entry("nubia", "motto", "Ad astra", topic="north"))
    deck.refresh_from_db()
    whole = deck_file(deck)
    cards = set(Card.objects.filter(deck=deck, topic__key="north").values_list("pk", flat=True))
    page = words(client.post(address(deck, "topic_delete", "north"), follow=True).content)
    assert "“The north” was deleted." in page
    assert Card.objects.get(deck=deck, fact=fact, direction="value").topic == south(deck)
    page = words(client.post(address(deck, "topic_restore", "north"), follow=True).content)
    assert "It is back: The north" in page
    assert titles(deck) == ["The north", "The south"]
    deck.refresh_from_db()
    assert deck_file(deck) == whole
    again = Card.objects.filter(deck=deck, topic__key="north").values_list("pk", flat=True)
    assert set(again) == cards
    assert deck.is_written
    assert client.post(address(deck, "topic_restore", "north")).status_code == 404


def test_what_was_filed_elsewhere_since_stays_there(client: Client, deck: Deck) -> None:
    client.post(address(deck, "topic_delete", "north"))
    Entity.objects.filter(deck=deck, key="imbria").update(topic=south(deck))
    Card.objects.filter(deck=deck, fact__about__key="imbria").update(topic=south(deck))
    client.post(address(deck, "topic_restore", "north"))
    assert Entity.objects.get(deck=deck, key="imbria").topic == south(deck)
    north = Topic.objects.get(deck=deck, key="north")
    assert Entity.objects.get(deck=deck, key="serenia").topic == north
    cards = Card.objects.live().filter(deck=deck, fact__about__key="imbria")
    assert {card.topic for card in cards} == {south(deck)}


def test_a_topic_whose_name_was_given_away_stays_deleted(client: Client, deck: Deck) -> None:
    client.post(address(deck, "topic_delete", "north"))
    client.post(address(deck), {"title": "the north"})
    page = words(client.post(address(deck, "topic_restore", "north"), follow=True).content)
    assert "It stays deleted" in page
    assert titles(deck) == ["The south", "the north"]


def test_deleting_twice_leaves_what_undo_needs(client: Client, deck: Deck) -> None:
    north = Topic.objects.select_related("deck").get(deck=deck, key="north")
    whole, pk = deck_file(deck), north.pk
    remove_topic(north)
    north.pk = pk
    remove_topic(north)
    client.post(address(deck, "topic_restore", "north"))
    deck.refresh_from_db()
    assert deck_file(deck) == whole


def test_a_topic_comes_back_at_its_place_though_others_moved(client: Client, deck: Deck) -> None:
    client.post(address(deck), {"title": "The sea"})
    client.post(address(deck, "topic_delete", "south"))
    client.post(address(deck, "topic_move", "the-sea"), {"to": "up"})
    client.post(address(deck, "topic_restore", "south"))
    assert titles(deck) == ["The sea", "The south", "The north"]


def test_topics_deleted_one_after_another_come_back_in_their_order(
    client: Client, deck: Deck
) -> None:
    for title in ("The sea", "The east"):
        client.post(address(deck), {"title": title})
    before = titles(deck)
    for key in ("north", "south", "the-east"):
        client.post(address(deck, "topic_delete", key))
    for key in ("the-east", "south", "north"):
        client.post(address(deck, "topic_restore", key))
    assert titles(deck) == before


@pytest.mark.parametrize("title", ["The north", "THE NORTH"])
def test_undo_is_not_offered_for_a_topic_that_was_made_anew(
    client: Client, deck: Deck, title: str
) -> None:
    page = address(deck) + "?removed=north"
    client.post(address(deck, "topic_delete", "north"))
    assert "“The north” was deleted." in words(client.get(page).content)
    client.post(address(deck), {"title": title})
    assert "was deleted." not in words(client.get(page).content)


def test_what_was_deleted_long_ago_is_forgotten(client: Client, deck: Deck) -> None:
    client.post(address(deck, "topic_delete", "north"))
    Deletion.objects.update(made_at=timezone.now() - timedelta(days=91))
    client.post(address(deck, "topic_delete", "south"))
    assert set(Deletion.objects.values_list("key", flat=True)) == {"south"}
