"""Questions beside each other: in a quiz, none may give away another's key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from questions.domain.generation.sentences import sentences
from questions.domain.generation.text import cue_words, fold, tokens
from questions.domain.presentation import say_expected
from questions.domain.questions import Form, Written

_ASKING = frozenset(
    {"when", "what", "which", "where", "whom", "whose", "many", "these", "according"}
)
_SAME_MATTER = 0.6
"""Share of a stem's telling words that make another text speak of the same matter."""
_NAMED = 0.5
"""Share of a name's words by which it is known: "the Boat Act" of a longer title."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a question's stem starts from, by all its `names`: the subject, or backwards the value;
    and the `others` among which its key is sought."""

    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


UNGIVEN = Given()


@dataclass(frozen=True)
class Piece:
    """What is read as one: a sentence, or a stem with one of its options, which may be `untrue`."""

    text: str
    untrue: bool = False

    @cached_property
    def folded(self) -> str:
        return f" {fold(self.text)} "

    def tells(self, other: Written, given: Given = UNGIVEN) -> bool:
        """Whether it tells a question's key: it holds the key's words and speaks of the
        question's matter. A date or figure beside what the stem starts from is enough; so is a
        name or term beside it in a true sentence that names no other candidate."""
        if not any(key in self.folded for key in folded_keys(other)):
            return False
        if given.names and not any(map(self._names, given.names)):
            return False
        if given.names and _exact(other):
            return True
        return self._same_matter(other) or (_one_name(other) and self._links(given, other))

    def _names(self, given: str) -> bool:
        words = tokens(given)
        return len(words & tokens(self.text)) >= _NAMED * len(words)

    def _links(self, given: Given, other: Written) -> bool:
        """A figure alone names nothing in full."""
        if self.untrue or not any(self._holds(name) for name in given.names if not _figure(name)):
            return False
        keys = {key.strip() for key in folded_keys(other)}
        return not any(self._holds(name) for name in given.others if fold(name) not in keys)

    def _holds(self, name: str) -> bool:
        return f" {fold(name)} " in self.folded

    def _same_matter(self, other: Written) -> bool:
        matter = _matter(other)
        shared = matter & cue_words(self.text)
        return not matter or len(shared) >= _SAME_MATTER * len(matter)


def _matter(question: Written) -> frozenset[str]:
    """The words by which a stem is known; a statement to be judged is all key."""
    return frozenset() if question.form is Form.TRUE_FALSE else cue_words(question.stem) - _ASKING


def _exact(question: Written) -> bool:
    """Whether the key is a date or a figure."""
    if question.form is Form.CHOICE:
        return bool(question.content.get("sorted"))
    expected = question.content.get("expected")
    return isinstance(expected, Mapping) and expected["kind"] in ("date", "number")


def _one_name(question: Written) -> bool:
    """Whether the key is the name of one thing, or a term."""
    if question.form is Form.CHOICE:
        return not _exact(question)
    expected = question.content.get("expected")
    return isinstance(expected, Mapping) and expected["kind"] in ("name", "term")


def _figure(text: str) -> bool:
    return not any(char.isalpha() for char in text)


def pieces(question: Written) -> Iterator[Piece]:
    """What is read of a question: what its page shows and what is told after its answer."""
    yield from shown_pieces(question.form, question.stem, list(_options(question)))
    yield from told_pieces(question.statement, question.explanation)


def shown_pieces(form: str, stem: str, options: Sequence[str]) -> Iterator[Piece]:
    """What a page shows before the answer."""
    beside = stem if form == Form.CHOICE else ""
    yield Piece(stem)
    yield from (Piece(f"{beside} {option}", untrue=True) for option in options)


def told_pieces(*texts: str) -> Iterator[Piece]:
    """What is told after it, sentence by sentence."""
    yield from (Piece(said) for text in texts for said in sentences(text))


def _options(question: Written) -> Iterator[str]:
    content = question.content
    match question.form:
        case Form.CHOICE:
            yield content["key"]["text"]
            yield from (option["text"] for option in content["distractors"])
        case Form.TRUE_FALSE:
            yield content["true"]
            yield from content["false"]
        case Form.ORDERING:
            yield from (item["text"] for item in content["items"])
        case Form.MATCHING:
            yield from (text for pair in content["pairs"] for text in pair)
            yield from content["spares"]


def folded_keys(question: Written) -> Iterator[str]:
    """The key's texts as they stand in a folded text, between spaces."""
    folded = (fold(key) for key in key_texts(question))
    return (f" {key} " for key in folded if key)


def key_texts(question: Written) -> Iterator[str]:
    """What must not be read elsewhere: a key typed or chosen, a statement to be judged. Orders,
    pairs and free text are not given away by a word."""
    content = question.content
    match question.form:
        case Form.CHOICE:
            yield content["key"]["text"]
        case Form.TRUE_FALSE:
            yield from [content["true"]] * bool(content["true"])
        case Form.TYPED | Form.CLOZE:
            yield say_expected(content["expected"])
        case Form.LIST:
            yield from (say_expected(expected) for expected in content["expected"])
