"""What a deck says to no effect, or leaves unsaid to its cost: told beside an import, refusing
nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questions.domain.facts import Deck, Group, Relation, ValueKind
from questions.domain.interchange.mixing import mixed_lists
from questions.domain.interchange.naming import MOST_NAMED, named, some
from questions.domain.interchange.phrasing import ill_phrased, unused_orders
from questions.domain.interchange.rivals import descriptions, timeless
from questions.domain.messages import Sentence, gettext_noop

_RECALLED = (ValueKind.ENTITY, ValueKind.TERM)


def advice(deck: Deck, most: int | None = MOST_NAMED) -> Iterator[Sentence]:
    """Sentences for the deck's author, none about a mistake that would mislead a learner. Each
    names at most so many of what it tells of, and counts the rest."""
    yield from _orders(deck.own.relations.values())
    yield from unused_orders(deck)
    yield from _wordings(deck, most)
    yield from _lists(deck)
    yield from _never_typed(deck, most)
    yield from _open_lists(deck, most)
    yield from mixed_lists(deck, most)
    yield from timeless(deck, most)
    yield from descriptions(deck, most)
    yield from _unused(deck, most)
    for text, names in ill_phrased(deck):
        if names:
            yield Sentence(text, names=some(list(dict.fromkeys(names)), most))


def _orders(relations: Iterable[Relation]) -> Iterator[Sentence]:
    for relation in relations:
        if not relation.order or relation.value is ValueKind.DATE or relation.orders_values:
            continue
        if relation.value in _RECALLED and not relation.single:
            text = gettext_noop(
                "“order” of “%(relation)s” is never used: to have the values of a subject put in "
                "order it must name {about}."
            )
        else:
            text = gettext_noop(
                "“order” of “%(relation)s” is never used: it puts in order what happened at dates, "
                "or the values of a subject that has several."
            )
        yield Sentence(text, relation=relation.key)


def _wordings(deck: Deck, most: int | None) -> Iterator[Sentence]:
    said = deck.by_relation
    once = [key for key, one in deck.own.relations.items() if len(one.ask) == 1 and key in said]
    if once:
        yield Sentence(
            gettext_noop(
                "Asked in one wording only: %(names)s. Give “ask” two, so that a card is not known "
                "by its sentence."
            ),
            names=some(once, most),
        )


def _lists(deck: Deck) -> Iterator[Sentence]:
    for group in sorted(deck.complete):
        relation = deck.vocabulary.relations[group[1]]
        if relation.single:
            text = gettext_noop(
                "“complete: %(list)s” says nothing: “%(relation)s” has one value anyway."
            )
        elif not any(fact.askable for fact in deck.by_group.get(group, ())):
            text = gettext_noop(
                "“complete: %(list)s” is of no use: the deck has no fact of it that may be asked."
            )
        elif not all(fact.askable for fact in deck.by_group[group]):
            text = gettext_noop(
                "Of “complete: %(list)s” neither the whole list nor a single value is asked to be "
                "typed: a value of rank “deprecated” counts as right too. What is only arguable "
                "stands in “never_with”."
            )
        else:
            continue
        yield Sentence(text, list=named(group), relation=relation.key)


def _never_typed(deck: Deck, most: int | None) -> Iterator[Sentence]:
    open_ended = []
    for key, facts in deck.by_relation.items():
        relation = deck.vocabulary.relations[key]
        if relation.single or relation.value is ValueKind.TEXT:
            continue
        groups = {fact.group for fact in facts if fact.askable}
        if groups and not any(map(deck.is_complete, groups)):
            open_ended.append(key)
    if open_ended:
        yield Sentence(
            gettext_noop(
                "Values never asked to be typed, since there may be others: %(names)s. List what "
                "the deck holds in full under “complete”, or say “single” of the relation."
            ),
            names=some(open_ended, most),
        )


def _open_lists(deck: Deck, most: int | None) -> Iterator[Sentence]:
    """Where a value that the deck tells of another subject may be true of this one too."""
    found: dict[Group, None] = {}
    for key, facts in deck.by_relation.items():
        relation = deck.vocabulary.relations[key]
        if relation.single or relation.value not in _RECALLED:
            continue
        values = {fact.value for fact in facts}
        for group in dict.fromkeys(fact.group for fact in facts if fact.askable):
            own = {fact.value for fact in deck.by_group[group]}
            if not deck.is_complete(group) and values - own:
                found[group] = None
    if found:
        yield Sentence(
            gettext_noop(
                "Not said to be complete: %(names)s. Other values of the deck are offered there as "
                "wrong answers all the same: see that none of them is true. What is true but not "
                "to be asked is a fact of rank “deprecated”."
            ),
            names=some([named(group) for group in found], most),
        )


def _unused(deck: Deck, most: int | None) -> Iterator[Sentence]:
    """Entities that no fact speaks of, and that are no wrong answers either."""
    asked = _types_asked_for(deck) or {""}
    silent = deck.entities.keys() - _spoken_of(deck)
    idle = [key for key in silent if not deck.vocabulary.is_a(deck.entities[key].type, asked)]
    if idle:
        yield Sentence(
            gettext_noop(
                "Nothing uses these entities: %(names)s. No fact speaks of them, and none asks for "
                "one of their type, beside which they could be wrong answers."
            ),
            names=some(sorted(idle), most),
        )


def _spoken_of(deck: Deck) -> set[str]:
    found = {key for one in deck.entities.values() for key in (one.side, one.part_of)}
    for fact in deck.facts:
        found |= {fact.about, fact.value, *fact.never_with, *(key for _, key in fact.qualifiers)}
    return found


def _types_asked_for(deck: Deck) -> set[str]:
    """Of the values that there are, and of those that there might be by their relations."""
    relations = (deck.vocabulary.relations[key] for key in deck.by_relation)
    of_entities = [one for one in relations if one.value is ValueKind.ENTITY]
    found = {kind for one in of_entities for kind in one.of}
    return found | {
        deck.entities[fact.value].type for one in of_entities for fact in deck.by_relation[one.key]
    }
