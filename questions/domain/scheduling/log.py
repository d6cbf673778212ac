"""The append-only log of one memory, and the state that it tells.

The due day stands in the log, because it cannot be worked out again: it depends on how
loaded the days were, and on the retention the learner wished for, when the answer was given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from questions.domain.scheduling.memory import (
    DEFAULT_PARAMETERS,
    MemoryState,
    Parameters,
    Rating,
    remember,
    tell,
)


class BrokenLogError(ValueError):
    """A log that no course of answers can have written."""


class EntryKind(StrEnum):
    TOLD = "told"
    ANSWER = "answer"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of a memory's log, as far as replay needs it.

    An answer has a rating and the due day decided then. A void names the entry it takes
    back; an answer that names one takes its place, as when a teacher accepts what was
    marked wrong. BrokenLogError where these do not fit together.
    """

    sequence: int  # 1, 2, … within the memory
    kind: EntryKind
    day: date  # the learner's local day
    rating: Rating | None = None
    due: date | None = None
    voids: int | None = None  # the sequence of the entry taken back

    def __post_init__(self) -> None:
        answered = self.kind == EntryKind.ANSWER
        if answered != (self.rating is not None) or answered != (self.due is not None):
            raise BrokenLogError(
                f"entry {self.sequence}: answers alone have a rating and a due day"
            )
        if (self.kind == EntryKind.VOID) != (self.voids is not None) and not answered:
            raise BrokenLogError(f"entry {self.sequence}: voids alone take something back")


def replay(
    entries: Iterable[LogEntry], *, parameters: Parameters = DEFAULT_PARAMETERS
) -> MemoryState | None:
    """The state that the log leads to, equal to what `tell` and `review` gave; None for no entries.

    Entries may come in any order of sequence. After a log whose every answer was taken
    back the card is to be told again, and only its version says that it was ever met.
    """
    log = sorted(entries, key=lambda entry: entry.sequence)
    if not log:
        return None
    standing = _standing(log)
    state = MemoryState(due=log[-1].day)
    for entry in standing:
        state = _apply(state, entry, parameters)
    latest = max(standing, key=lambda entry: entry.sequence, default=log[-1])
    return replace(state, due=latest.due or latest.day, version=log[-1].sequence)


def course(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries that count, each in the place of the one it replaced, as a log of their own
    that says nothing of replacements."""
    standing = _standing(sorted(entries, key=lambda entry: entry.sequence))
    return [
        replace(entry, sequence=number, voids=None)
        for number, entry in enumerate(standing, start=1)
    ]


def _standing(log: list[LogEntry]) -> list[LogEntry]:
    """The entries that count, each in the place of the one it replaced."""
    places: dict[int, int] = {}
    standing: dict[int, LogEntry] = {}
    for entry in log:
        if entry.sequence in places or (entry.voids and entry.voids not in places):
            raise BrokenLogError(f"entry {entry.sequence} repeats another or voids none before it")
        place = places[entry.voids] if entry.voids else entry.sequence
        places[entry.sequence] = place
        if entry.voids and standing.pop(place, None) is None:
            raise BrokenLogError(f"entry {entry.sequence} takes back what was taken back before")
        if entry.kind != EntryKind.VOID:
            standing[place] = entry
    return [standing[place] for place in sorted(standing)]


def _apply(state: MemoryState, entry: LogEntry, parameters: Parameters) -> MemoryState:
    if entry.rating is None or entry.due is None:
        return tell(entry.day, state)
    return remember(state, entry.rating, entry.day, due=entry.due, parameters=parameters)
