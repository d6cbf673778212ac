"""How long a large deck takes to import, and how much memory.

    .venv/bin/python benchmarks/import_deck.py [FACTS]

Writes a deck file of so many facts (100,000 unless told) in a temporary folder, imports it into
a database of its own with `manage.py import_deck --no-questions`, imports it again unchanged,
then with every hundredth value changed, and exports it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FACTS_EACH = 10

HEAD = """\
title: Places of an atlas that does not exist
language: en
topics: {north: The north, south: The south}
sources:
  atlas: {title: The atlas, author: A. Mapmaker, year: 1951}
  survey: {title: The survey, author: B. Walker, year: 1963}
types: {town: {label: town, many: towns, in: place}}
relations:
  inhabitants: {value: number, unit: people, single: yes, qualifiers: {year: text},
    ask: ["How many people lived in {about} in {year}?"]}
  founded: {value: date, single: yes, ask: ["When was {about} founded?"]}
  near: {value: entity, of: [town], ask: ["Which town is near {about}?"]}
  known_for: {value: term, ask: ["What is {about} known for?"]}
"""


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.yaml"
        environment = os.environ | {
            "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3"),
            "VAR_DIR": folder,
        }
        _write(path, number, changed=False)
        print(f"{number:,} facts, {path.stat().st_size / 2**20:.1f} MB")
        _manage(environment, "migrate", "-v0")
        _manage(environment, "shell", "-v0", "-c", _MAKE_OWNER)
        run = ("import_deck", str(path), "--no-questions", "--owner", "bench")
        _timed("import", number, environment, *run)
        _timed("again", number, environment, *run)
        _write(path, number, changed=True)
        _timed("changed", number, environment, *run)
        _timed("export", number, environment, "export_deck", "atlas", f"{folder}/out.yaml")


_MAKE_OWNER = (
    "from studyapp.accounts.models import User;"
    "User.objects.get_or_create(username='bench', defaults={'role': 'teacher'})"
)


def _write(path: Path, number: int, *, changed: bool) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.write("entities:\n")
        towns = max(number // FACTS_EACH, 2)
        for town in range(towns):
            topic = "north" if town % 2 else "south"
            file.write(f"  town-{town}: {{type: town, name: Town {town}, topic: {topic}, ")
            file.write(f"also: [T{town}, {{name: Place {town}, loose: yes}}]}}\n")
        file.write("facts:\n")
        for place in range(number):
            file.write(f"  - {{{', '.join(_fact(place, towns, changed))}}}\n")


def _fact(place: int, towns: int, changed: bool) -> Iterator[str]:
    town, kind = divmod(place, FACTS_EACH)
    yield f"about: town-{town % towns}"
    extra = 7 if changed and place % 100 == 0 else 0
    if kind < 6:
        yield f"is: inhabitants, value: {1000 + place * 13 + extra}, year: {1900 + kind * 10}"
    elif kind == 6:
        yield f"is: founded, value: {1200 + (town + extra) % 700}-04-{1 + town % 30:02}"
    elif kind < 9:
        yield f"is: near, value: town-{(town + kind + extra) % towns}"
    else:
        yield f"is: known_for, value: Speciality {place + extra}, note: As both books say"
    yield (
        f"source: [atlas page {town}, survey sheet {town}]"
        if kind == 0
        else (f"source: atlas page {town}")
    )


def _manage(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT
    )
    return done.stdout


def _timed(label: str, number: int, environment: dict[str, str], *words: str) -> None:
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        sys.exit(f"{label} failed:\n{said}")
    print(
        f"{label:<8} {seconds:6.1f} s  {number / seconds:8,.0f} facts/s  "
        f"peak {_megabytes(usage):6,.0f} MB"
    )


def _megabytes(usage: resource.struct_rusage) -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * unit / 2**20


if __name__ == "__main__":
    main()
