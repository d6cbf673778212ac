"""A deck's topics, as its teacher sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Coalesce

from questions.models import AuthoredQuestion, Deck, Entity, Fact, Topic


@dataclass(frozen=True, slots=True)
class TopicRow:
    topic: Topic
    facts: int


@dataclass(frozen=True, slots=True)
class Topics:
    """In the deck's order; `without` are the facts that have none."""

    rows: list[TopicRow]
    without: int


def topics_of(deck: Deck) -> Topics:
    """Each with the facts that are filed under it: by themselves, or by their subject."""
    facts = Fact.objects.live().filter(deck=deck).order_by()
    filed = facts.annotate(under=Coalesce("topic", "about__topic")).values_list("under")
    counts = dict(filed.annotate(number=Count("pk")))
    rows = [TopicRow(topic, counts.get(topic.pk, 0)) for topic in Topic.objects.filter(deck=deck)]
    return Topics(rows, counts.get(None, 0))


@dataclass(frozen=True, slots=True)
class Filed:
    """What bears a topic itself."""

    facts: int
    entities: int
    questions: int


def filed_under(topic: Topic) -> Filed:
    return Filed(
        Fact.objects.live().filter(topic=topic).count(),
        Entity.objects.filter(topic=topic, removed=False).count(),
        AuthoredQuestion.objects.filter(topic=topic, removed=False).count(),
    )
