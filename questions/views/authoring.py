"""Questions written by hand, drafts that wait for a teacher, and what learners reported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.domain.generation.authored import authored
from questions.domain.questions import Written
from questions.forms.authoring import AuthoredQuestionForm, initial_of, passages_of
from questions.models import AuthoredQuestion, Deck, ProblemReport
from questions.queries import teach as queries
from questions.queries.preview import item_of
from questions.queries.withdrawn import withdrawn_by_hand
from questions.services import authoring as services
from questions.views.pages import SignedInRequest, found
from questions.views.teach import back_with_undo, for_teachers, own_deck, teach_page

TEMPLATE = "teach/question.html"
PER_PAGE = 30
AGAIN = ("continue", "preview")


# --- questions by hand ----------------------------------------------------------------


@require_GET
@for_teachers
def questions(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    removed = request.GET.get("removed", "")
    context = {
        "deck": deck,
        "taught": queries.taught_deck(deck),
        "questions": queries.authored_of(deck).select_related("topic"),
        "withdrawn": withdrawn_by_hand(deck),
        "removed": _rows(deck, removed=True).filter(key_id=removed).first() if removed else None,
        "tab": "questions",
    }
    return teach_page(request, "teach/questions.html", context)


def _rows(deck: Deck, *, removed: bool = False) -> QuerySet[AuthoredQuestion]:
    return AuthoredQuestion.objects.filter(deck=deck, removed=removed)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def question_new(request: SignedInRequest, slug: str) -> HttpResponse:
    return _edit(request, own_deck(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def question_edit(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    deck = own_deck(request, slug)
    return _edit(request, deck, found(_rows(deck).select_related("topic"), key_id=key))


def _edit(request: SignedInRequest, deck: Deck, row: AuthoredQuestion | None) -> HttpResponse:
    if request.method != "POST":
        initial = initial_of(row) if row else {}
        return _page(request, AuthoredQuestionForm(deck, initial=initial), deck, row)
    if any(name in request.POST for name in AGAIN):
        form = AuthoredQuestionForm(deck, initial=request.POST.dict())
        context = _preview(deck, request.POST) if "preview" in request.POST else {}
        return _page(request, form, deck, row, **context)
    more = passages_of(row)[1:] if row else ()
    form = AuthoredQuestionForm(deck, request.POST, more_passages=more)
    if not form.is_valid():
        return _page(request, form, deck, row, status=422)
    services.save_authored(deck, form.question, row)
    messages.success(request, _("Saved. Learners of the deck will meet it as a new card."))
    return redirect("questions:authored", deck.slug)


def _page(
    request: SignedInRequest,
    form: AuthoredQuestionForm,
    deck: Deck,
    row: AuthoredQuestion | None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context = {"deck": deck, "form": form, "question": row, **context}
    return teach_page(request, TEMPLATE, context, status=status)


@require_POST
@for_teachers
def question_controls(request: SignedInRequest, slug: str) -> HttpResponse:
    """The fields of the form that was chosen."""
    deck = own_deck(request, slug)
    form = AuthoredQuestionForm(deck, initial=request.POST.dict())
    return teach_page(request, TEMPLATE, {"deck": deck, "form": form}, fragment="fields")


@require_POST
@for_teachers
def question_preview(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    context = {"deck": deck, **_preview(deck, request.POST)}
    return teach_page(request, TEMPLATE, context, fragment="preview")


def _preview(deck: Deck, data: QueryDict) -> dict[str, Any]:
    form = AuthoredQuestionForm(deck, data)
    if not form.is_valid():
        return {"missing": form}
    written = next(each for each in authored(form.question) if isinstance(each, Written))
    return {"item": item_of(written), "explanation": written.explanation}


@require_POST
@for_teachers
def question_delete(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    deck = own_deck(request, slug)
    services.set_authored_removed(found(_rows(deck), key_id=key), removed=True)
    return back_with_undo("questions:authored", slug, key)


@require_POST
@for_teachers
def question_restore(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    deck = own_deck(request, slug)
    services.set_authored_removed(found(_rows(deck, removed=True), key_id=key), removed=False)
    messages.success(request, _("The question is back."))
    return redirect("questions:authored", slug)


# --- drafts ---------------------------------------------------------------------------


@require_GET
@for_teachers
def drafts(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    shown = Paginator(queries.drafts_of(deck), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "deck": deck,
        "taught": queries.taught_deck(deck),
        "groups": queries.as_groups(list(shown.object_list)),
        "page": shown,
        "tab": "drafts",
    }
    return teach_page(request, "teach/drafts.html", context)


@require_POST
@for_teachers
def draft_settle(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Approve or reject, as the button says; with `all`, every draft on the same fact."""
    drafts = queries.drafts_of(own_deck(request, slug))
    question = found(drafts, pk=pk)
    is_all = "all" in request.POST and question.card.fact_id is not None
    chosen = list(drafts.filter(card__fact=question.card.fact_id)) if is_all else [question]
    do = request.POST.get("do")
    if do not in ("approve", "reject"):
        return HttpResponseBadRequest()
    if do == "approve":
        services.approve_drafts(chosen, request.user, timezone.now())
        text = ngettext("Approved: learners will be asked it.", "Approved: all %(n)s.", len(chosen))
    else:
        services.reject_drafts(chosen, request.user)
        text = ngettext("Rejected: it is not asked.", "Rejected: all %(n)s.", len(chosen))
    messages.success(request, text % {"n": len(chosen)})
    return redirect("questions:drafts", slug)


# --- reports --------------------------------------------------------------------------


@require_GET
@for_teachers
def reports(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    context = {
        "deck": deck,
        "taught": queries.taught_deck(deck),
        "reports": queries.reports_for(deck),
        "tab": "reports",
    }
    return teach_page(request, "teach/reports.html", context)


@require_POST
@for_teachers
def report_close(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    deck = own_deck(request, slug)
    services.close_report(found(ProblemReport.objects.filter(question__card__deck=deck), pk=pk))
    messages.success(request, _("Kept as it is."))
    return redirect("questions:reports", slug)
