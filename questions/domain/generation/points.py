"""A flashcard's key points beside its answer and its stem: each is to stand in the answer.

Points say the same in other words, which no program can follow; only what no wording could hide is
refused, and what shares hardly a word with the answer is pointed out to the teacher.
"""

from __future__ import annotations

import re

from questions.domain.generation.item import Item
from questions.domain.generation.text import cue_words, cues, tokens
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Form

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!^)\b[A-Z][a-z]{3,}")
_ENDING = re.compile(r"(?<=\w{3})(?:e?s|e?d|ing|e)$")
_SHARED = 1 / 3
"""Of a point's telling words, how many the answer or the stem must have for it not to be odd."""


def points_answer(item: Item) -> str:
    """15: a point that says no more than the question, or a figure that the answer has not."""
    if item.question.form is not Form.FLASHCARD:
        return ""
    stem, answer = item.question.stem, item.content["answer"]
    for point in item.content["points"]:
        words = cue_words(point)
        if words and words <= _found(words, stem) and not _figures(point):
            says = gettext_noop("The point “%(point)s” only says what the question says.")
            return Sentence(says, point=point)
        missing = _figures(point) - _figures(f"{answer} {stem}")
        if missing:
            says = gettext_noop(
                "The point “%(point)s” holds %(figure)s, which the answer does not."
            )
            return Sentence(says, point=point, figure=min(missing))
    return ""


def odd_points(item: Item) -> str:
    """A warning: points of which the answer seems to say nothing."""
    if item.question.form is not Form.FLASHCARD:
        return ""
    said = f"{item.content['answer']} {item.question.stem}"
    odd = [point for point in item.content["points"] if _is_odd(point, said)]
    if not odd:
        return ""
    return Sentence(gettext_noop("The answer does not seem to say “%(point)s”."), point=odd[0])


def _is_odd(point: str, said: str) -> bool:
    words = cue_words(point)
    if not words:
        return bool(tokens(point) - tokens(said))
    strange = [name for name in _NAME.findall(point) if not _found(cue_words(name), said)]
    return bool(strange) or len(_found(words, said)) < _SHARED * len(words)


def _found(words: frozenset[str], text: str) -> frozenset[str]:
    """Which of the words a text has, also inflected."""
    there = tokens(text)
    stems = {_stem(word) for word in there}
    return frozenset(
        word for word in words if _stem(word) in stems or cues(there, frozenset({word}))
    )


def _stem(word: str) -> str:
    """Short words too: "holds" is "hold", "packed" is "pack"."""
    return _ENDING.sub("", word)


def _figures(text: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(text))
