"""Classes: who teaches, who learns, and which decks."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models.facts import Deck
from studyapp.accounts.models import User


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def taught_by(self, user: User) -> Self:
        return self.filter(teacher=user) if user.is_teacher else self.none()

    def joined_by(self, user: User) -> Self:
        return self.filter(enrolments__learner=user)


class Classroom(models.Model):
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="classrooms")
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("code to join"), max_length=12, unique=True)
    decks = models.ManyToManyField(Deck, related_name="classrooms", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def open_decks(self) -> list[Deck]:
        """Those its students may study: a private deck is for its owner's classes alone, also
        where another teacher had given it to theirs while it was public."""
        public = Deck.Visibility.PUBLIC
        return [
            deck
            for deck in self.decks.all()
            if deck.visibility == public or deck.owner_id == self.teacher_id
        ]


class Enrolment(models.Model):
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="enrolments")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["classroom", "learner"], name="enrolment_once")
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.classroom_id}"
