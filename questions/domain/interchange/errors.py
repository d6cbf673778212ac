"""What is wrong with a file: every mistake with its line, all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

FEW = 12
# Looking for the likeliest spelling takes up to milliseconds; a file with more mistakes than
# this has one cause, and is not helped by more suggestions.
MOST_SUGGESTIONS = 300
LIKE_ENOUGH = 65


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

    def unknown(self, line: int, what: str, text: str, known: Collection[str]) -> None:
        """An error for a name that is none of those known, with the one that was likely meant."""
        self.add(line, f"unknown {what} “{shorten(text)}”", self._hint(what, text, known))

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
    match = process.extractOne(
        text[:100].casefold(), {key: key.casefold() for key in known}, scorer=fuzz.ratio,
        score_cutoff=LIKE_ENOUGH,
    )  # fmt: skip
    if match:
        return f"did you mean “{match[2]}”?"
    return f"known: {', '.join(sorted(known))}" if len(known) <= FEW else ""


def shorten(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
