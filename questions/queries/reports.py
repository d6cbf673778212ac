"""What a learner has reported and no teacher has looked at yet."""

from __future__ import annotations

from collections.abc import Collection

from questions.models import ProblemReport


def waiting_reports(learner: int, questions: Collection[int]) -> dict[int, ProblemReport]:
    """By question, of which one waits at most."""
    rows = ProblemReport.objects.filter(learner=learner, question__in=questions, open=True)
    return {row.question_id: row for row in rows}
