"""An answer as learners write it: fillers, remarks, second candidates, negations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from questions.domain.grading import reasons, words
from questions.domain.grading.fillers import (
    before_between,
    behind_class_noun,
    behind_description,
    behind_possessive,
    correction,
    is_possessive_description,
    without_fillers,
    without_non,
    without_years,
)
from questions.domain.grading.fold import Tokens, clean, fold, has_han
from questions.domain.grading.found import NONE, RIGHT, Found, Level
from questions.domain.grading.index import NameIndex
from questions.domain.grading.joints import (
    Part,
    begins_with_not,
    denied_by_no,
    is_taken_back,
    led_in,
    parts_of,
    says_only_no,
)
from questions.domain.grading.names import (
    match_beyond,
    match_exactly,
    match_name,
    match_spelling,
    meant_by,
    named_by,
)
from questions.domain.grading.numbered import (
    OTHER_NUMBER,
    is_measure_of,
    is_number,
    match_numbered,
    only_years,
)
from questions.domain.grading.strangers import HARMLESS, is_beside_stranger, runs
from questions.domain.grading.targets import Target, words_of

_WORD = re.compile(r"\S+")
_MOST_PARTS = 12
_MOST_PLACED = 6
_NO = ("no", "No", "NO")


def match_answer(target: Target, given: str, index: NameIndex) -> Found:
    """Grade a typed name against one entity. `given` may be anything."""
    text = without_non(clean(given))
    if _is_denied(target, text, index):
        return NONE
    found = match_exactly(target, text, index)
    if found.level is not Level.NONE:
        return found
    bare = _bare(target, text, index)
    for plainer in dict.fromkeys((bare, without_years(bare))):
        if plainer != text:
            found = match_exactly(target, plainer, index)
            if found.level is not Level.NONE:
                return found
    if match_numbered(target, bare).level is Level.RIGHT:
        return RIGHT
    parts = parts_of(bare)  # with the years, which may belong to a second name
    if len(parts) < 2 or (plainer != bare and len(parts_of(plainer)) < 2):
        bare, parts = plainer, parts_of(plainer)
    if len(parts) < 2:
        return _match_one(target, bare, index, match_beyond)
    head = None if target.person else before_between(bare)
    if head and not _names_of_kind(target, bare[len(head) :], index):
        return _match_one(target, head, index)
    found = _match_inverted(target, bare, index)
    return found if found.level is not Level.NONE else _match_parts(target, parts, index)


def _is_denied(target: Target, text: str, index: NameIndex) -> bool:
    """Of the whole answer: taken back at its end, or said of somebody else."""
    if begins_with_not(text) or (text[:2] in _NO and _says_no(target, text)):
        return True
    if is_taken_back(text) and match_exactly(target, text, index).level is not Level.RIGHT:
        return True
    return _is_of_another(target, text, index) and len(parts_of(text)) < 2


def _says_no(target: Target, text: str) -> bool:
    said = denied_by_no(text)
    own = any(form.tokens[0] == "no" for form in target.forms)
    return bool(said) and not own and not is_number(fold(said)[0])


def _bare(target: Target, text: str, index: NameIndex) -> str:
    """Without fillers, without what "not X but Y" denies, without titles in Chinese characters."""
    bare = without_fillers(text)
    said = correction(bare)
    if said and match_name(target, said[0], index).level < Level.UNCLEAR:
        bare = without_fillers(said[1])
    if target.person and has_han(bare):
        bare = index.nouns.without_han_title(bare)
    return bare


_STOPS = re.compile(r"[,()]")


def _match_inverted(target: Target, text: str, index: NameIndex) -> Found:
    """ "Ilda, Lake", "Ilda (Lake)", and names that hold an "and" or a comma themselves."""
    found = match_spelling(target, text, index)
    before, comma, after = text.partition(",")
    if not comma:
        before, comma, after = text.removesuffix(")").partition("(")
    if found.level is not Level.NONE or not comma or _STOPS.search(after):
        return found
    first = match_name(target, before, index)
    if target.person and (first.level < Level.UNCLEAR or first.reason in _MORE_BESIDE):
        turned = _is_negated(target, before) or _is_spoken_of(target, before)
        return Found(Level.OTHER) if turned and _is_given_part(target, fold(after)) else found
    if len(parts_of(after)) > 1:
        return found
    said = f"{after.strip()} {before}"
    found = match_exactly(target, said, index)
    if found.level is Level.NONE and target.person and _is_given_part(target, fold(after)):
        whole = match_name(target, said, index)
        return whole if whole.level is Level.RIGHT else found
    return found


def _match_one(
    target: Target,
    text: str,
    index: NameIndex,
    match: Callable[[Target, str, NameIndex], Found] = match_name,
) -> Found:
    numbered = match_numbered(target, text)
    if numbered is not NONE:
        return numbered
    if _is_negated(target, text):
        return NONE if fold(text)[0] in words.NEGATIONS else _before_remark(target, text, index)
    if _is_of_another(target, text, index):
        return NONE
    if target.person and is_possessive_description(text):
        return NONE  # "Marlow's troops"
    found = NONE if _is_spoken_of(target, text) else match(target, text, index)
    if found.level >= Level.PARTIAL and is_beside_stranger(target, text, index):
        return _UNCLEAR
    if found.level is not Level.NONE and found.reason not in _MORE_BESIDE:
        return found
    if (glossed := _before_remark(target, text, index)).level > found.level:
        return glossed
    if (described := _described(target, text, index)).level > found.level:
        return described
    if found.level is Level.PARTIAL and _is_sentence(text, index):
        return _AND_MORE if words.ADJECTIVES.isdisjoint(fold(text)) else NONE
    return found


def _described(target: Target, text: str, index: NameIndex) -> Found:
    """The name behind what describes it, or beside whose or where it is."""
    name = behind_possessive(text) or behind_description(text)
    name = name or behind_class_noun(text, target.nouns)
    found = match_exactly(target, name, index) if name else NONE
    if name and found.level is Level.RIGHT:
        if _names_rival(target, text[: -len(name)], index):
            return _TWO
        return found if target.named.key else _AND_MORE  # "acid" may be another term
    if found.level is Level.NONE and _is_owned_or_placed(target, text, index):
        return _AND_MORE
    return found


_OWNED = re.compile(r"(?P<owner>[^\W\d_][\w.]*(?: [^\W\d_][\w.]*)?)(?:['’]s|s['’]) (?P<name>\S.*)")


def _is_owned_or_placed(target: Target, text: str, index: NameIndex) -> bool:
    """ "Lind's Magic Hat" and "Ilda Norland": the very name beside one of another kind."""
    if target.person:
        return False
    if ("'" in text or "’" in text) and (owned := _OWNED.fullmatch(text)):
        return match_exactly(target, owned["name"], index).level is Level.RIGHT
    said = text.split()
    for cut in range(1, len(said) if len(said) <= _MOST_PLACED else 1):
        behind = meant_by(" ".join(said[cut:]), index)
        other = [one for one in behind if not index.of_one_kind(one.type, target.named.type)]
        if behind and len(other) == len(behind):
            return match_exactly(target, " ".join(said[:cut]), index).level is Level.RIGHT
    return False


def _is_spoken_of(target: Target, text: str) -> bool:
    """ "The man who beat Marlow": a word that no name holds shows who is spoken of."""
    tokens = fold(text)
    if words.REFERRING.isdisjoint(tokens) or not target.person:
        return False
    return words.REFERRING.isdisjoint(words_of(target).intersection(tokens))


def _is_sentence(text: str, index: NameIndex) -> bool:
    """ "Routed Marlow": beside a capital name stand small words that are no names."""
    if text.islower():
        return False
    small = [token for word in text.split() if word[:1].islower() for token in fold(word)]
    return not all(token in HARMLESS or token in index.titles for token in small)


_MORE_BESIDE = (reasons.GIVEN_NAME_DIFFERS, reasons.NAME_AND_MORE)
_OF_ANOTHER = words.DIRECTIONS | words.RELATIVES | words.OPPOSING | words.BELONGINGS


def _is_of_another(target: Target, text: str, index: NameIndex) -> bool:
    """ "The enemy of Marlow" is not Marlow, nor "north of Ilda" Ilda, unless it is called so."""
    tokens = fold(text)
    if tokens[:1] and tokens[0] in words.BESIDE and tokens[0] not in words_of(target):
        return True
    if _OF_ANOTHER.isdisjoint(tokens):
        return False
    said = set()
    for first, second in pairwise(tokens):
        theirs = words.BELONGINGS if target.person else ()
        related = second in ("of", "to", "for") and (
            first in words.RELATIVES or first in words.DIRECTIONS or first in theirs
        )
        if related or (first in words.OPPOSING and second not in index.titles):
            said.add(first)
    return not said <= words_of(target)


def _is_negated(target: Target, text: str) -> bool:
    """Unless the name holds the word itself: a Non-Smoking Act."""
    tokens = fold(text)
    if words.NEGATIONS.isdisjoint(tokens):
        return False
    return not words.NEGATIONS.intersection(tokens) <= words_of(target)


def _before_remark(target: Target, text: str, index: NameIndex) -> Found:
    """ "Marlow the foreign minister": a name, then a word that opens a remark."""
    if _OPENERS.isdisjoint(fold(text)):
        return NONE
    places = list(_WORD.finditer(text))
    for number, place in enumerate(places[1:7], start=1):
        if _OPENERS.isdisjoint(fold(place.group())[:1]):
            continue
        found = match_name(target, text[: places[number - 1].end()], index)
        if found.level >= Level.UNCLEAR:
            remark = text[place.start() :]
            if _takes_back(target, remark, index):
                return NONE
            if is_beside_stranger(target, text, index):
                return _UNCLEAR
            if _names_rival(target, remark, index):
                return _TWO
            second = _led_in(target, remark, index)
            return second if second.level is not Level.NONE else found
    return NONE


def _led_in(target: Target, text: str, index: NameIndex) -> Found:
    """Whether "perhaps B" or "was B" leads in a second candidate, also one the deck lacks."""
    said = led_in(text)
    if not said or match_name(target, said, index).level >= Level.PARTIAL:
        return NONE
    tokens = fold(said)
    if not words.NEGATIONS.isdisjoint(tokens[:1]) or tokens[-1:] in _SURE:
        return NONE  # "but not B", "but I'm not sure"
    numbered = any(map(is_number, tokens[:1])) and not only_years(tokens)
    if numbered or _names_rival(target, said, index):
        return _TWO
    if any(other.key != target.named.key for other in named_by(said, index)):
        return _UNCLEAR  # of whatever kind, it is not told of
    if len(tokens) > 1 and _is_remark(target, tokens, index) and not _is_named(target, said, index):
        return NONE
    return _TWO if target.person and said[:1].isupper() else _UNCLEAR


def _is_named(target: Target, said: str, index: NameIndex) -> bool:
    """Whether a name stands first that the deck lacks: "General Marlow", "Iron Mountain"."""
    if target.person:
        return _begins_with_name(target, said, index)
    first = fold(said.split(maxsplit=1)[0])
    known = HARMLESS.issuperset(first) or index.titles.issuperset(first)
    return said[:1].isupper() and not known and not meant_by(said, index)


_OPENERS = words.GLOSS_OPENERS | words.NEGATIONS
_AND_MORE = Found(Level.UNCLEAR, reasons.NAME_AND_MORE)
_TWO = Found(Level.OTHER, reasons.TWO_CANDIDATES)
_UNCLEAR = Found(Level.UNCLEAR, reasons.UNCLEAR_SECOND)


def _names_rival(target: Target, remark: str, index: NameIndex) -> bool:
    """Whether a remark names another entity that could be an answer here.

    What a clause tells ("who replaced Lind"), denies or owns ("Lind's minister") is no
    second candidate.
    """
    tokens = fold(remark)
    told = tokens[:1] and (tokens[0] in words.CLAUSE_OPENERS or tokens[0] in words.NEGATIONS)
    if not tokens or told or _is_relation(tokens):
        return bool(words.ALTERNATIVES.intersection(tokens))
    return bool(words.ALTERNATIVES.intersection(tokens)) or _names_of_kind(target, remark, index)


def _names_of_kind(target: Target, text: str, index: NameIndex) -> bool:
    others = (named for run in runs(text) for named in meant_by(run, index))
    others = (named for named in others if named.key != target.named.key)
    return any(index.of_one_kind(named.type, target.named.type) for named in others)


def _is_relation(tokens: Tokens) -> bool:
    """ "The successor of Lind": whom it names is another, but no second answer."""
    return any(
        first in words.RELATIVES and second in ("of", "to", "for")
        for first, second in pairwise(tokens)
    )


def _match_parts(target: Target, parts: tuple[Part, ...], index: NameIndex) -> Found:
    if len(parts) > _MOST_PARTS:
        return NONE
    matched = [
        NONE if denied else _match_one(target, part.text, index)
        for part, denied in zip(parts, _denied(target, parts), strict=True)
    ]
    named = [place for place, found in enumerate(matched) if found.level > Level.OTHER]
    if named and any(found.level is Level.OTHER for found in matched):
        first = named[0]
        matched[first:] = _excused(target, parts[first:], matched[first:], index)
    best = max(matched, key=lambda found: found.level)
    if best.level < Level.UNCLEAR:
        return best
    if any(_takes_back(target, part.text, index) for part in parts):
        return NONE
    second = _second_of(target, parts, matched, index)
    if second.level is Level.NONE and best.level is Level.RIGHT:
        second = _of_the_family(parts, matched)
    return best if second.level is Level.NONE else second


def _second_of(
    target: Target, parts: tuple[Part, ...], matched: list[Found], index: NameIndex
) -> Found:
    """What besides the name is a second candidate, or may be one."""
    for part, found in zip(parts, matched, strict=True):
        if found.level is Level.OTHER:
            return _TWO
        if found is _UNCLEAR:
            return found
        if found.level is Level.NONE and found is not _REMARK:
            second = _second_candidate(target, part, parts, index)
            if second.level is not Level.NONE:
                return second
    return NONE


def _of_the_family(parts: tuple[Part, ...], matched: list[Found]) -> Found:
    """ "Otto Marlow or Anna Marlow", whom the deck lacks."""
    if not any(found.reason is reasons.GIVEN_NAME_DIFFERS for found in matched):
        return NONE
    return _TWO if any(part.strong for part in parts) else _UNCLEAR


def _takes_back(target: Target, text: str, index: NameIndex) -> bool:
    """The second part of "Marlow or not Marlow"."""
    if words.NEGATIONS.isdisjoint(fold(text)):
        return False
    first, _, rest = text.partition(" ")
    denied = not words.NEGATIONS.isdisjoint(fold(first)) and fold(first) != ("but",)
    return denied and match_exactly(target, rest, index).level is Level.RIGHT


def _denied(target: Target, parts: tuple[Part, ...]) -> Iterator[bool]:
    """ "Not A and B" denies both; "not A, B" names B."""
    denied = False
    for part in parts:
        denied = (denied and part.strong) or (
            _is_negated(target, part.text) and fold(part.text)[0] in words.NEGATIONS
        )
        yield denied


def _excused(
    target: Target, parts: tuple[Part, ...], matched: list[Found], index: NameIndex
) -> Iterator[Found]:
    """ "Ilda, Norland/Sudland" says where Ilda is."""
    remark = False
    for part, found in zip(parts, matched, strict=True):
        excused = found if part.strong and not remark else _excuse(target, part, found, index)
        remark = excused is _REMARK
        yield excused


def _excuse(target: Target, part: Part, found: Found, index: NameIndex) -> Found:
    """An entity of another kind after a comma says where or whose."""
    if found.level is not Level.OTHER or found is OTHER_NUMBER:
        return found
    named = meant_by(part.text, index)
    if any(index.of_one_kind(other.type, target.named.type) for other in named):
        return found
    if not named:
        return NONE
    return _REMARK if index.nouns.may_be_placed(target.named.type) else _UNCLEAR


_REMARK = Found(Level.NONE, reasons.RIGHT)


def _second_candidate(
    target: Target, part: Part, parts: tuple[Part, ...], index: NameIndex
) -> Found:
    """Whether a part that names nothing here is a second answer, a remark, or unclear."""
    tokens = fold(part.text)
    if tokens[:1] == ("nor",):
        return _TWO
    if says_only_no(tokens):
        return _TWO if part.strong else Found(Level.OTHER, reasons.WRONG)
    denied = tokens[:1] != ("but",) and not words.NEGATIONS.isdisjoint(tokens[:1])
    if denied and (second := _led_in(target, part.text, index)).level is not Level.NONE:
        return second  # "not sure, Lind"
    if not tokens or denied or only_years(tokens) or is_measure_of(target, part, index):
        return NONE
    if all(map(is_number, tokens)):
        return _TWO
    if not part.strong and is_possessive_description(part.text):
        return NONE
    if part.strong or (parts[0] is part and any(other.strong for other in parts[1:2])):
        return _TWO
    if _is_given_part(target, tokens):
        return _UNCLEAR if _names_rival(target, part.text, index) else NONE
    return _remark_or_second(target, part.text, index)


def _remark_or_second(target: Target, text: str, index: NameIndex) -> Found:
    """The same of words behind a comma or in brackets."""
    tokens = fold(text)
    if is_beside_stranger(target, text, index):
        return _UNCLEAR
    if led_in(text) == "" or (tokens[-1:] in _SURE and not _names_rival(target, text, index)):
        return NONE  # "but" and nothing more; "I am certain"
    if (second := _led_in(target, text, index)).level is not Level.NONE:
        return second
    if not target.named.key and words.REMARK_NOUNS.issuperset(tokens[-1:]) and len(tokens) < 3:
        return _UNCLEAR  # "solid, gas"
    if _is_remark(target, tokens, index):
        named = _names_rival(target, text, index) or _begins_with_name(target, text, index)
        return _TWO if named else NONE
    if words.QUALIFIERS.issuperset(tokens):
        return Found(Level.OTHER, reasons.WRONG)
    if _names_rival(target, text, index):
        return _TWO
    if meant_by(text, index):
        return NONE
    return _TWO if target.person and text[:1].isupper() else _UNCLEAR


_SURE = (("sure",), ("certain",), ("positive",), ("confident",))


def _begins_with_name(target: Target, text: str, index: NameIndex) -> bool:
    """Whether a remark on a person begins with another's name that the deck lacks, perhaps behind
    a title: "General Marlow". That of a nation, or of an office, is none."""
    if not target.person:
        return False
    said = text.split()
    for place, word in enumerate(said):
        tokens = fold(word)
        if tokens and (index.titles.issuperset(tokens) or HARMLESS.issuperset(tokens)):
            if words.REMARK_WORDS.issuperset(tokens) and not index.titles.issuperset(tokens):
                return False
            continue
        following = fold(" ".join(said[place + 1 : place + 2]))
        office = bool(following) and not index.titles.union(HARMLESS).isdisjoint(following)
        return word[:1].isupper() and not office and not meant_by(word.strip(".,"), index)
    return False


def _is_given_part(target: Target, tokens: Tokens) -> bool:
    """ "Marlow, A. K.": what follows the comma are this person's given names."""
    initials = {name[0] for name in target.given}
    return target.person and all(
        token in target.given or (len(token) == 1 and token in initials) for token in tokens[:1]
    )


def _is_remark(target: Target, tokens: Tokens, index: NameIndex) -> bool:
    if len(tokens) > 4 or _is_relation(tokens):
        return True
    telling = not (words.REMARK_WORDS.isdisjoint(tokens) and index.titles.isdisjoint(tokens))
    if telling and not words.QUALIFIERS.issuperset(tokens):
        return True
    nouns = index.nouns.nouns_in(target.named.type)
    return bool(target.named.key) and not nouns.isdisjoint(tokens)
