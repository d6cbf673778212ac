"""What class pages read. A fixed number of queries, however many students there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.domain.scheduling import MemoryState, retrievability
from questions.models import Classroom, Deck, Enrolment, Memory, Question, Review, Topic
from questions.queries.days import today as local_today
from questions.queries.progress import askable_cards
from questions.queries.said import given_texts
from studyapp.accounts.models import User

RECENT = timedelta(days=7)
MOST_MISSED = 10
WRONG_READ = 1_500
WRONG_SHOWN = 3

# What makes answers answers to the same thing.
ASKED_AS = ("question__card_id", "question__form")

TopicKey = tuple[int, int | None]


# --- lists ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClassLine:
    classroom: Classroom
    students: int
    decks: list[Deck]


def classes_taught(teacher: User) -> list[ClassLine]:
    return _lines(Classroom.objects.taught_by(teacher))


def classes_joined(learner: User) -> list[ClassLine]:
    return _lines(Classroom.objects.joined_by(learner))


def _lines(rows: QuerySet[Classroom]) -> list[ClassLine]:
    counted = rows.select_related("teacher").prefetch_related("decks")
    students = dict(
        Enrolment.objects.filter(classroom__in=rows)
        .order_by()
        .values_list("classroom")
        .annotate(n=Count("pk"))
    )
    return [ClassLine(each, students.get(each.pk, 0), each.open_decks()) for each in counted]


# --- a class --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """A topic of one of the class's decks; `topic` is None for cards without one."""

    deck: Deck
    topic: Topic | None
    cards: int

    @property
    def key(self) -> TopicKey:
        return self.deck.pk, self.topic.pk if self.topic else None


@dataclass(frozen=True, slots=True)
class Cell:
    """How well a topic is held: expected recall today over all its cards, in percent."""

    percent: int

    @property
    def level(self) -> int:
        """How deep it is tinted, 0 to 4."""
        return min(4, -(-self.percent // 25))


@dataclass(frozen=True, slots=True)
class Row:
    learner: User
    overall: Cell
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class DeckTable:
    """Students by topics, for one deck."""

    deck: Deck
    columns: list[Column]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Student:
    learner: User
    reviews: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Missed:
    """`share` of answers that were wrong, 0 to 1; `learners` who gave a wrong one."""

    question: Question
    answers: int
    wrong: int
    learners: int
    given: list[tuple[str, int]]

    @property
    def share(self) -> float:
        return self.wrong / self.answers


@dataclass(frozen=True, slots=True)
class ClassReport:
    classroom: Classroom
    decks: list[Deck]
    tables: list[DeckTable]
    students: list[Student]
    missed: list[Missed]


def class_report(classroom: Classroom, now: datetime) -> ClassReport:
    decks = classroom.open_decks()
    learners = [
        each.learner
        for each in classroom.enrolments.select_related("learner").order_by(
            "learner__last_name", "learner__first_name", "learner__username"
        )
    ]
    days = {learner.pk: local_today(learner, now) for learner in learners}
    return ClassReport(
        classroom,
        decks,
        _tables(learners, decks, days),
        _students(learners, decks, days),
        most_missed(learners, decks),
    )


def _tables(learners: list[User], decks: list[Deck], days: Mapping[int, date]) -> list[DeckTable]:
    recalled = _recalled(days, decks)
    tables = []
    for deck, columns in groupby(_columns(decks), key=lambda column: column.deck):
        topics = list(columns)
        rows = [_row(learner, topics, recalled) for learner in learners]
        tables.append(DeckTable(deck, topics, rows))
    return tables


def _row(
    learner: User, columns: list[Column], recalled: Mapping[tuple[int, TopicKey], float]
) -> Row:
    sums = [recalled.get((learner.pk, column.key), 0.0) for column in columns]
    cells = [
        Cell(round(100 * known / column.cards)) for column, known in zip(columns, sums, strict=True)
    ]
    overall = round(100 * sum(sums) / sum(column.cards for column in columns))
    return Row(learner, Cell(overall), cells)


def _columns(decks: list[Deck]) -> list[Column]:
    rows = askable_cards(decks).order_by().values_list("deck_id", "topic_id")
    counts: dict[TopicKey, int] = {(d, t): n for d, t, n in rows.annotate(n=Count("pk"))}
    topics: dict[int, list[Topic | None]] = defaultdict(list)
    for topic in Topic.objects.filter(deck__in=decks):
        topics[topic.deck_id].append(topic)
    found = [
        Column(deck, topic, counts.get((deck.pk, topic.pk if topic else None), 0))
        for deck in decks
        for topic in (*topics[deck.pk], None)
    ]
    return [column for column in found if column.cards]


def _students(learners: list[User], decks: list[Deck], days: Mapping[int, date]) -> list[Student]:
    recent = _recent(learners, decks, days)
    last_days = _last_days(learners, decks)
    return [
        Student(learner, recent.get(learner.pk, 0), last_days.get(learner.pk))
        for learner in learners
    ]


def _recalled(days: Mapping[int, date], decks: list[Deck]) -> Mapping[tuple[int, TopicKey], float]:
    """For each learner and topic, how many cards they would recall today, in expectation."""
    asked = Question.objects.active().filter(card=OuterRef("card_id"))
    rows = (
        Memory.objects.live()
        .filter(Exists(asked), learner__in=days, deck__in=decks, stability__isnull=False)
        .values_list("learner_id", "deck_id", "card__topic_id", "stability", "last_day")
    )
    found: dict[tuple[int, TopicKey], float] = defaultdict(float)
    for learner, deck, topic, stability, last_day in rows.iterator(5000):
        state = MemoryState(due=days[learner], stability=stability, last_day=last_day)
        found[learner, (deck, topic)] += retrievability(state, days[learner])
    return found


def _answers(learners: Iterable[User], decks: list[Deck]) -> QuerySet[Review]:
    return Review.objects.answers().filter(
        learner__in=list(learners), memory__deck__in=decks, question__isnull=False
    )


def _recent(learners: list[User], decks: list[Deck], days: Mapping[int, date]) -> Mapping[int, int]:
    """Answers in each learner's last seven days. Days differ by time zone by one at most, so
    that few rows beyond them are read."""
    if not days:
        return {}
    since = min(days.values()) - RECENT
    rows = (
        _answers(learners, decks)
        .filter(day__gt=since)
        .order_by()
        .values_list("learner_id", "day")
        .annotate(n=Count("pk"))
    )
    counts: Counter[int] = Counter()
    for learner, day, number in rows:
        if day > days[learner] - RECENT:
            counts[learner] += number
    return counts


def _last_days(learners: list[User], decks: list[Deck]) -> Mapping[int, date]:
    rows = _answers(learners, decks).order_by().values_list("learner_id")
    return dict(rows.annotate(last=Max("day")))


# --- what is missed -------------------------------------------------------------------


def most_missed(learners: list[User], decks: list[Deck]) -> list[Missed]:
    """What most learners got wrong, then what was wrong in the largest share. The versions and
    wordings of a card in one form are one; the latest that was asked stands for them."""
    top = _wrong_most_often(learners, decks)
    questions = Question.objects.select_related("card__fact", "card__deck").in_bulk(
        [row["latest"] for row in top]
    )
    given = _wrong_answers(learners, decks, questions.values())
    return [
        Missed(
            questions[row["latest"]],
            row["answers"],
            row["wrong"],
            row["learners"],
            given[tuple(row[field] for field in ASKED_AS)].most_common(WRONG_SHOWN),
        )
        for row in top
    ]


def _wrong_most_often(learners: list[User], decks: list[Deck]) -> list[dict[str, Any]]:
    """By card and form: the latest question, how many answers, how many of them wrong, and how
    many learners gave these."""
    wrong = Q(verdict=Review.Verdict.WRONG)
    rows = (
        _answers(learners, decks)
        .order_by()
        .values(*ASKED_AS)
        .annotate(
            latest=Max("question_id"),
            answers=Count("pk"),
            wrong=Count("pk", filter=wrong),
            learners=Count("learner", filter=wrong, distinct=True),
        )
        .filter(wrong__gt=0)
        .order_by("-learners", "-wrong", "latest")[: 5 * MOST_MISSED]
    )
    ranked = sorted(rows, key=lambda row: (-row["learners"], -row["wrong"] / row["answers"]))
    return [dict(row) for row in ranked[:MOST_MISSED]]


def _wrong_answers(
    learners: list[User], decks: list[Deck], questions: Iterable[Question]
) -> Mapping[tuple[int, str], Counter[str]]:
    """What was given instead, by card and form. A true/false statement's is left out: which of
    its statements was held for true or false, the bare word does not say."""
    cards = {each.card_id for each in questions}
    rows = (
        _answers(learners, decks)
        .filter(question__card__in=cards, verdict=Review.Verdict.WRONG)
        .exclude(question__form=Form.TRUE_FALSE)
        .order_by("-pk")
        .values_list(*ASKED_AS, "shown", "given")[:WRONG_READ]
    )
    found: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for card, form, shown, given in rows:
        try:
            text = "; ".join(given_texts(Presented.from_json(shown), given))
        except (KeyError, IndexError, ValueError):
            continue
        if text:
            found[card, form][text] += 1
    return found
