"""Browsing: the list of decks, and a deck's facts, conflicts, timeline and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from questions.models import Deck
from questions.queries import decks as queries
from questions.queries.conflicts import conflicts_in, conflicts_page
from questions.queries.days import today
from questions.queries.timeline import timeline_of
from questions.views.pages import SignedInRequest, deck_for, found, now, page

CONFLICTS_PER_PAGE = 25
LONGEST_QUERY = 200


@require_GET
def decks(request: SignedInRequest) -> HttpResponse:
    lines = queries.deck_lines(request.user, today(request.user, now()))
    edit_url = reverse("questions:teach") if request.user.is_teacher else ""
    context = {"lines": lines, "edit_url": edit_url, "section": "decks"}
    return page(request, "questions/decks/decks.html", context)


@require_GET
def deck(request: SignedInRequest, slug: str) -> HttpResponse:
    """The deck's facts; `q` narrows them while it is typed, `topic` to one topic."""
    deck = deck_for(request, slug)
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    topic = request.GET.get("topic", "")
    day = today(request.user, now())
    rows, lines = queries.facts_page(
        request.user, deck, day, query, topic, request.GET.get("page", "1")
    )
    context: dict[str, Any] = {
        "deck": deck,
        "page": rows,
        "lines": lines,
        "q": query,
        "topic": topic,
        "query": _rest(q=query, topic=topic),
        "section": "decks",
    }
    if not request.htmx:
        context |= _head(request, deck, "deck")
    return page(request, "questions/decks/deck.html", context, fragment="facts")


@require_GET
def conflicts(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = deck_for(request, slug)
    groups = Paginator(conflicts_in(deck), CONFLICTS_PER_PAGE)
    rows = groups.get_page(request.GET.get("page", "1"))
    context = _head(request, deck, "deck_conflicts") | {
        "page": rows,
        "conflicts": conflicts_page(deck, rows.object_list),
    }
    return page(request, "questions/decks/conflicts.html", context)


@require_GET
def timeline(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = deck_for(request, slug)
    topic = request.GET.get("topic", "")
    rows, drawn = timeline_of(deck, topic, request.GET.get("page", "1"))
    context = _head(request, deck, "deck_timeline") | {
        "page": rows,
        "timeline": drawn,
        "topic": topic,
        "query": _rest(topic=topic),
    }
    return page(request, "questions/decks/timeline.html", context)


@require_GET
def sources(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = deck_for(request, slug)
    context = _head(request, deck, "deck_sources") | {"lines": queries.source_lines(deck)}
    return page(request, "questions/decks/sources.html", context)


@require_GET
def fact(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    deck = deck_for(request, slug)
    row = found(queries.deck_facts(deck), uid=uid)
    editable = Deck.objects.editable_by(request.user).filter(pk=deck.pk).exists()
    context = {
        "deck": deck,
        "shown": queries.fact_page(request.user, row, today(request.user, now())),
        "edit_url": reverse("questions:fact_edit", args=[deck.slug, uid]) if editable else "",
        "section": "decks",
    }
    return page(request, "questions/decks/fact.html", context)


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    label: str
    count: int
    current: bool


def _head(request: SignedInRequest, deck: Deck, here: str) -> dict[str, Any]:
    """What stands above every page of a deck, with the page `here` (its address's name)."""
    head = queries.deck_head(request.user, deck, today(request.user, now()))
    tabs = (
        ("deck", _("Facts"), head.facts),
        ("deck_conflicts", _("Conflicts"), head.conflicts),
        ("deck_timeline", _("Timeline"), head.dates),
        ("deck_sources", _("Sources"), head.sources),
    )
    return {
        "deck": deck,
        "head": head,
        "edit_url": reverse("questions:teach_deck", args=[deck.slug]) if head.editable else "",
        "tabs": [
            Tab(reverse(f"questions:{name}", args=[deck.slug]), label, count, name == here)
            for name, label, count in tabs
        ],
        "section": "decks",
    }


def _rest(**given: str) -> str:
    """The query string that page links keep."""
    kept = urlencode({name: value for name, value in given.items() if value})
    return f"{kept}&" if kept else ""
