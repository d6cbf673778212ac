"""What a typed answer is compared with, as kept in a question's content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Kind = Literal["name", "date", "number", "term", "text"]


@dataclass(frozen=True, slots=True)
class OtherValue:
    """What another source says (`source` as a learner should read it); `aside` if the deck has put
    it aside for the value that is expected."""

    value: str
    source: str = ""
    aside: bool = False

    def to_json(self) -> list[str | bool]:
        return [self.value, self.source, *([True] if self.aside else [])]


@dataclass(frozen=True, slots=True)
class Expected:
    """What one blank accepts.

    value: a deck file's EDTF or number, an entity's name, a term, or free text
    entity: the entity's key where kind is "name"
    accept: further values that are right too: aliases of a term, every source’s value
    others: values of sources that the stem does not ask about: partial, naming the source
    names: where a name of something is asked for, its further names: partial, for they are true
    unit: key or name of the unit; None for a bare number
    exact: whether every figure counts, or three are enough; None leaves it to the value's look
    rounding: the place the source rounded to, such as "1000"; None reads it off the value
    era: first and last year of the subject, for two-digit years
    about: whether the stem says "about", so that a rounded figure is right
    subjects: keys of the entities that the stem speaks of, whose names may stand beside a date or
        figure, and in brackets behind a term
    harmless: words of the stem that may be repeated after a number ("killed", "missing"), and
        sources that it asks by, in several words each; or the term that it starts from, in
        brackets behind a name
    rivals: figures of other facts that would round to this one, and so are not more exact, or that
        are near to one of which not every figure counts
    """

    kind: Kind
    value: str
    entity: str | None = None
    accept: tuple[str, ...] = ()
    others: tuple[OtherValue, ...] = ()
    names: tuple[str, ...] = ()
    unit: str | None = None
    exact: bool | None = None
    rounding: str | None = None
    era: tuple[int, int] | None = None
    about: bool = False
    subjects: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the defaults; `from_json` reads it back to an equal object."""
        plain = {one.name: getattr(self, one.name) for one in fields(self)}
        plain["others"] = [other.to_json() for other in self.others]
        for name in ("accept", "names", "subjects", "harmless", "rivals"):
            plain[name] = list(plain[name])
        plain["era"] = list(self.era) if self.era else None
        return {key: value for key, value in plain.items() if value not in (None, [], False)} | (
            {"exact": False} if self.exact is False else {}
        )

    @property
    def harmless_words(self) -> Iterator[str]:
        return (word for word in self.harmless if " " not in word)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Expected:
        era = data.get("era")
        return cls(
            kind=data["kind"],
            value=data["value"],
            entity=data.get("entity"),
            accept=tuple(data.get("accept", ())),
            others=tuple(OtherValue(*other) for other in data.get("others", ())),
            names=tuple(data.get("names", ())),
            unit=data.get("unit"),
            exact=data.get("exact"),
            rounding=data.get("rounding"),
            era=(era[0], era[1]) if era else None,
            about=data.get("about", False),
            subjects=tuple(data.get("subjects", ())),
            harmless=tuple(data.get("harmless", ())),
            rivals=tuple(data.get("rivals", ())),
        )
