"""Quizzes that a learner makes of a deck, and what was answered."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Avg, Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from questions.domain.questions import PRODUCED
from questions.models.bank import Question
from questions.models.facts import Deck
from questions.models.study import Claim, Review
from studyapp.accounts.models import User


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, learner: User) -> Self:
        return self.filter(learner=learner)

    def with_counts(self) -> Self:
        """Each with `size`, `answered`, and `score`, 0 to 1; what is not answered scores 0, a
        withdrawn question counts only where it was right."""
        counted = Q(items__question__rejected=False) | Q(items__verdict=Review.Verdict.RIGHT)
        return self.annotate(
            size=Count("items", filter=counted),
            answered=Count("items", filter=counted & Q(items__answered_at__isnull=False)),
            score=Coalesce(Avg(Coalesce("items__score", 0.0), filter=counted), 0.0),
        )


class Attempt(models.Model):
    """One learner's sitting of a quiz; its items are drawn when it starts.

    `seed` decides, under the server's key, what was drawn. It is the token of the form that made
    the attempt, so that a form sent twice makes one.
    """

    class Feedback(models.TextChoices):
        AT_ONCE = "at_once", _("after each question")
        AT_END = "at_end", _("at the end")

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    deck = models.ForeignKey(Deck, models.CASCADE, related_name="attempts")
    feedback = models.CharField(
        _("feedback"), max_length=7, choices=Feedback, default=Feedback.AT_ONCE
    )
    counts = models.BooleanField(_("answers count as reviews"), default=False)
    settings = models.JSONField(default=dict, help_text=_("topics, forms and length asked for"))
    seed = models.UUIDField(default=uuid4, editable=False)
    retake_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["learner", "seed"], name="attempt_once")]
        indexes = [models.Index(fields=["learner", "-started_at"], name="attempt_recent")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.deck_id} {self.started_at:%Y-%m-%d}"

    @property
    def tells_at_once(self) -> bool:
        return self.feedback == self.Feedback.AT_ONCE


class AttemptItem(models.Model):
    """One question of an attempt. `shown` holds the key too and stays on the server.

    `version` counts the answers saved: a page that knows an older one may not overwrite a newer.
    `review` is the entry in the learner's log, once the answer has been counted there.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    question = models.ForeignKey(Question, models.PROTECT, related_name="items")
    shown = models.JSONField(default=dict)
    given = models.JSONField(null=True)
    verdict = models.CharField(max_length=7, choices=Review.Verdict, blank=True)
    score = models.FloatField(null=True)
    reason = models.JSONField(default=dict)
    milliseconds = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    submission = models.UUIDField(null=True)
    review = models.OneToOneField(
        Review, models.SET_NULL, null=True, blank=True, related_name="quiz_item"
    )
    ruled = models.BooleanField(
        default=False, help_text=_("marked by a teacher, which the learner cannot claim against")
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_position")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether its question proved faulty: then it counts only if it was answered right."""
        return self.question.rejected and self.verdict != Review.Verdict.RIGHT

    @property
    def is_told(self) -> bool:
        """Whether its learner has read what is right."""
        answered = self.attempt.tells_at_once and self.answered_at
        return bool(self.attempt.finished_at or answered)

    @property
    def said_right(self) -> Claim | None:
        """The learner's claim to have been right."""
        return getattr(self, "claim", None)

    @property
    def may_be_claimed(self) -> bool:
        """ "I was right" is for what a learner wrote and has been told is wrong; once."""
        produced = self.question.form in PRODUCED and self.answered_at is not None
        missed = self.verdict != Review.Verdict.RIGHT and not self.question.rejected
        return produced and missed and self.is_told and not self.ruled and not self.said_right
