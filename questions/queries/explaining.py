"""What a wrong answer is, in true statements of the deck: what the deck says of it in the relation
asked, in sister relations, or of its part in the matter asked, else in a relation that introduces
it. Nothing, rather than something that is beside the point."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from questions.domain.facts import Status, ValueKind, Vocabulary
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
    """For each answer at most two sentences. Seven queries at most, however many answers; the
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
    most = MOST_FACTS * len(pks)
    return list({fact.pk: fact for fact in (*linked[:most], *alike[:most])}.values())


def _of_values(deck: Deck, mistakes: Sequence[_Mistake], vocabulary: Vocabulary) -> list[Fact]:
    values = {each.value for each in mistakes} - {""}
    if not values:
        return []
    asked = [each.answered.fact for each in mistakes if each.value and each.answered.fact]
    kinds = {_kind(fact, vocabulary) for fact in asked}
    relations = [key for key, each in vocabulary.relations.items() if each.value in kinds]
    rows = _tellable(deck, vocabulary).filter(value__in=values, relation__in=relations)
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
        .exclude(rank=Fact.Rank.DEPRECATED)
        .select_related("about", "value_entity", "deck")
    )


def _about_entity(
    mistake: _Mistake, entity: int, facts: Iterable[Fact], vocabulary: Vocabulary
) -> list[Fact]:
    """In the relation asked, in a sister, of its part in what was asked about, or what introduces
    it: in this order, and of each first what tells of what was asked about."""
    asked = mistake.answered.fact
    sisters = _kindred(asked, vocabulary)

    def place(fact: Fact) -> int | None:
        if asked and fact.relation == asked.relation:
            return 0
        if fact.relation in sisters:
            return 1
        if mistake.bears_on(fact):
            return 2
        introduces = vocabulary.relations[fact.relation].introduces and fact.about_id == entity
        return 3 if introduces else None

    own = [fact for fact in facts if entity in (fact.about_id, fact.value_entity_id)]
    placed = [(at, fact) for fact in own if (at := place(fact)) is not None]
    placed.sort(key=lambda each: (each[0], not mistake.bears_on(each[1]), each[1].position))
    return [fact for _, fact in placed]


def _about_value(mistake: _Mistake, figures: Iterable[Fact], vocabulary: Vocabulary) -> list[Fact]:
    """Dates tell what else was then; a figure of something else altogether tells nothing."""
    asked = mistake.answered.fact
    assert asked
    kind = _kind(asked, vocabulary)
    close = {asked.relation, *_kindred(asked, vocabulary)}
    same = [
        fact
        for fact in figures
        if fact.value == mistake.value
        and fact.pk != asked.pk
        and _kind(fact, vocabulary) is kind
        and (kind is not ValueKind.NUMBER or _unit(fact, vocabulary) == _unit(asked, vocabulary))
        and (
            fact.relation in close
            or fact.about_id == asked.about_id
            or (kind is ValueKind.DATE and _both_happened(asked, fact, vocabulary))
        )
    ]
    return sorted(same, key=lambda fact: (fact.about_id != asked.about_id, fact.position))


def _both_happened(one: Fact, two: Fact, vocabulary: Vocabulary) -> bool:
    return all(vocabulary.relations[fact.relation].timeline for fact in (one, two))


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
