"""What the deck pages read: the list of decks, a deck's facts, sources, and one fact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q

from questions.domain.facts import Vocabulary
from questions.domain.presentation import Presented
from questions.domain.scheduling import retrievability
from questions.domain.statistics import Mastery, Strength, mastery, strength_of
from questions.models import Card, Deck, Fact, Memory, Passage, Question, Review, Source
from questions.models.facts import FactQuerySet
from questions.queries.conflicts import conflicts_in
from questions.queries.facts import Saying, rivals, said_value, sayings, vocabulary_for
from questions.queries.progress import TopicMastery, askable_cards, held_cards, mastery_of
from questions.queries.said import given_texts
from questions.queries.statements import (
    qualifier_words,
    relation_label,
    say_facts,
)
from questions.queries.timeline import dated_facts
from studyapp.accounts.models import User

FACTS_PER_PAGE = 50
MOST_WORDS = 6
HISTORY_SHOWN = 20


# --- the list -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeckLine:
    deck: Deck
    facts: int
    mastery: Mastery
    is_own: bool


def deck_lines(learner: User, today: date) -> list[DeckLine]:
    """The decks the learner may study. Four queries."""
    decks = list(Deck.objects.for_user(learner).select_related("owner"))
    facts = dict(
        Fact.objects.live()
        .filter(deck__in=decks)
        .order_by()
        .values_list("deck")
        .annotate(n=Count("pk"))
    )
    cards = dict(askable_cards(decks).order_by().values_list("deck").annotate(n=Count("pk")))
    held = held_cards(learner)
    return [
        DeckLine(
            deck,
            facts.get(deck.pk, 0),
            mastery(
                cards.get(deck.pk, 0),
                [each.state for each in held if each.deck == deck.pk],
                today,
            ),
            deck.owner_id == learner.pk,
        )
        for deck in decks
    ]


# --- what every page of a deck shows ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeckHead:
    """`editable` means by this user."""

    deck: Deck
    topics: list[TopicMastery]
    mastery: Mastery
    facts: int
    conflicts: int
    dates: int
    sources: int
    editable: bool


def deck_head(learner: User, deck: Deck, today: date) -> DeckHead:
    (whole,) = mastery_of([deck], held_cards(learner, deck), today)
    return DeckHead(
        deck,
        whole.topics,
        whole.mastery,
        facts=Fact.objects.live().filter(deck=deck).count(),
        conflicts=len(conflicts_in(deck)),
        dates=dated_facts(deck).count(),
        sources=Source.objects.filter(deck=deck).count(),
        editable=learner.is_teacher and deck.owner_id == learner.pk,
    )


# --- facts ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactStrength:
    """Of the weakest card met of a fact. `asked` is False if no question asks the fact."""

    asked: bool
    strength: Strength = Strength.NOT_MET
    recall: float = 0.0
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source, and the places in it that say a fact."""

    source: Source
    places: list[str]


@dataclass(frozen=True, slots=True)
class FactLine:
    fact: Fact
    statement: str
    label: str
    passages: list[Passage]
    strength: FactStrength
    disputed: bool

    @property
    def citations(self) -> list[Citation]:
        found: dict[int, Citation] = {}
        for passage in self.passages:
            cited = found.setdefault(passage.source_id, Citation(passage.source, []))
            if passage.locator:
                cited.places.append(passage.locator)
        return list(found.values())


def facts_of(deck: Deck, query: str = "", topic: str = "") -> FactQuerySet:
    """The deck's facts by entity, that have all the query's words somewhere."""
    facts = Fact.objects.live().filter(deck=deck)
    if topic:
        own = Q(topic__key=topic)
        facts = facts.filter(own | Q(topic=None, about__topic__key=topic))
    words = query.split()[:MOST_WORDS]
    if words:
        vocabulary = vocabulary_for(deck)
        facts = facts.filter(reduce(and_, (_having(word, vocabulary) for word in words)))
    return facts.order_by("about__position", "about_id", "position", "pk")


def _having(word: str, vocabulary: Vocabulary) -> Q:
    """Names, other names, values, relations and notes; figures with or without separators."""
    named = (key for key, each in vocabulary.relations.items() if word.lower() in each.label)
    having = Q(relation__in=list(named))
    if (bare := word.replace(",", "")).isdigit():
        having |= Q(value__icontains=bare)
    for text in _spellings(word):
        having |= Q(note__icontains=text) | Q(value__icontains=text)
        for entity in ("about", "value_entity"):
            having |= Q(**{f"{entity}__name__icontains": text})
            having |= Q(**{f"{entity}__aliases__icontains": text})
            # A database may keep the letters of other scripts escaped in its JSON.
            if not text.isascii():
                having |= Q(**{f"{entity}__aliases__icontains": json.dumps(text)[1:-1]})
    return having


def _spellings(word: str) -> set[str]:
    """SQLite ignores case in ASCII alone: other letters are looked for in each case."""
    if word.isascii():
        return {word}
    return {word, word.lower(), word.capitalize(), word.upper()}


def facts_page(
    learner: User, deck: Deck, today: date, query: str, topic: str, number: str
) -> tuple[Page[int], list[FactLine]]:
    """One page of facts, and them as lines. A constant number of queries."""
    pks = facts_of(deck, query, topic).values_list("pk", flat=True)
    page = Paginator(pks, FACTS_PER_PAGE).get_page(number)
    rows = (
        Fact.objects.filter(pk__in=list(page.object_list))
        .select_related("about", "value_entity", "deck")
        .prefetch_related("supports__passage__source")
        .order_by("about__position", "about_id", "position", "pk")
    )
    return page, fact_lines(learner, deck, list(rows), today)


def fact_lines(learner: User, deck: Deck, facts: Sequence[Fact], today: date) -> list[FactLine]:
    vocabulary = vocabulary_for(deck)
    said = say_facts(facts)
    strengths = strengths_of(learner, facts, today)
    disputed = {pk for group in conflicts_in(deck) for pk in group}
    return [
        FactLine(
            fact,
            said[fact.pk],
            relation_label(fact, vocabulary),
            [support.passage for support in fact.supports.all()],
            strengths[fact.pk],
            fact.pk in disputed,
        )
        for fact in facts
    ]


def strengths_of(learner: User, facts: Sequence[Fact], today: date) -> dict[int, FactStrength]:
    """By fact's pk. A fact that is asked only as one of a complete list has the list's strength.
    Two queries."""
    asked = Question.objects.active().filter(card=OuterRef("pk"))
    decks = {fact.deck_id for fact in facts}
    lists = {list_key(fact) for fact in facts}
    cards = (
        Card.objects.live()
        .filter(Q(fact__in=facts) | Q(deck__in=decks, key__in=lists), Exists(asked))
        .values_list("pk", "fact_id", "key")
    )
    by_fact: dict[int, list[int]] = {}
    by_list: dict[str, list[int]] = {}
    for pk, fact, key in cards:
        if fact:
            by_fact.setdefault(fact, []).append(pk)
        else:
            by_list.setdefault(key, []).append(pk)
    found = {fact.pk: by_fact.get(fact.pk) or by_list.get(list_key(fact), []) for fact in facts}
    memories = {
        memory.card_id: memory
        for memory in Memory.objects.of(learner).filter(
            card__in={card for each in found.values() for card in each}
        )
    }
    return {pk: _strength(cards, memories, today) for pk, cards in found.items()}


def list_key(fact: Fact) -> str:
    """The key of the card that asks the fact's complete list, if there is one."""
    said = ",".join(f"{name}={value}" for name, value in sorted(fact.qualifiers.items()))
    return f"list:{fact.about.key}:{fact.relation}:{said}"


def _strength(cards: Sequence[int], memories: Mapping[int, Memory], today: date) -> FactStrength:
    states = [memories[card].state for card in cards if card in memories]
    states = [state for state in states if state.stability is not None]
    if not states:
        return FactStrength(asked=bool(cards))
    weakest = min(states, key=lambda state: retrievability(state, today))
    return FactStrength(
        True, strength_of(weakest, today), retrievability(weakest, today), weakest.due
    )


# --- sources --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceLine:
    """`kin` are the deck's other sources of the same origin."""

    source: Source
    facts: int
    kin: list[Source]


def source_lines(deck: Deck) -> list[SourceLine]:
    sources = list(
        Source.objects.filter(deck=deck).annotate(
            supported=Count(
                "passages__supports__fact",
                filter=Q(passages__supports__fact__removed=False),
                distinct=True,
            )
        )
    )
    return [SourceLine(source, source.supported, _kin(source, sources)) for source in sources]


def _kin(source: Source, sources: Iterable[Source]) -> list[Source]:
    return [
        other
        for other in sources
        if source.origin and other.origin == source.origin and other.pk != source.pk
    ]


# --- one fact -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """One of the learner's own answers to a question on a fact."""

    review: Review
    given: list[str]


@dataclass(frozen=True, slots=True)
class FactPage:
    line: FactLine
    value: str
    qualifiers: list[tuple[str, str]]
    topic: str
    others: list[Saying]
    answers: list[Answered]
    siblings: list[FactLine]


def fact_page(learner: User, fact: Fact, today: date) -> FactPage:
    """`fact` as `deck_facts` gives it."""
    vocabulary = vocabulary_for(fact.deck)
    (line,) = fact_lines(learner, fact.deck, [fact], today)
    topic = fact.topic or fact.about.topic
    return FactPage(
        line,
        said_value(fact, vocabulary),
        qualifier_words([fact], vocabulary)[fact.pk],
        topic.title if topic else "",
        sayings(rivals(fact, vocabulary), vocabulary),
        _answers(learner, fact),
        _siblings(learner, fact, today),
    )


def deck_facts(deck: Deck) -> FactQuerySet:
    return (
        Fact.objects.live()
        .filter(deck=deck)
        .select_related("about__topic", "value_entity", "deck", "topic")
        .prefetch_related("supports__passage__source")
    )


def _answers(learner: User, fact: Fact) -> list[Answered]:
    mine = Q(memory__card__fact=fact)
    mine |= Q(memory__card__deck=fact.deck_id, memory__card__key=list_key(fact))
    reviews = (
        Review.objects.answers()
        .filter(mine, learner=learner)
        .exclude(question=None)
        .select_related("question")
        .order_by("-day", "-pk")[:HISTORY_SHOWN]
    )
    return [
        Answered(review, given_texts(Presented.from_json(review.shown), review.given))
        for review in reviews
    ]


def _siblings(learner: User, fact: Fact, today: date, most: int = 8) -> list[FactLine]:
    """Other facts on the same entity."""
    others = deck_facts(fact.deck).filter(about=fact.about_id).exclude(pk=fact.pk)
    return fact_lines(learner, fact.deck, list(others.order_by("position", "pk")[:most]), today)
