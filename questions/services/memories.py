"""Memories against their logs: each must be what its reviews make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from questions.domain.scheduling import BrokenLogError, LogEntry, MemoryState, replay
from questions.models import Memory, Review
from questions.models.study import state_fields

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A memory that is not what its log says; `rebuilt` is None where the log makes no sense."""

    memory: Memory
    rebuilt: MemoryState | None
    problem: str


def differences(
    memories: QuerySet[Memory] | None = None, progress: Callable[[int], None] | None = None
) -> Iterator[Difference]:
    """Every memory that differs from the replay of its log, in order; read in chunks.

    `progress` is told how many have been compared so far.
    """
    rows = Memory.objects.all() if memories is None else memories
    last = done = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        logs = _logs(chunk)
        for memory in chunk:
            found = _difference(memory, logs.get(memory.pk, []))
            if found:
                yield found
        done += len(chunk)
        if progress:
            progress(done)


def _logs(memories: list[Memory]) -> dict[int, list[LogEntry]]:
    reviews = (
        Review.objects.filter(memory__in=memories)
        .order_by("memory_id", "sequence")
        .only("memory_id", "sequence", "kind", "day", "rating", "due", "voids")
    )
    by_memory = groupby(reviews.iterator(), key=lambda each: each.memory_id)
    return {memory: [review.entry for review in log] for memory, log in by_memory}


def _difference(memory: Memory, log: list[LogEntry]) -> Difference | None:
    try:
        rebuilt = replay(log)
    except BrokenLogError as error:
        return Difference(memory, None, str(error))
    if rebuilt is None:
        return Difference(memory, None, "it has no log")
    live, told = state_fields(memory.state), state_fields(rebuilt)
    wrong = [
        f"{name} is {live[name]}, not {told[name]}" for name in live if live[name] != told[name]
    ]
    return Difference(memory, rebuilt, "; ".join(wrong)) if wrong else None


def mend(difference: Difference) -> bool:
    """Set a memory to what its log says, unless it has been answered meanwhile."""
    if difference.rebuilt is None:
        return False
    rows = Memory.objects.filter(pk=difference.memory.pk, version=difference.memory.version)
    return rows.update(**state_fields(difference.rebuilt)) == 1
