"""Taking back that a teacher accepted an answer: the deck unlearns it, and answers that count
because of it alone are marked as they were at first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from django.db import transaction

from questions.models import AttemptItem, Claim, Deck, Review, Ruling
from questions.queries import rulings as queries
from questions.queries.rulings import ToTakeBack
from questions.services.claims import first_again, first_verdicts, parts, tell
from questions.services.learning import unlearn
from questions.services.rewriting import rewrite
from studyapp.accounts.models import User


def take_back(ruling: Ruling, teacher: User, now: datetime) -> ToTakeBack:
    """What had been marked wrong, or right in part, is so again, also where the card was answered
    since: the memory becomes what it would be without the ruling. Claims wait again. What was done
    once is not done again, and what was cut short the second time goes on."""
    deck = Deck.objects.get(pk=ruling.deck_id)
    with transaction.atomic():
        Deck.objects.select_for_update().get(pk=deck.pk)
        ruling = Ruling.objects.select_related("question__card__fact").get(pk=ruling.pk)
        found = queries.to_take_back(deck, ruling)
        if ruling.decision == Ruling.Decision.ACCEPTED:
            _unlearn(deck, ruling)
        _note(ruling, teacher)
        Claim.objects.filter(pk__in=found.claims).update(state=Claim.State.OPEN)
        tell(ruling, found.claims.values())
    for part in parts(found.reviews):
        with transaction.atomic():
            tell(ruling, _reviews_again(part, now))
    for part in parts(found.items):
        with transaction.atomic():
            # Those only that nobody, clicking twice, has taken back in the meantime.
            _items_again(
                AttemptItem.objects.filter(pk__in=part, review=None, reason__has_key="first")
            )
            tell(ruling, (found.items[pk] for pk in part))
    return found


def _unlearn(deck: Deck, ruling: Ruling) -> None:
    """Where another acceptance rests on the same spelling, that one has to answer for it now."""
    instead = queries.learnt_by(ruling)
    if instead is None:
        return
    if heir := queries.heir_of(ruling):
        heir.learnt = instead
        heir.save(update_fields=["learnt"])
        return
    unlearn(queries.case_ruled(deck, ruling), ruling.spelling, instead)


def _note(ruling: Ruling, teacher: User) -> None:
    ruling.decision, ruling.teacher, ruling.learnt = Ruling.Decision.UNDONE, teacher, None
    ruling.save(update_fields=["decision", "teacher", "learnt", "decided_at"])


def _reviews_again(part: Collection[int], now: datetime) -> set[int]:
    """Returns the learners."""
    accepted = list(Review.objects.answers().filter(pk__in=part))
    first = first_verdicts(accepted)
    items = list(AttemptItem.objects.filter(review__in=first, reason__has_key="first"))
    replaced = rewrite(list(first), partial(first_again, first), now)
    done = {old.pk for old in replaced}
    _items_again(item for item in items if item.review_id in done)
    return {old.learner_id for old in replaced}


def _items_again(rows: Iterable[AttemptItem]) -> None:
    items = list(rows)
    for item in items:
        first = item.reason["first"]
        item.verdict, item.score = first["verdict"], first["score"]
        item.reason, item.ruled = first["reason"], False
    AttemptItem.objects.bulk_update(items, ["verdict", "score", "reason", "ruled"])
