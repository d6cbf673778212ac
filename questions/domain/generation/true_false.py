"""True or false: the true statement, and up to three that differ from it in the value alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from questions.domain.counting import counted
from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.asking import one_of, statements
from questions.domain.generation.candidates import Option
from questions.domain.generation.index import Index
from questions.domain.generation.writing import Asked, Try
from questions.domain.plurals import agree
from questions.domain.questions import Form

STEM = "True or false?"
_FALSE = 3


def true_false(asked: Asked, wrong: Sequence[Option]) -> Iterator[Try]:
    """Each false statement is the true one's template filled with a wrong value."""
    index, fact = asked.index, asked.fact
    said = statements(index, fact, asked.attribution)[:1]
    wrong = [option for option in wrong if not _lacks_singular(index, fact, option.value)]
    for true in said:
        false = [
            statements(index, replace(fact, value=option.value), asked.attribution)[0].text
            for option in wrong[:_FALSE]
        ]
        values = [option.value for option in wrong[:_FALSE]]
        content = {"true": true.text, "false": false, "values": values}
        yield asked.written("true_false", Form.TRUE_FALSE, STEM, content), true.names


def _lacks_singular(index: Index, fact: Fact, value: str) -> bool:
    """Whether it would be "1 fighters and bombers"."""
    if index.kind(fact) is not ValueKind.NUMBER or value != "1":
        return False
    names = counted(index.relation(fact).state)
    said = (text for name, text in fact.qualifiers if name in names)
    return any(not one_of(index, fact, text) for text in said)


def _as_counted(after: str, false: str) -> str:
    """What follows the value, as it agrees with the other one: "1 known moon", "2 known moons"."""
    words = after.split()
    said = false.split()[-len(words) :] if words else []
    pairs = zip(words, said, strict=False)
    if len(said) == len(words) and all(
        agree(one.strip(".,"), two.strip(".,")) for one, two in pairs
    ):
        return after[: len(after) - len(after.lstrip())] + " ".join(said)
    return after


def differing(true: str, false: str, key: str) -> str | None:
    """What stands in a false statement where the true one has the key; None if they differ
    elsewhere too."""
    at = true.lower().find(key.lower())
    if at < 0:
        return None
    before, after = true[:at], true[at + len(key) :]
    before = before.removesuffix("The ").removesuffix("the ")
    if before.endswith((" on ", " in ", "from ")):
        before = before[: before.rstrip().rfind(" ") + 1]
    after = _as_counted(after, false)
    if not false.startswith(before) or not false.endswith(after):
        return None
    slot = false[len(before) : len(false) - len(after)]
    return re.sub(r"^(?:on|in|from|the) ", "", slot.strip(), flags=re.IGNORECASE)
