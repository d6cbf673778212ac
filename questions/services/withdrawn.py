"""Taking back that a question was withdrawn, or rejected as a draft."""

from __future__ import annotations

from enum import Enum, auto

from django.db import transaction

from questions.models import Card, Deck, Question
from questions.services.generation import write_questions
from questions.services.revisions import count_up


class Again(Enum):
    """What became of a question that a teacher will have asked again."""

    ASKED = auto()
    DRAFT = auto()
    REPLACED = auto()
    REFUSED = auto()


@transaction.atomic
def ask_again(question: Question) -> Again:
    """Have it asked again, if it is what the deck would ask. Doing it twice changes nothing.

    Answers that its withdrawal took out of learners' logs stay out: what they have learnt since is
    not to be taken apart.
    """
    card = question.card
    deck = Deck.objects.select_for_update().get(pk=card.deck_id)
    versions = Question.objects.filter(card=card, slot=question.slot)
    newest = versions.order_by("version").last()
    lifted = newest == question and versions.filter(pk=question.pk, rejected=True)
    if lifted and lifted.update(rejected=False):
        count_up(deck.pk)
        write_questions(Deck.objects.get(pk=deck.pk), only=_resting_on(card), all_anew=True)
    question.refresh_from_db()
    return _became(question, versions.exclude(state=Question.State.RETIRED).first())


def _resting_on(card: Card) -> set[str]:
    by_hand = card.direction == Card.Direction.AUTHORED
    return {card.key} if by_hand else set(card.facts)


def _became(question: Question, standing: Question | None) -> Again:
    if standing is None:
        return Again.REFUSED
    if standing != question:
        return Again.REPLACED
    return Again.DRAFT if question.state == Question.State.DRAFT else Again.ASKED
