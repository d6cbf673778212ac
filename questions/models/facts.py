"""The fact base: decks and what they say. `questions.domain.facts` explains each field."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from questions.domain import facts as domain
from studyapp.accounts.models import User


def open_to(user: User, deck: str = "") -> Q:
    """Decks that `for_user` finds; `deck` is how rows of another table lead to theirs, as
    "deck__"."""
    given = Deck.objects.filter(
        pk=OuterRef(f"{deck}pk"),
        classrooms__teacher=F("owner"),
        classrooms__enrolments__learner=user,
    )
    public = Q(**{f"{deck}visibility": Deck.Visibility.PUBLIC})
    return public | Q(**{f"{deck}owner": user}) | Q(Exists(given.order_by()))


class DeckQuerySet(models.QuerySet["Deck"]):
    def for_user(self, user: User | AnonymousUser) -> Self:
        """Decks this user may study: public ones, their own, and those that their teachers own
        and gave to a class of theirs."""
        return self.filter(open_to(user)) if isinstance(user, User) else self.none()

    def editable_by(self, user: User | AnonymousUser) -> Self:
        if not isinstance(user, User) or not user.is_teacher:
            return self.none()
        return self.filter(owner=user)


class Deck(models.Model):
    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only me and my classes")
        PUBLIC = "public", _("Everyone who signs in")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decks")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language"), max_length=20, default="en")
    visibility = models.CharField(
        _("who can study it"), max_length=7, choices=Visibility, default=Visibility.PRIVATE
    )
    use = models.JSONField(default=list, help_text=_("Names of built-in vocabularies."))
    own_vocabulary = models.JSONField(
        default=dict, help_text=_("Types, units and relations as the deck file writes them.")
    )
    complete = models.JSONField(
        default=list, help_text=_("[about, relation, [[qualifier, value], …]] of complete lists.")
    )
    revision = models.PositiveIntegerField(default=1)
    written = models.PositiveIntegerField(
        default=1, help_text=_("The revision whose questions stand in the bank.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DeckQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:deck", args=[self.slug])

    @property
    def is_written(self) -> bool:
        """Whether the bank has followed the deck's last change. In large decks new facts still wait
        for a whole writing to join chronologies, matching sets and far-off pools."""
        return self.written == self.revision


class Topic(models.Model):
    deck = models.ForeignKey(Deck, models.CASCADE, related_name="topics")
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["deck", "key"], name="topic_key")]

    def __str__(self) -> str:
        return self.title


class Source(models.Model):
    deck = models.ForeignKey(Deck, models.CASCADE, related_name="sources")
    key = models.CharField(max_length=80)
    title = models.CharField(_("title"), max_length=300)
    author = models.CharField(_("author"), max_length=200, blank=True)
    year = models.CharField(_("year"), max_length=20, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    origin = models.CharField(_("origin"), max_length=80, blank=True)
    cite = models.CharField(_("named in questions as"), max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["deck", "key"], name="source_key")]

    def __str__(self) -> str:
        return self.title

    @property
    def named(self) -> str:
        return self.cite or self.author or self.title


class Passage(models.Model):
    source = models.ForeignKey(Source, models.CASCADE, related_name="passages")
    locator = models.CharField(_("where in it"), max_length=300, blank=True)
    quote = models.TextField(_("quote"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "locator", "quote"], name="passage_place")
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.locator}"


class Entity(models.Model):
    deck = models.ForeignKey(Deck, models.CASCADE, related_name="entities")
    key = models.CharField(max_length=120)
    type = models.CharField(_("type"), max_length=80)
    name = models.CharField(_("name"), max_length=300)
    article = models.BooleanField(_("takes “the”"), default=False)
    plural = models.BooleanField(_("plural"), default=False)
    adjective = models.CharField(_("adjective"), max_length=100, blank=True)
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    titles = models.JSONField(default=list, blank=True)
    side = models.CharField(max_length=120, blank=True)
    active = models.CharField(max_length=60, blank=True)
    part_of = models.CharField(max_length=120, blank=True)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")
    aliases = models.JSONField(
        default=list, blank=True, help_text=_("[{name, lang, loose}, …] as the deck file has them.")
    )
    note = models.TextField(blank=True)
    removed = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "entities"
        constraints = [models.UniqueConstraint(fields=["deck", "key"], name="entity_key")]
        indexes = [
            models.Index(fields=["deck", "name"], name="entity_name"),
            models.Index(fields=["deck", "adjective"], name="entity_adjective"),
            models.Index(fields=["deck", "part_of"], name="entity_part_of"),
        ]

    def __str__(self) -> str:
        return self.name


_ON_SCALE = Q(low__isnull=False)


class FactQuerySet(models.QuerySet["Fact"]):
    def live(self) -> Self:
        return self.filter(removed=False)


class Fact(models.Model):
    class Rank(models.TextChoices):
        PREFERRED = domain.Rank.PREFERRED.value, _("preferred")
        NORMAL = domain.Rank.NORMAL.value, _("normal")
        DEPRECATED = domain.Rank.DEPRECATED.value, _("deprecated: shown, never asked")

    deck = models.ForeignKey(Deck, models.CASCADE, related_name="facts")
    uid = models.CharField(max_length=80)
    about = models.ForeignKey(Entity, models.PROTECT, related_name="facts")
    relation = models.CharField(max_length=80)
    value = models.TextField(_("value"))
    value_entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="facts_as_value"
    )
    qualifiers = models.JSONField(default=dict, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    passages = models.ManyToManyField(Passage, through="Support", related_name="facts")
    rank = models.CharField(_("rank"), max_length=10, choices=Rank, default=Rank.NORMAL)
    status = models.JSONField(default=list, blank=True)
    points = models.JSONField(default=list, blank=True)
    accept = models.JSONField(default=list, blank=True)
    exact = models.BooleanField(null=True, blank=True)
    forms = models.JSONField(
        default=list, blank=True, help_text=_("The forms it may be asked in; none means all.")
    )
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    given_id = models.CharField(max_length=80, blank=True)
    position = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)
    low = models.FloatField(
        null=True, editable=False, help_text=_("where a date (in years) or figure begins")
    )
    high = models.FloatField(null=True, editable=False, help_text=_("where it ends"))
    updated_at = models.DateTimeField(auto_now=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["deck", "uid"], name="fact_uid")]
        indexes = [
            models.Index(fields=["deck", "relation"], name="fact_relation"),
            models.Index(fields=["deck", "relation", "low", "high"], name="fact_scale"),
            # The dates nearest to one of those that are as exact; of one relation, and of all.
            models.Index(
                "deck", "relation", Length("value"), "low", condition=_ON_SCALE, name="fact_alike"
            ),
            models.Index("deck", Length("value"), "low", condition=_ON_SCALE, name="fact_length"),
        ]

    def __str__(self) -> str:
        return f"{self.about_id} {self.relation} {self.value[:60]}"


class Support(models.Model):
    """That a passage says a fact, in the order the deck gives its passages."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="supports")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="supports")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["fact", "passage"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.fact_id} ← {self.passage_id}"


class AuthoredQuestion(models.Model):
    """A question written by hand, as its author wrote it; the bank's `Question` is made of it."""

    class Form(models.TextChoices):
        CHOICE = domain.AuthoredForm.CHOICE.value, _("Choice")
        TRUE_FALSE = domain.AuthoredForm.TRUE_FALSE.value, _("True or false")
        TYPED = domain.AuthoredForm.TYPED.value, _("Typed answer")

    deck = models.ForeignKey(Deck, models.CASCADE, related_name="authored")
    key_id = models.CharField(max_length=80)
    form = models.CharField(_("form"), max_length=10, choices=Form)
    stem = models.TextField(_("question"))
    key = models.TextField(_("right answer"))
    distractors = models.JSONField(default=list, blank=True)
    accept = models.JSONField(default=list, blank=True)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+")
    explanation = models.TextField(_("explanation"), blank=True)
    passages = models.ManyToManyField(Passage, related_name="authored", blank=True)
    removed = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["deck", "key_id"], name="authored_id")]

    def __str__(self) -> str:
        return self.stem[:80]
