"""The names of a deck, prepared once so that each answer is looked up and not searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property

from rapidfuzz.distance import OSA

from questions.domain.facts import Vocabulary
from questions.domain.grading.class_nouns import ClassNouns
from questions.domain.grading.fold import Tokens, clean, compact, fold
from questions.domain.grading.forms import Named, without_articles
from questions.domain.grading.neighbours import Neighbours
from questions.domain.grading.targets import Target, prepare
from questions.domain.grading.units import Units

_KEPT_TARGETS = 20_000
_SHORT = 5


class NameIndex:
    """All names of a deck. Built once; safe to read from many threads.

    `vocabulary` gives the class nouns and titles of entity types, and the units; `language` is
    that of the deck.
    """

    def __init__(
        self,
        entities: Iterable[Named],
        vocabulary: Vocabulary | None = None,
        language: str = "en",
    ) -> None:
        self.in_english = re.split("[-_]", language.lower())[0] == "en"
        self.vocabulary = vocabulary or Vocabulary()
        self.nouns = ClassNouns(self.vocabulary)
        self.units = Units(self.vocabulary.units)
        self._named: list[Named] = list(entities)
        self._number = {named.key: number for number, named in enumerate(self._named)}
        self._exact: dict[str, int | tuple[int, ...]] = {}
        self._cores: dict[str, int | tuple[int, ...]] = {}
        self._surnames: dict[str, int | tuple[int, ...]] = {}
        self._given: dict[str, int | tuple[int, ...]] = {}
        self._beginnings: dict[str, int | tuple[int, ...]] = {}
        self._targets: dict[str, Target] = {}
        self._to_mistake: set[str] = set()
        self._short: set[str] = set()
        for number, named in enumerate(self._named):
            self._enter(number, prepare(named, self.nouns))

    def with_more_names(self, named: Named) -> NameIndex:
        """As if an entity of the index bore more names, `named` having the old ones too. In
        milliseconds: names of others are not prepared again."""
        found = copy(self)
        found._named, found._targets = list(self._named), {}
        for table in ("_exact", "_cores", "_surnames", "_given", "_beginnings", "_initialled"):
            setattr(found, table, dict(getattr(self, table)))
        found._to_mistake, found._short = set(self._to_mistake), set(self._short)
        number = self._number[named.key]
        found._named[number] = named
        found._enter(number, prepare(named, self.nouns))
        _enter_initialled(found._initialled, number, named)
        found.__dict__.pop("_of_four", None)
        found._neighbours = self._neighbours.with_(found._to_mistake - self._to_mistake)
        found._whole_names = self._whole_names.with_(found._exact.keys() - self._exact.keys())
        return found

    def __len__(self) -> int:
        return len(self._named)

    def __contains__(self, key: str) -> bool:
        return key in self._number

    @property
    def titles(self) -> frozenset[str]:
        return self.nouns.titles

    def of_one_kind(self, one: str, two: str) -> bool:
        """Whether entities of these types may answer one question."""
        return self.nouns.of_one_kind(one, two)

    def named(self, key: str) -> Named:
        return self._named[self._number[key]]

    def target(self, key: str) -> Target:
        found = self._targets.get(key)
        if found is None:
            if len(self._targets) >= _KEPT_TARGETS:
                self._targets.clear()
            found = self._targets[key] = prepare(self.named(key), self.nouns)
        return found

    def find(self, tokens: Tokens) -> tuple[Named, ...]:
        """Entities one of whose names is exactly this, in whatever order the name's words are."""
        found = self._of(self._exact, compact(tokens))
        if not found and len(tokens) > 1:
            found = self._of(self._exact, " ".join(sorted(tokens)))
        return found

    def with_core(self, spelt: str) -> tuple[Named, ...]:
        """Entities whose name without class nouns is this."""
        return self._of(self._cores, spelt)

    def with_surname(self, spelt: str) -> tuple[Named, ...]:
        return self._of(self._surnames, spelt)

    def with_given_name(self, token: str) -> tuple[Named, ...]:
        return self._of(self._given, token)

    def shortened(self, tokens: Tokens) -> tuple[Named, ...]:
        """Entities of whose names' first word these have but the first letter."""
        return self._of(self._initialled, " ".join(tokens))

    @cached_property
    def _initialled(self) -> dict[str, int | tuple[int, ...]]:
        """Made at the first such answer."""
        found: dict[str, int | tuple[int, ...]] = {}
        for number, named in enumerate(self._named):
            _enter_initialled(found, number, named)
        return found

    def beginning_like(self, text: str) -> tuple[Named, ...]:
        """Persons with a name in Chinese characters whose first sounds as that of a text."""
        return self._of(self._beginnings, compact(fold(text[:1])))

    def has_word(self, token: str) -> bool:
        """Whether a name of the deck holds this word of up to five letters."""
        return token in self._short

    @cached_property
    def _neighbours(self) -> Neighbours:
        """Made at the first slip; two threads may make it twice, to the same end."""
        return Neighbours(self._to_mistake)

    def rivals(self, spelt: str, within: int) -> Iterable[Named]:
        """Entities with a name at most so many edits away."""
        for near in self._neighbours.near(spelt, within):
            for table in (self._exact, self._cores, self._surnames):
                yield from self._of(table, near)

    def short_rivals(self, spelt: str) -> Iterable[Named]:
        """The same with a name of four letters, which no other is a slip for."""
        for name in self._of_four:
            if OSA.distance(spelt, name, score_cutoff=1) <= 1:
                for table in (self._exact, self._cores, self._surnames):
                    yield from self._of(table, name)

    @cached_property
    def _of_four(self) -> list[str]:
        return [name for name in self._to_mistake if len(name) == 4]

    @cached_property
    def _whole_names(self) -> Neighbours:
        return Neighbours(self._exact)

    def spelt_like(self, spelt: str, within: int) -> Iterable[Named]:
        """The same by whole names alone, be the slip in a class noun."""
        for near in self._whole_names.near(spelt, within):
            yield from self._of(self._exact, near)

    def _of(self, table: Mapping[str, int | tuple[int, ...]], key: str) -> tuple[Named, ...]:
        found = table.get(key)
        if found is None:
            return ()
        if isinstance(found, int):
            return (self._named[found],)
        return tuple([self._named[number] for number in found])

    def _enter(self, number: int, target: Target) -> None:
        for form in (*target.forms, *target.loose):
            _add(self._exact, form.compact, number)
            self._short.update([token for token in form.tokens if len(token) <= _SHORT])
            if target.person and len(form.tokens) > 1:
                _add(self._exact, " ".join(sorted(form.tokens)), number)
            if not target.cores:
                self._to_mistake.add(form.compact)
        for core in target.cores:
            _add(self._cores, core, number)
            self._to_mistake.add(core)
        for surname, _ in target.surnames:
            _add(self._surnames, compact(surname), number)
            self._to_mistake.add(compact(surname))
        for token in target.given:
            _add(self._given, token, number)
        for name in target.han if target.person else ():
            _add(self._beginnings, compact(fold(name[:1])), number)


def _enter_initialled(table: dict[str, int | tuple[int, ...]], number: int, named: Named) -> None:
    for text in (named.name, *named.aliases, *named.loose):
        first, *rest = without_articles(fold(clean(text))) or ("",)
        if rest:
            _add(table, " ".join((first[0], *rest)), number)


def _add(table: dict[str, int | tuple[int, ...]], key: str, number: int) -> None:
    """Most names belong to one entity: a bare int then, which is a third of a tuple's size. In the
    order of the deck, whenever they are entered."""
    held = table.get(key)
    if held is None:
        table[key] = number
    elif isinstance(held, int):
        if held != number:
            table[key] = (min(held, number), max(held, number))
    elif number not in held:
        table[key] = tuple(sorted((*held, number)))
