"""What the progress page counts, and what it leaves out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from questions.domain.statistics import Day, Strength, true_retention
from questions.models import Deck, Memory, Review
from questions.queries import progress as queries
from studyapp.accounts.models import User
from tests import builders

TODAY = date(2026, 3, 10)
YESTERDAY = TODAY - timedelta(days=1)
YEAR = TODAY - timedelta(days=365)

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return builders.user()


@pytest.fixture
def deck() -> Deck:
    return builders.deck()


@pytest.fixture
def memory(learner: User, deck: Deck) -> Memory:
    return builders.memory(learner, builders.asked_card(deck), YESTERDAY)


# --- days -------------------------------------------------------------------------------


def test_a_day_sums_answers_time_and_what_was_remembered(memory: Memory) -> None:
    builders.review(memory, TODAY, 3, predicted=0.9, milliseconds=5_000)
    builders.review(memory, TODAY, 1, predicted=0.8, milliseconds=7_000)
    assert queries.study_days(memory.learner, YEAR) == {TODAY: Day(TODAY, 2, 2, 1, 12.0)}


def test_a_first_answer_and_one_repeated_the_same_day_test_no_memory(memory: Memory) -> None:
    builders.review(memory, TODAY, 1, predicted=None)
    builders.review(memory, TODAY, 3, predicted=1.0)
    (day,) = queries.study_days(memory.learner, YEAR).values()
    assert (day.answers, day.tested, day.kept) == (2, 0, 0)
    assert true_retention([day]) is None


def test_hard_is_remembered_and_again_is_not(memory: Memory) -> None:
    for rating in (1, 2, 3, 4):
        builders.review(memory, TODAY, rating, predicted=0.9)
    (day,) = queries.study_days(memory.learner, YEAR).values()
    assert true_retention([day]) == 0.75


def test_cards_told_and_answers_taken_back_are_no_study(memory: Memory) -> None:
    builders.review(memory, TODAY, None, kind=Review.Kind.TOLD, due=None, verdict="")
    builders.review(memory, TODAY, 3, predicted=0.9, voided=True)
    builders.review(memory, TODAY, None, kind=Review.Kind.VOID, due=None, verdict="", voids=2)
    assert queries.study_days(memory.learner, YEAR) == {}


def test_an_answer_left_open_overnight_counts_for_a_minute(memory: Memory) -> None:
    builders.review(memory, TODAY, milliseconds=8 * 3_600_000)
    builders.review(memory, TODAY, milliseconds=None)
    assert queries.study_days(memory.learner, YEAR)[TODAY].seconds == 60


def test_only_the_learner_the_deck_and_the_time_asked_for_count(
    memory: Memory, learner: User
) -> None:
    elsewhere = builders.memory(learner, builders.asked_card(builders.deck()), YESTERDAY)
    stranger = builders.memory(builders.user(), memory.card, YESTERDAY)
    for each in (memory, elsewhere, stranger):
        builders.review(each, TODAY)
    builders.review(memory, YEAR - timedelta(days=1))
    assert queries.study_days(learner, YEAR)[TODAY].answers == 2
    assert queries.study_days(learner, YEAR, memory.deck)[TODAY].answers == 1
    assert list(queries.study_days(learner, YEAR)) == [TODAY]


# --- mastery ----------------------------------------------------------------------------


def test_mastery_is_told_by_topic_in_the_decks_order(learner: User, deck: Deck) -> None:
    second = builders.topic(deck, "Second", position=2)
    first = builders.topic(deck, "First", position=1)
    builders.topic(deck, "Without a card", position=3)
    known = builders.asked_card(deck, topic=first)
    builders.asked_card(deck, topic=first)
    builders.asked_card(deck, topic=second)
    builders.asked_card(deck)
    builders.memory(learner, known, TODAY)
    (whole,) = queries.mastery_of([deck], queries.held_cards(learner), TODAY)
    assert [row.topic for row in whole.topics] == [first, second, None]
    assert [row.mastery.recall for row in whole.topics] == [0.5, 0, 0]
    assert (whole.mastery.cards, whole.mastery.strong) == (4, 1)


def test_what_is_not_asked_any_more_is_not_to_be_mastered(learner: User, deck: Deck) -> None:
    builders.card(deck)  # no question
    retired = builders.asked_card(deck, retired=True)
    drafted = builders.asked_card(deck)
    drafted.questions.update(state="draft")
    for card in (retired, drafted):
        builders.memory(learner, card, TODAY)
    held = queries.held_cards(learner)
    assert held == []
    assert queries.mastery_of([deck], held, TODAY)[0].mastery.cards == 0


def test_the_forecast_puts_what_is_overdue_on_today(learner: User, deck: Deck) -> None:
    for ahead in (-3, 0, 2, 2, 31):
        due = TODAY + timedelta(days=ahead)
        builders.memory(learner, builders.asked_card(deck), YESTERDAY, due=due)
    minutes = queries.forecast(queries.held_cards(learner), TODAY, 30)
    assert minutes[:4] == [1, 0, 1, 0]
    assert len(minutes) == 30
    assert sum(minutes) == 2


# --- weakest ----------------------------------------------------------------------------


def weak(learner: User) -> list[queries.WeakCard]:
    return queries.weakest(queries.held_cards(learner), TODAY)


def test_the_weakest_come_first_and_the_firm_and_unmet_not_at_all(
    learner: User, deck: Deck
) -> None:
    last = TODAY - timedelta(days=60)
    cards = [builders.asked_card(deck) for _ in range(5)]
    builders.memory(learner, cards[0], last, stability=30.0)
    builders.memory(learner, cards[1], last, stability=3.0)
    builders.memory(learner, cards[2], TODAY)  # firm
    builders.memory(learner, cards[3], TODAY, stability=3.0, lapses=3)
    often = builders.asked_card(deck)
    builders.memory(learner, often, TODAY, stability=300.0, lapses=3)  # and strong again
    builders.memory(learner, cards[4], TODAY, stability=None, last_day=None)  # told alone
    found = weak(learner)
    assert [each.card for each in found] == [cards[3], cards[1], cards[0]]
    assert found[1].strength is Strength.LEARNING
    assert found[2].strength is Strength.FADING


def test_a_weak_card_says_its_fact_in_words(learner: User) -> None:
    deck = builders.deck(use=["history"], revision=1001)
    battle = builders.entity(deck, "Battle of Lake Khasan", "battle", article=True)
    fact = builders.fact(battle, "began", "1938-07-29")
    builders.memory(learner, builders.asked_card(deck, about=fact), TODAY, stability=3.0, lapses=2)
    (found,) = weak(learner)
    assert found.statement == "The Battle of Lake Khasan began on 29 July 1938."
    assert found.fact == fact.uid


def test_a_weak_card_without_a_fact_says_what_it_asks(learner: User, deck: Deck) -> None:
    builders.memory(learner, builders.asked_card(deck), TODAY, stability=3.0, lapses=2)
    assert [(each.statement, each.fact) for each in weak(learner)] == [("This is how it is.", "")]


# --- all of it --------------------------------------------------------------------------


def studied(learner: User, decks: int, cards: int) -> None:
    for _ in range(decks):
        deck = builders.deck(use=["history"], revision=1002)
        topic = builders.topic(deck)
        about = builders.entity(deck, "A war", "war")
        for n in range(cards):
            fact = builders.fact(about, "began", f"19{n + 10}")
            card = builders.asked_card(deck, about=fact, topic=topic)
            memory = builders.memory(learner, card, TODAY - timedelta(days=90))
            builders.review(memory, TODAY - timedelta(days=n), predicted=0.9)


def test_more_decks_cards_and_reviews_need_no_more_queries(
    learner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    studied(learner, decks=1, cards=1)
    decks = list(queries.decks_begun(learner))
    with django_assert_max_num_queries(20) as few:
        queries.progress_of(learner, TODAY, None, decks)
    studied(learner, decks=3, cards=6)
    decks = list(queries.decks_begun(learner))
    with django_assert_max_num_queries(len(few) + 3):  # a new deck's vocabulary is read once
        progress = queries.progress_of(learner, TODAY, None, decks)
    with django_assert_max_num_queries(len(few)):
        progress = queries.progress_of(learner, TODAY, None, decks)
    assert len(progress.decks) == 4
    assert len(progress.weak) == queries.MOST_WEAK


def test_figures_of_one_deck_leave_the_others_out(learner: User) -> None:
    studied(learner, decks=2, cards=2)
    one, _ = queries.decks_begun(learner)
    progress = queries.progress_of(learner, TODAY, one, [])
    assert [each.deck for each in progress.decks] == [one]
    assert progress.answers == 2
    assert progress.streak == 2
    assert progress.recent_retention == 1


def test_a_deck_one_may_not_study_any_more_is_not_begun(learner: User) -> None:
    studied(learner, decks=1, cards=1)
    Deck.objects.update(visibility="private")
    assert not queries.decks_begun(learner)
