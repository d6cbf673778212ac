"""Whether what is stored of a deck and its bank can be read and belongs together.

The rules of `generation.refusals` take for granted that it does: a value that is no date, a fact
about nobody or a card filed under another fact would stop them, or mislead whoever studies.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

from questions.domain.facts import Deck, Entity, Fact, Source, ValueKind
from questions.domain.generation.cards import list_key, of_facts
from questions.domain.generation.index import Index
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import CardSpec, Direction, Written
from questions.domain.values import BadValue, parse_quantity, parse_span

SOUND, SOUND_NUMBER = "sound rows", 18
SOUND_SAYS = gettext_noop("What is stored can be read and belongs together.")

_NO_TEXT = gettext_noop("Its %(field)s is no text.")
_NO_TEXTS = gettext_noop("One of its lists holds what is no text.")
_EMPTY = gettext_noop("Its %(field)s is empty.")
_NO_RELATION = gettext_noop("The deck has no relation “%(key)s”.")
_NOBODY = gettext_noop("It speaks of “%(key)s”, which the deck does not have.")
_NO_QUALIFIER = gettext_noop("Its relation has no “%(key)s”.")
_BAD_VALUE = gettext_noop("“%(value)s” is no value of its relation.")
_NO_UNIT = gettext_noop("The deck has no unit “%(key)s”.")
_NO_SOURCE = gettext_noop("No source says it: it has lost its passages.")
_NO_TIME = gettext_noop("“%(value)s” is no time in which something was.")
_TWICE = gettext_noop("Another has the same name to be known by.")
_OTHER_FACT = gettext_noop(
    "Its card is filed under another fact than the one it asks, or under none."
)
_OTHER_FACTS = gettext_noop("Its card rests on other facts than its key says.")
_OTHER_SIBLINGS = gettext_noop("Its card is kept apart from other cards than those of its fact.")
_OTHER_TOPIC = gettext_noop("Its card stands under another topic than the deck has it.")
_NO_SHARE = gettext_noop("Its difficulty, %(share)s, is no share from 0 to 1.")
_NO_VERSION = gettext_noop("Its version is no number from 1.")
_BY_NOBODY = gettext_noop("It is marked as approved, but no teacher approved it.")


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` says which row it is."""

    what: str
    why: str


def sound(deck: Deck) -> tuple[Deck, list[Fault]]:
    """The deck without what cannot be read, and what is wrong with that or with what is left."""
    found: list[Fault] = []
    for key, source in deck.sources.items():
        if why := _why_no_texts(source, ("key", "title"), ()):
            found.append(Fault(key, why))
    entities = dict(_entities(deck, found))
    found += _belonging_nowhere(entities)
    left = replace(deck, entities=entities)
    facts = tuple(_facts(left, found))
    if len(entities) == len(deck.entities) and len(facts) == len(deck.facts):
        return deck, found
    return replace(left, facts=facts), found


def _entities(deck: Deck, found: list[Fault]) -> Iterator[tuple[str, Entity]]:
    for key, entity in deck.entities.items():
        if why := _why_no_entity(entity):
            found.append(Fault(f"{key}", why))
        else:
            yield key, entity


def _belonging_nowhere(entities: Mapping[str, Entity]) -> Iterator[Fault]:
    for key, entity in entities.items():
        for other in (entity.part_of, entity.side):
            if other and other not in entities:
                yield Fault(key, Sentence(_NOBODY, key=other))


def _why_no_entity(entity: Entity) -> str:
    texts = (*entity.titles, *(alias.text for alias in entity.aliases))
    if why := _why_no_texts(entity, ("key", "type", "name"), texts):
        return why
    if entity.active and not _is_span(entity.active):
        return Sentence(_NO_TIME, value=entity.active)
    return ""


def _facts(deck: Deck, found: list[Fault]) -> Iterator[Fact]:
    seen: set[str] = set()
    for fact in deck.facts:
        why = _why_no_fact(deck, fact) or (_TWICE if fact.uid in seen else "")
        if why:
            found.append(Fault(_said(fact), why))
            continue
        seen.add(fact.uid)
        if not fact.passages:
            found.append(Fault(_said(fact), _NO_SOURCE))
        yield fact


def _said(fact: Fact) -> str:
    return f"{fact.about} {fact.relation} {fact.value}"


def _why_no_fact(deck: Deck, fact: Fact) -> str:
    texts = (*fact.points, *fact.accept, *(text for pair in fact.qualifiers for text in pair))
    if why := _why_no_texts(fact, ("uid", "about", "relation", "value"), texts):
        return why
    relation = deck.vocabulary.relations.get(fact.relation)
    if relation is None:
        return Sentence(_NO_RELATION, key=fact.relation)
    if fact.about not in deck.entities:
        return Sentence(_NOBODY, key=fact.about)
    for name, value in fact.qualifiers:
        if name not in relation.qualifiers:
            return Sentence(_NO_QUALIFIER, key=name)
        if relation.qualifiers[name] in deck.vocabulary.types and value not in deck.entities:
            return Sentence(_NOBODY, key=value)
    if relation.unit == "any" and fact.unit and fact.unit not in deck.vocabulary.units:
        return Sentence(_NO_UNIT, key=fact.unit)
    return _why_no_value(deck, relation.value, fact)


def _why_no_value(deck: Deck, kind: ValueKind, fact: Fact) -> str:
    if kind is ValueKind.ENTITY:
        return "" if fact.value in deck.entities else Sentence(_NOBODY, key=fact.value)
    if kind is ValueKind.DATE or kind is ValueKind.NUMBER:
        reads = _is_span if kind is ValueKind.DATE else _is_quantity
        for value in (fact.value, *fact.accept):
            if not reads(value):
                return Sentence(_BAD_VALUE, value=value)
    return ""


def _is_span(text: str) -> bool:
    try:
        parse_span(text)
    except BadValue:
        return False
    return True


def _is_quantity(text: str) -> bool:
    try:
        parse_quantity(text)
    except BadValue:
        return False
    return True


def _why_no_texts(
    row: Entity | Fact | Source, needed: tuple[str, ...], more: tuple[object, ...]
) -> str:
    for name in _TEXTS[type(row)]:
        if not isinstance(value := getattr(row, name), str):
            return Sentence(_NO_TEXT, field=name)
        if not value and name in needed:
            return Sentence(_EMPTY, field=name)
    if not all(isinstance(text, str) for text in more):
        return _NO_TEXTS
    return ""


_TEXTS = {
    kind: tuple(each.name for each in fields(kind) if each.type == "str")
    for kind in (Entity, Fact, Source)
}


# Cards and questions


def card_fault(index: Index, card: CardSpec, fact: str) -> str:
    """Why a card does not stand where the writer puts it, or nothing; `fact` is the uid of the one
    that it is filed under."""
    match card.direction:
        case Direction.VALUE | Direction.SUBJECT:
            return _alone(index, card, fact)
        case Direction.AUTHORED:
            return _by_hand(index, card, fact)
        case _:
            return _of_several(index, card, fact)


def _alone(index: Index, card: CardSpec, fact: str) -> str:
    uid = card.key.removeprefix("fact:").removesuffix(f":{card.direction.value}")
    if card.key != f"fact:{uid}:{card.direction.value}" or card.facts != (uid,):
        return _OTHER_FACTS
    if fact != uid:
        return _OTHER_FACT
    if card.siblings != uid:
        return _OTHER_SIBLINGS
    said = index.by_uid.get(uid)
    return _OTHER_TOPIC if said and index.deck.topic_of(said) != card.topic else ""


def _by_hand(index: Index, card: CardSpec, fact: str) -> str:
    if card.facts or fact:
        return _OTHER_FACT
    if card.siblings != card.key:
        return _OTHER_SIBLINGS
    topic = _topics_by_hand(index).get(card.key, card.topic)
    return _OTHER_TOPIC if topic != card.topic else ""


def _topics_by_hand(index: Index) -> Mapping[str, str]:
    found: Mapping[str, str] | None = index.kept.get(_topics_by_hand)
    if found is None:
        found = {f"authored:{one.id}": one.topic for one in index.deck.authored}
        index.kept[_topics_by_hand] = found
    return found


def _of_several(index: Index, card: CardSpec, fact: str) -> str:
    if fact:
        return _OTHER_FACT
    if card.siblings != card.key:
        return _OTHER_SIBLINGS
    facts = [index.by_uid[uid] for uid in card.facts if uid in index.by_uid]
    if not facts or not card.key.startswith(_begins(card, facts[0])):
        return _OTHER_FACTS
    return "" if of_facts(card, index, facts).topic == card.topic else _OTHER_TOPIC


def _begins(card: CardSpec, fact: Fact) -> str:
    match card.direction:
        case Direction.LIST:
            return list_key(fact.group)
        case Direction.CHRONOLOGY:
            return f"order:{fact.relation}:"
        case _:
            return f"pairs:{fact.relation}:"


def question_fault(question: Written, version: object, *, by_nobody: bool) -> str:
    """Why a question's marks cannot be so, or nothing; `by_nobody`, whether no teacher's approval
    is recorded."""
    share = question.difficulty
    if share is not None and not (_is_number(share) and 0 <= share <= 1):
        return Sentence(_NO_SHARE, share=str(share))
    if not isinstance(version, int) or version < 1:
        return _NO_VERSION
    return _BY_NOBODY if question.approved and by_nobody else ""


def _is_number(share: object) -> bool:
    return isinstance(share, (int, float)) and math.isfinite(share)
