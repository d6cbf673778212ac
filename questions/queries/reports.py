"""What a learner has reported of questions, and whether a teacher has looked at it."""

from __future__ import annotations

from collections.abc import Collection

from questions.models import ProblemReport


def latest_reports(learner: int, questions: Collection[int]) -> dict[int, ProblemReport]:
    """By question: the one that waits, else the last that a teacher has looked at."""
    rows = ProblemReport.objects.filter(learner=learner, question__in=questions)
    ordered = rows.select_related("question").order_by("open", "pk")
    return {row.question_id: row for row in ordered}
