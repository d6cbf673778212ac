"""What a deck kept before its texts were checked may hold characters that nobody sees. A file of it
leaves them out, and what then says nothing, or the same twice, so that it can be imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from questions.domain.facts import Alias, AuthoredQuestion, Deck, Entity, Fact, Source
from questions.domain.interchange.hidden import hidden_character, without_hidden
from questions.domain.interchange.identity import Statement, statement
from questions.domain.interchange.reading_entities import folded


def importable(deck: Deck) -> Deck:
    """The deck itself if nothing is hidden in it."""
    if not any(map(_hidden, _texts(deck))):
        return deck
    topics = {key: without_hidden(title) or key for key, title in deck.topics.items()}
    return replace(
        deck,
        title=without_hidden(deck.title) or "?",
        description=without_hidden(deck.description),
        topics=topics,
        sources={key: _source(one) for key, one in deck.sources.items()},
        entities=_entities(deck.entities.values()),
        own=_cleaned(deck.own),
        facts=tuple(_facts(deck.facts)),
        complete=frozenset(map(_cleaned, deck.complete)),
        authored=tuple(_authored(deck.authored)),
    )


def _hidden(text: str) -> bool:
    return not (text.isascii() and text.isprintable()) and hidden_character(text) is not None


def _texts(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, tuple | frozenset):
        for each in thing:
            yield from _texts(each)
    elif is_dataclass(thing):
        for field in fields(thing):
            if field.name != "vocabulary":
                yield from _texts(getattr(thing, field.name))


def _cleaned(thing: Any) -> Any:
    """With none of them in any text; a list of texts without those that are blank now, or twice."""
    if type(thing) is str:
        return without_hidden(thing)
    if isinstance(thing, Mapping):
        return {key: _cleaned(value) for key, value in thing.items()}
    if isinstance(thing, tuple):
        return tuple(_cleaned(each) for each in thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        changed = {field.name: _field(getattr(thing, field.name)) for field in fields(thing)}
        return replace(thing, **changed)
    return thing


def _field(value: Any) -> Any:
    cleaned = _cleaned(value)
    if not isinstance(value, tuple) or cleaned == value:
        return cleaned
    return tuple(dict.fromkeys(each for each in cleaned if not _blank(each)))


def _blank(item: Any) -> bool:
    text = item.text if isinstance(item, Alias) else item
    return isinstance(text, str) and not text.strip()


def _source(source: Source) -> Source:
    clean: Source = _cleaned(source)
    return clean if clean.title.strip() else replace(clean, title=source.key)


def _entities(entities: Iterable[Entity]) -> dict[str, Entity]:
    """One text names one entity of a type: a name that has come to be another's says its key too,
    an alias that has goes."""
    cleaned = [(each, _cleaned(each)) for each in entities]
    borne = {
        (each.type, folded(name)): each.key
        for each, clean in cleaned
        for name in clean.names
        if name in each.names
    }
    found = {}
    for each, clean in cleaned:
        name = clean.name if clean.name.strip() else each.key
        if borne.setdefault((each.type, folded(name)), each.key) != each.key:
            name = f"{name} ({each.key})"
        aliases = tuple(
            alias
            for alias in clean.aliases
            if alias.loose
            or borne.setdefault((each.type, folded(alias.text)), each.key) == each.key
        )
        found[each.key] = replace(clean, name=name, aliases=aliases)
    return found


def _facts(facts: Iterable[Fact]) -> Iterator[Fact]:
    said: set[Statement] = set()
    for fact in map(_cleaned, facts):
        if fact.value.strip() and statement(fact) not in said:
            said.add(statement(fact))
            yield fact


def _authored(questions: Iterable[AuthoredQuestion]) -> Iterator[AuthoredQuestion]:
    for question in map(_cleaned, questions):
        others = tuple(text for text in question.distractors if text != question.key)
        if question.stem.strip() and question.key.strip():
            yield replace(question, distractors=others)
