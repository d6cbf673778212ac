"""What a typed wrong answer says, of all that the deck could offer in the right one's place.

No likeness decides: an answer says a value if grading would have taken it as right where that was
asked for, and no other. What might be meant of many others tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.expecting import expect_subject, expect_value
from questions.domain.generation.index import Index
from questions.domain.generation.scales import offered, scales
from questions.domain.generation.text import fold as fold_term
from questions.domain.grading import Expected, Named, NameIndex, Verdict, grade_typed
from questions.domain.grading.dates import spans_said
from questions.domain.grading.fillers import without_fillers
from questions.domain.grading.fold import MAX_ANSWER, Tokens, clean, compact
from questions.domain.grading.forms import as_named
from questions.domain.grading.names import meant_by, plain_tokens
from questions.domain.grading.numbers import amount_said
from questions.domain.grading.persons import without_titles
from questions.domain.grading.rough_dates import Unreadable
from questions.domain.grading.targets import core_of
from questions.domain.values import SIGNS, Span, parse_quantity

_SLOT = re.compile(r"\{[^}]*\}")
_MOST_WORDS, _MOST_MEANT = 6, 24
_TWO_SLIPS_FROM = 7
"""Letters: two slips are passed over in names of nine."""
_ROUNDED = Decimal("0.05")
"""Share within which an answer may be taken for a figure that it does not equal."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a card asks; `entity` is the right one, if it asks for one."""

    fact: Fact
    kind: ValueKind
    entity: str
    expected: Expected


class TypedErrors:
    """Answers are read against the deck of an index, all of it or as much as is at hand."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._terms: dict[str, NameIndex] = {}
        self._of: tuple[str, _Asked | None] = ("", None)

    def said(self, card: str, text: str) -> str:
        """The value, as options have it, that an answer to this card says instead of the right
        one; nothing if it says none, or may mean several."""
        asked = self._asked(card)
        if asked is None or not text.strip() or len(text) > MAX_ANSWER:
            return ""
        match asked.kind:
            case ValueKind.ENTITY:
                found = self._entity(asked, text)
            case ValueKind.DATE:
                found = self._date(asked, text)
            case ValueKind.NUMBER:
                found = self._figure(asked, text)
            case ValueKind.TERM:
                found = self._term(asked, text)
            case _:
                return ""
        return "" if found in (asked.fact.value, asked.entity) else found

    def _asked(self, card: str) -> _Asked | None:
        """Answers come card by card."""
        if self._of[0] != card:
            self._of = card, self._asked_by(card)
        return self._of[1]

    def _asked_by(self, card: str) -> _Asked | None:
        kind, _, rest = card.partition(":")
        uid, _, end = rest.rpartition(":")
        fact = self._index.by_uid.get(uid) if kind == "fact" else None
        if fact is None:
            return None
        if end == "subject":
            return _Asked(fact, ValueKind.ENTITY, fact.about, expect_subject(self._index, fact))
        sought = self._index.kind(fact)
        entity = fact.value if sought is ValueKind.ENTITY else ""
        return _Asked(fact, sought, entity, expect_value(self._index, fact, self._words_of(fact)))

    def _words_of(self, fact: Fact) -> str:
        """What questions on it may say beside its names, and answers say again."""
        relation = self._index.relation(fact)
        return _SLOT.sub(" ", " ".join((*relation.ask, *relation.which, *relation.state)))

    # Names

    @cached_property
    def _names(self) -> NameIndex:
        deck = self._index.deck
        return NameIndex(map(as_named, deck.entities.values()), deck.vocabulary, deck.language)

    def _entity(self, asked: _Asked, text: str) -> str:
        """By its very name first: then nothing has to be made ready."""
        kind = self._index.entity(asked.entity).type
        exact = self._index.named(text)
        if exact and self._index.entity(exact).type == kind:
            return exact
        names = self._names
        near = (one for one in _meant(text, names, kind) if names.of_one_kind(one.type, kind))
        meant = ((one.key, Expected("name", one.name, one.key)) for one in near)
        found = _right(text, meant, names)
        return found[0] if len(found) == 1 else exact

    def _term(self, asked: _Asked, text: str) -> str:
        relation = asked.fact.relation
        held = self._index.holders(relation, fold_term(text))
        if held:
            return held[0].value
        near = _meant(text, self._terms_of(relation), "")
        meant = ((one.key, Expected("term", one.name, accept=one.aliases)) for one in near)
        found = _right(text, meant, self._names)
        return found[0] if len(found) == 1 else ""

    def _terms_of(self, relation: str) -> NameIndex:
        if relation not in self._terms:
            values: dict[str, Named] = {}
            for fact in self._index.deck.by_relation.get(relation, ()):
                known = values.setdefault(fold_term(fact.value), Named(fact.value, fact.value))
                if fact.accept:
                    every = (*known.aliases, *fact.accept)
                    values[fold_term(fact.value)] = replace(known, aliases=every)
            deck = self._index.deck
            self._terms[relation] = NameIndex(values.values(), deck.vocabulary, deck.language)
        return self._terms[relation]

    # Dates and figures

    @cached_property
    def _no_names(self) -> NameIndex:
        return NameIndex((), self._index.deck.vocabulary)

    def _date(self, asked: _Asked, text: str) -> str:
        """The same days, in whatever form."""
        said = _span(asked, text)
        if said is None:
            return ""
        near = scales(self._index).near(asked.fact, said.middle)
        meant = (
            _instead(asked, one, offered(self._index, asked.fact, one))
            for one in near
            if one.span().same_days(said)
        )
        found = _right(text, meant, self._no_names)
        return min(found, key=len, default="")

    def _figure(self, asked: _Asked, text: str) -> str:
        """The same amount, in whatever unit; of several that it would do for, what it equals."""
        amount = amount_said(asked.expected, text, self._no_names.units)
        near = self._near(asked.fact, amount)
        found = _right(text, (_instead(asked, *one) for one in near), self._no_names)
        if len(found) > 1 and amount is not None:
            found = [each for each in found if parse_quantity(each).amount == amount]
        return found[0] if len(found) == 1 else ""

    def _near(self, fact: Fact, amount: Decimal | None) -> Iterator[tuple[Fact, str]]:
        """Figures and how they are offered; where no single one is said, those near the right."""
        size = None if amount is None else float(amount)
        for other in scales(self._index).near(fact, size):
            if amount is None or abs(other.quantity().amount - amount) <= abs(amount) * _ROUNDED:
                yield other, offered(self._index, fact, other)


def _right(text: str, meant: Iterable[tuple[str, Expected]], names: NameIndex) -> list[str]:
    """Those values, each once, that an answer would have been right for."""
    found = (
        value
        for value, expected in islice(meant, _MOST_MEANT)
        if grade_typed(expected, text, names).verdict is Verdict.RIGHT
    )
    return list(dict.fromkeys(found))


def _instead(asked: _Asked, other: Fact, value: str) -> tuple[str, Expected]:
    """What would be expected if that were the right one. Its bare amount, for what is "more than"
    a figure says many."""
    bare = value.lstrip(SIGNS) if asked.kind is ValueKind.NUMBER else other.value
    return value, replace(
        asked.expected, value=bare, accept=other.accept, others=(), exact=other.exact, rivals=()
    )


def _span(asked: _Asked, text: str) -> Span | None:
    try:
        readings = spans_said(asked.expected, clean(text))
    except Unreadable:
        return None
    return readings[0] if len(readings) == 1 else None


def _meant(text: str, names: NameIndex, kind: str) -> Iterator[Named]:
    """Whose name a text may be, or be a slip of: each once, exact ones first."""
    bare = without_fillers(clean(text))
    found = dict.fromkeys(meant_by(bare, names))
    for tokens in _spellings(bare, names, kind):
        spelt = compact(tokens)
        slips = 2 if len(spelt) >= _TWO_SLIPS_FROM else 1
        exact = (*names.find(tokens), *names.with_core(spelt), *names.with_surname(spelt))
        near = (*names.spelt_like(spelt, slips), *names.rivals(spelt, slips))
        found |= dict.fromkeys((*exact, *near))
    return iter(found)


def _spellings(text: str, names: NameIndex, kind: str) -> Iterator[Tokens]:
    """All of it, what is left without class nouns or titles, and of persons each word."""
    whole = plain_tokens(text)
    bare = without_titles(whole, names)
    words = [(word,) for word in bare[:_MOST_WORDS]] if names.nouns.is_person(kind) else []
    found = (whole, core_of(whole, kind, names.nouns), bare, *words)
    return (tokens for tokens in dict.fromkeys(found) if compact(tokens))
