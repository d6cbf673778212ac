"""A class as its teacher sees it: who knows what, and what is missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from questions.models import Card, Classroom, Deck, Enrolment, Memory, Question
from questions.queries.classes import class_report
from questions.services import classes
from studyapp.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SHOWN = {
    "form": "choice", "stem": "Which?", "options": ["Right", "Wrong 1", "Wrong 2"],
    "prompts": [], "before": "", "after": "", "blanks": 0, "key": [0],
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """Days begin at four: before that, today is still yesterday."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def teacher() -> User:
    return builders.teacher()


@pytest.fixture
def deck(teacher: User) -> Deck:
    """Two topics of two cards each."""
    deck = builders.deck(teacher, visibility="private")
    for title in ("The north", "The south"):
        topic = builders.topic(deck, title)
        for _ in range(2):
            builders.asked_card(deck, "choice", topic=topic)
    return deck


@pytest.fixture
def classroom(teacher: User, deck: Deck) -> Classroom:
    return classes.create_class(teacher, "Year 10", [deck])


def student(classroom: Classroom, **fields: str) -> User:
    learner = builders.user(**fields)
    classes.join(learner, classroom.code)
    return learner


def remember(learner: User, card: Card, **fields: object) -> Memory:
    """A memory that was rated today: it is recalled with certainty."""
    today = timezone.now().date()
    values: dict[str, object] = {"stability": 10.0, "last_day": today, "due": today} | fields
    return Memory.objects.create(learner=learner, card=card, deck=card.deck, **values)


def answer(memory: Memory, option: int, days_ago: int = 0, **fields: object) -> None:
    now = timezone.now() - timedelta(days=days_ago)
    memory.reviews.create(
        sequence=memory.reviews.count() + 1, submission=uuid4(), learner=memory.learner,
        question=memory.card.questions.get(), kind="answer",
        verdict="wrong" if option else "right", day=now.date(), time_zone="UTC", at=now,
        shown=SHOWN, given={"option": [str(option)]}, **fields,
    )  # fmt: skip


def page(teacher: User, classroom: Classroom) -> str:
    client = Client()
    client.force_login(teacher)
    url = reverse("questions:classroom", args=[classroom.pk])
    return " ".join(unescape(client.get(url).content.decode()).split())


def test_mastery_is_expected_recall_over_all_cards_of_a_topic(
    classroom: Classroom, deck: Deck
) -> None:
    learner = student(classroom)
    north, south = (list(topic.cards.all()) for topic in deck.topics.all())
    remember(learner, north[0])
    today = timezone.now().date()
    for card in south:  # stability is the days until recall falls to 90 %
        remember(learner, card, stability=10.0, last_day=today - timedelta(days=10))
    report = class_report(classroom, timezone.now())
    (table,) = report.tables
    assert [column.topic and column.topic.title for column in table.columns] == [
        "The north",
        "The south",
    ]
    assert [cell.percent for cell in table.rows[0].cells] == [50, 90]
    assert table.rows[0].overall.percent == 70


def test_retired_cards_do_not_count(classroom: Classroom, deck: Deck) -> None:
    learner = student(classroom)
    kept, retired = deck.topics.all()[0].cards.all()
    remember(learner, kept)
    remember(learner, retired)
    Card.objects.filter(pk=retired.pk).update(retired=True)
    assert class_report(classroom, timezone.now()).tables[0].rows[0].cells[0].percent == 100


def test_recent_answers_and_the_last_day_are_told(classroom: Classroom, deck: Deck) -> None:
    memory = remember(student(classroom), deck.cards.all()[0])
    for days_ago in (2, 6, 7, 30):
        answer(memory, 0, days_ago)
    found = class_report(classroom, timezone.now()).students[0]
    assert found.reviews == 2
    assert found.last_day == (timezone.now() - timedelta(days=2)).date()


def test_what_most_students_missed_comes_first_with_what_they_gave(
    teacher: User, classroom: Classroom, deck: Deck
) -> None:
    one, two = deck.cards.all()[:2]
    Question.objects.filter(card=one).update(stem="Missed by one?")
    Question.objects.filter(card=two).update(stem="Missed by two?")
    first, second = student(classroom), student(classroom)
    often = remember(first, one)
    for _ in range(3):
        answer(often, 1)
    for learner in (first, second):
        answer(remember(learner, two), 2)
    answer(Memory.objects.get(learner=second, card=two), 0)
    missed = class_report(classroom, timezone.now()).missed
    assert [each.question.stem for each in missed] == ["Missed by two?", "Missed by one?"]
    assert (missed[0].learners, missed[0].wrong, missed[0].answers) == (2, 2, 3)
    assert missed[0].given == [("Wrong 2", 2)]
    html = page(teacher, classroom)
    assert "2 students · wrong in 2 of 3 answers (67 %)" in html
    assert "“<bdi>Wrong 2</bdi>” (2×)" in html


def test_the_versions_of_a_question_are_missed_together(classroom: Classroom, deck: Deck) -> None:
    memory = remember(student(classroom), deck.cards.all()[0])
    answer(memory, 1)
    old = memory.card.questions.get()
    latest = builders.question(memory.card, "choice", stem="As it is asked now?")
    memory.reviews.create(
        sequence=2, submission=uuid4(), learner=memory.learner, question=latest, kind="answer",
        verdict="wrong", day=timezone.now().date(), time_zone="UTC", at=timezone.now(),
        shown=SHOWN, given={"option": ["1"]},
    )  # fmt: skip
    (missed,) = class_report(classroom, timezone.now()).missed
    assert old.pk != latest.pk
    assert missed.question == latest
    assert (missed.wrong, missed.answers, missed.given) == (2, 2, [("Wrong 1", 2)])


def test_answers_taken_back_and_outsiders_do_not_count(classroom: Classroom, deck: Deck) -> None:
    card = deck.cards.all()[0]
    answer(remember(student(classroom), card), 1, voided=True)
    answer(remember(builders.user(), card), 1)
    report = class_report(classroom, timezone.now())
    assert report.missed == []
    assert [each.reviews for each in report.students] == [0]


def test_fifty_students_take_as_many_queries_as_five(
    classroom: Classroom, deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def join(number: int) -> None:
        for _ in range(number):
            learner = student(classroom)
            for card in deck.cards.all():
                answer(remember(learner, card), 1)

    join(5)
    with django_assert_max_num_queries(12) as five:
        class_report(Classroom.objects.get(pk=classroom.pk), timezone.now())
    join(45)
    with django_assert_max_num_queries(len(five.captured_queries)):
        report = class_report(Classroom.objects.get(pk=classroom.pk), timezone.now())
    assert len(report.students) == 50


def test_an_empty_class_shows_its_code_and_link(teacher: User, classroom: Classroom) -> None:
    html = page(teacher, classroom)
    assert "Nobody has joined yet" in html
    assert f"http://testserver/join/{classroom.code}/" in html


def test_a_student_is_removed(teacher: User, classroom: Classroom) -> None:
    learner = student(classroom)
    client = Client()
    client.force_login(teacher)
    client.post(reverse("questions:class_remove", args=[classroom.pk, learner.pk]))
    assert not Enrolment.objects.filter(learner=learner).exists()


def test_the_code_is_made_anew_and_decks_are_chosen(teacher: User, classroom: Classroom) -> None:
    client = Client()
    client.force_login(teacher)
    old = classroom.code
    client.post(reverse("questions:class_code", args=[classroom.pk]))
    public = builders.deck(visibility="public")
    data = {"name": "Year 11", "decks": [public.pk]}
    client.post(reverse("questions:class_edit", args=[classroom.pk]), data)
    classroom.refresh_from_db()
    assert classroom.code != old
    assert classroom.name == "Year 11"
    assert list(classroom.decks.all()) == [public]


def test_another_teachers_private_deck_cannot_be_given_to_a_class(teacher: User) -> None:
    private = builders.deck(visibility="private")
    client = Client()
    client.force_login(teacher)
    data = {"name": "Year 9", "decks": [private.pk]}
    assert client.post(reverse("questions:class_new"), data).status_code == 422
    assert not Classroom.objects.exists()


def test_a_deleted_class_is_asked_about_first(teacher: User, classroom: Classroom) -> None:
    client = Client()
    client.force_login(teacher)
    url = reverse("questions:class_delete", args=[classroom.pk])
    client.get(url)
    assert Classroom.objects.exists()
    client.post(url)
    assert not Classroom.objects.exists()
