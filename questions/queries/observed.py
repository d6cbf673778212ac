"""What learners did with the questions of a deck: which wrong answers tempt them, and how often
each question is missed.

What counts: answers that stand in learners' logs, and those of quizzes that are closed for good;
an answer of a quiz that stands in the log as well is one answer. Each learner counts once for each
wrong option, by the first time it was shown to them, and once for each card's difficulty, by their
first answer. What was taken back, voided or replaced by a ruling does not count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge, nlargest
from itertools import chain, groupby
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from questions.domain.difficulty import Missing, most_telling
from questions.domain.generation.likeness import Observed
from questions.domain.questions import Form
from questions.models import Attempt, AttemptItem, Card, Deck, Question, Review
from questions.queries.prepared import Prepared

_AT_ONCE = 2000
_MOST_TEXTS = 100
"""Different wrong answers typed to one card that are read."""
_TYPED = (Form.TYPED.value, Form.CLOZE.value)
_FORMS = (Form.CHOICE.value, *_TYPED)

# As text: else SQLite gives a date or figure such as "1766" as a number.
_KEY = KeyTextTransform("value", KeyTransform("key", "question__content"))
_NONE = (0, 0)

Slot = tuple[int, str]
"""A card's number and a question's slot."""
Said = Callable[[str, str], str]
"""The value that an answer typed to a card, by its key, says instead of the right one, or
nothing: see `typed_errors`."""


@dataclass(slots=True)
class Met:
    """One wrong answer of one card: to whom it was shown, with whether they chose it then, and who
    typed it of themselves. Learners by number."""

    shown: dict[int, bool] = field(default_factory=dict)
    typed: set[int] = field(default_factory=set)

    @property
    def chosen(self) -> int:
        return sum(self.shown.values())

    @property
    def fell(self) -> int:
        """How many gave it, one way or the other."""
        return len(self.typed.union(learner for learner, chose in self.shown.items() if chose))

    @property
    def takers(self) -> int:
        return len(self.shown.keys() | self.typed)


def observed_in(deck: Deck, said: Said, cards: Collection[int] | None = None) -> Observed:
    """By card and option's value: how many gave it of how many who met it; who typed it counts as
    one who met it. With `cards`, of these cards alone. Three queries."""
    return {
        card: {value: (met.fell, met.takers) for value, met in options.items()}
        for card, options in met_in(deck, said, cards)
    }


def met_in(
    deck: Deck, said: Said, cards: Collection[int] | None = None
) -> Iterator[tuple[str, dict[str, Met]]]:
    """Each card's key, and its wrong answers by value. One card at a time is in memory."""
    every = _answers(deck, cards)
    first = next(every, None)
    if first is None:
        return
    offers = _offers(deck, cards)
    at, offered = next(offers, (0, {}))
    for card, answers in groupby(chain([first], every), key=lambda answer: answer.card):
        while at < card and (more := next(offers, None)):
            at, offered = more
        found: dict[str, Met] = defaultdict(Met)
        typed: dict[str, set[int]] = defaultdict(set)
        for answer in answers:
            key = answer.key
            if answer.form in _TYPED:
                _note_typed(answer, typed)
            else:
                _count_choice(answer, found, offered.get(answer.question, {}))
        _count_typed(key, typed, found, said)
        if found:
            yield key, dict(found)


@dataclass(frozen=True, slots=True)
class Missed:
    """How many learners' first answers to choices were wrong, and how many answered: to each
    question, and to all of a card's, which have the same options and differ in their wording."""

    of_slot: Mapping[Slot, Missing]
    of_card: Mapping[int, Missing]

    def telling(self, slot: Slot) -> Missing:
        """What tells most of a question: what it shows itself, once that is enough."""
        return most_telling(self.of_slot.get(slot, _NONE), self.of_card.get(slot[0], _NONE))

    def is_shared(self, slot: Slot) -> bool:
        """Whether that is what other wordings showed too."""
        return self.telling(slot) != self.of_slot.get(slot, _NONE)


def missed(keys: Mapping[int, str]) -> Missed:
    """`keys` are cards with today's right answer, as options have it: answers to questions that
    had another tell nothing. Of a card a learner's first answer counts alone, for whoever was told
    the answer of one wording knows that of the next. Two queries."""
    of_slot: dict[Slot, Counter[bool]] = defaultdict(Counter)
    of_card: dict[int, Counter[bool]] = defaultdict(Counter)
    first: set[tuple[int, int]] = set()
    for card, slot, key, learner, verdict, _ in _choices(keys):
        if key == keys[card] and (card, learner) not in first:
            first.add((card, learner))
            was_wrong = verdict == Review.Verdict.WRONG
            of_slot[card, slot][was_wrong] += 1
            of_card[card][was_wrong] += 1
    return Missed(_missing(of_slot), _missing(of_card))


Counted = TypeVar("Counted", int, Slot)


def _missing(counts: Mapping[Counted, Counter[bool]]) -> dict[Counted, Missing]:
    return {each: (count[True], count.total()) for each, count in counts.items()}


# The answers that count


def closed_items() -> QuerySet[AttemptItem]:
    """Quiz answers that cannot be changed any more and stand in no log."""
    closed = Q(attempt__finished_at__isnull=False) | Q(attempt__feedback=Attempt.Feedback.AT_ONCE)
    return AttemptItem.objects.filter(closed, answered_at__isnull=False, review=None)


class _Answer(NamedTuple):
    """The names are those of `_FIELDS`."""

    card: int
    at: datetime
    learner: int
    question: int
    key: str
    form: str
    options: list[str] | None
    given: Mapping[str, list[str]] | None
    verdict: str


_FIELDS = (
    "question", "question__card__key", "question__form", "shown__options", "given", "verdict",
)  # fmt: skip


def _sources(
    deck: Deck, cards: Collection[int] | None, forms: Collection[str]
) -> tuple[QuerySet[Review], QuerySet[AttemptItem]]:
    # The cards say which deck; to name it as well would lead past all that was answered in it.
    if cards is not None:
        return _reviews_of(cards, forms), _items_of(cards, forms)
    reviews = Review.objects.answers().filter(question__form__in=forms)
    items = closed_items().filter(question__form__in=forms)
    return reviews.filter(memory__deck=deck), items.filter(attempt__deck=deck)


def _reviews_of(cards: Collection[int], forms: Collection[str]) -> QuerySet[Review]:
    asked = {"question__card__in": list(cards), "question__form__in": forms}
    return Review.objects.answers().filter(**asked)


def _items_of(cards: Collection[int], forms: Collection[str]) -> QuerySet[AttemptItem]:
    asked = {"question__card__in": list(cards), "question__form__in": forms}
    return closed_items().filter(**asked)


def _offers(
    deck: Deck, cards: Collection[int] | None
) -> Iterator[tuple[int, dict[int, dict[str, str]]]]:
    """Card by card, of each choice that was answered the wrong options' values by their text."""
    reviews, items = _sources(deck, cards, (Form.CHOICE.value,))
    answered = Q(pk__in=reviews.values("question")) | Q(pk__in=items.values("question"))
    rows = Question.objects.filter(answered).order_by("card_id")
    rows = rows if cards is None else rows.filter(card__in=cards)
    fields = rows.values_list("card_id", "pk", "content__distractors")
    for card, group in groupby(fields.iterator(_AT_ONCE), key=lambda row: row[0]):
        yield card, {pk: {one["text"]: one["value"] for one in wrong} for _, pk, wrong in group}


def _answers(deck: Deck, cards: Collection[int] | None) -> Iterator[_Answer]:
    """Card by card, the earliest first."""
    merged = merge(*_answer_rows(deck, cards), key=lambda row: row[:2])
    return (_Answer(*row) for row in merged)


Rows = QuerySet[Any, tuple[Any, ...]]


def _answer_rows(deck: Deck, cards: Collection[int] | None) -> Iterator[Iterable[tuple[Any, ...]]]:
    if cards is not None:
        return iter((_reviews_on(cards=cards), _items_on(cards=cards)))
    reviews, items = _sources(deck, None, _FORMS)
    return (rows.iterator(_AT_ONCE) for rows in (_of_reviews(reviews), _of_items(items)))


@Prepared
def _reviews_on(cards: Collection[int]) -> Rows:
    return _of_reviews(_reviews_of(cards, _FORMS))


@Prepared
def _items_on(cards: Collection[int]) -> Rows:
    return _of_items(_items_of(cards, _FORMS))


def _of_reviews(reviews: QuerySet[Review]) -> Rows:
    rows = reviews.order_by("question__card_id", "at")
    return rows.values_list("question__card_id", "at", "learner", *_FIELDS)


def _of_items(items: QuerySet[AttemptItem]) -> Rows:
    rows = items.order_by("question__card_id", "answered_at")
    return rows.values_list("question__card_id", "answered_at", "attempt__learner", *_FIELDS)


def _choices(cards: Iterable[int]) -> Iterator[tuple[int, str, str, int, str, datetime]]:
    among = list(cards)
    rows = (_choices_reviewed(cards=among), _choices_in_quizzes(cards=among))
    return merge(*rows, key=lambda row: row[-1])


_ASKED = ("question__card_id", "question__slot", _KEY)


@Prepared
def _choices_reviewed(cards: Collection[int]) -> Rows:
    rows = _reviews_of(cards, [Form.CHOICE.value]).order_by("at")
    return rows.values_list(*_ASKED, "learner", "verdict", "at")


@Prepared
def _choices_in_quizzes(cards: Collection[int]) -> Rows:
    rows = _items_of(cards, [Form.CHOICE.value]).order_by("answered_at")
    return rows.values_list(*_ASKED, "attempt__learner", "verdict", "answered_at")


def _note_typed(answer: _Answer, typed: dict[str, set[int]]) -> None:
    text = next(iter((answer.given or {}).get("text") or ()), "")
    if answer.verdict == Review.Verdict.WRONG:
        typed[text].add(answer.learner)


def _count_typed(
    card: str, typed: Mapping[str, set[int]], found: dict[str, Met], said: Said
) -> None:
    """Each text is read but once, and of very many those that most learners typed."""
    often = nlargest(_MOST_TEXTS, typed.items(), key=lambda each: len(each[1]))
    for text, learners in often:
        if value := said(card, text):
            found[value].typed |= learners


def _count_choice(answer: _Answer, found: dict[str, Met], values: Mapping[str, str]) -> None:
    chosen = (answer.given or {}).get("option")
    for at, text in enumerate(answer.options or ()):
        if value := values.get(text):
            found[value].shown.setdefault(answer.learner, chosen == [str(at)])


def pks_of(deck: Deck, facts: Collection[str]) -> list[int]:
    """The cards on these facts alone."""
    return list(Card.objects.filter(deck=deck, fact__uid__in=facts).values_list("pk", flat=True))
