"""What the domain and the bank say in English, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from questions.domain import presentation
from questions.domain.generation.authored import FALSE_STATEMENT
from questions.domain.generation.drafting import WHY_DRAFT
from questions.domain.messages import Sentence, kept
from questions.domain.presentation import Presented
from questions.domain.questions import Direction, Form
from questions.models import Question


def given_texts(presented: Presented, given: Mapping[str, Sequence[str]]) -> list[str]:
    """What a learner answered, in words, a line for each part; nothing if nothing was given."""
    return _said(presented, presentation.given_texts(presented, given))


def right_texts(presented: Presented, content: Mapping[str, Any]) -> list[str]:
    """The right answer to what was shown, in words, a line for each part."""
    return _said(presented, presentation.right_texts(presented, content))


def _said(presented: Presented, texts: list[str]) -> list[str]:
    return list(map(gettext, texts)) if presented.form is Form.TRUE_FALSE else texts


def said_statement(question: Question) -> str:
    """What a question's answer says, as one sentence; of a false statement of which nothing else
    is known, that it is false. Of a choice or a typed question by hand, which has no statement of
    its own, nothing: question and answer would only be said again."""
    if question.form != Form.TRUE_FALSE and question.card.direction == Direction.AUTHORED:
        return ""
    false: list[str] = question.content["false"] if question.form == Form.TRUE_FALSE else []
    if len(false) == 1 and question.statement == FALSE_STATEMENT % {"statement": false[0]}:
        return gettext(FALSE_STATEMENT) % {"statement": false[0]}
    return question.statement


def said_why(why: str) -> str:
    """Why a question waits as a draft, as the bank keeps it."""
    found = said_refusal(kept(why)) if why else ""
    for sentence in WHY_DRAFT.values():
        found = found.replace(sentence, gettext(sentence))
    return found


def said_refusal(reason: str) -> str:
    """Why a form of a fact is not asked."""
    sentence = reason if isinstance(reason, Sentence) else Sentence(reason)
    return sentence.said(gettext)
