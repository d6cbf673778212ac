"""A teacher's work on a deck besides its facts: the deck itself, its file, questions written by
hand, drafts, and what learners reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from questions.domain import facts as domain
from questions.models import AuthoredQuestion, Deck, ProblemReport, Question, Ruling, Topic
from questions.models.uploads import DeckUpload
from questions.queries.claims import of_question
from questions.services.facts import passage_row
from questions.services.generation import write_questions
from questions.services.interchange import ImportReport, free_slug, import_deck
from questions.services.revisions import count_up
from studyapp.accounts.models import User

# --- decks ----------------------------------------------------------------------------


def create_deck(owner: User, title: str, language: str, use: Sequence[str]) -> Deck:
    """An empty deck that nobody else sees yet."""
    while True:
        slug = free_slug(title)
        try:
            with transaction.atomic():
                return Deck.objects.create(
                    owner=owner, slug=slug, title=title, language=language, use=list(use)
                )
        except IntegrityError:  # another deck has just taken the address
            if not Deck.objects.filter(slug=slug).exists():
                raise


def save_settings(deck: Deck, values: Mapping[str, Any]) -> None:
    """Title, description, who can study it, and vocabularies to `add`; its address stays."""
    fields = {name: values[name] for name in ("title", "description", "visibility")}
    fields["use"] = list(dict.fromkeys([*deck.use, *values.get("add", ())]))
    Deck.objects.filter(pk=deck.pk).update(
        **fields, revision=F("revision") + 1, updated_at=timezone.now()
    )


@transaction.atomic
def keep_upload(owner: User, name: str, data: bytes, into: Deck | None) -> DeckUpload:
    """The file until its owner confirms it; an earlier one that was never confirmed goes."""
    DeckUpload.objects.filter(owner=owner).delete()
    return DeckUpload.objects.create(
        owner=owner, name=name[:200], into=into, packed=DeckUpload.pack(data)
    )


def import_upload(upload: DeckUpload, *, dry_run: bool) -> ImportReport:
    """Raises DeckErrors. The upload is gone once it is imported."""
    report = import_deck(
        upload.owner, upload.data, into=upload.into, name=upload.name, dry_run=dry_run
    )
    if not dry_run:
        upload.delete()
    return report


# --- questions written by hand --------------------------------------------------------


@transaction.atomic
def save_authored(
    deck: Deck, question: domain.AuthoredQuestion, row: AuthoredQuestion | None = None
) -> AuthoredQuestion:
    """Add it, or make `row` say this; its card and memories stay."""
    count_up(deck.pk)  # first, so that two who add one wait for each other and count on
    row = row or _new_row(deck)
    row.form, row.stem, row.key = question.form.value, question.stem, question.key
    row.distractors, row.accept = list(question.distractors), list(question.accept)
    row.explanation, row.removed = question.explanation, False
    row.topic = Topic.objects.filter(deck=deck, key=question.topic).first()
    row.save()
    row.passages.set([passage_row(deck, passage) for passage in question.passages])
    _rewrite(row)
    return row


@transaction.atomic
def set_authored_removed(row: AuthoredQuestion, *, removed: bool) -> None:
    """Its card retires or returns; memories are kept either way."""
    if row.removed == removed:
        return
    count_up(row.deck_id)
    row.removed = removed
    row.save(update_fields=["removed"])
    _rewrite(row)


def _new_row(deck: Deck) -> AuthoredQuestion:
    kept = AuthoredQuestion.objects.filter(deck=deck)
    taken = set(kept.values_list("key_id", flat=True))
    number = len(taken) + 1
    while f"q-{number}" in taken:
        number += 1
    last = kept.aggregate(at=Max("position"))["at"]
    position = 0 if last is None else last + 1
    return AuthoredQuestion(deck=deck, key_id=f"q-{number}", position=position)


def _rewrite(row: AuthoredQuestion) -> None:
    deck = Deck.objects.get(pk=row.deck_id)
    write_questions(deck, only={f"authored:{row.key_id}"})


# --- drafts, reports ------------------------------------------------------------------


def approve_drafts(questions: Iterable[Question], teacher: User, now: datetime) -> None:
    """They are asked from now on; writing the bank anew leaves them so until there is a new
    doubt."""
    _drafts(questions).update(
        state=Question.State.ACTIVE,
        approved=F("doubt"),
        approved_by=teacher,
        approved_at=now,
    )


@transaction.atomic
def reject_drafts(questions: Iterable[Question], teacher: User) -> None:
    """They are not asked, and do not come back when the bank is written anew."""
    # Locked, so that what is approved meanwhile is not recorded as rejected.
    drafts = list(_drafts(questions).select_related("card").select_for_update(of=("self",)))
    _record_rejections(drafts, teacher)
    _drafts(drafts).update(state=Question.State.RETIRED, rejected=True)


def _record_rejections(drafts: Iterable[Question], teacher: User) -> None:
    rulings = [
        Ruling(
            deck_id=draft.card.deck_id,
            question=draft,
            teacher=teacher,
            expected=of_question(draft.pk),
            decision=Ruling.Decision.REJECTED,
        )
        for draft in drafts
    ]
    Ruling.objects.bulk_create(
        rulings,
        update_conflicts=True,
        unique_fields=["deck", "expected", "folded"],
        update_fields=["teacher", "decision", "decided_at"],
    )


def _drafts(questions: Iterable[Question]) -> QuerySet[Question]:
    pks = [question.pk for question in questions]
    return Question.objects.filter(pk__in=pks, state=Question.State.DRAFT)


def close_report(report: ProblemReport) -> None:
    ProblemReport.objects.filter(pk=report.pk).update(open=False)
