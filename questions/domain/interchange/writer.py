"""Writing a deck as a file: one way for each deck, so that files can be compared.

`read_deck` makes the same deck of it, and writing that deck gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questions.domain.facts import (
    Alias,
    AuthoredQuestion,
    Deck,
    Entity,
    EntityType,
    Fact,
    Group,
    Passage,
    Rank,
    Relation,
    Source,
    Unit,
    Vocabulary,
)
from questions.domain.interchange.cleaning import importable
from questions.domain.interchange.scalars import Value, entries, entry, inline, items
from questions.domain.interchange.vocabulary import default_label


def write_deck(deck: Deck) -> str:
    return "\n".join((*deck_lines(importable(deck)), ""))


def deck_lines(deck: Deck) -> Iterator[str]:
    yield from entries(_kept({"title": deck.title, "language": deck.language}))
    yield from entries(_kept({"description": deck.description, "use": list(deck.use)}))
    yield from _section("topics", dict(deck.topics))
    sources = {key: _source(source) for key, source in deck.sources.items()}
    yield from _section("sources", sources)
    yield from _section("entities", {key: _entity(one) for key, one in deck.entities.items()})
    yield from vocabulary_lines(deck.own)
    yield from _list("facts", (f"  - {inline(fact_data(fact))}" for fact in deck.facts))
    groups = (f"  - {inline(_group(group))}" for group in sorted(deck.complete))
    yield from _list("complete", groups)
    yield from _list("questions", items([_authored(one) for one in deck.authored], 2))


def vocabulary_lines(own: Vocabulary) -> Iterator[str]:
    """The sections `types`, `units` and `relations`, those that are not empty."""
    yield from _section("types", {key: _type(one) for key, one in own.types.items()})
    yield from _section("units", {key: _unit(one) for key, one in own.units.items()})
    yield from _section(
        "relations", {key: relation_data(one) for key, one in own.relations.items()}
    )


def _section(name: str, values: dict[str, Value]) -> Iterator[str]:
    if values:
        yield ""
        yield f"{name}:"
        for key, value in values.items():
            yield from entry(key, value, 2)


def _list(name: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"{name}:", *found)


def _kept(values: dict[str, Value]) -> dict[str, Value]:
    """Without what is empty: leaving it out says the same."""
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def _yes(flag: bool) -> str:
    return "yes" if flag else ""


def _yes_or_no(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


def _source(source: Source) -> Value:
    return _kept(
        {
            "title": source.title,
            "author": source.author,
            "year": source.year,
            "url": source.url,
            "publisher": source.publisher,
            "note": source.note,
            "origin": source.origin,
            "cite": source.cite,
        }
    )


def _entity(entity: Entity) -> Value:
    return _kept(
        {
            "type": entity.type,
            "name": entity.name,
            "the": _yes(entity.article),
            "plural": _yes(entity.plural),
            "adjective": entity.adjective,
            "surname": entity.surname,
            "titles": list(entity.titles),
            "side": entity.side,
            "active": entity.active,
            "in": entity.part_of,
            "topic": entity.topic,
            "also": [_alias(alias) for alias in entity.aliases],
            "note": entity.note,
        }
    )


def _alias(alias: Alias) -> Value:
    if not (alias.loose or alias.lang):
        return alias.text
    return _kept({"name": alias.text, "lang": alias.lang, "loose": _yes(alias.loose)})


def _type(one: EntityType) -> Value:
    return {"label": one.label} | _kept(
        {
            "many": one.many,
            "ask": one.asks,
            "in": one.wider,
            "generic": list(one.generic),
            "titles": list(one.titles),
        }
    )


def _unit(unit: Unit) -> Value:
    many = unit.many if unit.many != unit.one else ""
    factor = unit.factor if unit.base else ""
    also: Value = list(unit.aliases)
    measure = {"of": unit.base, "factor": factor, "least": unit.least, "most": unit.most}
    return _kept({"one": unit.one, "many": many, "also": also} | measure)


def relation_data(relation: Relation) -> dict[str, Value]:
    label = relation.label if relation.label != default_label(relation.key) else ""
    return _kept(
        {
            "label": label,
            "about": list(relation.about),
            "value": relation.value.value,
            "of": list(relation.of),
            "unit": relation.unit,
            "limits": _yes(relation.limits),
            "single": _yes(relation.single),
            "complete": _yes(relation.complete),
            "reverse_single": _yes_or_no(relation.reverse_single),
            "era": _yes(relation.era),
            "timeline": "" if relation.timeline else "no",
            "introduces": _yes(relation.introduces),
            "qualifiers": dict(relation.qualifiers),
            "ask": list(relation.ask),
            "which": list(relation.which),
            "list": list(relation.list),
            "reverse": list(relation.reverse),
            "order": relation.order,
            "match": relation.match,
            "state": list(relation.state),
            "sisters": list(relation.sisters),
        }
    )


def fact_data(fact: Fact) -> dict[str, Value]:
    said: dict[str, Value] = {"about": fact.about, "is": fact.relation, "value": fact.value}
    rest: dict[str, Value] = {
        "source": passages_data(fact.passages),
        "unit": fact.unit,
        "rank": "" if fact.rank is Rank.NORMAL else fact.rank.value,
        "status": [status.value for status in fact.status],
        "points": list(fact.points),
        "accept": list(fact.accept),
        "exact": _yes_or_no(fact.exact),
        "forms": [form.value for form in fact.forms],
        "never_with": list(fact.never_with),
        "topic": fact.topic,
        "note": fact.note,
        "id": fact.id,
    }
    return said | dict(fact.qualifiers) | _kept(rest)


def passages_data(passages: tuple[Passage, ...]) -> Value:
    found = [_passage(passage) for passage in passages]
    return found[0] if len(found) == 1 else found


def _passage(passage: Passage) -> Value:
    if passage.quote:
        return _kept({"in": passage.source, "at": passage.locator, "quote": passage.quote})
    return f"{passage.source} {passage.locator}" if passage.locator else passage.source


def _group(group: Group) -> dict[str, Value]:
    about, relation, qualifiers = group
    return {"about": about, "is": relation, **dict(qualifiers)}


def _authored(question: AuthoredQuestion) -> Value:
    return _kept(
        {
            "id": question.id,
            "form": question.form.value,
            "topic": question.topic,
            "stem": question.stem,
            "key": question.key,
            "distractors": list(question.distractors),
            "accept": list(question.accept),
            "explanation": question.explanation,
            "source": passages_data(question.passages),
        }
    )


def own_as_kept(own: Vocabulary) -> dict[str, str]:
    """A deck's own vocabulary for a JSON field: as text, for PostgreSQL's JSON forgets the order
    in which a deck lists its relations."""
    text = "\n".join(vocabulary_lines(own))
    return {"text": text} if text else {}
