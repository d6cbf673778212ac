"""What a question's form shows of each control, with what was given kept on an ask-again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.translation import gettext

from questions.domain.presentation import Presented

Given = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    value: int
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an ordering or a matching: a text and its select."""

    text: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Controls:
    """Holds nothing of the key: only what `Presented.asked` may show. `chosen` is the value of
    the option chosen, empty for none."""

    form: str
    stem: str
    before: str
    after: str
    options: list[Choice]
    texts: list[str]
    rows: list[Row]
    chosen: str = ""
    wanted: str = ""

    @classmethod
    def of(cls, presented: Presented, given: Given | None = None) -> Controls:
        given = given or {}
        return cls(
            presented.form,
            presented.stem,
            presented.before,
            presented.after,
            _options(presented.options, given.get("option", ())),
            _texts(max(presented.blanks, 1), given.get("text", ())),
            _rows(presented, given),
            next(iter(given.get("option", ())), ""),
            gettext(presented.wanted) if presented.wanted else "",
        )


def _options(texts: Sequence[str], chosen: Sequence[str]) -> list[Choice]:
    return [Choice(at, text, str(at) in chosen) for at, text in enumerate(texts)]


def _texts(blanks: int, given: Sequence[str]) -> list[str]:
    return [text for _, text in zip_longest(range(blanks), given[:blanks], fillvalue="")]


def _rows(presented: Presented, given: Given) -> list[Row]:
    if presented.form == "ordering":
        places = [str(place) for place in range(1, len(presented.options) + 1)]
        return _row_choices(presented.options, places, 1, given.get("place", ()))
    if presented.form == "matching":
        return _row_choices(presented.prompts, presented.options, 0, given.get("pair", ()))
    return []


def _row_choices(
    rows: Sequence[str], texts: Sequence[str], first: int, given: Sequence[str]
) -> list[Row]:
    chosen = [*given, *[""] * len(rows)]
    return [
        Row(
            row,
            [
                Choice(at, text, str(at) == chosen[number])
                for at, text in enumerate(texts, start=first)
            ],
        )
        for number, row in enumerate(rows)
    ]
