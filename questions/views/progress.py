"""The progress page."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from questions.queries import progress as queries
from questions.queries.days import today
from questions.views.pages import SignedInRequest, deck_for, now, page


@require_GET
def progress(request: SignedInRequest) -> HttpResponse:
    """All decks, or with `?deck=` one of them."""
    slug = request.GET.get("deck", "")
    deck = deck_for(request, slug) if slug else None
    decks = list(queries.decks_begun(request.user))
    context = {
        "progress": queries.progress_of(request.user, today(request.user, now()), deck, decks),
        "deck": deck,
        "decks": [deck, *decks] if deck and deck not in decks else decks,
        "all_label": _("All decks"),
        "section": "progress",
    }
    return page(request, "questions/progress/progress.html", context)
