"""Whether one short text names an entity: the heart of grading typed names.

Exactness first: the entity's own names, then every other entity's, and only then slips of the
pen. Nothing here measures likeness of whole strings; that would take Inner Norland for Norland.
"""

from __future__ import annotations

import re

from questions.domain.grading import reasons, words
from questions.domain.grading.compass import COMPASS
from questions.domain.grading.fold import (
    Tokens,
    clean,
    compact,
    fold,
    has_han,
    is_latin,
    readings,
    same_han,
)
from questions.domain.grading.forms import Form, Named, han_cores, without_articles
from questions.domain.grading.found import (
    NEAR_ANOTHER,
    NONE,
    RIGHT,
    SHARED,
    Found,
    Level,
    misspelt,
)
from questions.domain.grading.index import NameIndex
from questions.domain.grading.number_forms import match_number_form
from questions.domain.grading.persons import (
    is_of_other_sex,
    match_han_family,
    match_person,
    told_by_title,
    without_titles,
)
from questions.domain.grading.shortened import match_shortened
from questions.domain.grading.small_words import mended
from questions.domain.grading.spelling import edits_of_words, lacks_vowel, same_letters
from questions.domain.grading.targets import Target, core_of


def match_exactly(target: Target, text: str, index: NameIndex) -> Found:
    """The very name, in any order of a person's names, or exactly another entity's."""
    spelt = _spellings(target, text)
    known = target.exact
    if target.transcribed and not is_latin(text):
        known |= target.transcribed
    if _is_own(target, known, spelt) and _han_agrees(target.named, text):
        return RIGHT
    if any(form.compact in map(compact, spelt) for form in target.loose):
        return Found(Level.PARTIAL, reasons.LOOSE)
    found = _core_or_other(target, text, spelt, index)
    if found.level is Level.NONE:
        found = match_shortened(target, spelt[0], index)
    return _match_han(target, text, index) if found.level is Level.NONE else found


def _match_han(target: Target, text: str, index: NameIndex) -> Found:
    """A name in Chinese characters with another class noun, or a family name in them."""
    if not target.han or not has_han(text):
        return NONE
    if target.person:
        return match_han_family(target, text, index)
    known = [*target.han_cores, *target.han]
    for core, _ in han_cores(text, target.han_nouns):
        said = compact(fold(core))
        if any(compact(fold(own)) == said and same_han(core, own) for own in known):
            return RIGHT
    return NONE


def match_name(target: Target, text: str, index: NameIndex) -> Found:
    """The above, and parts of names, titles and slips of the pen."""
    found = match_exactly(target, text, index)
    return match_beyond(target, text, index) if found.level is Level.NONE else found


def match_beyond(target: Target, text: str, index: NameIndex) -> Found:
    """Parts of names, titles and slips of the pen, for a text that is nobody's exact name."""
    if not _may_slip(target, text):
        return NONE
    tokens = plain_tokens(text)
    found = match_number_form(target, tokens, index)
    if found.level is not Level.NONE:
        return found
    found = _match_tokens(target, tokens, index)
    if found.level is Level.NONE:
        found = _match_without_vowel(target, tokens, index)
    if target.person or found.level not in (Level.NONE, Level.PARTIAL):
        return found
    whole = _match_mended(target, tokens, index)
    return whole if whole.level is Level.RIGHT else found


def _match_mended(target: Target, tokens: Tokens, index: NameIndex) -> Found:
    """The same with a slip in one small word or class noun of the name."""
    for spelt in mended(target, tokens, index):
        others = (other.key != target.named.key for other in index.find(spelt))
        if compact(spelt) not in target.exact and any(others):
            continue
        for found in (_match_tokens(target, spelt, index), _match_core(target, [spelt], index)):
            if found.level is Level.RIGHT:
                return misspelt(found.shown or target.named.name, found.edits + 1)
    return NONE


def match_spelling(target: Target, text: str, index: NameIndex) -> Found:
    """A whole name with slips, and nothing else: for names that hold an "and" or a comma."""
    tokens = plain_tokens(text)
    found = _nearest(tokens, target.forms) if _may_slip(target, text) else NONE
    return _unless_rival(target, tokens, found, index)


def plain_tokens(text: str) -> Tokens:
    return without_articles(fold(text))


def _may_slip(target: Target, text: str) -> bool:
    """A like-sounding Chinese character is another name; only letters are misspelt."""
    if not has_han(text) or not target.han:
        return True
    size = len(text)
    return any(same_han(text, part) for name in target.han for part in (name[:size], name[-size:]))


# "Sudland–Norland" for "Norland–Sudland"
_PAIR = re.compile(r"\b([^\W\d_]{3,})[-‐‑–—]([^\W\d_]{3,})\b")
_VERSUS = frozenset({"vs", "versus"})
_PARTED = re.compile(r"[,;:/|()\[\]]|\s[-–—]\s")
# "L. Ilda"; "г." for город, "оз." for озеро
_SHORT_NOUNS = {"l": "lake", "oz": "lake", "g": "city", "r": "river", "o": "island"}


def _spellings(target: Target, text: str) -> list[Tokens]:
    found = [without_articles(tokens) for tokens in readings(text)]
    if target.person or len(found[0]) < 2:
        return found
    first = found[0][0]
    if not _VERSUS.isdisjoint(found[0]):
        found.append(tuple(["v" if token in _VERSUS else token for token in found[0]]))
    if first in COMPASS:
        found.append((COMPASS[first], *found[0][1:]))
    if (noun := _SHORT_NOUNS.get(first)) and noun in target.nouns:
        found.append((noun, *found[0][1:]))
    dashed = len(found[0]) > 2 and ("-" in text or not text.isascii())
    if dashed and (swapped := _PAIR.sub(r"\2-\1", text)) != text:
        found.append(plain_tokens(swapped))
    return found


def named_by(text: str, index: NameIndex) -> tuple[Named, ...]:
    """All entities that a text names exactly, be it by family name alone."""
    found: dict[str, Named] = {}
    for tokens in readings(text):
        kept = without_articles(tokens)
        bare = without_titles(kept, index)
        if bare != kept and _PARTED.search(text):  # "Lind, General Marlow"
            bare = kept
        for spelt in (kept,) if bare == kept else (kept, bare):
            for named in (*index.find(spelt), *index.with_surname(compact(spelt))):
                if _han_agrees(named, text):
                    found[named.key] = named
    return tuple(found.values())


def meant_by(text: str, index: NameIndex) -> tuple[Named, ...]:
    """The same, and entities whose name without its class noun the text is."""
    cored = (named for tokens in readings(text) for named in index.with_core(compact(tokens)))
    return tuple(dict.fromkeys((*named_by(text, index), *cored)))


def bearer(spelling: str, key: str, index: NameIndex) -> Named | None:
    """Whom else of the kind of the entity `key` the deck calls so: it cannot be a name of both."""
    own = index.named(key)
    others = (named for named in meant_by(spelling, index) if named.key != key)
    return next((one for one in others if index.of_one_kind(one.type, own.type)), None)


def _is_own(target: Target, known: frozenset[str], spelt: list[Tokens]) -> bool:
    if not known.isdisjoint(map(compact, spelt)):
        return True
    return target.person and any(
        len(form.tokens) == len(tokens) and sorted(form.tokens) == sorted(tokens)
        for tokens in spelt
        for form in target.forms
    )


def _han_agrees(named: Named, text: str) -> bool:
    """Where an entity has a Chinese spelling, Chinese characters must be its characters."""
    if not has_han(text):
        return True
    spelt = [name for name in (named.name, *named.aliases) if has_han(name)]
    return not spelt or any(same_han(text, name) or _begins(name, text) for name in spelt)


def _begins(name: str, text: str) -> bool:
    return len(text) > 1 and same_han(name[: len(text)], text)


def _core_or_other(target: Target, text: str, spelt: list[Tokens], index: NameIndex) -> Found:
    core = _match_core(target, spelt, index)
    named = named_by(text, index)
    if len(named) > 1 and target.person:
        named = told_by_title(spelt[0], named)
    others = [other for other in named if other.key != target.named.key]
    if named and not others and target.person:
        return _titled(target, spelt, index)
    if not others:
        transcribed = any(compact(tokens) in target.transcribed for tokens in spelt)
        if transcribed and _han_agrees(target.named, text):
            return RIGHT
        if is_latin(text) and _is_abroad(target, spelt, index):
            return RIGHT
        return core if core.level is not Level.NONE else _core_of_other(target, spelt, index)
    if len(others) < len(named) and not _only_transcribed(target, spelt):
        return SHARED
    given = target.person and target.given.issuperset(spelt[0])  # whatever else is called so
    if (given or core is _BARE_CORE) and not _any_rival(target, others, index):
        if given:
            return NONE
        return core if not _is_half_said(target, spelt) else _other(others[0])
    return _other(others[0])


def _is_abroad(target: Target, spelt: list[Tokens], index: NameIndex) -> bool:
    """Only for what is written in Latin letters: in Cyrillic ones "Сорин" is not "Зорин"."""
    if not target.abroad:
        return False
    bare = (compact(without_titles(tokens, index, target.named)) for tokens in spelt)
    return not target.abroad.isdisjoint(bare)


def _any_rival(target: Target, others: list[Named], index: NameIndex) -> bool:
    return any(index.of_one_kind(other.type, target.named.type) for other in others)


def _other(named: Named) -> Found:
    return Found(Level.OTHER, reasons.another(named.name))


def _is_half_said(target: Target, spelt: list[Tokens]) -> bool:
    """ "Norland" for the Norland Army names the country: without such a noun nothing is left."""
    forms = (target.cores[said] for said in map(compact, spelt) if said in target.cores)
    return any(
        not words.NEVER_SWAPPED.isdisjoint({*fold(clean(form.text))} - {*form.tokens})
        for form in forms
    )


def _titled(target: Target, spelt: list[Tokens], index: NameIndex) -> Found:
    """A person's own name or unshared family name, perhaps behind a title."""
    if is_of_other_sex(spelt[0], target.named):
        return NONE
    bare = {compact(without_titles(tokens, index)) for tokens in spelt}
    loose = bare.isdisjoint(target.exact | target.transcribed) and not bare.isdisjoint(
        form.compact for form in target.loose
    )
    return Found(Level.PARTIAL, reasons.LOOSE) if loose else RIGHT


def _core_of_other(target: Target, spelt: list[Tokens], index: NameIndex) -> Found:
    """ "Ilda" names Lake Ilda, and is no slip for Lake Ilma."""
    for tokens in spelt:
        for other in index.with_core(compact(tokens)):
            if other.key != target.named.key:
                return _other(other)
    return NONE


def _only_transcribed(target: Target, spelt: list[Tokens]) -> bool:
    """What is only our way to write the target's name may be another's own."""
    joined = {compact(tokens) for tokens in spelt}
    return not target.transcribed.isdisjoint(joined) and target.exact.isdisjoint(joined)


# "Ilda" for the Battle of Lake Ilda: right although a village may be called just that.
_BARE_CORE = Found(Level.RIGHT, reasons.RIGHT)


def _match_core(target: Target, spelt: list[Tokens], index: NameIndex) -> Found:
    """The name without its class noun, or with one that it may bear."""
    for tokens in () if target.person else spelt:
        core, added = _apart(target, tokens, index)
        if not core:
            continue
        if not added:
            joined = compact(core)
            if joined in target.cores:
                return _bare_core(target, joined, index)
        elif not added - target.nouns and _has_core(target, core, added):
            return RIGHT
    return NONE


def _has_core(target: Target, core: Tokens, added: frozenset[str]) -> bool:
    """Whether a name's proper part stands with class nouns that it may bear."""
    swapped = not words.NEVER_SWAPPED.issuperset(added)
    for kept in (core, tuple([token for token in core if token not in words.LINKS])):
        joined = compact(kept)
        if joined in target.cores or joined in target.exact:
            return True
        if swapped and joined in target.swaps:
            return True
    return False


def _bare_core(target: Target, joined: str, index: NameIndex) -> Found:
    rivals = (other for other in index.with_core(joined) if other.key != target.named.key)
    shared = any(index.of_one_kind(other.type, target.named.type) for other in rivals)
    return SHARED if shared else _BARE_CORE


def _apart(target: Target, tokens: Tokens, index: NameIndex) -> tuple[Tokens, frozenset[str]]:
    """What was typed without class nouns, and those class nouns."""
    core = core_of(tokens, target.named.type, index.nouns)
    if len(core) == len(tokens):
        return core, frozenset()
    return core, frozenset(tokens).difference(core, ("of",))


def _match_tokens(target: Target, tokens: Tokens, index: NameIndex) -> Found:
    if target.person:
        if is_of_other_sex(tokens, target.named):
            return NONE
        bare = without_titles(tokens, index, target.named)
        part = match_person(target, bare, index)
        if part.level is Level.RIGHT and part.shown is None:
            return part
        whole = max(_match_whole(target, tokens), part, key=lambda found: found.level)
        return _unless_rival(target, bare, whole, index)
    whole = _match_whole(target, tokens)
    core, added = _apart(target, tokens, index)
    if whole.level is not Level.RIGHT and core and not added - target.nouns:
        loose = {form.compact for form in target.loose}
        cores = [one for joined, one in target.cores.items() if added or joined not in loose]
        cored = _nearest(core, (*cores, *(target.forms if added else ())))
        whole = max(cored, whole, key=lambda found: found.level)
    return _unless_rival(target, tokens, whole, index)


def _match_without_vowel(target: Target, tokens: Tokens, index: NameIndex) -> Found:
    """ "Jpan" for Japan, which is shorter than what may be misspelt."""
    if len(tokens) != 1 or len(tokens[0]) != 4 or not target.named.key:
        return NONE
    forms = [(form.compact, form.text) for form in (*target.forms, *target.cores.values())]
    forms += [(compact(surname), shown) for surname, shown in target.surnames]
    for spelt, shown in forms:
        if any(map(str.isupper, shown)) and lacks_vowel(tokens[0], spelt):
            rivals = (*index.rivals(tokens[0], 1), *index.short_rivals(tokens[0]))
            others = (one for one in rivals if one.key != target.named.key)
            shared = any(index.of_one_kind(one.type, target.named.type) for one in others)
            return NEAR_ANOTHER if shared else misspelt(shown, 1)
    return NONE


def _match_whole(target: Target, tokens: Tokens) -> Found:
    near = _nearest(tokens, target.forms)
    return near if near.level is Level.RIGHT else _letters_mixed(target, tokens)


def _nearest(tokens: Tokens, forms: tuple[Form, ...]) -> Found:
    best: tuple[int, Form] | None = None
    for form in forms:
        distance = edits_of_words(tokens, form.tokens) if form.near else None
        if distance is not None and (best is None or distance < best[0]):
            best = distance, form
    return misspelt(best[1].text, best[0]) if best else NONE


def _letters_mixed(target: Target, tokens: Tokens) -> Found:
    spelt = compact(tokens)
    for form in target.forms:
        if same_letters(spelt, form.compact):
            return Found(Level.PARTIAL, reasons.LETTERS_MIXED, form.text)
    for form in target.loose:
        if edits_of_words(tokens, form.tokens) is not None:
            return Found(Level.PARTIAL, reasons.LOOSE, form.text)
    return NONE


def _unless_rival(target: Target, tokens: Tokens, found: Found, index: NameIndex) -> Found:
    """A slip that lands as near to another entity's name does not tell which was meant."""
    if found.shown is None:
        return found
    core = _apart(target, tokens, index)[0] or tokens
    for rival in index.rivals(compact(core), max(1, found.edits)):
        own = rival.key == target.named.key
        if own or not index.of_one_kind(rival.type, target.named.type):
            continue
        other = index.target(rival.key)
        if not _bears(other, target) and _is_near(other, core, tokens, target):
            return NEAR_ANOTHER
    return found


def _bears(rival: Target, target: Target) -> bool:
    """Whether a bare name, which is no entity's key, is one of the rival's own: it is the thing
    whose name was asked for."""
    return not target.named.key and not rival.exact.isdisjoint(target.exact)


def _is_near(rival: Target, core: Tokens, tokens: Tokens, target: Target) -> bool:
    """By a name that is not the target's as well, as a state's is that of its river."""
    near_core = (
        spelt not in target.exact and edits_of_words(core, form.tokens) is not None
        for spelt, form in rival.cores.items()
    )
    if any(near_core):
        return True
    known = (*(form.tokens for form in rival.forms), *(name for name, _ in rival.surnames))
    return any(
        compact(name) not in target.exact and edits_of_words(tokens, name) is not None
        for name in known
    )
