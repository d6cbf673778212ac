"""From an answer to a rating: learners are poor judges of their own memory, answers are not.

Speed is judged against the same learner's own right answers in the same form, since people,
forms and devices differ more than memories do. The limits come from 8,904 passes in a
public review log: twice the median is passed by the slowest 6 %, six tenths of it undercut
by the fastest 9 %.
"""

from collections.abc import Sequence
from statistics import median

from questions.domain.scheduling.memory import Rating

MUCH_SLOWER = 2.0
FAST = 0.6
# Typing and reading alone vary by seconds, which would double a usual time of three.
SLOWER_BY_AT_LEAST = 3_000

# Fewer answers than this say little about what is usual.
ENOUGH_ANSWERS = 10

# A learner who has been away for longer was not studying; Anki's limit as well.
LONGEST_ANSWER = 60_000
PRIOR_SECONDS = 12.0
PRIOR_WEIGHT = 10


def rate(
    verdict: str,
    *,
    form_is_typed: bool,
    hinted: bool,
    milliseconds: int,
    usual_milliseconds: float | None,
) -> Rating:
    """The rating of an answer whose verdict is right, partial or wrong (ValueError for others,
    such as "ask again", which is no answer yet).

    Milliseconds of 0 or less mean that the time is not known, and usual_milliseconds of None
    that nothing is usual yet: then speed does not count.
    """
    if verdict not in {"right", "partial", "wrong"}:
        raise ValueError(f"no rating for the verdict {verdict!r}")
    if verdict == "wrong":
        return Rating.AGAIN
    if verdict == "partial" or hinted:
        return Rating.HARD
    if milliseconds <= 0 or usual_milliseconds is None:
        return Rating.GOOD
    if milliseconds > max(
        MUCH_SLOWER * usual_milliseconds, usual_milliseconds + SLOWER_BY_AT_LEAST
    ):
        return Rating.HARD
    fast = milliseconds < FAST * usual_milliseconds
    return Rating.EASY if fast and form_is_typed else Rating.GOOD


def usual_milliseconds(right_answers: Sequence[int]) -> float | None:
    """The median of a learner's recent right answers in one form; None under ENOUGH_ANSWERS."""
    timed = [milliseconds for milliseconds in right_answers if milliseconds > 0]
    return float(median(timed)) if len(timed) >= ENOUGH_ANSWERS else None


def seconds_per_review(answers: Sequence[int]) -> float:
    """What one more review is expected to take, from a learner's recent answers in milliseconds.

    Each counts for a minute at most, and a usual 12 seconds count as ten answers, so that a
    beginner's first few do not decide a day's plan.
    """
    timed = [min(milliseconds, LONGEST_ANSWER) for milliseconds in answers if milliseconds > 0]
    total = sum(timed) / 1000
    return (total + PRIOR_SECONDS * PRIOR_WEIGHT) / (len(timed) + PRIOR_WEIGHT)
