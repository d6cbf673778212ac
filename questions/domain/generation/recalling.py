"""What can be asked for by typing it: what a learner who knows it can hit, and need know only once.

What cannot is asked in the forms that show it, and on flashcards.
"""

from __future__ import annotations

import re
import unicodedata

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.asking import asks_among, attribution
from questions.domain.generation.expecting import quotes_value
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Form
from questions.domain.values import parse_quantity

LONGEST, LONGEST_QUOTED = 5, 3
"""Words. What is longer is a phrase to be understood, not spelt; what a relation's statement puts
in quotation marks is wanted word for word."""
_QUOTED_SUBJECT = re.compile(r"“\{[Aa]bout(?:\.name)?\}”")
_TRANSCRIBED = frozenset("\u0304\u030c\u0323\u0331")
"""Macron, caron, dot and line below: letters of one script written in those of another."""
_BARE = (Form.TYPED, Form.FLASHCARD)
_NEAR = 0.15
"""Sources whose figures differ by less: which of them says what is no knowledge."""


def can_be_recalled(item: Item) -> str:
    """16: what is to be typed can be hit by whoever knows it."""
    if item.single and item.question.form in _BARE and asks_among(item.question.stem):
        return gettext_noop("It asks for one of several, but shows none to choose from.")
    if item.question.form not in (Form.TYPED, Form.CLOZE) or not item.single:
        return ""
    return too_hard_to_spell(item.index, item.fact, reverse=item.reverse) or _whose_word(item)


def too_hard_to_spell(index: Index, fact: Fact, *, reverse: bool) -> str:
    """Why nobody can be expected to type the answer, or nothing."""
    if not reverse and index.kind(fact) is ValueKind.TERM and _is_transcribed(fact.value):
        return gettext_noop("A phrase of another language is to be known again, not spelt.")
    names = _accepted(index, fact, reverse=reverse)
    quoted = _quotes_subject(index, fact) if reverse else quotes_value(index, fact)
    words = min((len(name.split()) for name in names), default=0)
    if words > (LONGEST_QUOTED if quoted else LONGEST):
        says = gettext_noop("Nobody can be expected to hit all %(words)s words of the answer.")
        return Sentence(says, words=str(words))
    return ""


def _quotes_subject(index: Index, fact: Fact) -> bool:
    return any(_QUOTED_SUBJECT.search(text) for text in index.relation(fact).state)


def _accepted(index: Index, fact: Fact, *, reverse: bool) -> tuple[str, ...]:
    """What counts as right, be it in part; nothing where figures or dates are asked."""
    kind = index.kind(fact)
    if reverse or kind is ValueKind.ENTITY:
        entity = index.entity(fact.about if reverse else fact.value)
        loose = (alias.text for alias in entity.aliases if alias.loose)
        return tuple(name for name in (*entity.names, *loose, entity.surname) if name)
    return (fact.value, *fact.accept) if kind is ValueKind.TERM else ()


def _is_transcribed(text: str) -> bool:
    marks = _TRANSCRIBED & set(unicodedata.normalize("NFD", text))
    return bool(marks) and len(text.split()) > 1


def _whose_word(item: Item) -> str:
    """Asked "according to" one of two that hardly differ, or that are parts of one document, only
    its page tells which of them says what."""
    against = [fact for fact in item.disputed if not item.index.deck.agree(item.fact, fact)]
    if not item.attributed or not against:
        return ""
    if any(_same_document(item.index, item.fact, fact) for fact in against):
        return gettext_noop("Two parts of one document differ; which says what is not to be typed.")
    if any(_nearly_as_many(item.index, item.fact, fact) for fact in against):
        return gettext_noop(
            "The sources’ figures hardly differ; which has which is not to be typed."
        )
    return ""


def _same_document(index: Index, one: Fact, two: Fact) -> bool:
    source = attribution(index, one).source
    sources = [index.deck.sources[key] for key in two.sources]
    return source is not None and any(
        bool(other.origin)
        and (other.origin, other.title) == (source.origin, source.title)
        and other.key != source.key
        for other in sources
    )


def _nearly_as_many(index: Index, one: Fact, two: Fact) -> bool:
    if index.kind(one) is not ValueKind.NUMBER or one.unit != two.unit:
        return False
    first, second = parse_quantity(one.value), parse_quantity(two.value)
    if first.other is not None or second.other is not None:
        return False
    return abs(first.amount - second.amount) <= _NEAR * abs(float(first.amount))
