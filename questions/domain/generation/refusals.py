"""The rules of fair questions, each a pure predicate over a question and its deck.

A rule returns why a question breaks it, as a sentence for a teacher, or nothing. They rest on
Haladyna, Downing & Rodriguez, "A review of multiple-choice item-writing guidelines" (Applied
Measurement in Education 2002), and Rodriguez (2005). They look at what was written, not at how.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from questions.domain.facts import ValueKind
from questions.domain.generation.asking import asks_among
from questions.domain.generation.cases import is_told_there
from questions.domain.generation.drafting import SETTLED, doubt_about, is_let_through
from questions.domain.generation.expecting import quotes_value
from questions.domain.generation.gaps import says_what_is_wanted
from questions.domain.generation.item import Item
from questions.domain.generation.keys import (
    key_anywhere,
    key_length,
    no_grammar_cue,
    right_key,
    who_is_a_person,
    whole_span,
)
from questions.domain.generation.lists import LONGEST, SHORTEST
from questions.domain.generation.matching import one_to_one
from questions.domain.generation.options import no_cue, options_apart, plausible
from questions.domain.generation.other_forms import (
    false_everywhere,
    intervals_apart,
    one_blank,
)
from questions.domain.generation.points import points_answer
from questions.domain.generation.reasons import SHOWN, named, some
from questions.domain.generation.recalling import can_be_recalled
from questions.domain.generation.ruled_out import not_ruled_out
from questions.domain.generation.scales import value_text
from questions.domain.generation.text import fold
from questions.domain.generation.truth import (
    answers,
    compatible,
    could_be_subject,
    other_subjects,
    own_values,
    sister_values,
)
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Direction, Form, State

_NEGATIVE = re.compile(r"\b(?:not|except|never|least likely)\b", re.IGNORECASE)
Check = Callable[[Item], str]

ONE_RIGHT = "one right answer"
SUPPORTED = "no supported distractor"
PLAUSIBLE = "plausible options"


@dataclass(frozen=True)
class Rule:
    """`number` is that of `docs/question-rules.md`; `says` is for a teacher."""

    name: str
    number: int
    says: str
    check: Check


# 1–5: the truth


def one_right(item: Item) -> str:
    if not item.single:
        return ""
    return _one_subject(item) if item.reverse else _one_value(item)


def _one_subject(item: Item) -> str:
    """Where others are right too, "which of these" needs but one right one among those shown."""
    if item.question.form is Form.CHOICE and asks_among(item.question.stem):
        return ""
    found = islice(other_subjects(item.index, item.fact, item.spoken), SHOWN)
    others = [item.index.entity(key).name for key in found]
    if others:
        return Sentence(gettext_noop("%(others)s would be right too."), others=some(others))
    if item.question.form in (Form.TYPED, Form.FLASHCARD) and not _identifies(item):
        return gettext_noop(
            "Beyond the deck, others may share this; only options make it answerable."
        )
    return ""


def _identifies(item: Item) -> bool:
    """Whether the value alone tells the subject from everything outside of the deck too: a name in
    quotation marks does, a colour or a formula need not."""
    if item.relation.reverse_single is not None:
        return item.relation.reverse_single
    match item.relation.value:
        case ValueKind.DATE:
            return item.fact.span().granularity in ("day", "interval")
        case ValueKind.NUMBER:
            return item.fact.quantity().significant_figures >= 3
        case kind:
            return kind is ValueKind.TERM and quotes_value(item.index, item.fact)


def _one_value(item: Item) -> str:
    recalled = item.question.form in (Form.TYPED, Form.CLOZE, Form.FLASHCARD)
    if not recalled or item.relation.value is ValueKind.TEXT:  # in words of one's own
        return ""
    if not item.relation.single:
        return _only_value(item)
    accepted = {fold(text) for text in item.content.get("expected", {}).get("accept", ())}
    for other in answers(item.index, item.fact, item.spoken):
        text = fold(value_text(item.index, other, other.value))
        known = {fold(other.value), text} & accepted
        if item.attributed or known or item.index.outspoken(other):
            continue
        if not item.index.deck.agree(item.fact, other):
            text = value_text(item.index, other, other.value)
            return Sentence(gettext_noop("%(others)s would be right too."), others=some([text]))
    return ""


def _only_value(item: Item) -> str:
    found = answers(item.index, item.fact, item.spoken)
    others = [value_text(item.index, fact, fact.value) for fact in found if fact != item.fact]
    if others:
        return Sentence(gettext_noop("%(others)s would be right too."), others=some(others))
    if not item.index.deck.is_complete(item.fact.group):
        return gettext_noop("The deck does not say that this is the only answer.")
    return ""


def not_supported(item: Item) -> str:
    """2: distractors that any source or rank supports, or that are compatible with the key."""
    if item.question.form is not Form.CHOICE or not item.single:
        return ""
    if item.reverse:
        right = [
            option["text"]
            for option in item.wrong
            if could_be_subject(item.index, item.fact, item.spoken, option["value"])
        ]
        return named(gettext_noop("%(options)s may be right too."), right) or untold(item)
    values = own_values(item.index, item.fact, item.spoken)
    return named(
        gettext_noop("%(options)s is supported by a source."), _compatible_ones(item, values)
    )


def untold(item: Item) -> str:
    """Backwards: wrong subjects of which the deck tells nothing in what is asked, so that it cannot
    say that they are wrong."""
    if item.question.form is not Form.CHOICE or not item.single or not item.reverse:
        return ""
    silent = [
        option["text"]
        for option in item.wrong
        if not is_told_there(item.index, item.fact, item.spoken, option["value"])
    ]
    return named(gettext_noop("%(options)s may be right too: the deck is silent on it."), silent)


def not_kindred(item: Item) -> str:
    """3: distractors that stand in a sister relation to the subject."""
    if item.question.form is not Form.CHOICE or item.card.direction is not Direction.VALUE:
        return ""
    values = sister_values(item.index, item.fact, item.spoken)
    return named(
        gettext_noop("%(options)s is supported by a kindred relation."),
        _compatible_ones(item, values) if values else [],
    )


def _compatible_ones(item: Item, values: list[str]) -> list[str]:
    return [
        option["text"]
        for option in item.wrong
        if any(compatible(item.index, item.relation, option["value"], value) for value in values)
    ]


def conflict_named(item: Item) -> str:
    if not item.disputed or item.attributed:
        return ""
    if item.reverse or item.question.form is not Form.TYPED:
        return gettext_noop("Sources disagree on this, and the question does not name one.")
    expected = item.content["expected"]
    taken = {expected["value"], *expected.get("accept", ())}
    for fact in item.disputed:
        entity = item.index.deck.entities.get(fact.value)
        if fact.value not in taken and (entity is None or entity.name not in taken):
            return gettext_noop(
                "Sources disagree on this, and one source’s value would be graded wrong."
            )
    return ""


def complete_only(item: Item) -> str:
    if item.card.direction is Direction.LIST:
        return _whole_list(item)
    if item.question.form is not Form.CHOICE or not item.single or not _asks_not(item):
        return ""
    if item.relation.single or item.index.deck.is_complete(item.fact.group):
        return ""
    return gettext_noop("It asks what is not the case, but the deck may not hold every value.")


def _asks_not(item: Item) -> bool:
    """Whether the wording asks for what is not; a "not" within a name or qualifier is its own."""
    stem = item.question.stem
    for _, value in item.fact.qualifiers:
        stem = stem.replace(value, "")
    return bool(_NEGATIVE.search(stem))


def _whole_list(item: Item) -> str:
    if not item.index.deck.is_complete(item.fact.group):
        return gettext_noop("The deck is not marked as holding every value of this list.")
    known = {fact.uid for fact in answers(item.index, item.fact, item.spoken)}
    if known != set(item.card.facts):
        return gettext_noop("The question fits other values than those of the list.")
    if item.question.form is Form.ORDERING:
        return ""
    if not SHORTEST <= len(known) <= LONGEST:
        return gettext_noop("A list to be named has two to eight members.")
    return ""


# 13: facts


def settled(item: Item) -> str:
    if item.question.state is State.RETIRED:
        return ""
    if any(not fact.askable for fact in item.facts):
        return gettext_noop("It rests on a fact that the deck has put aside.")
    if not all(fact.asked_in(item.question.form) for fact in item.facts):
        return gettext_noop("The deck asks this fact in other forms only.")
    doubt = doubt_about(item.facts)
    if item.question.state is State.ACTIVE and not is_let_through(doubt, item.question.approved):
        return gettext_noop("It rests on a fact that a teacher has yet to look at.")
    return ""


RULES: tuple[Rule, ...] = (
    Rule("right key", 1, gettext_noop("What counts as right is what the deck says."), right_key),
    Rule(ONE_RIGHT, 1, gettext_noop("The question fits one answer and no other."), one_right),
    Rule(
        SUPPORTED,
        2,
        gettext_noop("No source gives a wrong option as true."),
        not_supported,
    ),
    Rule(
        "no kindred distractor",
        3,
        gettext_noop("No wrong option is true of a kindred matter."),
        not_kindred,
    ),
    Rule(
        "conflict named",
        4,
        gettext_noop("Where sources disagree, the question names one."),
        conflict_named,
    ),
    Rule(
        "complete lists only",
        5,
        gettext_noop("“All” and “not” are asked of complete lists."),
        complete_only,
    ),
    Rule(
        "options apart",
        6,
        gettext_noop("Options are of one kind and clearly different."),
        options_apart,
    ),
    Rule("no cue", 7, gettext_noop("The question does not hold a word of its answer."), no_cue),
    Rule(
        "no grammar cue",
        7,
        gettext_noop("The question’s grammar fits every option."),
        no_grammar_cue,
    ),
    Rule("who is a person", 7, gettext_noop("Only of people it asks who."), who_is_a_person),
    Rule(
        "whole span", 7, gettext_noop("Of a span it does not ask for the start alone."), whole_span
    ),
    Rule("key length", 7, gettext_noop("The answer is as long as other options are."), key_length),
    Rule(
        PLAUSIBLE,
        8,
        gettext_noop("No option can be ruled out by its look or time."),
        plausible,
    ),
    Rule(
        "false everywhere",
        9,
        gettext_noop("False statements are false by every source."),
        false_everywhere,
    ),
    Rule(
        "order is certain",
        10,
        gettext_noop("Events to be ordered do not overlap, steps stand as in the deck."),
        intervals_apart,
    ),
    Rule(
        "one to one",
        10,
        gettext_noop("Each left side has one right side, and one is spare."),
        one_to_one,
    ),
    Rule("one gap", 10, gettext_noop("The gap’s answer stands nowhere else."), one_blank),
    Rule(
        "gap says what is wanted",
        10,
        gettext_noop("Beside its gap a sentence says what kind of thing is wanted."),
        says_what_is_wanted,
    ),
    Rule("key anywhere", 11, gettext_noop("The answer may stand at any place."), key_anywhere),
    Rule(SETTLED, 13, gettext_noop("Only settled facts are asked."), settled),
    Rule(
        "nothing ruled out",
        14,
        gettext_noop("No wrong option is one that a teacher ruled out here."),
        not_ruled_out,
    ),
    Rule(
        "points answer",
        15,
        gettext_noop("Each key point stands in the answer and not merely in the question."),
        points_answer,
    ),
    Rule(
        "can be recalled",
        16,
        gettext_noop("What is to be typed can be hit by whoever knows it."),
        can_be_recalled,
    ),
)


def problems(item: Item) -> Iterator[tuple[Rule, str]]:
    """Every rule that a question breaks, with the reason."""
    for rule in RULES:
        why = rule.check(item)
        if why:
            yield rule, why


def first_problem(item: Item) -> tuple[Rule, str] | None:
    return next(problems(item), None)


def unlike_the_rest(item: Item) -> str:
    """Why a choice's options stand out by their length or time, or nothing is told of one: what
    even facts of other subjects decide, since options are measured against the relation's other
    values."""
    return plausible(item) or key_length(item) or untold(item)
