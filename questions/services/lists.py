"""Marking a list as complete: that a deck holds all there is of it; and putting it in order."""

from __future__ import annotations

from django.db import transaction

from questions.models import Deck, Fact
from questions.queries.lists import as_kept, group_of, members_of
from questions.services.generation import rewrite_questions
from questions.services.revisions import locked


@transaction.atomic
def mark_complete(fact: Fact, *, complete: bool) -> None:
    """The list that the fact stands in. Doing it twice changes nothing."""
    deck = locked(fact.deck)
    group = as_kept(group_of(fact))
    others = [each for each in deck.complete if each != group]
    kept = sorted([*others, group]) if complete else others
    Deck.objects.filter(pk=deck.pk).update(complete=kept)
    is_new = (group in deck.complete) != complete
    rewrite_questions(deck, {member.uid for member in members_of(fact)} if is_new else None)


@transaction.atomic
def move_earlier(fact: Fact, uid: str) -> None:
    """A member of the list that the fact stands in, one place up. The first stays where it is."""
    deck = locked(fact.deck)
    members = members_of(fact)
    at = next((at for at, member in enumerate(members) if member.uid == uid), 0)
    if at == 0:
        rewrite_questions(deck, None)
        return
    before, moved = members[at - 1 : at + 1]
    Fact.objects.filter(pk=moved.pk).update(position=before.position)
    Fact.objects.filter(pk=before.pk).update(position=moved.position)
    rewrite_questions(deck, {member.uid for member in members})
