"""What home promises for today is what a session brings to who answers all right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.domain.chance import draw
from questions.domain.simulation import simulated_answer
from questions.models import Card, Deck, Memory, StudySession
from questions.queries import ahead
from questions.queries.home import DeckToday, day_plan
from questions.queries.study import Asking, Telling, next_step, still_waiting
from questions.queries.waiting import Today, waiting_in
from questions.services import study
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from questions.services.study import Submission
from studyapp.accounts.models import User
from tests import builders
from tests.synthetic import synthetic

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
ANSWER = timedelta(seconds=12)

pytestmark = pytest.mark.django_db


def load(shape: str, facts: int, seed: int, slug: str = "war") -> Deck:
    data = synthetic(shape, facts, seed=seed)
    deck = import_deck(builders.teacher(), data, slug=slug, questions=False).deck
    write_questions(deck)
    Deck.objects.filter(pk=deck.pk).update(visibility="public")
    return deck


def learn(learner: User, deck: Deck, random: Random, share: float = 0.5) -> None:
    """A share of the deck's cards are remembered, most of them due."""
    for card in Card.objects.live().filter(deck=deck).exclude(questions=None):
        if random.random() < share:
            builders.memory(
                learner,
                card,
                TODAY - timedelta(days=random.randint(1, 40)),
                due=TODAY + timedelta(days=random.choice([-30, -2, -1, 0, 0, 0, 3])),
                stability=random.choice([2.0, 7.0, 30.0, 90.0, 400.0]),
            )


def of(deck: Deck, learner: User, at: datetime = NOON) -> DeckToday:
    return next(line for line in day_plan(learner, at).decks if line.deck == deck)


def next_card(session: StudySession, at: datetime, knows: bool = True) -> tuple[Card, bool] | None:
    """The card met, and whether it was new."""
    step = next_step(session, session.day)
    if isinstance(step, Telling):
        study.tell_card(session, step.card, uuid4(), at)
        return step.card, True
    if step is None:
        return None
    answer(session, step, at, knows)
    return step.memory.card, False


def answer(session: StudySession, step: Asking, at: datetime, knows: bool) -> None:
    chance = draw(b"", str(step.memory.pk), step.memory.version)
    given = simulated_answer(step.presented, step.question.content, knows=knows, draw=chance)
    submission = Submission(uuid4(), step.memory.version, given, at - ANSWER)
    learner = session.learner
    done = study.answer(learner, step.memory.pk, step.question.pk, submission, at, session.pk)
    assert isinstance(done, study.Recorded)
    assert not knows or done.review.verdict != "wrong"


def all_right(session: StudySession, at: datetime = NOON) -> tuple[set[int], set[int]]:
    """The due and the new cards met."""
    due: set[int] = set()
    new: set[int] = set()
    while met := next_card(session, at):
        card, told = met
        if told:
            new.add(card.pk)
        elif card.pk not in new:
            due.add(card.pk)
    return due, new


SHAPES = ["plain", "disputed", "nested", "crowded", "figures", "near"]


@pytest.mark.parametrize("seed", range(12))
def test_home_promises_the_cards_that_a_session_brings(seed: int) -> None:
    random = Random(seed)
    learner = builders.user(
        new_per_day=random.choice([0, 3, 10]), minutes_per_day=random.choice([2, 6, 600])
    )
    deck = load(SHAPES[seed % len(SHAPES)], 40, seed)
    learn(learner, deck, random)
    session = study.start(learner, deck, NOON)
    for _ in range(random.choice([0, 0, 5])):  # begun before home is looked at, with errors
        next_card(session, NOON, knows=random.random() < 0.5)
    promised = of(deck, learner)
    left = still_waiting(session, TODAY)
    assert left.today == promised.waiting
    due, new = all_right(session)
    assert (promised.due, promised.new) == (len(due), len(new))
    after = of(deck, learner)
    assert (after.waiting, after.kept) == (0, promised.kept)


def counted(session: StudySession, random: Random, knows: float) -> list[tuple[int, int]]:
    """What the counter says on each page of the session: at which card of how many."""
    said = []
    while step := next_step(session, TODAY):
        said.append((step.progress.at, step.progress.total))
        next_card(session, NOON, knows=random.random() < knows)
    return said


@pytest.mark.parametrize("seed", range(6))
def test_the_counter_of_a_session_ends_at_what_home_promised(seed: int) -> None:
    random = Random(seed)
    learner = builders.user(new_per_day=random.choice([0, 5]), minutes_per_day=600)
    deck = load(SHAPES[seed % len(SHAPES)], 40, seed)
    learn(learner, deck, random)
    promised = of(deck, learner).waiting
    said = counted(study.start(learner, deck, NOON), random, knows=1)
    assert {total for _, total in said} == {promised}
    assert said[-1][0] == promised


@pytest.mark.parametrize("seed", range(4))
def test_the_counter_never_shrinks_whatever_is_answered(seed: int) -> None:
    random = Random(seed)
    learner = builders.user(new_per_day=5, minutes_per_day=6)
    deck = load(SHAPES[seed], 40, seed)
    learn(learner, deck, random)
    said = counted(study.start(learner, deck, NOON), random, knows=0.6)
    assert said == sorted(said)
    assert [total for _, total in said] == sorted(total for _, total in said)
    assert all(at <= total for at, total in said)


def test_a_session_that_is_begun_again_counts_what_was_met_before(client: Client) -> None:
    learner = builders.user(new_per_day=0)
    deck = builders.deck()
    for _ in range(4):
        builders.memory(learner, builders.asked_card(deck), TODAY - timedelta(days=9), due=TODAY)
    next_card(study.start(learner, deck, NOON), NOON)
    builders.memory(learner, builders.asked_card(deck), TODAY - timedelta(days=9), due=TODAY)
    session = study.start(learner, deck, NOON)
    step = next_step(session, TODAY)
    assert step
    assert (step.progress.at, step.progress.total) == (2, 5)


def test_the_counter_leaves_out_what_is_kept_for_tomorrow() -> None:
    learner = builders.user(new_per_day=0)
    session = study.start(learner, two_that_tell_each_other(learner), NOON)
    assert counted(session, Random(0), knows=1) == [(1, 1)]


def test_some_cards_of_such_decks_are_kept_for_tomorrow() -> None:
    """Else the test above would show nothing."""
    learner = builders.user(new_per_day=0, minutes_per_day=600)
    deck = load("crowded", 40, 3)
    learn(learner, deck, Random(3), share=1.0)
    promised = of(deck, learner)
    queue = waiting_in(deck, Today(learner, TODAY)).queue()
    assert promised.kept == len(queue) - promised.due > 0


def two_that_tell_each_other(learner: User) -> Deck:
    deck = builders.deck()
    for name, other in (("Brandt", "Klein"), ("Klein", "Brandt")):
        says = f"{name} led at {name}ford. {other} led at {other}ford."
        card = builders.card(deck)
        content = {"expected": {"kind": "term", "value": name}}
        stem = f"Who led at {name}ford?"
        builders.question(card, stem=stem, statement=says, content=content)
        builders.memory(learner, card, TODAY - timedelta(days=9), due=TODAY, stability=60.0)
    return deck


def test_home_says_what_is_kept_for_tomorrow_and_why(client: Client) -> None:
    learner = builders.user(new_per_day=0)
    deck = two_that_tell_each_other(learner)
    client.force_login(learner)
    with time_machine.travel(NOON, tick=False):
        before = client.get(reverse("questions:home")).content.decode()
        assert "One more is kept for tomorrow" in before
        all_right(study.start(learner, deck, NOON))
        after = client.get(reverse("questions:home")).content.decode()
    assert "Done for today" in after
    assert "One more is kept for tomorrow" in after
    assert len(set(Memory.objects.filter(due__lte=TODAY))) == 1


def test_home_says_what_does_not_fit_into_the_day(client: Client) -> None:
    learner = builders.user(new_per_day=0, minutes_per_day=1)
    deck = builders.deck()
    for _ in range(7):
        card = builders.asked_card(deck)
        builders.memory(learner, card, TODAY - timedelta(days=9), due=TODAY)
    client.force_login(learner)
    with time_machine.travel(NOON, tick=False):
        page = client.get(reverse("questions:home")).content.decode()
    assert (of(deck, learner).due, of(deck, learner).beyond) == (5, 2)
    assert "2 more wait for another day" in page


@pytest.mark.parametrize(("decks", "cards"), [(1, 3), (5, 3), (5, 12)])
def test_home_takes_as_many_queries_whatever_is_due(
    decks: int, cards: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    learner = builders.user()
    for _ in range(decks):
        deck = builders.deck()
        for _ in range(cards):
            card = builders.asked_card(deck, about=builders.fact(builders.entity(deck)))
            builders.memory(learner, card, TODAY - timedelta(days=9), due=TODAY)
        session = study.start(learner, deck, NOON)
        next_card(session, NOON)
    with django_assert_max_num_queries(15):
        day_plan(learner, NOON)


def answered_wrong(learner: User, cards: int = 3) -> Deck:
    """A deck with one answer that the page explained, and other cards due."""
    deck = builders.deck(use=["history"])
    other = builders.entity(deck, "Wrong 1")
    builders.fact(other)
    content = builders.content("choice")
    content["distractors"] = [content["distractors"][0] | {"entity": other.key}]
    for _ in range(cards):
        card = builders.card(deck, about=builders.fact(builders.entity(deck)))
        builders.question(card, "choice", content=content)
        builders.memory(learner, card, TODAY - timedelta(days=9), due=TODAY)
    session = study.start(learner, deck, NOON)
    step = next_step(session, TODAY)
    assert isinstance(step, Asking)
    given = {"option": [str(step.presented.options.index("Wrong 1"))]}
    submission = Submission(uuid4(), step.memory.version, given, NOON - ANSWER)
    study.answer(learner, step.memory.pk, step.question.pk, submission, NOON, session.pk)
    return deck


def queries_of_home(learner: User) -> int:
    day_plan(learner, NOON)  # reads the vocabularies
    with CaptureQueriesContext(connection) as queries:
        day_plan(learner, NOON)
    return len(queries)


def test_home_takes_as_many_queries_in_however_many_decks_answers_were_wrong() -> None:
    learner = builders.user(new_per_day=0, minutes_per_day=600)
    counts = []
    for _ in range(5):
        answered_wrong(learner)
        counts.append(queries_of_home(learner))
    assert counts[0] < counts[1] == counts[2] == counts[4]  # two decks' mistakes are explained


def test_home_goes_through_so_many_cards_of_all_decks_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    learner = builders.user(new_per_day=0)
    decks = [two_that_tell_each_other(learner) for _ in range(3)]
    assert [of(deck, learner).kept for deck in decks] == [1, 1, 1]
    monkeypatch.setattr(ahead, "MOST_GONE_THROUGH", 5)
    found = [of(deck, learner) for deck in decks]
    assert [(each.due, each.kept) for each in found] == [(1, 1), (1, 1), (2, 0)]
