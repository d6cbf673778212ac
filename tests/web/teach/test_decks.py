"""A teacher's decks: listed with counts, made, set, imported, exported."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.models import Deck, DeckUpload, Fact
from questions.queries.teach import taught_deck
from questions.services.facts import add_fact
from studyapp.accounts.models import User
from tests import builders
from tests.services.ruling import accept, capital, typed
from tests.web.teach.sample import DECK, entry, lunar_deck

pytestmark = pytest.mark.django_db


def text(client: Client, name: str, *args: object, **query: str) -> str:
    html = client.get(reverse(f"questions:{name}", args=args), query).content.decode()
    return " ".join(unescape(html).split())


def upload(client: Client, data: bytes, **fields: object) -> object:
    file = SimpleUploadedFile("moon.yaml", data)
    return client.post(reverse("questions:teach_import"), {"file": file, **fields})


def test_without_a_deck_the_page_names_the_next_step(client: Client) -> None:
    client.force_login(builders.teacher())
    html = text(client, "teach")
    assert "You have no deck yet" in html
    assert reverse("questions:teach_deck_new") in html
    assert reverse("questions:class_new") in html


def test_only_ones_own_decks_are_listed(client: Client, deck: Deck) -> None:
    builders.deck(title="Somebody else’s", visibility="public")
    html = text(client, "teach")
    assert "Countries of the Moon" in html
    assert "Somebody else’s" not in html


def test_counts_are_those_of_the_deck(client: Client, deck: Deck) -> None:
    add_fact(deck, entry("imbria", "founded", "1950"))
    deck.refresh_from_db()
    taught = taught_deck(deck)
    assert (taught.facts, taught.conflicts, taught.students) == (7, 1, 0)
    assert taught.questions > 10


def test_the_list_takes_as_many_queries_for_five_decks_as_for_one(
    client: Client,
    teacher: User,
    deck: Deck,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(reverse("questions:teach"))
    with django_assert_max_num_queries(14) as one:
        client.get(reverse("questions:teach"))
    number = len(one.captured_queries)
    for _ in range(4):
        builders.deck(teacher)
    client.get(reverse("questions:teach"))  # each new deck's conflicts are looked for once
    with django_assert_max_num_queries(number):
        client.get(reverse("questions:teach"))


def test_a_new_deck_leads_to_its_first_fact(client: Client, teacher: User) -> None:
    data = {"title": "Wars", "language": "en", "use": ["history"]}
    response = client.post(reverse("questions:teach_deck_new"), data)
    deck = Deck.objects.get(title="Wars")
    assert response.headers["Location"] == reverse("questions:fact_new", args=["wars"])
    assert (deck.owner, deck.use, deck.visibility) == (teacher, ["history"], "private")


def test_settings_change_who_can_study_it(client: Client, deck: Deck) -> None:
    data = {"title": "Moon", "description": "All of it.", "visibility": "public"}
    client.post(reverse("questions:teach_deck_settings", args=[deck.slug]), data)
    deck.refresh_from_db()
    assert (deck.title, deck.description, deck.visibility) == ("Moon", "All of it.", "public")
    assert deck.slug == "countries-of-the-moon"


def test_facts_are_found_by_entity_value_and_relation(client: Client, deck: Deck) -> None:
    assert "Tychograd" in text(client, "teach_deck", deck.slug, q="tycho")
    html = text(client, "teach_deck", deck.slug, q="founded")
    assert "2 April 1931" in html
    assert "Tychograd" not in html
    assert "No fact holds these words" in text(client, "teach_deck", deck.slug, q="zebra")


def test_conflicts_can_be_listed_alone(client: Client, deck: Deck) -> None:
    add_fact(deck, entry("imbria", "founded", "1950"))
    html = text(client, "teach_deck", deck.slug, only="conflicts")
    assert "2 April 1931" in html
    assert "1950" in html
    assert "12 July 1931" not in html


def test_the_list_of_facts_takes_a_fixed_number_of_queries(
    client: Client, deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("questions:teach_deck", args=[deck.slug])
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    number_of_queries = len(few.captured_queries)
    entity = deck.entities.get(key="vaporia")
    for number in range(30):
        builders.fact(entity, "custom", f"Custom {number}")
    with django_assert_max_num_queries(number_of_queries):
        client.get(url)


def test_an_exported_file_imports_to_the_same_deck(client: Client, deck: Deck) -> None:
    url = reverse("questions:teach_deck_export", args=[deck.slug])
    response = client.get(url)
    assert response.headers["Content-Disposition"].endswith('"countries-of-the-moon.yaml"')
    upload(client, response.content, into=deck.pk)
    html = text(client, "teach_import_check", DeckUpload.objects.get().pk)
    assert "Nothing: the deck says this already." in html


def test_mistakes_in_a_file_are_listed_with_their_lines(client: Client) -> None:
    response = upload(client, b"title: X\nfacts:\n  - {about: a, is: b, value: c}\n")
    html = " ".join(unescape(response.content.decode()).split())  # type: ignore[attr-defined]
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "3 mistakes in moon.yaml" in html
    assert "Line 3" in html
    assert "Unknown entity “a”" in html
    assert not Deck.objects.filter(title="X").exists()


def test_a_file_is_shown_then_confirmed(client: Client, deck: Deck) -> None:
    changed = DECK.replace("1931-04-02", "1931-04-03")
    without = "\n".join(line for line in changed.splitlines() if "1938-12-30" not in line)
    upload(client, without.encode(), into=deck.pk)
    kept = DeckUpload.objects.get()
    html = text(client, "teach_import_check", kept.pk)
    assert "<del>1931-04-02</del> → <ins>1931-04-03</ins>" in html
    assert Fact.objects.get(uid="imbria-founded").value == "1931-04-02"
    confirm = reverse("questions:teach_import_confirm", args=[kept.pk])
    page = client.post(confirm, {"confirm": "1"}, follow=True).content.decode()
    assert "Imported. Of its questions 0 are new, " in page
    assert Fact.objects.get(uid="imbria-founded").value == "1931-04-03"
    assert not Fact.objects.live().filter(value="1938-12-30").exists()


def test_accepted_answers_that_the_file_lacks_are_named_before_and_after(
    client: Client, deck: Deck
) -> None:
    Deck.objects.filter(pk=deck.pk).update(visibility="public")
    accept(capital(deck))
    accept(typed(deck, "fact:imbria-founded:value"), "3 April 1931")
    upload(client, DECK.replace("1931-04-02", "1931-08-20").encode(), into=deck.pk)
    kept = DeckUpload.objects.get()
    html = text(client, "teach_import_check", kept.pk)
    assert "“Platotown” for Platoville, accepted by a teacher" in html
    assert "Right no more" in html
    assert "“1931-04-03” for Imbria: founded: the file gives another answer" in html
    confirm = reverse("questions:teach_import_confirm", args=[kept.pk])
    page = client.post(confirm, {"confirm": "1"}, follow=True).content.decode()
    assert "Kept beside the file: “Platotown” for Platoville" in page


def test_a_file_can_be_left_alone(client: Client, deck: Deck) -> None:
    upload(client, DECK.replace("1931-04-02", "1931-04-03").encode(), into=deck.pk)
    kept = DeckUpload.objects.get()
    client.post(reverse("questions:teach_import_confirm", args=[kept.pk]), {"cancel": "1"})
    assert Fact.objects.get(uid="imbria-founded").value == "1931-04-02"
    assert not DeckUpload.objects.exists()


def test_nobody_imports_into_another_teachers_deck(client: Client) -> None:
    other = lunar_deck(builders.teacher())
    response = upload(client, DECK.encode(), into=other.pk)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert not DeckUpload.objects.exists()


def test_what_is_too_much_to_tell_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = DECK.replace("label: capital", "label: capital\n    order: By size.")
    ordered = ordered.replace("label: motto", "label: motto\n    order: By length.")
    upload(client, ordered.encode())
    kept = DeckUpload.objects.get()
    assert "more." not in text(client, "teach_import_check", kept.pk)
    monkeypatch.setattr("questions.views.teach.MOST_ADVICE", 1)
    html = text(client, "teach_import_check", kept.pk)
    assert "“order” of “capital” is never used" in html
    assert "“order” of “motto” is never used" not in html
    assert re.search(r"And \d notes? more\.", html)


def test_an_import_tells_a_teacher_what_is_worth_a_look(client: Client) -> None:
    ordered = DECK.replace("label: capital", "label: capital\n    order: By size.")
    lone = "{about: plato, is: twinned, value: bessel, forms: [matching], source: atlas}"
    upload(client, f"{ordered}  - {lone}".encode())
    kept = DeckUpload.objects.get()
    html = text(client, "teach_import_check", kept.pk)
    assert "Worth a look" in html
    assert "“order” of “capital” is never used" in html
    confirm = reverse("questions:teach_import_confirm", args=[kept.pk])
    page = client.post(confirm, {"confirm": "1"}, follow=True).content.decode()
    assert "1 fact has no question; its page says why." in page
