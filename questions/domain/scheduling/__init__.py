"""When a card comes back, in which form, and what to study now. Plain and pure.

The way of an answer through this package:

    local_day → rate → possible_days (the days whose load the fuzz needs) → review
    → the new state and one LogEntry holding the day, the rating and the due day

and of a page: plan_queue → form_for. `replay` rebuilds a state from its log alone.
"""

from questions.domain.scheduling.days import day_begins, local_day
from questions.domain.scheduling.forecast import due_minutes
from questions.domain.scheduling.fuzz import MAX_INTERVAL, Fuzz, Spread, fuzz_range, no_fuzz
from questions.domain.scheduling.ladder import form_for, tier
from questions.domain.scheduling.log import (
    BrokenLogError,
    EntryKind,
    LogEntry,
    course,
    replay,
)
from questions.domain.scheduling.memory import (
    DEFAULT_PARAMETERS,
    MemoryState,
    Rating,
    Step,
    possible_days,
    retrievability,
    review,
    tell,
)
from questions.domain.scheduling.queue import (
    RETURN_AFTER,
    DueCard,
    NewCard,
    QueueCard,
    Session,
    plan_queue,
)
from questions.domain.scheduling.rating import rate, seconds_per_review, usual_milliseconds

__all__ = [
    "DEFAULT_PARAMETERS",
    "MAX_INTERVAL",
    "RETURN_AFTER",
    "BrokenLogError",
    "DueCard",
    "EntryKind",
    "Fuzz",
    "LogEntry",
    "MemoryState",
    "NewCard",
    "QueueCard",
    "Rating",
    "Session",
    "Spread",
    "Step",
    "course",
    "day_begins",
    "due_minutes",
    "form_for",
    "fuzz_range",
    "local_day",
    "no_fuzz",
    "plan_queue",
    "possible_days",
    "rate",
    "replay",
    "retrievability",
    "review",
    "seconds_per_review",
    "tell",
    "tier",
    "usual_milliseconds",
]
