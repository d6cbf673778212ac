"""What a learner remembers, and the append-only log it is computed from."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from questions.domain.scheduling import EntryKind, LogEntry, MemoryState, Rating, Step
from questions.models.bank import Card, Question
from questions.models.facts import Deck
from studyapp.accounts.models import User

if TYPE_CHECKING:
    from questions.models.quizzes import AttemptItem

STATE_FIELDS = tuple(field.name for field in fields(MemoryState))


def state_fields(state: MemoryState) -> dict[str, Any]:
    """A memory's columns for this state."""
    return {name: getattr(state, name) for name in STATE_FIELDS}


class StudySession(models.Model):
    """One sitting with a deck, for one local day."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    deck = models.ForeignKey(Deck, models.CASCADE, related_name="sessions")
    day = models.DateField()
    beyond_limits = models.BooleanField(default=False)
    cards = models.PositiveIntegerField(
        null=True, help_text=_("to how many cards the day was to come when it was last begun")
    )
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["learner", "deck", "day"], name="session_day")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.deck_id} {self.day}"


class MemoryQuerySet(models.QuerySet["Memory"]):
    def live(self) -> Self:
        return self.filter(card__retired=False)

    def of(self, learner: User) -> Self:
        return self.filter(learner=learner)

    def due_by(self, day: date) -> Self:
        return self.filter(due__lte=day)


class Memory(models.Model):
    """One learner's state for one card: `questions.domain.scheduling.MemoryState`, and the
    number of the last entry in its log as `version`, which every answer must carry."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memories")
    card = models.ForeignKey(Card, models.PROTECT, related_name="memories")
    deck = models.ForeignKey(Deck, models.CASCADE, related_name="memories")
    version = models.PositiveIntegerField(default=0)
    stability = models.FloatField(null=True)
    difficulty = models.FloatField(null=True)
    due = models.DateField()
    last_day = models.DateField(null=True)
    reps = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    lapsed = models.BooleanField(default=False)

    objects = MemoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "memories"
        constraints = [models.UniqueConstraint(fields=["learner", "card"], name="memory_once")]
        indexes = [models.Index(fields=["learner", "deck", "due"], name="memory_due")]

    def __str__(self) -> str:
        return f"{self.learner_id} {self.card_id}"

    @property
    def state(self) -> MemoryState:
        return MemoryState(
            **{name: getattr(self, name) for name in STATE_FIELDS if name != "step"},
            step=Step(self.step),
        )


class ReviewQuerySet(models.QuerySet["Review"]):
    def answers(self) -> Self:
        """Answers that stand: neither void nor voiding, nor a card merely told."""
        return self.filter(kind=Review.Kind.ANSWER, voided=False)


class Review(models.Model):
    """One entry of a memory's log. Append-only: undoing adds a VOID entry that names another.

    `voided` is the one mark that is set later; it repeats what the VOID entry says, so that
    pages can count without joining the log to itself.
    """

    class Kind(models.TextChoices):
        TOLD = "told", _("told")
        ANSWER = "answer", _("answer")
        VOID = "void", _("taken back")

    class Verdict(models.TextChoices):
        RIGHT = "right", _("right")
        PARTIAL = "partial", _("partly right")
        WRONG = "wrong", _("wrong")

    memory = models.ForeignKey(Memory, models.CASCADE, related_name="reviews")
    sequence = models.PositiveIntegerField()
    submission = models.UUIDField()
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.ANSWER)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviews")
    session = models.ForeignKey(
        StudySession, models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="reviews")
    shown = models.JSONField(default=dict, help_text=_("what was on the page, in its order"))
    given = models.JSONField(default=dict)
    verdict = models.CharField(max_length=7, choices=Verdict, blank=True)
    score = models.FloatField(null=True)
    reason = models.JSONField(default=dict, help_text=_("the line shown: text and params"))
    rating = models.PositiveSmallIntegerField(null=True)
    due = models.DateField(null=True, help_text=_("the day decided by this answer"))
    milliseconds = models.PositiveIntegerField(null=True)
    predicted = models.FloatField(null=True, help_text=_("recall predicted at the answer, 0 to 1"))
    day = models.DateField(help_text=_("the learner's local day"))
    time_zone = models.CharField(max_length=64)
    at = models.DateTimeField()
    voids = models.PositiveIntegerField(
        null=True, help_text=_("sequence of the entry that this one takes back or replaces")
    )
    voided = models.BooleanField(default=False)
    claimed = models.BooleanField(default=False, help_text=_("the learner said “I was right”"))
    ruled = models.BooleanField(
        default=False, help_text=_("a teacher's ruling, which the learner cannot take back")
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["memory", "sequence"], name="review_sequence"),
            models.CheckConstraint(
                condition=~Q(kind="void") | Q(voids__isnull=False, voids__lt=F("sequence")),
                name="review_void_names_earlier",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "day"], name="review_day"),
            models.Index(fields=["session"], name="review_session"),
            models.Index(fields=["question", "verdict"], name="review_question"),
        ]

    def __str__(self) -> str:
        return f"{self.memory_id}#{self.sequence} {self.kind} {self.verdict}"

    @property
    def entry(self) -> LogEntry:
        return LogEntry(
            self.sequence,
            EntryKind(self.kind),
            self.day,
            None if self.rating is None else Rating(self.rating),
            self.due,
            self.voids,
        )


class Claim(models.Model):
    """ "I was right": what was given waits for the teacher, perhaps as an alias.

    In a study session the answer counts as right at once: `review` is the entry that says so. In
    a quiz, which is a test, `item` keeps its verdict until a teacher accepts it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("kept wrong")
        FAULTY = "faulty", _("question withdrawn")

    review = models.OneToOneField(Review, models.CASCADE, null=True, related_name="claim")
    item = models.OneToOneField(
        "questions.AttemptItem", models.CASCADE, null=True, related_name="claim"
    )
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="claims")
    given = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review__isnull=True) ^ Q(item__isnull=True), name="claim_of_one_answer"
            )
        ]

    def __str__(self) -> str:
        return self.given[:80]

    @property
    def answer(self) -> Review | AttemptItem:
        answer = self.review or self.item
        assert answer
        return answer


class ProblemReport(models.Model):
    """A learner's word that a question is bad, with the question as it was shown."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, models.CASCADE, related_name="problem_reports")
    review = models.ForeignKey(Review, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("what is wrong with it"), blank=True, max_length=2000)
    shown = models.JSONField(default=dict)
    given = models.JSONField(default=dict)
    verdict = models.CharField(max_length=7, choices=Review.Verdict, blank=True)
    open = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "question"], condition=Q(open=True), name="report_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
