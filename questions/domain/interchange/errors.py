"""What is wrong with a file: every mistake with its line, all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Prefix

FEW = 12
# Looking for the likeliest spelling takes up to milliseconds; a file with more mistakes than
# this has one cause, and is not helped by more suggestions.
MOST_SUGGESTIONS = 300
LIKE_ENOUGH = 65
BEGUN_ALIKE = 20
"""What a whole word that begins alike adds to that."""


@dataclass(frozen=True, slots=True, order=True)
class DeckError:
    """`line` counts from 1; `hint` says what would be right, as far as that is known."""

    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class DeckErrors(Exception):
    """All that is wrong with one file, in the order of its lines."""

    def __init__(self, errors: Sequence[DeckError], name: str) -> None:
        super().__init__(errors, name)
        self.errors = tuple(sorted(set(errors)))
        self.name = name

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self, most: int = 50) -> Iterator[str]:
        """`deck.yaml:12: message; hint`, at most so many and then how many more there are."""
        for error in self.errors[:most]:
            yield f"{self.name}:{error.line}: {error}"
        if len(self.errors) > most:
            yield f"{self.name}: and {len(self.errors) - most} errors more"


class Problems:
    """Collects errors while a file is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[DeckError] = []
        self._suggested: dict[tuple[str, str], str] = {}

    def add(self, line: int, message: str, hint: str = "") -> None:
        self.found.append(DeckError(line, message, hint))

    def unknown(
        self, line: int, what: str, text: str, known: Collection[str], more: str = ""
    ) -> None:
        """An error for a name that is none of those known, with the one that was likely meant."""
        hint = "; ".join(filter(None, (self._hint(what, text, known), more)))
        self.add(line, f"unknown {what} “{shorten(text)}”", hint)

    def raise_if_any(self) -> None:
        if self.found:
            raise DeckErrors(self.found, self.name)

    def _hint(self, what: str, text: str, known: Collection[str]) -> str:
        if (what, text) not in self._suggested:
            if len(self._suggested) >= MOST_SUGGESTIONS:
                return ""
            self._suggested[what, text] = suggestion(text, known)
        return self._suggested[what, text]


def suggestion(text: str, known: Collection[str]) -> str:
    """'did you mean “fought”?', or the names known if they are few, or nothing."""
    if not known:
        return "none is defined"
    wanted = text[:100].casefold()
    likely = process.extract(
        wanted, {key: key.casefold() for key in known}, scorer=fuzz.ratio, limit=FEW,
        score_cutoff=LIKE_ENOUGH - BEGUN_ALIKE,
    )  # fmt: skip
    best = max(((_likeness(wanted, near, score), key) for near, score, key in likely), default=None)
    if best and best[0] >= LIKE_ENOUGH:
        return f"did you mean “{best[1]}”?"
    return f"known: {', '.join(sorted(known))}" if len(known) <= FEW else ""


def _likeness(wanted: str, known: str, ratio: float) -> float:
    """Who writes “defined” has forgotten the end of “definition”, not the start of “finished”."""
    alike: float = Prefix.similarity(wanted, known) / max(len(wanted), 1)
    return ratio + BEGUN_ALIKE * alike


def shorten(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
