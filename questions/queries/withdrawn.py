"""Questions that a teacher withdrew, or rejected as drafts: what they said, who decided, why."""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import GreaterThan

from questions.models import Card, Deck, Fact, ProblemReport, Question, Ruling
from questions.queries.preview import Item, item_of
from questions.queries.said import said_why
from studyapp.accounts.models import User

_LATER = Question.objects.filter(
    card=OuterRef("card"), slot=OuterRef("slot"), version__gt=OuterRef("version")
)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """`draft`: rejected as one; `by` and `at` are None if that was before it was recorded.
    `replaced`: it has another wording since, so that there is nothing to ask again. `authored` is
    the id of a question by hand, `fact` the uid of the fact, or of the first of several."""

    question: Question
    item: Item
    draft: bool
    by: User | None
    at: datetime | None
    why: list[str]
    replaced: bool
    authored: str
    fact: str


def withdrawn_in(deck: Deck) -> QuerySet[Question]:
    """All of a deck's, the latest first, but those of what the deck no longer says."""
    rows = Question.objects.filter(card__deck=deck, card__retired=False, rejected=True)
    decided = (Ruling.Decision.FAULTY, Ruling.Decision.REJECTED)
    made = Ruling.objects.filter(decision__in=decided).select_related("teacher")
    told = ProblemReport.objects.exclude(text="").order_by("pk")
    return (
        rows.annotate(replaced=Exists(_LATER))
        .select_related("card__fact")
        .prefetch_related(
            Prefetch("rulings", made, to_attr="decided"),
            Prefetch("problem_reports", told, to_attr="told"),
        )
        .order_by("-pk")
    )


def withdrawn_on(fact: Fact) -> QuerySet[Question]:
    """Those that rest on the fact, alone or with others."""
    rows = withdrawn_in(fact.deck).annotate(rests_on=Cast("card__facts", TextField()))
    several = Q(card__fact=None) & _names(fact.uid)
    return rows.filter(Q(card__fact=fact) | several)


def _names(uid: str) -> Q:
    """Whether a list of facts, as JSON, has this one: engines differ in what they escape."""
    spelt = {json.dumps(uid), json.dumps(uid, ensure_ascii=False)}
    found = (Q(GreaterThan(StrIndex("rests_on", Value(each)), 0)) for each in sorted(spelt))
    return reduce(operator.or_, found)


def withdrawn_by_hand(deck: Deck) -> set[str]:
    """Ids of questions by hand that are asked no more as they are worded now."""
    rows = withdrawn_in(deck).filter(~Exists(_LATER), card__direction=Card.Direction.AUTHORED)
    return {key.partition(":")[2] for key in rows.values_list("card__key", flat=True)}


def as_withdrawn(rows: Iterable[Question]) -> list[Withdrawn]:
    """Of rows from `withdrawn_in`."""
    return [_withdrawn(row) for row in rows]


def _withdrawn(row: Question) -> Withdrawn:
    rulings: list[Ruling] = getattr(row, "decided")  # noqa: B009 — set by the prefetch
    reports: list[ProblemReport] = getattr(row, "told")  # noqa: B009
    ruling = rulings[0] if rulings else None
    kind, _, key = row.card.key.partition(":")
    return Withdrawn(
        row,
        item_of(row),
        ruling is None or ruling.decision == Ruling.Decision.REJECTED,
        ruling.teacher if ruling else None,
        ruling.decided_at if ruling else None,
        [report.text for report in reports] or ([said_why(row.why_draft)] if row.why_draft else []),
        getattr(row, "replaced"),  # noqa: B009
        key if kind == "authored" else "",
        next(iter(row.card.facts), ""),
    )
