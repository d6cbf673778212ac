"""Feedback on answers to a deck's questions, made without a page."""

from __future__ import annotations

from typing import Any

from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Deck, Question
from questions.queries.feedback import Feedback, feedback_on


def question(deck: Deck, card: str, form: str) -> Question:
    found = Question.objects.active().filter(card__deck=deck, card__key=card, form=form)
    return found.select_related("card__deck").order_by("slot")[0]


def chosen(asked: Question, value: str) -> Feedback:
    """Feedback on that option of a choice, shown beside the key."""
    content = asked.content
    wrong = next(each for each in content["distractors"] if value in (each["value"], each["text"]))
    shown = Presented(
        Form.CHOICE, asked.stem, options=(wrong["text"], content["key"]["text"]), key=(1,)
    )
    return feedback_on(asked, shown.to_json(), {"option": ["0"]}, "wrong", {})


def typed(asked: Question, text: str, verdict: str = "wrong", **reason: Any) -> Feedback:
    shown = Presented(Form(asked.form), asked.stem, blanks=1)
    return feedback_on(asked, shown.to_json(), {"text": [text]}, verdict, reason)


def told(feedback: Feedback) -> list[str]:
    return [each.sentence for each in feedback.explained]


def define(deck: Deck, relation: str, also: str) -> None:
    """Give a relation of the deck another line."""
    text = deck.own_vocabulary["text"]
    deck.own_vocabulary = {"text": text.replace(f"  {relation}:\n", f"  {relation}:\n    {also}\n")}
    deck.revision += 1
    deck.save()
