"""A learner who does not exist, for demonstrations, benchmarks and tests.

Answers are right as often as the forgetting curve says, so that their log looks like one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questions.domain.chance import Draw
from questions.domain.presentation import Presented
from questions.domain.questions import Form

Given = dict[str, list[str]]

# What is typed by somebody who does not know: no name, no date and no number of any deck.
BLANK = "no idea"


def simulated_answer(
    presented: Presented,
    content: Mapping[str, Any],
    *,
    knows: bool,
    draw: Draw,
    errors: Sequence[str] = (),
) -> Given:
    """What the page would send back; sometimes right where `knows` is false and there is a
    choice, as with people who guess. `errors` are wrong answers that somebody may type."""
    match presented.form:
        case Form.CHOICE:
            return {"option": [str(_index(presented.key[0], len(presented.options), knows, draw))]}
        case Form.TRUE_FALSE:
            return {"option": [str(_index(presented.key[0], 2, knows, draw))]}
        case Form.ORDERING:
            return {"place": _places(presented, knows, draw)}
        case Form.MATCHING:
            options = range(len(presented.options))
            pairs = presented.key if knows else draw.shuffle(options)[: len(presented.key)]
            return {"pair": [str(index) for index in pairs]}
        case Form.FLASHCARD:
            return {"text": [""], "rating": [str(3 if knows else 1)]}
        case Form.LIST:
            values = [str(each["value"]) for each in content["expected"]]
            return {"text": values if knows else [*values[:1], BLANK]}
        case _:
            wrong = draw.choose(errors) if errors else BLANK
            return {"text": [str(content["expected"]["value"]) if knows else wrong]}


def _index(key: int, count: int, knows: bool, draw: Draw) -> int:
    return key if knows else draw.pick(count)


def _places(presented: Presented, knows: bool, draw: Draw) -> list[str]:
    order = list(presented.key) if knows else draw.shuffle(presented.key)
    return [str(order.index(index) + 1) for index in range(len(presented.options))]
