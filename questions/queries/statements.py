"""Facts as sentences, without reading their whole deck."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from questions.domain import facts as domain
from questions.domain.facts import Vocabulary
from questions.domain.generation.asking import Attribution, statement
from questions.domain.generation.index import Index
from questions.domain.values import BadValue
from questions.models import Deck, Entity, Fact
from questions.queries.facts import vocabulary_for


def say_facts(
    facts: Sequence[Fact], whose: Mapping[int, domain.Source | None] = MappingProxyType({})
) -> dict[int, str]:
    """Each fact by its pk as a sentence, in its relation's words, after "According to …" where
    `whose` names a source. The facts of several decks may be mixed; deck, about and value_entity
    should have been selected. One query for each deck's vocabulary not read before, and one for
    the entities that qualifiers name."""
    by_deck: dict[Deck, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_deck[fact.deck].append(fact)
    named = _named_in_qualifiers(facts)
    said: dict[int, str] = {}
    for deck, rows in by_deck.items():
        said |= _said(deck, rows, named.get(deck.pk, []), whose)
    return said


def _named_in_qualifiers(facts: Iterable[Fact]) -> Mapping[int, list[Entity]]:
    keys = {value for fact in facts for value in fact.qualifiers.values()}
    found: dict[int, list[Entity]] = defaultdict(list)
    if keys:
        decks = {fact.deck_id for fact in facts}
        for entity in Entity.objects.filter(deck__in=decks, key__in=keys):
            found[entity.deck_id].append(entity)
    return found


def _said(
    deck: Deck,
    rows: Sequence[Fact],
    named: Sequence[Entity],
    whose: Mapping[int, domain.Source | None],
) -> dict[int, str]:
    vocabulary = vocabulary_for(deck)
    rows_of = [*named, *(row.about for row in rows)]
    rows_of += [row.value_entity for row in rows if row.value_entity]
    index = Index(
        domain.Deck(
            deck.title,
            entities={entity.key: _entity(entity) for entity in rows_of},
            vocabulary=vocabulary,
        )
    )
    return {
        row.pk: _statement(index, row, vocabulary, Attribution(whose.get(row.pk))) for row in rows
    }


def _statement(index: Index, row: Fact, vocabulary: Vocabulary, whose: Attribution) -> str:
    if row.relation in vocabulary.relations:
        try:
            return statement(index, fact_as_data(row, row.about.key), whose)
        except (BadValue, KeyError):
            pass  # the relation was defined anew and the value not yet; it still has words
    return f"{row.about.name} — {relation_label(row, vocabulary)}: {row.value}"


def relation_label(fact: Fact, vocabulary: Vocabulary) -> str:
    relation = vocabulary.relations.get(fact.relation)
    return relation.label if relation else fact.relation.replace("_", " ")


def qualifier_words(
    facts: Sequence[Fact], vocabulary: Vocabulary
) -> dict[int, list[tuple[str, str]]]:
    """Each fact's qualifiers by its pk, as name and words: [("side", "Soviet Union")]. One
    query if there are any."""
    named = {
        (entity.deck_id, entity.key): entity.name
        for entities in _named_in_qualifiers(facts).values()
        for entity in entities
    }
    return {
        fact.pk: [
            (name.replace("_", " "), _qualifier(fact, name, value, named, vocabulary))
            for name, value in sorted(fact.qualifiers.items())
        ]
        for fact in facts
    }


def _qualifier(
    fact: Fact,
    name: str,
    value: str,
    named: Mapping[tuple[int, str], str],
    vocabulary: Vocabulary,
) -> str:
    relation = vocabulary.relations.get(fact.relation)
    if relation and relation.qualifiers.get(name) == "text":
        return value
    return named.get((fact.deck_id, value), value)


def fact_as_data(row: Fact, about: str) -> domain.Fact:
    """What sentences and conflicts need of a fact; its passages are left out."""
    return domain.Fact(
        uid=row.uid,
        about=about,
        relation=row.relation,
        value=row.value,
        qualifiers=tuple(sorted(row.qualifiers.items())),
        unit=row.unit,
        rank=domain.Rank(row.rank),
    )


def _entity(row: Entity) -> domain.Entity:
    return domain.Entity(
        key=row.key,
        type=row.type,
        name=row.name,
        article=row.article,
        plural=row.plural,
        adjective=row.adjective,
    )
