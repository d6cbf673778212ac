"""One entity's names, taken apart into what an answer is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from questions.domain.grading import words
from questions.domain.grading.class_nouns import ClassNouns
from questions.domain.grading.family_names import Surnames, given_of, surnames_of, without_title
from questions.domain.grading.fold import Tokens, compact, fold, has_han
from questions.domain.grading.forms import Form, Named, forms_of


@dataclass(frozen=True, slots=True)
class Target:
    """`cores` are names without their class nouns; `nouns` those that may be added to a name.

    `transcribed` are names in other scripts as we write them in Latin letters.
    """

    named: Named
    person: bool
    forms: tuple[Form, ...]
    loose: tuple[Form, ...]
    exact: frozenset[str]
    transcribed: frozenset[str]
    cores: dict[str, Form]
    nouns: frozenset[str]
    surnames: Surnames
    given: frozenset[str]
    han: tuple[str, ...]


def prepare(named: Named, nouns: ClassNouns) -> Target:
    person = bool(named.surname) or nouns.is_person(named.type)
    forms = tuple(forms_of((named.name, *named.aliases), nouns.han))
    if person:
        titles = nouns.titles | {token for title in named.titles for token in fold(title)}
        bare = (without_title(form, titles) for form in forms)
        forms = (*forms, *(form for form in bare if form))
    surnames = surnames_of(named, forms) if person else ()
    said = frozenset(
        token for form in forms for token in form.tokens if nouns.is_noun(token, named.type)
    )
    return Target(
        named=named,
        person=person,
        forms=forms,
        loose=tuple(forms_of(named.loose)),
        exact=frozenset(form.compact for form in forms if form.latin),
        transcribed=frozenset(form.compact for form in forms if not form.latin),
        cores={} if person else _cores(forms, named.type, nouns),
        nouns=nouns.mates(said | nouns.of_type(named.type)),
        surnames=surnames,
        given=_given(forms, surnames, nouns.titles),
        han=tuple(text for text in (named.name, *named.aliases) if has_han(text)),
    )


def _given(forms: tuple[Form, ...], surnames: Surnames, titles: frozenset[str]) -> frozenset[str]:
    return given_of(forms, surnames) - titles


def _cores(forms: Iterable[Form], kind: str, nouns: ClassNouns) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for form in forms:
        core = core_of(form.tokens, kind, nouns)
        if core and core != form.tokens and _stands_alone(core, form.tokens):
            found.setdefault(compact(core), replace(form, tokens=core, compact=compact(core)))
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
