"""The bank's rows: cards and questions as they are, brought in line with what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from questions.domain.difficulty import Missing, learnt
from questions.domain.generation import Made
from questions.domain.generation.drafting import is_let_through
from questions.domain.messages import to_keep
from questions.domain.presentation import DISTRACTORS
from questions.domain.questions import CardSpec, Form, Refused, State, Written
from questions.models import Card, Deck, Distractor, Entity, Question, Topic
from questions.queries.observed import missed
from questions.queries.standing import entities_offered

_ROWS_AT_ONCE = 1000
_APPROVAL_FIELDS = ("approved", "approved_by_id", "approved_at")
_DOUBT_FIELDS = ("state", "why_draft", "doubt", "explanation", *_APPROVAL_FIELDS)
_NOTICED = 0.005
"""A difficulty nearer than this to the stored one is not written again."""


@dataclass
class Counts:
    """What a run came to. `new`, `changed`, `unchanged`, `retired` and `revived` count questions;
    refusals are counted by rule, once for each card and form. `unasked` are the facts without a
    question, counted where all of a deck is written."""

    cards: int = 0
    cards_retired: int = 0
    questions: int = 0
    drafts: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    revived: int = 0
    by_form: Counter[str] = field(default_factory=Counter)
    by_relation: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unasked: int = 0
    touched: set[int] = field(default_factory=set)
    """Cards, by number, that the run might write otherwise or retire."""

    def __str__(self) -> str:
        return (
            f"{self.questions} on {self.cards} cards ({self.drafts} drafts): {self.new} new, "
            f"{self.changed} changed, {self.unchanged} unchanged, {self.retired} retired"
        )


@dataclass
class Batch:
    """Cards with their questions, gathered until there are enough for one round of statements."""

    specs: dict[str, CardSpec] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as its card needs it; `place` is the card's position in the deck."""

    pk: int
    relation: str
    place: int


class BankRows:
    """One run's writing. `scope` are the cards, by key, that it retires if they are not written;
    of those that are written no more than a batch is in memory."""

    def __init__(self, deck: Deck, facts: Mapping[str, Known], scope: Mapping[str, int]) -> None:
        self.deck = deck
        self.facts = facts
        self.counts = Counts(touched=set(scope.values()))
        self.topics = dict(Topic.objects.filter(deck=deck).values_list("key", "pk"))
        self.left = dict(scope)
        self.asked: set[str] = set()

    def take(self, batch: Batch, made: Made) -> None:
        if isinstance(made, CardSpec):
            batch.specs[made.key] = made
            self.asked.update(made.facts)
        elif isinstance(made, Refused):
            self.counts.refused[made.rule] += 1
        else:
            batch.written.append(made)

    # Cards

    def flush(self, batch: Batch) -> int:
        """Returns how many facts' worth of cards went in, for the progress bar."""
        cards = self._settle_cards(list(batch.specs.values()))
        self._settle_questions(cards, batch.written)
        return sum(spec.key.endswith(":value") for spec in batch.specs.values())

    def _settle_cards(self, specs: Sequence[CardSpec]) -> dict[str, Card]:
        new: list[Card] = []
        changed: list[Card] = []
        touched: set[str] = set()
        keys = [spec.key for spec in specs]
        rows = {row.key: row for row in Card.objects.filter(deck=self.deck, key__in=keys)}
        for spec in specs:
            fields = self._card_fields(spec)
            row = rows.get(spec.key)
            if row is None:
                new.append(Card(deck=self.deck, key=spec.key, **fields))
            elif names := _put(row, fields):
                touched |= names
                changed.append(row)
        for card in Card.objects.bulk_create(new, batch_size=_ROWS_AT_ONCE):
            rows[card.key] = card
        _save(Card, changed, touched)
        for key in keys:
            self.left.pop(key, None)
        self.counts.cards += len(specs)
        return rows

    def _card_fields(self, spec: CardSpec) -> dict[str, object]:
        fact = self.facts[spec.facts[0]].pk if spec.key.startswith("fact:") else None
        return {
            "direction": spec.direction.value,
            "siblings": spec.siblings,
            "topic_id": self.topics.get(spec.topic),
            "fact_id": fact,
            "facts": list(spec.facts),
            "position": self._position(spec),
            "retired": False,
        }

    def _position(self, spec: CardSpec) -> int:
        """In the deck's order; what rests on several facts comes after the last of them."""
        if not spec.facts:
            return self._by_hand[spec.key.removeprefix("authored:")]
        last = max(self.facts[uid].place for uid in spec.facts)
        if not spec.key.startswith("fact:"):
            return last + 2
        return last + spec.key.endswith(":subject")

    @cached_property
    def _by_hand(self) -> dict[str, int]:
        """Questions by hand come last, in the order in which they were given."""
        ids = self.deck.authored.filter(removed=False).values_list("key_id", flat=True)
        after = 4 * self.deck.facts.filter(removed=False).count()
        return {id_: after + place for place, id_ in enumerate(ids)}

    def retire_left(self) -> None:
        gone = sorted(self.left.values())
        for start in range(0, len(gone), _ROWS_AT_ONCE):
            part = gone[start : start + _ROWS_AT_ONCE]
            live = Question.objects.filter(card__in=part).exclude(state=Question.State.RETIRED)
            self.counts.retired += live.update(state=Question.State.RETIRED)
            self.counts.cards_retired += Card.objects.filter(pk__in=part, retired=False).update(
                retired=True
            )

    # Questions

    def _settle_questions(self, cards: dict[str, Card], written: Sequence[Written]) -> None:
        latest = _latest(cards)
        seen = missed(_keys(cards, written))
        creating: list[Question] = []
        updating: list[Question] = []
        touched: set[str] = set()
        retiring: list[int] = []
        for made in written:
            self._count(made, cards[made.card])
            slot = (cards[made.card].pk, made.slot)
            old, hard = latest.pop(slot, None), _difficulty(made, seen.telling(slot))
            if old is None:
                self.counts.new += 1
                creating.append(_row(cards[made.card], made, 1, hard))
            elif _same(old, made):
                if names := self._keep(old, made, hard):
                    touched |= names
                    updating.append(old)
            else:
                self.counts.changed += 1
                if old.state != Question.State.RETIRED:
                    retiring.append(old.pk)
                creating.append(_next_version(old, cards[made.card], made, hard))
        dropped = [old.pk for old in latest.values() if old.state != Question.State.RETIRED]
        self.counts.retired += len(dropped)
        _retire([*retiring, *dropped])
        _save(Question, updating, touched)
        _create(self.deck, creating)

    def _keep(self, old: Question, made: Written, hard: float | None) -> set[str]:
        """Its text stands; what else of it does not is returned. One that a teacher rejected stays
        retired."""
        if old.rejected:
            return set()
        if old.state == Question.State.RETIRED:
            self.counts.revived += 1
        else:
            self.counts.unchanged += 1
        before = {name: getattr(old, name) for name in _DOUBT_FIELDS}
        _put_doubt(old, made)
        touched = {name for name, value in before.items() if getattr(old, name) != value}
        if touched or _harder(old, hard):
            return touched | _put(old, {"difficulty": hard})
        return touched

    def _count(self, made: Written, card: Card) -> None:
        self.counts.questions += 1
        self.counts.drafts += made.state is State.DRAFT
        self.counts.by_form[made.form.value] += 1
        relation = self.facts[card.facts[0]].relation if card.facts else "authored"
        self.counts.by_relation[relation] += 1


def _put(row: Card | Question, fields: Mapping[str, object]) -> set[str]:
    """Returns the names of those that were otherwise."""
    touched = {name for name, value in fields.items() if getattr(row, name) != value}
    for name in touched:
        setattr(row, name, fields[name])
    return touched


def _save(kind: type[Card] | type[Question], rows: Sequence[Any], touched: Iterable[str]) -> None:
    """These columns alone: to put a row's whole text together takes longer than to write it."""
    if rows:
        names = sorted(name.removesuffix("_id") for name in touched)
        kind.objects.bulk_update(rows, names, batch_size=200)


def _retire(pks: Collection[int]) -> None:
    if pks:
        Question.objects.filter(pk__in=pks).update(state=Question.State.RETIRED)


def _create(deck: Deck, rows: Sequence[Question]) -> None:
    """With the index that leads from what they offer to their cards."""
    if not rows:
        return
    Question.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
    offered = {(row.card_id, key) for row in rows for key in entities_offered(row.content)}
    keys = {key for _, key in offered}
    known = dict(Entity.objects.filter(deck=deck, key__in=keys).values_list("key", "pk"))
    filed = [Distractor(card_id=card, entity_id=known[key]) for card, key in sorted(offered)]
    Distractor.objects.bulk_create(filed, batch_size=_ROWS_AT_ONCE, ignore_conflicts=True)


def replace_content(deck: Deck, given: Mapping[int, Sequence[Written]]) -> int:
    """New versions of these cards' active questions. Returns how many."""
    if not given:
        return 0
    active = Question.objects.active().filter(card__in=given).select_related("card")
    standing = {(row.card_id, row.slot): row for row in active}
    changed = [
        (standing[card, made.slot], made)
        for card, written in given.items()
        for made in written
        if (card, made.slot) in standing
    ]
    _retire([old.pk for old, _ in changed])
    _create(deck, [_next_version(old, old.card, made, old.difficulty) for old, made in changed])
    return len(changed)


def _keys(cards: Mapping[str, Card], written: Sequence[Written]) -> dict[int, str]:
    """The right answer of each card that has choices."""
    choices = (made for made in written if made.form is Form.CHOICE)
    return {cards[made.card].pk: made.content["key"]["value"] for made in choices}


def _difficulty(made: Written, seen: Missing) -> float | None:
    return None if made.difficulty is None else learnt(made.difficulty, *seen)


def _harder(old: Question, new: float | None) -> bool:
    """Whether learners have shown it to be harder, or easier, than is noted."""
    if new is None or old.difficulty is None:
        return new != old.difficulty
    return abs(new - old.difficulty) >= _NOTICED


def _latest(cards: dict[str, Card]) -> dict[tuple[int, str], Question]:
    """The newest version in each slot of these cards, retired or not."""
    pks = [card.pk for card in cards.values()]
    rows = Question.objects.filter(card__in=pks).order_by("version")
    return {(row.card_id, row.slot): row for row in rows}


def _row(card: Card, made: Written, version: int, hard: float | None) -> Question:
    return Question(
        card=card,
        slot=made.slot,
        version=version,
        form=made.form.value,
        state=made.state.value,
        stem=made.stem,
        content=made.content,
        statement=made.statement,
        explanation=made.explanation,
        why_draft=to_keep(made.why_draft),
        doubt=made.doubt,
        difficulty=hard,
    )


def _next_version(old: Question, card: Card, made: Written, hard: float | None) -> Question:
    """What was approved in spite of a fact's status stays so in other words; what a teacher wrote
    or rejected is looked at again."""
    row = _row(card, made, old.version + 1, hard)
    if not old.rejected and card.direction != Card.Direction.AUTHORED:
        for name in _APPROVAL_FIELDS:
            setattr(row, name, getattr(old, name))
        _put_doubt(row, made)
    return row


def _put_doubt(row: Question, made: Written) -> None:
    """A draft that a teacher let through is active for as long as there is no new doubt. What was
    let through before doubts were kept is so for the one that is found at its next writing."""
    row.why_draft, row.doubt = to_keep(made.why_draft), made.doubt
    row.explanation, row.state = made.explanation, made.state.value
    if row.approved_at and not (row.approved or made.doubt):
        row.approved_at = row.approved_by = None
    if row.approved_at:
        row.approved = row.approved or made.doubt
        if is_let_through(made.doubt, row.approved):
            row.state = Question.State.ACTIVE


def _same(old: Question, made: Written) -> bool:
    return (old.form, old.stem, _told(old.content), old.statement) == (
        made.form.value,
        made.stem,
        _told(made.content),
        made.statement,
    )


def _told(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a question says. Wrong options are kept most tempting first, but shown in an order that
    is drawn, so that only another half of them being the hard ones makes a new version."""
    if "distractors" not in content:
        return content
    values = [str(option["value"]) for option in content["distractors"]]
    hard = sorted(values[: (len(values) + 1) // 2]) if len(values) > DISTRACTORS else []
    options = sorted(content["distractors"], key=lambda option: str(option["value"]))
    return {**content, "distractors": options, "hard": hard}
