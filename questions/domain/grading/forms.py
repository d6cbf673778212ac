"""The spellings of a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from questions.domain.facts import Entity
from questions.domain.grading import words
from questions.domain.grading.fold import Tokens, clean, compact, fold, has_han, is_latin, readings


@dataclass(frozen=True, slots=True)
class Named:
    """One entity as grading needs it; `loose` aliases earn partial credit only."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    type: str = ""
    surname: str | None = None
    titles: tuple[str, ...] = ()


def as_named(entity: Entity) -> Named:
    return Named(
        key=entity.key,
        name=entity.name,
        aliases=entity.names[1:],
        loose=tuple(alias.text for alias in entity.aliases if alias.loose),
        type=entity.type,
        surname=entity.surname or None,
        titles=entity.titles,
    )


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of one name.

    near: whether slips are allowed from it; a long vowel written out would only widen the limit
    latin: whether the name is written so, or is our transcription of another script
    """

    text: str
    tokens: Tokens
    compact: str
    near: bool = True
    latin: bool = True


def forms_of(texts: Iterable[str]) -> Iterator[Form]:
    """Each name in each way that it can be spelt plainly, without repetition."""
    seen: set[str] = set()
    for text in texts:
        cleaned = clean(text)
        plain, latin = fold(cleaned), is_latin(cleaned)
        for tokens in readings(cleaned):
            kept = without_articles(tokens)
            joined = compact(kept)
            if joined and joined not in seen:
                seen.add(joined)
                yield Form(text, kept, joined, tokens == plain, latin)


def han_cores(text: str, nouns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What a Chinese or Japanese name is without each class noun it may end in, and that noun."""
    if has_han(text):
        for noun in nouns:
            if text.endswith(noun) and len(text) >= len(noun) + 2:
                yield text.removesuffix(noun).removesuffix("の"), noun


def without_articles(tokens: Tokens) -> Tokens:
    if words.ARTICLES.isdisjoint(tokens):
        return tokens
    return tuple([token for token in tokens if token not in words.ARTICLES]) or tokens
