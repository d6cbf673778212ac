"""How many of a deck's wrong options learners are told something of when they choose them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from django.db.models import QuerySet

from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Deck, Fact, Question
from questions.queries.explaining import explanations
from questions.queries.mistakes import Answered

_AT_ONCE = 50
MOST_QUESTIONS = 2_000


@dataclass(frozen=True, slots=True)
class Unexplained:
    stem: str
    option: str


@dataclass(frozen=True, slots=True)
class WrongOptions:
    """Of all active choices: each wrong option once for each question that offers it. Of the silent
    ones `foreign` stand in no fact: dates and figures worked out, texts by hand."""

    offered: int
    silent: list[Unexplained]
    foreign: int

    @property
    def share(self) -> float:
        return 1 - len(self.silent) / self.offered if self.offered else 1.0

    def with_(self, deck: Deck, answers: Sequence[Answered], known: Set[str]) -> WrongOptions:
        told = explanations(deck, answers)
        untold = [each for each, said in zip(answers, told, strict=True) if not said]
        silent = [Unexplained(each.presented.stem, each.presented.options[1]) for each in untold]
        foreign = sum(not known & set(each.given["value"]) for each in untold)
        return WrongOptions(
            self.offered + len(answers), self.silent + silent, self.foreign + foreign
        )


def wrong_options(deck: Deck) -> WrongOptions:
    """A constant number of queries for every fifty questions. Of large banks as many questions are
    looked at as tell, spread evenly."""
    choices = Question.objects.active().filter(
        card__deck=deck, card__retired=False, form=Form.CHOICE.value
    )
    pks = list(choices.order_by("pk").values_list("pk", flat=True))
    pks = pks[:: max(1, -(-len(pks) // MOST_QUESTIONS))]
    known, found = _known(deck), WrongOptions(0, [], 0)
    for start in range(0, len(pks), _AT_ONCE):
        rows = choices.filter(pk__in=pks[start : start + _AT_ONCE])
        found = found.with_(deck, list(_answers(rows)), known)
    return found


def _known(deck: Deck) -> set[str]:
    """Every value and entity that stands in a fact."""
    facts = Fact.objects.live().filter(deck=deck).order_by()
    values = facts.values_list("value", "about__key").distinct()
    return {text for pair in values.iterator() for text in pair}


def _answers(choices: QuerySet[Question]) -> Iterator[Answered]:
    for question in choices.select_related("card__fact", "card__deck").order_by("pk"):
        card, content = question.card, question.content
        fact = card.fact if len(card.facts) == 1 else None
        for option in content["distractors"]:
            options = (content["key"]["text"], option["text"])
            shown = Presented(Form.CHOICE, question.stem, options=options, key=(0,))
            given = {"option": ["1"], "value": [option["entity"] or option["value"]]}
            yield Answered(question, shown, given, fact)
