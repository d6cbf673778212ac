"""What a teacher's pages read: their decks with counts, a deck's facts, drafts, reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from questions.domain.presentation import Presented
from questions.domain.questions import Direction
from questions.models import AuthoredQuestion, Claim, Deck, Fact, Memory, ProblemReport, Question
from questions.queries.conflicts import conflicts_in
from questions.queries.facts import said_value, vocabulary_for
from questions.queries.feedback import Option, options_of
from questions.queries.lists import as_kept, group_of
from questions.queries.preview import Item, item_of
from questions.queries.said import given_texts, right_texts, said_why
from questions.queries.statements import qualifier_words, relation_label, say_facts
from studyapp.accounts.models import User


@dataclass(frozen=True, slots=True)
class TaughtDeck:
    deck: Deck
    facts: int
    questions: int
    drafts: int
    conflicts: int
    reports: int
    claims: int
    students: int


def taught_decks(teacher: User) -> list[TaughtDeck]:
    """The teacher's own decks. Seven queries, and one for each deck changed since last read."""
    decks = list(Deck.objects.editable_by(teacher))
    return _counted(decks)


def taught_deck(deck: Deck) -> TaughtDeck:
    return _counted([deck])[0]


def _counted(decks: list[Deck]) -> list[TaughtDeck]:
    facts = _counts(Fact.objects.live().filter(deck__in=decks), "deck")
    live = Question.objects.filter(card__deck__in=decks, card__retired=False)
    questions = _counts(live.filter(state=Question.State.ACTIVE), "card__deck")
    drafts = _counts(live.filter(state=Question.State.DRAFT), "card__deck")
    reports = _counts(open_reports().filter(question__card__deck__in=decks), "question__card__deck")
    claims = _counts(open_claims().filter(question__card__deck__in=decks), "question__card__deck")
    students = _students(decks)
    return [
        TaughtDeck(
            deck,
            facts.get(deck.pk, 0),
            questions.get(deck.pk, 0),
            drafts.get(deck.pk, 0),
            len(conflicts_in(deck)),
            reports.get(deck.pk, 0),
            claims.get(deck.pk, 0),
            students.get(deck.pk, 0),
        )
        for deck in decks
    ]


def _counts(rows: QuerySet[Any], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def _students(decks: list[Deck]) -> dict[int, int]:
    rows = Memory.objects.filter(deck__in=decks).exclude(learner__in=[d.owner_id for d in decks])
    return dict(
        rows.order_by().values_list("deck").annotate(n=Count("learner", distinct=True))
    )  # fmt: skip


# --- a deck's facts -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactRow:
    fact: Fact
    relation: str
    value: str
    qualifiers: str
    sources: str
    conflict: bool
    complete: bool


def facts_of(deck: Deck, text: str = "", only: str = "") -> QuerySet[Fact]:
    """A deck's facts that hold the text; `only` is "conflicts" or "waiting" (for approval)."""
    rows = Fact.objects.live().filter(deck=deck)
    if text:
        rows = rows.filter(_holding(deck, text))
    if only == "conflicts":
        rows = rows.filter(pk__in=[pk for group in conflicts_in(deck) for pk in group])
    elif only == "waiting":
        rows = rows.exclude(status=[])
    return rows.select_related("about", "value_entity").prefetch_related(
        "supports__passage__source"
    )


def _holding(deck: Deck, text: str) -> Q:
    relations = [
        key
        for key, relation in vocabulary_for(deck).relations.items()
        if text.casefold() in relation.label.casefold()
    ]
    return (
        Q(about__name__icontains=text)
        | Q(value__icontains=text)
        | Q(value_entity__name__icontains=text)
        | Q(relation__in=relations)
    )


def fact_rows(deck: Deck, facts: list[Fact]) -> list[FactRow]:
    vocabulary = vocabulary_for(deck)
    disputed = {pk for group in conflicts_in(deck) for pk in group}
    words = qualifier_words(facts, vocabulary)
    return [
        FactRow(
            fact,
            relation_label(fact, vocabulary),
            said_value(fact, vocabulary),
            ", ".join(value for _, value in words[fact.pk]),
            "; ".join(dict.fromkeys(each.passage.source.named for each in fact.supports.all())),
            fact.pk in disputed,
            as_kept(group_of(fact)) in deck.complete,
        )
        for fact in facts
    ]


def said_fact(fact: Fact) -> str:
    """The fact as a sentence."""
    return say_facts([fact])[fact.pk]


# --- drafts, reports, claims ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Draft:
    question: Question
    item: Item


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """The drafts that rest on one fact; `fact` is None for those that rest on several, or on
    none."""

    fact: Fact | None
    said: str
    why: list[str]
    drafts: list[Draft]


def drafts_of(deck: Deck) -> QuerySet[Question]:
    return (
        Question.objects.filter(card__deck=deck, card__retired=False, state=Question.State.DRAFT)
        .select_related("card__fact__about", "card__fact__value_entity", "card__fact__deck")
        .order_by("card__position", "pk")
    )


def as_groups(questions: list[Question]) -> list[DraftGroup]:
    """In the deck's order. Two queries."""
    groups: dict[int | None, list[Question]] = {}
    for question in questions:
        groups.setdefault(question.card.fact_id, []).append(question)
    facts = {q.card.fact.pk: q.card.fact for q in questions if q.card.fact}
    said = say_facts(list(facts.values()))
    return [
        DraftGroup(
            facts.get(pk or 0),
            said.get(pk or 0, ""),
            list(dict.fromkeys(said_why(each.why_draft) for each in members if each.why_draft)),
            [Draft(each, item_of(each)) for each in members],
        )
        for pk, members in groups.items()
    ]


def authored_of(deck: Deck) -> QuerySet[AuthoredQuestion]:
    return AuthoredQuestion.objects.filter(deck=deck, removed=False)


def open_reports() -> QuerySet[ProblemReport]:
    return ProblemReport.objects.filter(open=True)


def open_claims() -> QuerySet[Claim]:
    return Claim.objects.filter(state=Claim.State.OPEN)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report with the question as the learner saw it, and what they answered. `presented` is
    None where that cannot be read any more; `authored` is the id of a question by hand; `facts`
    are those of a question that rests on several, by uid and in words."""

    report: ProblemReport
    question: Question
    presented: Presented | None
    right: list[str]
    given: list[str]
    options: list[Option]
    verdict: str
    authored: str
    facts: list[tuple[str, str]]

    @property
    def withdrawn(self) -> bool:
        return self.question.rejected


def reports_for(deck: Deck) -> list[Reported]:
    rows = open_reports().filter(question__card__deck=deck).order_by("pk")
    related = list(rows.select_related("question__card__fact", "learner", "review")[:100])
    several = [each for each in related if each.question.card.fact is None]
    named = {uid for each in several for uid in each.question.card.facts}
    facts = Fact.objects.filter(deck=deck, uid__in=named).select_related("about", "value_entity")
    vocabulary = vocabulary_for(deck)
    known = {fact.uid: f"{fact.about.name}: {said_value(fact, vocabulary)}" for fact in facts}
    return [_reported(each, known) for each in related]


def _reported(report: ProblemReport, known: Mapping[str, str]) -> Reported:
    question = report.question
    by_hand = question.card.direction == Direction.AUTHORED
    authored = question.card.key.partition(":")[2] if by_hand else ""
    facts = [(uid, known[uid]) for uid in question.card.facts if uid in known]
    answer = report if report.verdict or report.review is None else report.review
    try:
        presented = Presented.from_json(report.shown)
        right = right_texts(presented, question.content)
        given = given_texts(presented, answer.given)
        options = options_of(presented, answer.given)
    except (KeyError, IndexError, ValueError):
        return Reported(report, question, None, [], [], [], "", authored, facts)
    return Reported(
        report, question, presented, right, given, options, answer.verdict, authored, facts
    )
