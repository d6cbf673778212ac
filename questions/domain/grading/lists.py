"""Grade a list: hits less extras, each wanted value once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from questions.domain.grading import reasons
from questions.domain.grading.expected import Expected
from questions.domain.grading.fold import MAX_ANSWER, clean, fold
from questions.domain.grading.index import NameIndex
from questions.domain.grading.result import HALF, Grade, Verdict, ask_again, by_score, right, wrong
from questions.domain.grading.typed import grade_typed

_JOINTS = (
    re.compile(r"[\n;；|•·]|(?:(?<=\s)|^)\d{1,2}[.)]\s"),
    re.compile(r"\s*[,，、]\s*(?:(?:and|und|et|y|e|и)\s+)?|\s+/\s+"),
    re.compile(r"\s*[&+/]\s*|\s+(?:and|und|et|y|и|with|or)\s+", re.IGNORECASE),
)
_WEAKEST = len(_JOINTS) - 1
_OF_ONE_DATE = (reasons.DAY_OR_MONTH, reasons.NO_SUCH_DATE)
_MOST_PIECES = 60
_MOST_JOINED = 3
_LONGEST_LIST = MAX_ANSWER * 5


def grade_list(expected: Sequence[Expected], given: str | Sequence[str], names: NameIndex) -> Grade:
    """`given` is one text or the texts of several blanks; score max(0, hits - extras) / n.

    A partly right item counts half. Naming one value twice counts once. An item that must be
    asked again makes the whole list be asked again.
    """
    texts = [given] if isinstance(given, str) else list(given)
    if sum(map(len, texts)) > _LONGEST_LIST:
        return ask_again(reasons.TOO_LONG)
    tally = _Tally(expected, names)
    for text in texts:
        tally.take(text, 0)
    return tally.grade()


class _Tally:
    """What was found so far of what is wanted."""

    def __init__(self, expected: Sequence[Expected], names: NameIndex) -> None:
        self._expected = expected
        self._names = names
        self._scores = [0.0] * len(expected)
        self._extra: list[str] = []
        self._unclear: Grade | None = None
        self._shown: list[str] = []
        self._pieces = 0

    def take(self, text: str, depth: int) -> None:
        """A piece that names one wanted value is taken whole, else it is cut further."""
        piece = text.strip(" \t\r.,;:-–•*")
        if not fold(clean(piece)) or self._pieces >= _MOST_PIECES:
            return
        grades = self._grades(piece)
        if self._credit(grades):
            return
        again = [grade for grade, _ in grades if grade.verdict is Verdict.ASK_AGAIN]
        for level in range(depth, len(_JOINTS)):
            if level == _WEAKEST and any(grade.reason in _OF_ONE_DATE for grade in again):
                break  # the strokes of 4/5/1945 are no joints
            cuts = [joint.span() for joint in _JOINTS[level].finditer(piece)]
            if cuts:
                self._take_all(piece, cuts, level)
                return
        if again:
            self._unclear = self._unclear or again[0]
        else:
            self._extra.append(piece[:80])

    def _take_all(self, piece: str, cuts: list[tuple[int, int]], level: int) -> None:
        """Each part; where a name holds a joint itself, the longest row of parts that it spells."""
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(piece)]
        first = 0
        while first < len(starts):
            last = min(len(starts), first + _MOST_JOINED)
            while last > first + 1:
                joined = piece[starts[first] : ends[last - 1]]
                if (first, last) != (0, len(starts)) and self._credit(self._grades(joined)):
                    break
                last -= 1
            if last == first + 1:
                self.take(piece[starts[first] : ends[first]], level)
            first = last

    def _grades(self, piece: str) -> list[tuple[Grade, int]]:
        self._pieces += 1
        return [
            (grade_typed(one, piece, self._names), slot) for slot, one in enumerate(self._expected)
        ]

    def _credit(self, grades: list[tuple[Grade, int]]) -> bool:
        """Credit the wanted value that a piece fits best; one already named is no extra."""
        credited = [
            (grade.score, -self._scores[slot], slot, grade)
            for grade, slot in grades
            if grade.credited
        ]
        if not credited:
            return False
        score, _, slot, grade = max(credited, key=lambda one: one[:2])
        self._scores[slot] = max(self._scores[slot], score)
        if grade.shown:
            self._shown.append(grade.shown)
        return True

    def grade(self) -> Grade:
        if self._unclear is not None:
            return self._unclear
        wanted, extras = len(self._expected), len(self._extra)
        found = sum(score >= HALF for score in self._scores)
        if not found and not extras:
            return wrong(reasons.NOTHING)
        shown = ", ".join(self._shown) or None
        score = max(0.0, sum(self._scores) - extras) / wanted
        if score >= 1:
            return right(reasons.MISSPELT if shown else reasons.RIGHT, shown)
        return Grade(
            by_score(score), score, reasons.hits(found, wanted, extras), shown,
            missing=tuple(self._missing()), extra=tuple(self._extra),
        )  # fmt: skip

    def _missing(self) -> Iterator[str]:
        for score, one in zip(self._scores, self._expected, strict=True):
            if not score:
                yield one.value
