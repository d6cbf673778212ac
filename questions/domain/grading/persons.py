"""Names of persons: family name, given names in any order, initials and titles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from questions.domain.grading import reasons, words
from questions.domain.grading.figure_words import NATION
from questions.domain.grading.fold import Tokens, clean, compact, fold, has_han, same_han
from questions.domain.grading.forms import Named
from questions.domain.grading.found import NONE, RIGHT, SHARED, Found, Level, misspelt
from questions.domain.grading.index import NameIndex
from questions.domain.grading.spelling import edits, same_letters
from questions.domain.grading.targets import Target

_MOST_TOKENS = 8
_TURNED = words.TURNING | words.ALTERNATIVES | {"to", "for", "by", "from", "near", "then"}
_LINKING = words.GLOSS_LINKS - words.PARTICLES
_MOST_OTHER_NAMES = 3
_INITIALS = 2
_AND_MORE = Found(Level.UNCLEAR, reasons.NAME_AND_MORE)
_SEXED = words.MASCULINE | words.FEMININE
_SMALL = (words.PARTICLES | words.REMARK_WORDS) - {"a"}  # an initial here
_DESCRIBING = words.REMARK_WORDS | words.ADJECTIVES | words.PARTICLES | {"military", "naval"}
Sides = tuple[Tokens, Tokens]
"""What stands before the family name, and behind it."""


def without_titles(tokens: Tokens, index: NameIndex, named: Named | None = None) -> Tokens:
    """What stands after the last title, if that is anything: "the Norlandish General Marlow"."""
    if len(tokens) > 1 and tokens[-1] in words.HONORIFICS:
        tokens = tokens[:-1]
    titles = index.titles
    if named and named.titles:
        titles = titles.union(map(str.lower, named.titles))
    if titles.isdisjoint(tokens):
        return tokens
    for place in range(len(tokens) - 1, 0, -1):
        if tokens[place - 1] in titles and tokens[place] != "of":
            before = set(tokens[:place]) - index.titles
            others = any(_is_somebody(word, index) for word in before)  # "Lind, General Marlow"
            others |= any(_is_strange(pair, index) for pair in pairwise(tokens[:place]))
            return tokens if others or not _TURNED.isdisjoint(before) else tokens[place:]
    return tokens


def _is_strange(pair: Tokens, index: NameIndex) -> bool:
    """ "Otto Brandt, General Marlow": two words of which none describes or names a nation may be
    somebody whom the deck lacks."""
    return not any(
        word in _DESCRIBING or word in index.titles or not word.isalpha() or NATION.search(word)
        or index.find((word,)) or index.with_core(word)
        for word in pair
    )  # fmt: skip


def _is_somebody(word: str, index: NameIndex) -> bool:
    if index.with_surname(word):
        return True
    return any(index.target(one.key).person for one in index.find((word,)))


def told_by_title(tokens: Tokens, people: tuple[Named, ...]) -> tuple[Named, ...]:
    """Of several of one name those whose title or sex the first word says, if it does."""
    sex = _sex(tokens[:1])
    titled = tuple(
        one for one in people if tokens[:1] and tokens[0] in fold(clean(" ".join(one.titles)))
    )
    fitting = tuple(one for one in people if not sex or _sex(_titles_of(one)) in ("", sex))
    agreeing = tuple(one for one in fitting if sex and _sex(_titles_of(one)) == sex)
    return titled or agreeing or fitting


def is_of_other_sex(tokens: Tokens, named: Named) -> bool:
    """ "Lady Marlow" for Sir Otto Marlow."""
    if _SEXED.isdisjoint(tokens[:1]):
        return False
    return _sex(_titles_of(named)) not in ("", _sex(tokens))


def _titles_of(named: Named) -> Tokens:
    return fold(clean(" ".join((*named.titles, named.name))))


def _sex(titles: Tokens) -> str:
    """By the first title that says it."""
    for title in titles:
        if title in words.FEMININE or title in words.MASCULINE:
            return "female" if title in words.FEMININE else "male"
    return ""


def match_person(target: Target, tokens: Tokens, index: NameIndex) -> Found:
    """`tokens` without titles. The family name decides; given names must not contradict it."""
    if not 0 < len(tokens) <= _MOST_TOKENS:
        return NONE
    if tokens[-1] == "1" and not any("1" in form.tokens for form in target.forms):
        tokens = (*tokens[:-1], "i")  # "Marlow I": an initial, and no king's number
    best = NONE
    for distance, shown, rest in _family_names(target, tokens):
        found = _with_rest(target, distance, shown, rest, index)
        best = max(best, found, key=_merit)
    if best is NONE and _is_half_family(target, tokens):
        return Found(Level.PARTIAL, reasons.HALF_FAMILY_NAME)
    return best if best is not NONE else _given_names(target, tokens, index)


def _is_half_family(target: Target, tokens: Tokens) -> bool:
    """ "Lind" of Lind-Marlow, but not "San" of San Lind."""
    if len(tokens) != 1 or tokens[0] in words.PARTICLES or len(tokens[0]) <= _INITIALS:
        return False
    return any(
        tokens[0] in surname and len([part for part in surname if part not in words.PARTICLES]) > 1
        for surname, _ in target.surnames
        if tokens[0] not in words.NAME_BEGINNINGS or tokens[0] == surname[-1]
    )


def match_han_family(target: Target, text: str, index: NameIndex) -> Found:
    """A family name in Chinese characters: how a name in them begins."""
    beside = {word for word in text.lower().split() if word.isascii()}
    if not any(_is_family_part(text, name) for name in _parted(target.han)) or (
        beside - index.titles - words.ARTICLES
    ):
        return NONE
    sharers = (
        named
        for named in index.beginning_like(text)
        if any(_is_family_part(text, name) for name in (named.name, *named.aliases))
    )
    of_one_sound = (
        named
        for surname, _ in target.surnames
        for named in index.with_surname(compact(surname))
        if not any(map(has_han, (named.name, *named.aliases)))
    )
    others = (one for one in (*sharers, *of_one_sound) if one.key != target.named.key)
    return SHARED if any(others) else RIGHT


def _parted(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those that show by a blank where the family name ends; all, if none does."""
    return tuple(name for name in names if " " in name) or names


def _is_family_part(text: str, name: str) -> bool:
    """One character of up to three, two or more of a longer name; never all."""
    family, blank, _ = name.partition(" ")
    if blank:
        return same_han(family, text)
    least = 1 if len(name) <= 3 else 2
    return least <= len(text) < len(name) and same_han(name[: len(text)], text)


def _merit(found: Found) -> tuple[int, bool]:
    return found.level, found.shown is None


def _family_names(target: Target, tokens: Tokens) -> Iterator[tuple[int, str, Sides]]:
    """Each place where the family name may stand: edits, right spelling, the other tokens."""
    for surname, shown in target.surnames:
        length = len(surname)
        for start in range(len(tokens) - length + 1):
            typed = compact(tokens[start : start + length])
            distance = edits(typed, compact(surname), in_name=len(tokens) > length)
            if distance is not None:
                yield distance, shown, (tokens[:start], tokens[start + length :])


def _with_rest(target: Target, distance: int, shown: str, sides: Sides, index: NameIndex) -> Found:
    before, after = map(_without_gloss, sides)
    rest = (*before, *after)
    if not _LINKING.isdisjoint(rest):
        return NONE  # "the road to Marlow"
    sharers = _sharers(target, shown, index)
    spelt = misspelt(shown, distance) if distance else RIGHT
    if not rest:
        return SHARED if sharers else spelt
    if len(rest) > _MOST_OTHER_NAMES:
        return NONE
    if _given_agrees(target, rest) and _fits_a_name(target, rest):
        only_initials = all(len(token) == 1 for token in rest)
        if not _is_his(target, before, after, index) or _is_others(target, rest, index):
            return _AND_MORE
        return SHARED if only_initials and _initials_shared(sharers, rest) else spelt
    twice = all(_is_again(token, shown) for token in rest)
    if twice and sharers:
        return SHARED
    for other in sharers:
        if _given_agrees(index.target(other.key), rest) or _is_near_given(other, rest, index):
            return Found(Level.OTHER, reasons.another(other.name))
    if len(rest) == 1 and before and _is_misspelt_title(rest[0], index):
        return SHARED if sharers else spelt
    return _with_others(target, rest, index, NONE if distance else _differing(rest, after, twice))


def _without_gloss(side: Tokens) -> Tokens:
    """ "Marlow of Norland" is called just that."""
    end = side.index("of") if "of" in side else None
    return tuple([word for word in side[:end] if word not in _SMALL])


def _with_others(target: Target, rest: Tokens, index: NameIndex, found: Found) -> Found:
    """Unless one of the other words is somebody else's family name, or a title amid them."""
    if _is_others(target, rest, index):
        return Found(Level.OTHER, reasons.TWO_CANDIDATES)
    return found if index.titles.isdisjoint(rest) else _AND_MORE


def _is_others(target: Target, rest: Tokens, index: NameIndex) -> bool:
    """Family names may be double."""
    if target.given.issuperset(rest):
        return False
    said = (*(token for token in rest if token not in target.given), *map(compact, pairwise(rest)))
    return any(one.key != target.named.key for name in said for one in index.with_surname(name))


def _differing(rest: Tokens, after: Tokens, twice: bool) -> Found:
    """Another given name stands before the family name; what else there is may be anything."""
    if (after and not twice) or any(token.isdigit() for token in rest):
        return _AND_MORE
    return Found(Level.PARTIAL, reasons.NAME_TWICE if twice else reasons.GIVEN_NAME_DIFFERS)


def _is_his(target: Target, before: Tokens, after: Tokens, index: NameIndex) -> bool:
    """What is no given name may be a patronymic, behind one; not "banana Anna Marlow"."""
    rest = (*before, *after)
    if any(token.isdigit() for token in rest) or _is_said_twice(target, rest):
        return False
    titled = bool(before) and _is_misspelt_title(before[0], index)
    return titled or all(
        not side or _is_given(side[0], target.given) or _is_initial(side[0], target)
        for side in (before, after)
    )


def _is_said_twice(target: Target, rest: Tokens) -> bool:
    """ "Otto Marlow Otto Lind": the first may be whoever else is called so."""
    return len(rest) > 1 and any(
        sum(_is_given(token, frozenset({name})) for token in rest) > 1 for name in target.given
    )


def _is_initial(token: str, target: Target) -> bool:
    return len(token) <= _INITIALS and token[0] in {name[0] for name in target.given}


def _is_again(token: str, surname: str) -> bool:
    """ "Marlow Marlow": no given name that differs."""
    return edits(token, compact(fold(clean(surname)))) is not None


def _is_misspelt_title(token: str, index: NameIndex) -> bool:
    """ "Marshall" beside a family name, where nobody is called so."""
    if index.with_given_name(token):
        return False
    alike = (title for title in index.titles if title[:2] == token[:2] and len(title) > 4)
    return any(edits(token, title) is not None for title in alike)


def _sharers(target: Target, shown: str, index: NameIndex) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for surname, text in target.surnames:
        if text == shown:
            found |= {named.key: named for named in index.with_surname(compact(surname))}
    return tuple(named for key, named in found.items() if key != target.named.key)


def _initials_shared(sharers: tuple[Named, ...], rest: Tokens) -> bool:
    return any(named.name.lower().startswith(rest[0]) for named in sharers)


def _given_agrees(target: Target, rest: Tokens) -> bool:
    """At least one given name or its initial; what else there is may be a patronymic."""
    known = target.given
    if all(len(token) <= 2 and token.isalpha() for token in rest) and not known & set(rest):
        initials = {name[0] for name in known}
        return bool(initials) and "".join(rest)[0] in initials
    return any(_is_given(token, known) for token in rest)


def _fits_a_name(target: Target, rest: Tokens) -> bool:
    """Of two given names neither may be another than ours: Otto Emil Marlow is not Otto Karl. Who
    says all that we know may say a patronymic as well."""
    if len(rest) < 2 and len(rest[0]) != _INITIALS:
        return True
    said = [letter for token in rest for letter in _initials_apart(token, target)]
    names = ([token for token in form.tokens if token in target.given] for form in target.forms)
    return any(name and _fits(said, name) for name in names)


def _initials_apart(token: str, target: Target) -> tuple[str, ...]:
    glued = len(token) == _INITIALS and not any(name.startswith(token) for name in target.given)
    return tuple(token) if glued else (token,)


def _fits(said: list[str], known: list[str]) -> bool:
    if all(any(_is_same(one, name) for name in known) for one in said):
        return True
    return all(any(_is_same(one, name) for one in said) for name in known)


def _is_same(one: str, two: str) -> bool:
    """Given names, or the initial of either."""
    if min(len(one), len(two)) <= _INITIALS:
        return one[0] == two[0]
    return edits(one, two) is not None


def _is_given(token: str, known: frozenset[str]) -> bool:
    return token in known or any(edits(token, name) is not None for name in known)


def _is_near_given(other: Named, rest: Tokens, index: NameIndex) -> bool:
    """ "Bera Lind" is no Otto, though too short to be a slip for Berta by itself."""
    known = index.target(other.key).given
    return any(edits(token, name, in_name=True) is not None for token in rest for name in known)


def _given_names(target: Target, tokens: Tokens, index: NameIndex) -> Found:
    first = {form.tokens[0] for form in target.forms if form.tokens}
    empty = words.PARTICLES | (words.NAME_BEGINNINGS - first)
    tokens = tuple(
        token
        for token in tokens
        if token not in empty and not (len(token) == 1 and token.isalpha())
    )
    if not tokens or not all(_is_given(token, target.given) for token in tokens):
        return _letters_mixed(target, tokens)
    others = {
        named.key
        for token in tokens
        for named in index.with_given_name(token)
        if named.key != target.named.key
    }
    others |= {
        named.key
        for token in tokens
        for named in index.with_surname(token)
        if named.key != target.named.key
    }
    return SHARED if others else Found(Level.PARTIAL, reasons.GIVEN_NAME_ONLY)


def _letters_mixed(target: Target, tokens: Tokens) -> Found:
    spelt = compact(tokens)
    for surname, shown in target.surnames:
        if spelt and same_letters(spelt, compact(surname)):
            return Found(Level.PARTIAL, reasons.LETTERS_MIXED, shown)
    return NONE
