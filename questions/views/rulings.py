"""What a teacher decided on answers, and taking an acceptance back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from questions.models import Ruling
from questions.queries import rulings as queries
from questions.queries import teach as teach_queries
from questions.services import taking_back as services
from questions.views.pages import SignedInRequest, found, now
from questions.views.teach import for_teachers, own_deck, teach_page

PER_PAGE = 50


@require_GET
@for_teachers
def decided(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    shown = Paginator(queries.decided_in(deck), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "deck": deck,
        "taught": teach_queries.taught_deck(deck),
        "rows": queries.as_decided(deck, shown.object_list),
        "page": shown,
        "tab": "answers",
    }
    return teach_page(request, "teach/decided.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def take_back(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What taking an acceptance back would touch; then it is taken back."""
    deck = own_deck(request, slug)
    made = (Ruling.Decision.ACCEPTED, Ruling.Decision.UNDONE)
    rows = Ruling.objects.filter(deck=deck, decision__in=made)
    ruling = found(rows.select_related("question__card__fact", "teacher"), pk=pk)
    if request.method == "POST":
        done = services.take_back(ruling, request.user, now())
        messages.success(request, _taken_back(done.answers))
        return redirect("questions:decided", deck.slug)
    context = {
        "deck": deck,
        "each": queries.as_decided(deck, [ruling])[0],
        "found": queries.to_take_back(deck, ruling),
        "stays": queries.learnt_by(ruling) is None or queries.heir_of(ruling) is not None,
    }
    return teach_page(request, "teach/answer_undo.html", context)


def _taken_back(answers: int) -> str:
    if not answers:
        return _("Taken back.")
    text = ngettext(
        "Taken back: %(n)s answer is marked as it was at first.",
        "Taken back: %(n)s answers are marked as they were at first.",
        answers,
    )
    return text % {"n": answers}
