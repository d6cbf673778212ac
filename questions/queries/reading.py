"""What a learner has read on a day of study, and which of the waiting cards it leaves open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from questions.domain.apart import HARMLESS, Basis, Read, Ready
from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.together import Given, Piece, shown_pieces, told_pieces
from questions.domain.presentation import Presented
from questions.domain.questions import Direction, Form
from questions.domain.quizzes import Offer
from questions.domain.scheduling import RETURN_AFTER, DueCard, NewCard, QueueCard, retrievability
from questions.domain.values import (
    BadValue,
    parse_quantity,
    parse_span,
    say_date,
    say_quantity,
)
from questions.models import Card, Deck, Fact, Memory, Question, Review, StudySession
from questions.models.study import STATE_FIELDS
from questions.queries.explaining import Answered, Explained, explanations
from questions.queries.facts import vocabulary_for
from questions.queries.standing import as_written

AHEAD = 8
"""Cards looked at together: before one of them is met, those that it would give away are."""
_MATTER = ("about_id", "relation", "qualifiers")
_BASIS = ("facts", *(f"fact__{name}" for name in _MATTER))
_GIVEN = (
    "direction",
    "fact__relation",
    "fact__about__name",
    "fact__about__aliases",
    "fact__value_entity__name",
    "fact__value_entity__aliases",
    "fact__value",
)


@dataclass(frozen=True, slots=True)
class Open:
    """A card of the queue and the questions, by number, in which it may be asked now."""

    waiting: QueueCard
    questions: list[int]


def next_open(
    session: StudySession, day: date, queue: Sequence[QueueCard], first: int | None = None
) -> Open | None:
    """The first card whose key nothing read today hands over. Where such are all that is left,
    those are asked that cannot wait; the others are left for tomorrow.

    `first` is asked before the others, whatever was read: it was being asked already.
    """
    read: list[Read] | None = None
    held: list[Open] = []
    for batch in filter(None, _batches(queue, first)):
        found = ready(session, [waiting.card for waiting in batch])
        there = [one for one in batch if one.card in found]
        if there and there[0].card == first:
            return Open(there[0], _all(found[first]))
        read = read_on(session, day) if read is None else read
        choice = _first_of(there, found, read, held)
        if choice:
            return choice
    return _cannot_wait(session, day, held)


def _batches(queue: Sequence[QueueCard], first: int | None) -> Iterator[Sequence[QueueCard]]:
    yield [waiting for waiting in queue if waiting.card == first]
    for start in range(0, len(queue), AHEAD):
        yield queue[start : start + AHEAD]


def _first_of(
    batch: Sequence[QueueCard],
    found: Mapping[int, Ready],
    read: Sequence[Read],
    held: list[Open],
) -> Open | None:
    """Those passed over join `held`. A new card is told, which nothing spoils."""
    for at, waiting in enumerate(batch):
        card = found[waiting.card]
        open_ = _all(card) if isinstance(waiting, NewCard) else _numbers(card.open_after(read))
        if not open_:
            held.append(Open(waiting, _all(card)))
            continue
        spoilt = (
            other
            for other in batch[at + 1 :]
            if _may_come(other) and card.spoils(found[other.card], read)
        )
        sooner = next(spoilt, None)
        if sooner is None:
            return Open(waiting, open_)
        return Open(sooner, _numbers(found[sooner.card].open_after(read)))
    return None


def _may_come(waiting: QueueCard) -> bool:
    if isinstance(waiting, NewCard):
        return False
    return waiting.met_since is None or waiting.met_since >= RETURN_AFTER


def _cannot_wait(session: StudySession, day: date, held: Sequence[Open]) -> Open | None:
    """What was begun today, and what would be forgotten by tomorrow."""
    rows = Memory.objects.of(session.learner).filter(card__in=[one.waiting.card for one in held])
    memories = {memory.card_id: memory for memory in rows.only("card", *STATE_FIELDS)}
    tomorrow = day + timedelta(days=1)
    for one in held:
        begun = isinstance(one.waiting, DueCard) and one.waiting.met_since is not None
        memory = memories.get(one.waiting.card)
        if memory and (begun or retrievability(memory.state, tomorrow) < HARMLESS):
            return one
    return None


def _all(card: Ready) -> list[int]:
    return _numbers(card.offers)


def _numbers(offers: Iterable[Offer]) -> list[int]:
    return [offer.question for offer in offers]


def read_on(session: StudySession, day: date) -> list[Read]:
    """Two queries, and eight for what wrong answers are. What was taken back was read all the
    same."""
    vocabulary = vocabulary_for(session.deck)
    reviews = _reviews(session, day)
    fields = ("memory__card_id", *(f"memory__card__{name}" for name in _BASIS))
    texts = ("shown", "question__statement", "question__explanation", "told")
    rows = list(reviews.values_list("pk", "verdict", *fields, *texts))
    wrong = any(row[1] == Review.Verdict.WRONG for row in rows)
    explained = _explained(session.deck, reviews) if wrong else {}
    bases = [_basis(row[2:7], vocabulary) for row in rows]
    notes = _notes(session.deck, {row[4:6] for row in rows}, vocabulary)
    return [
        _read(basis, _pieces(*row[7:]), explained.get(row[0], ()), notes)
        for basis, row in zip(bases, rows, strict=True)
    ]


def _reviews(session: StudySession, day: date) -> QuerySet[Review]:
    return (
        Review.objects.filter(learner=session.learner, day=day, memory__deck=session.deck_id)
        .exclude(kind=Review.Kind.VOID)
        .annotate(told=Subquery(_statement()))
        .order_by("pk")
    )


def _read(
    basis: Basis,
    shown: Iterable[Piece],
    explained: Sequence[Explained],
    notes: Mapping[Hashable, Sequence[tuple[str, str]]],
) -> Read:
    """With what the page said beside: what the wrong answer is, and notes on other values."""
    rivals = notes.get(basis.matter, ()) if basis.matter is not None else ()
    beside = [note for uid, note in rivals if uid not in basis.facts]
    beside += [each.sentence for each in explained]
    facts = basis.facts | {each.fact.uid for each in explained}
    return Read(replace(basis, facts=facts), (*shown, *told_pieces(*beside)))


def _explained(deck: Deck, reviews: QuerySet[Review]) -> dict[int, list[Explained]]:
    """What each wrong answer is, by the review's number."""
    wrong = reviews.filter(verdict=Review.Verdict.WRONG, question__isnull=False)
    rows = list(wrong.exclude(shown={}).select_related("question", "memory__card__fact"))
    found = explanations(deck, [_answered(review) for review in rows])
    return {review.pk: told for review, told in zip(rows, found, strict=True)}


def _answered(review: Review) -> Answered:
    card = review.memory.card
    assert review.question
    review.question.card = card
    fact = card.fact if len(card.facts) == 1 else None
    return Answered(review.question, Presented.from_json(review.shown), review.given, fact)


def _notes(
    deck: Deck, asked: Collection[tuple[Any, Any]], vocabulary: Vocabulary
) -> dict[Hashable, list[tuple[str, str]]]:
    """By the matter, the uids and notes of the facts that answer what was asked; where they
    disagree the page shows their notes."""
    found: dict[Hashable, list[tuple[str, str]]] = defaultdict(list)
    abouts, relations = ({pair[at] for pair in asked if pair[at]} for at in (0, 1))
    rows = Fact.objects.live().filter(deck=deck, about__in=abouts, relation__in=relations)
    rows = rows.exclude(note="").exclude(rank=Fact.Rank.DEPRECATED).order_by("pk")
    for uid, note, *matter in rows.values_list("uid", "note", *_MATTER):
        found[_matter(vocabulary, *matter)].append((uid, note))
    return found


def _statement() -> QuerySet[Question, Any]:
    active = Question.objects.active().filter(card=OuterRef("memory__card"))
    return active.exclude(statement="").order_by("pk").values("statement")[:1]


def _pieces(
    shown: Mapping[str, Any], statement: str | None, explanation: str | None, told: str | None
) -> Iterator[Piece]:
    """Of a card merely told there is no more than its statement."""
    if shown:
        page = Presented.from_json(shown)
        yield from shown_pieces(page.form, page.stem, (*page.options, *page.prompts))
        yield from told_pieces(statement or "", explanation or "")
    else:
        yield from told_pieces(told or "")


def ready(session: StudySession, cards: Iterable[int]) -> dict[int, Ready]:
    """Those of the cards that have something to ask. Two queries."""
    vocabulary = vocabulary_for(session.deck)
    questions: dict[int, list[Question]] = defaultdict(list)
    for row in Question.objects.active().filter(card__in=list(cards)).order_by("pk"):
        questions[row.card_id].append(row)
    rows = Card.objects.filter(pk__in=questions).order_by()
    found = {}
    for card, *basis in rows.values_list("pk", *_BASIS, *_GIVEN):
        given = Given(_given(basis[4:], vocabulary), pool_texts(questions[card]))
        offers = [Offer(row.pk, as_written("", row), given) for row in questions[card]]
        found[card] = Ready(_basis((card, *basis[:4]), vocabulary), offers)
    return found


def givens(deck: Deck, cards: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What each card's stems start from, by its names and the card's number; one query."""
    vocabulary = vocabulary_for(deck)
    rows = Card.objects.filter(pk__in=cards).order_by()
    return {pk: _given(row, vocabulary) for pk, *row in rows.values_list("pk", *_GIVEN)}


def pool_texts(questions: Iterable[Question]) -> tuple[str, ...]:
    """The texts offered as a card's answer, in whichever form."""
    pools = (each.content["distractors"] for each in questions if each.form == Form.CHOICE)
    return tuple({option["text"] for pool in pools for option in pool})


def _given(row: Sequence[Any], vocabulary: Vocabulary) -> tuple[str, ...]:
    direction, relation, about, aliases, entity, entity_aliases, value = row
    if direction == Direction.VALUE:
        return _all_names(about, aliases)
    known = vocabulary.relations.get(relation or "")
    if direction != Direction.SUBJECT or known is None:
        return ()
    return _all_names(entity, entity_aliases) or (_said(known.value, value or ""),)


def _all_names(name: str | None, aliases: Iterable[Mapping[str, Any]] | None) -> tuple[str, ...]:
    return (name, *(alias["name"] for alias in aliases or ())) if name else ()


def _said(kind: ValueKind, value: str) -> str:
    try:
        match kind:
            case ValueKind.DATE:
                return say_date(parse_span(value))
            case ValueKind.NUMBER:
                return say_quantity(parse_quantity(value))
            case _:
                return value
    except BadValue:  # the relation has come to mean another kind of value
        return value


def _basis(row: tuple[Any, ...], vocabulary: Vocabulary) -> Basis:
    card, facts, *matter = row
    return Basis(card, frozenset(facts), _matter(vocabulary, *matter))


def _matter(vocabulary: Vocabulary, about: Any, relation: Any, qualifiers: Any) -> Hashable:
    known = vocabulary.relations.get(relation or "")
    if known is None or not known.single:
        return None
    return (about, relation, tuple(sorted((qualifiers or {}).items())))
