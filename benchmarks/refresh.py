"""How much work an edited fact's questions are, in small decks and in large ones.

    .venv/bin/python benchmarks/refresh.py [SIZE …] [--edits N] [--shape NAME]

Made-up decks (tests/synthetic.py) of 500, 9,000 and 100,000 facts unless told otherwise, each in
a database of its own: a file of SQLite, or a schema of the PostgreSQL that DATABASE_URL names.
Facts drawn at random are edited in every way there is (tests/edits.py), and after each edit its
questions are refreshed. What is counted is the processor's time in this process, which other work
on the machine hardly stretches; PostgreSQL spends its own beside it, so that its waiting is shown
too, as the wall clock's milliseconds. The last column is the ratio of the median to the time that
this process takes to write all questions of a deck of 100 facts: a figure to compare machines by.
At the end the bank of all but the largest deck is audited.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = (500, 9_000, 100_000)
SMALL = 100
AUDITED = 20_000
HEAD = ("facts", "kind", "edits", "median ms", "p95 ms", "worst", "wall ms", "of small")
WIDTHS = (8, 8, 6, 10, 8, 8, 8, 9)


@dataclass(frozen=True)
class Refreshed:
    kind: str
    cpu: float
    wall: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--edits", type=int, default=30)
    parser.add_argument("--shape", default="plain")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _set_up(folder)
        small = _small(options.shape)
        print(f"a deck of {SMALL} facts written whole: {1000 * small:.0f} ms")
        _line(HEAD)
        for size in options.sizes:
            _measure(size, options, small)


def _set_up(folder: str) -> None:
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ.setdefault("VAR_DIR", folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _deck(size: int, shape: str) -> Any:
    from questions.services.interchange import import_deck
    from studyapp.accounts.models import User
    from tests.synthetic import synthetic

    owner, _ = User.objects.get_or_create(username="bench", defaults={"role": "teacher"})
    return import_deck(owner, synthetic(shape, size), slug=f"bench-{size}", questions=False).deck


def _small(shape: str) -> float:
    from questions.services.generation import write_questions

    best = []
    for copy in range(3):
        deck = _deck(SMALL + copy, shape)
        start = time.process_time()
        write_questions(deck)
        best.append(time.process_time() - start)
    return min(best)


def _measure(size: int, options: argparse.Namespace, small: float) -> None:
    from questions.queries.audit import audit_of
    from questions.services.generation import write_questions

    deck = _deck(size, options.shape)
    write_questions(deck)
    found = list(_edited(deck, options.edits))
    for kind in sorted({one.kind for one in found}):
        _row(size, kind, [one for one in found if one.kind == kind], small)
    _row(size, "all", found, small)
    if size <= AUDITED:
        print(f"{'':>8} {len(audit_of(deck).violations)} violations after them", flush=True)


def _edited(deck: Any, count: int) -> Iterator[Refreshed]:
    from questions.services.generation import write_questions
    from tests.edits import EDITS, begin

    random, kinds = Random(1), sorted(EDITS)
    # The first is not counted: it fills what is kept in memory.
    for place in range(count + 1):
        kind, touched = kinds[place % len(kinds)], set[str]()
        while not touched:
            touched = EDITS[kind](begin(deck), random)
        deck.refresh_from_db()
        busy, start = time.process_time(), time.perf_counter()
        write_questions(deck, only=touched)
        done = Refreshed(kind, time.process_time() - busy, time.perf_counter() - start)
        if place:
            yield done


def _row(size: int, kind: str, found: list[Refreshed], small: float) -> None:
    cpu = sorted(1000 * one.cpu for one in found)
    late = cpu[min(len(cpu) - 1, int(0.95 * len(cpu)))]
    wall = median(1000 * one.wall for one in found)
    figures = (median(cpu), late, cpu[-1], wall)
    said = [f"{figure:.0f}" for figure in figures]
    _line((f"{size:,}", kind, str(len(found)), *said, f"{median(cpu) / 1000 / small:.2f}"))


def _line(cells: tuple[str, ...]) -> None:
    print(" ".join(f"{one:>{width}}" for one, width in zip(cells, WIDTHS, strict=True)), flush=True)


if __name__ == "__main__":
    main()
