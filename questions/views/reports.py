"""A problem with a question, told to whoever keeps the deck; and taken back.

What was sent stands at the question, wherever its answer is told: after it in a study session,
in a quiz and in a quiz's result.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from questions.forms.study import ReportForm
from questions.models import Attempt, AttemptItem, ProblemReport, Review
from questions.queries import quizzes as quiz_queries
from questions.queries.reports import latest_reports
from questions.services import quizzes, study
from questions.services.reports import take_report_back
from questions.views.pages import SignedInRequest, found, page

SAID = {
    "sent": gettext_noop("Sent to the teacher."),
    "again": gettext_noop("Sent to the teacher, in place of what you reported before."),
    "undone": gettext_noop("Your report is taken back."),
    "late": gettext_noop("No report of yours waits here any more."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report is sent from. `number` tells it apart on its page; without `back` it has no
    other page than its own."""

    number: int
    url: str
    undo_url: str
    back: str


@require_POST
def report(request: SignedInRequest, review: int) -> HttpResponse:
    answer = _answer(request, review)
    return _sent(
        request, _place_of(answer), _question(answer), partial(study.report_problem, answer)
    )


@require_POST
def report_undo(request: SignedInRequest, review: int) -> HttpResponse:
    answer = _answer(request, review)
    return _taken_back(request, _place_of(answer), _question(answer))


@require_POST
def quiz_report(request: SignedInRequest, attempt: int, position: int) -> HttpResponse:
    item = _told_item(request, attempt, position)
    return _sent(request, _place_in(item), item.question_id, partial(quizzes.report_problem, item))


@require_POST
def quiz_report_undo(request: SignedInRequest, attempt: int, position: int) -> HttpResponse:
    item = _told_item(request, attempt, position)
    return _taken_back(request, _place_in(item), item.question_id)


# --- where from -----------------------------------------------------------------------


def _answer(request: SignedInRequest, pk: int) -> Review:
    return found(Review.objects.filter(learner=request.user).exclude(question=None), pk=pk)


def _question(answer: Review) -> int:
    assert answer.question_id is not None
    return answer.question_id


def _place_of(answer: Review) -> Place:
    ids = [answer.session_id, answer.pk]
    back = reverse("questions:answered", args=ids) if answer.session_id else ""
    return Place(answer.pk, *_urls("report", answer.pk), back)


def _told_item(request: SignedInRequest, attempt: int, position: int) -> AttemptItem:
    sat = found(Attempt.objects.of(request.user).select_related("deck", "learner"), pk=attempt)
    item = found(quiz_queries.items_of(sat), position=position)
    if not item.is_told:
        raise Http404
    return item


def _place_in(item: AttemptItem) -> Place:
    ids = [item.attempt_id, item.position]
    if item.attempt.finished_at:
        back = reverse("questions:quiz_result", args=[item.attempt_id])
    else:
        back = reverse("questions:quiz_item", args=ids)
    return Place(item.position, *_urls("quiz_report", *ids), back)


def _urls(name: str, *ids: int) -> tuple[str, str]:
    send, undo = (f"questions:{each}" for each in (name, f"{name}_undo"))
    return reverse(send, args=ids), reverse(undo, args=ids)


# --- what goes back -------------------------------------------------------------------


def _sent(
    request: SignedInRequest, place: Place, question: int, keep: Callable[[str], ProblemReport]
) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():  # shown with what was typed: nothing is lost
        more = {"errors": form.errors["text"], "text": form["text"].value()}
        return _shown(request, place, question, status=422, **more)
    before = latest_reports(request.user.pk, [question]).get(question)
    keep(form.cleaned_data["text"])
    return _done(request, place, question, "again" if before and before.open else "sent")


def _taken_back(request: SignedInRequest, place: Place, question: int) -> HttpResponse:
    still_waited = take_report_back(request.user.pk, question)
    return _done(request, place, question, "undone" if still_waited else "late")


def _done(request: SignedInRequest, place: Place, question: int, just: str) -> HttpResponse:
    if request.htmx or not place.back:
        return _shown(request, place, question, just=just)
    messages.info(request, _(SAID[just]))
    return redirect(f"{place.back}#report-{place.number}")


def _shown(
    request: SignedInRequest, place: Place, question: int, status: int = 200, **more: Any
) -> HttpResponse:
    reports = latest_reports(request.user.pk, [question])
    context = {**asdict(place), "report": reports.get(question), "section": "study", **more}
    if just := more.get("just"):
        context["said"] = _(SAID[just])
    template = "components/_report.html" if request.htmx else "questions/reports/report.html"
    return page(request, template, context, status=status)
