"""What lies ahead: the reviews that are scheduled already."""

from collections.abc import Mapping
from datetime import date


def due_minutes(
    load: Mapping[date, int], *, today: date, seconds_per_review: float, days: int = 30
) -> list[float]:
    """Minutes of scheduled reviews for today and the days after; what is overdue is today's.

    Each card counts once, on its due day: the reviews that will follow it, failures and new
    cards are not in it, so that later days are a lower bound.
    """
    counts = [0] * days
    for due, cards in load.items():
        ahead = max(0, (due - today).days)
        if ahead < days:
            counts[ahead] += cards
    return [cards * seconds_per_review / 60 for cards in counts]
