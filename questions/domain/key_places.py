"""Where keys stand when a bank's choices are drawn, held against chance.

Whoever looks at a hundred banks meets one whose p is below 0.01 by chance. So what comes out that
uneven is drawn again, several times as often and from other draws than the first: chance does not
come out the same way twice, a lean does and the more clearly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from questions.domain.chance import draw
from questions.domain.presentation import key_ranks, present
from questions.domain.questions import Form, Written
from questions.domain.uniformity import Fit, fit

UNLIKELY = 0.01
"""A p below this is not told before the choices were drawn again."""
TIMES = 10
"""So many times as often."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where keys stood in so many draws: for each number of options, counts by place.

    `fit` holds them against uniform draws among the places open to each key; `batch` one draw of
    each question against all places alike, as whoever takes every question once meets them; where
    several did, it is the middle one of theirs. `first` is what came out before all was drawn
    again, if it was.
    """

    draws: int
    counts: dict[int, list[int]]
    fit: Fit
    batch: Fit
    first: Places | None = None

    @property
    def is_unlikely(self) -> bool:
        return min(self.fit.p, self.batch.p) < UNLIKELY


class _Tally:
    """Counts by place beside what uniform draws would come to, by number of options; and those of
    each taking of the bank."""

    def __init__(self) -> None:
        self.observed: dict[int, list[int]] = {}
        self.expected: dict[int, list[float]] = {}
        self.takings: dict[int, dict[int, list[int]]] = {}

    def add(
        self, options: int, place: int, possible: Sequence[int] | None, taking: int | None
    ) -> None:
        self.observed.setdefault(options, [0] * options)[place] += 1
        hoped = self.expected.setdefault(options, [0.0] * options)
        places = possible or range(options)
        for at in places:
            hoped[at] += 1 / len(places)
        if taking is not None:
            counts = self.takings.setdefault(taking, {})
            counts.setdefault(options, [0] * options)[place] += 1

    def places(self) -> Places:
        sizes = sorted(self.observed)
        found = fit([self.observed[n] for n in sizes], [self.expected[n] for n in sizes])
        counts = {n: self.observed[n] for n in sizes}
        takings = sorted(map(_even_fit, self.takings.values()), key=lambda each: each.p)
        batch = takings[len(takings) // 2] if takings else fit([], [])
        return Places(sum(map(sum, counts.values())), counts, found, batch)


@dataclass(eq=False)
class KeyPlaces:
    """Choices of one kind: those whose options are shuffled, or those in order of size. Each is
    drawn for `draws` memories, and for `more` others if that seems to lean."""

    draws: int
    more: int
    secret: bytes
    _once: _Tally = field(default_factory=_Tally)
    _again: _Tally = field(default_factory=_Tally)

    def look_at(self, id_: int, question: Written) -> None:
        self._draw(self._once, id_, question, range(self.draws), takings=1)

    @property
    def seems_to_lean(self) -> bool:
        return self._once.places().is_unlikely

    def look_again(self, id_: int, question: Written) -> None:
        memories = range(self.draws, self.draws + self.more)
        self._draw(self._again, id_, question, memories, takings=TIMES)

    def places(self) -> Places:
        once, again = self._once.places(), self._again.places()
        if not again.draws:
            return once
        return Places(again.draws, again.counts, again.fit, again.batch, once)

    def _draw(
        self, tally: _Tally, id_: int, question: Written, memories: Sequence[int], takings: int
    ) -> None:
        content = question.content
        possible = key_ranks(content) if content.get("sorted") else None
        for at, memory in enumerate(memories):
            chance = draw(self.secret, "present", memory, id_)
            shown = present(Form.CHOICE, question.stem, content, chance)
            taking = at if at < takings else None
            tally.add(len(shown.options), shown.key[0], possible, taking)


def _even_fit(counts: Mapping[int, Sequence[int]]) -> Fit:
    """Against all places alike."""
    return fit(list(counts.values()), [[sum(row) / len(row)] * len(row) for row in counts.values()])
