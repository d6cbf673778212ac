"""What every form needs to write or refuse its questions of one card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from questions.domain.facts import Fact
from questions.domain.generation.asking import Attribution, Stem
from questions.domain.generation.drafting import doubt_about, why_draft
from questions.domain.generation.index import Index
from questions.domain.generation.likeness import Observed
from questions.domain.questions import CardSpec, Direction, Form, Refused, State, Written

Try = tuple[Written, frozenset[str]]
"""A question that has yet to pass the rules, and the slots of the relation it speaks of."""

Standing = Mapping[str, Sequence[Written]]
"""By card, the choices that stand and are fair: what they offer need not be looked for again."""

_NO_QUALIFIERS = frozenset({"about", "value", "unit", "count", "values"})


@dataclass(frozen=True)
class Given:
    """What is known of the bank as it stands. `searched` are the facts, by uid, and ways of
    asking them for which wrong answers have had to be looked for, noted as they are written."""

    observed: Observed = field(default_factory=dict)
    standing: Standing = field(default_factory=dict)
    searched: set[tuple[str, Direction]] = field(default_factory=set)


@dataclass(frozen=True)
class Asked:
    """One card about to be asked. `stems` are its wordings where they are the same for several
    forms; `statement` is the truth shown after the answer."""

    index: Index
    card: CardSpec
    facts: tuple[Fact, ...]
    statement: str
    attribution: Attribution = field(default_factory=Attribution)
    explanation: str = ""
    given: Given = field(default_factory=Given)

    @property
    def fact(self) -> Fact:
        return self.facts[0]

    @cached_property
    def _doubt(self) -> str:
        return doubt_about(self.facts)

    def written(self, slot: str, form: Form, stem: str, content: Mapping[str, Any]) -> Written:
        return Written(
            self.card.key,
            slot,
            form,
            stem,
            content,
            self.statement,
            self.explanation,
            State.DRAFT if self._doubt else State.ACTIVE,
            why_draft(self.facts),
            self._doubt,
        )

    def refused(self, form: Form, rule: str, reason: str, stem: str = "") -> Refused:
        return Refused(self.card.key, self.card.direction, self.fact.uid, form, rule, reason, stem)


def shared_names(stems: list[Stem]) -> frozenset[str]:
    """What every stem speaks of: a wrong answer must be wrong for each of them."""
    return frozenset.intersection(*(stem.names for stem in stems)) if stems else frozenset()


def fullest(stems: list[Stem]) -> list[Stem]:
    """Those that speak of most: the others are only for where these give the answer away."""
    most = max((fullness(stem.names) for stem in stems), default=0)
    return [stem for stem in stems if fullness(stem.names) == most]


def fullness(names: frozenset[str]) -> int:
    """Of how many qualifiers a wording speaks."""
    return len(names - _NO_QUALIFIERS)
