"""How many of a deck's wrong options learners are told something of when they choose them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import QuerySet

from questions.domain.presentation import Presented
from questions.domain.questions import Direction, Form
from questions.models import Deck, Question
from questions.queries.explaining import How, explanations
from questions.queries.mistakes import Answered

_AT_ONCE = 50
MOST_QUESTIONS = 2_000


class Why(StrEnum):
    """Why a learner reads nothing of an option: a text by hand that names nothing of the deck; a
    name of which the deck says nothing, or only what is not told; a value that stands in it only as
    something else, or in dispute."""

    BY_HAND = "by hand"
    NAME = "nothing told of it"
    VALUE = "only of something else, or in dispute"


@dataclass(frozen=True, slots=True)
class Unexplained:
    stem: str
    option: str
    why: Why


@dataclass(frozen=True, slots=True)
class WrongOptions:
    """Of all active choices: each wrong option once for each question that offers it, `told` by
    what the first sentence on it is. To be told that no fact has it is no explanation."""

    offered: int = 0
    told: Mapping[How, int] = field(default_factory=dict)
    silent: list[Unexplained] = field(default_factory=list)

    @property
    def explained(self) -> int:
        return sum(count for how, count in self.told.items() if how is not How.NOWHERE)

    @property
    def share(self) -> float:
        return self.explained / self.offered if self.offered else 1.0

    def with_(self, deck: Deck, answers: Sequence[Answered]) -> WrongOptions:
        pairs = list(zip(answers, explanations(deck, answers), strict=True))
        silent = [_unexplained(each) for each, said in pairs if not said]
        told = Counter(self.told) + Counter(said[0].how for _, said in pairs if said)
        return WrongOptions(self.offered + len(answers), dict(told), self.silent + silent)


def wrong_options(deck: Deck) -> WrongOptions:
    """A constant number of queries for every fifty questions. Of large banks as many questions are
    looked at as tell, spread evenly."""
    choices = Question.objects.active().filter(
        card__deck=deck, card__retired=False, form=Form.CHOICE.value
    )
    pks = list(choices.order_by("pk").values_list("pk", flat=True))
    pks = pks[:: max(1, -(-len(pks) // MOST_QUESTIONS))]
    found = WrongOptions()
    for start in range(0, len(pks), _AT_ONCE):
        rows = choices.filter(pk__in=pks[start : start + _AT_ONCE])
        found = found.with_(deck, list(_answers(rows)))
    return found


def _unexplained(answered: Answered) -> Unexplained:
    stem, option = answered.presented.stem, answered.presented.options[1]
    if answered.question.card.direction == Direction.AUTHORED:
        return Unexplained(stem, option, Why.BY_HAND)
    named = any(each["entity"] for each in answered.question.content["distractors"])
    return Unexplained(stem, option, Why.NAME if named else Why.VALUE)


def _answers(choices: QuerySet[Question]) -> Iterator[Answered]:
    for question in choices.select_related("card__fact", "card__deck").order_by("pk"):
        card, content = question.card, question.content
        fact = card.fact if len(card.facts) == 1 else None
        for option in content["distractors"]:
            options = (content["key"]["text"], option["text"])
            shown = Presented(Form.CHOICE, question.stem, options=options, key=(0,))
            given = {"option": ["1"], "value": [option["entity"] or option["value"]]}
            yield Answered(question, shown, given, fact)
