"""What a teacher ruled: on learners' answers, with the word of it that each learner gets, and on
wrong options."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models.bank import Question
from questions.models.facts import Deck, Fact
from studyapp.accounts.models import User


class Ruling(models.Model):
    """One decision for all answers alike: the same thing expected, and the same given but for
    case, accents and signs. `questions.queries.claims` says what `expected` and `folded` hold; of
    a question withdrawn or rejected `expected` names it, and nothing was given."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        KEPT = "kept", _("kept wrong")
        FAULTY = "faulty", _("question withdrawn")
        REJECTED = "rejected", _("draft rejected")
        UNDONE = "undone", _("acceptance taken back")

    deck = models.ForeignKey(Deck, models.CASCADE, related_name="rulings")
    question = models.ForeignKey(Question, models.CASCADE, related_name="rulings")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    expected = models.CharField(max_length=200)
    folded = models.CharField(max_length=400, blank=True)
    given = models.TextField(blank=True)
    spelling = models.CharField(
        max_length=400, blank=True, help_text=_("what the deck keeps of an accepted answer")
    )
    learnt = models.JSONField(
        null=True,
        help_text=_(
            "the aliases whose place an accepted answer took; false where the deck had it "
            "already, null of before it was noted"
        ),
    )
    decision = models.CharField(max_length=8, choices=Decision)
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deck", "expected", "folded"], name="ruling_once")
        ]

    def __str__(self) -> str:
        return f"{self.given[:60]}: {self.decision}"


class RulingNoteQuerySet(models.QuerySet["RulingNote"]):
    def unseen_by(self, learner: User) -> Self:
        return self.filter(learner=learner, seen=False)


class RulingNote(models.Model):
    """Tells one learner of a ruling, until they have seen it."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="notes")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen = models.BooleanField(default=False)

    objects = RulingNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ruling", "learner"], name="ruling_note_once")
        ]
        indexes = [
            models.Index(
                fields=["learner"], condition=models.Q(seen=False), name="ruling_note_unseen"
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.ruling_id}"


class Veto(models.Model):
    """A wrong option that is never offered beside a fact: `questions.domain.vetoes`. Without a
    teacher it came with the deck's file, or the teacher's account is gone."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="vetoes")
    value = models.CharField(max_length=300)
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "vetoes"
        constraints = [models.UniqueConstraint(fields=["fact", "value"], name="veto_once")]

    def __str__(self) -> str:
        return f"{self.fact_id}: never {self.value[:60]}"
