"""Writing a deck's questions into the bank: what is new, what changed, what is retired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from questions.domain.generation import Made, affected_uids, write
from questions.domain.questions import CardSpec, Refused, State, Written
from questions.models import Card, Deck, Fact, Question, Topic
from questions.models.as_data import deck_as_data

Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and what is being done."""

_CARDS_AT_ONCE = 400
_ROWS_AT_ONCE = 1000
_CARD_FIELDS = ("direction", "siblings", "topic_id", "fact_id", "facts", "position", "retired")
_LABEL = "questions"


@dataclass
class Counts:
    """What a run came to. `new`, `changed`, `unchanged`, `retired` and `revived` count questions;
    refusals are counted by rule, once for each card and form."""

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

    def __str__(self) -> str:
        return (
            f"{self.questions} on {self.cards} cards ({self.drafts} drafts): {self.new} new, "
            f"{self.changed} changed, {self.unchanged} unchanged, {self.retired} retired"
        )


def write_questions(
    deck: Deck, *, progress: Progress | None = None, only: Collection[str] | None = None
) -> Counts:
    """Write or refresh a deck's bank; with `only`, what the facts of these uids (or questions
    by hand, as `authored:ID`) touch.

    A question whose text is as it was stays; another text is a new version and retires the old
    one; whatever is written no longer is retired. Nothing is deleted, and a second run changes
    nothing. All in one transaction, so that no one studies half a bank.
    """
    with transaction.atomic():
        Deck.objects.select_for_update().get(pk=deck.pk)
        return _Run(deck, progress or _silent, only).write()


def _silent(done: int, total: int, label: str) -> None:
    """No one looks on."""


@dataclass
class _Batch:
    """Cards with their questions, gathered until there are enough for one round of statements."""

    specs: dict[str, CardSpec] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)


class _Run:
    def __init__(self, deck: Deck, progress: Progress, only: Collection[str] | None) -> None:
        self.deck = deck
        self.progress = progress
        self.counts = Counts()
        self.data = deck_as_data(deck)
        self.only = None if only is None else {*only, *self._neighbours(only)}
        self.topics = dict(Topic.objects.filter(deck=deck).values_list("key", "pk"))
        self.facts = dict(Fact.objects.filter(deck=deck).values_list("uid", "pk"))
        self.places = {fact.uid: place for place, fact in enumerate(self.data.facts)}
        self.relations = {fact.uid: fact.relation for fact in self.data.facts}
        self.rows = {card.key: card for card in self._cards_in_scope()}
        self.left = set(self.rows)

    def write(self) -> Counts:
        batch, done = _Batch(), 0
        for made in write(self.data, only=self.only):
            if isinstance(made, CardSpec):
                if len(batch.specs) == _CARDS_AT_ONCE:
                    done += self._flush(batch)
                    self.progress(done, max(done, len(self.data.facts)), _LABEL)
                    batch = _Batch()
                batch.specs[made.key] = made
            else:
                self._take(batch, made)
        done += self._flush(batch)
        self._retire_left()
        self.progress(max(done, 1), max(done, 1), _LABEL)
        return self.counts

    def _take(self, batch: _Batch, made: Made) -> None:
        if isinstance(made, Refused):
            self.counts.refused[made.rule] += 1
        elif isinstance(made, Written):
            batch.written.append(made)

    # Which cards a run may retire

    def _neighbours(self, only: Collection[str]) -> Iterator[str]:
        """A live fact of each relation concerned: a fact that is gone reaches its sets by it."""
        relations = set(
            Fact.objects.filter(deck=self.deck, uid__in=only).values_list("relation", flat=True)
        )
        for relation in sorted(relations):
            facts = self.data.by_relation.get(relation, ())
            yield from (fact.uid for fact in facts[:1])

    def _cards_in_scope(self) -> Iterator[Card]:
        cards = Card.objects.filter(deck=self.deck)
        if self.only is None:
            yield from cards.iterator(chunk_size=_ROWS_AT_ONCE)
            return
        uids = affected_uids(self.data, self.only) | self.only
        relations = {self.relations[uid] for uid in uids if uid in self.relations}
        for card in cards.filter(Q(fact__uid__in=uids) | Q(fact=None)):
            if card.fact_id or self._concerns(card, uids, relations):
                yield card

    def _concerns(self, card: Card, uids: set[str], relations: set[str]) -> bool:
        kind, name, *_ = card.key.split(":", 2)
        if kind in ("order", "pairs"):
            return name in relations
        return card.key in uids or not uids.isdisjoint(card.facts)

    # Cards

    def _flush(self, batch: _Batch) -> int:
        """Returns how many facts' worth of cards went in, for the progress bar."""
        cards = self._settle_cards(list(batch.specs.values()))
        self._settle_questions(cards, batch.written)
        return sum(spec.key.endswith(":value") for spec in batch.specs.values())

    def _settle_cards(self, specs: Sequence[CardSpec]) -> dict[str, Card]:
        new: list[Card] = []
        changed: list[Card] = []
        for spec in specs:
            fields = self._card_fields(spec)
            row = self.rows.get(spec.key)
            if row is None:
                new.append(Card(deck=self.deck, key=spec.key, **fields))
            elif any(getattr(row, name) != value for name, value in fields.items()):
                for name, value in fields.items():
                    setattr(row, name, value)
                changed.append(row)
        new = self._existing_elsewhere(new)
        for card in Card.objects.bulk_create(new, batch_size=_ROWS_AT_ONCE):
            self.rows[card.key] = card
        names = [name.removesuffix("_id") for name in _CARD_FIELDS]
        Card.objects.bulk_update(changed, names, batch_size=200)
        self.left -= {spec.key for spec in specs}
        self.counts.cards += len(specs)
        return {spec.key: self.rows[spec.key] for spec in specs}

    def _card_fields(self, spec: CardSpec) -> dict[str, object]:
        fact = self.facts.get(spec.facts[0]) if spec.key.startswith("fact:") else None
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
            ids = [question.id for question in self.data.authored]
            return 4 * len(self.places) + ids.index(spec.key.removeprefix("authored:"))
        last = 4 * max(self.places[uid] for uid in spec.facts)
        if not spec.key.startswith("fact:"):
            return last + 2
        return last + spec.key.endswith(":subject")

    def _existing_elsewhere(self, cards: list[Card]) -> list[Card]:
        """Of cards that seem new to a partial run, those that are."""
        if self.only is None or not cards:
            return cards
        keys = [card.key for card in cards]
        known = {card.key: card for card in Card.objects.filter(deck=self.deck, key__in=keys)}
        for card in cards:
            if card.key in known:
                row = known[card.key]
                for name in _CARD_FIELDS:
                    setattr(row, name, getattr(card, name))
                row.save()
                self.rows[card.key] = row
        return [card for card in cards if card.key not in known]

    def _retire_left(self) -> None:
        gone = [self.rows[key].pk for key in sorted(self.left)]
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
        creating: list[Question] = []
        updating: list[Question] = []
        retiring: list[int] = []
        for made in written:
            self._count(made, cards[made.card])
            old = latest.pop((cards[made.card].pk, made.slot), None)
            if old is None:
                self.counts.new += 1
                creating.append(_row(cards[made.card], made, 1))
            elif _same(old, made):
                self._keep(old, made, updating)
            else:
                self.counts.changed += 1
                if old.state != Question.State.RETIRED:
                    retiring.append(old.pk)
                creating.append(_row(cards[made.card], made, old.version + 1))
        dropped = [old.pk for old in latest.values() if old.state != Question.State.RETIRED]
        self.counts.retired += len(dropped)
        rows = Question.objects.filter(pk__in=[*retiring, *dropped])
        rows.update(state=Question.State.RETIRED)
        fields = ["state", "why_draft", "explanation"]
        Question.objects.bulk_update(updating, fields, batch_size=200)
        Question.objects.bulk_create(creating, batch_size=_ROWS_AT_ONCE)

    def _keep(self, old: Question, made: Written, updating: list[Question]) -> None:
        """Its text stands. A draft that a teacher let through stays active for as long as there
        is no new doubt; one that a teacher rejected stays retired."""
        if old.rejected:
            return
        state = made.state.value
        if old.state == State.ACTIVE and old.why_draft == made.why_draft:
            state = State.ACTIVE.value
        if old.state == Question.State.RETIRED:
            self.counts.revived += 1
        else:
            self.counts.unchanged += 1
        new = (state, made.why_draft, made.explanation)
        if (old.state, old.why_draft, old.explanation) != new:
            old.state, old.why_draft, old.explanation = new
            updating.append(old)

    def _count(self, made: Written, card: Card) -> None:
        self.counts.questions += 1
        self.counts.drafts += made.state is State.DRAFT
        self.counts.by_form[made.form.value] += 1
        relation = self.relations[card.facts[0]] if card.facts else "authored"
        self.counts.by_relation[relation] += 1


def _latest(cards: dict[str, Card]) -> dict[tuple[int, str], Question]:
    """The newest version in each slot of these cards, retired or not."""
    pks = [card.pk for card in cards.values()]
    rows = Question.objects.filter(card__in=pks).order_by("version")
    return {(row.card_id, row.slot): row for row in rows}


def _row(card: Card, made: Written, version: int) -> Question:
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
        why_draft=made.why_draft,
    )


def _same(old: Question, made: Written) -> bool:
    return (old.form, old.stem, _told(old.content), old.statement) == (
        made.form.value,
        made.stem,
        _told(made.content),
        made.statement,
    )


def _told(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a question says. Wrong options are kept likeliest first, but shown in an order that is
    drawn, so that their order alone makes no new version."""
    if "distractors" not in content:
        return content
    options = sorted(content["distractors"], key=lambda option: str(option["value"]))
    return {**content, "distractors": options}
