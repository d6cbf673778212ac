"""How fast scheduling is, how evenly it spreads reviews, and how well it predicts.

    python benchmarks/scheduling.py [REVIEWS.csv]

The file, of real reviews, has the columns card_id, review_rating (1 to 4) and review_time
(ISO 8601, UTC). Without it the predictions are left out.
"""

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from math import log, sqrt
from operator import itemgetter
from pathlib import Path
from statistics import fmean, pstdev
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from questions.domain.scheduling import (
    DueCard,
    EntryKind,
    LogEntry,
    MemoryState,
    NewCard,
    Rating,
    Session,
    Spread,
    local_day,
    no_fuzz,
    plan_queue,
    replay,
    retrievability,
    review,
    tell,
)

DAY = date(2025, 3, 3)
Prediction = tuple[float, bool, tuple[int, int, int]]


def per_second(work: Callable[[], object], times: int) -> float:
    started = perf_counter()
    for _ in range(times):
        work()
    return times / (perf_counter() - started)


def speed() -> None:
    state = review(tell(DAY), Rating.GOOD, DAY, desired_retention=0.9, fuzz=no_fuzz)
    fuzz = Spread(b"key", 7, 2, {DAY + timedelta(days=n): n for n in range(30)})

    def answer() -> MemoryState:
        return review(state, Rating.GOOD, state.due, desired_retention=0.9, fuzz=fuzz)

    answers = [
        LogEntry(n, EntryKind.ANSWER, DAY + timedelta(days=9 * n), Rating.GOOD, DAY)
        for n in range(1, 21)
    ]
    due = [DueCard(n, n // 2, DAY, n % 97 / 97) for n in range(2000)]
    new = [NewCard(n, n, n) for n in range(5000, 10000)]
    session = Session(DAY, new_left=20, seconds_left=1800)
    print(f"reviews a second                     {per_second(answer, 20_000):>10,.0f}")
    print(
        f"replays of 20 answers a second       {per_second(lambda: replay(answers), 1000):>10,.0f}"
    )
    planned = per_second(lambda: plan_queue(due, new, session), 20)
    print(f"ms to plan 2,000 due and 5,000 new   {1000 / planned:>10.1f}")


def spreading(days: int = 400, new_a_day: int = 20) -> None:
    """New cards every day for half the time; a tenth of the answers is wrong."""
    chance, load, due = (
        random.Random(1),
        defaultdict[date, int](int),
        defaultdict[date, list[int]](list),
    )
    states, shifts, done = dict[int, MemoryState](), list[float](), list[int]()
    for day in (DAY + timedelta(days=n) for n in range(days)):
        if len(done) < days // 2:
            due[day] += range(len(states), len(states) + new_a_day)
            states.update({card: tell(day) for card in due[day] if card not in states})
        done.append(len(due[day]))
        for card in due.pop(day):
            rating = Rating.GOOD if chance.random() < 0.9 else Rating.AGAIN
            fuzz = Spread(b"key", card, states[card].version, load)
            exact = review(states[card], rating, day, desired_retention=0.9, fuzz=no_fuzz)
            after = review(states[card], rating, day, desired_retention=0.9, fuzz=fuzz)
            while after.due == day:
                exact = after = review(after, Rating.GOOD, day, desired_retention=0.9, fuzz=no_fuzz)
            if (exact.due - day).days > 2:
                shifts.append((after.due - exact.due) / (exact.due - day))
            states[card] = after
            load[after.due] += 1
            due[after.due].append(card)
    week = [done[n] - fmean(done[n - 3 : n + 4]) for n in range(30, days - 10)]
    print(f"mean shift by fuzz, of the interval  {fmean(shifts):>10.1%}")
    print(f"reviews a day, deviation from week's {pstdev(week):>10.1f}  of {fmean(done):.0f}")


def predictions(path: Path) -> Iterator[Prediction]:
    """Predicted recall, whether it was recalled, and a bin, for each answer on a later day."""
    with path.open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=itemgetter("card_id", "review_time"))
    for _, reviews in groupby(rows, key=itemgetter("card_id")):
        state: MemoryState | None = None
        for row in reviews:
            day = local_day(datetime.fromisoformat(row["review_time"]), UTC)
            rating = Rating(int(row["review_rating"]))
            if state and state.last_day and (elapsed := (day - state.last_day).days) > 0:
                where = (round(2.48 * log(elapsed)), min(state.reps, 10), state.lapses)
                yield retrievability(state, day), rating > Rating.AGAIN, where
            state = review(state, rating, day, desired_retention=0.9, fuzz=no_fuzz)


def accuracy(path: Path) -> None:
    seen = list(predictions(path))
    loss = -fmean(log(p if recalled else 1 - p) for p, recalled, _ in seen)
    base = fmean(recalled for _, recalled, _ in seen)
    constant = -(base * log(base) + (1 - base) * log(1 - base))
    bins = defaultdict[tuple[int, int, int], list[Prediction]](list)
    for prediction in seen:
        bins[prediction[2]].append(prediction)
    squares = [
        len(b) * (fmean(p for p, _, _ in b) - fmean(r for _, r, _ in b)) ** 2 for b in bins.values()
    ]
    print(f"answers on a later day               {len(seen):>10,}  recalled {base:.1%}")
    print(f"predicted on the whole               {fmean(p for p, _, _ in seen):>10.1%}")
    print(f"log loss                             {loss:>10.4f}  of a constant: {constant:.4f}")
    print(f"RMSE (bins)                          {sqrt(sum(squares) / len(seen)):>10.4f}")
    for tenth in range(3, 10):
        group = [(p, r) for p, r, _ in seen if int(p * 10) == tenth]
        if group:
            print(
                f"  predicted {fmean(p for p, _ in group):.2f}, recalled "
                f"{fmean(r for _, r in group):.2f} of {len(group)}"
            )


if __name__ == "__main__":
    speed()
    spreading()
    if len(sys.argv) > 1:
        accuracy(Path(sys.argv[1]))
