"""A teacher's queue: "I was right", and wrong answers that many learners type."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from questions.domain.presentation import answer_texts
from questions.forms.claims import CaseForm, Ruling, SpellingForm
from questions.models import Deck
from questions.queries import claims as queries
from questions.queries import teach as teach_queries
from questions.queries.claims import Case, Found, Place
from questions.queries.other_names import nearly_another
from questions.queries.rulings import learnt_from
from questions.services import claims as services
from questions.services.learning import CannotAccept, NearAnother, effects_of
from questions.templatetags.study import said
from questions.views.pages import SignedInRequest, now
from questions.views.teach import for_teachers, own_deck, teach_page

PER_PAGE = 20


@require_GET
@for_teachers
def answers(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    shown = Paginator(queries.tallies(deck), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "deck": deck,
        "taught": teach_queries.taught_deck(deck),
        "waiting": queries.waiting(deck, list(shown.object_list)),
        "page": shown,
        "tab": "answers",
    }
    return teach_page(request, "teach/answers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def answer_rule(request: SignedInRequest, slug: str) -> HttpResponse:
    """What a ruling would touch, before it is made; then the ruling."""
    deck = own_deck(request, slug)
    form = _case(deck, request.POST if request.method == "POST" else request.GET)
    if form.cleaned_data["do"] == Ruling.KEEP and (made := learnt_from(form.case)):
        messages.info(request, _("You accepted it. To keep it wrong, take that back first."))
        return redirect("questions:answer_undo", deck.slug, made.pk)
    if request.method != "POST":
        return _asked(request, form)
    match form.cleaned_data["do"]:
        case Ruling.ACCEPT:
            return _accept(request, form)
        case Ruling.KEEP:
            services.keep_wrong(form.case, request.user, now())
            messages.success(request, _("Kept wrong."))
            return _back(form)
        case _:
            services.withdraw(form.cleaned_data["question"], request.user, now())
            text = _("The question is withdrawn. On the page “Withdrawn” you can ask it again.")
            messages.success(request, text)
            return _back(form)


def _back(form: CaseForm) -> HttpResponse:
    return redirect(f"questions:{form.tab}", form.deck.slug)


def _case(deck: Deck, data: QueryDict) -> CaseForm:
    form = CaseForm(data, deck=deck)
    if not form.is_valid():
        raise Http404
    return form


def _accept(request: SignedInRequest, form: CaseForm) -> HttpResponse:
    spelling = SpellingForm(request.POST, place=form.case.place)
    if not spelling.is_valid() or not spelling.was_foretold:
        return _asked(request, form, spelling)
    try:
        done = services.accept(form.case, request.user, now(), **spelling.cleaned_data)
    except CannotAccept as refused:
        spelling.add_error("spelling", said(refused.why))
        return _asked(request, form, spelling)
    except NearAnother:
        spelling.add_error("sure", _("Tick this to accept it, or keep it wrong."))
        return _asked(request, form, spelling)
    messages.success(request, _accepted(done.answers))
    return _back(form)


def _accepted(answers: int) -> str:
    if not answers:
        return _("Accepted.")
    text = ngettext(
        "Accepted: %(n)s answer counts now.", "Accepted: %(n)s answers count now.", answers
    )
    return text % {"n": answers}


def _asked(
    request: SignedInRequest, form: CaseForm, spelling: SpellingForm | None = None
) -> HttpResponse:
    case, do = form.case, form.cleaned_data["do"]
    initial = {"spelling": case.to_keep or case.given}
    shown = spelling or SpellingForm(place=case.place, initial=initial)
    context: dict[str, Any] = {
        "deck": form.deck,
        "case": case,
        "do": do,
        "tab": form.tab,
        "back_url": reverse(f"questions:{form.tab}", args=[form.deck.slug]),
        "key": answer_texts(case.question.form, case.question.content),
        "others": queries.others_named(case),
        "marked": queries.marked_now(case),
        "spelling": shown,
        **_touched(case, do, shown),
    }
    status = 422 if spelling and spelling.errors else 200
    return teach_page(request, "teach/answer_rule.html", context, status=status)


def _touched(case: Case, do: str, spelling: SpellingForm) -> dict[str, Any]:
    match do:
        case Ruling.ACCEPT:
            return {
                **_accepted_as(case, spelling.proposed),
                "effects": effects_of(case, services.spelling_of(case, spelling.proposed)),
                "near": nearly_another(case, spelling.proposed),
                "again": spelling.is_bound and not spelling.was_foretold,
            }
        case Ruling.KEEP:
            return {"found": queries.found_of(queries.claims_of(case))}
        case _:
            return {"found": queries.to_withdraw(case.question)}


def _accepted_as(case: Case, spelling: str) -> dict[str, Found]:
    """What accepting it so spelt will do, in full and where it can be in part."""
    given = queries.given_to(case, queries.MOST_ANSWERS)
    found = {"found": queries.to_accept(case, given, also=queries.would_take(case, spelling))}
    if case.place is Place.ENTITY:
        taken = queries.would_take(case, spelling, loose=True)
        found["loosely"] = queries.to_accept(case, given, loose=True, also=taken)
    return found
