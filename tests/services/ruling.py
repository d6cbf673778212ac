"""What learners answered on the lunar deck, and their teacher's rulings on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from questions.domain import facts as domain
from questions.domain.interchange import built_in_vocabularies, read_deck
from questions.models import (
    AttemptItem,
    Claim,
    Deck,
    Question,
    Review,
)
from questions.queries import claims as queries
from questions.queries.interchange import deck_file
from questions.queries.quizzes import items_of
from questions.services import claims, quizzes, study
from questions.services.memories import differences
from questions.services.study import Submission
from studyapp.accounts.models import User
from tests import builders

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=20)
SHORT = "Platotown"


def capital(deck: Deck) -> Question:
    """A typed question whose answer is Platoville."""
    return typed(deck, "fact:imbria-capital:value")


def typed(deck: Deck, card: str) -> Question:
    found = Question.objects.active().filter(card__deck=deck, card__key=card, form="typed")
    return found.select_related("card__fact").order_by("slot")[0]


def answer(
    question: Question, given: str, learner: User | None = None, at: datetime = NOON
) -> Review:
    """The learner's next answer to this question."""
    learner = learner or builders.user()
    session = study.start(learner, question.card.deck, at)
    memory = study.tell_card(session, question.card, uuid4(), at)
    memory.refresh_from_db()
    submission = Submission(uuid4(), memory.version, {"text": [given]})
    outcome = study.answer(learner, memory.pk, question.pk, submission, at, session.pk)
    assert isinstance(outcome, study.Recorded)
    return outcome.review


def case(question: Question, given: str = SHORT) -> queries.Case:
    return queries.case_of(question.card.deck, question, given)


def accept(question: Question, given: str = SHORT, **fields: Any) -> queries.Found:
    deck = Deck.objects.get(cards=question.card_id)
    return claims.accept(case(question, given), deck.owner, LATER, **fields)


def verdicts(learner: User) -> list[str]:
    """Of the answers that stand, in the order in which they were given."""
    rows = Review.objects.answers().filter(learner=learner).order_by("day", "pk")
    return list(rows.values_list("verdict", flat=True))


def exported(deck: Deck) -> domain.Deck:
    """The deck as its file tells it."""
    text = deck_file(Deck.objects.get(pk=deck.pk))
    return read_deck(text.encode(), built_in_vocabularies())


def assert_memories_tell_their_logs() -> None:
    assert list(differences()) == []


def claimed(question: Question, given: str = SHORT, at: datetime = NOON) -> Claim:
    marked = answer(question, given, at=at)
    review = study.claim_right(marked.learner, marked.pk, uuid4(), at)
    return Claim.objects.get(review=review)


def answered_in_quiz(
    question: Question, given: str = SHORT, learner: User | None = None, **fields: Any
) -> AttemptItem:
    """In a quiz of its own, which is finished."""
    deck, finished = question.card.deck, fields.pop("finished", True)
    attempt = (learner or builders.user()).attempts.create(deck=deck, **fields)
    attempt.items.create(position=1, question=question, shown=shown(question))
    submission = Submission(uuid4(), 0, {"text": [given]})
    outcome = quizzes.answer(items_of(attempt).get(), submission, NOON)
    assert isinstance(outcome, quizzes.Saved)
    if finished:
        quizzes.finish(attempt, NOON)
    return sat(outcome.item)


def sat(item: AttemptItem) -> AttemptItem:
    """As the database has it now."""
    rows = AttemptItem.objects.select_related("attempt__learner", "question__card__deck", "claim")
    return rows.get(pk=item.pk)


def shown(question: Question) -> dict[str, Any]:
    return {
        "form": "typed", "stem": question.stem, "options": [], "prompts": [], "before": "",
        "after": "", "blanks": 1, "key": [],
    }  # fmt: skip
