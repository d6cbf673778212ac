"""Grade what learners answer: tolerant of how it is written, not of what it says.

`grade_typed` takes one blank, `grade_list` several; the forms with picked answers have functions
of their own. All are pure, and need the deck's names prepared once as a `NameIndex`.
"""

from __future__ import annotations

from questions.domain.grading.closed import (
    grade_choice,
    grade_matching,
    grade_ordering,
    grade_true_false,
)
from questions.domain.grading.expected import Expected, OtherValue
from questions.domain.grading.forms import Named
from questions.domain.grading.index import NameIndex
from questions.domain.grading.lists import grade_list
from questions.domain.grading.result import Grade, Half, Verdict
from questions.domain.grading.typed import grade_typed
from questions.domain.messages import Message

__all__ = [
    "Expected",
    "Grade",
    "Half",
    "Message",
    "NameIndex",
    "Named",
    "OtherValue",
    "Verdict",
    "grade_choice",
    "grade_list",
    "grade_matching",
    "grade_ordering",
    "grade_true_false",
    "grade_typed",
]
