"""Take a person's names apart: family names in every spelling, given names, titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from questions.domain.grading import words
from questions.domain.grading.fold import Tokens, clean, compact, fold, readings
from questions.domain.grading.forms import Form, Named
from questions.domain.grading.spelling import edits

Surnames = tuple[tuple[Tokens, str], ...]
_POSTPOSED = frozenset({"khan", "shah", "pasha", "bey", "khatun", "tenno", "huangdi", "sama"})


def without_title(form: Form, titles: frozenset[str]) -> Form | None:
    """ "Queen Anna" → "Anna", "Anna Khatun" → "Anna"; None without a title."""
    tokens = form.tokens
    while len(tokens) > 1 and tokens[0] in titles:
        tokens = tokens[1:]
    if len(tokens) == 2 and tokens[1] in _POSTPOSED:
        tokens = tokens[:1]
    if tokens == form.tokens:
        return None
    return Form(form.text, tokens, compact(tokens), form.near, form.latin)


def surnames_of(named: Named, forms: tuple[Form, ...]) -> Surnames:
    """Every spelling of the family name, with how to show it."""
    found: dict[Tokens, str] = {}
    if named.surname:
        found.update(dict.fromkeys(readings(clean(named.surname)), named.surname))
    elif forms and (last := _last_name(named, forms[0].tokens)):
        found[last] = named.name.split()[-1]
    given = given_of(forms, tuple(found.items()))
    for form in forms:
        tokens = _surname_in(form.tokens, tuple(found), given)
        if not tokens and not form.latin:
            tokens = _surname_like(form.tokens, tuple(found), given)
        if tokens:
            found.setdefault(tokens, _shown(form.text, tokens))
    for tokens, shown in tuple(found.items()):
        bare = tuple(token for token in tokens if token not in words.PARTICLES)
        found.setdefault(bare or tokens, shown)
    return tuple(found.items())


def _last_name(named: Named, tokens: Tokens) -> Tokens:
    """Unless the name is one word, or ends as "the Great" and a numbered king do."""
    if len(tokens) < 2 or "the" in named.name.casefold().split() or not tokens[-1].isalpha():
        return ()
    return () if tokens[-1] in _POSTPOSED else tokens[-1:]


def _surname_in(tokens: Tokens, main: tuple[Tokens, ...], given: frozenset[str]) -> Tokens:
    """What an alias has beside a given name that we know: "Anna Lührmann" of Ana Lyurman."""
    if len(tokens) < 2 or any(set(known) <= set(tokens) for known in main):
        return ()
    rest = tuple(token for token in tokens if not any(_alike(token, name) for name in given))
    return rest if rest and len(rest) < len(tokens) and len(compact(rest)) > 2 else ()


def _surname_like(tokens: Tokens, main: tuple[Tokens, ...], given: frozenset[str]) -> Tokens:
    """Which of two words in another script is the family name, by what each is more like."""
    if len(tokens) != 2 or len(given) != 1 or not main or len(main[0]) != 1:
        return ()
    known, other = main[0][0], next(iter(given))
    ordered = _far(tokens[0], other) + _far(tokens[1], known)
    turned = _far(tokens[0], known) + _far(tokens[1], other)
    if abs(ordered - turned) < _TELLING:
        return ()
    return tokens[1:] if ordered < turned else tokens[:1]


_TELLING = 3


def _far(one: str, two: str) -> int:
    return int(OSA.distance(one, two))


def _alike(token: str, name: str) -> bool:
    return token == name or (len(token) > 3 and edits(token, name) is not None)


def _shown(text: str, tokens: Tokens) -> str:
    for word in text.split():
        if (fold(clean(word)) or ("",))[-1] == tokens[-1]:
            return word
    return text


def given_of(forms: Iterable[Form], surnames: Surnames) -> frozenset[str]:
    """Given names: what stands before the family name, or behind one that comes first."""
    return frozenset(
        token
        for form in forms
        for surname, _ in surnames
        for token in _beside(form.tokens, surname)
        if token not in words.PARTICLES and not token.isdigit()
    )


def _beside(tokens: Tokens, surname: Tokens) -> Iterator[str]:
    size = len(surname)
    for start in range(len(tokens) - size + 1):
        if tokens[start : start + size] == surname:
            yield from tokens[:start] if start else tokens[size:]
            return
