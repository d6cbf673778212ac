"""What a learner has read on a day of study, and what the waiting cards would ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from questions.domain.apart import Basis, Read, Ready
from questions.domain.facts import ValueKind, Vocabulary
from questions.domain.generation.together import Given, Piece, shown_pieces, told_pieces
from questions.domain.presentation import Presented
from questions.domain.questions import Direction, Form
from questions.domain.quizzes import Offer
from questions.domain.values import (
    BadValue,
    parse_quantity,
    parse_span,
    say_date,
    say_quantity,
)
from questions.models import Card, Deck, Fact, Question, Review
from questions.queries.explaining import Explained, explanations
from questions.queries.facts import vocabulary_for
from questions.queries.mistakes import Answered, are_explained, may_be_explained, to_explain
from questions.queries.standing import as_written
from studyapp.accounts.models import User

Notes = Mapping[Hashable, Sequence[tuple[str, str]]]
"""By the matter, the uids and notes of facts."""
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


def read_on(learner: User, decks: Collection[Deck], day: date) -> dict[int, list[Read]]:
    """By the deck's number. Two queries, and eight for what wrong answers in a deck are. What was
    taken back was read all the same."""
    reviews = _reviews(learner, decks, day)
    fields = ("memory__card_id", *(f"memory__card__{name}" for name in _BASIS))
    texts = ("shown", "question__statement", "question__explanation", "told")
    rows = list(reviews.values_list("memory__deck_id", "pk", "verdict", *fields, *texts))
    said = notes(decks, {row[5:7] for row in rows})
    found = {}
    for deck in decks:
        own = [row[1:] for row in rows if row[0] == deck.pk]
        found[deck.pk] = _read_in(deck, reviews.filter(memory__deck=deck), own, said)
    return found


def explained_on(learner: User, decks: Collection[Deck], day: date) -> set[int]:
    """The numbers of the decks in which `read_on` has answers to explain; one query."""
    reviews = _reviews(learner, decks, day).filter(are_explained())
    return set(reviews.values_list("memory__deck_id", flat=True))


def stating(cards: Collection[int]) -> set[int]:
    """The numbers of the decks of which these cards may put a statement to be judged; one query."""
    questions = Question.objects.active().filter(card__in=cards, form=Form.TRUE_FALSE.value)
    return set(questions.order_by().values_list("card__deck_id", flat=True).distinct())


def _read_in(
    deck: Deck, reviews: QuerySet[Review], rows: Sequence[tuple[Any, ...]], said: Notes
) -> list[Read]:
    vocabulary = vocabulary_for(deck)
    explained = _explained(deck, reviews) if any(map(_may_be_explained, rows)) else {}
    return [
        read(_basis(row[2:7], vocabulary), _pieces(*row[7:]), said, explained.get(row[0], ()))
        for row in rows
    ]


def _may_be_explained(row: tuple[Any, ...]) -> bool:
    verdict, shown = row[1], row[7]
    return bool(shown) and may_be_explained(shown["form"], verdict)


def _reviews(learner: User, decks: Collection[Deck], day: date) -> QuerySet[Review]:
    return (
        Review.objects.filter(learner=learner, day=day, memory__deck__in=decks)
        .exclude(kind=Review.Kind.VOID)
        .annotate(told=Subquery(_statement()))
        .order_by("pk")
    )


def read(
    basis: Basis, shown: Iterable[Piece], said: Notes, explained: Sequence[Explained] = ()
) -> Read:
    """With what the page said beside: what the wrong answer is, and notes on other values."""
    rivals = said.get(basis.matter, ()) if basis.matter is not None else ()
    beside = [note for uid, note in rivals if uid not in basis.facts]
    beside += [each.sentence for each in explained]
    facts = basis.facts | {each.fact.uid for each in explained if each.fact}
    return Read(replace(basis, facts=facts), (*shown, *told_pieces(*beside)))


def _explained(deck: Deck, reviews: QuerySet[Review]) -> dict[int, list[Explained]]:
    """What each answer was told of what is wrong in it, by the review's number."""
    rows = reviews.filter(are_explained()).exclude(shown={})
    answers = {
        review.pk: answered
        for review in rows.select_related("question", "memory__card__fact")
        if (answered := _answered(review))
    }
    return dict(zip(answers, explanations(deck, list(answers.values())), strict=True))


def _answered(review: Review) -> Answered | None:
    card = review.memory.card
    assert review.question
    review.question.card = card
    fact = card.fact if len(card.facts) == 1 else None
    shown = Presented.from_json(review.shown)
    return to_explain(review.question, shown, review.given, review.verdict, fact)


def notes(decks: Iterable[Deck], asked: Collection[tuple[Any, Any]]) -> Notes:
    """Of the facts that answer what was `asked`, an entity's number and a relation each; where they
    disagree the page shows their notes."""
    vocabularies = {deck.pk: vocabulary_for(deck) for deck in decks}
    found: dict[Hashable, list[tuple[str, str]]] = defaultdict(list)
    abouts, relations = ({pair[at] for pair in asked if pair[at]} for at in (0, 1))
    rows = Fact.objects.live().filter(about__in=abouts, relation__in=relations)
    rows = rows.filter(deck__in=vocabularies).exclude(note="").exclude(rank=Fact.Rank.DEPRECATED)
    for deck, uid, note, *matter in rows.order_by("pk").values_list(
        "deck", "uid", "note", *_MATTER
    ):
        found[_matter(vocabularies[deck], *matter)].append((uid, note))
    return found


def _statement() -> QuerySet[Question, Any]:
    active = Question.objects.active().filter(card=OuterRef("memory__card"))
    return active.exclude(statement="").order_by("pk").values("statement")[:1]


def _pieces(
    shown: Mapping[str, Any], statement: str | None, explanation: str | None, told: str | None
) -> Iterator[Piece]:
    """Of a card merely told there is no more than its statement."""
    if shown:
        yield from pieces_shown(Presented.from_json(shown), statement or "", explanation or "")
    else:
        yield from told_pieces(told or "")


def pieces_shown(page: Presented, statement: str, explanation: str) -> Iterator[Piece]:
    yield from shown_pieces(page.form, page.stem, (*page.options, *page.prompts))
    yield from told_pieces(statement, explanation)


@dataclass(frozen=True, slots=True)
class Book:
    """Cards that have something to ask, by number: as they wait, and their questions in order.
    `asked` is what they ask, an entity's number and a relation each."""

    ready: dict[int, Ready]
    questions: dict[int, list[Question]]
    asked: set[tuple[Any, Any]]


def book(decks: Iterable[Deck], cards: Iterable[int]) -> Book:
    """Two queries."""
    vocabularies = {deck.pk: vocabulary_for(deck) for deck in decks}
    questions: dict[int, list[Question]] = defaultdict(list)
    for row in Question.objects.active().filter(card__in=list(cards)).order_by("pk"):
        questions[row.card_id].append(row)
    found = Book({}, questions, set())
    rows = Card.objects.filter(pk__in=questions).order_by()
    for deck, card, *basis in rows.values_list("deck", "pk", *_BASIS, *_GIVEN):
        vocabulary = vocabularies[deck]
        given = Given(_given(basis[4:], vocabulary), pool_texts(questions[card]))
        offers = [Offer(row.pk, as_written("", row), given) for row in questions[card]]
        found.ready[card] = Ready(_basis((card, *basis[:4]), vocabulary), offers)
        found.asked.add((basis[1], basis[2]))
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
