"""What an option shows of itself that rules it out: whose it is, that its letters are not the
name's, that it came after whoever tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement

from questions.domain.facts import Entity, Fact, ValueKind
from questions.domain.generation.index import Index, grouped
from questions.domain.generation.kept import kept
from questions.domain.generation.text import cue_words, fold
from questions.domain.messages import gettext_noop
from questions.domain.values import parse_span

_BEGIN, _ENDING = 5, 4
"""Letters of a name with which words made of it begin, and of what they end on."""
_WORD = re.compile(r"[^\W_]+")
_VOWELS = "aeiouy"
_ACCORDING = re.compile(r"According to (.+?), ")
_YEAR = re.compile(r"\b\d{4}\b", re.ASCII)
_INITIALS = re.compile(r"[A-Z][A-Za-z]{1,5}")

Words = frozenset[str]

WHOSE = gettext_noop("its own name says whose it is")
LETTERS = gettext_noop("its letters are not of that name")


def tells_itself(index: Index, fact: Fact, value: str, *, reverse: bool) -> str:
    """Why nobody needs to know the answer to see that this value is not it, or nothing."""
    if reverse:
        less = index.kind(fact) is ValueKind.TERM and _has_letters_less(index, fact, value)
        return LETTERS if less else ""
    if index.kind(fact) is ValueKind.ENTITY and _names_another(index, fact, value):
        return WHOSE
    if index.kind(fact) is ValueKind.TERM and _has_other_letters(index, fact, value):
        return LETTERS
    return ""


def is_after_its_source(stem: str, key: str, value: str) -> bool:
    """Whether a date is of a time that the source which the stem names has not seen: by a letter of
    1833 nobody was born in that year, or later, who wrote it."""
    named = _ACCORDING.match(stem)
    years = [int(year) for year in _YEAR.findall(named[1])] if named else []
    if not years:
        return False
    right, wrong = parse_span(key).years[1], parse_span(value).years[0]
    return right < max(years) <= wrong or right <= max(years) < wrong


def _names_another(index: Index, fact: Fact, value: str) -> bool:
    """ "Norlandish crown" of Sudland: it bears the name of another thing of which as much is asked,
    or is a word made of it."""
    entity, subject = index.entity(value), index.entity(fact.about)
    if entity.type == subject.type:
        return False
    borne = kept(index, Borne)
    names = borne.by(entity.name, kind=subject.type) | borne.by(entity.name, relation=fact.relation)
    return not names <= borne.calling(subject.key)


class Borne:
    """Whose names stand in a text. A name is known by its words, and if it is one word also by what
    words made of it begin with: "Westria" by "westri" of "westriano"."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._filed: dict[tuple[str, str], Mapping[str, tuple[Words, ...]]] = {}
        self._found: dict[tuple[str, str, str], frozenset[Words]] = {}
        self._own: dict[str, frozenset[Words]] = {}

    def calling(self, entity: str) -> frozenset[Words]:
        if entity not in self._own:
            self._own[entity] = frozenset(_calling(self._index.entity(entity)))
        return self._own[entity]

    def by(self, text: str, *, kind: str = "", relation: str = "") -> frozenset[Words]:
        """What stands in a text of the names of a type's things, or of those of which a relation
        tells something."""
        sought = (text, kind, relation)
        if sought not in self._found:
            words, filed = cue_words(text), self._names((kind, relation))
            begun = (
                (begin, name)
                for word in words
                for begin in _begun(word)
                for name in filed.get(begin, ())
            )
            self._found[sought] = frozenset(
                name for begin, name in begun if name <= words or name == {begin}
            )
        return self._found[sought]

    def _names(self, place: tuple[str, str]) -> Mapping[str, tuple[Words, ...]]:
        """By one of their words."""
        if place not in self._filed:
            kind, relation = place
            told = self._index.subjects_of.get(relation, ()) if relation else self._told(kind)
            found = {name for key in told for name in self.calling(key)}
            self._filed[place] = grouped(sorted(found, key=sorted), min)
        return self._filed[place]

    def _told(self, kind: str) -> Iterator[str]:
        """The things of a type of which the deck tells something."""
        about = {fact.about for fact in self._index.deck.facts}
        return (key for key in self._index.by_type.get(kind, ()) if key in about)


def borne_by(name: str) -> Iterator[str]:
    """How something may be called, in full, whose name stands in this one or has become a word of
    it: for whoever must look it up by how it is spelt."""
    words = [(word.start(), word.end()) for word in _WORD.finditer(name)]
    for first, last in combinations_with_replacement(range(len(words)), 2):
        part = name[words[first][0] : words[last][1]]
        if part != name:
            yield from {part, part.title()}
    for start, end in words:
        for begin in set(_begun(name[start:end])) - {name[start:end]}:
            yield from (begin.removesuffix("…").capitalize() + end for end in ("", *_VOWELS))


def _calling(entity: Entity) -> Iterator[Words]:
    for words in filter(None, map(cue_words, (entity.name, entity.adjective))):
        yield words
        word = min(words)
        begin = word[:-1] if word[-1] in _VOWELS else word
        if len(words) == 1 and len(begin) >= _BEGIN:
            yield frozenset({f"{begin}…"})


def _begun(word: str) -> Iterator[str]:
    """A word, and what a name may begin with that it is made of."""
    yield word
    yield from (f"{word[:at]}…" for at in range(max(_BEGIN, len(word) - _ENDING), len(word)))


def _has_other_letters(index: Index, fact: Fact, value: str) -> bool:
    """Where the answer is made of its subject's letters, as an abbreviation is, or the subject of
    the answer's, one of other letters is none."""
    name = index.entity(fact.about).name
    return _share_letters(name, fact.value) and not _share_letters(name, value)


def _has_letters_less(index: Index, fact: Fact, candidate: str) -> bool:
    """Backwards: of "adenosine triphosphate" nobody makes DNA."""
    own, its = (index.entity(key).name for key in (fact.about, candidate))
    return _share_letters(own, fact.value) and not _share_letters(its, fact.value)


def _share_letters(one: str, two: str) -> bool:
    return _is_short_for(one, fold(two)) or _is_short_for(two, fold(one))


def _is_short_for(term: str, name: str) -> bool:
    """Letters of a name in their order, the first its first."""
    if not _INITIALS.fullmatch(term) or not any(letter.isupper() for letter in term[1:]):
        return False
    letters, rest = term.lower(), iter(name)
    return name[:1] == letters[0] and all(letter in rest for letter in letters)
