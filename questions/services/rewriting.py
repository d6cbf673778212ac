"""Putting entries in the place of answers that stand in learners' logs.

The log stays append-only: the new entry names the one whose place it takes, and the memory is
replayed. Its version goes up, so that a page the learner has open is told it was overtaken.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import uuid4

from django.db import transaction

from questions.domain.scheduling import LogEntry, course, replay, review
from questions.models import AttemptItem, Memory, Review
from questions.services.study import DESIRED_RETENTION, spread, swap

Make = Callable[[Review], Review]


def rewrite(
    answers: Collection[int], make: Make, now: datetime, *, only_latest: bool = False
) -> list[Review]:
    """Replace those of these answers, by pk, that still stand, each by what `make` makes of it.

    One transaction, with the memories locked: whoever comes second finds nothing to replace.
    With `only_latest`, answers that the learner has answered since are left. Returns what was
    replaced.
    """
    with transaction.atomic():
        memories = _locked(answers)
        rows = Review.objects.answers().filter(pk__in=answers).order_by("memory_id", "sequence")
        old, new = list[Review](), list[Review]()
        for memory_pk, standing in groupby(list(rows), key=lambda each: each.memory_id):
            memory = memories[memory_pk]
            chosen = [
                each for each in standing if not only_latest or each.sequence == memory.version
            ]
            old += chosen
            new += _rewrite_one(memory, chosen, make, now)
        Review.objects.filter(pk__in=[each.pk for each in old]).update(voided=True)
        Review.objects.bulk_create(new)
        _move_items(old, new)
    return old


def _move_items(old: Sequence[Review], new: Sequence[Review]) -> None:
    """Quiz answers go on to stand in the log as the entries that count now."""
    counted = {one.pk: two for one, two in zip(old, new, strict=True) if two.rating is not None}
    items = list(AttemptItem.objects.filter(review__in=counted))
    for item in items:
        item.review = counted[item.review_id or 0]
    AttemptItem.objects.bulk_update(items, ["review"])


def _locked(answers: Collection[int]) -> dict[int, Memory]:
    pks = set(Review.objects.filter(pk__in=answers).values_list("memory", flat=True))
    # In one order, so that two rulings cannot wait for each other.
    rows = Memory.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    return {memory.pk: memory for memory in rows}


def _rewrite_one(
    memory: Memory, answers: Sequence[Review], make: Make, now: datetime
) -> list[Review]:
    if not answers:
        return []
    reviews = Review.objects.filter(memory=memory).order_by("sequence")
    log = [each.entry for each in reviews]
    made = []
    for old in answers:
        new = _in_place_of(old, make(old), log, now)
        if new.kind == Review.Kind.ANSWER:
            new.due = new.day  # until the whole course of answers says when
            new.due = due_after(memory, [*log, new.entry])
        log.append(new.entry)
        made.append(new)
    after = replay(log)
    assert after is not None
    assert swap(memory, after), "the memory is locked"
    return made


def _in_place_of(old: Review, new: Review, log: Sequence[LogEntry], now: datetime) -> Review:
    new.memory_id, new.learner_id = old.memory_id, old.learner_id
    new.session_id, new.question_id = old.session_id, old.question_id
    new.sequence, new.voids = log[-1].sequence + 1, old.sequence
    new.submission, new.ruled, new.at = uuid4(), True, now
    # The learner answered on that day, whenever the teacher looked at it.
    new.day, new.time_zone = old.day, old.time_zone
    return new


def due_after(memory: Memory, log: Sequence[LogEntry]) -> date:
    """When the card is due, its last answer being met with the memory that the log now tells."""
    *before, last = course(log)
    if last.rating is None:
        return last.day
    state = replay(before)
    return review(
        state,
        last.rating,
        last.day,
        desired_retention=DESIRED_RETENTION,
        fuzz=spread(memory, state, last.rating, last.day),
    ).due
