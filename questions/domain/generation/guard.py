"""The guard: whether a candidate would be a fair wrong answer, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.candidates import Option
from questions.domain.generation.cases import is_told_there
from questions.domain.generation.index import Index
from questions.domain.generation.kinds import names_kind
from questions.domain.generation.scales import in_era, told_by_year
from questions.domain.generation.telltale import is_after_its_source, tells_itself
from questions.domain.generation.text import fold, holds_tokens, holds_words, scripts
from questions.domain.generation.truth import (
    compatible,
    could_be_subject,
    own_values,
    sister_values,
)
from questions.domain.generation.unlike import unlike_figure, unlike_term
from questions.domain.generation.when import could_be_subject_then, could_be_value_then
from questions.domain.messages import gettext_noop
from questions.domain.span_pairs import spans_follow
from questions.domain.values import parse_span
from questions.domain.vetoes import is_vetoed

RULED_OUT = gettext_noop("a teacher ruled it out")
FAR = gettext_noop("its year alone rules it out")


@dataclass(frozen=True)
class Guard:
    """Turns away what would not be a fair wrong answer to a fact asked with some stems.

    `names` are what every one of the stems speaks of; `stems` their words.
    """

    index: Index
    fact: Fact
    key: Option
    names: frozenset[str]
    stems: tuple[str, ...]
    reverse: bool = False

    @cached_property
    def _own(self) -> list[str]:
        return own_values(self.index, self.fact, self.names)

    @cached_property
    def _sisters(self) -> list[str]:
        return sister_values(self.index, self.fact, self.names)

    @cached_property
    def _stem_texts(self) -> list[str]:
        return [f" {fold(stem)} " for stem in self.stems]

    @cached_property
    def _stems_without_key(self) -> list[str]:
        key = f" {fold(self.key.text)} "
        return [stem for stem in self._stem_texts if key not in stem]

    def __call__(self, option: Option) -> str:
        """Why this candidate is not fair, or nothing."""
        if is_vetoed(self.fact, option.value):
            return RULED_OUT
        return self._untrue(option) or self._alike(option) or self._plausible(option)

    def _untrue(self, option: Option) -> str:
        if self.reverse:
            if not is_told_there(self.index, self.fact, self.names, option.value):
                return gettext_noop("the deck is silent on it")
            right = could_be_subject(self.index, self.fact, self.names, option.value)
            return gettext_noop("may be right too") if right else ""
        relation = self.index.relation(self.fact)
        if any(compatible(self.index, relation, option.value, value) for value in self._own):
            return gettext_noop("a source supports it")
        if any(compatible(self.index, relation, option.value, value) for value in self._sisters):
            return gettext_noop("true of a kindred relation")
        return ""

    def _alike(self, option: Option) -> str:
        if self._named and holds_tokens(option.text, self.key.text):
            return gettext_noop("its words are the answer’s")
        if self._term and holds_words(option.text, self.key.text):
            return gettext_noop("its words are the answer’s")
        if scripts(option.text) != scripts(self.key.text):
            return gettext_noop("of another script")
        if self._asks_for_another_kind(option):
            return gettext_noop("the question asks for another kind")
        folded = f" {fold(option.text)} "
        if any(folded in stem for stem in self._stems_without_key):
            return gettext_noop("the question speaks of it")
        return ""

    def _asks_for_another_kind(self, option: Option) -> bool:
        key, index = self.key.entity, self.index
        if not key or index.entity(option.value).type == index.entity(key).type:
            return False
        return names_kind(index, key, tuple(self._stem_texts))

    @property
    def _named(self) -> bool:
        return self.reverse or self.index.kind(self.fact) is ValueKind.ENTITY

    def _only_follows(self, value: str) -> bool:
        """A term of office beside another, not a war's years beside what came of it."""
        span = parse_span(value)
        if not spans_follow(self.fact.span(), span):
            return False
        beside = self.index.overlapping(self.fact.relation, span)
        return not any(other.value == value for other in beside)

    @property
    def _term(self) -> bool:
        return not self.reverse and self.index.kind(self.fact) is ValueKind.TERM

    def _plausible(self, option: Option) -> str:
        told = tells_itself(self.index, self.fact, option.value, reverse=self.reverse)
        if told:
            return told
        if self.reverse:
            then = could_be_subject_then(self.index, option.value, self.fact)
            return "" if then else gettext_noop("not of that time")
        match self.index.kind(self.fact):
            case ValueKind.ENTITY:
                then = could_be_value_then(self.index, option.value, self.fact)
                return "" if then else gettext_noop("not of that time")
            case ValueKind.DATE if told_by_year(self.index, self.fact, option.value):
                return FAR
            case ValueKind.DATE:
                then = in_era(self.index, self.fact, option.value)
                then = then and not self._only_follows(option.value)
                then = then and not any(
                    is_after_its_source(stem, self.fact.value, option.value) for stem in self.stems
                )
                return "" if then else gettext_noop("outside the era")
            case ValueKind.NUMBER:
                return unlike_figure(self.index, self.fact, option.value)
            case _:
                return unlike_term(self.key.text, option.text)
