"""What was meant by an answer that is not the right one: an entity, or a value as a deck writes
it. Of a statement that was false it is what stood where the truth should, whatever was answered."""

from __future__ import annotations

import operator
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.db.models import Q

from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.text import fold
from questions.domain.grading import Expected
from questions.domain.grading.as_value import typed_value
from questions.domain.grading.fold import clean
from questions.domain.grading.names import meant_by
from questions.domain.presentation import Presented
from questions.domain.questions import Direction, Form
from questions.models import Deck, Fact, Question, Review
from questions.queries.names import name_index

_JOINTS = re.compile(r"[\n,;，、；]|\band\b|&")
_MOST_NAMES = 12
_PLAIN = (ValueKind.DATE, ValueKind.NUMBER, ValueKind.TERM)


_ALL = tuple(Form)
_EXPLAINED: Mapping[str, Collection[str]] = {
    Review.Verdict.WRONG: _ALL,
    Review.Verdict.RIGHT: (Form.TRUE_FALSE,),
    Review.Verdict.PARTIAL: (Form.LIST,),
}
"""Forms of question whose answers, so marked, may have something to explain: wrong ones, statements
seen to be false, and what was too much in a list beside what was right."""


def may_be_explained(form: str, verdict: str) -> bool:
    return form in _EXPLAINED.get(verdict, ())


def are_explained() -> Q:
    """The same of reviews."""
    forms = {verdict: [str(form) for form in of] for verdict, of in _EXPLAINED.items()}
    each = (Q(verdict=verdict, question__form__in=of) for verdict, of in forms.items())
    return reduce(operator.or_, each)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question answered of which something is to be explained; `fact` is the one it asks, if it
    asks only one."""

    question: Question
    presented: Presented
    given: Mapping[str, Sequence[str]]
    fact: Fact | None
    right: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """What was chosen or named: an entity by its key, or a value as the deck writes it."""

    answered: Answered
    entity: str = ""
    value: str = ""

    @property
    def asked(self) -> int | None:
        """What the question is about, by its entity's pk."""
        fact = self.answered.fact
        if fact is None:
            return None
        subject = self.answered.question.card.direction == Direction.SUBJECT
        return fact.value_entity_id if subject else fact.about_id

    def bears_on(self, fact: Fact) -> bool:
        """Whether a fact tells of what was asked about."""
        return self.asked is not None and self.asked in (fact.about_id, fact.value_entity_id)


def to_explain(
    question: Question,
    presented: Presented,
    given: Mapping[str, Sequence[str]],
    verdict: str,
    fact: Fact | None,
) -> Answered | None:
    """None if there is nothing to explain: answered right, or not at all. What is false in a
    statement is told to whoever saw that it is, too."""
    right = verdict == Review.Verdict.RIGHT
    if not may_be_explained(presented.form, verdict) or (right and not _is_false(presented)):
        return None
    return Answered(question, presented, given, fact, right=right)


def _is_false(presented: Presented) -> bool:
    return presented.key[0] == 1


def mistake_in(deck: Deck, answered: Answered, vocabulary: Vocabulary) -> Mistake | None:
    match answered.presented.form:
        case Form.CHOICE:
            return _wrong_option(deck, answered, vocabulary)
        case Form.TRUE_FALSE:
            return _put_in(answered, vocabulary)
        case Form.TYPED | Form.CLOZE:
            return _typed(deck, answered)
        case Form.LIST:
            return _too_much(deck, answered)
    return None


def _wrong_option(deck: Deck, answered: Answered, vocabulary: Vocabulary) -> Mistake | None:
    shown, content = answered.presented, answered.question.content
    chosen = [shown.options[int(index)] for index in answered.given.get("option", ())]
    wrong = [option for option in content["distractors"] if option["text"] in chosen]
    if not wrong:
        return None
    option, fact = wrong[0], answered.fact
    if option["entity"]:
        return Mistake(answered, entity=option["entity"])
    if fact and kind_of(fact, vocabulary) in _PLAIN:
        return Mistake(answered, value=option["value"])
    return _named(deck, answered, option["text"])


def _put_in(answered: Answered, vocabulary: Vocabulary) -> Mistake | None:
    """What a false statement has in the value's place."""
    content, fact = answered.question.content, answered.fact
    values = dict(zip(content["false"], content.get("values", ()), strict=False))
    value = values.get(answered.presented.options[0])
    if fact is None or not value:
        return None
    if kind_of(fact, vocabulary) is ValueKind.ENTITY:
        return Mistake(answered, entity=value)
    return Mistake(answered, value=value)


def _typed(deck: Deck, answered: Answered) -> Mistake | None:
    expected = answered.question.content["expected"]
    text = next(iter(answered.given.get("text", ())), "")
    if expected["kind"] in ("name", "term") and text:
        named = _named(deck, answered, text, expected.get("entity") or "")
        if named or expected["kind"] == "name":
            return named
    value = text.strip() if expected["kind"] == "term" else ""
    value = value or typed_value(Expected.from_json(expected), text)
    return Mistake(answered, value=value) if answered.fact and value else None


def _too_much(deck: Deck, answered: Answered) -> Mistake | None:
    """The first that was named and does not belong."""
    wanted = {each.get("entity") for each in answered.question.content["expected"]}
    texts = [part for text in answered.given.get("text", ()) for part in _JOINTS.split(text)]
    named = (_named(deck, answered, text) for text in texts[:_MOST_NAMES] if text.strip())
    return next((each for each in named if each and each.entity not in wanted), None)


def _named(deck: Deck, answered: Answered, text: str, right: str = "") -> Mistake | None:
    """The one entity that bears this name; of several, the one that is called so first of all."""
    found = meant_by(clean(text), name_index(deck))
    if len(found) > 1:
        found = tuple(named for named in found if fold(named.name) == fold(text))
    if len(found) != 1 or found[0].key == right:
        return None
    return Mistake(answered, entity=found[0].key)


def kind_of(fact: Fact, vocabulary: Vocabulary) -> ValueKind | None:
    relation = vocabulary.relations.get(fact.relation)
    return relation.value if relation else None


def kindred(fact: Fact | None, vocabulary: Vocabulary) -> set[str]:
    """The sisters of its relation, whichever of the two says so."""
    if fact is None:
        return set()
    own = vocabulary.relations.get(fact.relation)
    naming = {key for key, each in vocabulary.relations.items() if fact.relation in each.sisters}
    return naming | set(own.sisters if own else ())


def unit_of(fact: Fact, vocabulary: Vocabulary) -> str:
    return fact.unit or vocabulary.relations[fact.relation].unit


def is_same_matter(asked: Fact, fact: Fact) -> bool:
    """Whether it says the same, or what another source says of it: that is told by itself."""
    matter = (asked.about_id, asked.relation, asked.qualifiers)
    return matter == (fact.about_id, fact.relation, fact.qualifiers)
