"""From what learners type in quizzes to what is offered to the next: by the pages alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Attempt, AttemptItem, Deck, Fact, Question
from questions.queries import slices
from questions.queries.audit import audit_of
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from tests import builders
from tests.loading import taken_back
from tests.web.quizzes.conftest import answer

pytestmark = pytest.mark.django_db

ISLANDS = [
    ("Amberholm", "Ingrid Falk", "1711-02-03", 1200, "Steady as stone"),
    ("Birkoy", "Rasmus Thorsen", "1711-04-19", 1600, "Never ashore"),
    ("Cormay", "Sigrid Haldane", "1711-06-30", 2100, "Bread and salt"),
    ("Dunsay", "Olaf Brekke", "1711-07-11", 2700, "Wind before tide"),
    ("Eldfjord", "Marten Solberg", "1711-09-22", 3300, "Look to the light"),
    ("Fenmark", "Helga Nyquist", "1711-10-05", 900, "Nets and patience"),
    ("Gullvik", "Anders Rydell", "1711-03-14", 1900, "One rope, one boat"),
    ("Hvalsund", "Freya Lindqvist", "1711-08-27", 2400, "What the sea leaves"),
    ("Isbrekk", "Torsten Wiklund", "1711-05-28", 1750, "Slow to anger"),
]
HEAD = """
title: The Far Islands
language: en
sources: {chart: {title: A Chart}}
types:
  island: {label: island, many: islands, ask: which island, in: place}
relations:
  governor:
    {label: governor, about: [island], value: entity, of: [person], single: yes,
     ask: ["Who governs {about}?"], state: ["{value} governs {about}."]}
  settled:
    {label: settled, about: [island], value: date, single: yes,
     ask: ["When was {about} settled?"], state: ["{About} was settled {on value}."]}
  boats:
    {label: boats, about: [island], value: number, unit: boats, single: yes,
     ask: ["How many {unit} belong to {about}?"], state: ["{value} {unit} belong to {about}."]}
  motto:
    {label: motto, about: [island], value: term, single: yes,
     ask: ["What is the motto of {about}?"], state: ["The motto of {about} is {value}."]}
units: {boats: {one: boat, many: boats}}
"""


def islands() -> Deck:
    entities, facts = ["entities:"], ["facts:"]
    for number, (island, governor, *values) in enumerate(ISLANDS):
        entities.append(f"  i{number}: {{type: island, name: {island}}}")
        entities.append(f"  p{number}: {{type: person, name: {governor}}}")
        relations = zip(("governor", "settled", "boats", "motto"), (f"p{number}", *values),
                        strict=True)  # fmt: skip
        facts += [
            f'  - {{about: i{number}, is: {relation}, value: "{value}", source: chart {number}}}'
            for relation, value in relations
        ]
    text = "\n".join([HEAD, *entities, *facts])
    return import_deck(builders.teacher(), text.encode()).deck


@pytest.fixture(scope="module")
def _islands(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    with taken_back(django_db_blocker):
        yield islands().pk


@pytest.fixture
def deck(_islands: int, db: None) -> Deck:
    return Deck.objects.get(pk=_islands)


@pytest.fixture
def client(client: Client, deck: Deck) -> Client:
    client.force_login(deck.owner)
    return client


def type_in_a_quiz(fact: Fact, text: str) -> str:
    """What one more learner is told of that answer."""
    rows = Question.objects.active().filter(card__fact=fact, form="typed")
    asked = rows.filter(card__direction="value")[0]
    attempt = Attempt.objects.create(learner=builders.user(), deck=fact.deck)
    page = Presented(Form.TYPED, asked.stem, blanks=1).to_json()
    AttemptItem.objects.create(attempt=attempt, position=1, question=asked, shown=page)
    visitor = Client()
    visitor.force_login(attempt.learner)
    return unescape(answer(visitor, attempt, text=text))


def offered(fact: Fact) -> list[str]:
    rows = Question.objects.active().filter(card__fact=fact, form="choice")
    question = rows.filter(card__direction="value").get()
    return [option["text"] for option in question.content["distractors"]]


def page(client: Client, fact: Fact) -> str:
    address = reverse("questions:fact_questions", args=[fact.deck.slug, fact.uid])
    return " ".join(unescape(client.get(address).content.decode()).split())


def place_on_page(text: str, option: str) -> int:
    """Where the lists of wrong options have it, without what learners typed."""
    return text.partition("What learners typed instead")[0].find(option)


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("governor", lambda name: f"I think {name.replace('i', 'y', 1)}"),
        ("settled", lambda day: f"on {day.split()[1]} {day.split()[0]}, 1711"),
        ("boats", lambda figure: f"{figure.replace(',', ' ')} boats"),
        ("motto", lambda motto: motto.lower().replace("ea", "ae", 1)),
    ],
)
def test_what_learners_type_wrongly_is_offered_before_what_looks_likelier(
    client: Client,
    deck: Deck,
    relation: str,
    said: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fact = Fact.objects.get(deck=deck, relation=relation, about__key="i8")
    tempting = offered(fact)[-1]
    for _ in range(16):
        assert "Wrong" in type_in_a_quiz(fact, said(tempting.removesuffix(" boats")))
    assert "16 learners" in page(client, fact)
    refresh = reverse("questions:questions_refresh", args=[deck.slug])
    assert client.post(refresh, follow=True).status_code == 200
    now = offered(fact)
    assert tempting in now[:2]  # dates and figures: one before and one behind the right one
    shown = page(client, fact)
    assert 0 < place_on_page(shown, tempting) < place_on_page(shown, now[-1])
    assert audit_of(deck).violations == []
    monkeypatch.setattr(slices, "WHOLE", 0)  # as of a large deck a part is read for an edit
    write_questions(deck, only={fact.uid})
    assert tempting in offered(fact)[:2]


@pytest.mark.parametrize(
    ("relation", "typed", "said"),
    [
        ("settled", "5 October 1711", "5 October 1711"),
        ("motto", "nets and patiense", "Nets and patience"),
    ],
)
def test_a_veto_keeps_out_what_learners_go_on_typing(
    client: Client, deck: Deck, relation: str, typed: str, said: str
) -> None:
    fact = Fact.objects.get(deck=deck, relation=relation, about__key="i8")
    for _ in range(12):
        type_in_a_quiz(fact, typed)
    value = Fact.objects.get(deck=deck, relation=relation, about__key="i5").value
    veto = reverse("questions:veto", args=[deck.slug, fact.uid])
    told = unescape(client.post(veto, {"value": value}, follow=True).content.decode())
    assert f"“{said}” is never offered here again." in told
    client.post(reverse("questions:questions_refresh", args=[deck.slug]))
    assert offered(fact)
    assert said not in offered(fact)
    assert (
        said
        not in page(client, fact)
        .partition("What learners typed instead")[2]
        .partition("Never offered here")[0]
    )


def test_a_misspelt_name_is_told_as_the_name_it_stands_for(client: Client, deck: Deck) -> None:
    """By what the deck lacks in options: of another type it is told, but not offered."""
    fact = Fact.objects.get(deck=deck, relation="governor", about__key="i8")
    left_out = next(
        name for _, name, *_ in ISLANDS if name not in [*offered(fact), "Torsten Wiklund"]
    )
    type_in_a_quiz(fact, left_out.replace("e", "ee", 1))
    shown = page(client, fact).partition("What learners typed instead")[2]
    assert left_out in shown
    assert "1 learner" in shown
