"""What an answer is graded against, where the question that was shown has been replaced since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from questions.domain.presentation import answer_texts
from questions.models import Question


def content_to_grade(question: Question) -> Mapping[str, Any]:
    """What the deck has learnt since counts in a quiz or on a page that was open then: of the same
    question with the same answer the newest version tells what else is right."""
    own: Mapping[str, Any] = question.content
    if question.state != Question.State.RETIRED or "expected" not in own:
        return own
    rows = Question.objects.active().filter(card=question.card_id, slot=question.slot)
    newest = rows.order_by("version").last()
    if newest is None or not _asks_the_same(newest, question):
        return own
    return {**own, "expected": newest.content["expected"]}


def _asks_the_same(one: Question, other: Question) -> bool:
    same = (one.form, one.stem) == (other.form, other.stem)
    return same and _key(one) == _key(other)


def _key(question: Question) -> list[str]:
    return answer_texts(question.form, question.content)
