"""What class pages read. A fixed number of queries, however many students there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from questions.domain.presentation import Presented
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

    @property
    def title(self) -> str:
        return self.topic.title if self.topic else self.deck.title


@dataclass(frozen=True, slots=True)
class Cell:
    """How well a topic is held: expected recall today over all its cards, in percent."""

    title: str
    percent: int


@dataclass(frozen=True, slots=True)
class Student:
    learner: User
    cells: list[Cell]
    overall: int
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
    columns: list[Column]
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
    columns = _columns(decks)
    return ClassReport(
        classroom,
        decks,
        columns,
        _students(learners, decks, columns, now),
        most_missed(learners, decks),
    )


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


def _students(
    learners: list[User], decks: list[Deck], columns: list[Column], now: datetime
) -> list[Student]:
    days = {learner.pk: local_today(learner, now) for learner in learners}
    recalled = _recalled(days, decks)
    recent = _recent(learners, decks, days)
    last_days = _last_days(learners, decks)
    return [
        _student(learner, columns, recalled, recent.get(learner.pk, 0), last_days.get(learner.pk))
        for learner in learners
    ]


def _student(
    learner: User,
    columns: list[Column],
    recalled: Mapping[tuple[int, TopicKey], float],
    reviews: int,
    last_day: date | None,
) -> Student:
    sums = [recalled.get((learner.pk, column.key), 0.0) for column in columns]
    cells = [
        Cell(column.title, round(100 * known / column.cards))
        for column, known in zip(columns, sums, strict=True)
    ]
    cards = sum(column.cards for column in columns)
    overall = round(100 * sum(sums) / cards) if cards else 0
    return Student(learner, cells, overall, reviews, last_day)


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
    """Questions that most learners got wrong, then those wrong in the largest share."""
    wrong = Q(verdict=Review.Verdict.WRONG)
    rows = (
        _answers(learners, decks)
        .order_by()
        .values("question_id")
        .annotate(
            answers=Count("pk"),
            wrong=Count("pk", filter=wrong),
            learners=Count("learner", filter=wrong, distinct=True),
        )
        .filter(wrong__gt=0)
        .order_by("-learners", "-wrong", "question_id")[: 5 * MOST_MISSED]
    )
    ranked = sorted(rows, key=lambda row: (-row["learners"], -row["wrong"] / row["answers"]))
    top = ranked[:MOST_MISSED]
    pks = [row["question_id"] for row in top]
    questions = Question.objects.select_related("card__fact", "card__deck").in_bulk(pks)
    given = _wrong_answers(learners, decks, pks)
    return [
        Missed(
            questions[row["question_id"]],
            row["answers"],
            row["wrong"],
            row["learners"],
            given[row["question_id"]].most_common(WRONG_SHOWN),
        )
        for row in top
    ]


def _wrong_answers(
    learners: list[User], decks: list[Deck], questions: list[int]
) -> Mapping[int, Counter[str]]:
    rows = (
        _answers(learners, decks)
        .filter(question__in=questions, verdict=Review.Verdict.WRONG)
        .order_by("-pk")
        .values_list("question_id", "shown", "given")[:WRONG_READ]
    )
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for question, shown, given in rows:
        try:
            text = "; ".join(given_texts(Presented.from_json(shown), given))
        except (KeyError, IndexError, ValueError):
            continue
        if text:
            found[question][text] += 1
    return found
