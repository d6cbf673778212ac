"""What a wrong answer is, in true statements of the deck: what the deck says of it in the relation
asked, in sister relations, or of its part in the matter asked, else in a relation that introduces
it, else of what it has to do with other things or when it was. A date is told as what happened
then, a figure as what else it counts; else as what the deck has nearest to it, or that no fact has
it. What the deck keeps but does not ask is told too, what sources disagree on as the word of one of
them, and what is uncertain, for want of better, as that."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from itertools import chain
from operator import or_

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext

from questions.domain import facts as domain
from questions.domain.facts import Status, ValueKind, Vocabulary, measure_of
from questions.domain.questions import Form
from questions.models import Deck, Entity, Fact
from questions.models.facts import FactQuerySet
from questions.queries.facts import contradicts, vocabulary_for
from questions.queries.mistakes import (
    Answered,
    Mistake,
    is_same_matter,
    kind_of,
    kindred,
    mistake_in,
    unit_of,
)
from questions.queries.near_dates import near_dates
from questions.queries.near_figures import near_figures
from questions.queries.statements import say_facts

MOST_SENTENCES = 2
MOST_FACTS = 40
_TELLING = (ValueKind.ENTITY, ValueKind.DATE)
_COARSE = re.compile(r"\d{4}(?:-(?:0\d|1[0-2]))?", re.ASCII)
"""A year or a month."""
LONGEST = 220
"""Letters; a longer sentence is no short explanation."""
_SOURCES = "supports__passage__source"
_UNCERTAIN = Status.UNCERTAIN.value
_SURE: Sequence[list[str]] = ([], [Status.DERIVED.value])
"""What was worked out from sources is as true as they are."""
_TELLABLE = (*_SURE, *([*each, _UNCERTAIN] for each in _SURE), [_UNCERTAIN, *_SURE[1]])


class How(StrEnum):
    """What a sentence is to the answer that it explains: of just that, said with doubt, of a date
    or figure close to it, or that the deck has nothing on it."""

    SAID = "said"
    UNCERTAIN = "uncertain"
    NEAR_DATE = "near date"
    NEAR_FIGURE = "near figure"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Explained:
    """A true sentence about what was answered, and the fact that it tells, if it tells one."""

    sentence: str
    fact: Fact | None
    how: How = How.SAID


def explanations(deck: Deck, answers: Sequence[Answered]) -> list[list[Explained]]:
    """For each answer at most two sentences, one if it was right. Fifteen queries at most, however
    many answers; the deck's names are read if one was typed and they are not at hand."""
    vocabulary = vocabulary_for(deck)
    mistakes = [mistake_in(deck, each, vocabulary) for each in answers]
    made = [each for each in mistakes if each]
    chosen = _chosen(deck, made, vocabulary)
    without = [each for each in made if not chosen.get(id(each))]
    near = _near(deck, without, vocabulary)
    beside = [fact for _, fact in near.values()]
    facts = list({fact.pk: fact for fact in (*chain(*chosen.values()), *beside)}.values())
    whose = _whose_word(deck, facts, vocabulary)
    said = say_facts([fact for fact in facts if fact.pk in whose], whose)
    told = {id(each): _told(each, chosen, near, said) for each in made}
    told |= _nowhere(deck, [each for each in without if not told[id(each)]], vocabulary)
    return [told[id(each)] if each else [] for each in mistakes]


def _told(
    mistake: Mistake,
    chosen: Mapping[int, list[Fact]],
    near: Mapping[int, tuple[How, Fact]],
    said: Mapping[int, str],
) -> list[Explained]:
    """Of an entity a second sentence is told only if it bears on the matter asked; of a date or
    figure one of each thing that happened then, or is as many."""
    facts = [fact for fact in chosen.get(id(mistake), []) if fact.pk in said]
    told = [
        Explained(said[fact.pk], fact, How.UNCERTAIN if _is_uncertain(fact) else How.SAID)
        for fact in facts
        if len(said[fact.pk]) <= LONGEST
    ]
    told = [each for each in told if each.how is told[0].how]
    if mistake.entity:
        told = told[:1] + [one for one in told[1:] if one.fact and mistake.bears_on(one.fact)]
    else:
        told = _one_of_each(told)
    if mistake.answered.right:
        return told[:1]
    return told[:MOST_SENTENCES] or _told_near(near.get(id(mistake)), said)


def _told_near(near: tuple[How, Fact] | None, said: Mapping[int, str]) -> list[Explained]:
    if near is None or near[1].pk not in said:
        return []
    how, fact = near
    return [Explained(said[fact.pk], fact, how)]


def _one_of_each(told: Iterable[Explained]) -> list[Explained]:
    """The first of those about each thing."""
    found: dict[int, Explained] = {}
    for each in told:
        assert each.fact
        found.setdefault(each.fact.about_id, each)
    return list(found.values())


# --- which facts tell of it -------------------------------------------------------


def _chosen(
    deck: Deck, mistakes: Sequence[Mistake], vocabulary: Vocabulary
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


def _of_entities(
    deck: Deck, mistakes: Sequence[Mistake], pks: Collection[int], vocabulary: Vocabulary
) -> list[Fact]:
    """Facts between what was answered and what was asked about, then those of what was answered
    in the relations asked and their sisters, and those that introduce it."""
    if not pks:
        return []
    asked = [each.answered.fact for each in mistakes if each.answered.fact]
    relations = {fact.relation for fact in asked}
    relations |= {key for fact in asked for key in kindred(fact, vocabulary)}
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


def _of_values(deck: Deck, mistakes: Sequence[Mistake], vocabulary: Vocabulary) -> list[Fact]:
    values = {_unmarked(each.value) for each in mistakes} - {""}
    if not values:
        return []
    asked = [each.answered.fact for each in mistakes if each.value and each.answered.fact]
    kinds = {kind_of(fact, vocabulary) for fact in asked}
    relations = [key for key, each in vocabulary.relations.items() if each.value in kinds]
    rows = _tellable(deck, vocabulary).filter(_having(values), relation__in=relations)
    return list(rows.order_by("position", "pk")[: MOST_FACTS * len(values)])


def _having(values: Collection[str]) -> Q:
    """Facts with one of these unmarked values, or with a day of one of these years or months."""
    found = Q(value__in=[form for value in values for form in (value, f"~{value}", f"{value}~")])
    for value in filter(_COARSE.fullmatch, values):
        found |= Q(value__startswith=f"{value}-")
    return found


def _tellable(
    deck: Deck, vocabulary: Vocabulary, statuses: Sequence[list[str]] = _TELLABLE
) -> FactQuerySet:
    """Facts that have words of their own, in free text only if that introduces what it is about,
    and are no mere judgement."""
    said = [
        key
        for key, relation in vocabulary.relations.items()
        if relation.state and (relation.value is not ValueKind.TEXT or relation.introduces)
    ]
    either = reduce(or_, (Q(status=status) for status in statuses))
    facts = Fact.objects.live().filter(either, deck=deck, relation__in=said)
    return facts.select_related("about", "value_entity", "deck")


def _about_entity(
    mistake: Mistake, entity: int, facts: Iterable[Fact], vocabulary: Vocabulary
) -> list[Fact]:
    """In the relation asked, in a sister, of its part in what was asked about, what introduces it,
    or anything: in this order, and of each first what tells of what was asked about, and what the
    deck asks."""
    asked = mistake.answered.fact
    sisters = kindred(asked, vocabulary)

    def place(fact: Fact) -> int:
        if asked and fact.relation == asked.relation:
            return 0
        if fact.relation in sisters:
            return 1
        if mistake.bears_on(fact):
            return 2
        introduces = vocabulary.relations[fact.relation].introduces and fact.about_id == entity
        return 3 if introduces else 4 + (fact.about_id != entity)

    def order(fact: Fact) -> tuple[bool, int, bool, bool, int]:
        beside, doubted = not mistake.bears_on(fact), _is_uncertain(fact)
        return doubted, place(fact), beside, _is_put_aside(fact), fact.position

    own = [fact for fact in facts if entity in (fact.about_id, fact.value_entity_id)]
    return sorted(own, key=order)


def _is_put_aside(fact: Fact) -> bool:
    return fact.rank == Fact.Rank.DEPRECATED


def _is_uncertain(fact: Fact) -> bool:
    return _UNCERTAIN in fact.status


def _about_value(mistake: Mistake, figures: Iterable[Fact], vocabulary: Vocabulary) -> list[Fact]:
    """What else was then, or is as many of the same: a bare number is nothing by itself."""
    asked = mistake.answered.fact
    assert asked
    kind = kind_of(asked, vocabulary)
    close = {asked.relation, *kindred(asked, vocabulary)}
    same = [
        fact
        for fact in figures
        if _holds(mistake.value, fact.value)
        and not is_same_matter(asked, fact)
        and kind_of(fact, vocabulary) is kind
        and (fact.relation in close or _compare(asked, fact, vocabulary))
    ]

    def order(fact: Fact) -> tuple[bool, ...] | tuple[int, ...]:
        far, loose = fact.relation not in close, fact.value != mistake.value
        untimely = far and not vocabulary.relations[fact.relation].timeline
        other, doubted = fact.about_id != asked.about_id, _is_uncertain(fact)
        return doubted, other, untimely, far, loose, _is_put_aside(fact), fact.position

    return sorted(same, key=order)


def _holds(value: str, said: str) -> bool:
    """Whether what is said is that value, or a day of that year or month."""
    value = _unmarked(value)
    coarse = _COARSE.fullmatch(value) is not None
    return _unmarked(said) == value or (coarse and said.startswith(f"{value}-"))


def _unmarked(value: str) -> str:
    """A figure without its "about", which stands before it, or a date, behind which it stands."""
    return value.removeprefix("~").removesuffix("~")


def _compare(asked: Fact, fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether both are dates, or count the same."""
    if kind_of(asked, vocabulary) is ValueKind.DATE:
        return True
    measure = _measure(asked, vocabulary)
    return bool(measure[0]) and _measure(fact, vocabulary) == measure


def _measure(fact: Fact, vocabulary: Vocabulary) -> tuple[str, Decimal]:
    return measure_of(unit_of(fact, vocabulary), vocabulary.units)


# --- if none does -----------------------------------------------------------------


def _near(
    deck: Deck, mistakes: Sequence[Mistake], vocabulary: Vocabulary
) -> dict[int, tuple[How, Fact]]:
    sure = _tellable(deck, vocabulary, _SURE)
    dates = near_dates(sure, mistakes, vocabulary)
    figures = near_figures(sure, mistakes, vocabulary)
    found = {key: (How.NEAR_DATE, fact) for key, fact in dates.items()}
    return found | {key: (How.NEAR_FIGURE, fact) for key, fact in figures.items()}


def _nowhere(
    deck: Deck, mistakes: Sequence[Mistake], vocabulary: Vocabulary
) -> dict[int, list[Explained]]:
    """Of offered dates and figures those that no fact has, which is what there is to tell."""
    kinds = {id(each): kind for each in mistakes if (kind := _offered_kind(each, vocabulary))}
    made = [each for each in mistakes if id(each) in kinds]
    if not made:
        return {}
    facts = Fact.objects.live().filter(_having({_unmarked(each.value) for each in made}), deck=deck)
    values = facts.order_by().values_list("value", flat=True).distinct()
    known = {_unmarked(value) for value in values}
    return {
        id(each): [Explained(_has_none(kinds[id(each)]), None, How.NOWHERE)]
        for each in made
        if not any(_holds(each.value, value) for value in known)
    }


def _offered_kind(mistake: Mistake, vocabulary: Vocabulary) -> ValueKind | None:
    asked = mistake.answered.fact
    if not asked or not mistake.value or mistake.answered.presented.form is not Form.CHOICE:
        return None
    kind = kind_of(asked, vocabulary)
    return kind if kind in (ValueKind.DATE, ValueKind.NUMBER) else None


def _has_none(kind: ValueKind) -> str:
    if kind is ValueKind.DATE:
        return gettext("No fact of this deck has this date.")
    return gettext("No fact of this deck has this figure.")


# --- on whose word ----------------------------------------------------------------


def _whose_word(
    deck: Deck, facts: Sequence[Fact], vocabulary: Vocabulary
) -> dict[int, domain.Source | None]:
    """By the fact's pk whom to name as saying so, where another fact contradicts it. Left out is
    what was put aside for that, and what no source says that does not say otherwise too, unless it
    is told as uncertain anyway."""
    against = _contradicted(deck, facts, vocabulary)
    disputed = [fact for fact in facts if fact.pk in against]
    prefetch_related_objects(disputed, _SOURCES)
    found: dict[int, domain.Source | None] = {fact.pk: None for fact in facts}
    for fact in disputed:
        found[fact.pk] = _source_of(fact, against[fact.pk])
        tellable = found[fact.pk] or _is_uncertain(fact)
        if _is_put_aside(fact) or not tellable:
            del found[fact.pk]
    return found


def _source_of(fact: Fact, against: Iterable[Fact]) -> domain.Source | None:
    taken = {source.named for other in against for source in _sources(other)}
    return next((source for source in _sources(fact) if source.named not in taken), None)


def _sources(fact: Fact) -> list[domain.Source]:
    rows = [support.passage.source for support in fact.supports.all()]
    return [domain.Source(row.key, row.title, author=row.author, cite=row.cite) for row in rows]


def _contradicted(
    deck: Deck, facts: Sequence[Fact], vocabulary: Vocabulary
) -> dict[int, list[Fact]]:
    """By the fact's pk those that contradict it."""
    single = [fact for fact in facts if vocabulary.relations[fact.relation].single]
    if not single:
        return {}
    rows = Fact.objects.live().filter(
        deck=deck,
        about__in={fact.about_id for fact in single},
        relation__in={fact.relation for fact in single},
    )
    rivals: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for row in rows.exclude(rank=Fact.Rank.DEPRECATED).prefetch_related(_SOURCES):
        rivals[row.about_id, row.relation].append(row)
    found = {
        fact.pk: [
            other
            for other in rivals[fact.about_id, fact.relation]
            if contradicts(fact, other, vocabulary)
        ]
        for fact in single
    }
    return {pk: others for pk, others in found.items() if others}
