"""What learners report of a question."""

from __future__ import annotations

from typing import Any

from questions.models import ProblemReport


def keep_report(learner: int, question: int, text: str, **shown: Any) -> ProblemReport:
    """One report of a question waits for each learner: another one says it anew, and without
    words takes back none."""
    values = {**shown, "text": text} if text.strip() else shown
    return ProblemReport.objects.update_or_create(
        learner_id=learner, question_id=question, open=True, defaults=values
    )[0]


def take_report_back(learner: int, question: int) -> bool:
    """Whether one still waited: what a teacher has looked at stays."""
    rows = ProblemReport.objects.filter(learner=learner, question=question, open=True)
    return bool(rows.delete()[0])
