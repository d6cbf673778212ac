"""Grade a list: hits less extras, each wanted value once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from questions.domain.grading import reasons, words
from questions.domain.grading.expected import Expected
from questions.domain.grading.fillers import is_no_answer
from questions.domain.grading.fold import MAX_ANSWER, clean, fold
from questions.domain.grading.index import NameIndex
from questions.domain.grading.result import Grade, Half, Verdict, ask_again, by_score, right, wrong
from questions.domain.grading.typed import grade_typed

_JOINTS = (
    re.compile(
        r"[\n;；|①-⑳]|(?:(?<=\s)|^)[-–—*•·‣◦]\s|[•·‣◦]"
        r"|(?:(?<=\s)|^)\(?(?:\d{1,2}[.)]|[a-h]\)|(?-i:i{1,3}|iv)[.)])\s",
        re.IGNORECASE,
    ),
    re.compile(r"\s*[,，、—]\s*(?:(?:and|und|et|y|e|и)\s+)?|\s+[/–-]\s+"),
    re.compile(
        r"\s*[&+/]\s*|\s+(?:and\s+then|and|und|et|y|и|with|or|vs\.?|versus|as\s+well\s+as|along\s+with|"
        r"together\s+with|plus|then|sowie)\s+",
        re.IGNORECASE,
    ),
)
_COUNTED = re.compile(r"(?:(?<=\s)|^)\d{1,2}\s+(?=[^\W\d])")
_LEADING = re.compile(
    r"^(?:(?:and\s+)?(?:both|also|then|finally|lastly|last|next|first(?:ly)?|second(?:ly)?|"
    r"third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?|along with|together with|as well as|plus|"
    r"the (?:two|three|four|five|six|others?) (?:are|were|is))\s+)+",
    re.IGNORECASE,
)
_AND_SO_ON = frozenset("etc etcetera andsoon andsoforth andothers andmore usw more others".split())
_UNNAMED = frozenset("others other another more else".split())
_UNNAMED_YET = wrong(reasons.NOTHING)
_WEAKEST = len(_JOINTS) - 1
_OF_ONE_DATE = (reasons.DAY_OR_MONTH, reasons.NO_SUCH_DATE)
_MOST_PIECES = 120
_MOST_JOINED = 3
_MOST_WORDS = 12
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


_State = tuple[list[Grade], list[str], list[str], Grade | None]
_EDGES = " \t\r.,;:-–•*"


def _worth(state: _State) -> float:
    return sum(grade.score for grade in state[0]) - len(state[1])


def _is_right(grades: list[tuple[Grade, int]]) -> bool:
    return any(grade.verdict is Verdict.RIGHT for grade, _ in grades)


def _says_nothing(piece: str) -> bool:
    """A blank, "etc." or "I don't know" in a list is a value left out and none too many."""
    tokens = fold(clean(piece))
    joined = "".join(tokens)
    if not joined or joined in _AND_SO_ON or is_no_answer(piece):
        return True
    return len(tokens) <= 3 and tokens[-1] in _UNNAMED


def _cut(piece: str, depth: int, again: list[Grade]) -> tuple[int, list[tuple[int, int]]]:
    """Where the strongest joints stand, and how strong they are."""
    if depth == 0 and len(cuts := [match.span() for match in _COUNTED.finditer(piece)]) > 1:
        return 0, cuts if piece.startswith("1 ") else []
    for level in range(depth, len(_JOINTS)):
        if level == _WEAKEST and any(grade.reason in _OF_ONE_DATE for grade in again):
            break  # the strokes of 4/5/1945 are no joints
        cuts = [joint.span() for joint in _JOINTS[level].finditer(piece)]
        if cuts:
            return level, cuts
    return _WEAKEST, []


class _Tally:
    """What was found so far of what is wanted."""

    def __init__(self, expected: Sequence[Expected], names: NameIndex) -> None:
        self._expected = expected
        self._names = names
        self._best = [_UNNAMED_YET] * len(expected)
        self._extra: list[str] = []
        self._unclear: Grade | None = None
        self._shown: list[str] = []
        self._pieces = 0

    def take(self, text: str, depth: int) -> None:
        """A piece is taken whole or in parts, whichever earns more."""
        piece = _LEADING.sub("", text.strip(_EDGES)).strip(_EDGES)
        if _says_nothing(piece) or self._pieces >= _MOST_PIECES:
            return
        grades = self._grades(piece)
        again = [grade for grade, _ in grades if grade.verdict is Verdict.ASK_AGAIN]
        level, cuts = _cut(piece, depth, again)
        if cuts:
            self._take_better(piece, cuts, level, grades)
        elif not self._credit(grades) and not self._take_words(piece):
            self._reject(piece, again)

    def _reject(self, piece: str, again: list[Grade]) -> None:
        if again:
            self._unclear = self._unclear or again[0]
        elif words.NEGATIONS.isdisjoint(fold(clean(piece))[:1]):  # "not Marlow" is none too many
            self._extra.append(piece[:80])

    def _take_better(
        self, piece: str, cuts: list[tuple[int, int]], level: int, grades: list[tuple[Grade, int]]
    ) -> None:
        """The whole, for names that hold a joint themselves, unless the parts earn more."""
        before = self._state()
        whole = self._state() if self._credit(grades) else None
        self._restore(before)
        self._take_all(piece, cuts, level)
        if whole is not None and (self._unclear or _worth(whole) >= _worth(self._state())):
            self._restore(whole)

    def _state(self) -> _State:
        return list(self._best), list(self._extra), list(self._shown), self._unclear

    def _restore(self, state: _State) -> None:
        best, extra, shown, self._unclear = state
        self._best, self._extra, self._shown = list(best), list(extra), list(shown)

    def _take_words(self, piece: str) -> bool:
        """Blanks part values only if every word is one."""
        said = piece.split()
        if not 1 < len(said) <= _MOST_WORDS:
            return False
        grades = [self._grades(word) for word in said]
        if not all(_is_right(graded) for graded in grades):
            return False
        for graded in grades:
            self._credit(graded)
        return True

    def _take_all(self, piece: str, cuts: list[tuple[int, int]], level: int) -> None:
        """Each part; where a name holds a joint itself, the longest row of parts that it spells."""
        starts = [0, *(end for _, end in cuts)]
        ends = [*(start for start, _ in cuts), len(piece)]
        first = 0
        while first < len(starts):
            last = self._longest_row(piece, starts, ends, first)
            if last == first + 1:
                following = piece[starts[last] : ends[last]] if last < len(starts) else ""
                self.take(self._named_whole(piece[starts[first] : ends[first]], following), level)
            first = last

    def _named_whole(self, part: str, following: str) -> str:
        """ "Anna and Otto Marlow" says the family name once for both."""
        said = following.split()
        if len(part.split()) != 1 or len(said) < 2:
            return part
        whole = f"{part.strip()} {said[-1]}"
        return whole if _is_right(self._grades(whole)) else part

    def _longest_row(self, piece: str, starts: list[int], ends: list[int], first: int) -> int:
        """Where the row of parts ends that spells one value; it is credited if longer than one."""
        last = min(len(starts), first + _MOST_JOINED)
        if last > first + 1 and _is_right(self._grades(piece[starts[first] : ends[first]])):
            return first + 1
        while last > first + 1:
            joined = self._grades(piece[starts[first] : ends[last - 1]])
            if (first, last) != (0, len(starts)) and self._credit(joined):
                return last
            last -= 1
        return last

    def _grades(self, piece: str) -> list[tuple[Grade, int]]:
        self._pieces += 1
        return [
            (grade_typed(one, piece, self._names), slot) for slot, one in enumerate(self._expected)
        ]

    def _credit(self, grades: list[tuple[Grade, int]]) -> bool:
        """Credit the wanted value that a piece fits best; one already named is no extra."""
        credited = [
            (grade.score, -self._best[slot].score, slot, grade)
            for grade, slot in grades
            if grade.credited
        ]
        if not credited:
            return False
        _, _, slot, grade = max(credited, key=lambda one: one[:2])
        self._best[slot] = max(self._best[slot], grade, key=lambda one: one.score)
        if grade.shown:
            self._shown.append(grade.shown)
        return True

    def grade(self) -> Grade:
        if self._unclear is not None:
            return self._unclear
        wanted, extras = len(self._expected), len(self._extra)
        halves = tuple(self._halves())
        found = sum(grade.verdict is Verdict.RIGHT for grade in self._best)
        if not self._pieces:
            return Grade(Verdict.WRONG, 0.0, reasons.NOTHING, missing=tuple(self._missing()))
        shown = ", ".join(self._shown) or None
        score = max(0.0, sum(grade.score for grade in self._best) - extras) / wanted
        if score >= 1:
            return right(reasons.MISSPELT if shown else reasons.RIGHT, shown)
        return Grade(
            by_score(score), score, reasons.hits(found, wanted, extras, len(halves)), shown,
            missing=tuple(self._missing()), extra=tuple(self._extra), halves=halves,
        )  # fmt: skip

    def _missing(self) -> Iterator[str]:
        for grade, one in zip(self._best, self._expected, strict=True):
            if not grade.credited:
                yield one.value

    def _halves(self) -> Iterator[Half]:
        for grade, one in zip(self._best, self._expected, strict=True):
            if grade.verdict is Verdict.PARTIAL:
                yield Half(one.value, grade.reason)
