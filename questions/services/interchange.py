"""Importing decks: reading a file, comparing it with what is kept, and writing what changed.

What a deck no longer says leaves study, with its cards; memories and reviews stay, so that they
are there when it is said again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils.text import slugify

from questions.domain import facts as domain
from questions.domain.generation.cards import authored_card
from questions.domain.interchange import (
    Changes,
    advice,
    built_in_vocabularies,
    diff,
    keeping,
    own_as_kept,
    read_deck,
    said_with,
)
from questions.domain.messages import Sentence
from questions.models import Card, Deck, Memory, Question, Review
from questions.models.as_data import deck_as_data, removed_facts
from questions.queries.accepted import accepted_in
from questions.services.deck_rows import DeckRows, Progress, chunks
from questions.services.generation import Counts, write_questions
from studyapp.accounts.models import User


class SlugTaken(Exception):
    """Another teacher's deck has this short name."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What leaves study with something removed. Nothing of it is deleted."""

    cards: int = 0
    questions: int = 0
    memories: int = 0
    learners: int = 0
    reviews: int = 0


@dataclass(frozen=True)
class ImportReport:
    """`deck` is not saved after a dry run that would make one. `losses` are by the uid of a removed
    fact or `authored:ID`, `loss` is what they take together; `written` is what writing the
    questions counted; `kept` names answers that a teacher accepted and the file lacks, `dropped`
    those that it leaves no room for."""

    deck: Deck
    changes: Changes
    losses: Mapping[str, Loss] = field(default_factory=dict)
    loss: Loss = Loss()
    created: bool = False
    dry_run: bool = False
    written: Counts | None = None
    kept: Sequence[Sentence] = ()
    dropped: Sequence[Sentence] = ()

    def advice(self, *, whole: bool = False) -> Sequence[Sentence]:
        """What the file says to no effect; nothing that keeps it from being imported. `whole` names
        all that is told of, however many."""
        told = self.changes.deck
        return tuple(advice(told, None) if whole else advice(told))


def import_deck(
    owner: User,
    data: bytes | domain.Deck,
    *,
    into: Deck | None = None,
    slug: str = "",
    name: str = "deck.yaml",
    dry_run: bool = False,
    progress: Progress | None = None,
    questions: bool = True,
) -> ImportReport:
    """Make a deck of a file, or make the deck `into`, or the owner's deck called `slug`, what the
    file says. Raises DeckErrors and SlugTaken, having changed nothing.

    Facts change in one transaction; the questions are written in another after it, so that
    students' answers need not wait for both. Where neither the file nor an import that was cut
    short leaves anything to write, the questions stay as they are.
    """
    new = data if isinstance(data, domain.Deck) else _read(data, name)
    deck = into or _deck_called(slug or free_slug(new.title), owner)
    progress = progress or _silent
    if dry_run:
        return replace(_compared(deck, new), dry_run=True)
    try:
        with transaction.atomic():
            report = _written(deck, new, progress)
    except IntegrityError as error:
        if not deck._state.adding:
            raise
        # Another deck has taken the name since it was looked up.
        raise SlugTaken(deck.slug) from error
    if questions and (report.created or report.changes or not report.deck.is_written):
        report = replace(report, written=write_questions(report.deck, progress=progress))
    return report


def _silent(done: int, total: int, label: str) -> None:
    """No one looks on."""


def _read(data: bytes, name: str) -> domain.Deck:
    return read_deck(data, built_in_vocabularies(), name)


def _deck_called(slug: str, owner: User) -> Deck:
    """The owner's deck of that name; not saved if there is none."""
    deck = Deck.objects.filter(slug=slug).first() or Deck(
        owner=owner, slug=slug, revision=0, written=0
    )
    if deck.owner_id != owner.pk:
        raise SlugTaken(slug)
    return deck


def free_slug(title: str) -> str:
    """An address that no deck has yet."""
    start = slugify(title)[:70].strip("-") or "deck"
    taken = set(Deck.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    names = (start, *(f"{start}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _compared(deck: Deck, new: domain.Deck) -> ImportReport:
    if deck._state.adding:
        return ImportReport(deck, diff(domain.Deck(title=""), new), created=True)
    old = deck_as_data(deck)
    changes = diff(old, new, removed_facts(deck))
    beside = keeping(changes.deck, accepted_in(deck))
    if beside.kept:
        changes = said_with(changes, old, beside.deck)
    losses, loss = _losses(deck, changes)
    return ImportReport(deck, changes, losses, loss, kept=beside.kept, dropped=beside.dropped)


def _written(deck: Deck, new: domain.Deck, progress: Progress) -> ImportReport:
    if not deck._state.adding:
        # Held to the end, so that two imports do not write the same deck at once.
        deck = Deck.objects.select_for_update().get(pk=deck.pk)
    report = _compared(deck, new)
    if report.created or report.changes:
        _write_details(deck, new)
        DeckRows(deck, report.changes, progress).write()
        _settle_cards(deck, report.changes)
    return report


def _write_details(deck: Deck, new: domain.Deck) -> None:
    deck.title = new.title
    deck.description = new.description
    deck.language = new.language
    deck.use = list(new.use)
    deck.own_vocabulary = own_as_kept(new.own)
    deck.complete = [
        [about, relation, [list(pair) for pair in qualifiers]]
        for about, relation, qualifiers in sorted(new.complete)
    ]
    deck.revision += 1
    deck.save()


def _settle_cards(deck: Deck, changes: Changes) -> None:
    """Cards of what is gone are not asked; those of what came back are asked again."""
    gone = {fact.uid for fact in changes.facts.removed}
    if gone:
        _retire(deck, _resting_on(deck, gone, retired=False), retired=True)
    if changes.revived:
        live = {fact.uid for fact in changes.deck.facts}
        resting = _resting_on(deck, changes.revived, retired=True, live=live)
        _retire(deck, resting, retired=False)
    for questions, retired in ((changes.authored.removed, True), (changes.authored.new, False)):
        keys = [authored_card(question).key for question in questions]
        for part in chunks(keys):
            Card.objects.filter(deck=deck, key__in=part).update(retired=retired)


def _resting_on(
    deck: Deck, uids: Collection[str], *, retired: bool, live: Collection[str] | None = None
) -> Iterator[int]:
    """Cards that rest on one of these facts, and on none that is not `live`."""
    cards = Card.objects.filter(deck=deck, retired=retired).order_by()
    for pk, facts in cards.values_list("pk", "facts").iterator(5000):
        if any(uid in uids for uid in facts) and (
            live is None or all(uid in live for uid in facts)
        ):
            yield pk


def _retire(deck: Deck, cards: Iterator[int], *, retired: bool) -> None:
    for part in chunks(list(cards)):
        Card.objects.filter(deck=deck, pk__in=part).update(retired=retired)


def _losses(deck: Deck, changes: Changes) -> tuple[dict[str, Loss], Loss]:
    cards = Card.objects.live().filter(deck=deck)
    found: dict[str, Loss] = {}
    learners: set[int] = set()
    for facts in chunks(changes.facts.removed):
        part = cards.filter(fact__uid__in=[fact.uid for fact in facts])
        found |= _losses_by(part, "fact__uid", learners)
    for questions in chunks(changes.authored.removed):
        keys = [authored_card(question).key for question in questions]
        found |= _losses_by(cards.filter(key__in=keys), "key", learners)
    total = Loss(
        sum(loss.cards for loss in found.values()),
        sum(loss.questions for loss in found.values()),
        sum(loss.memories for loss in found.values()),
        len(learners),
        sum(loss.reviews for loss in found.values()),
    )
    return found, total


def _losses_by(cards: QuerySet[Card], by: str, learners: set[int]) -> dict[str, Loss]:
    """What hangs on these cards, by a field of theirs; adds whose memories they are."""
    questions = Question.objects.filter(card__in=cards).exclude(state=Question.State.RETIRED)
    memories = Memory.objects.filter(card__in=cards)
    reviews = Review.objects.answers().filter(memory__card__in=cards)
    learners.update(memories.values_list("learner", flat=True).distinct())
    counted = (
        _count(cards, by, "pk"),
        _count(questions, f"card__{by}", "pk"),
        _count(memories, f"card__{by}", "pk"),
        _count(memories, f"card__{by}", "learner"),
        _count(reviews, f"memory__card__{by}", "pk"),
    )
    keys = dict.fromkeys(key for counts in counted for key in counts)
    return {key: Loss(*(counts.get(key, 0) for counts in counted)) for key in keys}


def _count(rows: QuerySet[Any], by: str, what: str) -> dict[str, int]:
    counted = rows.order_by().values(by).annotate(number=Count(what, distinct=True))
    return dict(counted.values_list(by, "number"))
