"""Writing a deck's questions into the bank: what is new, what changed, what is retired."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from django.db import transaction
from django.db.models import Q

from questions.domain.facts import Deck as DeckData
from questions.domain.generation import affected_uids, write
from questions.domain.generation.index import Index
from questions.domain.generation.typed_errors import TypedErrors
from questions.domain.questions import CardSpec
from questions.domain.uncollected import uncollected
from questions.models import Card, Deck, Fact
from questions.models.as_data import deck_as_data
from questions.queries.observed import observed_in, pks_of
from questions.queries.refreshing import edited_of
from questions.queries.slices import is_large
from questions.services.bank_rows import BankRows, Batch, Counts, Known
from questions.services.refreshing import MOST_EDITED, refresh
from questions.services.scale import place_on_scale

__all__ = ["Counts", "Progress", "rewrite_questions", "write_questions"]

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what is being done."""

_CARDS_AT_ONCE = 400
_ROWS_AT_ONCE = 1000
_LABEL = "questions"

SOONER_WHOLE = 150
"""More facts than these are sooner rewritten with all of a large deck read than part by part."""

MOST_AT_ONCE = 1_500
"""More facts than these are no work for one request."""

LARGEST_AT_ONCE = 3_000
"""A deck of more facts is written by the command alone."""


@uncollected()
def write_questions(
    deck: Deck,
    *,
    progress: Progress | None = None,
    only: Collection[str] | None = None,
    all_anew: bool = False,
    afresh: bool = False,
) -> Counts:
    """Write or refresh a deck's bank; with `only`, what the facts of these uids (or questions
    by hand, as `authored:ID`) touch: those of them that were just saved are written anew, the
    others looked over; `all_anew`, where none was, but what they speak of changed. `afresh`: wrong
    answers are looked for even where fair ones stand.

    A question whose text is as it was stays; another text is a new version and retires the old
    one; whatever is written no longer is retired. Nothing is deleted, and a second run changes
    nothing. All in one transaction, so that no one studies half a bank.
    """
    with transaction.atomic():
        deck = _locked(deck)
        _note_written(deck, whole=only is None)
        if only is not None and not only:
            return Counts()
        if only is not None and not _by_hand(only):
            edited = edited_of(deck, only, all_anew=all_anew)
            if len(edited) <= MOST_EDITED:
                return refresh(deck, edited, only, afresh=afresh)
        return _write(deck, progress or _silent, only)


def _locked(deck: Deck) -> Deck:
    """Without its complete lists, of which a slice reads its own."""
    return Deck.objects.select_for_update().defer("complete").get(pk=deck.pk)


def _note_written(deck: Deck, *, whole: bool) -> None:
    """What one edit touched is all there is to write if nothing else was left unwritten."""
    if whole or deck.written == deck.revision - 1:
        Deck.objects.filter(pk=deck.pk).update(written=deck.revision)


def is_written_at_once(deck: Deck) -> bool:
    """Whether all of its questions can be written while a page is waited for."""
    return Fact.objects.live().filter(deck=deck).count() <= LARGEST_AT_ONCE


def are_soon_written(deck: Deck, only: Collection[str]) -> bool:
    """Whether what these touch can be: without the rest of a very large deck."""
    return is_written_at_once(deck) or not (_by_hand(only) or len(only) > MOST_EDITED)


@uncollected()
def rewrite_questions(deck: Deck, uids: Collection[str] | None, *, afresh: bool = False) -> None:
    """What `write_questions` does for facts that stand as they stood, but speak of something that
    has changed: the name of an entity, the wording of their relation. None: nothing is asked
    otherwise than it was. What too much of a large deck speaks of is left to the next whole
    writing: whoever studies would wait for minutes. `afresh`: as in `write_questions`."""
    with transaction.atomic():
        deck = _locked(deck)
        if uids and len(uids) > MOST_AT_ONCE and is_large(deck):
            return
        whole = uids is not None and not is_large(deck)
        _note_written(deck, whole=whole)
        if whole:
            _write(deck, _silent, None)
        elif not uids:
            return
        elif _by_hand(uids) or len(uids) > SOONER_WHOLE:
            _write(deck, _silent, uids, just=True)
        else:
            facts = Fact.objects.filter(deck=deck, uid__in=uids).order_by("pk")
            pks = list(facts.values_list("pk", flat=True))
            for start in range(0, len(pks), MOST_EDITED):
                refresh(deck, set(pks[start : start + MOST_EDITED]), afresh=afresh)


def _by_hand(only: Collection[str]) -> bool:
    """A question by hand may name any entity of the deck, so that all of it is read."""
    return any(uid.startswith("authored:") for uid in only)


def _silent(done: int, total: int, label: str) -> None:
    """No one looks on."""


def _write(
    deck: Deck, progress: Progress, only: Collection[str] | None, *, just: bool = False
) -> Counts:
    data = deck_as_data(deck)
    touched = None if only is None else {*only, *_neighbours(deck, data, only)}
    if only is None:
        place_on_scale(deck, data)
    reached = touched if touched is None or just else affected_uids(data, touched) | touched
    rows = BankRows(deck, _known(deck, data), dict(_scope(deck, data, reached)))
    index = Index(data)
    cards = None if reached is None else pks_of(deck, reached)
    observed = observed_in(deck, TypedErrors(index).said, cards)
    batch, done = Batch(), 0
    for made in write(index, only=touched, just=just, observed=observed):
        if isinstance(made, CardSpec) and len(batch.specs) == _CARDS_AT_ONCE:
            done += rows.flush(batch)
            progress(done, max(done, len(data.facts)), _LABEL)
            batch = Batch()
        rows.take(batch, made)
    done += rows.flush(batch)
    rows.retire_left()
    progress(max(done, 1), max(done, 1), _LABEL)
    if only is None:
        askable = (fact for fact in data.facts if fact.askable)
        rows.counts.unasked = sum(fact.uid not in rows.asked for fact in askable)
    return rows.counts


def _known(deck: Deck, data: DeckData) -> dict[str, Known]:
    pks = dict(Fact.objects.filter(deck=deck).values_list("uid", "pk"))
    return {
        fact.uid: Known(pks[fact.uid], fact.relation, 4 * place)
        for place, fact in enumerate(data.facts)
    }


# Which cards a run may retire


def _neighbours(deck: Deck, data: DeckData, only: Collection[str]) -> Iterator[str]:
    """A live fact of each relation concerned: a fact that is gone reaches its sets by it."""
    rows = Fact.objects.filter(deck=deck, uid__in=only)
    for relation in sorted(set(rows.values_list("relation", flat=True))):
        facts = data.by_relation.get(relation, ())
        yield from (fact.uid for fact in facts[:1])


def _scope(deck: Deck, data: DeckData, uids: set[str] | None) -> Iterator[tuple[str, int]]:
    """Key and number of the cards that are this run's to write or retire."""
    cards = Card.objects.filter(deck=deck).order_by()
    if uids is None:
        yield from cards.values_list("key", "pk").iterator(chunk_size=_ROWS_AT_ONCE)
        return
    relations = {fact.relation for fact in data.facts if fact.uid in uids}
    near = cards.filter(Q(fact__uid__in=uids) | Q(fact=None))
    for key, pk, fact, facts in near.values_list("key", "pk", "fact_id", "facts"):
        if fact or _concerns(key, facts, uids, relations):
            yield key, pk


def _concerns(key: str, facts: Collection[str], uids: set[str], relations: set[str]) -> bool:
    kind, name, *_ = key.split(":", 2)
    if kind in ("order", "pairs"):
        return name in relations
    return key in uids or not uids.isdisjoint(facts)
