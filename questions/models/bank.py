"""The question bank: cards, and the ways to ask them. `questions.domain.questions` explains."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.domain import questions as domain
from questions.models.facts import Deck, Entity, Fact, Topic


class CardQuerySet(models.QuerySet["Card"]):
    def live(self) -> Self:
        return self.filter(retired=False)


class Card(models.Model):
    """One thing to remember; never deleted, so that memories outlive a fact's absence."""

    class Direction(models.TextChoices):
        VALUE = domain.Direction.VALUE.value, _("value from subject")
        SUBJECT = domain.Direction.SUBJECT.value, _("subject from value")
        LIST = domain.Direction.LIST.value, _("complete list")
        CHRONOLOGY = domain.Direction.CHRONOLOGY.value, _("chronology")
        PAIRS = domain.Direction.PAIRS.value, _("pairs")
        AUTHORED = domain.Direction.AUTHORED.value, _("written by hand")

    deck = models.ForeignKey(Deck, models.CASCADE, related_name="cards")
    key = models.CharField(max_length=300)
    direction = models.CharField(max_length=10, choices=Direction)
    siblings = models.CharField(max_length=300)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="cards")
    fact = models.ForeignKey(Fact, models.SET_NULL, null=True, related_name="cards")
    facts = models.JSONField(default=list, help_text=_("uids of all facts the card rests on"))
    position = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["deck", "key"], name="card_key")]
        indexes = [
            models.Index(fields=["deck", "retired", "position"], name="card_order"),
            models.Index(
                fields=["deck", "direction"],
                condition=models.Q(fact__isnull=True),
                name="card_of_several",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class QuestionQuerySet(models.QuerySet["Question"]):
    def active(self) -> Self:
        return self.filter(state=Question.State.ACTIVE)

    def once_asked(self) -> Self:
        """Also what a teacher has withdrawn since."""
        return self.exclude(state=Question.State.DRAFT)

    def askable(self) -> Self:
        """What may have been put before a learner: active, or replaced since."""
        return self.once_asked().filter(rejected=False)


class Question(models.Model):
    """One version of one way to ask a card. Its content never changes: a changed question is a
    new version in the same slot, so that a past answer always shows what was asked."""

    class Form(models.TextChoices):
        CHOICE = domain.Form.CHOICE.value, _("Choice")
        TRUE_FALSE = domain.Form.TRUE_FALSE.value, _("True or false")
        TYPED = domain.Form.TYPED.value, _("Typed answer")
        CLOZE = domain.Form.CLOZE.value, _("Gap")
        LIST = domain.Form.LIST.value, _("List")
        ORDERING = domain.Form.ORDERING.value, _("Ordering")
        MATCHING = domain.Form.MATCHING.value, _("Matching")
        FLASHCARD = domain.Form.FLASHCARD.value, _("Flashcard")

    class State(models.TextChoices):
        DRAFT = domain.State.DRAFT.value, _("draft")
        ACTIVE = domain.State.ACTIVE.value, _("active")
        RETIRED = domain.State.RETIRED.value, _("retired")

    card = models.ForeignKey(Card, models.CASCADE, related_name="questions")
    slot = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    form = models.CharField(max_length=10, choices=Form)
    state = models.CharField(max_length=7, choices=State, default=State.ACTIVE)
    stem = models.TextField()
    content = models.JSONField(default=dict)
    statement = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    why_draft = models.TextField(blank=True)
    doubt = models.TextField(
        blank=True, help_text=_("the rule that makes it a draft, and what it is about")
    )
    approved = models.TextField(
        blank=True, help_text=_("the doubt in spite of which it was approved")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    rejected = models.BooleanField(
        default=False, help_text=_("a teacher will not have this version asked")
    )
    difficulty = models.FloatField(
        null=True, help_text=_("share of takers expected to be wrong, 0 to 1; of choices")
    )
    written_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "slot", "version"], name="question_version"),
            models.UniqueConstraint(
                fields=["card", "slot"],
                condition=~models.Q(state="retired"),
                name="question_one_in_slot",
            ),
        ]
        indexes = [models.Index(fields=["card", "state"], name="question_card_state")]

    def __str__(self) -> str:
        return self.stem[:80]


class Distractor(models.Model):
    """That a choice on a card offers an entity as a wrong answer, or once did: who edits the entity
    finds the questions by it. What is offered now is in the questions."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="distractors", db_index=False)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="distractors")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "entity"], name="distractor_once")]

    def __str__(self) -> str:
        return f"{self.entity} on {self.card}"
