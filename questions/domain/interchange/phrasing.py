"""Advice on how values and wordings go together into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from questions.domain.counting import counted
from questions.domain.facts import Deck, Fact, Group, Relation, ValueKind, singulars
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.plurals import singular
from questions.domain.wording import begins_small, fits_date

_IN_ORDER = re.compile(r"\bin (?:\w+ )?(?:order|sequence)\b", re.IGNORECASE)
_AS_MANY = re.compile(r"\{which (about|value)\} (?:have|are|were|do)\b", re.IGNORECASE)
FEWEST_STEPS, MOST_STEPS, FEWEST_DATES = 3, 8, 4


def ill_phrased(deck: Deck) -> Iterator[tuple[str, list[str]]]:
    """What to tell, and the facts or relations that it is told of."""
    yield (
        gettext_noop(
            "Texts go on from their statement, so they begin small and have no full stop at the "
            "end: %(names)s."
        ),
        [_named(fact) for fact in _askable(deck, ValueKind.TEXT) if _is_sentence(fact)],
    )
    yield (
        gettext_noop(
            "All wordings of their relation ask for another part of a date than they have (“on "
            "what day” beside a year): %(names)s. Give “ask” one that says “when”."
        ),
        [_named(fact) for fact in _askable(deck, ValueKind.DATE) if _asks_otherwise(deck, fact)],
    )
    yield (
        gettext_noop(
            "Ranges of several sources overlap, and are taken for one figure that is known more or "
            "less exactly: %(names)s. Where a range tells between which limits something lies, say "
            "“limits: yes” of the relation."
        ),
        [_named(fact) for group in deck.by_group for fact in _overlapping(deck, group)],
    )
    yield (
        gettext_noop(
            "What there is one of has no singular that can be told: %(names)s. Say it otherwise, "
            "or make it the “many” of a type whose “label” is the singular."
        ),
        [said for fact in _askable(deck, ValueKind.NUMBER) for said in _ones(deck, fact)],
    )
    yield from _misworded(deck)


def _misworded(deck: Deck) -> Iterator[tuple[str, list[str]]]:
    yield (
        gettext_noop(
            "“{which …}” asks for one (“which cell”), so it has, is or was: %(names)s. Not even a "
            "plural name makes it “have”, “are” or “were”."
        ),
        [relation.key for relation in _own(deck) if _asks_for_one_as_many(deck, relation)],
    )
    yield (
        gettext_noop(
            "A “list” may be answered in any order, and these ask for one: %(names)s. An “order” "
            "that names {about} has the values put in order."
        ),
        [relation.key for relation in _own(deck) if any(map(_IN_ORDER.search, relation.list))],
    )


def unused_orders(deck: Deck) -> Iterator[Sentence]:
    """Orders that are sound, but of which the deck's facts give none."""
    for key, relation in deck.own.relations.items():
        facts = [fact for fact in deck.by_relation.get(key, ()) if fact.askable]
        if not relation.order or not facts:
            continue
        if relation.orders_values and not any(_is_series(deck, fact) for fact in facts):
            yield Sentence(
                gettext_noop(
                    "“order” of “%(relation)s” is never used: it is asked of complete lists of "
                    "three to eight values."
                ),
                relation=key,
            )
        if relation.value is ValueKind.DATE and len({one.about for one in facts}) < FEWEST_DATES:
            yield Sentence(
                gettext_noop(
                    "“order” of “%(relation)s” is never used: it is asked of four dates or more."
                ),
                relation=key,
            )


def _own(deck: Deck) -> Iterator[Relation]:
    """The deck's relations of which it says something."""
    return (one for key, one in deck.own.relations.items() if key in deck.by_relation)


def _asks_for_one_as_many(deck: Deck, relation: Relation) -> bool:
    found = map(_AS_MANY.search, (*relation.ask, *relation.reverse))
    names = {match.group(1).lower() for match in found if match}
    taken = {"about": relation.about, "value": relation.of}
    kinds = {kind for name in names for kind in taken[name]}
    return bool(names) and not any(_asks_for_many(deck, kind) for kind in kinds)


def _asks_for_many(deck: Deck, kind: str) -> bool:
    """Whether a type's own words ask for several: "which forces"."""
    found = deck.vocabulary.types[kind]
    return bool(found.many) and found.asks.endswith(f" {found.many}")


def _is_series(deck: Deck, fact: Fact) -> bool:
    beside = deck.by_group[fact.group]
    return FEWEST_STEPS <= len(beside) <= MOST_STEPS and deck.is_complete(fact.group)


def _askable(deck: Deck, kind: ValueKind) -> Iterator[Fact]:
    return (fact for fact in deck.facts if fact.askable and deck.relation_of(fact).value is kind)


def _is_sentence(fact: Fact) -> bool:
    return fact.value.endswith(".") or begins_small(fact.value) != fact.value


def _asks_otherwise(deck: Deck, fact: Fact) -> bool:
    wordings = deck.relation_of(fact).ask
    return bool(wordings) and not any(fits_date(text, fact.span()) for text in wordings)


def _overlapping(deck: Deck, group: Group) -> list[Fact]:
    """A group's first range if two of them differ, and could be the same figure all the same."""
    relation = deck.vocabulary.relations[group[1]]
    if relation.value is not ValueKind.NUMBER or not relation.single:
        return []
    facts = [fact for fact in deck.by_group[group] if fact.askable]
    ranges = [fact for fact in facts if fact.quantity().shape == "range"]
    differ = any(
        one.value != two.value and deck.agree(one, two) for one, two in combinations(ranges, 2)
    )
    return ranges[:1] if differ else []


def _ones(deck: Deck, fact: Fact) -> Iterator[str]:
    names = counted(deck.relation_of(fact).state) if fact.value == "1" else frozenset[str]()
    for name, said in fact.qualifiers:
        if name in names and not singular(said, singulars(deck.vocabulary)):
            yield f"1 {said}"


def _named(fact: Fact) -> str:
    return f"{fact.about} {fact.relation}"
