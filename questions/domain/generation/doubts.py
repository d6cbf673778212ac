"""What a teacher may want to look at in a question, though no rule forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questions.domain.facts import ValueKind
from questions.domain.generation.authored import FALSE_STATEMENT
from questions.domain.generation.cueing import cue
from questions.domain.generation.item import Item
from questions.domain.generation.keys import odd_length
from questions.domain.generation.points import odd_points
from questions.domain.generation.text import cue_words, cues
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.presentation import key_ranks
from questions.domain.questions import Direction, Form

_NEGATIVE = re.compile(r"\b(?:not|except|never|least)\b", re.IGNORECASE)


def _leaves_the_truth_untold(item: Item) -> bool:
    false = item.content["false"]
    return not item.content["true"] and item.question.statement in {
        FALSE_STATEMENT % {"statement": text} for text in false
    }


def _by_hand(item: Item) -> Iterator[tuple[str, str]]:
    """What the program's own questions are refused for; who writes one may have a reason. A word
    that a wrong option has too tells nothing."""
    elsewhere = cue_words(" ".join(one["text"] for one in item.wrong))
    told = cues(cue_words(item.question.stem), cue_words(_key(item)) - elsewhere)
    if told:
        says = gettext_noop("The question gives away “%(word)s”, a word of its answer.")
        yield gettext_noop("cue"), Sentence(says, word=min(told))
    if _NEGATIVE.search(item.question.stem):
        yield gettext_noop("asks what is not"), gettext_noop("A “not” is easily overlooked.")


def _key(item: Item) -> str:
    match item.question.form:
        case Form.CHOICE:
            return str(item.content["key"]["text"])
        case Form.TYPED:
            return str(item.content["expected"]["value"])
        case _:
            return ""


def _told_by_card(item: Item) -> str:
    """What stands on cards because a typed question may not have it."""
    if not item.reverse and item.relation.value is ValueKind.TEXT:
        return ""
    return cue(item)


def doubts(item: Item) -> Iterator[tuple[str, str]]:
    """Each by its name, with a sentence."""
    if odd := odd_points(item):
        yield gettext_noop("points not in the answer"), odd
    if item.question.form is Form.TRUE_FALSE and _leaves_the_truth_untold(item):
        why = gettext_noop("It is false, and no explanation says what is true.")
        yield gettext_noop("truth untold"), why
    if item.card.direction is Direction.AUTHORED:
        yield from _by_hand(item)
    if item.question.form is Form.FLASHCARD and item.single and (told := _told_by_card(item)):
        yield gettext_noop("cue"), told
    if item.question.form is not Form.CHOICE:
        return
    if odd := odd_length(item):
        yield gettext_noop("odd length"), odd
    if len(item.wrong) == 1:
        yield gettext_noop("two options"), gettext_noop("There is only one wrong option.")
    if item.content.get("sorted") and len(set(key_ranks(item.content))) == 1:
        yield (
            gettext_noop("one rank"),
            gettext_noop("The answer always stands at the same place among the figures or dates."),
        )
