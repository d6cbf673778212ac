"""What reviews and memories say of a learner: days, weeks, retention, strength, mastery.

A day is the learner's local study day; a share or a chance lies between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from questions.domain.scheduling import MemoryState, retrievability

ONE_DAY = timedelta(days=1)

# A card comes back when recall is expected to have fallen to 90 %; fuzz and whole days bring
# some a little later. Below this it has been left lying.
FADING_BELOW = 0.85
# Stability in days up to which a card is still being learnt: the second spaced right answer,
# after 2 or 3 days, leads well beyond it.
LEARNT_FROM = 5.0
# Each lapse makes a card count as if it were this much less likely to be recalled.
LAPSE_WEIGHT = 0.85
HEAT_LEVELS = 4


# --- days ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Day:
    """One study day summed up. `tested` are the answers that tried a memory (see
    `true_retention`), `kept` those of them that were remembered."""

    day: date
    answers: int = 0
    tested: int = 0
    kept: int = 0
    seconds: float = 0.0


def true_retention(days: Iterable[Day]) -> float | None:
    """The share of tried memories that were remembered; None if none was tried.

    An answer tries a memory if it is the day's first on a card that was answered on an earlier
    day: a card's very first answer has nothing to remember, and a second one on the same day
    repeats what was just shown. It is remembered if rated better than Again. Cards told and
    answers taken back do not count. Anki calls the same figure true retention.
    """
    tested = kept = 0
    for day in days:
        tested += day.tested
        kept += day.kept
    return kept / tested if tested else None


def week_start(day: date, first_weekday: int = 0) -> date:
    """The first day of the day's week; weekdays count from Monday, 0, as Python's do."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def calendar_weeks(today: date, weeks: int = 53, first_weekday: int = 0) -> list[list[date | None]]:
    """The weeks up to today's, oldest first, each of seven days; None for days to come."""
    first = week_start(today, first_weekday) - timedelta(weeks=weeks - 1)
    days = [first + timedelta(days=n) for n in range(weeks * 7)]
    shown = [day if day <= today else None for day in days]
    return [shown[at : at + 7] for at in range(0, len(shown), 7)]


def busy_day(answers: Collection[int]) -> int:
    """The answers of a day busier than nine in ten studied days; one marathon does not
    make every other day look idle. 0 if nothing was studied."""
    studied = sorted(count for count in answers if count > 0)
    return studied[(len(studied) * 9) // 10] if studied else 0


def heat_level(answers: int, busy: int) -> int:
    """0 for a day without study, 1 to HEAT_LEVELS by quarters of a busy day."""
    if answers <= 0:
        return 0
    return min(HEAT_LEVELS, 1 + (answers * HEAT_LEVELS - 1) // max(busy, 1))


def streak(studied: Collection[date], today: date) -> int:
    """Days in a row up to today. A day that is not over does not break it: without study today
    it is counted up to yesterday."""
    days = set(studied)
    day = today if today in days else today - ONE_DAY
    length = 0
    while day in days:
        length, day = length + 1, day - ONE_DAY
    return length


def longest_streak(studied: Collection[date]) -> int:
    days = set(studied)
    starts = (day for day in days if day - ONE_DAY not in days)
    return max((streak(days, _last_of(days, start)) for start in starts), default=0)


def _last_of(days: Collection[date], day: date) -> date:
    while day + ONE_DAY in days:
        day += ONE_DAY
    return day


@dataclass(frozen=True, slots=True)
class Week:
    start: date
    answers: int
    days: int
    minutes: float
    retention: float | None


def by_week(
    days: Mapping[date, Day],
    today: date,
    *,
    most: int = 26,
    least: int = 8,
    first_weekday: int = 0,
) -> list[Week]:
    """The weeks up to today's, oldest first: from the first that was studied, but at least
    `least` and at most `most` of them."""
    this = week_start(today, first_weekday)
    first = week_start(min(days, default=today), first_weekday)
    count = min(most, max(least, (this - first).days // 7 + 1))
    starts = [this - timedelta(weeks=back) for back in reversed(range(count))]
    return [_week(start, days) for start in starts]


def _week(start: date, days: Mapping[date, Day]) -> Week:
    inside = [days[day] for n in range(7) if (day := start + n * ONE_DAY) in days]
    return Week(
        start,
        answers=sum(day.answers for day in inside),
        days=sum(day.answers > 0 for day in inside),
        minutes=sum(day.seconds for day in inside) / 60,
        retention=true_retention(inside),
    )


# --- strength and mastery -------------------------------------------------------------


class Strength(StrEnum):
    STRONG = "strong"
    FADING = "fading"
    LEARNING = "learning"
    NOT_MET = "not_met"


def strength_of(state: MemoryState | None, today: date) -> Strength:
    """Learning: failed last, or not yet remembered over some days. Fading: learnt, and less
    likely to be recalled today than when it should have come back. Told is not met yet."""
    if state is None or state.stability is None:
        return Strength.NOT_MET
    if state.lapsed or state.stability < LEARNT_FROM:
        return Strength.LEARNING
    fading = retrievability(state, today) < FADING_BELOW
    return Strength.FADING if fading else Strength.STRONG


@dataclass(frozen=True, slots=True)
class Mastery:
    """What is known of a set of cards: how many are of each strength, and the mean chance of
    recalling one today, those never met counted as 0."""

    cards: int = 0
    strong: int = 0
    fading: int = 0
    learning: int = 0
    recall: float = 0.0

    @property
    def met(self) -> int:
        return self.strong + self.fading + self.learning

    @property
    def not_met(self) -> int:
        return self.cards - self.met

    def __add__(self, other: Mastery) -> Mastery:
        cards = self.cards + other.cards
        recalled = self.recall * self.cards + other.recall * other.cards
        return Mastery(
            cards,
            self.strong + other.strong,
            self.fading + other.fading,
            self.learning + other.learning,
            recalled / cards if cards else 0.0,
        )


def mastery(cards: int, states: Sequence[MemoryState], today: date) -> Mastery:
    """Of so many cards, of which these have a memory. Never fewer cards than memories."""
    strengths = [strength_of(state, today) for state in states]
    cards = max(cards, len(states))
    recalled = sum(retrievability(state, today) for state in states)
    return Mastery(
        cards,
        strengths.count(Strength.STRONG),
        strengths.count(Strength.FADING),
        strengths.count(Strength.LEARNING),
        recalled / cards if cards else 0.0,
    )


def firmness(state: MemoryState, today: date) -> float:
    """Chance of recall today, lowered for every time the card was forgotten: what it sorts
    by, weakest first. Not a probability."""
    return retrievability(state, today) * LAPSE_WEIGHT**state.lapses
