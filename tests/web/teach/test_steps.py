"""A teacher puts the steps of a process in their order; learners are asked for it and graded."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from questions.domain.answering import grade_given
from questions.domain.chance import draw
from questions.domain.grading import NameIndex
from questions.domain.presentation import answer_texts, present
from questions.domain.questions import Form
from questions.models import Card, Deck, Fact, Question
from questions.models.as_data import deck_as_data
from questions.queries import preview, slices
from questions.queries.audit import audit_of
from questions.queries.interchange import deck_file
from questions.queries.preview import preview_of
from questions.services.interchange import import_deck
from tests import builders

pytestmark = pytest.mark.django_db

DECK = """\
title: How a butterfly grows
use: [general]
sources: {book: {title: Insects}}
types: {phase: {label: stage, many: stages, ask: which stage}}
entities:
  growth: {type: process, name: growth of a butterfly, the: yes}
  egg: {type: phase, name: egg, the: yes}
  pupa: {type: phase, name: pupa, the: yes}
  caterpillar: {type: phase, name: caterpillar, the: yes}
  imago: {type: phase, name: imago, the: yes}
facts:
  - {about: growth, is: has_stage, value: egg, source: book, id: egg}
  - {about: growth, is: has_stage, value: pupa, source: book, id: pupa}
  - {about: growth, is: has_stage, value: caterpillar, source: book, id: caterpillar}
  - {about: growth, is: has_stage, value: imago, source: book, id: imago}
"""


@pytest.fixture(params=["small", "large"])
def deck(request: pytest.FixtureRequest, client: Client, monkeypatch: pytest.MonkeyPatch) -> Deck:
    if request.param == "large":
        monkeypatch.setattr(slices, "WHOLE", 0)
        monkeypatch.setattr(preview, "WHOLE", 0)
    deck = import_deck(builders.teacher(), DECK.encode()).deck
    client.force_login(deck.owner)
    return deck


def asked(deck: Deck) -> Question:
    return Question.objects.active().get(card__deck=deck, form="ordering", card__retired=False)


def order(deck: Deck) -> list[str]:
    return answer_texts(asked(deck).form, asked(deck).content)


def move(client: Client, deck: Deck, uid: str, page: str = "egg") -> int:
    address = reverse("questions:list_mark", args=[deck.slug, page])
    return client.post(address, {"earlier": uid}).status_code


def test_a_step_moves_up_and_is_asked_for_there(client: Client, deck: Deck) -> None:
    card = asked(deck).card_id
    assert order(deck) == ["egg", "pupa", "caterpillar", "imago"]
    assert move(client, deck, "caterpillar") == 302
    assert order(deck) == ["egg", "caterpillar", "pupa", "imago"]
    assert asked(deck).card_id == card
    assert audit_of(deck).violations == []
    held = list(Fact.objects.filter(deck=deck).values_list("uid", flat=True))
    assert held == ["egg", "caterpillar", "pupa", "imago"]


def test_the_first_step_and_a_stranger_stay_where_they_are(client: Client, deck: Deck) -> None:
    assert move(client, deck, "egg") == 302
    assert move(client, deck, "nobody") == 302
    assert order(deck) == ["egg", "pupa", "caterpillar", "imago"]
    assert Deck.objects.get(pk=deck.pk).is_written


@pytest.mark.parametrize(("uid", "rows"), [("caterpillar", 2), ("egg", 0), ("nobody", 0)])
def test_only_the_two_that_change_places_are_written(
    client: Client, deck: Deck, uid: str, rows: int
) -> None:
    with CaptureQueriesContext(connection) as made:
        move(client, deck, uid)
    written = [each for each in made.captured_queries if "UPDATE" in each["sql"]]
    places = [each for each in written if 'SET "position"' in each["sql"]]
    assert len([each for each in places if '"questions_fact"' in each["sql"]]) == rows


def test_only_the_decks_teacher_orders_its_steps(client: Client, deck: Deck) -> None:
    client.force_login(builders.teacher())
    assert move(client, deck, "caterpillar") == 404
    assert order(deck) == ["egg", "pupa", "caterpillar", "imago"]


def test_the_page_of_a_fact_numbers_the_steps(client: Client, deck: Deck) -> None:
    html = client.get(reverse("questions:fact_edit", args=[deck.slug, "pupa"])).content.decode()
    assert "2. <strong>pupa</strong>" in html
    assert html.count('name="earlier"') == 3


def test_the_preview_of_a_step_keeps_its_place(client: Client, deck: Deck) -> None:
    move(client, deck, "caterpillar")
    deck.refresh_from_db()
    fact = next(fact for fact in deck_as_data(deck).facts if fact.uid == "egg")
    (ordered,) = [one for one in preview_of(deck, fact, "egg").items if one.form == "Ordering"]
    assert [line.text for line in ordered.lines] == ["egg", "caterpillar", "pupa", "imago"]


def test_the_file_carries_the_order_and_an_import_changes_it(client: Client, deck: Deck) -> None:
    move(client, deck, "caterpillar")
    written = deck_file(deck)
    again = import_deck(builders.teacher(), written.encode()).deck
    assert deck_file(again) == written
    assert order(again) == ["egg", "caterpillar", "pupa", "imago"]
    card = Card.objects.get(pk=asked(deck).card_id)
    report = import_deck(deck.owner, DECK.encode(), into=deck)
    assert report.changes.reordered
    assert order(deck) == ["egg", "pupa", "caterpillar", "imago"]
    assert asked(deck).card == card


@pytest.mark.parametrize(("swapped", "score"), [(False, 1.0), (True, 4 / 6)])
def test_steps_are_graded_by_how_many_pairs_stand_right(
    client: Client, deck: Deck, swapped: bool, score: float
) -> None:
    question = asked(deck)
    presented = present(Form.ORDERING, question.stem, question.content, draw(b"", "present", 1))
    right = answer_texts(question.form, question.content)
    if swapped:
        right[0], right[1] = right[1], right[0]
    places = [str(right.index(text) + 1) for text in presented.options]
    graded = grade_given(presented, question.content, {"place": places}, lambda: NameIndex([]))
    assert graded.score == pytest.approx(score)
