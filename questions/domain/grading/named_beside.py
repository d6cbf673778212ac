"""What is named beside a date or figure: what the question speaks of, or somebody else.

The first may stand there, whole ("Battle of Lake Ilda: 5,000"). Others may be told of in a
sentence, or with a preposition; bare, "1741 Norland Marlow", nobody can say what is answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from rapidfuzz.distance import Prefix

from questions.domain.grading import words
from questions.domain.grading.calendar_eras import ERA_NAMES
from questions.domain.grading.calendar_words import month_of, plain, season_of
from questions.domain.grading.date_tokens import is_of_dates
from questions.domain.grading.expected import Expected
from questions.domain.grading.figure_words import SAYING_NOTHING
from questions.domain.grading.fold import clean, compact, fold
from questions.domain.grading.forms import Named
from questions.domain.grading.found import Level
from questions.domain.grading.index import NameIndex
from questions.domain.grading.names import match_exactly, meant_by
from questions.domain.grading.number_words import CARDINALS, ordinal_of
from questions.domain.grading.targets import Target

_OR = re.compile(r"\s+(?:or|oder|ou|или)\s+", re.IGNORECASE)
# "1984 or so", also where the deck has a work or a person called like one of these.
_NO_NAME = re.compile(r"\d+|so|more|less|fewer|later|earlier", re.IGNORECASE)
_PIECE = re.compile(r"[^\W_](?:[^\s,;:()\[\]/+&]*[^\W_])?|[,;:()\[\]]")
_LETTER = re.compile(r"[^\W\d_]")
_MARK = re.compile(r"[,;:()\[\]/+&]")
_MOST_PIECES = 60
_LONGEST_NAME = 6
_STEM = 4
_LONGEST_ENDING = 3
_SMALL = SAYING_NOTHING | words.ARTICLES_ABROAD
_JOINING = frozenset({"and", "und", "et"})
_TELLING = (words.GLOSS_LINKS - {"and", "or"}) | words.CLAUSE_OPENERS | words.BESIDE | frozenset(
    "between with under against vs versus during to von in im am bei zu".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a figure, a mark, or as many words as name something."""

    text: str
    start: int
    end: int
    named: tuple[Named, ...] = ()

    @property
    def word(self) -> str:
        return compact(fold(self.text))


def names_instead(expected: Expected, text: str, names: NameIndex) -> bool:
    """Something with a name and a date or figure, the one or the other: two candidates."""
    either = [clean(part) for part in _OR.split(text)]
    if len(either) < 2:
        return False
    told = (one for one in either if one not in expected.harmless and not _NO_NAME.fullmatch(one))
    return any(meant_by(part, names) for part in told)


@lru_cache(maxsize=2048)
def _is_plain(text: str) -> bool:
    """Whether it holds no word that could be a name."""
    return all(map(_is_common, _PIECE.findall(text)))


def without_own_names(expected: Expected, text: str, names: NameIndex) -> str:
    """Without what the question speaks of; at least one figure stays."""
    if not expected.subjects or _is_plain(text):
        return text
    own = [names.target(key) for key in expected.subjects if key in names]
    bare = text
    for piece in reversed(list(_pieces(text, lambda run: _name_one(run, own, names)))):
        if piece.named:
            bare = f"{bare[: piece.start]} {bare[piece.end :]}"
    return bare if any(map(str.isdigit, bare)) else text


def _name_one(text: str, targets: list[Target], names: NameIndex) -> tuple[Named, ...]:
    found = (one.named for one in targets if match_exactly(one, text, names).level is Level.RIGHT)
    return tuple(found)


def names_others_barely(expected: Expected, text: str, names: NameIndex) -> bool:
    """Whether others are named in no sentence that would tell what they have to do with it."""
    if _is_plain(text):
        return False
    pieces = list(_pieces(text, lambda run: meant_by(run, names)))
    bare = [piece for piece, told in _told(pieces) if piece.named and not told]
    if not bare or any(_makes_sentence(piece, names) for piece in pieces[1:]):
        return False
    asked = frozenset(_asked_about(expected, names))
    others = [piece for piece in bare if not _is_asked_about(piece.text, asked, names)]
    return bool(others) and not _says_where(pieces, others, names)


def _makes_sentence(piece: _Piece, names: NameIndex) -> bool:
    """A word that says something; one in capitals may be a name that the deck lacks."""
    capital = piece.text[:1].isupper() and not piece.text.isupper()
    return not (piece.named or capital or _says_nothing(piece, names))


def _told(pieces: list[_Piece]) -> Iterator[tuple[_Piece, bool]]:
    """Whether a preposition or the like leads it in: "by Marlow and Lind"."""
    told = False
    for piece, following in zip_longest(pieces, pieces[1:]):
        yield piece, told
        if piece.named:
            told = told and following is not None and following.word in _JOINING
        elif piece.word in _TELLING or not _LETTER.search(piece.text):
            told = piece.word in _TELLING


def _is_asked_about(text: str, asked: frozenset[str], names: NameIndex) -> bool:
    """Whether each word is one of these: of a Norlandish–Sudlandish war "Norland" is."""
    nouns = names.nouns.nouns_in("") | words.NEVER_SWAPPED | words.LINKS
    said = [word for word in fold(clean(text)) if word not in nouns]
    return bool(said) and all(any(_is_of_one(word, other) for other in asked) for word in said)


def _asked_about(expected: Expected, names: NameIndex) -> Iterator[str]:
    """Words of the stem, and of the names of what it speaks of."""
    for word in expected.harmless_words:
        yield from fold(clean(word))
    for target in (names.target(key) for key in expected.subjects if key in names):
        nouns = names.nouns.nouns_in(target.named.type)
        for form in target.forms:
            yield from (word for word in form.tokens if word not in nouns)


def _is_of_one(word: str, other: str) -> bool:
    """ "Norland" and "Norlandish": they differ but in short endings."""
    shared = Prefix.similarity(word, other)
    rest = max(len(word), len(other)) - shared
    return rest == 0 or (shared >= _STEM and rest <= _LONGEST_ENDING)


def _pieces(text: str, named_by: Callable[[str], tuple[Named, ...]]) -> Iterator[_Piece]:
    """The longest names first, at each place."""
    found = [_Piece(each[0], *each.span()) for each in _PIECE.finditer(text)][:_MOST_PIECES]
    common = [_is_common(piece.text) for piece in found]
    place = 0
    while place < len(found):
        piece, size = found[place], 1
        for last in _ends(found, common, place):
            run = text[piece.start : found[last - 1].end]
            if _is_unbroken(run, last - place) and (named := named_by(clean(run))):
                piece, size = _Piece(run, piece.start, found[last - 1].end, named), last - place
                break
        yield piece
        place += size


def _ends(pieces: list[_Piece], common: list[bool], place: int) -> Iterator[int]:
    """Where names may end that begin here: none in a small word that may be said with any answer,
    nor in a figure before one, and none ends so."""
    following = common[place + 1 : place + 2]
    if common[place] and (not pieces[place].text[0].isupper() and following != [False]):
        return
    for last in range(min(place + _LONGEST_NAME, len(pieces)), place, -1):
        small = common[last - 1] and pieces[last - 1].text[0].islower()
        if not small and not all(common[place:last]):
            yield last


def _is_unbroken(run: str, size: int) -> bool:
    """So many words with nothing but blanks between."""
    return len(run.split()) <= size and not _MARK.search(run)


@lru_cache(maxsize=4096)
def _is_common(text: str) -> bool:
    """Figures, marks, words of dates, and what may be said with any answer: no names alone."""
    if not _LETTER.search(text) or _NO_NAME.fullmatch(text):
        return True
    word, folded = plain(text), compact(fold(text))
    known = folded in _SMALL or folded in _TELLING or word in CARDINALS
    known |= text.lower() in ERA_NAMES or word in ERA_NAMES
    return known or any(find(word) is not None for find in (ordinal_of, month_of, season_of))


def _says_nothing(piece: _Piece, names: NameIndex) -> bool:
    return (
        _is_common(piece.text)
        or is_of_dates(piece.text)
        or names.units.find(piece.text) is not None
    )


def _says_where(pieces: list[_Piece], others: list[_Piece], names: NameIndex) -> bool:
    """ "Ervik, 13 April 1741": one place, set off by a comma."""
    place = pieces.index(others[0])
    beside = {piece.text for piece in pieces[max(0, place - 1) : place + 2]}
    is_place = any(names.nouns.is_place(one.type) for one in others[0].named)
    return len(others) == 1 and is_place and not beside.isdisjoint((",", "(", ")"))
