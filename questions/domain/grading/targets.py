"""One entity's names, taken apart into what an answer is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from questions.domain.grading import words
from questions.domain.grading.class_nouns import ClassNouns
from questions.domain.grading.family_names import Surnames, given_of, surnames_of, without_title
from questions.domain.grading.fold import Tokens, compact, fold, has_han, written_abroad
from questions.domain.grading.forms import Form, Named, forms_of, han_cores


@dataclass(frozen=True, slots=True)
class Target:
    """`cores` are names without their class nouns; `nouns` those that may be added to a name.

    `swaps` are those that only stand with another noun. `transcribed` are names in other scripts
    as we write them in Latin letters, `abroad` as others do, `han` names in Chinese characters,
    with their class nouns and what they are without.
    """

    named: Named
    person: bool
    forms: tuple[Form, ...]
    loose: tuple[Form, ...]
    exact: frozenset[str]
    transcribed: frozenset[str]
    abroad: frozenset[str]
    cores: dict[str, Form]
    swaps: frozenset[str]
    nouns: frozenset[str]
    surnames: Surnames
    given: frozenset[str]
    han: tuple[str, ...]
    han_nouns: tuple[str, ...]
    han_cores: tuple[str, ...]


def prepare(named: Named, nouns: ClassNouns) -> Target:
    person = bool(named.surname) or nouns.is_person(named.type)
    forms = tuple(forms_of((named.name, *named.aliases)))
    if person:
        forms = (*forms, *_without_titles(named, forms, nouns))
    surnames = surnames_of(named, forms) if person else ()
    mates = _mates(named, forms, nouns)
    if nouns.is_work(named.type):
        forms = (*forms, *_without_article(forms))
    han = tuple(text for text in (named.name, *named.aliases) if has_han(text))
    han_nouns = nouns.han_of_type(named.type, mates) if han and not person else ()
    cut = [found for text in han for found in han_cores(text, han_nouns)]
    forms = (*forms, *_standing(cut, named.loose))
    return Target(
        named=named,
        person=person,
        forms=forms,
        loose=tuple(forms_of(named.loose)),
        exact=frozenset(form.compact for form in forms if form.latin),
        transcribed=frozenset(form.compact for form in forms if not form.latin),
        abroad=frozenset(_abroad(named, surnames)),
        cores={} if person else _cores(forms, named.type, nouns),
        swaps=frozenset() if person else _swaps(forms, named.type, nouns),
        nouns=mates,
        surnames=surnames,
        given=_given(forms, surnames, nouns.titles),
        han=han,
        han_nouns=han_nouns,
        han_cores=tuple(dict.fromkeys(core for core, _ in cut)),
    )


def _abroad(named: Named, surnames: Surnames) -> Iterator[str]:
    family = {tokens for tokens, _ in surnames}
    for text in (named.name, *named.aliases):
        for part in (text, *(word for word in text.split() if fold(word) in family)):
            yield from map(compact, written_abroad(part))


def words_of(target: Target) -> set[str]:
    """Those of its names."""
    return {token for form in (*target.forms, *target.loose) for token in form.tokens}


def _without_titles(named: Named, forms: Iterable[Form], nouns: ClassNouns) -> Iterator[Form]:
    titles = nouns.titles | {token for title in named.titles for token in fold(title)}
    bare = (without_title(form, titles) for form in forms)
    return (form for form in bare if form)


def _without_article(forms: Iterable[Form]) -> Iterator[Form]:
    """What works are called when people speak of them: "Zauberflöte", "Traviata"."""
    for form in forms:
        if len(form.tokens) > 1 and form.tokens[0] in words.ARTICLES_ABROAD:
            tokens = form.tokens[1:]
            yield replace(form, tokens=tokens, compact=compact(tokens))


def _mates(named: Named, forms: Iterable[Form], nouns: ClassNouns) -> frozenset[str]:
    """Class nouns that may stand for those of its names and its type. Where a name tells the form
    of state or the like, no other may: what is a republic is not called a kingdom."""
    said = frozenset(token for form in forms for token in form.tokens)
    mates = nouns.mates(said & nouns.nouns_in(named.type) | nouns.of_type(named.type))
    return mates - (words.NEVER_SWAPPED - said) if said & words.NEVER_SWAPPED else mates


def _standing(cut: list[tuple[str, str]], loose: tuple[str, ...]) -> Iterator[Form]:
    """Names in Chinese characters without their class noun, unless the deck calls that loose."""
    return forms_of(core for core, noun in cut if noun not in words.HAN_KEPT and core not in loose)


def _given(forms: tuple[Form, ...], surnames: Surnames, titles: frozenset[str]) -> frozenset[str]:
    return given_of(forms, surnames) - titles


def _cores(forms: Iterable[Form], kind: str, nouns: ClassNouns) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for form in forms:
        core = core_of(form.tokens, kind, nouns)
        if core and core != form.tokens and _stands_alone(core, form.tokens):
            found.setdefault(compact(core), replace(form, tokens=core, compact=compact(core)))
    return found


def _swaps(forms: Iterable[Form], kind: str, nouns: ClassNouns) -> frozenset[str]:
    """What is left of names that may change their class noun but not drop it."""
    found = set()
    for form in forms:
        core = core_of(form.tokens, kind, nouns)
        dropped = frozenset(form.tokens) - frozenset(core) - words.LINKS
        swappable = dropped <= nouns.of_type(kind) - words.NEVER_SWAPPED
        if core and dropped and swappable:
            found.add(compact(core))
    return frozenset(found)


def core_of(tokens: Tokens, kind: str, nouns: ClassNouns) -> Tokens:
    said = nouns.nouns_in(kind)
    if said.isdisjoint(tokens):
        return tokens
    return tuple([word for word in tokens if word not in said and word != "of"])


def _stands_alone(core: Tokens, whole: Tokens) -> bool:
    if words.KEPT_IN_FULL.intersection(whole) - set(core):
        return False
    if whole[-1] in words.KEPT_AT_END and whole[-1] not in core:
        return False
    return len(compact(core)) >= 3 and not words.ADJECTIVES.issuperset(core)
