"""A deck's names: its entities listed and found, edited, deleted and brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.domain.interchange.identity import state_of
from questions.forms.entities import EntityForm, initial_of
from questions.models import Deck, Entity
from questions.queries.entities import entity_page, type_label, uses_of
from questions.queries.facts import vocabulary_for
from questions.queries.teach import taught_deck
from questions.services import entities as services
from questions.services.entities import (
    EntityChanged,
    GoesRound,
    NameTaken,
    StillNamed,
    as_data,
)
from questions.views.pages import SignedInRequest, found
from questions.views.teach import back_with_undo, for_teachers, own_deck, teach_page


@require_GET
@for_teachers
def entities(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    text = request.GET.get("q", "").strip()
    listed = entity_page(deck, text, request.GET.get("page"))
    context = {
        "deck": deck,
        "taught": taught_deck(deck),
        "rows": listed.rows,
        "page": listed.page,
        "q": text,
        "removed": _removed(deck, request.GET.get("removed", "")),
        "tab": "entities",
    }
    return teach_page(request, "teach/entities.html", context, fragment="entities")


def _removed(deck: Deck, key: str) -> Entity | None:
    """The entity just deleted, for "undo"."""
    return Entity.objects.filter(deck=deck, key=key, removed=True).first() if key else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def entity_edit(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    entity = _entity(own_deck(request, slug), key)
    if request.method != "POST":
        return _entity_page(request, _form_of(entity))
    if "more" in request.POST:
        return _entity_page(request, EntityForm(entity, initial=request.POST.dict()))
    form = EntityForm(entity, request.POST)
    if form.is_valid():
        try:
            services.change_entity(entity, form.said, request.POST.get("seen", ""))
        except NameTaken as error:
            form.taken(error.spelling, error.other)
        except GoesRound as error:
            form.goes_round(error.names)
        except EntityChanged as error:
            return _both(request, entity, error.entity)
        else:
            messages.success(request, _("Saved: %s") % form.said.name)
            return redirect("questions:entities", slug)
    return _entity_page(request, form, status=422)


def _entity(deck: Deck, key: str, *, removed: bool = False) -> Entity:
    rows = Entity.objects.filter(deck=deck, removed=removed).select_related("deck", "topic")
    return found(rows, key=key)


def _form_of(entity: Entity) -> EntityForm:
    return EntityForm(entity, initial=initial_of(entity, as_data(entity)))


def _both(request: SignedInRequest, entity: Entity, current: Entity) -> HttpResponse:
    """Somebody saved it meanwhile: theirs is shown beside what was typed, and saving again puts
    the latter in its place."""
    mine = {**request.POST.dict(), "seen": state_of(as_data(current))}
    form = EntityForm(entity, initial=mine)
    return _entity_page(request, form, status=409, theirs=_form_of(current))


def _entity_page(
    request: SignedInRequest, form: EntityForm, status: int = 200, **context: Any
) -> HttpResponse:
    entity = form.entity
    context = {
        "deck": entity.deck,
        "entity": entity,
        "type": type_label(entity, vocabulary_for(entity.deck)),
        "form": form,
        "uses": uses_of(entity),
        **context,
    }
    return teach_page(request, "teach/entity.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def entity_delete(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Asks first; where something still speaks of it, says what."""
    entity = _entity(own_deck(request, slug), key)
    if request.method != "POST":
        return _delete_page(request, entity)
    try:
        services.remove_entity(entity)
    except StillNamed:
        return _delete_page(request, entity, status=409)
    return back_with_undo("questions:entities", slug, key)


def _delete_page(request: SignedInRequest, entity: Entity, status: int = 200) -> HttpResponse:
    context = {"deck": entity.deck, "entity": entity, "uses": uses_of(entity)}
    return teach_page(request, "teach/entity_delete.html", context, status=status)


@require_POST
@for_teachers
def entity_restore(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    entity = _entity(own_deck(request, slug), key, removed=True)
    try:
        services.restore_entity(entity)
    except NameTaken as error:
        text = _("It stays deleted: the deck has come to call %(other)s “%(name)s”.")
        messages.warning(request, text % {"other": error.other, "name": error.spelling})
    else:
        messages.success(request, _("It is back: %s") % entity.name)
    return redirect("questions:entities", slug)
