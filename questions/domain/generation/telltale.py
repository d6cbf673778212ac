"""What an option shows of itself that rules it out: whose it is, that it is of what the question
does not ask, that its letters are not the name's."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from questions.domain.facts import Entity, Fact, ValueKind
from questions.domain.generation.asking import mentioned
from questions.domain.generation.index import Index
from questions.domain.generation.text import cue_words, fold
from questions.domain.messages import gettext_noop

_INITIALS = re.compile(r"[A-Z][A-Za-z]{1,5}")

Words = frozenset[str]

WHOSE = gettext_noop("its own name says whose it is")
OTHERWISE = gettext_noop("the question’s own words rule it out")
LETTERS = gettext_noop("its letters are not of that name")


def tells_itself(
    index: Index, fact: Fact, names: frozenset[str], value: str, *, reverse: bool
) -> str:
    """Why nobody needs to know the answer to see that this value is not it, or nothing."""
    if reverse and index.kind(fact) is ValueKind.TERM and _has_letters_less(index, fact, value):
        return LETTERS
    if reverse:
        return "" if _shares_what_is_said(index, fact, names, value) else OTHERWISE
    if index.kind(fact) is ValueKind.ENTITY and _names_another(index, fact, value):
        return WHOSE
    if index.kind(fact) is ValueKind.TERM and _has_other_letters(index, fact, value):
        return LETTERS
    return ""


def _shares_what_is_said(index: Index, fact: Fact, names: frozenset[str], candidate: str) -> bool:
    """What did but once what is asked, and of another than the stem says, is struck out. What may
    have done it several times is not."""
    relation = index.relation(fact)
    if not relation.single:
        return True
    said = {
        name: value
        for name, value in mentioned(fact, names).items()
        if relation.qualifiers.get(name, "text") != "text"
    }
    own = [dict(other.qualifiers) for other in index.of(candidate, fact.relation)]
    return not own or any(
        all(each.get(name, value) == value for name, value in said.items()) for each in own
    )


def _names_another(index: Index, fact: Fact, value: str) -> bool:
    """ "Norlandish crown" of Sudland: it bears the name of another thing of the subject's type."""
    own, subject = index.entity(value), index.entity(fact.about)
    if own.type == subject.type:
        return False
    words = cue_words(own.name)
    borne = _names(index).get(subject.type, {})
    asked = {cue_words(name) for name in _called(subject)}
    return any(name < words and name not in asked for word in words for name in borne.get(word, ()))


_NAMES: WeakKeyDictionary[Index, Mapping[str, Mapping[str, tuple[Words, ...]]]] = (
    WeakKeyDictionary()
)


def _names(index: Index) -> Mapping[str, Mapping[str, tuple[Words, ...]]]:
    """The names and adjectives of the things that the deck's facts are about, by type and by one
    of their words."""
    if index not in _NAMES:
        pairs: dict[str, dict[str, tuple[Words, ...]]] = defaultdict(dict)
        for key in dict.fromkeys(fact.about for fact in index.deck.facts):
            entity = index.entity(key)
            for words in filter(None, map(cue_words, _called(entity))):
                filed = pairs[entity.type]
                filed[min(words)] = (*filed.get(min(words), ()), words)
        _NAMES[index] = pairs
    return _NAMES[index]


def _called(entity: Entity) -> tuple[str, str]:
    return entity.name, entity.adjective


def _has_other_letters(index: Index, fact: Fact, value: str) -> bool:
    """Where the answer is made of its subject's letters, as an abbreviation is, one of other
    letters is none."""
    name = fold(index.entity(fact.about).name)
    return _is_short_for(fact.value, name) and not _is_short_for(value, name)


def _has_letters_less(index: Index, fact: Fact, candidate: str) -> bool:
    """Backwards: of "adenosine triphosphate" nobody makes DNA."""
    own, its = (fold(index.entity(key).name) for key in (fact.about, candidate))
    return _is_short_for(fact.value, own) and not _is_short_for(fact.value, its)


def _is_short_for(term: str, name: str) -> bool:
    """Letters of a name in their order, the first its first."""
    if not _INITIALS.fullmatch(term) or not any(letter.isupper() for letter in term[1:]):
        return False
    letters, rest = term.lower(), iter(name)
    return name[:1] == letters[0] and all(letter in rest for letter in letters)
