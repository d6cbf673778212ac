"""How a card's question is shown: which of its questions, in which order its options, and the seal
that proves it. All follow from a keyed hash of whose card it is and how often it was answered."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.conf import settings

from questions.domain.chance import Draw, draw, keyed_hash
from questions.domain.presentation import Presented, hardness, present
from questions.domain.questions import Form
from questions.domain.scheduling import form_for
from questions.models import Memory, Question


def telling_question(questions: Sequence[Question]) -> Question:
    """The question whose true statement tells a new card."""
    return next((each for each in questions if each.statement), questions[0])


def question_for(memory: Memory, questions: Sequence[Question]) -> Question:
    """The question to ask now, the same until it is answered; that of a card not yet told is known
    beforehand."""
    key = keyed_hash(secret(), "question", memory.learner_id, memory.card_id, memory.version)
    form = form_for(memory.state, {question.form for question in questions}, key)
    fitting = sorted((each for each in questions if each.form == form), key=lambda each: each.pk)
    return draw(key, "wording").choose(fitting)


def seal(memory: Memory, question: Question, presented: Presented, shown_at: str) -> str:
    """Binds an answer to what its page showed: the memory's version, the question, its options in
    their order, and when. Whoever does not have the server's secret cannot make one up."""
    asked = json.dumps(presented.asked(), sort_keys=True)
    return keyed_hash(
        secret(), "seal", memory.pk, memory.version, question.pk, asked, shown_at
    ).hex()


def presented(memory: Memory, question: Question) -> Presented:
    chance = draw(secret(), "present", memory.learner_id, memory.version, question.pk)
    return present_question(question, chance, hardness(memory.stability))


def present_question(question: Question, chance: Draw, hardness: float | None = None) -> Presented:
    return present(Form(question.form), question.stem, question.content, chance, hardness)


def secret() -> bytes:
    return settings.SECRET_KEY.encode()
