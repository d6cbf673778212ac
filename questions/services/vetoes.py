"""A teacher's veto of a wrong option: the questions of its fact are written again at once."""

from __future__ import annotations

from django.db import transaction

from questions.models import Deck, Fact, Veto
from questions.services.generation import write_questions
from questions.services.revisions import count_up
from studyapp.accounts.models import User


@transaction.atomic
def rule_out(fact: Fact, value: str, teacher: User) -> Veto:
    """Never offer this value beside the fact. Doing it twice changes nothing."""
    veto, new = Veto.objects.get_or_create(fact=fact, value=value, defaults={"teacher": teacher})
    if new:
        _write_again(fact)
    return veto


@transaction.atomic
def let_in(veto: Veto) -> None:
    """Offer it again, where the rules allow. Doing it twice changes nothing."""
    if Veto.objects.filter(pk=veto.pk).delete()[0]:
        _write_again(veto.fact, afresh=True)


def _write_again(fact: Fact, *, afresh: bool = False) -> None:
    count_up(fact.deck_id)
    write_questions(Deck.objects.get(pk=fact.deck_id), only={fact.uid}, afresh=afresh)
