"""The topics of a deck: added, renamed, put in another order, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyascii import anyascii
from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils.text import slugify

from questions.domain.interchange.identity import state_of
from questions.models import AuthoredQuestion, Card, Deck, Deletion, Entity, Fact, Topic
from questions.services.deletions import remember
from questions.services.generation import rewrite_questions
from questions.services.revisions import locked

MOST_OF_KEY = 60


class TopicChanged(Exception):
    """Somebody renamed the topic since the form was opened."""

    def __init__(self, topic: Topic) -> None:
        super().__init__(topic.key)
        self.topic = topic


class TitleTaken(Exception):
    """The deck has come to call another topic so."""


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
def rename_topic(topic: Topic, title: str, seen: str) -> None:
    """`seen` is the mark of the title that the form showed. Its key stays, so that whatever is
    filed under it does. Raises TopicChanged, and Topic.DoesNotExist if it was deleted."""
    deck = locked(topic.deck)
    current = Topic.objects.get(pk=topic.pk)
    if title != current.title and state_of(current.title) != seen:
        raise TopicChanged(current)
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
    """What is filed under it is filed under no topic then, or a fact under that of its subject.
    Doing it twice changes nothing."""
    deck = locked(topic.deck)
    current = Topic.objects.filter(pk=topic.pk).first()
    if current is None:
        return
    remember(deck, Deletion.Kind.TOPIC, current.key, current.title, _filed(current))
    of_subject = Fact.objects.filter(pk=OuterRef("fact")).values("about__topic")
    own = Card.objects.filter(topic=topic, fact__topic=topic).exclude(fact__about__topic=topic)
    own.update(topic=Subquery(of_subject))
    Topic.objects.filter(pk=topic.pk).delete()
    rewrite_questions(deck, ())


def _filed(topic: Topic) -> dict[str, object]:
    """Its place, and the numbers of what bears it."""
    kinds = (Fact, Entity, AuthoredQuestion, Card)
    rows = {kind.__name__: kind._default_manager.filter(topic=topic) for kind in kinds}
    return {
        "position": topic.position,
        **{name: list(each.order_by().values_list("pk", flat=True)) for name, each in rows.items()},
    }


@transaction.atomic
def restore_topic(deck: Deck, key: str) -> Topic:
    """At its place, with all that was filed under it and is not filed elsewhere by now. Raises
    Deletion.DoesNotExist, and TitleTaken."""
    deck = locked(deck)
    deleted = Deletion.objects.get(deck=deck, kind=Deletion.Kind.TOPIC, key=key)
    standing = Topic.objects.filter(deck=deck)
    titles = {title.casefold() for title in standing.values_list("title", flat=True)}
    if deleted.name.casefold() in titles:
        raise TitleTaken(deleted.name)
    keys = set(standing.values_list("key", flat=True))
    topic = standing.create(
        deck=deck,
        key=_free_key(deleted.name, keys) if key in keys else key,
        title=deleted.name,
        position=_make_room(deck, deleted.content["position"]),
    )
    _file_again(topic, deleted.content)
    deleted.delete()
    rewrite_questions(deck, ())
    return topic


def _make_room(deck: Deck, position: int) -> int:
    """What has come to stand there, and all behind it, moves on."""
    standing = Topic.objects.filter(deck=deck)
    if standing.filter(position=position).exists():
        standing.filter(position__gte=position).update(position=F("position") + 1)
    return position


def _file_again(topic: Topic, filed: Mapping[str, Any]) -> None:
    for kind in (Fact, Entity, AuthoredQuestion):
        rows = kind._default_manager.filter(deck=topic.deck, pk__in=filed[kind.__name__])
        rows.filter(topic=None).update(topic=topic)
    elsewhere = Q(fact__topic__isnull=False) & ~Q(fact__topic=topic)
    of_subject = Q(topic=None) | Q(topic=F("fact__about__topic"))
    cards = Card.objects.filter(of_subject, deck=topic.deck, pk__in=filed["Card"])
    pks = list(cards.exclude(elsewhere).values_list("pk", flat=True))
    Card.objects.filter(pk__in=pks).update(topic=topic)


def _free_key(title: str, taken: set[str]) -> str:
    base = slugify(anyascii(title))[:MOST_OF_KEY].strip("-_") or "topic"
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key
