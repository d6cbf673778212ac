"""What waits for a teacher's ruling: "I was right", and wrong answers that many learners type.

Answers are alike, and ruled on as one `Case`, if the same thing is expected and the same was
given but for case, accents and signs. `expected` is "name:KEY" where an entity is asked for, in
whatever question; "card:PK" for another typed answer; else "question:PK", since what can be
chosen or listed is the question's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cache, partial
from typing import Any

from django.db.models import Q, QuerySet

from questions.domain.facts import ValueKind
from questions.domain.grading import Expected, Grade, Verdict, grade_typed
from questions.domain.grading.alike import folded
from questions.domain.grading.fillers import is_no_answer
from questions.domain.grading.fold import clean
from questions.domain.grading.kept import (
    called,
    name_of,
    others_called,
    spelt,
    value_of,
)
from questions.domain.messages import gettext_noop
from questions.domain.presentation import Presented, answer_texts, given_texts
from questions.domain.questions import Direction, Form
from questions.models import AttemptItem, Claim, Deck, Fact, ProblemReport, Question, Review, Ruling
from questions.queries.facts import vocabulary_for
from questions.queries.names import index_with, name_index

TYPED = (Form.TYPED.value, Form.CLOZE.value)
FREQUENT = 2
"""Learners who must have typed the same before a teacher is asked about it."""

# The latest of each are looked through: a queue of a term, not of a decade.
MOST_CLAIMS, MOST_ANSWERS = 1_000, 20_000
ACCEPTED = gettext_noop("A teacher accepted this answer.")
ACCEPTED_IN_PART = gettext_noop("A teacher accepted this answer in part.")
"""What marks an answer, in a log or a quiz, as accepted."""

IsRight = Callable[[str], bool]
Marked = tuple[int, int, str, str]
"""An answer's pk, its learner's, its verdict and what was typed."""
Rows = QuerySet[Any, tuple[int, int, str, Any]]


class Place(Enum):
    """Where a deck can keep another spelling of an answer."""

    ENTITY = auto()
    FACT = auto()
    AUTHORED = auto()
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class Case:
    """All answers alike; `question` is one that they were given to, with its card and fact."""

    deck: Deck
    question: Question
    given: str
    expected: str
    folded: str

    @property
    def typed(self) -> bool:
        return self.question.form in TYPED

    @property
    def entity(self) -> str:
        kind, _, key = self.expected.partition(":")
        return key if kind == "name" else ""

    @property
    def named_in_words(self) -> bool:
        """Whether what is asked for is a name or a term, not a date or figure."""
        return bool(self.entity) or _asks_for(self.question) == "term"

    @property
    def place(self) -> Place:
        if not self.typed:
            return Place.NOWHERE
        if self.entity:
            return Place.ENTITY
        card = self.question.card
        if card.direction == Direction.AUTHORED:
            return Place.AUTHORED if self.to_keep else Place.NOWHERE
        kind = _kind(card.fact, self.deck)
        same = kind is not None and kind.value == self.question.content["expected"]["kind"]
        return Place.FACT if same and self.to_keep else Place.NOWHERE

    @property
    def to_keep(self) -> str:
        """What the deck would keep of the answer: a name without what is around it, a term as it
        is spelt, of a date or figure the value; "" where it says none, and where nothing is
        typed."""
        if self.entity:
            return name_of(self.given)
        return kept_of(self, self.given) if self.typed else ""


def kept_of(case: Case, spelling: str) -> str:
    """What it would keep of a teacher's spelling."""
    if case.entity:
        return spelt(spelling)
    expected = Expected.from_json(case.question.content["expected"])
    if expected.kind == "term":
        return clean(spelling)
    if case.question.card.direction == Direction.AUTHORED:
        return ""  # its dates and figures are texts, of which another would make a term of all
    return value_of(expected, spelling, name_index(case.deck).units)


def _asks_for(question: Question) -> str:
    return str(question.content["expected"]["kind"]) if question.form in TYPED else ""


def _kind(fact: Fact | None, deck: Deck) -> ValueKind | None:
    if fact is None or fact.removed:
        return None
    found = vocabulary_for(deck).relations.get(fact.relation)
    return found.value if found else None


def case_of(deck: Deck, question: Question, given: str) -> Case:
    entity = question.content.get("expected") if question.form in TYPED else None
    key = entity.get("entity") if isinstance(entity, dict) else None
    expected = _expected(question.form, question.pk, question.card_id, key)
    return Case(deck, question, given, expected, _short(folded(given)))


def _expected(form: str, question: int, card: int, entity: str | None) -> str:
    if form not in TYPED:
        return of_question(question)
    return f"name:{entity}" if entity else f"card:{card}"


def of_question(pk: int) -> str:
    """What a ruling on a question itself is made on."""
    return f"question:{pk}"


def _short(text: str) -> str:
    return text[:400]


def given_text(form: str, given: Mapping[str, Sequence[str]], shown: Mapping[str, Any]) -> str:
    """What a learner gave, in one line: of whatever language, as it tells cases apart."""
    if form in TYPED:
        return next((text for text in given.get("text") or () if text.strip()), "")
    return "; ".join(given_texts(Presented.from_json(shown), given))


# --- the answers of a case --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """Answers that a ruling touches, by pk with their learners: those marked down in logs, those
    in quizzes that stand in no log, and open claims. Of these `counted` are for answers that
    count as right since their learners said so; others are for answers marked down."""

    reviews: Mapping[int, int] = field(default_factory=dict)
    items: Mapping[int, int] = field(default_factory=dict)
    claims: Mapping[int, int] = field(default_factory=dict)
    counted: int = 0
    reports: int = 0
    more: bool = False
    """Whether answers were left out of the count, being too many."""

    @property
    def marked_down(self) -> int:
        return len(self.reviews) + len(self.items)

    @property
    def answers(self) -> int:
        return self.marked_down + self.counted

    @property
    def learners(self) -> int:
        return _learners(self.reviews, self.items, self.claims)

    @property
    def learners_marked_down(self) -> int:
        return _learners(self.reviews, self.items)


def _learners(*groups: Mapping[int, int]) -> int:
    return len({learner for group in groups for learner in group.values()})


@dataclass(frozen=True, slots=True)
class Given:
    """What a ruling on a case could touch: open claims, and answers that were marked down, the
    latest of them if there are `more`."""

    claims: Sequence[Claim]
    reviews: Sequence[Marked]
    items: Sequence[Marked]
    more: bool


def given_to(case: Case, most: int | None = None) -> Given:
    """The latest `most` claims, and as many answers in logs and in quizzes, or all. Three
    queries."""
    to_read = None if most is None else most + 1  # one more tells whether there are more
    claims = list(_open(case).order_by("-pk")[:to_read])
    logged, sat = (list(rows[:to_read]) for rows in _marked_down(case))
    more = most is not None and max(len(claims), len(logged), len(sat)) > most
    return Given(claims[:most], _texts(case, logged[:most]), _texts(case, sat[:most]), more)


def _marked_down(case: Case) -> tuple[Rows, Rows]:
    """In logs and quizzes; none of what is chosen or listed, which is claimed one by one."""
    asked = questions_of(case) if case.typed else Question.objects.none()
    marked = {"question__in": asked, "verdict__in": ("wrong", "partial")}
    reviews = Review.objects.answers().filter(**marked).order_by("-pk")
    # What was counted in the learner's log is corrected in the quiz too, but is one answer.
    items = AttemptItem.objects.filter(**marked, review=None).order_by("-pk")
    return (
        reviews.values_list("pk", "learner_id", "verdict", "given"),
        items.values_list("pk", "attempt__learner_id", "verdict", "given"),
    )


def _texts(case: Case, rows: Iterable[tuple[int, int, str, Any]]) -> list[Marked]:
    form = case.question.form
    return [
        (pk, learner, verdict, given_text(form, given or {}, {}))
        for pk, learner, verdict, given in rows
    ]


def to_accept(
    case: Case, given: Given, *, loose: bool = False, also: IsRight | None = None
) -> Found:
    """Of what was given what is alike, and what else the deck would `also` take now."""
    is_of = cache(partial(_is_alike, case, also))
    claims = [claim for claim in given.claims if is_of(claimed(claim))]
    if not case.typed:
        return replace(_of_claims(claims), more=given.more)
    marked = ("wrong",) if loose else ("wrong", "partial")
    reviews, items = (
        {pk: who for pk, who, verdict, text in rows if verdict in marked and is_of(text)}
        for rows in (given.reviews, given.items)
    )
    return Found(reviews, items, _by_pk(claims), _counted(claims), more=given.more)


def _of_claims(claims: Sequence[Claim]) -> Found:
    """What is chosen or listed is claimed one by one: no other answer is alike."""
    marked = [(claim.learner_id, claim.item) for claim in claims if claim.item]
    down = [(learner, item) for learner, item in marked if item.verdict != Review.Verdict.RIGHT]
    return Found(
        {item.review_id: learner for learner, item in down if item.review_id},
        {item.pk: learner for learner, item in down if not item.review_id},
        _by_pk(claims),
        _counted(claims),
    )


def _by_pk(claims: Iterable[Claim]) -> dict[int, int]:
    return {claim.pk: claim.learner_id for claim in claims}


def _counted(claims: Iterable[Claim]) -> int:
    return sum(claim.review_id is not None for claim in claims)


def marked_now(case: Case) -> Grade | None:
    """What is typed, by the deck as it is."""
    if not case.typed:
        return None
    return grade_typed(expected_now(case), case.given, name_index(case.deck))


def would_take(case: Case, spelling: str, *, loose: bool = False) -> IsRight:
    """Whether an answer would be marked right (in part, if loose) once the deck has learnt the
    spelling. A name is asked for on several cards: what else one of them takes says nothing of the
    others."""
    if case.place is Place.NOWHERE:
        return lambda _given: False
    expected = expected_now(case)
    if case.place is Place.ENTITY:
        expected = replace(expected, accept=(), others=(), names=())
        index = index_with(case.deck, case.entity, spelt(spelling), loose=loose)
    else:
        kept = kept_of(case, spelling) if case.place is Place.FACT else clean(spelling)
        expected = replace(expected, accept=(*expected.accept, kept) if kept else expected.accept)
        index = name_index(case.deck)
    wanted = Verdict.PARTIAL if loose else Verdict.RIGHT
    return lambda given: grade_typed(expected, given, index).verdict is wanted


def expected_now(case: Case) -> Expected:
    """By the wording that is asked now, if one still is: the same one, where it can be."""
    asked = Question.objects.active().filter(card=case.question.card_id, form__in=TYPED)
    newest = asked.filter(slot=case.question.slot).last() or asked.last() or case.question
    return Expected.from_json(newest.content["expected"])


def counted_items(reviews: Iterable[int]) -> QuerySet[AttemptItem]:
    """Quiz answers that stand in learners' logs as these reviews."""
    return AttemptItem.objects.filter(review__in=list(reviews)).exclude(verdict="right")


def found_of(claims: Sequence[Claim]) -> Found:
    """What keeping them wrong touches."""
    return Found(claims=_by_pk(claims), counted=_counted(claims))


def to_withdraw(question: Question) -> Found:
    """Answers to a faulty question that cost learners something, claims and reports of it."""
    reviews = Review.objects.answers().filter(question=question).exclude(verdict="right")
    items = AttemptItem.objects.filter(question=question, review=None).exclude(verdict="right")
    open_claims = Claim.objects.filter(question=question, state=Claim.State.OPEN)
    return Found(
        dict(reviews.values_list("pk", "learner_id")),
        dict(items.exclude(verdict="").values_list("pk", "attempt__learner_id")),
        dict(open_claims.values_list("pk", "learner_id")),
        reports=ProblemReport.objects.filter(question=question, open=True).count(),
    )


def claims_of(case: Case) -> list[Claim]:
    return [claim for claim in _open(case) if _is_alike(case, None, claimed(claim))]


def _open(case: Case) -> QuerySet[Claim]:
    rows = Claim.objects.filter(question__in=questions_of(case), state=Claim.State.OPEN)
    return rows.select_related("review", "item", "question")


def _is_alike(case: Case, also: IsRight | None, given: str) -> bool:
    return _short(folded(given)) == case.folded or bool(also and also(given))


def claimed(claim: Claim) -> str:
    answer = claim.answer
    return given_text(claim.question.form, answer.given or {}, answer.shown)


def questions_of(case: Case) -> QuerySet[Question]:
    if not case.typed:
        return Question.objects.filter(pk=case.question.pk)
    typed = Question.objects.filter(form__in=TYPED)
    key = case.entity
    if not key:
        return typed.filter(card=case.question.card_id)
    asks = Q(card__fact__about__key=key) | Q(card__fact__value_entity__key=key)
    by_hand = Q(card__direction=Direction.AUTHORED.value)
    return typed.filter(asks | by_hand, card__deck=case.deck, content__expected__entity=key)


# --- the queue --------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """Answers alike, counted."""

    answers: int = 0
    claims: int = 0
    learners: set[int] = field(default_factory=set)
    questions: Counter[int] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)

    def count(self, question: int, learner: int, given: str) -> None:
        self.answers += 1
        self.learners.add(learner)
        self.questions[question] += 1
        self.given[given] += 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in the queue. `names` are other entities of the deck that the answer names;
    `key` is the right answer in words."""

    case: Case
    tally: Tally
    key: list[str]
    names: list[str]

    @property
    def learners(self) -> int:
        return len(self.tally.learners)

    @property
    def may_be_accepted(self) -> bool:
        return not (self.names and self.case.place is Place.ENTITY)


def tallies(deck: Deck) -> list[Tally]:
    """The queue: claims first, then what most learners gave. Four queries."""
    found: dict[tuple[str, str], Tally] = {}
    for expected, question, learner, given in _wrong_answers(deck):
        tally = found.setdefault((expected, _short(folded(given))), Tally())
        tally.count(question, learner, given)
    kept = Ruling.objects.filter(deck=deck, decision=Ruling.Decision.KEPT)
    settled = set(kept.values_list("expected", "folded"))
    frequent = {
        key: tally
        for key, tally in found.items()
        if len(tally.learners) >= FREQUENT and key not in settled and key[1]
    }
    for claim in open_claims(deck)[:MOST_CLAIMS]:
        _enter(claim, frequent, found)
    return sorted(
        frequent.values(), key=lambda tally: (-tally.claims, -len(tally.learners), -tally.answers)
    )


def _enter(
    claim: Claim, queue: dict[tuple[str, str], Tally], found: Mapping[tuple[str, str], Tally]
) -> None:
    given = claimed(claim)
    case = case_of(claim.question.card.deck, claim.question, given)
    key = (case.expected, case.folded)
    tally = queue.setdefault(key, found.get(key) or Tally())
    tally.claims += 1
    tally.count(claim.question_id, claim.learner_id, given)


def open_claims(deck: Deck) -> QuerySet[Claim]:
    rows = Claim.objects.filter(question__card__deck=deck, state=Claim.State.OPEN)
    return rows.select_related("review", "item", "question__card__deck").order_by("-pk")


def _wrong_answers(deck: Deck) -> Iterable[tuple[str, int, int, str]]:
    """Expected, question, learner and what was typed; "I don't know" is no answer. What is claimed
    to be right is counted as that."""
    asked_still = {"question__card__deck": deck, "question__rejected": False}
    wrong = {**asked_still, "question__form__in": TYPED, "verdict": "wrong"}
    asked = ("question", "question__form", "question__card", "question__content__expected__entity")
    reviews = Review.objects.answers().filter(**wrong).order_by("-pk")
    reviews = reviews.exclude(quiz_item__claim__state=Claim.State.OPEN)
    items = AttemptItem.objects.filter(**wrong, review=None).order_by("-pk")
    items = items.exclude(claim__state=Claim.State.OPEN)
    rows = [
        *reviews.values_list(*asked, "learner", "given")[:MOST_ANSWERS],
        *items.values_list(*asked, "attempt__learner", "given")[:MOST_ANSWERS],
    ]
    for question, form, card, entity, learner, given in rows:
        text = given_text(form, given or {}, {})
        if text and not is_no_answer(clean(text)):
            yield _expected(form, question, card, entity), question, learner, text


def waiting(deck: Deck, chosen: Sequence[Tally]) -> list[Waiting]:
    """One page of the queue with all that it shows. One query, and the deck's names."""
    wanted = [tally.questions.most_common(1)[0][0] for tally in chosen]
    questions = Question.objects.select_related("card__fact__about").in_bulk(wanted)
    return [_waiting(deck, questions[pk], tally) for pk, tally in zip(wanted, chosen, strict=True)]


def _waiting(deck: Deck, question: Question, tally: Tally) -> Waiting:
    case = case_of(deck, question, tally.given.most_common(1)[0][0])
    return Waiting(case, tally, answer_texts(question.form, question.content), others_named(case))


def others_named(case: Case) -> list[str]:
    """Other entities that the deck calls what was given: a name can be another's of none, and a
    term hardly is what something is called."""
    index = name_index(case.deck)
    if case.entity:
        found = others_called(case.given, case.entity, index) if case.entity in index else []
    else:
        found = called(case.given, index) if case.named_in_words else []
    return [named.name for named in found]
