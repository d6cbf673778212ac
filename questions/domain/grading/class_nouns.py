"""Which words of a name only say what kind of thing it is, and which are titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questions.domain.facts import Vocabulary
from questions.domain.grading import words
from questions.domain.grading.fold import clean, fold, has_han

# The widest types of the vocabularies that ship, by which answers are graded (docs/deck-file.md):
# what has no place, side or owner, and what is of one number, so that its names have no plural.
_PLACELESS = frozenset({"concept", "process", "substance", "living thing", "part"})
_OF_ONE_NUMBER = frozenset({"person", "place", "event", "work"})


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
        self._in_names: dict[str, frozenset[str]] = {}
        titles = [title for kind in vocabulary.types.values() for title in kind.titles]
        self.titles = words.TITLES | _tokens(titles)
        han = (title for title in titles if has_han(title))
        self._han_titles = _longest_first((*han, *words.HAN_HONORIFICS))

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
            if self._related(kind, key):
                yield from generic

    def _related(self, one: str, two: str) -> bool:
        return one in self._vocabulary.widening(two) or two in self._vocabulary.widening(one)

    def han_of_type(self, kind: str, nouns: frozenset[str]) -> tuple[str, ...]:
        """Class nouns in Chinese characters, the longest first: those of the type, and those that
        stand for one of `nouns`."""
        known = kind in self._vocabulary.types
        own = (
            noun
            for key, found in self._vocabulary.types.items()
            if not known or self._related(kind, key)
            for noun in found.generic
            if has_han(noun)
        )
        common = (han for han, noun in words.HAN_CLASS_NOUNS.items() if noun in nouns)
        return _longest_first((*own, *common))

    def without_han_title(self, text: str) -> str:
        """ "山川中将" without its title, which stands behind the name."""
        for title in self._han_titles:
            if text.endswith(title) and len(text) > len(title):
                return text.removesuffix(title).strip()
        return text

    def nouns_in(self, kind: str) -> frozenset[str]:
        """What in a name of this type only says what kind of thing it is."""
        found = self._in_names.get(kind)
        if found is None:
            known = self._common if kind in self._vocabulary.types else self._any
            found = self._in_names[kind] = known | self.of_type(kind)
        return found

    def mates(self, nouns: frozenset[str]) -> frozenset[str]:
        """The nouns and those that may stand for them."""
        return nouns.union(*(group for group in self._groups if not group.isdisjoint(nouns)))

    def is_person(self, kind: str) -> bool:
        return "person" in self._vocabulary.widening(kind)

    def is_work(self, kind: str) -> bool:
        return "work" in self._vocabulary.widening(kind)

    def is_place(self, kind: str) -> bool:
        return "place" in self._vocabulary.widening(kind)

    def is_living(self, kind: str) -> bool:
        return "living thing" in self._vocabulary.widening(kind)

    def has_numbers(self, kind: str) -> bool:
        """Whether what is of this type may be named in the plural as well."""
        return _OF_ONE_NUMBER.isdisjoint(self._vocabulary.widening(kind))

    def may_be_shortened(self, kind: str) -> bool:
        """Whether an initial may stand for the first word of names that are no species."""
        return kind in self._vocabulary.types and self.may_be_placed(kind)

    def is_named_by_kind(self, kind: str) -> bool:
        """Whether its names are common nouns, be they written with a capital."""
        return not self.may_be_placed(kind)

    def may_be_placed(self, kind: str) -> bool:
        """Whether an answer may go on with where or whose it is: not that of a substance."""
        return _PLACELESS.isdisjoint(self._vocabulary.widening(kind))

    def of_one_kind(self, one: str, two: str) -> bool:
        """Whether two entities may answer one question; an unknown type may be any.

        Battle and operation, both events, may; so may not a city and the river or region it lies
        at, for all are places and an answer may say where a place is.
        """
        if not one or not two or one == two:
            return True
        ours, theirs = (tuple(self._vocabulary.widening(kind)) for kind in (one, two))
        if one in theirs or two in ours:
            return True
        return len(ours) > 1 and ours[1:2] == theirs[1:2] and ours[1] != "place"


def _tokens(texts: Iterable[str]) -> frozenset[str]:
    latin = (clean(text) for text in texts if not has_han(text))
    return frozenset(token for text in latin for token in fold(text))


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts), key=lambda text: (-len(text), text)))
