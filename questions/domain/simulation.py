"""A learner who does not exist, for demonstrations, benchmarks and tests.

Answers are right as often as the forgetting curve says, so that their log looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
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


# What is heard is not always what is written; each is tried in turn.
_BY_EAR = (
    ("ph", "f"), ("kh", "h"), ("zh", "j"), ("ou", "u"), ("oo", "u"), ("ck", "k"), ("qu", "kw"),
    ("x", "ks"), ("c(?=[aourlt])", "k"), ("y", "i"), (r"([a-z])\1", r"\1"),
)  # fmt: skip
_DAY = re.compile(r"(\d{4})-\d\d-\d\d")


def nearly_right(expected: Mapping[str, Any]) -> str:
    """What somebody may type who knows it, and think right: a name as it sounds, of a date only the
    year. Nothing where neither differs from what is expected."""
    value = str(expected["value"])
    if expected["kind"] == "date":
        day = _DAY.fullmatch(value)
        return day[1] if day else ""
    heard = by_ear(value) if expected["kind"] == "name" else value
    return "" if heard == value else heard


def by_ear(name: str) -> str:
    for written, heard in _BY_EAR:
        name = re.sub(written, _in_case(heard), name, flags=re.IGNORECASE)
    return name


def _in_case(heard: str) -> Callable[[re.Match[str]], str]:
    def said(found: re.Match[str]) -> str:
        text = found.expand(heard)
        return text.capitalize() if found[0][0].isupper() else text

    return said


def _index(key: int, count: int, knows: bool, draw: Draw) -> int:
    return key if knows else draw.pick(count)


def _places(presented: Presented, knows: bool, draw: Draw) -> list[str]:
    order = list(presented.key) if knows else draw.shuffle(presented.key)
    return [str(order.index(index) + 1) for index in range(len(presented.options))]
