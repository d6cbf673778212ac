"""In a day of study nothing read earlier hands over the key of what is asked later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.domain.grading import Expected
from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Deck, Fact, Memory, Review, StudySession
from questions.queries import study as queries
from questions.queries.study import Asking, Telling
from questions.services import study
from questions.services.study import Submission
from studyapp.accounts.models import User
from tests import builders
from tests.web.teach.sample import lunar_deck

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TODAY = NOON.date()

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck() -> Deck:
    return builders.deck(use=["history"])


@pytest.fixture
def learner() -> User:
    return builders.user(new_per_day=0)


def waiting(
    learner: User, deck: Deck, subject: str, key: str, *, says: str = "", **fields: Any
) -> Memory:
    """A card due today that asks who led at a place; `says` is told after it."""
    battle = builders.entity(deck, subject)
    card = builders.card(deck, about=builders.fact(battle, "led", key, source=None))
    expected = Expected(kind="term", value=key).to_json()
    builders.question(
        card,
        stem=f"Who led the army at {subject}?",
        statement=says or f"{key} led the army at {subject}.",
        content={"expected": expected},
    )
    fields = {"due": TODAY, "stability": 30.0} | fields
    return builders.memory(learner, card, TODAY - timedelta(days=20), **fields)


def begin(learner: User, deck: Deck) -> StudySession:
    return study.start(learner, deck, NOON)


def step(session: StudySession) -> Memory | None:
    found = queries.next_step(session, session.day)
    assert not isinstance(found, Telling)
    return found.memory if found else None


def answer(session: StudySession, memory: Memory, at: datetime = NOON) -> Review:
    question = memory.card.questions.get()
    given = {"text": [question.content["expected"]["value"]]}
    submission = Submission(uuid4(), memory.version, given)
    outcome = study.answer(session.learner, memory.pk, question.pk, submission, at, session.pk)
    assert isinstance(outcome, study.Recorded)
    return outcome.review


def both_told(learner: User, deck: Deck, **second: Any) -> tuple[Memory, Memory]:
    """What is told after either card tells the other's key."""
    alder = waiting(
        learner, deck, "Alder", "Brandt", stability=5.0,
        says="Brandt led the army at Alder. Klein led the army at Birch.",
    )  # fmt: skip
    birch = waiting(
        learner, deck, "Birch", "Klein",
        says="Klein led the army at Birch. Brandt led the army at Alder.", **second,
    )  # fmt: skip
    return alder, birch


def test_a_card_given_away_is_asked_after_the_others_and_left_for_tomorrow(
    learner: User, deck: Deck
) -> None:
    alder, birch = both_told(learner, deck)
    cedar = waiting(learner, deck, "Cedar", "Moll", stability=200.0)
    session = begin(learner, deck)
    assert step(session) == alder
    answer(session, alder)
    assert step(session) == cedar
    answer(session, cedar)
    assert step(session) is None
    tomorrow = study.start(learner, deck, NOON + timedelta(days=1))
    assert step(tomorrow) == birch


def test_one_that_would_be_forgotten_by_tomorrow_is_asked_all_the_same(
    learner: User, deck: Deck
) -> None:
    alder, birch = both_told(learner, deck, stability=7.0)
    session = begin(learner, deck)
    answer(session, alder)
    assert step(session) == birch


def test_one_begun_today_is_asked_all_the_same(learner: User, deck: Deck) -> None:
    alder, birch = both_told(learner, deck)
    session = begin(learner, deck)
    builders.review(birch, TODAY, 1, sequence=birch.version + 1, session=session)
    answer(session, alder)
    assert step(session) == birch


def test_what_would_be_given_away_comes_before_what_gives_it_away(
    learner: User, deck: Deck
) -> None:
    alder = waiting(
        learner, deck, "Alder", "Brandt", stability=5.0,
        says="Brandt led the army at Alder. Klein led the army at Birch.",
    )  # fmt: skip
    birch = waiting(learner, deck, "Birch", "Klein")
    session = begin(learner, deck)
    assert step(session) == birch
    answer(session, birch)
    assert step(session) == alder


def test_a_card_answered_just_now_does_not_come_again_for_what_would_give_it_away(
    learner: User, deck: Deck
) -> None:
    birch = waiting(learner, deck, "Birch", "Klein", stability=5.0)
    alder = waiting(
        learner, deck, "Alder", "Brandt",
        says="Brandt led the army at Alder. Klein led the army at Birch.",
    )  # fmt: skip
    session = begin(learner, deck)
    builders.review(birch, TODAY, 1, sequence=birch.version + 1, session=session)
    assert step(session) == alder


def test_a_new_card_is_not_told_sooner_for_what_would_give_it_away(deck: Deck) -> None:
    learner = builders.user(new_per_day=1)
    new = waiting(learner, deck, "Birch", "Klein")
    new.delete()
    alder = waiting(
        learner, deck, "Alder", "Brandt",
        says="Brandt led the army at Alder. Klein led the army at Birch.",
    )  # fmt: skip
    assert step(begin(learner, deck)) == alder


def test_what_was_taken_back_was_read_all_the_same(learner: User, deck: Deck) -> None:
    alder, _ = both_told(learner, deck)
    session = begin(learner, deck)
    review = answer(session, alder)
    study.undo(learner, review.pk, uuid4(), NOON)
    assert step(session) == Memory.objects.get(pk=alder.pk)


def test_a_new_card_told_gives_away_too(deck: Deck) -> None:
    learner = builders.user(new_per_day=1)
    birch = waiting(learner, deck, "Birch", "Klein")
    card = builders.card(deck)
    builders.question(card, statement="Klein led the army at Birch.")
    session = begin(learner, deck)
    study.tell_card(session, card, uuid4(), NOON)
    found = queries.next_step(session, session.day)
    assert isinstance(found, Asking)
    assert found.memory.card == card
    assert found.memory != birch


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_what_a_wrong_answer_is_told_to_be_gives_away_too(learner: User, verdict: str) -> None:
    """The page says: Besselburg is the capital of Serenia."""
    deck = lunar_deck()
    capitals = deck.cards.filter(fact__relation="capital", direction="value")
    imbria, serenia = (capitals.get(fact__about__key=key) for key in ("imbria", "serenia"))
    asked = imbria.questions.filter(form="choice")[0]
    options = ("Besselburg", asked.content["key"]["text"])
    shown = Presented(Form.CHOICE, asked.stem, options=options, key=(1,)).to_json()
    builders.review(
        builders.memory(learner, imbria, TODAY), TODAY, question=asked, shown=shown,
        verdict=verdict, given={"option": ["0"]},
    )  # fmt: skip
    due = builders.memory(learner, serenia, TODAY - timedelta(days=20), due=TODAY, stability=90.0)
    assert step(begin(learner, deck)) == (due if verdict == "right" else None)


def test_a_note_on_another_sources_value_gives_away_too(learner: User, deck: Deck) -> None:
    one, two = disputed(deck, learner, "1939"), disputed(deck, learner, "2000")
    Fact.objects.filter(uid__in=two.card.facts).update(note="Klein led the army at Birch.")
    waiting(learner, deck, "Birch", "Klein")
    two.delete()
    builders.review(one, TODAY)
    Memory.objects.filter(pk=one.pk).update(due=TODAY + timedelta(days=9))
    assert step(begin(learner, deck)) is None


def test_another_days_reading_gives_nothing_away(learner: User, deck: Deck) -> None:
    alder, birch = both_told(learner, deck)
    yesterday = study.start(learner, deck, NOON - timedelta(days=1))
    answer(yesterday, alder, NOON - timedelta(days=1))
    assert step(begin(learner, deck)) == birch


def disputed(deck: Deck, learner: User, value: str) -> Memory:
    battle = deck.entities.first() or builders.entity(deck, "Alder", "battle")
    card = builders.card(deck, about=builders.fact(battle, "ended", value, source=None))
    expected = Expected(kind="date", value=value).to_json()
    builders.question(card, stem="When did it end?", content={"expected": expected})
    return builders.memory(
        learner, card, TODAY - timedelta(days=20), due=TODAY, stability=float(value[:2])
    )


def test_sources_that_disagree_are_not_asked_on_one_day(learner: User, deck: Deck) -> None:
    """After the answer the page says who else says what."""
    one, two = disputed(deck, learner, "1939"), disputed(deck, learner, "2000")
    session = begin(learner, deck)
    assert step(session) == one
    answer(session, one)
    assert step(session) is None
    assert Memory.objects.get(pk=two.pk).due == TODAY


def test_the_day_is_done_when_all_that_is_left_waits_for_tomorrow(
    client: Client, learner: User, deck: Deck
) -> None:
    alder, _ = both_told(learner, deck)
    session = begin(learner, deck)
    answer(session, alder)
    client.force_login(learner)
    with time_machine.travel(NOON, tick=False):
        page = client.get(reverse("questions:session", args=[session.pk]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("questions:summary", args=[session.pk])
    text = page.content.decode()
    assert "Done for today" in text
    assert "One card is left for tomorrow" in text


@pytest.mark.parametrize("others", [1, 12])
@pytest.mark.parametrize(("verdict", "most"), [("right", 10), ("wrong", 19)])
def test_the_next_card_takes_as_many_queries_whatever_was_read(
    learner: User,
    deck: Deck,
    others: int,
    verdict: str,
    most: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    session = begin(learner, deck)
    for n in range(others):
        read = waiting(learner, deck, f"Hill {n}", f"Leader{n}", due=TODAY + timedelta(days=9))
        expected = Expected(kind="name", value=f"Leader{n}").to_json()
        asked = builders.question(read.card, content={"expected": expected})
        builders.review(
            read, TODAY, question=asked, verdict=verdict, given={"text": [f"Hill {n - 1}"]}
        )
    waiting(learner, deck, "Alder", "Brandt")
    with django_assert_max_num_queries(most):
        assert isinstance(queries.next_step(session, session.day), Asking)
