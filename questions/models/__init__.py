"""What is kept: fields, constraints and QuerySet methods."""

from questions.models.bank import Card, Distractor, Question
from questions.models.classes import Classroom, Enrolment
from questions.models.deletions import Deletion
from questions.models.facts import (
    AuthoredQuestion,
    Deck,
    Entity,
    Fact,
    Passage,
    Source,
    Support,
    Topic,
)
from questions.models.quizzes import Attempt, AttemptItem
from questions.models.rulings import Ruling, RulingNote, Veto
from questions.models.study import Claim, Memory, ProblemReport, Review, StudySession
from questions.models.uploads import DeckUpload

__all__ = [
    "Attempt",
    "AttemptItem",
    "AuthoredQuestion",
    "Card",
    "Claim",
    "Classroom",
    "Deck",
    "DeckUpload",
    "Deletion",
    "Distractor",
    "Enrolment",
    "Entity",
    "Fact",
    "Memory",
    "Passage",
    "ProblemReport",
    "Question",
    "Review",
    "Ruling",
    "RulingNote",
    "Source",
    "StudySession",
    "Support",
    "Topic",
    "Veto",
]
