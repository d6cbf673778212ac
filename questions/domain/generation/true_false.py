"""True or false: the true statement, and up to three that differ from it in the value alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from questions.domain.generation.asking import statements
from questions.domain.generation.candidates import Option
from questions.domain.generation.writing import Asked, Try
from questions.domain.questions import Form

STEM = "True or false?"
_FALSE = 3


def true_false(asked: Asked, wrong: Sequence[Option]) -> Iterator[Try]:
    """Each false statement is the true one's template filled with a wrong value."""
    index, fact = asked.index, asked.fact
    said = statements(index, fact, asked.attribution)[:1]
    for true in said:
        false = [
            statements(index, replace(fact, value=option.value), asked.attribution)[0].text
            for option in wrong[:_FALSE]
        ]
        values = [option.value for option in wrong[:_FALSE]]
        content = {"true": true.text, "false": false, "values": values}
        yield asked.written("true_false", Form.TRUE_FALSE, STEM, content), true.names


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
    if not false.startswith(before) or not false.endswith(after):
        return None
    slot = false[len(before) : len(false) - len(after)]
    return re.sub(r"^(?:on|in|from|the) ", "", slot.strip(), flags=re.IGNORECASE)
