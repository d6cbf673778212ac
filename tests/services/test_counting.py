"""Answers put into the log at once count as they would one after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from questions.domain.grading import Grade, Verdict
from questions.domain.grading.reasons import RIGHT
from questions.models import Memory, Review
from questions.queries.showing import presented
from questions.services.counting import count_answers
from questions.services.study import GradedAnswer, Submission
from studyapp.accounts.models import User
from tests import builders

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
FORMS = ["typed", "choice", "cloze", "flashcard", "list"]

pytestmark = pytest.mark.django_db


def answers(learner: User, random: Random) -> list[GradedAnswer]:
    return [_answer(memory, random) for memory in Memory.objects.of(learner).order_by("pk")]


def _answer(memory: Memory, random: Random) -> GradedAnswer:
    question = memory.card.questions.get()
    verdict = random.choice([Verdict.RIGHT, Verdict.RIGHT, Verdict.PARTIAL, Verdict.WRONG])
    shown_at = NOON - timedelta(seconds=random.choice([2, 6, 7, 30]))
    given = {"rating": ["3"]} if question.form == "flashcard" else {"text": ["x"]}
    return GradedAnswer(
        memory.learner,
        memory,
        question,
        presented(memory, question),
        Grade(verdict, 1.0 if verdict is Verdict.RIGHT else 0.0, RIGHT),
        Submission(uuid4(), memory.version, given, shown_at),
        NOON,
        None,
    )


def log(learner: User) -> list[dict[str, object]]:
    skip = {"id", "submission"}
    rows = Review.objects.filter(learner=learner, day=TODAY).order_by("memory", "sequence")
    return [
        {name: value for name, value in row.items() if name not in skip} for row in rows.values()
    ]


def states(learner: User) -> list[object]:
    return [*Memory.objects.of(learner).order_by("pk").values()]


@pytest.mark.parametrize("seed", range(6))
def test_at_once_and_one_by_one_give_the_same_log_and_the_same_memories(seed: int) -> None:
    random = Random(seed)
    learner, deck = builders.user(), builders.deck()
    for _ in range(24):
        card = builders.asked_card(deck, random.choice(FORMS))
        last = TODAY - timedelta(days=random.randint(1, 60))
        memory = builders.memory(learner, card, last, stability=random.uniform(1, 90), due=TODAY)
        builders.review(memory, last, milliseconds=random.choice([0, 4_000, 6_000]))
        Memory.objects.filter(pk=memory.pk).update(version=1)
    one_by_one: list[object] = []
    with transaction.atomic():
        for answer in answers(learner, Random(seed)):
            answer.record()
        one_by_one += [log(learner), states(learner)]
        transaction.set_rollback(True)
    assert not log(learner)
    count_answers(answers(learner, Random(seed)))
    assert [log(learner), states(learner)] == one_by_one


def test_no_answer_is_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert count_answers([]) == []
