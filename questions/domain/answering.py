"""From what a page sent back to a grade, by form.

`given` is what the form's fields held, by name, always as lists of text:
  option  choice and true/false: the index chosen
  text    typed, cloze, list, flashcard: what was typed, one for each blank
  place   ordering: for each option as shown, its place from 1
  pair    matching: for each prompt as shown, its option's index
  rating  flashcard: the learner's own rating, 1 to 4
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from questions.domain.grading import (
    Expected,
    Grade,
    NameIndex,
    Verdict,
    grade_choice,
    grade_list,
    grade_matching,
    grade_ordering,
    grade_true_false,
    grade_typed,
)
from questions.domain.messages import Message, gettext_noop
from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.domain.scheduling import Rating

Given = Mapping[str, Sequence[str]]
FIELDS = ("option", "text", "place", "pair", "rating")
MAX_LENGTH = 2_000

# What a learner says of a flashcard, as a verdict and a score.
SELF_RATED = {
    Rating.AGAIN: (Verdict.WRONG, 0.0),
    Rating.HARD: (Verdict.PARTIAL, 0.5),
    Rating.GOOD: (Verdict.RIGHT, 1.0),
    Rating.EASY: (Verdict.RIGHT, 1.0),
}


def grade_given(
    presented: Presented,
    content: Mapping[str, Any],
    given: Given,
    names: Callable[[], NameIndex],
) -> Grade:
    """ASK_AGAIN where nothing was answered or the answer cannot be read. `names` is called
    only if a name is to be graded."""
    match presented.form:
        case Form.CHOICE | Form.TRUE_FALSE:
            return _option(presented, given)
        case Form.TYPED | Form.CLOZE:
            return _typed(content, given, names)
        case Form.LIST:
            return _list(content, given, names)
        case Form.ORDERING:
            return _ordering(presented, given)
        case Form.MATCHING:
            return _matching(presented, given)
        case Form.FLASHCARD:
            return _self_rated(given)


def normalised(presented: Presented, given: Given) -> dict[str, list[str]]:
    """What of it was graded, in the same fields: nothing of other forms, no index that is out of
    range, no text beyond MAX_LENGTH. This is what may be kept."""
    match presented.form:
        case Form.CHOICE:
            return {"option": _kept(given, "option", len(presented.options))}
        case Form.TRUE_FALSE:
            return {"option": _kept(given, "option", 2)}
        case Form.ORDERING:
            return {"place": _kept(given, "place", len(presented.options) + 1)}
        case Form.MATCHING:
            return {"pair": _kept(given, "pair", len(presented.options))}
        case Form.FLASHCARD:
            return {"text": _cut(given, 1), "rating": _kept(given, "rating", len(Rating) + 1)}
        case _:
            return {"text": _cut(given, max(1, presented.blanks))}


def _kept(given: Given, field: str, below: int) -> list[str]:
    return [str(index) for index in _indices(given.get(field, ()), below)]


def _cut(given: Given, most: int) -> list[str]:
    # PostgreSQL keeps no NUL in a text.
    return [text[:MAX_LENGTH].replace("\0", "") for text in given.get("text", ())[:most]]


def _ask_again(text: str) -> Grade:
    return Grade(Verdict.ASK_AGAIN, 0.0, Message(text, {}))


def _option(presented: Presented, given: Given) -> Grade:
    true_false = presented.form is Form.TRUE_FALSE
    chosen = _indices(given.get("option", ()), 2 if true_false else len(presented.options))
    if len(chosen) != 1:
        return _ask_again(gettext_noop("Choose one of the answers first."))
    if true_false:
        return grade_true_false(presented.key[0] == 0, chosen[0] == 0)
    return grade_choice(presented.options[presented.key[0]], presented.options[chosen[0]])


def _texts(given: Given) -> list[str]:
    return [text.strip() for text in given.get("text", ()) if text.strip()]


def _typed(content: Mapping[str, Any], given: Given, names: Callable[[], NameIndex]) -> Grade:
    texts = _texts(given)
    if not texts:
        return _ask_again(gettext_noop("Type an answer first."))
    if not any(sign.isalnum() for sign in texts[0]):
        return _ask_again(gettext_noop("There is no letter or figure in that; type it again."))
    return grade_typed(Expected.from_json(content["expected"]), texts[0], names())


def _list(content: Mapping[str, Any], given: Given, names: Callable[[], NameIndex]) -> Grade:
    texts = _texts(given)
    if not texts:
        return _ask_again(gettext_noop("Type at least one answer first."))
    expected = [Expected.from_json(each) for each in content["expected"]]
    return grade_list(expected, texts if len(texts) > 1 else texts[0], names())


def _ordering(presented: Presented, given: Given) -> Grade:
    count = len(presented.options)
    places = _indices(given.get("place", ()), count + 1)
    if sorted(places) != list(range(1, count + 1)):
        return _ask_again(gettext_noop("Give each place to exactly one of them."))
    ordered = [presented.options[places.index(place)] for place in range(1, count + 1)]
    return grade_ordering(presented.right_options, ordered)


def _matching(presented: Presented, given: Given) -> Grade:
    chosen = _indices(given.get("pair", ()), len(presented.options))
    if len(chosen) != len(presented.prompts):
        return _ask_again(gettext_noop("Choose a partner for each of them first."))
    right = dict(zip(presented.prompts, presented.right_options, strict=True))
    picked = [presented.options[index] for index in chosen]
    return grade_matching(right, dict(zip(presented.prompts, picked, strict=True)))


def _self_rated(given: Given) -> Grade:
    rating = self_rating(given)
    if rating is None:
        return _ask_again(gettext_noop("Say how well you knew it."))
    verdict, score = SELF_RATED[rating]
    return Grade(verdict, score, Message(gettext_noop("You rated this answer yourself."), {}))


def self_rating(given: Given) -> Rating | None:
    ratings = _indices(given.get("rating", ()), len(Rating) + 1)
    return Rating(ratings[0]) if len(ratings) == 1 and ratings[0] else None


def _indices(texts: Sequence[str], below: int) -> list[int]:
    """The texts that are whole numbers from 0 up to a limit of at most three digits."""
    numbers = (int(text) for text in texts if re.fullmatch(r"[0-9]{1,3}", text))
    return [number for number in numbers if number < below]
