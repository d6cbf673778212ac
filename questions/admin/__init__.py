"""The administration site: a window on every row. Teachers work on the pages of the site; what is
append-only or computed can be looked at here, and not changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from questions import models


class Look(admin.ModelAdmin[Any]):
    """Neither added, changed nor deleted here: the log, and what is computed from it or from
    facts."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


@admin.register(models.Deck)
class DeckAdmin(admin.ModelAdmin[models.Deck]):
    """Its owner and who may study it; what it says is changed on its own pages, which count its
    revision up and rewrite its questions."""

    list_display = ("title", "owner", "visibility", "language", "updated_at")
    list_filter = ("visibility", "language")
    search_fields = ("title", "slug")
    fields = ("title", "slug", "owner", "visibility", "description", "language", "revision")
    readonly_fields = ("slug", "language", "revision")

    def save_model(self, request: HttpRequest, obj: models.Deck, form: Any, change: bool) -> None:
        """Only what was changed here: the rest may be newer than when the form was read."""
        if change:
            obj.save(update_fields=[*form.changed_data, "updated_at"])
        else:
            super().save_model(request, obj, form, change)


@admin.register(models.Classroom)
class ClassroomAdmin(admin.ModelAdmin[models.Classroom]):
    list_display = ("name", "teacher", "code", "created_at")
    search_fields = ("name", "code", "teacher__username")
    autocomplete_fields = ("teacher",)
    filter_horizontal = ("decks",)


@admin.register(models.Enrolment)
class EnrolmentAdmin(admin.ModelAdmin[models.Enrolment]):
    list_display = ("learner", "classroom", "joined_at")
    search_fields = ("learner__username", "classroom__name")
    autocomplete_fields = ("learner", "classroom")


@admin.register(models.ProblemReport)
class ProblemReportAdmin(Look):
    list_display = ("text", "learner", "open", "created_at")
    list_filter = ("open",)


@admin.register(models.Claim)
class ClaimAdmin(Look):
    list_display = ("given", "learner", "state", "created_at")
    list_filter = ("state",)


@admin.register(models.Topic, models.Source)
class TitledAdmin(Look):
    list_display = ("title", "key", "deck")
    list_filter = ("deck",)
    search_fields = ("title", "key")


@admin.register(models.Passage)
class PassageAdmin(Look):
    list_display = ("source", "locator")
    list_select_related = ("source",)
    search_fields = ("locator", "source__title")


@admin.register(models.Entity)
class EntityAdmin(Look):
    list_display = ("name", "type", "deck", "removed")
    list_filter = ("deck", "removed")
    search_fields = ("name", "key")


@admin.register(models.Fact)
class FactAdmin(Look):
    list_display = ("about", "relation", "value", "rank", "removed")
    list_select_related = ("about",)
    list_filter = ("deck", "rank", "removed")
    search_fields = ("about__name", "relation", "value")


@admin.register(models.AuthoredQuestion)
class AuthoredQuestionAdmin(Look):
    list_display = ("stem", "form", "deck", "removed")
    list_filter = ("deck", "form", "removed")
    search_fields = ("stem", "key")


@admin.register(models.Card)
class CardAdmin(Look):
    list_display = ("key", "direction", "deck", "retired")
    list_filter = ("deck", "direction", "retired")
    search_fields = ("key",)


@admin.register(models.Question)
class QuestionAdmin(Look):
    list_display = ("stem", "form", "state", "version", "approved_by", "approved_at")
    list_select_related = ("approved_by",)
    list_filter = ("form", "state")
    search_fields = ("stem",)


@admin.register(models.Memory)
class MemoryAdmin(Look):
    list_display = ("learner", "card", "due", "stability", "reps", "lapses")
    list_select_related = ("learner", "card")
    search_fields = ("learner__username",)


@admin.register(models.Review)
class ReviewAdmin(Look):
    list_display = ("learner", "question", "kind", "verdict", "day", "voided")
    list_select_related = ("learner", "question")
    list_filter = ("kind", "verdict")
    search_fields = ("learner__username",)


@admin.register(models.StudySession)
class StudySessionAdmin(Look):
    list_display = ("learner", "deck", "day")
    list_select_related = ("learner", "deck")


@admin.register(models.Attempt)
class AttemptAdmin(Look):
    list_display = ("learner", "deck", "started_at", "finished_at")
    list_select_related = ("learner", "deck")


@admin.register(models.AttemptItem)
class AttemptItemAdmin(Look):
    list_display = ("attempt", "position", "question", "verdict")
    list_select_related = ("question", "attempt")


@admin.register(models.Support)
class SupportAdmin(Look):
    list_display = ("fact", "passage")
    list_select_related = ("fact", "passage__source")


@admin.register(models.Veto)
class VetoAdmin(Look):
    list_display = ("value", "fact", "teacher", "made_at")
    list_select_related = ("fact", "teacher")


@admin.register(models.DeckUpload)
class DeckUploadAdmin(Look):
    list_display = ("name", "owner", "created_at")
    exclude = ("packed",)
