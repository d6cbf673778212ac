"""The quiz pages: choosing, sitting, finishing, and how it went."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.domain.answering import FIELDS
from questions.forms.quizzes import ItemForm, QuizForm, query_of
from questions.forms.study import TokenForm
from questions.models import Attempt, AttemptItem, Deck
from questions.queries import quizzes as queries
from questions.queries.reports import latest_reports
from questions.services import quizzes as services
from questions.services.quizzes import Closed, NothingFits, NothingToClaim
from questions.services.study import NotGraded, Submission
from questions.views.controls import Controls
from questions.views.pages import SignedInRequest, found, now, page

SITTING = "questions/quizzes/sitting.html"
ON_A_PAGE = 20


@require_GET
def quizzes(request: SignedInRequest) -> HttpResponse:
    attempts = Paginator(queries.attempts_of(request.user), ON_A_PAGE)
    context = {"attempts": attempts.get_page(request.GET.get("page")), "section": "quizzes"}
    return page(request, "questions/quizzes/list.html", context)


# --- choosing ---------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def quiz_new(request: SignedInRequest) -> HttpResponse:
    decks = list(Deck.objects.for_user(request.user))
    deck = _chosen_deck(request, decks)
    if deck is None:
        context = {"decks": decks, "section": "quizzes"}
        return page(request, "questions/quizzes/choose_deck.html", context)
    form = QuizForm(request.POST or None, deck=deck, chosen=request.GET)
    if form.is_valid():
        attempt = _made(request, deck, form)
        if attempt:
            return redirect("questions:quiz", attempt.pk)
    several = len(decks) > 1
    return page(request, "questions/quizzes/new.html", _choices(form, several), fragment="counts")


def _chosen_deck(request: SignedInRequest, decks: list[Deck]) -> Deck | None:
    slug = request.GET.get("deck")
    if slug is None and len(decks) == 1:
        return decks[0]
    deck = next((deck for deck in decks if deck.slug == slug), None)
    if deck is None and (slug or request.method == "POST"):
        raise Http404
    return deck


def _choices(form: QuizForm, several_decks: bool) -> dict[str, Any]:
    available = form.available()
    length = str(form["length"].value() or 0)
    return {
        "form": form,
        "deck": form.deck,
        "several_decks": several_decks,
        "topics": form.topic_boxes(available.topics),
        "kinds": form.form_boxes(available.forms),
        "total": available.total,
        "short": available.total < int(length[:6]) if length.isdecimal() else False,
        "token": uuid4(),
        "section": "quizzes",
    }


def _made(request: SignedInRequest, deck: Deck, form: QuizForm) -> Attempt | None:
    wish = form.wish()
    try:
        attempt = services.make(request.user, deck, wish, form.cleaned_data["token"])
    except NothingFits:
        form.add_error(None, _("The deck has just changed; choose again."))
        return None
    size = attempt.items.count()
    if size < wish.length:
        messages.info(request, _fewer(size))
    return attempt


def _fewer(size: int) -> str:
    return ngettext(
        "Only %(size)s question fits together, so the quiz has %(size)s.",
        "Only %(size)s questions fit together, so the quiz has %(size)s.",
        size,
    ) % {"size": size}


# --- sitting ----------------------------------------------------------------------


@require_GET
def quiz(request: SignedInRequest, attempt: int) -> HttpResponse:
    """Where to go on: the first question not answered yet."""
    sat = _attempt(request, attempt)
    if sat.finished_at:
        return redirect("questions:quiz_result", sat.pk)
    return _go_on(sat, 0)


def _go_on(attempt: Attempt, position: int) -> HttpResponse:
    following = queries.sitting(attempt).next_open(position)
    if following is None:
        return redirect("questions:quiz_finish", attempt.pk)
    return redirect("questions:quiz_item", attempt.pk, following)


@require_http_methods(["GET", "POST"])
def quiz_item(request: SignedInRequest, attempt: int, position: int) -> HttpResponse:
    item = _item(request, attempt, position)
    if item.attempt.finished_at:
        return redirect("questions:quiz_result", attempt)
    if item.question.rejected and not item.is_told:
        return _closed(request, item, status=200 if request.method == "GET" else 409)
    return _answer(request, item) if request.method == "POST" else _shown(request, item)


def _shown(request: SignedInRequest, item: AttemptItem, **extra: Any) -> HttpResponse:
    context = _context(item.attempt) | {"item": item, "token": uuid4()}
    sitting: queries.Sitting = context["sitting"]
    context |= {
        "before": sitting.before(item.position),
        "after": sitting.after(item.position),
        "following": sitting.next_open(item.position),
    }
    if item.is_told:
        context["feedback"] = queries.feedback_at_once(item)
        reports = latest_reports(item.attempt.learner_id, [item.question_id])
        context["report"] = reports.get(item.question_id)
    else:
        given = extra.pop("given", item.given)
        context["controls"] = Controls.of(queries.presented(item), given)
        context["shown_at"] = ItemForm.stamp(now())
    return page(request, SITTING, context | extra, fragment="step")


def _answer(request: SignedInRequest, item: AttemptItem) -> HttpResponse:
    form = ItemForm(request.POST)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    given = {name: request.POST.getlist(name) for name in FIELDS if name in request.POST}
    same = {"given": given, "token": data["token"], "shown_at": data["shown_at"]}
    if "reveal" in request.POST:
        return _shown(request, item, **same, revealed=True)
    submission = Submission(data["token"], data["version"], given, form.moment_shown())
    outcome = services.answer(item, submission, now())
    if isinstance(outcome, NotGraded):
        return _shown(request, item, **same, reason=outcome.reason)
    if isinstance(outcome, Closed):
        return _closed(request, item, status=409)
    if item.attempt.tells_at_once:
        return redirect("questions:quiz_item", item.attempt_id, item.position)
    return _go_on(item.attempt, item.position)


def _closed(request: SignedInRequest, item: AttemptItem, status: int) -> HttpResponse:
    context = _context(item.attempt) | {"item": item, "closed": True}
    return page(request, SITTING, context, fragment="step", status=status)


@require_http_methods(["GET", "POST"])
def quiz_finish(request: SignedInRequest, attempt: int) -> HttpResponse:
    """Asks first, since what is not answered counts as wrong."""
    sat = _attempt(request, attempt)
    if request.method == "POST":
        services.finish(sat, now())
    if sat.finished_at or request.method == "POST":
        return redirect("questions:quiz_result", sat.pk)
    return page(request, SITTING, _context(sat) | {"finishing": True}, fragment="step")


def _context(attempt: Attempt) -> dict[str, Any]:
    sitting = queries.sitting(attempt)
    return {"attempt": attempt, "sitting": sitting, "section": "quizzes"}


# --- afterwards -------------------------------------------------------------------


@require_GET
def quiz_result(request: SignedInRequest, attempt: int) -> HttpResponse:
    sat = _attempt(request, attempt)
    if not sat.finished_at:
        return redirect("questions:quiz", sat.pk)
    context = {
        "attempt": sat,
        "result": queries.result_of(sat),
        "like_this": query_of(sat),
        "token": uuid4(),
        "section": "quizzes",
    }
    return page(request, "questions/quizzes/result.html", context, fragment="result")


@require_POST
def quiz_retake(request: SignedInRequest, attempt: int) -> HttpResponse:
    sat = _attempt(request, attempt)
    form = TokenForm(request.POST)
    if not form.is_valid() or not sat.finished_at:
        raise Http404
    try:
        again = services.retake(sat, form.cleaned_data["token"])
    except NothingFits:
        messages.info(request, _("Nothing of what was missed can be asked any more."))
        return redirect("questions:quiz_result", sat.pk)
    return redirect("questions:quiz", again.pk)


@require_POST
def quiz_claim(request: SignedInRequest, attempt: int, position: int) -> HttpResponse:
    """ "I was right", of an answer that has been told."""
    item = _item(request, attempt, position)
    if not item.is_told:
        raise Http404
    try:
        services.claim_right(item)
    except NothingToClaim:
        messages.warning(request, _("That answer cannot be changed any more."))
    return _told_at(item)


@require_POST
def quiz_claim_undo(request: SignedInRequest, attempt: int, position: int) -> HttpResponse:
    item = _item(request, attempt, position)
    if not services.take_claim_back(item) and item.said_right:
        messages.warning(request, _("A teacher has looked at it already."))
    return _told_at(item)


def _told_at(item: AttemptItem) -> HttpResponse:
    """Where the answer and its verdict stand."""
    if item.attempt.finished_at:
        url = reverse("questions:quiz_result", args=[item.attempt_id])
        return redirect(f"{url}#question-{item.position}")
    return redirect("questions:quiz_item", item.attempt_id, item.position)


def _attempt(request: SignedInRequest, pk: int) -> Attempt:
    return found(Attempt.objects.of(request.user).select_related("deck", "learner"), pk=pk)


def _item(request: SignedInRequest, attempt: int, position: int) -> AttemptItem:
    return found(queries.items_of(_attempt(request, attempt)), position=position)
