"""How long writing questions takes and how much memory, by size of the deck.

    python benchmarks/write_questions.py [SIZE …]

"seconds" are the wall clock's, "CPU" the processor's own, which other work does not stretch.
Decks are made up: battles with dates, places, commanders and losses by side, treaties with
signatories. Seconds and peak memory should grow in step with the number of facts.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from questions.domain.facts import (
    Deck,
    Entity,
    EntityType,
    Fact,
    Passage,
    Relation,
    Source,
    Unit,
    ValueKind,
    Vocabulary,
)
from questions.domain.generation import write
from questions.domain.questions import CardSpec, Refused

SIZES = (2_500, 5_000, 10_000)
FACTS_EACH = 5
_SYLLABLES = ("ka", "mor", "vel", "tas", "rin", "dol", "pe", "shu", "gar", "nim", "bel", "oth")


def deck_of(size: int) -> Deck:
    """A deck of about `size` facts; every fifth battle has sources that disagree."""
    events = size // FACTS_EACH
    sides = [_entity(f"side-{n}", "state", _name(n * 7 + 3)) for n in range(12)]
    people = [
        _entity(f"p{n}", "person", f"{_name(n)} {_name(n * 31 + 11)}", side=f"side-{n % 12}")
        for n in range(events)
    ]
    places = [_entity(f"l{n}", "place", f"{_name(n * 17 + 5)} Plain") for n in range(events // 3)]
    battles = [
        _entity(f"b{n}", "battle", f"Battle of {_name(n * 13 + 1)}", topic=f"t{n % 9}")
        for n in range(events)
    ]
    everyone = {one.key: one for one in (*sides, *people, *places, *battles)}
    facts = [fact for n in range(events) for fact in _battle(n, events)]
    return Deck(
        title=f"{size} facts",
        topics={f"t{n}": f"Topic {n}" for n in range(9)},
        sources={key: Source(key, f"Chronicle {key}") for key in ("one", "two")},
        entities=everyone,
        facts=tuple(facts),
        vocabulary=_vocabulary(),
    )


def _name(n: int) -> str:
    parts = []
    for _ in range(4):
        n, rest = divmod(n, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(parts).capitalize()


def _entity(key: str, kind: str, name: str, side: str = "", topic: str = "") -> Entity:
    return Entity(key, kind, name, side=side, topic=topic, article=kind == "battle")


def _battle(n: int, events: int) -> list[Fact]:
    day = f"{1200 + n * 3 % 700}-{n % 12 + 1:02}-{n % 28 + 1:02}"
    facts = [
        _fact(f"{n}d", n, "fought", day),
        _fact(f"{n}l", n, "place", f"l{n % (events // 3)}"),
        _fact(f"{n}c", n, "commander", f"p{n}", side=f"side-{n % 12}"),
        _fact(f"{n}k", n, "losses", str(100 + n * 37 % 9000), side=f"side-{n % 12}"),
    ]
    if n % 5 == 0:
        return [*facts, _fact(f"{n}x", n, "fought", f"{1201 + n * 3 % 700}-06-01", "two")]
    return [*facts, _fact(f"{n}m", n, "losses", str(90 + n * 53 % 9000), side=f"side-{n % 11}-")]


def _fact(uid: str, n: int, relation: str, value: str, source: str = "one", side: str = "") -> Fact:
    side = f"side-{(n + 1) % 12}" if side.endswith("-") else side
    qualifiers = (("side", side),) if side else ()
    return Fact(uid, f"b{n}", relation, value, qualifiers, passages=(Passage(source, "1"),))


def _vocabulary() -> Vocabulary:
    types = [
        EntityType("battle", "battle", "battles", "which battle", generic=("battle",)),
        EntityType("person", "person", "people", "who"),
        EntityType("state", "state", "states", "which state"),
        EntityType("place", "place", "places", "which place", generic=("plain",)),
    ]
    relations = [
        Relation(
            "fought", "fought", ValueKind.DATE, single=True, era=True,
            ask=("When was {about} fought?", "What is the date of {about}?"),
            reverse=("Which battle was fought {on value}?",),
            order="Put these battles in order.", match="Match each battle with its date.",
            state=("{About} was fought {on value}.",),
        ),
        Relation(
            "place", "place", ValueKind.ENTITY, of=("place",), single=True,
            ask=("Where was {about} fought?", "At which place was {about} fought?"),
            reverse=("Which battle was fought at {value}?",),
            match="Match each battle with its place.", state=("{About} was fought at {value}.",),
        ),
        Relation(
            "commander", "commander", ValueKind.ENTITY, of=("person",), single=True,
            qualifiers={"side": "state"},
            ask=("Who commanded for {side} in {about}?", "Who led the army of {side} in {about}?"),
            reverse=("In which battle did {value} command for {side}?",),
            state=("{value} commanded for {side} in {about}.",),
        ),
        Relation(
            "losses", "losses", ValueKind.NUMBER, unit="people", single=True,
            qualifiers={"side": "state"},
            ask=("How many {unit} did {side} lose in {about}?",),
            state=("{side} lost {value} {unit} in {about}.",),
        ),
    ]  # fmt: skip
    return Vocabulary(
        {one.key: one for one in types},
        {"people": Unit("people", "person", "people")},
        {one.key: one for one in relations},
    )


def measure(size: int) -> str:
    deck = deck_of(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, busy = time.perf_counter(), time.process_time()
    made: Counter[str] = Counter()
    for one in write(deck):
        kind = "cards" if isinstance(one, CardSpec) else "questions"
        made["refused" if isinstance(one, Refused) else kind] += 1
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        f"{len(deck.facts):>8,} {seconds:>9.1f} {cpu:>7.1f} {1000 * cpu / len(deck.facts):>8.2f} "
        f"{peak / 1024:>9.0f} {(peak - before) / 1024:>9.0f} {made['cards']:>9,} "
        f"{made['questions']:>10,} {made['refused']:>9,}"
    )


def main(sizes: list[int]) -> None:
    print(f"{'facts':>8} {'seconds':>9} {'CPU':>7} {'ms/fact':>8} {'peak MB':>9} {'grown MB':>9} "
          f"{'cards':>9} {'questions':>10} {'refused':>9}")  # fmt: skip
    for size in sizes:
        # A process each, so that one size's memory is not another's.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(pool.apply(measure, (size,)), flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
