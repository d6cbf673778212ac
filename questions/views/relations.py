"""What a teacher's deck can say: its relations listed, and new ones defined."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from questions.forms.relations import RelationForm
from questions.queries.relations import sayable
from questions.queries.teach import taught_deck
from questions.services.relations import RelationTaken, add_relation
from questions.views.pages import SignedInRequest
from questions.views.teach import for_teachers, own_deck, teach_page


@require_GET
@for_teachers
def relations(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    context = {
        "deck": deck,
        "taught": taught_deck(deck),
        "sayable": sayable(deck),
        "tab": "relations",
    }
    return teach_page(request, "teach/relations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def relation_new(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    form = RelationForm(deck, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_relation(deck, form.relation, form.types)
        except RelationTaken:
            form.taken()
        else:
            messages.success(request, _("Facts can now say: %s") % form.relation.label)
            return redirect("questions:relations", slug)
    return teach_page(
        request,
        "teach/relation_new.html",
        {"deck": deck, "form": form},
        status=422 if request.method == "POST" else 200,
    )
