"""Relations of a deck's own: from an empty deck to a question, without a deck file."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.domain.interchange import built_in_vocabularies, read_deck
from questions.models import Deck, Fact, Question
from questions.queries.facts import vocabulary_for
from questions.queries.interchange import deck_file
from questions.queries.relations import legible
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from questions.services.relations import RelationTaken, add_relation
from studyapp.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db

CAPITAL = {
    "label": "capital",
    "about": "+",
    "new_about": "country of the moon",
    "kind": "entity",
    "of": "place",
    "single": "on",
    "ask_1": "What is the capital of {about}?",
    "ask_2": "Which place governs {about}?",
    "state": "{Value} is the capital of {about}.",
    "reverse": "Which country has the capital {value}?",
}


@pytest.fixture
def empty(teacher: User) -> Deck:
    return builders.deck(teacher, title="Geography", use=[], visibility="private")


def address(deck: Deck, name: str = "relation_new") -> str:
    return reverse(f"questions:{name}", args=[deck.slug])


def define(client: Client, deck: Deck, **changed: str) -> str:
    """The words of the page after the form is sent."""
    response = client.post(address(deck), {**CAPITAL, **changed}, follow=True)
    return words(response.content)


def words(content: bytes) -> str:
    return " ".join(unescape(content.decode()).split())


def capital_of(client: Client, deck: Deck, country: str, town: str) -> None:
    data = {"about": country, "relation": "capital", "value": town}
    data |= {"about_type": "country-of-the-moon", "value_type": "place"}
    new = not deck.sources.exists()
    data |= {"source_0": "+" if new else deck.sources.all()[0].key, "new_title": "Atlas"}
    response = client.post(address(deck, "fact_new"), data)
    assert response.status_code == 302, words(response.content)


def test_a_deck_begun_in_the_browser_gets_from_nothing_to_questions(client: Client) -> None:
    client.post(reverse("questions:teach_deck_new"), {"title": "Geography", "language": "en"})
    deck = Deck.objects.get(title="Geography")
    assert deck.use == []
    assert "This deck has no relations yet" in words(client.get(address(deck, "fact_new")).content)
    page = define(client, deck)
    assert "Facts can now say: capital" in page
    assert "What is the capital of …?" in page
    for country, town in (("Imbria", "Plato"), ("Serenia", "Bessel"), ("Nubara", "Tycho")):
        capital_of(client, deck, country, town)
    deck.refresh_from_db()
    write_questions(deck)
    asked = Question.objects.filter(card__deck=deck, state=Question.State.ACTIVE)
    stems = {str(question.stem) for question in asked}
    assert "What is the capital of Imbria?" in stems
    assert any("Which country has the capital" in stem for stem in stems)


def test_the_deck_file_takes_the_relation_along(client: Client, empty: Deck) -> None:
    define(client, empty)
    empty.refresh_from_db()
    again = import_deck(builders.teacher(), deck_file(empty).encode()).deck
    relation = vocabulary_for(again).relations["capital"]
    assert relation == vocabulary_for(empty).relations["capital"]
    assert vocabulary_for(again).types["country-of-the-moon"].label == "country of the moon"
    assert relation.ask == (CAPITAL["ask_1"], CAPITAL["ask_2"])
    assert deck_file(again) == deck_file(empty)


def test_a_relation_joins_those_that_an_imported_deck_defines(client: Client, deck: Deck) -> None:
    before = dict(vocabulary_for(deck).relations)
    revision = deck.revision
    page = define(client, deck, label="ruled from", about="country", of="city", new_about="")
    assert "Facts can now say: ruled from" in page
    deck.refresh_from_db()
    now = vocabulary_for(deck).relations
    assert deck.revision > revision
    assert list(now) == [*before, "ruled_from"]
    assert {key: now[key] for key in before} == before
    read_deck(deck_file(deck).encode(), built_in_vocabularies())


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("ask_1", "What is the capital?", "Write {about} where the name of the subject belongs."),
        ("ask_1", "What is {about}, being {value}?", "would give the answer away"),
        ("ask_2", "What is {abut} of {about}?", "nothing is called “abut” here"),
        ("state", "{Value} is the capital.", "A statement holds both {about} and {value}."),
        ("state", "{value} is the capital of {about", "a single “{”"),
        ("state", "{value} is [the capital of {about}.", "“[” is not closed"),
        ("reverse", "Which is it?", "Write {value} where the value belongs."),
        ("new_about", "", "Name the new type."),
        ("label", "…", "A name needs letters or digits."),
        ("label", "", "This field is required."),
        ("kind", "colour", "Select a valid choice."),
        ("ask_2", "What \x1b is {about}?", "control character"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client: Client, empty: Deck, field: str, text: str, said: str
) -> None:
    response = client.post(address(empty), {**CAPITAL, field: text})
    assert response.status_code == 422
    assert said in words(response.content)
    empty.refresh_from_db()
    assert empty.own_vocabulary == {}


def test_a_wordings_mistake_stands_at_its_own_field(client: Client, empty: Deck) -> None:
    response = client.post(address(empty), {**CAPITAL, "ask_2": "What is {abut} of {about}?"})
    assert set(response.context["form"].errors) == {"ask_2"}


def test_one_name_is_one_relation(client: Client, empty: Deck) -> None:
    define(client, empty)
    assert "The deck has a relation of that name." in define(client, empty, label="Capital")
    relation = vocabulary_for(Deck.objects.get(pk=empty.pk)).relations["capital"]
    with pytest.raises(RelationTaken):
        add_relation(empty, relation, vocabulary_for(empty))


@pytest.mark.parametrize(
    ("kind", "fields", "state"),
    [
        ("date", {}, "{About} was founded {on value}."),
        ("number", {"unit": "kilometre"}, "{About} is {value} {unit} long."),
        ("number", {"unit": "any"}, "{About} is {value} {unit} long."),
        ("number", {}, "{About} has {value} towns."),
        ("term", {}, "The motto of {about} is {value}."),
        ("text", {}, "{About} is {value}."),
    ],
)
def test_every_kind_of_value_can_be_defined(
    client: Client, empty: Deck, kind: str, fields: dict[str, str], state: str
) -> None:
    """What belongs to other kinds, such as the type chosen before, is passed over."""
    asks = {"ask_1": "What of {about}?", "ask_2": "And {about}?", "reverse": ""}
    define(client, empty, kind=kind, state=state, **fields, **asks)
    empty.refresh_from_db()
    found = vocabulary_for(empty).relations["capital"]
    assert (found.value.value, found.of, found.unit) == (kind, (), fields.get("unit", ""))


def test_a_type_for_which_nothing_can_be_said_leads_to_a_new_relation(
    client: Client, empty: Deck
) -> None:
    define(client, empty)
    empty.refresh_from_db()
    builders.entity(empty, type="person", name="Ida Stone")
    url = address(empty, "fact_new")
    page = words(client.get(url, {"about": "Ida Stone"}).content)
    assert "No relation of this deck can be said of that type." in page
    assert f'href="{address(empty)}"' in page


def test_new_decks_are_offered_the_general_vocabulary(client: Client) -> None:
    form = client.get(reverse("questions:teach_deck_new")).context["form"]
    assert form["use"].value() == ["general"]
    labels = dict(form.fields["use"].choices)
    assert next(iter(labels)) == "general"
    assert labels["general"].startswith("General: For any subject")
    assert "Wars" in labels["history"]


def test_the_general_vocabulary_alone_makes_a_question(client: Client, empty: Deck) -> None:
    url = reverse("questions:teach_deck_settings", args=[empty.slug])
    data = {"title": "Geography", "description": "", "visibility": "private", "add": ["general"]}
    client.post(url, data)
    fact = {"about": "ribosome", "about_type": "part", "relation": "definition"}
    fact |= {"value": "the part of a cell that makes proteins", "source_0": "+", "new_title": "Bio"}
    assert client.post(address(empty, "fact_new"), fact).status_code == 302
    assert Fact.objects.get(deck=empty).relation == "definition"
    asked = Question.objects.filter(card__deck=empty, state=Question.State.ACTIVE)
    assert {"What is meant by “ribosome”?", "Define “ribosome”."} & {each.stem for each in asked}


def test_settings_add_vocabularies_and_keep_those_in_use(client: Client, deck: Deck) -> None:
    Deck.objects.filter(pk=deck.pk).update(use=["history"])
    url = reverse("questions:teach_deck_settings", args=[deck.slug])
    assert [key for key, _ in client.get(url).context["form"].fields["add"].choices] == ["general"]
    data = {"title": "Moon", "description": "", "visibility": "private"}
    client.post(url, data)
    assert Deck.objects.get(pk=deck.pk).use == ["history"]
    client.post(url, {**data, "add": ["general"]})
    assert Deck.objects.get(pk=deck.pk).use == ["history", "general"]
    assert "add" not in client.get(url).context["form"].fields


def test_the_list_tells_its_own_from_those_of_vocabularies(client: Client, empty: Deck) -> None:
    Deck.objects.filter(pk=empty.pk).update(use=["general"])
    empty.refresh_from_db()
    page = words(client.get(address(empty, "relations")).content)
    assert "No relation of its own yet" in page
    assert "From the vocabulary “General”" in page
    define(client, empty)
    shown = client.get(address(empty, "relations")).context["sayable"]
    assert [row.key for row in shown.own] == ["capital"]
    assert "capital" not in {row.key for _, rows in shown.used for row in rows}


@pytest.mark.parametrize(
    ("wording", "read"),
    [
        ("When {about:was|were} {about} built[, by {by}]?", "When was … built, by (by)?"),
        ("{Which value} is part of “{about.name}”?", "Which is part of “…”?"),
        ("How many {of} has {About's} king?", "How many (of) has … king?"),
    ],
)
def test_wordings_are_listed_without_their_braces(wording: str, read: str) -> None:
    assert legible(wording) == read


@pytest.mark.parametrize("name", ["relations", "relation_new"])
def test_only_the_decks_teacher_defines_what_it_can_say(empty: Deck, name: str) -> None:
    url = address(empty, name)
    assert Client().get(url).url.startswith(reverse("accounts:sign_in"))  # type: ignore[attr-defined]
    for user, status in ((builders.user(), 403), (builders.teacher(), 404)):
        other = Client()
        other.force_login(user)
        assert other.get(url).status_code == status
        if name == "relation_new":
            assert other.post(url, CAPITAL).status_code == status
    empty.refresh_from_db()
    assert empty.own_vocabulary == {}


@pytest.mark.parametrize(("name", "method"), [("relations", "post"), ("relation_new", "delete")])
def test_other_methods_are_refused(client: Client, empty: Deck, name: str, method: str) -> None:
    assert getattr(client, method)(address(empty, name)).status_code == 405
