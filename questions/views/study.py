"""The study pages: a session shows one question at a time, then how it was answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import push_url

from questions.domain.answering import FIELDS
from questions.forms.study import AnswerForm, FirstForm, TellForm, TokenForm
from questions.models import Deck, Memory, Question, StudySession
from questions.queries import home as home_page
from questions.queries import showing
from questions.queries import study as queries
from questions.queries.days import today
from questions.queries.feedback import feedback_on, told
from questions.queries.reports import latest_reports
from questions.queries.study import Asking, StillWaiting, Telling
from questions.services import study as services
from questions.services.claims import see_notes
from questions.services.study import NotGraded, NothingToUndo, Overtaken, Submission
from questions.views.controls import Controls
from questions.views.pages import SignedInRequest, deck_for, found, now, page

SESSION = "questions/study/session.html"


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    context = {
        "plan": home_page.day_plan(request.user, now()),
        "notes": home_page.notes_for(request.user),
        "section": "study",
    }
    return page(request, "questions/study/home.html", context)


@require_POST
def rulings_seen(request: SignedInRequest) -> HttpResponse:
    see_notes(request.user)
    return redirect("questions:home")


@require_POST
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    session = services.start(
        request.user,
        deck_for(request, slug),
        now(),
        beyond_limits="beyond_limits" in request.POST,
    )
    return redirect("questions:session", session.pk)


@require_GET
def session(request: SignedInRequest, pk: int) -> HttpResponse:
    """The next card; when there is none, the summary."""
    session = _open_session(request, pk)
    day = today(request.user, now())
    if session.day != day:
        messages.info(request, _("A new day has begun since this session; start again."))
        return redirect("questions:home")
    form = FirstForm(request.GET)
    first = form.cleaned_data["card"] if form.is_valid() else None
    step = queries.next_step(session, day, first=first)
    if step is None:
        return redirect("questions:summary", session.pk)
    return page(request, SESSION, _context(session, step), fragment="step")


def _context(session: StudySession, step: Telling | Asking) -> dict[str, Any]:
    context: dict[str, Any] = {
        "session": session,
        "deck": session.deck,
        "progress": step.progress,
        "token": uuid4(),
        "last": queries.last_answer(session),
        "undo_token": uuid4(),
        "section": "study",
    }
    if isinstance(step, Telling):
        return {**context, "telling": step, "told": told(step.card, step.question)}
    return {**context, "asking": step, "controls": Controls.of(step.presented), **_sealed(step)}


def _sealed(step: Asking) -> dict[str, str]:
    shown_at = AnswerForm.stamp(now())
    seal = showing.seal(step.memory, step.question, step.presented, shown_at)
    return {"shown_at": shown_at, "seal": seal}


@require_POST
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    session = _open_session(request, pk)
    form = TellForm(request.POST, session=session)
    if not form.is_valid():
        raise Http404
    if session.day != today(request.user, now()):
        return redirect("questions:session", pk)
    services.tell_card(session, form.cleaned_data["card"], form.cleaned_data["token"], now())
    return redirect("questions:session", session.pk)


@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    given = {name: request.POST.getlist(name) for name in FIELDS if name in request.POST}
    if "reveal" in request.POST:
        return _asked_again(request, pk, form, given, revealed=True)
    submission = Submission(
        data["token"],
        data["version"],
        given,
        form.moment_shown(),
        stamp=data["shown_at"],
        seal=data["seal"],
    )
    try:
        outcome = services.answer(
            request.user, data["memory"], data["question"], submission, now(), pk
        )
    except (Memory.DoesNotExist, Question.DoesNotExist) as error:
        raise Http404 from error
    if isinstance(outcome, NotGraded):
        return _asked_again(request, pk, form, given, reason=outcome.reason)
    if isinstance(outcome, Overtaken):
        return _overtaken(request, pk, outcome)
    return redirect("questions:answered", pk, outcome.review.pk)


def _asked_again(
    request: SignedInRequest,
    pk: int,
    form: AnswerForm,
    given: dict[str, list[str]],
    **extra: Any,
) -> HttpResponse:
    """The same question, with what was given, and a reason or a flashcard's other side."""
    session = _open_session(request, pk)
    step = queries.asking(
        session,
        form.cleaned_data["memory"],
        form.cleaned_data["question"],
        today(request.user, now()),
    )
    if step and step.question.rejected:
        return _overtaken(request, pk, Overtaken(None, withdrawn=True))
    if step is None or step.memory.version != form.cleaned_data["version"]:
        return _overtaken(request, pk, Overtaken(None))
    context = _context(session, step) | {
        "controls": Controls.of(step.presented, given),
        "token": form.cleaned_data["token"],
        **extra,
    }
    return _kept_address(page(request, SESSION, context, fragment="step"), pk)


def _overtaken(request: SignedInRequest, pk: int, outcome: Overtaken) -> HttpResponse:
    context = {"session": _session(request, pk), "overtaken": outcome, "section": "study"}
    return _kept_address(page(request, SESSION, context, fragment="step", status=409), pk)


def _kept_address(response: HttpResponse, pk: int) -> HttpResponse:
    """The address to which an answer was sent is none to show: a reload could not open it."""
    return push_url(response, reverse("questions:session", args=[pk]))


@require_GET
def answered(request: SignedInRequest, pk: int, review: int) -> HttpResponse:
    session = _session(request, pk)
    answer = found(queries.answers_of(session), pk=review)
    assert answer.question is not None
    day = today(request.user, now())
    progress, comes_back = queries.after_answer(session, day, answer.memory)
    context = {
        "session": session,
        "deck": session.deck,
        "review": answer,
        "latest": services.may_be_taken_back(answer),
        "claimable": services.may_be_claimed(answer),
        "feedback": feedback_on(
            answer.question, answer.shown, answer.given, answer.verdict, answer.reason
        ),
        "comes_back": comes_back,
        "progress": progress,
        "token": uuid4(),
        "report": latest_reports(request.user.pk, [answer.question.pk]).get(answer.question.pk),
        "section": "study",
    }
    return page(request, SESSION, context, fragment="step")


@require_POST
def undo(request: SignedInRequest, pk: int, review: int) -> HttpResponse:
    answer = found(queries.answers_of(_session(request, pk)), pk=review)
    try:
        memory = services.undo(request.user, answer.pk, _token(request), now())
    except NothingToUndo:
        messages.warning(request, _("That answer cannot be undone any more."))
        return redirect("questions:session", pk)
    url = reverse("questions:session", args=[pk])
    return HttpResponseRedirect(f"{url}?card={memory.card_id}")


@require_POST
def claim(request: SignedInRequest, pk: int, review: int) -> HttpResponse:
    answer = found(queries.answers_of(_session(request, pk)), pk=review)
    try:
        claimed = services.claim_right(request.user, answer.pk, _token(request), now())
    except NothingToUndo:
        messages.warning(request, _("That answer cannot be changed any more."))
        return redirect("questions:session", pk)
    return redirect("questions:answered", pk, claimed.pk)


@require_GET
def summary(request: SignedInRequest, pk: int) -> HttpResponse:
    session = _session(request, pk)
    day = today(request.user, now())
    waiting = queries.still_waiting(session, day) if session.day == day else StillWaiting(0)
    is_over = session.day == day and not waiting.today
    context = {
        "session": session,
        "deck": session.deck,
        "summary": queries.summary_of(session, day, is_over=is_over),
        "left": waiting.today,
        "tomorrow": waiting.tomorrow,
        "waiting": waiting.beyond_limits,
        "today": day,
        "section": "study",
    }
    return page(request, "questions/study/summary.html", context, fragment="summary")


def _session(request: SignedInRequest, pk: int) -> StudySession:
    """To look back on; it stays one's own when the deck no longer is to be studied."""
    sessions = StudySession.objects.filter(learner=request.user)
    return found(sessions.select_related("deck", "learner"), pk=pk)


def _open_session(request: SignedInRequest, pk: int) -> StudySession:
    """To study in."""
    sessions = StudySession.objects.filter(
        learner=request.user, deck__in=Deck.objects.for_user(request.user)
    )
    return found(sessions.select_related("deck", "learner"), pk=pk)


def _token(request: SignedInRequest) -> UUID:
    form = TokenForm(request.POST)
    if not form.is_valid():
        raise Http404
    return UUID(str(form.cleaned_data["token"]))
