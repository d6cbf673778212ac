"""The names of a deck in the browser: found, edited, refused, deleted, brought back."""

from __future__ import annotations

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from questions.domain.interchange import built_in_vocabularies, read_deck
from questions.models import Deck, Entity, Question
from questions.queries.interchange import deck_file
from tests import builders

pytestmark = pytest.mark.django_db


def address(deck: Deck, key: str = "", name: str = "") -> str:
    name = name or ("entity_edit" if key else "entities")
    return reverse(f"questions:{name}", args=[deck.slug, key] if key else [deck.slug])


def words(content: bytes) -> str:
    return " ".join(unescape(content.decode()).split())


def sent(client: Client, deck: Deck, key: str) -> dict[str, str]:
    """What a browser sends of the form as it stands."""
    form = client.get(address(deck, key)).context["form"]
    values = {field.name: field.value() for field in form}
    return {name: "on" if value is True else value for name, value in values.items() if value}


def save(client: Client, deck: Deck, key: str, **changed: str) -> tuple[int, str]:
    data = {**sent(client, deck, key), **changed}
    response = client.post(address(deck, key), data, follow=True)
    return response.status_code, words(response.content)


def keys(client: Client, deck: Deck, query: str) -> list[str]:
    rows = client.get(address(deck) + query).context["rows"]
    return [row.entity.key for row in rows]


def test_the_list_tells_type_other_names_and_facts(client: Client, deck: Deck) -> None:
    response = client.get(address(deck))
    rows = {row.entity.key: row for row in response.context["rows"]}
    assert (rows["imbria"].type, rows["imbria"].others) == ("Country", ["Land of Rains"])
    assert (rows["imbria"].facts, rows["vaporia"].facts) == (2, 0)
    assert "<bdi>Land of Rains</bdi>" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [("rains", ["imbria"]), ("TYCHO c", ["tycho"]), ("platö", ["plato"]), ("nowhere", [])],
)
def test_a_name_is_found_by_part_of_any_of_its_names(
    client: Client, deck: Deck, text: str, found: list[str]
) -> None:
    assert keys(client, deck, f"?q={text}") == found


def test_what_is_found_is_swapped_alone(client: Client, deck: Deck) -> None:
    response = client.get(address(deck) + "?q=rains", headers={"HX-Request": "true"})
    assert response.content.decode().strip().startswith('<div id="entities"')


def many(deck: Deck, number: int) -> None:
    rows = [
        Entity(
            deck=deck,
            key=f"many{n}",
            name=f"Many {n:05}",
            type="city",
            aliases=[{"name": f"Lots {n}", "lang": "", "loose": False}],
            position=100 + n,
        )
        for n in range(number)
    ]
    made = Entity.objects.bulk_create(rows, batch_size=1000)
    for row in made[:60]:
        builders.fact(row, "founded", "1931", position=9)
    Deck.objects.filter(pk=deck.pk).update(revision=deck.revision + 1)


@pytest.mark.parametrize("query", ["", "?q=l", "?page=2"])
def test_queries_do_not_grow_with_the_names(client: Client, deck: Deck, query: str) -> None:
    def count() -> int:
        client.get(address(deck) + query)  # what is remembered of a deck is read once
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address(deck) + query).status_code == 200
        return len(captured)

    few = count()
    many(deck, 10_000)
    assert count() <= few + 1
    shown = client.get(address(deck) + query).context
    assert len(shown["rows"]) == 50
    assert shown["page"].paginator.count >= 10_000


def test_saving_it_unchanged_changes_nothing(client: Client, deck: Deck) -> None:
    before = deck_file(deck), list(Question.objects.values_list("pk", "state"))
    for key in ("imbria", "plato", "tycho", "halha-town"):
        assert save(client, deck, key)[0] == 200
    deck.refresh_from_db()
    assert (deck_file(deck), list(Question.objects.values_list("pk", "state"))) == before


def test_names_are_added_changed_and_taken_away(client: Client, deck: Deck) -> None:
    data = {"name": "Pluvia", "article": "on", "also_0": "", "also_1": "雨の国", "lang_1": "ja"}
    data |= {"also_2": "The Rains", "loose_2": "on", "active": "1915 to 1957", "topic": "south"}
    page = save(client, deck, "imbria", **data)[1]
    assert "Saved: Pluvia" in page
    row = Entity.objects.get(deck=deck, key="imbria")
    assert (row.name, row.article, row.topic and row.topic.key) == ("Pluvia", True, "south")
    assert row.aliases == [
        {"name": "雨の国", "lang": "ja", "loose": False},
        {"name": "The Rains", "lang": "", "loose": True},
    ]
    assert Question.objects.active().filter(stem__contains="Pluvia").exists()


def test_more_rows_lose_nothing_that_was_typed(client: Client, deck: Deck) -> None:
    data = {**sent(client, deck, "imbria"), "also_2": "A third", "name": "Pluvia", "more": "1"}
    response = client.post(address(deck, "imbria"), data)
    form = response.context["form"]
    assert response.status_code == 200
    assert [row.name.value() for row in form.name_rows()][:3] == ["Land of Rains", None, "A third"]
    assert len(form.name_rows()) > 3
    assert form["name"].value() == "Pluvia"
    assert Entity.objects.get(deck=deck, key="imbria").name == "Imbria"


def test_persons_have_a_surname_and_cities_have_none(client: Client, deck: Deck) -> None:
    builders.entity(deck, key="ida", type="person", name="Ida Stone")
    fields = client.get(address(deck, "ida")).context["form"].fields
    assert {"surname", "titles", "side", "active"} <= set(fields)
    fields = client.get(address(deck, "plato")).context["form"].fields
    assert not {"surname", "titles", "side", "active"} & set(fields)
    page = save(client, deck, "ida", surname="Stone", titles="Dame\nProfessor", active="1900/..")
    assert page[0] == 200
    row = Entity.objects.get(deck=deck, key="ida")
    assert (row.surname, row.titles, row.active) == ("Stone", ["Dame", "Professor"], "1900/..")


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "Serenia", "This deck has another “Serenia” of that kind."),
        ("also_1", "SERENIA", "“SERENIA” is what this deck calls Serenia."),
        ("name", "", "This field is required."),
        ("name", "A\x1bB", "A control character stands in this text"),
        ("lang_0", "Latin!", "is no language code"),
        ("part_of", "Nowhere", "The deck has no “Nowhere”."),
        ("part_of", "Halha", "Several are called so."),
        ("part_of", "Imbria", "It would be part of itself: Imbria → Imbria."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    client: Client, deck: Deck, field: str, text: str, said: str
) -> None:
    before = deck_file(deck)
    data = {**sent(client, deck, "imbria"), field: text}
    response = client.post(address(deck, "imbria"), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert said in words(response.content)
    deck.refresh_from_db()
    assert deck_file(deck) == before


def test_a_span_that_is_none_is_told(client: Client, deck: Deck) -> None:
    builders.entity(deck, key="ida", type="person", name="Ida Stone")
    data = {**sent(client, deck, "ida"), "active": "for long"}
    response = client.post(address(deck, "ida"), data)
    assert set(response.context["form"].errors) == {"active"}


def test_lines_end_as_in_deck_files(client: Client, deck: Deck) -> None:
    save(client, deck, "imbria", note="One.\r\nTwo.")
    deck.refresh_from_db()
    read = read_deck(deck_file(deck).encode(), built_in_vocabularies())
    assert read.entities["imbria"].note == "One.\nTwo."


def test_what_somebody_changed_meanwhile_is_shown_beside_ones_own(
    client: Client, deck: Deck
) -> None:
    opened = sent(client, deck, "imbria")
    save(client, deck, "imbria", name="Theirs", topic="south")
    response = client.post(address(deck, "imbria"), {**opened, "name": "Mine"})
    page = words(response.content)
    assert response.status_code == 409
    assert "Somebody changed this name meanwhile" in page
    assert "<dd>Theirs</dd>" in page
    assert "<dd>The south</dd>" in page
    assert 'value="Mine"' in page
    assert Entity.objects.get(deck=deck, key="imbria").name == "Theirs"
    form = response.context["form"]
    again = {field.name: field.value() for field in form if field.value()}
    assert client.post(address(deck, "imbria"), again).status_code == 302
    assert Entity.objects.get(deck=deck, key="imbria").name == "Mine"


def test_what_names_it_is_listed_and_keeps_it(client: Client, deck: Deck) -> None:
    page = words(client.get(address(deck, "imbria")).content)
    assert "Named in 2 facts" in page
    assert "Imbria was founded on 2 April 1931." in page
    url = address(deck, "imbria", "entity_delete")
    page = words(client.get(url).content)
    assert "“Imbria” is still needed" in page
    assert "Imbria was founded on 2 April 1931." in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]
    assert client.post(url).status_code == 409
    assert not Entity.objects.get(deck=deck, key="imbria").removed


def test_a_deleted_name_can_be_brought_back_at_once(client: Client, deck: Deck) -> None:
    url = address(deck, "vaporia", "entity_delete")
    assert "Delete “Vaporia”?" in words(client.get(url).content)
    page = words(client.post(url, follow=True).content)
    assert "“Vaporia” was deleted." in page
    assert Entity.objects.get(deck=deck, key="vaporia").removed
    assert client.get(address(deck, "vaporia")).status_code == 404
    restore = address(deck, "vaporia", "entity_restore")
    assert f'action="{restore}"' in page
    assert "It is back: Vaporia" in words(client.post(restore, follow=True).content)
    assert not Entity.objects.get(deck=deck, key="vaporia").removed


def test_a_deck_without_names_says_where_they_come_from(client: Client, deck: Deck) -> None:
    empty = builders.deck(deck.owner)
    assert "No names yet" in words(client.get(address(empty)).content)
