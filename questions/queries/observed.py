"""What learners did with the questions of a deck: which wrong answers tempt them, and how often
each question is missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from questions.domain.generation.likeness import Observed
from questions.domain.questions import Form
from questions.models import Card, Deck, Question, Review

_CHUNK = 2000
_TYPED = (Form.TYPED.value, Form.CLOZE.value)

Slot = tuple[int, str]
"""A card's number and a question's slot."""
Taken = Counter[tuple[str, str]]
"""By card's key and option's value."""


def observed_in(
    deck: Deck, named: Callable[[str], str], cards: Collection[int] | None = None
) -> Observed:
    """By card and option's value: how many chose it of how many to whom it was shown. A wrong
    typed answer counts as one more who chose what it names; `named` gives a text's only entity.

    With `cards`, of these cards alone.
    """
    chosen: Taken = Counter()
    shown: Taken = Counter()
    _choices(_answers(deck, cards).filter(question__form=Form.CHOICE.value), chosen, shown)
    typed = _answers(deck, cards).filter(question__form__in=_TYPED, verdict=Review.Verdict.WRONG)
    for card, text, count in _typed(typed):
        if entity := named(text):
            chosen[card, entity] += count
            shown[card, entity] += count
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for (card, value), times in shown.items():
        found[card][value] = (chosen[card, value], times)
    return found


def missed(cards: Collection[int]) -> Mapping[Slot, tuple[int, int]]:
    """Of these cards' choice questions, all versions of one together: how often each was answered
    wrong, and answered."""
    rows = (
        Review.objects.answers()
        .filter(question__card__in=cards, question__form=Form.CHOICE.value)
        .values_list("question__card", "question__slot")
        .order_by()
        .annotate(wrong=Count("pk", filter=Q(verdict=Review.Verdict.WRONG)), all=Count("pk"))
    )
    return {(card, slot): (wrong, answers) for card, slot, wrong, answers in rows}


def _answers(deck: Deck, cards: Collection[int] | None) -> QuerySet[Review]:
    found = Review.objects.answers().filter(memory__deck=deck, question__isnull=False)
    return found if cards is None else found.filter(question__card__in=cards)


def _choices(answers: QuerySet[Review], chosen: Taken, shown: Taken) -> None:
    """One pass over the answers, counted by the database where options stood alike."""
    fields = ("question", "shown__options", "given__option")
    rows = list(answers.order_by().values_list(*fields).annotate(times=Count("pk")))
    questions = _contents({row[0] for row in rows})
    for question, options, given, times in rows:
        card, values = questions[question]
        for at, text in enumerate(options or ()):
            if value := values.get(text):
                shown[card, value] += times
                chosen[card, value] += times * (given == [str(at)])


def _contents(questions: Collection[int]) -> dict[int, tuple[str, dict[str, str]]]:
    """Each question's card and its wrong options' values by their text."""
    found = {}
    wanted = sorted(questions)
    for start in range(0, len(wanted), _CHUNK):
        rows = Question.objects.filter(pk__in=wanted[start : start + _CHUNK])
        for pk, key, content in rows.values_list("pk", "card__key", "content"):
            found[pk] = (key, _wrong(content))
    return found


def _wrong(content: Mapping[str, Any]) -> dict[str, str]:
    return {option["text"]: option["value"] for option in content["distractors"]}


def _typed(answers: QuerySet[Review]) -> list[tuple[str, str, int]]:
    """Card, what was typed, how often."""
    rows = answers.order_by().values_list("question__card__key", "given__text")
    counted = rows.annotate(times=Count("pk"))
    return [(card, given[0], times) for card, given, times in counted if given]


def pks_of(deck: Deck, facts: Collection[str]) -> list[int]:
    """The cards on these facts alone."""
    return list(Card.objects.filter(deck=deck, fact__uid__in=facts).values_list("pk", flat=True))
