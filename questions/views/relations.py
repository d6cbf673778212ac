"""What a teacher's deck can say: its relations listed, new ones defined, its own edited."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.domain.facts import Relation
from questions.domain.interchange.identity import state_of
from questions.forms.relations import RelationForm
from questions.forms.wordings import WordingsForm
from questions.models import Deck, Deletion
from questions.queries.deletions import deleted
from questions.queries.facts import vocabulary_for
from questions.queries.relations import facts_saying, own_relation, sayable, value_words
from questions.queries.teach import taught_deck
from questions.services.relations import (
    RelationChanged,
    RelationTaken,
    RelationUnsayable,
    StillSaid,
    add_relation,
    change_relation,
    remove_relation,
    restore_relation,
)
from questions.views.pages import SignedInRequest
from questions.views.teach import back_with_undo, for_teachers, own_deck, teach_page


@require_GET
@for_teachers
def relations(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    context = {
        "deck": deck,
        "taught": taught_deck(deck),
        "sayable": sayable(deck),
        "removed": deleted(deck, Deletion.Kind.RELATION, request.GET.get("removed", "")),
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


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def relation_edit(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    deck = own_deck(request, slug)
    form = _wordings(deck, key, request.POST or None)
    if request.method != "POST":
        return _edit_page(request, form)
    if form.is_valid():
        try:
            change_relation(deck, form.relation, request.POST.get("seen", ""))
        except (RelationChanged, StillSaid):
            return _both(request, own_deck(request, slug), key)
        messages.success(request, _("Saved: %s") % form.relation.label)
        return redirect("questions:relations", slug)
    return _edit_page(request, form, status=422)


def _wordings(deck: Deck, key: str, data: Any = None, initial: Any = None) -> WordingsForm:
    used = facts_saying(deck, key).count()
    return WordingsForm(deck, _relation(deck, key), used, data, initial)


def _relation(deck: Deck, key: str) -> Relation:
    relation = own_relation(deck, key)
    if relation is None:
        raise Http404
    return relation


def _both(request: SignedInRequest, deck: Deck, key: str) -> HttpResponse:
    """Somebody saved it meanwhile: theirs is shown beside what was typed, and saving again puts
    the latter in its place."""
    theirs = _wordings(deck, key)
    mine = {**request.POST.dict(), "seen": state_of(theirs.old)}
    form = _wordings(deck, key, initial=mine)
    return _edit_page(request, form, status=409, theirs=theirs)


def _edit_page(
    request: SignedInRequest, form: WordingsForm, status: int = 200, **context: Any
) -> HttpResponse:
    context = {
        "deck": form.deck,
        "form": form,
        "relation": form.old,
        "value": value_words(form.old, vocabulary_for(form.deck)),
        **context,
    }
    return teach_page(request, "teach/relation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def relation_delete(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Asks first; where facts say it, tells how many."""
    deck = own_deck(request, slug)
    relation, status = _relation(deck, key), 200
    if request.method == "POST":
        try:
            remove_relation(deck, key)
        except StillSaid:
            status = 409
        else:
            return back_with_undo("questions:relations", slug, key)
    context = {"deck": deck, "relation": relation, "used": facts_saying(deck, key).count()}
    return teach_page(request, "teach/relation_delete.html", context, status=status)


@require_POST
@for_teachers
def relation_restore(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    try:
        relation = restore_relation(own_deck(request, slug), key)
    except Deletion.DoesNotExist as error:
        raise Http404 from error
    except RelationTaken:
        messages.warning(
            request, _("It stays deleted: the deck has come to define another of that key.")
        )
    except RelationUnsayable:
        messages.warning(
            request, _("It stays deleted: the deck no longer has a type or unit that it speaks of.")
        )
    else:
        messages.success(request, _("It is back: %s") % relation.label)
    return redirect("questions:relations", slug)
