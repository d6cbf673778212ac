"""What comparing a text with one name comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from questions.domain.grading import reasons
from questions.domain.grading.result import Grade, ask_again, partial, right, wrong
from questions.domain.messages import Message


class Level(IntEnum):
    """From no likeness to the very name; `OTHER` is exactly another entity's name."""

    NONE = 0
    OTHER = 1
    UNCLEAR = 2
    PARTIAL = 3
    RIGHT = 4


@dataclass(frozen=True, slots=True)
class Found:
    level: Level
    reason: Message = reasons.WRONG
    shown: str | None = None
    edits: int = 0

    def grade(self) -> Grade:
        match self.level:
            case Level.RIGHT:
                return right(self.reason, self.shown)
            case Level.PARTIAL:
                return partial(self.reason, shown=self.shown)
            case Level.UNCLEAR:
                return ask_again(self.reason)
            case _:
                return wrong(self.reason)


NONE = Found(Level.NONE)
RIGHT = Found(Level.RIGHT, reasons.RIGHT)
SHARED = Found(Level.UNCLEAR, reasons.SHARED_NAME)
NEAR_ANOTHER = Found(Level.UNCLEAR, reasons.NEAR_ANOTHER)


def misspelt(shown: str, edits: int) -> Found:
    return Found(Level.RIGHT, reasons.MISSPELT, shown, edits)
