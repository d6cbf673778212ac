"""What grading hands back: a verdict, a score, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from questions.domain.messages import Message


class Verdict(StrEnum):
    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    ASK_AGAIN = "ask_again"


HALF = 0.5


@dataclass(frozen=True, slots=True)
class Half:
    """A value of a list that was named in part, and what was missing in it."""

    value: str
    why: Message


@dataclass(frozen=True, slots=True)
class Grade:
    """`score` is 0 to 1; an answer to be asked again scores 0 and must cost nothing.

    `shown` is the right spelling where the answer was misspelt. `missing` and `extra` name what
    a list or a matching lacked or had too much of, `halves` what of a list earned part of its
    credit.
    """

    verdict: Verdict
    score: float
    reason: Message
    shown: str | None = None
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    halves: tuple[Half, ...] = ()

    @property
    def credited(self) -> bool:
        return self.verdict in (Verdict.RIGHT, Verdict.PARTIAL)


def right(reason: Message, shown: str | None = None) -> Grade:
    return Grade(Verdict.RIGHT, 1.0, reason, shown)


def partial(reason: Message, score: float = HALF, shown: str | None = None) -> Grade:
    return Grade(Verdict.PARTIAL, score, reason, shown)


def wrong(reason: Message) -> Grade:
    return Grade(Verdict.WRONG, 0.0, reason)


def ask_again(reason: Message) -> Grade:
    return Grade(Verdict.ASK_AGAIN, 0.0, reason)


def by_score(score: float) -> Verdict:
    if score >= 1:
        return Verdict.RIGHT
    return Verdict.PARTIAL if score > 0 else Verdict.WRONG


_ORDER = (Verdict.WRONG, Verdict.ASK_AGAIN, Verdict.PARTIAL, Verdict.RIGHT)


def best(grades: list[Grade]) -> Grade:
    """The most favourable of several readings; the earliest of equals."""
    if len(grades) == 1:
        return grades[0]
    return max(grades, key=lambda grade: (_ORDER.index(grade.verdict), grade.score))
