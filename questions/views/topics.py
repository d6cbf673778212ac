"""The topics of a teacher's deck: listed in their order, added, renamed, moved, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from questions.forms.topics import TopicForm
from questions.models import Topic
from questions.queries.teach import taught_deck
from questions.queries.topics import filed_under, topics_of
from questions.services.topics import add_topic, move_topic, remove_topic, rename_topic
from questions.views.pages import SignedInRequest, found
from questions.views.teach import for_teachers, own_deck, teach_page


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def topics(request: SignedInRequest, slug: str) -> HttpResponse:
    deck = own_deck(request, slug)
    form = TopicForm(deck, request.POST or None)
    if request.method == "POST" and form.is_valid():
        topic = add_topic(deck, form.cleaned_data["title"])
        messages.success(request, _("Added: %s") % topic.title)
        return redirect("questions:topics", slug)
    context = {
        "deck": deck,
        "taught": taught_deck(deck),
        "topics": topics_of(deck),
        "form": form,
        "tab": "topics",
    }
    status = 422 if request.method == "POST" else 200
    return teach_page(request, "teach/topics.html", context, status=status)


def _topic(request: SignedInRequest, slug: str, key: str) -> Topic:
    deck = own_deck(request, slug)
    return found(Topic.objects.filter(deck=deck).select_related("deck"), key=key)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def topic_edit(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    topic = _topic(request, slug, key)
    form = TopicForm(topic.deck, request.POST or None, topic=topic)
    if request.method == "POST" and form.is_valid():
        rename_topic(topic, form.cleaned_data["title"])
        messages.success(request, _("Saved: %s") % form.cleaned_data["title"])
        return redirect("questions:topics", slug)
    context = {"deck": topic.deck, "topic": topic, "form": form}
    status = 422 if request.method == "POST" else 200
    return teach_page(request, "teach/topic.html", context, status=status)


@require_POST
@for_teachers
def topic_move(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    move_topic(_topic(request, slug, key), up=request.POST.get("to") == "up")
    return redirect("questions:topics", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@for_teachers
def topic_delete(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    """Asks first, telling what loses its topic."""
    topic = _topic(request, slug, key)
    if request.method != "POST":
        context = {"deck": topic.deck, "topic": topic, "filed": filed_under(topic)}
        return teach_page(request, "teach/topic_delete.html", context)
    remove_topic(topic)
    messages.success(request, _("Deleted: %s") % topic.title)
    return redirect("questions:topics", slug)
