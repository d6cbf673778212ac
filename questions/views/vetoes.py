"""Wrong options: what learners make of them, and a teacher's veto."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from questions.forms.vetoes import VetoForm
from questions.models import Fact, Veto
from questions.queries import teach as teach_queries
from questions.queries import vetoes as queries
from questions.queries.withdrawn import as_withdrawn, withdrawn_on
from questions.services import vetoes as services
from questions.services.generation import is_written_at_once, write_questions
from questions.views.pages import SignedInRequest, found
from questions.views.teach import back_to_fact, for_teachers, own_deck, teach_page

PER_PAGE = 50


def _fact(request: SignedInRequest, slug: str, uid: str) -> Fact:
    rows = Fact.objects.live().filter(deck=own_deck(request, slug))
    related = rows.select_related("about", "value_entity", "topic", "deck")
    return found(related.prefetch_related("supports__passage__source"), uid=uid)


@require_GET
@for_teachers
def fact_questions(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    """A fact's questions, with what learners made of each option."""
    fact = _fact(request, slug, uid)
    withdrawn = Paginator(withdrawn_on(fact), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "deck": fact.deck,
        "fact": fact,
        "said": teach_queries.said_fact(fact),
        "found": queries.questions_of(fact),
        "withdrawn": as_withdrawn(withdrawn.object_list),
        "page": withdrawn,
    }
    return teach_page(request, "vetoes/fact.html", context)


@require_POST
@for_teachers
def veto(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    fact = _fact(request, slug, uid)
    form = VetoForm(request.POST, offered=queries.offered_values(fact))
    if not form.is_valid():
        messages.warning(request, _("That is not offered here any more; nothing was changed."))
        return redirect("questions:fact_questions", slug, uid)
    before = queries.fewest_options(fact)
    made = services.rule_out(fact, form.cleaned_data["value"], request.user)
    text = queries.made_vetoes([made], fact.deck)[0].text
    messages.success(request, _("“%(text)s” is never offered here again.") % {"text": text})
    _tell_what_is_left(request, before, queries.fewest_options(fact))
    return redirect("questions:fact_questions", slug, uid)


def _tell_what_is_left(request: SignedInRequest, before: int | None, after: int | None) -> None:
    if before is not None and after is None:
        messages.warning(
            request, _("No good wrong option is left, so that it is not asked as a choice.")
        )
    elif before != after and after == 1:
        messages.info(request, _("One good wrong option is left: it is asked with two options."))


@require_POST
@for_teachers
def veto_lift(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    deck = own_deck(request, slug)
    lifted = queries.vetoes_in(deck).filter(pk=pk).first()
    if lifted is None:
        if Veto.objects.filter(pk=pk).exists():
            raise Http404  # another deck's
        messages.info(request, _("That may be offered again already."))
    else:
        text = queries.made_vetoes([lifted], deck)[0].text
        services.let_in(lifted)
        messages.success(request, _("“%(text)s” may be offered there again.") % {"text": text})
    return back_to_fact(deck, request.POST.get("fact", ""), "questions:vetoes")


@require_GET
@for_teachers
def vetoes(request: SignedInRequest, slug: str) -> HttpResponse:
    """All that was ruled out in a deck, and how wrong options follow what learners answer."""
    deck = own_deck(request, slug)
    shown = Paginator(queries.vetoes_in(deck), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "deck": deck,
        "taught": teach_queries.taught_deck(deck),
        "rows": queries.listed(list(shown.object_list), deck),
        "page": shown,
        "tab": "vetoes",
    }
    return teach_page(request, "vetoes/list.html", context)


@require_POST
@for_teachers
def questions_refresh(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write the bank again from the deck as it is and from what learners have shown since."""
    deck = own_deck(request, slug)
    if not is_written_at_once(deck):
        text = _("This deck is too large for that; the command is: manage.py write_questions %s")
        messages.warning(request, text % slug)
        return redirect("questions:vetoes", slug)
    counts = write_questions(deck)
    changed = counts.new + counts.changed + counts.retired + counts.revived
    text = ngettext(
        "Refreshed: %(n)s question is another now.",
        "Refreshed: %(n)s questions are others now.",
        changed,
    )
    messages.success(
        request, text % {"n": changed} if changed else _("Refreshed: every question stays.")
    )
    return redirect("questions:vetoes", slug)
