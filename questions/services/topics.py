"""The topics of a deck: added, renamed, put in another order, taken away."""

from __future__ import annotations

from anyascii import anyascii
from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils.text import slugify

from questions.models import Card, Deck, Fact, Topic
from questions.services.generation import rewrite_questions
from questions.services.revisions import locked

MOST_OF_KEY = 60


@transaction.atomic
def add_topic(deck: Deck, title: str) -> Topic:
    """The last."""
    deck = locked(deck)
    kept = Topic.objects.filter(deck=deck)
    last = kept.aggregate(at=Max("position"))["at"]
    key = _free_key(title, set(kept.values_list("key", flat=True)))
    topic = kept.create(deck=deck, key=key, title=title, position=0 if last is None else last + 1)
    rewrite_questions(deck, None)
    return topic


@transaction.atomic
def rename_topic(topic: Topic, title: str) -> None:
    """Its key stays, so that whatever is filed under it does."""
    deck = locked(topic.deck)
    Topic.objects.filter(pk=topic.pk).update(title=title)
    rewrite_questions(deck, None)


@transaction.atomic
def move_topic(topic: Topic, *, up: bool) -> None:
    """One place; the first does not go up, nor the last down."""
    deck = locked(topic.deck)
    order = list(Topic.objects.filter(deck=deck))
    place = order.index(topic)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order):
        each.position = position
    Topic.objects.bulk_update(order, ["position"], batch_size=500)
    rewrite_questions(deck, None)


@transaction.atomic
def remove_topic(topic: Topic) -> None:
    """What is filed under it is filed under no topic then, or a fact under that of its subject."""
    deck = locked(topic.deck)
    of_subject = Fact.objects.filter(pk=OuterRef("fact")).values("about__topic")
    own = Card.objects.filter(topic=topic, fact__topic=topic).exclude(fact__about__topic=topic)
    own.update(topic=Subquery(of_subject))
    Topic.objects.filter(pk=topic.pk).delete()
    rewrite_questions(deck, ())


def _free_key(title: str, taken: set[str]) -> str:
    base = slugify(anyascii(title))[:MOST_OF_KEY].strip("-_") or "topic"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key
