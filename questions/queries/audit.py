"""A deck's bank read from the database to be audited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime

from questions.domain.audit import Audit, Auditor, Stored
from questions.domain.key_places import TIMES
from questions.domain.questions import CardSpec, Direction, Form, State, Written
from questions.domain.uncollected import uncollected
from questions.models import Deck, Question
from questions.models.as_data import deck_as_data

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what is being done."""

_ROWS_AT_ONCE = 2000
_EVERY = 500
# Draws in all, and for one question at most: enough to see keys lean, soon done for large banks.
_DRAWS, _MOST_DRAWS = 60_000, 20
_MORE = TIMES * _DRAWS
_CARD = (
    "card_id", "card__key", "card__direction", "card__siblings", "card__topic__key", "card__facts",
    "card__fact__uid", "card__fact_id",
)  # fmt: skip
_QUESTION = (
    "pk", "slot", "form", "stem", "content", "statement", "explanation", "state", "why_draft",
    "doubt", "approved", "difficulty", "rejected", "version", "approved_when",
)  # fmt: skip

_AT = {name: at for at, name in enumerate((*_CARD, *_QUESTION))}
_TEXTS = [
    _AT[name]
    for name in (
        "card__key", "card__siblings", "slot", "stem", "statement", "explanation", "why_draft",
        "doubt", "approved",
    )
]  # fmt: skip
_KNOWN: dict[str, set[Any]] = {
    "form": set(Form),
    "state": set(State),
    "card__direction": set(Direction),
}

_GONE = "?"
"""The uid of a fact that a card is filed under, but that is not there."""

Row = tuple[Any, ...]


@uncollected()
def audit_of(deck: Deck, progress: Progress | None = None) -> Audit:
    """The whole active bank against the deck as it stands now."""
    rows = _rows(deck)
    choices = rows.filter(form=Form.CHOICE.value, state=Question.State.ACTIVE)
    damaged: list[tuple[str, str]] = []
    data = deck_as_data(deck, lambda what, why: damaged.append((what, why)))
    auditor = Auditor(data, *draws_of(choices.count()))
    for what, why in damaged:
        auditor.is_damaged(what, why)
    total, done = rows.count(), 0
    for _, group in groupby(
        rows.values_list(*_CARD, *_QUESTION).iterator(_ROWS_AT_ONCE), key=lambda row: row[0]
    ):
        members = list(group)
        _look_at(auditor, members)
        done += len(members)
        if progress and (done - len(members)) // _EVERY < done // _EVERY:
            progress(done, total, "questions")
    if progress and done:
        progress(done, total, "questions")
    if auditor.seems_to_lean:
        again = choices.values_list(*_CARD, *_QUESTION).iterator(_ROWS_AT_ONCE)
        auditor.look_again(map(_stored, filter(_is_readable, again)))
    return auditor.report()


def _look_at(auditor: Auditor, rows: Sequence[Row]) -> None:
    """The questions of one card."""
    stored = []
    for row in rows:
        if _is_readable(row):
            stored.append(_stored(row))
        else:
            said = (row[_AT[name]] for name in ("card__key", "form", "stem"))
            auditor.cannot_read(row[_AT["pk"]], *map(str, said))
    if stored:
        active = [one for one in stored if one.question.state is State.ACTIVE]
        fact = rows[0][_AT["card__fact__uid"]] or _GONE * bool(rows[0][_AT["card__fact_id"]])
        auditor.look_at(_card(rows[0]), active, drafts=len(active) < len(stored), fact=fact)


def _is_readable(row: Row) -> bool:
    """Whether it is a question at all: columns may hold what no program writes."""
    known = all(row[_AT[name]] in known for name, known in _KNOWN.items())
    texts = all(isinstance(row[at], str) for at in _TEXTS)
    facts = row[_AT["card__facts"]]
    listed = isinstance(facts, list) and all(isinstance(uid, str) for uid in facts)
    return known and texts and listed and isinstance(row[_AT["content"]], dict) and _is_dated(row)


def _is_dated(row: Row) -> bool:
    when = row[_AT["approved_when"]]
    try:
        return when is None or parse_datetime(when) is not None
    except ValueError:
        return False


def _rows(deck: Deck) -> QuerySet[Question]:
    """Active questions and drafts, card by card."""
    live = Question.objects.filter(card__deck=deck, card__retired=False)
    # As a text: a moment that is none could not be read, be the row ever so sound otherwise.
    as_text = Cast("approved_at", CharField())
    kept = live.annotate(approved_when=as_text).exclude(state=Question.State.RETIRED)
    return kept.order_by("card_id", "pk")


def draws_of(choices: int) -> tuple[int, int]:
    """For how many memories each of so many choices is drawn, and for how many more if they seem
    to lean."""
    draws = max(1, min(_MOST_DRAWS, _DRAWS // max(1, choices)))
    return draws, max(1, min(TIMES * draws, _MORE // max(1, choices)))


def _card(row: Row) -> CardSpec:
    _, key, direction, siblings, topic, facts, *_ = row[: len(_CARD)]
    return CardSpec(key, Direction(direction), siblings, topic or "", tuple(facts))


def _stored(row: Row) -> Stored:
    pk, slot, form, stem, content, statement, explanation, state, *marks = row[len(_CARD) :]
    *doubt, rejected, version, approved_when = marks
    written = Written(
        row[1], slot, Form(form), stem, content, statement, explanation, State(state), *doubt
    )
    return Stored(pk, written, rejected, version, by_nobody=approved_when is None)
