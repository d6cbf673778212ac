"""Gradings a second of typed names against a deck of 10,000 entities, on one core.

Measured in processor time, which other work on the machine disturbs least, and printed beside a
bare comparison of folded strings, because machines differ: the two take turns, so that what slows
one down for a while slows both.
Usage: python benchmarks/grading.py [entities] [gradings]
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from questions.domain.grading import Expected, Named, NameIndex, grade_typed

SYLLABLES = "ba ke lo mi nu ra se to vi za shi ko wen dor ghal pet ryu mar ost len".split()
AIM = 20_000
DEFAULTS = ("10000", "60000")
TURN = 500


def word(chance: random.Random, least: int = 2, most: int = 4) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(least, most))).capitalize()


def entity(number: int, chance: random.Random) -> Named:
    """Half persons with a transcription, half places with a class noun."""
    if number % 2:
        given, family = word(chance), f"{word(chance, 3, 4)}{word(chance, 1, 1).lower()}"
        spelt = family.replace("sh", "š").replace("o", "ō", 1)
        aliases = (f"{given[0]}. {family}", f"{given} {spelt}")
        return Named(f"e{number}", f"{given} {family}", aliases, (), "person", family)
    name = f"{word(chance, 3, 5)}"
    return Named(f"e{number}", f"Lake {name}", (f"{name} Nur",), (), "lake")


def slip(text: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1 :]


def answers(named: list[Named], count: int, chance: random.Random) -> list[tuple[Expected, str]]:
    """What a class types: mostly right, some by family name, misspelt, wrong, or hedged."""
    found = []
    for _ in range(count):
        one, other = chance.choice(named), chance.choice(named)
        ways = (
            one.name, one.name.lower(), one.surname or one.name, chance.choice(one.aliases),
            one.name, f"General {one.name}" if one.surname else one.name, other.name,
            slip(one.name, chance), f"{one.name}, I think", f"{one.name} or {other.name}",
        )  # fmt: skip
        found.append((Expected("name", one.name, one.key), chance.choice(ways)))
    return found


def busy(run: Callable[[Expected, str], object], asked: list[tuple[Expected, str]]) -> float:
    start = time.process_time()
    for expected, given in asked:
        run(expected, given)
    return time.process_time() - start


def bare(expected: Expected, given: str) -> bool:
    return " ".join(given.casefold().split()) == " ".join(expected.value.casefold().split())


def main() -> None:
    entities, count = map(int, [*sys.argv[1:3], *DEFAULTS[len(sys.argv) - 1 :]])
    chance = random.Random(1)
    named = [entity(number, chance) for number in range(entities)]
    start = time.process_time()
    list(NameIndex(named).rivals("warm up", 1))  # the table of like spellings, made at first use
    built = time.process_time() - start
    tracemalloc.start()
    names = NameIndex(named)
    list(names.rivals("warm up", 1))
    held = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    asked = answers(named, count, chance)
    each_once = [(Expected("name", one.name, one.key), "") for one in named]
    busy(lambda expected, _: names.target(expected.entity or ""), each_once)
    graded = compared = 0.0
    for first in range(0, count, TURN):
        turn = asked[first : first + TURN]
        graded += busy(lambda e, g: grade_typed(e, g, names), turn)
        compared += busy(bare, turn)
    print(f"index of {entities:,} entities: {built:.2f} s to build, {held:.1f} MiB")
    print(f"gradings a second: {count / graded:,.0f} (aim {AIM:,})")
    ratio = graded / compared
    print(f"bare comparisons a second: {count / compared:,.0f}; one grading costs {ratio:.0f}")


if __name__ == "__main__":
    main()
