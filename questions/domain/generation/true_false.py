"""True or false: the true statement, and up to three that differ from it in the value alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from questions.domain.generation.asking import statements
from questions.domain.generation.distractors import Option
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
        content = {"true": true.text, "false": false}
        yield asked.written("true_false", Form.TRUE_FALSE, STEM, content), true.names
