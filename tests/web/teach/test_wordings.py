"""A deck's own relations worded otherwise and taken away, in the browser."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.domain.facts import Relation, ValueKind, Vocabulary
from questions.domain.interchange.identity import state_of
from questions.models import Card, Deck, Fact, Question
from questions.queries import slices
from questions.queries.audit import audit_of
from questions.queries.facts import vocabulary_for
from questions.queries.interchange import deck_file
from questions.services import generation
from questions.services.facts import remove_fact
from questions.services.interchange import import_deck
from questions.services.relations import (
    RelationChanged,
    StillSaid,
    add_relation,
    change_relation,
    remove_relation,
)
from tests import builders

pytestmark = pytest.mark.django_db


def address(deck: Deck, key: str, name: str = "relation_edit") -> str:
    return reverse(f"questions:{name}", args=[deck.slug, key])


def words(content: bytes) -> str:
    return " ".join(unescape(content.decode()).split())


def relation(deck: Deck, key: str) -> Relation:
    return vocabulary_for(Deck.objects.get(pk=deck.pk)).relations[key]


def sent(client: Client, deck: Deck, key: str) -> dict[str, str]:
    """What a browser sends of the form as it stands."""
    form = client.get(address(deck, key)).context["form"]
    values = {field.name: field.value() for field in form}
    return {name: "on" if value is True else value for name, value in values.items() if value}


def save(client: Client, deck: Deck, key: str, **changed: str) -> tuple[int, str]:
    data = {**sent(client, deck, key), **changed}
    response = client.post(address(deck, key), data, follow=True)
    return response.status_code, words(response.content)


def stems(deck: Deck, key: str) -> set[str]:
    rows = Question.objects.active().filter(card__fact__relation=key, card__retired=False)
    return set(rows.filter(card__deck=deck).values_list("stem", flat=True))


@pytest.fixture(params=["small", "large", "large, much said"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, deck: Deck) -> Deck:
    if request.param != "small":
        monkeypatch.setattr(slices, "WHOLE", 0)
    if request.param == "large, much said":
        monkeypatch.setattr(generation, "SOONER_WHOLE", 0)
    return deck


def test_a_new_wording_is_asked_at_once_of_every_fact(client: Client, either: Deck) -> None:
    cards = set(Card.objects.live().values_list("pk", flat=True))
    ask = "In which year did {about} begin?\r\nWhat is the birth date of {about}?"
    state = "{About} came into being {on value}."
    status, page = save(client, either, "founded", ask=ask, state=state, label="begun")
    assert (status, "Saved: begun" in page) == (200, True)
    asked = stems(either, "founded")
    assert "What is the birth date of Serenia?" in asked
    assert not any("founded" in stem for stem in asked)
    statements = Question.objects.active().filter(card__fact__relation="founded")
    assert "Imbria came into being on 2 April 1931." in {one.statement for one in statements}
    assert set(Card.objects.live().values_list("pk", flat=True)) == cards
    now = Deck.objects.get(pk=either.pk)
    assert now.is_written
    assert audit_of(now).violations == []


def test_saving_it_unchanged_changes_nothing(client: Client, deck: Deck) -> None:
    before = deck_file(deck), list(Question.objects.values_list("pk", "state"))
    for key in ("capital", "founded", "population", "custom", "twinned"):
        assert save(client, deck, key)[0] == 200
    deck.refresh_from_db()
    assert (deck_file(deck), list(Question.objects.values_list("pk", "state"))) == before


def test_the_kind_of_value_stays_while_facts_have_one(client: Client, deck: Deck) -> None:
    page = words(client.get(address(deck, "founded")).content)
    assert "3 facts say it, so that its value stays what it is: date" in page
    save(client, deck, "founded", kind="number", unit="people", about="city")
    assert relation(deck, "founded").value is ValueKind.DATE
    assert relation(deck, "founded").about == ("place",)
    current = relation(deck, "founded")
    with pytest.raises(StillSaid):
        change_relation(deck, replace(current, value=ValueKind.TERM), state_of(current))


def test_the_kind_of_a_value_that_no_fact_has_can_change(client: Client, deck: Deck) -> None:
    data = {"kind": "number", "unit": "kilometre", "about": "city", "state": ""}
    assert save(client, deck, "motto", **data)[0] == 200
    found = relation(deck, "motto")
    assert (found.value, found.unit, found.about, found.of) == (
        ValueKind.NUMBER,
        "kilometre",
        ("city",),
        (),
    )


def test_what_the_form_does_not_show_is_kept(client: Client, deck: Deck) -> None:
    own = deck.own_vocabulary["text"]
    own = own.replace(
        "    about: [country]\n    value: entity", "    about: [country, city]\n    value: entity"
    )
    own = own.replace(
        "relations:\n", "relations:\n  twin_of: {value: entity, sisters: [twinned]}\n"
    )
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={"text": own}, revision=99)
    before = relation(deck, "population"), relation(deck, "twin_of"), relation(deck, "capital")
    for key in ("population", "twin_of", "capital"):
        assert save(client, deck, key, order="Put these in order.")[0] == 200
    after = [relation(deck, key) for key in ("population", "twin_of", "capital")]
    assert after == [replace(one, order="Put these in order.") for one in before]
    assert before[0].qualifiers == {"by": "text"}
    assert before[1].sisters == ("twinned",)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("ask", "When was it?", "Write {about} where the name of the subject belongs."),
        ("ask", "When was {abut} {about}?", "nothing is called “abut” here"),
        ("ask", "When was {about}, on {value}?", "would give the answer away"),
        ("which", "Which of these?", "Write {about} where the name of the subject belongs."),
        ("reverse", "Which is it?", "Write {value} where the value belongs."),
        ("state", "{About} was.", "A statement holds both {about} and {value}."),
        ("order", "Put {these} in order", "nothing is called “these” here"),
        ("label", "Capital", "The deck has a relation of that name."),
        ("label", "", "This field is required."),
        ("ask", "When \x1b was {about}?", "control character"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    client: Client, deck: Deck, field: str, text: str, said: str
) -> None:
    before = deck_file(deck)
    data = {**sent(client, deck, "founded"), field: text}
    response = client.post(address(deck, "founded"), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert said in words(response.content)
    deck.refresh_from_db()
    assert deck_file(deck) == before


def test_what_somebody_changed_meanwhile_is_shown_beside_ones_own(
    client: Client, deck: Deck
) -> None:
    opened = sent(client, deck, "founded")
    save(client, deck, "founded", label="begun")
    response = client.post(address(deck, "founded"), {**opened, "label": "made"})
    page = words(response.content)
    assert response.status_code == 409
    assert "Somebody changed this relation" in page
    assert "<dd>begun</dd>" in page
    assert 'value="made"' in page
    assert relation(deck, "founded").label == "begun"
    form = response.context["form"]
    again = {field.name: field.value() for field in form if field.value()}
    assert client.post(address(deck, "founded"), again).status_code == 302
    assert relation(deck, "founded").label == "made"


def test_a_relation_taken_away_meanwhile_is_not_made_again(deck: Deck) -> None:
    current = relation(deck, "motto")
    remove_relation(deck, "motto")
    with pytest.raises(RelationChanged):
        change_relation(deck, replace(current, label="slogan"), state_of(current))


def test_only_what_no_fact_says_can_be_deleted(client: Client, deck: Deck) -> None:
    url = address(deck, "capital", "relation_delete")
    page = words(client.get(url).content)
    assert "3 facts say it. Change or delete them first." in page
    assert client.post(url).status_code == 409
    assert "capital" in vocabulary_for(deck).relations
    url = address(deck, "motto", "relation_delete")
    assert "Delete “motto”?" in words(client.get(url).content)
    assert "“motto” was deleted." in words(client.post(url, follow=True).content)
    deck.refresh_from_db()
    assert "motto" not in vocabulary_for(deck).relations
    assert client.get(url).status_code == 404


def test_nothing_refers_to_a_relation_that_is_gone(client: Client, deck: Deck) -> None:
    own = deck.own_vocabulary["text"].replace("label: twinned with", "sisters: [motto, capital]")
    complete = [["imbria", "motto", []], ["imbria", "capital", []]]
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={"text": own}, complete=complete)
    client.post(address(deck, "motto", "relation_delete"))
    deck.refresh_from_db()
    written = deck_file(deck)
    again = import_deck(builders.teacher(), written.encode()).deck
    assert deck_file(again) == written
    assert vocabulary_for(again).relations["twinned"].sisters == ("capital",)


def test_a_deleted_relation_comes_back_at_its_place_with_all_that_named_it(
    client: Client, deck: Deck
) -> None:
    own = deck.own_vocabulary["text"].replace("label: twinned with", "sisters: [motto, capital]")
    complete = [["imbria", "capital", []], ["imbria", "motto", []]]
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={"text": own}, complete=complete)
    deck.refresh_from_db()
    whole = deck_file(deck)
    page = words(client.post(address(deck, "motto", "relation_delete"), follow=True).content)
    assert "“motto” was deleted." in page
    url = address(deck, "motto", "relation_restore")
    assert "It is back: motto" in words(client.post(url, follow=True).content)
    deck.refresh_from_db()
    assert deck_file(deck) == whole
    assert deck.is_written
    assert client.post(url).status_code == 404


def test_a_deleted_relation_s_facts_can_come_back_after_it(client: Client, deck: Deck) -> None:
    for fact in Fact.objects.filter(deck=deck, relation="capital"):
        remove_fact(fact)
    remove_relation(deck, "capital")
    client.post(address(deck, "capital", "relation_restore"))
    client.post(reverse("questions:fact_restore", args=[deck.slug, "imbria-capital"]))
    assert not Fact.objects.get(deck=deck, uid="imbria-capital").removed
    assert stems(deck, "capital")


def test_a_relation_defined_anew_meanwhile_is_not_overwritten(client: Client, deck: Deck) -> None:
    old = relation(deck, "motto")
    remove_relation(deck, "motto")
    add_relation(deck, replace(old, label="another"), Vocabulary())
    page = words(client.post(address(deck, "motto", "relation_restore"), follow=True).content)
    assert "It stays deleted" in page
    assert relation(deck, "motto").label == "another"


def test_a_deleted_fact_of_a_deleted_relation_stays_deleted(client: Client, deck: Deck) -> None:
    for fact in Fact.objects.filter(deck=deck, relation="capital"):
        remove_fact(fact)
    client.post(address(deck, "capital", "relation_delete"))
    url = reverse("questions:fact_restore", args=[deck.slug, "imbria-capital"])
    page = words(client.post(url, follow=True).content)
    assert "It stays deleted: the deck cannot say this any more." in page
    assert Fact.objects.get(deck=deck, uid="imbria-capital").removed


def test_the_relations_of_vocabularies_are_not_the_decks_to_change(
    client: Client, deck: Deck
) -> None:
    Deck.objects.filter(pk=deck.pk).update(use=["history"], revision=99)
    for name in ("relation_edit", "relation_delete"):
        assert client.get(address(deck, "fought", name)).status_code == 404
        assert client.post(address(deck, "fought", name)).status_code == 404


def test_the_list_tells_how_many_facts_say_each(client: Client, deck: Deck) -> None:
    rows = client.get(reverse("questions:relations", args=[deck.slug])).context["sayable"].own
    assert {row.key: row.facts for row in rows} == {
        "capital": 3,
        "founded": 3,
        "population": 0,
        "motto": 0,
        "custom": 0,
        "twinned": 0,
    }


@pytest.mark.parametrize(("said", "kept"), [("reverse_single: no", False), ("era: no", None)])
def test_what_a_file_says_of_shared_values_stays_while_its_box_is_not_touched(
    client: Client, deck: Deck, said: str, kept: bool | None
) -> None:
    text = deck_file(deck).replace("  founded:\n", f"  founded:\n    {said}\n", 1)
    import_deck(deck.owner, text.encode(), into=deck)
    save(client, deck, "founded", label="begun")
    assert relation(deck, "founded").label == "begun"
    assert relation(deck, "founded").reverse_single is kept
    save(client, deck, "founded", reverse_single="on")
    assert relation(deck, "founded").reverse_single is True
