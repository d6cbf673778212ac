"""What all views share: who may see what, and whether a page or a fragment goes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from questions.models import Deck
from studyapp.accounts.models import User

Row = TypeVar("Row", bound=Model)


class SignedInRequest(HttpRequest):
    """What a view gets: the middleware lets nobody else through."""

    user: User
    htmx: HtmxDetails


def now() -> datetime:
    return timezone.now()


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page, or for htmx the named partial of its template."""
    if fragment and getattr(request, "htmx", False):
        template = f"{template}#{fragment}"
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def found(rows: QuerySet[Row], **wanted: Any) -> Row:
    """The row, out of those the user may see; a stranger's does not exist (404)."""
    return get_object_or_404(rows, **wanted)


def deck_for(request: SignedInRequest, slug: str) -> Deck:
    return found(Deck.objects.for_user(request.user), slug=slug)
