"""A stored question beside what the deck itself says in its place.

The other rules judge what a question asks; this one, whether it is what the deck asks: a bank may
be older than its deck, and a row may have been changed by hand. Options are not weighed here, only
whether each says what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.asking import Stem, wordings_for
from questions.domain.generation.authored import authored
from questions.domain.generation.candidates import Option
from questions.domain.generation.choice import choices
from questions.domain.generation.cloze import clozes
from questions.domain.generation.distractors import Pool
from questions.domain.generation.flashcard import flashcards
from questions.domain.generation.index import Index
from questions.domain.generation.lists import lists
from questions.domain.generation.matching import pairings
from questions.domain.generation.ordering import orderings
from questions.domain.generation.scales import value_text
from questions.domain.generation.steps import steps
from questions.domain.generation.true_false import true_false
from questions.domain.generation.typed import typed_any, typed_subjects, typed_values
from questions.domain.generation.wordings import (
    asked_alone,
    asked_in_one,
    asked_together,
    closed_stems,
    subject_stems,
    value_stems,
)
from questions.domain.generation.writing import Asked, Try
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import CardSpec, Direction, Form, Written

OWN_WORDS, OWN_WORDS_NUMBER = "the deck’s own words", 17
OWN_WORDS_SAYS = gettext_noop("It asks and tells what the deck says, as the deck says it.")
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)
"""What a rule raises of content that no program wrote."""
NOT_READABLE = gettext_noop("Its content cannot be read, or speaks of what the deck does not have.")
_NOT_ASKED = gettext_noop("The deck does not ask this in that form.")
_DIFFERS = gettext_noop("The deck does not say “%(said)s” here.")
_NO_SLOT = gettext_noop("It stands in a slot, “%(slot)s”, in which the deck asks nothing like it.")
_OTHERWISE = gettext_noop("What is shown or counted as right is not what the deck says.")


@dataclass(frozen=True)
class Retelling:
    """All that the deck could ask on a card, made as far as its questions need it."""

    index: Index
    card: CardSpec

    def differs(self, question: Written) -> str:
        """Why a question of the card is not the deck's, or nothing."""
        try:
            told = [made for made in self._told(question) if made.form is question.form]
        except UNREADABLE:
            return NOT_READABLE
        same = [made for made in told if _parts(question) == _parts(made)]
        if any(made.slot == question.slot for made in same):
            return ""
        return Sentence(_NO_SLOT, slot=question.slot) if same else _where(question, told)

    def _told(self, question: Written) -> Iterator[Written]:
        match self.card.direction:
            case Direction.AUTHORED:
                yield from self._by_hand()
            case Direction.VALUE:
                yield from _written(self._of_value(question))
            case Direction.SUBJECT:
                yield from _written(self._of_subject(question))
            case Direction.LIST:
                yield from self._listed
            case Direction.CHRONOLOGY:
                yield from _written(orderings(self._together(self._in_time())))
            case Direction.PAIRS:
                yield from _written(pairings(self._together(self._as_paired(question))))

    def _by_hand(self) -> Iterator[Written]:
        id_ = self.card.key.partition(":")[2]
        for question in self.index.deck.authored:
            if question.id == id_:
                made = authored(question, self.index)
                yield from (each for each in made if isinstance(each, Written))

    # One fact

    @cached_property
    def _facts(self) -> tuple[Fact, ...]:
        return tuple(self.index.by_uid[uid] for uid in self.card.facts)

    @cached_property
    def _asked(self) -> Asked:
        return asked_alone(self.index, self.card, self._facts[0])

    @cached_property
    def _open(self) -> list[Stem]:
        return value_stems(self._asked)

    def _of_value(self, question: Written) -> Iterator[Try]:
        asked = self._asked
        if question.form is Form.TYPED:
            yield from typed_any(asked, wordings_for(self.index, asked.fact))
        if asked.attribution.refused:
            return
        match question.form:
            case Form.CHOICE:
                pool = Pool(self._options(question.content["distractors"]))
                key = self._option(asked.fact.value)
                yield from choices(asked, closed_stems(asked, self._open), key, pool)
            case Form.TRUE_FALSE:
                yield from true_false(asked, list(map(self._option, question.content["values"])))
            case Form.TYPED:
                yield from typed_values(asked, self._open)
            case Form.CLOZE:
                yield from clozes(asked)
            case Form.FLASHCARD:
                yield from flashcards(asked, self._open)

    def _of_subject(self, question: Written) -> Iterator[Try]:
        asked = self._asked
        among, alone = subject_stems(asked)
        match question.form:
            case Form.CHOICE:
                pool = Pool(self._options(question.content["distractors"]))
                key = self._entity(asked.fact.about)
                yield from choices(asked, [*among, *alone], key, pool)
            case Form.TYPED:
                yield from typed_subjects(asked, alone or among)
            case Form.FLASHCARD:
                yield from flashcards(asked, alone)

    def _options(self, shown: Iterable[Mapping[str, str]]) -> list[Option]:
        return [
            self._entity(each["entity"]) if each["entity"] else self._option(each["value"])
            for each in shown
        ]

    def _option(self, value: str) -> Option:
        fact = self._asked.fact
        if self.index.kind(fact) is ValueKind.ENTITY:
            return self._entity(value)
        return Option(value_text(self.index, fact, value), value)

    def _entity(self, key: str) -> Option:
        return Option(self.index.entity(key).name, key, key)

    # Several facts

    @cached_property
    def _listed(self) -> list[Written]:
        group = self.index.deck.by_group[self._facts[0].group]
        facts = tuple(fact for fact in group if fact.uid in set(self.card.facts))
        asked = asked_in_one(self.index, self.card, facts)
        return list(_written([*lists(asked), *steps(asked)]))

    def _together(self, facts: Iterable[Fact]) -> Asked:
        return asked_together(self.index, self.card, tuple(facts))

    def _in_time(self) -> list[Fact]:
        return sorted(self._facts, key=lambda fact: (fact.span().high, fact.uid))

    def _as_paired(self, question: Written) -> list[Fact]:
        """In the order shown, the spare last: it follows from no fact."""
        places = {left: at for at, (left, _) in enumerate(question.content["pairs"])}
        names = {fact.uid: self.index.entity(fact.about).name for fact in self._facts}
        return sorted(self._facts, key=lambda fact: places.get(names[fact.uid], len(places)))


def _written(tries: Iterable[Try]) -> Iterator[Written]:
    for made, _ in tries:
        yield made


def _parts(question: Written) -> tuple[Any, ...]:
    return question.stem, question.content, question.statement, question.explanation


def _where(question: Written, told: list[Written]) -> str:
    """By the first part that differs from all that the deck says."""
    if not told:
        return _NOT_ASKED
    beside = [made for made in told if made.stem == question.stem]
    if not beside:
        return Sentence(_DIFFERS, said=question.stem)
    for mine, others in (
        (question.statement, {made.statement for made in beside}),
        (question.explanation, {made.explanation for made in beside}),
    ):
        if mine and mine not in others:
            return Sentence(_DIFFERS, said=mine)
    return _OTHERWISE
