"""A teacher's decks: made, filled from a file, looked over, settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from questions.domain.interchange import DeckErrors
from questions.domain.messages import Sentence
from questions.forms.authoring import DeckSettingsForm, NewDeckForm, UploadForm
from questions.models import Deck, DeckUpload, Fact
from questions.queries import classes as class_queries
from questions.queries import teach as queries
from questions.queries.interchange import deck_file
from questions.services import authoring as services
from questions.services.bank_rows import Counts
from questions.services.interchange import SlugTaken
from questions.views.pages import SignedInRequest, found, page

PER_PAGE = 50
MOST_ADVICE = 30
MOST_KEPT = 10
P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]


def for_teachers(view: View[P]) -> View[P]:
    """Students are told whose page it is (403)."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_teacher:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def own_deck(request: SignedInRequest, slug: str) -> Deck:
    """The deck, if it is this teacher's to edit; another's does not exist (404)."""
    return found(Deck.objects.editable_by(request.user), slug=slug)


def teach_page(
    request: SignedInRequest, template: str, context: dict[str, Any], **options: Any
) -> HttpResponse:
    return page(request, f"questions/{template}", {"section": "teach", **context}, **options)


def back_to_fact(deck: Deck, uid: str, otherwise: str) -> HttpResponseRedirect:
    """To the fact's questions, where a form on them was sent from; else to a list of the deck's."""
    if Fact.objects.live().filter(deck=deck, uid=uid).exists():
        return redirect("questions:fact_questions", deck.slug, uid)
    return redirect(otherwise, deck.slug)


def back_with_undo(page: str, slug: str, key: str) -> HttpResponse:
    """To the list from which something was deleted, which offers to put it back."""
    url = reverse(page, args=[slug])
    return HttpResponseRedirect(f"{url}?{QueryDict.fromkeys(['removed'], key).urlencode()}")


@require_GET
@for_teachers
def teach(request: SignedInRequest) -> HttpResponse:
    context = {
        "decks": queries.taught_decks(request.user),
        "classes": class_queries.classes_taught(request.user),
    }
    return teach_page(request, "teach/teach.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def deck_new(request: SignedInRequest) -> HttpResponse:
    form = NewDeckForm(request.POST or None, initial={"language": "en"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        deck = services.create_deck(request.user, data["title"], data["language"], data["use"])
        messages.success(request, _("The deck is there, and empty. Add its first fact."))
        return redirect("questions:fact_new", deck.slug)
    return teach_page(
        request, "teach/deck_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_GET
@for_teachers
def deck(request: SignedInRequest, slug: str) -> HttpResponse:
    """The deck's facts, found by text, and the counts of all else."""
    deck = own_deck(request, slug)
    text, only = request.GET.get("q", "").strip(), request.GET.get("only", "")
    pages = Paginator(queries.facts_of(deck, text, only), PER_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    context = {
        "deck": deck,
        "taught": queries.taught_deck(deck),
        "rows": queries.fact_rows(deck, list(shown.object_list)),
        "page": shown,
        "q": text,
        "only": only,
        "removed": _removed(deck, request.GET.get("removed", "")),
        "tab": "facts",
    }
    return teach_page(request, "teach/deck.html", context, fragment="facts")


def _removed(deck: Deck, uid: str) -> Fact | None:
    """The fact just deleted, for "undo"."""
    return Fact.objects.filter(deck=deck, uid=uid, removed=True).first() if uid else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def deck_settings(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    form = DeckSettingsForm(request.POST or None, instance=deck)
    if request.method == "POST" and form.is_valid():
        services.save_settings(deck, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("questions:teach_deck", slug)
    context = {"deck": own_deck(request, slug), "form": form, "tab": "settings"}
    context["taught"] = queries.taught_deck(deck)
    return teach_page(
        request, "teach/deck_settings.html", context, status=422 if form.errors else 200
    )


@require_GET
@for_teachers
def deck_export(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    response = HttpResponse(deck_file(deck), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{deck.slug}.yaml"'
    return response


# --- importing ------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def upload(request: SignedInRequest) -> HttpResponse:
    """A deck file, read at once; what is wrong with it is listed with its lines."""
    into = Deck.objects.editable_by(request.user).filter(slug=request.GET.get("into")).first()
    form = UploadForm(
        request.POST or None, request.FILES or None, teacher=request.user, initial={"into": into}
    )
    if request.method != "POST":
        return teach_page(request, "teach/import.html", {"form": form})
    if not form.is_valid():
        return teach_page(request, "teach/import.html", {"form": form}, status=422)
    file: UploadedFile[Any] = form.cleaned_data["file"]
    kept = services.keep_upload(
        request.user, file.name or "deck.yaml", file.read(), form.cleaned_data["into"]
    )
    return _checked(request, kept, form)


def _checked(request: SignedInRequest, kept: DeckUpload, form: UploadForm) -> HttpResponse:
    try:
        services.import_upload(kept, dry_run=True)
    except DeckErrors as errors:
        kept.delete()
        context = {"form": form, "errors": errors.errors[:200], "count": len(errors.errors)}
        return teach_page(
            request, "teach/import.html", {**context, "name": errors.name}, status=422
        )
    return redirect("questions:teach_import_check", kept.pk)


@require_GET
@for_teachers
def upload_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the file would change, before it does."""
    kept = found(DeckUpload.objects.filter(owner=request.user), pk=pk)
    report = services.import_upload(kept, dry_run=True)
    sections = [
        (name, each) for name, each in report.changes.by_kind.items() if each or each.unchanged
    ]
    advice = report.advice()
    context = {
        "upload": kept,
        "report": report,
        "sections": sections,
        "advice": [one.said(_) for one in advice[:MOST_ADVICE]],
        "more_advice": max(0, len(advice) - MOST_ADVICE),
        "kept": [one.said(_) for one in report.kept],
        "dropped": [one.said(_) for one in report.dropped],
    }
    return teach_page(request, "teach/import_check.html", context)


@require_POST
@for_teachers
def upload_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    kept = found(DeckUpload.objects.filter(owner=request.user), pk=pk)
    if "cancel" in request.POST:
        kept.delete()
        messages.info(request, _("Nothing was changed."))
        return redirect("questions:teach")
    try:
        report = services.import_upload(kept, dry_run=False)
    except SlugTaken:
        messages.error(request, _("Another deck has just taken this one's address. Try again."))
        return redirect("questions:teach_import_check", pk)
    except DeckErrors:
        messages.error(request, _("The file could not be read any more; upload it again."))
        return redirect("questions:teach_import")
    messages.success(request, _imported(report.written))
    if report.kept:
        messages.info(request, _kept(report.kept))
    if report.written and report.written.unasked:
        messages.info(request, _unasked(report.written.unasked))
    return redirect("questions:teach_deck", report.deck.slug)


def _kept(kept: Sequence[Sentence]) -> str:
    said = "; ".join(one.said(_) for one in kept[:MOST_KEPT])
    if len(kept) <= MOST_KEPT:
        return _("Kept beside the file: %(answers)s.") % {"answers": said}
    more = {"answers": said, "more": len(kept) - MOST_KEPT}
    return _("Kept beside the file: %(answers)s; and %(more)s more.") % more


def _unasked(count: int) -> str:
    said = ngettext(
        "%(count)s fact has no question; its page says why.",
        "%(count)s facts have no question; the page of each says why.",
        count,
    )
    return said % {"count": count}


def _imported(written: Counts | None) -> str:
    if written is None:
        return _("Imported.")
    return _(
        "Imported. Of its questions %(new)s are new, %(changed)s changed and %(retired)s retired."
    ) % {"new": written.new, "changed": written.changed, "retired": written.retired}
