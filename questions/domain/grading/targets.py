"""One entity's names, taken apart into what an answer is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from questions.domain.facts import Vocabulary
from questions.domain.grading import words
from questions.domain.grading.fold import Tokens, clean, compact, fold, has_han, readings
from questions.domain.grading.spelling import edits


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


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of one name."""

    text: str
    tokens: Tokens
    compact: str


@dataclass(frozen=True, slots=True)
class Target:
    """`cores` are names without their class nouns; `nouns` those that may be added to a name."""

    named: Named
    person: bool
    forms: tuple[Form, ...]
    loose: tuple[Form, ...]
    exact: frozenset[str]
    cores: dict[str, Form]
    nouns: frozenset[str]
    surnames: tuple[tuple[Tokens, str], ...]
    given: frozenset[str]
    han: tuple[str, ...]


class ClassNouns:
    """Which words of a name only say what kind of thing it is.

    Those of a type are its label, its vocabulary's `generic` words, and the generic words of
    narrower types: an event may be called a battle. A type that the vocabulary lacks may have any.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._groups = [frozenset(group.split()) for group in words.CLASS_NOUNS]
        generic = {key: _tokens(kind.generic) for key, kind in vocabulary.types.items()}
        self._generic = generic
        self._groups += [tokens for tokens in generic.values() if tokens]
        self._common = frozenset(word for group in words.CLASS_NOUNS for word in group.split())
        self._any = self._common.union(*generic.values())
        self._of_type: dict[str, frozenset[str]] = {}
        self.han = tuple(
            noun for kind in vocabulary.types.values() for noun in kind.generic if has_han(noun)
        )

    def of_type(self, kind: str) -> frozenset[str]:
        """What may be added to a name of this type: "incident" to an event's."""
        if kind not in self._of_type:
            self._of_type[kind] = frozenset(self._words_of(kind))
        return self._of_type[kind]

    def _words_of(self, kind: str) -> Iterator[str]:
        for said in fold(clean(kind)):
            yield said
            if said != kind and said in self._vocabulary.types:
                yield from self.of_type(said)
        for wider in self._vocabulary.widening(kind):
            found = self._vocabulary.types.get(wider)
            yield from _tokens((found.label,)) if found else ()
        for key, generic in self._generic.items():
            if kind in self._vocabulary.widening(key) or key in self._vocabulary.widening(kind):
                yield from generic

    def is_noun(self, token: str, kind: str) -> bool:
        if kind in self._vocabulary.types:
            return token in self._common or token in self.of_type(kind)
        return token in self._any or token in self.of_type(kind)

    def mates(self, nouns: frozenset[str]) -> frozenset[str]:
        """The nouns and those that may stand for them."""
        return nouns.union(*(group for group in self._groups if not group.isdisjoint(nouns)))

    def is_person(self, named: Named) -> bool:
        return bool(named.surname) or "person" in self._vocabulary.widening(named.type)


def _tokens(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(token for text in texts for token in fold(clean(text)))


def prepare(named: Named, nouns: ClassNouns) -> Target:
    person = nouns.is_person(named)
    forms = tuple(_forms((named.name, *named.aliases), nouns.han))
    surnames = tuple(_surnames(named, forms)) if person else ()
    cores = {} if person else _cores(forms, named.type, nouns)
    said = frozenset(
        token for form in forms for token in form.tokens if nouns.is_noun(token, named.type)
    )
    return Target(
        named=named,
        person=person,
        forms=forms,
        loose=tuple(_forms(named.loose, ())),
        exact=frozenset(form.compact for form in forms),
        cores=cores,
        nouns=nouns.mates(said | nouns.of_type(named.type)),
        surnames=surnames,
        given=frozenset(_given(forms, surnames)),
        han=tuple(text for text in (named.name, *named.aliases) if has_han(text)),
    )


def _forms(texts: Iterable[str], han_nouns: tuple[str, ...]) -> Iterator[Form]:
    seen: set[str] = set()
    for text in texts:
        for spelt in (text, *_without_han_noun(text, han_nouns)):
            for tokens in readings(clean(spelt)):
                kept = without_articles(tokens)
                joined = compact(kept)
                if joined and joined not in seen:
                    seen.add(joined)
                    yield Form(text, kept, joined)


def _without_han_noun(text: str, han_nouns: tuple[str, ...]) -> Iterator[str]:
    if has_han(text):
        for noun in han_nouns:
            if text.endswith(noun) and len(text) >= len(noun) + 2:
                yield text.removesuffix(noun)


def without_articles(tokens: Tokens) -> Tokens:
    kept = tuple([token for token in tokens if token not in words.ARTICLES])
    return kept or tokens


def _cores(forms: Iterable[Form], kind: str, nouns: ClassNouns) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for form in forms:
        core = core_of(form.tokens, kind, nouns)
        if core and core != form.tokens and _stands_alone(core, form.tokens):
            found.setdefault(compact(core), Form(form.text, core, compact(core)))
    return found


def core_of(tokens: Tokens, kind: str, nouns: ClassNouns) -> Tokens:
    kept = tuple([token for token in tokens if not nouns.is_noun(token, kind)])
    if len(kept) == len(tokens):
        return kept
    return tuple([word for word in kept if word != "of"])


def _stands_alone(core: Tokens, whole: Tokens) -> bool:
    if words.KEPT_IN_FULL.intersection(whole) - set(core):
        return False
    if whole[-1] in words.KEPT_AT_END and whole[-1] not in core:
        return False
    return len(compact(core)) >= 3 and not words.ADJECTIVES.issuperset(core)


def _surnames(named: Named, forms: tuple[Form, ...]) -> Iterator[tuple[Tokens, str]]:
    """Every spelling of the family name, with how to show it."""
    found: dict[Tokens, str] = {}
    if named.surname:
        for tokens in readings(clean(named.surname)):
            found[tokens] = named.surname
    elif forms and (last := _last_name(named, forms[0].tokens)):
        found[last] = named.name.split()[-1]
    main = tuple(found)
    given = frozenset(_given(forms, tuple(found.items())))
    for form in forms:
        tokens = _surname_in(form.tokens, main, given)
        if tokens and tokens not in found:
            found[tokens] = _shown(form.text, tokens)
    for tokens, shown in tuple(found.items()):
        bare = tuple(token for token in tokens if token not in words.PARTICLES)
        if bare and bare not in found:
            found[bare] = shown
    yield from found.items()


def _last_name(named: Named, tokens: Tokens) -> Tokens:
    """Unless the name is one word, or ends as "the Great" and "Henry VIII" do."""
    last = named.name.split()[-1:]
    if len(tokens) < 2 or "the" in named.name.casefold().split() or not tokens[-1].isalpha():
        return ()
    if last and last[0].isupper() and set(last[0]) <= set("IVX"):
        return ()
    return tokens[-1:]


def _surname_in(tokens: Tokens, main: tuple[Tokens, ...], given: frozenset[str]) -> Tokens:
    """What an alias has beside a given name that we know: "Vasily Blücher" of Vasili Blyukher."""
    if len(tokens) < 2 or any(set(known) <= set(tokens) for known in main):
        return ()
    rest = tuple(token for token in tokens if not any(_alike(token, name) for name in given))
    return rest if rest and len(rest) < len(tokens) and len(compact(rest)) > 2 else ()


def _alike(token: str, name: str) -> bool:
    return token == name or (len(token) > 3 and edits(token, name) is not None)


def _shown(text: str, tokens: Tokens) -> str:
    for word in text.split():
        if (fold(clean(word)) or ("",))[-1] == tokens[-1]:
            return word
    return text


def _given(forms: Iterable[Form], surnames: tuple[tuple[Tokens, str], ...]) -> Iterator[str]:
    family = {token for tokens, _ in surnames for token in tokens}
    for form in forms:
        if len(form.tokens) > 1 and family.intersection(form.tokens):
            yield from (
                token
                for token in form.tokens
                if token not in family and token not in words.PARTICLES
            )
