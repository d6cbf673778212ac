"""Answers that a teacher accepted outlive the import of a file that does not have them.

A spelling stays with its entity, a term or figure with its fact, an answer with its question by
hand, unless the file says something else now: that the name is another's, or another right answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from questions.domain.facts import Alias, AuthoredForm, AuthoredQuestion, Deck, Entity, Fact
from questions.domain.facts import ValueKind as Kind
from questions.domain.grading import NameIndex
from questions.domain.grading.alike import are_alike, is_among
from questions.domain.grading.forms import as_named
from questions.domain.grading.names import bearer
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.values import BadValue, parse_quantity, parse_span


class Of(Enum):
    """What an answer was accepted for."""

    ENTITY = auto()
    FACT = auto()
    AUTHORED = auto()


@dataclass(frozen=True, slots=True)
class Accepted:
    """`key` is an entity's, a fact's uid or the id of a question by hand; `answer` what was right
    there besides, with its unit: to another answer the spelling need not fit."""

    of: Of
    key: str
    spelling: str
    loose: bool = False
    lang: str = ""
    answer: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Keeping:
    """A file's deck with what is kept beside it, each named; `dropped` says why of the rest."""

    deck: Deck
    kept: tuple[Sentence, ...] = ()
    dropped: tuple[Sentence, ...] = ()


def keeping(deck: Deck, accepted: Iterable[Accepted]) -> Keeping:
    """The deck with every accepted answer that it lacks and that contradicts nothing in it."""
    keeper = _Keeper(deck)
    for each in accepted:
        keeper.take(each)
    return keeper.done()


KEPT = gettext_noop("“%(spelling)s” for %(name)s, accepted by a teacher")
OF_ANOTHER = gettext_noop("“%(spelling)s” for %(name)s: the file has it for %(other)s")
ANOTHER_ANSWER = gettext_noop("“%(spelling)s” for %(name)s: the file gives another answer")


class _Keeper:
    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.entities = dict(deck.entities)
        self.facts = {fact.uid: fact for fact in deck.facts}
        self.authored = {question.id: question for question in deck.authored}
        self.kept: list[Sentence] = []
        self.dropped: list[Sentence] = []
        self._index: NameIndex | None = None

    def done(self) -> Keeping:
        if not self.kept:
            return Keeping(self.deck, dropped=tuple(self.dropped))
        deck = replace(
            self.deck,
            entities=self.entities,
            facts=tuple(self.facts.values()),
            authored=tuple(self.authored.values()),
        )
        return Keeping(deck, tuple(self.kept), tuple(self.dropped))

    def take(self, each: Accepted) -> None:
        match each.of:
            case Of.ENTITY if each.key in self.entities:
                self._entity(each, self.entities[each.key])
            case Of.FACT if each.key in self.facts:
                self._fact(each, self.facts[each.key])
            case Of.AUTHORED if each.key in self.authored:
                self._by_hand(each, self.authored[each.key])

    def _entity(self, each: Accepted, entity: Entity) -> None:
        same = [one for one in entity.aliases if are_alike(one.text, each.spelling)]
        known = any(each.loose or not one.loose for one in same)
        if known or are_alike(entity.name, each.spelling):
            return
        if other := bearer(each.spelling, each.key, self.index):
            self._drop(OF_ANOTHER, each, entity.name, other=other.name)
            return
        others = tuple(one for one in entity.aliases if one not in same)
        alias = Alias(each.spelling, each.loose, each.lang)
        self.entities[each.key] = replace(entity, aliases=(*others, alias))
        self._keep(each, entity.name)

    @property
    def index(self) -> NameIndex:
        if self._index is None:
            named = map(as_named, self.deck.entities.values())
            self._index = NameIndex(named, self.deck.vocabulary, self.deck.language)
        return self._index

    def _fact(self, each: Accepted, fact: Fact) -> None:
        if is_among(each.spelling, (fact.value, *fact.accept)):
            return
        relation = self.deck.relation_of(fact)
        name = f"{self.deck.entities[fact.about].name}: {relation.label}"
        if (fact.value, fact.unit) != each.answer or not _readable(relation.value, each.spelling):
            self._drop(ANOTHER_ANSWER, each, name)
        elif relation.value is Kind.TERM and (other := self._answered_so(each, fact)):
            self._drop(OF_ANOTHER, each, name, other=self.deck.entities[other.about].name)
        else:
            self.facts[fact.uid] = replace(fact, accept=(*fact.accept, each.spelling))
            self._keep(each, name)

    def _answered_so(self, each: Accepted, fact: Fact) -> Fact | None:
        sisters = self.deck.by_relation.get(fact.relation, ())
        others = (one for one in sisters if one.value != fact.value)
        return next((one for one in others if are_alike(one.value, each.spelling)), None)

    def _by_hand(self, each: Accepted, question: AuthoredQuestion) -> None:
        if question.form is AuthoredForm.TYPED and is_among(
            each.spelling, (question.key, *question.accept)
        ):
            return
        if question.form is not AuthoredForm.TYPED or question.key != each.answer[0]:
            self._drop(ANOTHER_ANSWER, each, question.stem)
            return
        accept = (*question.accept, each.spelling)
        self.authored[question.id] = replace(question, accept=accept)
        self._keep(each, question.stem)

    def _keep(self, each: Accepted, name: str) -> None:
        self.kept.append(Sentence(KEPT, spelling=each.spelling, name=name))

    def _drop(self, text: str, each: Accepted, name: str, **more: str) -> None:
        self.dropped.append(Sentence(text, spelling=each.spelling, name=name, **more))


def _readable(kind: Kind, text: str) -> bool:
    try:
        if kind is Kind.DATE:
            parse_span(text)
        elif kind is Kind.NUMBER:
            parse_quantity(text)
    except BadValue:
        return False
    return True
