"""Reports of one question by one learner: one of them waits."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from questions.models import ProblemReport
from questions.services.reports import keep_report
from tests import builders

pytestmark = pytest.mark.django_db


def test_another_learner_or_another_question_is_another_report() -> None:
    card = builders.asked_card(builders.deck(), "typed", "choice")
    one, two = card.questions.all()
    learner = builders.user()
    reports = {
        keep_report(who, question.pk, "Odd").pk
        for who in (learner.pk, builders.user().pk)
        for question in (one, two)
    }
    assert len(reports) == 4


def test_the_newest_shown_is_what_waits() -> None:
    question = builders.asked_card(builders.deck()).questions.get()
    learner = builders.user().pk
    keep_report(learner, question.pk, "Odd", shown={"stem": "Old"}, verdict="wrong")
    kept = keep_report(learner, question.pk, " ", shown={"stem": "New"}, verdict="right")
    assert (kept.text, kept.shown, kept.verdict) == ("Odd", {"stem": "New"}, "right")


def test_two_tabs_cannot_leave_two() -> None:
    question = builders.asked_card(builders.deck()).questions.get()
    learner = builders.user()
    question.problem_reports.create(learner=learner, text="Odd")
    with pytest.raises(IntegrityError), transaction.atomic():
        question.problem_reports.create(learner=learner, text="Odd")


def test_of_the_reports_of_before_the_last_with_words_waits_on() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX report_open_once")  # until the test's changes are taken back
    question = builders.asked_card(builders.deck()).questions.get()
    learner = builders.user()
    for text in ("First", "Second", ""):
        question.problem_reports.create(learner=learner, text=text)
    other = question.problem_reports.create(learner=builders.user(), text="")
    import_module("questions.migrations.0012_reports_of_before").close_doubles(apps, None)
    waiting = ProblemReport.objects.filter(open=True).order_by("pk")
    assert [each.text for each in waiting] == ["Second", other.text]
