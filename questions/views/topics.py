"""The topics of a teacher's deck: listed in their order, added, renamed, moved, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from questions.domain.interchange.identity import state_of
from questions.forms.topics import TopicForm
from questions.models import Deletion, Topic
from questions.queries.deletions import deleted
from questions.queries.teach import taught_deck
from questions.queries.topics import filed_under, topics_of
from questions.services.topics import (
    TitleTaken,
    TopicChanged,
    add_topic,
    move_topic,
    remove_topic,
    rename_topic,
    restore_topic,
)
from questions.views.pages import SignedInRequest, found
from questions.views.teach import back_with_undo, for_teachers, own_deck, teach_page


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
        "removed": deleted(deck, Deletion.Kind.TOPIC, request.GET.get("removed", "")),
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
        try:
            rename_topic(topic, form.cleaned_data["title"], form.cleaned_data["seen"])
        except TopicChanged as error:
            return _both(request, error.topic)
        except Topic.DoesNotExist as error:
            raise Http404 from error
        messages.success(request, _("Saved: %s") % form.cleaned_data["title"])
        return redirect("questions:topics", slug)
    context = {"deck": topic.deck, "topic": topic, "form": form}
    status = 422 if request.method == "POST" else 200
    return teach_page(request, "teach/topic.html", context, status=status)


def _both(request: SignedInRequest, topic: Topic) -> HttpResponse:
    """Somebody renamed it meanwhile: theirs is shown beside what was typed, and saving again puts
    the latter in its place."""
    typed = {"title": request.POST["title"], "seen": state_of(topic.title)}
    form = TopicForm(topic.deck, topic=topic, initial=typed)
    context = {"deck": topic.deck, "topic": topic, "form": form, "theirs": topic.title}
    return teach_page(request, "teach/topic.html", context, status=409)


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
    return back_with_undo("questions:topics", slug, key)


@require_POST
@for_teachers
def topic_restore(request: SignedInRequest, slug: str, key: str) -> HttpResponse:
    try:
        topic = restore_topic(own_deck(request, slug), key)
    except Deletion.DoesNotExist as error:
        raise Http404 from error
    except TitleTaken as error:
        text = _("It stays deleted: the deck has come to have another topic “%s”.")
        messages.warning(request, text % error)
    else:
        messages.success(request, _("It is back: %s") % topic.title)
    return redirect("questions:topics", slug)
