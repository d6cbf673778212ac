"""Facts: added and edited with a live preview of their questions, deleted and brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.forms.facts import FactForm, initial_of
from questions.models import Deck, Fact
from questions.queries import teach as queries
from questions.queries.authoring import entity_names, learners_of
from questions.queries.facts import vocabulary_for
from questions.queries.lists import list_of
from questions.queries.preview import preview_of
from questions.services import facts as services
from questions.services.entities import NameTaken
from questions.services.facts import AlreadyStands, CannotBeSaid, ChangedMeanwhile
from questions.services.lists import mark_complete, move_earlier
from questions.views.pages import SignedInRequest, found
from questions.views.teach import back_with_undo, for_teachers, own_deck, teach_page

TEMPLATE = "facts/fact.html"
KEPT_FOR_ANOTHER = ("about", "source_0", "at_0", "topic")
# Buttons that fill in the form again without saving it.
AGAIN = ("continue", "more_sources", "preview")


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def fact_new(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    if request.method != "POST":
        return _fact_page(request, FactForm(deck, initial=request.GET.dict()))
    if any(name in request.POST for name in AGAIN):
        return _filled_in_again(request, deck)
    form = FactForm(deck, request.POST)
    if form.is_valid():
        try:
            fact = services.add_fact(deck, form.entry)
        except AlreadyStands as error:
            form.stands_already(error.fact)
        else:
            return _saved(request, fact)
    return _fact_page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def fact_edit(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    deck = own_deck(request, slug)
    fact = _fact(deck, uid)
    if request.method != "POST":
        return _fact_page(request, _form_of(fact), fact)
    if any(name in request.POST for name in AGAIN):
        return _filled_in_again(request, deck, fact)
    form = FactForm(deck, request.POST, uid=uid)
    if form.is_valid():
        try:
            fact = services.change_fact(fact, form.entry, form.seen_at or fact.updated_at)
        except AlreadyStands as error:
            form.stands_already(error.fact)
        except ChangedMeanwhile as error:
            return _both(request, form, error.fact)
        else:
            return _saved(request, fact)
    return _fact_page(request, form, fact, status=422)


def _fact(deck: Deck, uid: str, *, removed: bool = False) -> Fact:
    rows = Fact.objects.filter(deck=deck, removed=removed)
    related = rows.select_related("about", "value_entity", "topic", "deck")
    return found(related.prefetch_related("supports__passage__source"), uid=uid)


def _form_of(fact: Fact) -> FactForm:
    names = entity_names(fact.deck)
    keys = {fact.about.key, fact.value, *fact.qualifiers.values()}
    shown = {key: names.shown(key) for key in keys if names.shown(key)}
    return FactForm(fact.deck, uid=fact.uid, initial=initial_of(fact, shown))


def _filled_in_again(
    request: SignedInRequest, deck: Deck, fact: Fact | None = None
) -> HttpResponse:
    """The same entries, with the controls they call for; nothing is saved or found fault with."""
    uid = fact.uid if fact else ""
    form = FactForm(deck, initial=_entries(request.POST), uid=uid)
    context = _preview(deck, request.POST, uid) if "preview" in request.POST else {}
    return _fact_page(request, form, fact, **context)


def _entries(data: QueryDict) -> dict[str, Any]:
    return {**data.dict(), "status": data.getlist("status")}


def _fact_page(
    request: SignedInRequest,
    form: FactForm,
    fact: Fact | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context = {
        "deck": form.deck,
        "form": form,
        "fact": fact,
        "said": queries.said_fact(fact) if fact else "",
        "list": list_of(fact) if fact else None,
        **context,
    }
    return teach_page(request, TEMPLATE, context, status=status)


def _both(request: SignedInRequest, form: FactForm, current: Fact) -> HttpResponse:
    """Somebody saved the fact meanwhile: theirs is shown beside what was typed, and saving again
    puts the latter in its place."""
    entries = _entries(request.POST) | {"seen": current.updated_at.isoformat()}
    mine = FactForm(form.deck, initial=entries, uid=current.uid)
    theirs = _fact(form.deck, current.uid)
    return _fact_page(request, mine, theirs, status=409, theirs=_form_of(theirs))


def _saved(request: SignedInRequest, fact: Fact) -> HttpResponse:
    messages.success(request, _("Saved: %s") % queries.said_fact(fact))
    if "another" not in request.POST:
        return redirect("questions:teach_deck", fact.deck.slug)
    kept = QueryDict(mutable=True)
    kept.update({name: request.POST[name] for name in KEPT_FOR_ANOTHER if request.POST.get(name)})
    if kept.get("source_0") == "+":
        support = fact.supports.select_related("passage__source").first()
        kept["source_0"] = support.passage.source.key if support else ""
    url = reverse("questions:fact_new", args=[fact.deck.slug])
    return HttpResponseRedirect(f"{url}?{kept.urlencode()}")


@require_POST
@for_teachers
def list_mark(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    """Whether the deck holds all of the list that the fact stands in, or a member moves up."""
    fact = _fact(own_deck(request, slug), uid)
    if (listed := list_of(fact)) is None:
        raise Http404
    if moved := request.POST.get("earlier"):
        if not listed.steps:
            raise Http404
        move_earlier(fact, moved)
        return redirect("questions:fact_edit", slug, uid)
    complete = request.POST.get("complete") == "yes"
    mark_complete(fact, complete=complete)
    said = _("The list is marked as complete.") if complete else _("The list is open again.")
    messages.success(request, said)
    return redirect("questions:fact_edit", slug, uid)


# --- while typing ---------------------------------------------------------------------


@require_POST
@for_teachers
def fact_controls(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form's fields for what has been chosen so far."""
    deck = own_deck(request, slug)
    form = FactForm(deck, initial=_entries(request.POST), uid=request.POST.get("uid", ""))
    return teach_page(request, TEMPLATE, {"deck": deck, "form": form}, fragment="fields")


@require_POST
@for_teachers
def fact_preview(request: SignedInRequest, slug: str) -> HttpResponse:
    """The questions the fact would yield. Saves nothing; a POST because the form is long."""
    deck = own_deck(request, slug)
    context = _preview(deck, request.POST, request.POST.get("uid", ""))
    return teach_page(request, TEMPLATE, {"deck": deck, **context}, fragment="preview")


def _preview(deck: Deck, data: QueryDict, uid: str) -> dict[str, Any]:
    form = FactForm(deck, data, uid=uid, preview=True)
    if not form.is_valid():
        return {"missing": form}
    entry = form.entry
    preview = preview_of(deck, entry.fact, uid, entry.entities, entry.sources)
    return {"preview": preview, "read_as": form.read_as}


@require_GET
@for_teachers
def entity_options(request: SignedInRequest, slug: str) -> HttpResponse:
    """Names that complete what is being typed into a field."""
    deck = own_deck(request, slug)
    types = [key for key in request.GET.get("types", "").split(",") if key]
    text = request.GET.get(request.GET.get("field", "about"), "")
    found = entity_names(deck).complete(text, types, vocabulary_for(deck))
    return teach_page(request, "facts/options.html", {"completions": found})


# --- deleting -------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def fact_delete(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    """Asks first, telling how many learners study it."""
    fact = _fact(own_deck(request, slug), uid)
    if request.method != "POST":
        context = {
            "deck": fact.deck,
            "fact": fact,
            "said": queries.said_fact(fact),
            "learners": learners_of(fact.deck, uid),
        }
        return teach_page(request, "facts/delete.html", context)
    services.remove_fact(fact)
    return back_with_undo("questions:teach_deck", slug, uid)


@require_POST
@for_teachers
def fact_restore(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    fact = _fact(own_deck(request, slug), uid, removed=True)
    try:
        services.restore_fact(fact)
    except AlreadyStands:
        messages.warning(request, _("The deck says this again in another fact already."))
    except NameTaken as error:
        text = _("It stays deleted: the deck has come to call %(other)s “%(name)s”.")
        messages.warning(request, text % {"other": error.other, "name": error.spelling})
    except CannotBeSaid:
        messages.warning(request, _("It stays deleted: the deck cannot say this any more."))
    else:
        messages.success(request, _("It is back, with its cards and what learners know of them."))
    return redirect("questions:teach_deck", slug)
