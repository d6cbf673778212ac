"""Points of the compass: "S", "southwards" and "to the south" say where "south" is."""

from __future__ import annotations

import re

from questions.domain.grading import reasons
from questions.domain.grading.fillers import without_fillers
from questions.domain.grading.fold import fold
from questions.domain.grading.result import Grade, right, wrong

COMPASS = {
    "n": "north", "s": "south", "e": "east", "w": "west", "ne": "northeast", "nw": "northwest",
    "se": "southeast", "sw": "southwest",
}  # fmt: skip
_POINTS = frozenset(COMPASS.values())
_LEADING = frozenset("to the toward towards due in a it lies lie lay located situated".split())
_ENDING = re.compile(r"(?:wards?|ern|erly)?(?:direction)?$")


def grade_direction(value: str, text: str) -> Grade | None:
    """None unless one point of the compass is expected and one is said, and nothing else."""
    key = "".join(fold(value))
    said = _point_of(without_fillers(text)) if key in _POINTS else None
    if said is None:
        return None
    return right(reasons.RIGHT) if said == key else wrong(reasons.WRONG)


def _point_of(text: str) -> str | None:
    tokens = [token for token in fold(text) if token not in _LEADING]
    said = _ENDING.sub("", "".join(tokens), count=1)
    return COMPASS.get(said, said if said in _POINTS else None)
