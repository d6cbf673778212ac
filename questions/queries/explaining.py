"""What a wrong answer is, in true statements of the deck: what the deck says of it in the relation
asked, in sister relations, or of its part in the matter asked, else in a relation that introduces
it, else of what it has to do with other things or when it was. A date is told as what happened
then, a figure as what else it counts. What the deck keeps but does not ask is told too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from questions.domain.facts import Status, ValueKind, Vocabulary
from questions.domain.grading import Expected
from questions.domain.grading.as_value import typed_value
from questions.domain.grading.fold import clean
from questions.domain.grading.names import meant_by
from questions.domain.presentation import Presented
from questions.domain.questions import Direction, Form
from questions.models import Deck, Entity, Fact, Question
from questions.models.facts import FactQuerySet
from questions.queries.facts import contradicts, vocabulary_for
from questions.queries.names import name_index
from questions.queries.statements import say_facts

MOST_SENTENCES = 2
MOST_FACTS = 40
_TELLING = (ValueKind.ENTITY, ValueKind.DATE)
_COARSE = re.compile(r"\d{4}(?:-(?:0\d|1[0-2]))?", re.ASCII)
"""A year or a month."""
LONGEST = 220
"""Letters; a longer sentence is no short explanation."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question answered and marked down; `fact` is the one it asks, if it asks only one."""

    question: Question
    presented: Presented
    given: Mapping[str, Sequence[str]]
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A true sentence about what was answered, and the fact that it tells."""

    sentence: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class _Mistake:
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


def explanations(deck: Deck, answers: Sequence[Answered]) -> list[list[Explained]]:
    """For each answer at most two sentences. Eight queries at most, however many answers; the
    deck's names are read if one was typed and they are not at hand."""
    vocabulary = vocabulary_for(deck)
    mistakes = [_mistake(deck, each, vocabulary) for each in answers]
    chosen = _chosen(deck, [each for each in mistakes if each], vocabulary)
    chosen = _undisputed(deck, chosen, vocabulary)
    said = say_facts([fact for facts in chosen.values() for fact in facts])
    return [_told(mistake, chosen, said) if mistake else [] for mistake in mistakes]


def _told(
    mistake: _Mistake, chosen: Mapping[int, list[Fact]], said: Mapping[int, str]
) -> list[Explained]:
    """Of an entity a second sentence is told only if it bears on the matter asked."""
    told = [Explained(said[fact.pk], fact) for fact in chosen.get(id(mistake), [])]
    short = [each for each in told if len(each.sentence) <= LONGEST]
    if mistake.entity:
        short = short[:1] + [each for each in short[1:] if mistake.bears_on(each.fact)]
    return short[:MOST_SENTENCES]


# --- what was meant ---------------------------------------------------------------


def _mistake(deck: Deck, answered: Answered, vocabulary: Vocabulary) -> _Mistake | None:
    match answered.presented.form:
        case Form.CHOICE:
            return _wrong_option(deck, answered, vocabulary)
        case Form.TYPED | Form.CLOZE:
            expected = answered.question.content["expected"]
            text = next(iter(answered.given.get("text", ())), "")
            if expected["kind"] == "name" and text:
                return _named(deck, answered, text, expected.get("entity") or "")
            if answered.fact and (value := typed_value(Expected.from_json(expected), text)):
                return _Mistake(answered, value=value)
    return None


def _wrong_option(deck: Deck, answered: Answered, vocabulary: Vocabulary) -> _Mistake | None:
    shown, content = answered.presented, answered.question.content
    chosen = [shown.options[int(index)] for index in answered.given.get("option", ())]
    wrong = [option for option in content["distractors"] if option["text"] in chosen]
    if not wrong:
        return None
    option, fact = wrong[0], answered.fact
    if option["entity"]:
        return _Mistake(answered, entity=option["entity"])
    if fact and _kind(fact, vocabulary) in (ValueKind.DATE, ValueKind.NUMBER, ValueKind.TERM):
        return _Mistake(answered, value=option["value"])
    return _named(deck, answered, option["text"])


def _named(deck: Deck, answered: Answered, text: str, right: str = "") -> _Mistake | None:
    """The one entity that bears this name."""
    found = [named.key for named in meant_by(clean(text), name_index(deck))]
    return _Mistake(answered, entity=found[0]) if len(found) == 1 and found[0] != right else None


def _kind(fact: Fact, vocabulary: Vocabulary) -> ValueKind | None:
    relation = vocabulary.relations.get(fact.relation)
    return relation.value if relation else None


# --- which facts tell of it -------------------------------------------------------


def _chosen(
    deck: Deck, mistakes: Sequence[_Mistake], vocabulary: Vocabulary
) -> dict[int, list[Fact]]:
    """By the mistake's id: the facts to tell, the best first; more than will be told."""
    keys = {each.entity for each in mistakes} - {""}
    entities = dict(Entity.objects.filter(deck=deck, key__in=keys).values_list("key", "pk"))
    facts = _of_entities(deck, mistakes, entities.values(), vocabulary)
    figures = _of_values(deck, mistakes, vocabulary)
    found = {}
    for each in mistakes:
        entity = entities.get(each.entity)
        if entity:
            found[id(each)] = _about_entity(each, entity, facts, vocabulary)
        elif each.value:
            found[id(each)] = _about_value(each, figures, vocabulary)
    return found


def _kindred(fact: Fact | None, vocabulary: Vocabulary) -> set[str]:
    """The sisters of its relation, whichever of the two says so."""
    if fact is None:
        return set()
    own = vocabulary.relations.get(fact.relation)
    naming = {key for key, each in vocabulary.relations.items() if fact.relation in each.sisters}
    return naming | set(own.sisters if own else ())


def _of_entities(
    deck: Deck, mistakes: Sequence[_Mistake], pks: Collection[int], vocabulary: Vocabulary
) -> list[Fact]:
    """Facts between what was answered and what was asked about, then those of what was answered
    in the relations asked and their sisters, and those that introduce it."""
    if not pks:
        return []
    asked = [each.answered.fact for each in mistakes if each.answered.fact]
    relations = {fact.relation for fact in asked}
    relations |= {key for fact in asked for key in _kindred(fact, vocabulary)}
    facts = _tellable(deck, vocabulary).order_by("position", "pk")
    both = {*pks, *(each.asked for each in mistakes if each.asked)}
    linked = facts.filter(about__in=both, value_entity__in=both)
    alike = facts.filter(Q(about__in=pks) | Q(value_entity__in=pks), relation__in=relations)
    introducing = [key for key, each in vocabulary.relations.items() if each.introduces]
    alike |= facts.filter(about__in=pks, relation__in=introducing)
    telling = [key for key, each in vocabulary.relations.items() if each.value in _TELLING]
    others = facts.filter(Q(about__in=pks) | Q(value_entity__in=pks), relation__in=telling)
    most = MOST_FACTS * len(pks)
    found = (*linked[:most], *alike[:most], *others[:most])
    return list({fact.pk: fact for fact in found}.values())


def _of_values(deck: Deck, mistakes: Sequence[_Mistake], vocabulary: Vocabulary) -> list[Fact]:
    values = {each.value for each in mistakes} - {""}
    if not values:
        return []
    asked = [each.answered.fact for each in mistakes if each.value and each.answered.fact]
    kinds = {_kind(fact, vocabulary) for fact in asked}
    relations = [key for key, each in vocabulary.relations.items() if each.value in kinds]
    within = Q(value__in=[*values, *(f"~{value}" for value in values)])
    for value in filter(_COARSE.fullmatch, values):
        within |= Q(value__startswith=f"{value}-")
    rows = _tellable(deck, vocabulary).filter(within, relation__in=relations)
    return list(rows.order_by("position", "pk")[: MOST_FACTS * len(values)])


def _tellable(deck: Deck, vocabulary: Vocabulary) -> FactQuerySet:
    """Facts that stand without doubt and have words of their own. What was worked out from sources
    is as true as they are."""
    said = [
        key
        for key, relation in vocabulary.relations.items()
        if relation.state and relation.value is not ValueKind.TEXT
    ]
    return (
        Fact.objects.live()
        .filter(Q(status=[]) | Q(status=[Status.DERIVED.value]), deck=deck, relation__in=said)
        .select_related("about", "value_entity", "deck")
    )


def _about_entity(
    mistake: _Mistake, entity: int, facts: Iterable[Fact], vocabulary: Vocabulary
) -> list[Fact]:
    """In the relation asked, in a sister, of its part in what was asked about, what introduces it,
    or anything: in this order, and of each first what tells of what was asked about, and what the
    deck asks."""
    asked = mistake.answered.fact
    sisters = _kindred(asked, vocabulary)

    def place(fact: Fact) -> int:
        if asked and fact.relation == asked.relation:
            return 0
        if fact.relation in sisters:
            return 1
        if mistake.bears_on(fact):
            return 2
        introduces = vocabulary.relations[fact.relation].introduces and fact.about_id == entity
        return 3 if introduces else 4 + (fact.about_id != entity)

    def order(fact: Fact) -> tuple[int, bool, bool, int]:
        return place(fact), not mistake.bears_on(fact), _is_put_aside(fact), fact.position

    own = [fact for fact in facts if entity in (fact.about_id, fact.value_entity_id)]
    return sorted(own, key=order)


def _is_put_aside(fact: Fact) -> bool:
    return fact.rank == Fact.Rank.DEPRECATED


def _about_value(mistake: _Mistake, figures: Iterable[Fact], vocabulary: Vocabulary) -> list[Fact]:
    """What else was then, or is as many of the same: a bare number is nothing by itself."""
    asked = mistake.answered.fact
    assert asked
    kind = _kind(asked, vocabulary)
    close = {asked.relation, *_kindred(asked, vocabulary)}
    same = [
        fact
        for fact in figures
        if _says(fact, mistake.value)
        and fact.pk != asked.pk
        and _kind(fact, vocabulary) is kind
        and (fact.relation in close or _compare(asked, fact, vocabulary))
    ]

    def order(fact: Fact) -> tuple[bool, bool, bool, bool, int]:
        far, loose = fact.relation not in close, fact.value != mistake.value
        return fact.about_id != asked.about_id, far, loose, _is_put_aside(fact), fact.position

    return sorted(same, key=order)


def _says(fact: Fact, value: str) -> bool:
    """Also a day of that year or month."""
    coarse = _COARSE.fullmatch(value) is not None
    return fact.value.removeprefix("~") == value or (coarse and fact.value.startswith(f"{value}-"))


def _compare(asked: Fact, fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether both are dates of what happened, or count the same."""
    if _kind(asked, vocabulary) is ValueKind.DATE:
        return all(vocabulary.relations[each.relation].timeline for each in (asked, fact))
    unit = _unit(asked, vocabulary)
    return bool(unit) and _unit(fact, vocabulary) == unit


def _unit(fact: Fact, vocabulary: Vocabulary) -> str:
    return fact.unit or vocabulary.relations[fact.relation].unit


def _undisputed(
    deck: Deck, chosen: Mapping[int, list[Fact]], vocabulary: Vocabulary
) -> dict[int, list[Fact]]:
    """Without those that another fact of the deck contradicts."""
    facts = [fact for group in chosen.values() for fact in group]
    single = [fact for fact in facts if vocabulary.relations[fact.relation].single]
    rows = Fact.objects.live().filter(
        deck=deck,
        about__in={fact.about_id for fact in single},
        relation__in={fact.relation for fact in single},
    )
    rivals = list(rows.exclude(rank=Fact.Rank.DEPRECATED)) if single else []
    disputed = {
        fact.pk
        for fact in single
        for other in rivals
        if (other.about_id, other.relation) == (fact.about_id, fact.relation)
        and contradicts(fact, other, vocabulary)
    }
    return {
        key: [fact for fact in group if fact.pk not in disputed] for key, group in chosen.items()
    }
