"""How long a deck's questions take to write, to audit and to refresh, and how much memory.

    .venv/bin/python benchmarks/write_questions.py [SIZE …] [--shape NAME]

Made-up decks (tests/synthetic.py) in a database of their own, a process for each size: the first
run writes every question, the audit looks at them all, and then single facts are edited, each
with its questions refreshed. "CPU" is the processor's time, which other work on the machine does
not stretch; MB is the most memory that the process has held by then, the making of the deck and its
import included. Writing and auditing should grow in step
with the number of facts; a refresh should not grow at all.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SIZES = (1_000, 5_000)
EDITS = 12
HEAD = ("facts", "import s", "write s", "CPU", "MB", "audit s", "CPU", "MB", "questions",
        "violations", "refresh ms", "worst", "CPU ms")  # fmt: skip
WIDTHS = (8, 9, 8, 7, 7, 8, 7, 7, 10, 11, 11, 7, 7)

T = TypeVar("T")


@dataclass(frozen=True)
class Timed:
    seconds: float
    cpu: float
    made: Any


def timed(work: Callable[[], T]) -> Timed:
    start, busy = time.perf_counter(), time.process_time()
    made = work()
    return Timed(time.perf_counter() - start, time.process_time() - busy, made)


def peak() -> float:
    """The most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(size: int, shape: str, folder: str) -> tuple[Any, ...]:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench-{size}.sqlite3"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studyapp.settings")
    import django

    django.setup()
    from questions.queries.audit import audit_of
    from questions.services.generation import write_questions

    imported = timed(lambda: _deck(size, shape))
    deck = imported.made
    written = timed(lambda: write_questions(deck))
    held = peak()
    audited = timed(lambda: audit_of(deck))
    most = peak()
    edits = [timed(edit()) for edit in _edits(deck)]
    return (
        deck.facts.count(),
        imported.seconds,
        written.seconds,
        written.cpu,
        held,
        audited.seconds,
        audited.cpu,
        most,
        audited.made.questions,
        len(audited.made.violations) + len(audit_of(deck).violations),
        1000 * median(edit.seconds for edit in edits),
        1000 * max(edit.seconds for edit in edits),
        1000 * median(edit.cpu for edit in edits),
    )


def _deck(size: int, shape: str) -> Any:
    from django.core.management import call_command

    from questions.services.interchange import import_deck
    from studyapp.accounts.models import User
    from tests.synthetic import synthetic

    call_command("migrate", verbosity=0)
    owner = User.objects.create(username="bench", role="teacher")
    return import_deck(owner, synthetic(shape, size), slug="bench", questions=False).deck


def _edits(deck: Any) -> list[Callable[[], Any]]:
    """Of facts all over the deck and of several relations, each given another's value; what is
    left to do is its questions."""
    from questions.models import Fact
    from questions.services.facts import touched_by
    from questions.services.generation import write_questions
    from questions.services.revisions import count_up

    def edit(fact: Any) -> Callable[[], Any]:
        alike = Fact.objects.filter(deck=deck, relation=fact.relation, unit=fact.unit)
        other = alike.exclude(value=fact.value).order_by("-pk").first()
        touched = touched_by(fact)
        if other:  # a relation's only value in a small deck stays, and is written anew all the same
            fact.value, fact.value_entity = other.value, other.value_entity
        count_up(deck.pk)
        fact.save()
        return lambda: write_questions(deck, only={*touched, fact.uid})

    # The first is not counted: it fills what is kept of the deck in memory.
    pks = list(deck.facts.order_by("pk").values_list("pk", flat=True))
    chosen = pks[:: max(1, len(pks) // (EDITS + 1))][: EDITS + 1]
    edit(Fact.objects.get(pk=chosen[0]))()
    return [partial(edit, Fact.objects.get(pk=pk)) for pk in chosen[1:]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--shape", default="plain")
    options = parser.parse_args()
    print(" ".join(f"{name:>{width}}" for name, width in zip(HEAD, WIDTHS, strict=True)))
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            # A process each, so that one size's memory is not another's.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                row = pool.apply(measure, (size, options.shape, folder))
            said = [f"{each:,}" if isinstance(each, int) else f"{each:,.1f}" for each in row]
            line = (f"{one:>{width}}" for one, width in zip(said, WIDTHS, strict=True))
            print(" ".join(line), flush=True)


if __name__ == "__main__":
    main()
