"""A teacher marks a list as complete: what may be asked then, and what the deck file says."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Card, Deck, Fact, Question
from questions.queries import slices
from questions.queries.audit import audit_of
from questions.queries.interchange import deck_file
from questions.services.facts import add_fact
from questions.services.interchange import import_deck
from tests import builders
from tests.web.teach.sample import DECK, entry

pytestmark = pytest.mark.django_db

LIST = '    list: "Name the {count} {values} twinned with {about}[ through {through}]."\n'
TWINS = """\
  - {about: plato, is: twinned, value: bessel, through: imbria, source: atlas page 5, id: first}
  - {about: plato, is: twinned, value: tycho, through: imbria, source: atlas page 5, id: second}
  - {about: bessel, is: twinned, value: tycho, source: atlas page 6, id: other}
"""


@pytest.fixture(params=["small", "large"])
def deck(request: pytest.FixtureRequest, client: Client, monkeypatch: pytest.MonkeyPatch) -> Deck:
    if request.param == "large":
        monkeypatch.setattr(slices, "WHOLE", 0)
    data = DECK.replace("    label: twinned with\n", f"    label: twinned with\n{LIST}") + TWINS
    deck = import_deck(builders.teacher(), data.encode()).deck
    client.force_login(deck.owner)
    return deck


def address(deck: Deck, uid: str = "first", name: str = "list_mark") -> str:
    return reverse(f"questions:{name}", args=[deck.slug, uid])


def page(client: Client, deck: Deck, uid: str = "first") -> str:
    content = client.get(address(deck, uid, "fact_edit")).content
    return " ".join(unescape(content.decode()).split())


def mark(client: Client, deck: Deck, complete: str = "yes", uid: str = "first") -> None:
    response = client.post(address(deck, uid), {"complete": complete})
    assert response.status_code == 302
    assert response.headers["Location"] == address(deck, uid, "fact_edit")
    deck.refresh_from_db()


def lists(deck: Deck) -> list[str]:
    rows = Question.objects.active().filter(card__deck=deck, form="list", card__retired=False)
    return [each.stem for each in rows]


def test_a_complete_list_is_asked_for_as_a_whole_at_once(client: Client, deck: Deck) -> None:
    assert lists(deck) == []
    mark(client, deck)
    assert deck.complete == [["plato", "twinned", [["through", "imbria"]]]]
    assert lists(deck) == ["Name the two cities twinned with Platoville through Imbria."]
    assert deck.is_written
    assert audit_of(deck).violations == []


def test_opened_again_it_is_asked_no_more_and_its_memories_wait(client: Client, deck: Deck) -> None:
    mark(client, deck)
    card = Card.objects.live().get(deck=deck, direction="list")
    mark(client, deck, "no")
    assert (deck.complete, lists(deck)) == ([], [])
    assert Card.objects.get(pk=card.pk).retired
    mark(client, deck, uid="second")
    assert Card.objects.live().get(deck=deck, direction="list") == card


def test_marking_twice_is_marking_once(client: Client, deck: Deck) -> None:
    mark(client, deck)
    mark(client, deck, uid="second")
    assert len(deck.complete) == 1
    mark(client, deck, "no")
    mark(client, deck, "no")
    assert deck.complete == []


def test_the_facts_page_tells_the_list_and_what_completeness_allows(
    client: Client, deck: Deck
) -> None:
    html = page(client, deck)
    assert "Platoville, twinned with (Imbria):</strong> Besselburg; Tychograd" in html
    assert "questions may ask to name them all" in html
    assert "These are all of them" in html
    mark(client, deck)
    assert "There may be more" in page(client, deck)
    assert "These are all of them" in page(client, deck, "other")
    rows = client.get(reverse("questions:teach_deck", args=[deck.slug])).context["rows"]
    assert {row.fact.uid for row in rows if row.complete} == {"first", "second"}


def test_a_list_that_stands_in_no_order_is_not_put_in_one(client: Client, deck: Deck) -> None:
    before = list(Fact.objects.filter(deck=deck).values_list("uid", flat=True))
    assert client.post(address(deck), {"earlier": "second"}).status_code == 404
    assert list(Fact.objects.filter(deck=deck).values_list("uid", flat=True)) == before


def test_what_has_one_value_is_no_list(client: Client, deck: Deck) -> None:
    assert "Is this all of them?" not in page(client, deck, "imbria-capital")


def test_a_relation_that_lists_everything_says_where_to_change_that(
    client: Client, deck: Deck
) -> None:
    own = deck.own_vocabulary["text"].replace("label: twinned with", "complete: yes")
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={"text": own}, revision=99)
    html = page(client, deck)
    assert "the deck is taken to list every value" in html
    assert reverse("questions:relation_edit", args=[deck.slug, "twinned"]) in html


def test_the_deck_file_carries_the_mark(client: Client, deck: Deck) -> None:
    mark(client, deck)
    mark(client, deck, uid="other")
    written = deck_file(deck)
    again = import_deck(builders.teacher(), written.encode()).deck
    assert deck_file(again) == written
    assert again.complete == deck.complete
    assert not import_deck(deck.owner, written.encode(), into=deck).changes


def test_a_fact_added_to_a_complete_list_belongs_to_it(client: Client, deck: Deck) -> None:
    mark(client, deck)
    qualifiers = (("through", "imbria"),)
    add_fact(deck, entry("plato", "twinned", "halha-town", qualifiers=qualifiers))
    assert lists(deck) == ["Name the three cities twinned with Platoville through Imbria."]


def test_a_deleted_fact_stands_in_no_list(client: Client, deck: Deck) -> None:
    Fact.objects.filter(uid="first").update(removed=True)
    assert client.post(address(deck), {"complete": "yes"}).status_code == 404
