"""What the quiz pages read: what a quiz can be made of, how far one has come, how it went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from questions.domain import questions as domain
from questions.domain.facts import Vocabulary
from questions.domain.generation.together import Given, Piece
from questions.domain.presentation import Presented
from questions.domain.quizzes import Candidate, Offer
from questions.models import (
    Attempt,
    AttemptItem,
    AuthoredQuestion,
    Card,
    Deck,
    Fact,
    Passage,
    ProblemReport,
    Question,
    Review,
    Topic,
)
from questions.models.bank import CardQuerySet
from questions.queries.explaining import Explained, explanations
from questions.queries.facts import contradicts, sayings, vocabulary_for, with_passages
from questions.queries.feedback import (
    Evidence,
    Feedback,
    feedback_on,
    passages_of,
)
from questions.queries.mistakes import to_explain
from questions.queries.reading import givens, pool_texts
from questions.queries.reports import latest_reports
from questions.queries.standing import as_written
from studyapp.accounts.models import User

NO_TOPIC = 0
"""Stands for the topic of cards that have none."""

FACTS_SHOWN = 6


# --- choosing ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Available:
    """How many items could be drawn at most: for each topic with the forms chosen, for each
    form in the topics chosen, and in all."""

    topics: Mapping[int, int]
    forms: Mapping[str, int]
    total: int


def topics_of(deck: Deck) -> list[tuple[int, str]]:
    """Number and title of the topics that have questions; an empty title for cards without."""
    used = set(_askable(deck).order_by().values_list("topic", flat=True).distinct())
    titled = Topic.objects.filter(deck=deck).values_list("pk", "title")
    topics = [(pk, title) for pk, title in titled if pk in used]
    return [*topics, (NO_TOPIC, "")] if None in used else topics


def forms_of(deck: Deck) -> list[Question.Form]:
    questions = Question.objects.active().filter(card__deck=deck, card__retired=False)
    used = set(questions.order_by().values_list("form", flat=True).distinct())
    return [form for form in Question.Form if form in used]


def available(deck: Deck, topics: Collection[int], forms: Collection[str]) -> Available:
    """Three queries. Cards of one fact count once: a quiz asks only one of them."""
    facts = Count("siblings", distinct=True)
    by_topic = _askable(deck, forms).order_by().values_list("topic").annotate(n=facts)
    asked = Question.objects.active().filter(card__in=_askable(deck).filter(_in_topics(topics)))
    by_form = asked.order_by().values_list("form")
    total = _askable(deck, forms).filter(_in_topics(topics)).aggregate(n=facts)
    return Available(
        {topic or NO_TOPIC: n for topic, n in by_topic},
        dict(by_form.annotate(n=Count("card__siblings", distinct=True))),
        total["n"],
    )


def candidates(deck: Deck, topics: Collection[int], forms: Collection[str]) -> list[Candidate]:
    return as_candidates(_askable(deck, forms).filter(_in_topics(topics)))


def as_candidates(cards: QuerySet[Card]) -> list[Candidate]:
    rows = cards.order_by("pk").values_list("pk", "topic", "siblings", "facts")
    return [
        Candidate(pk, topic or NO_TOPIC, siblings, frozenset(facts))
        for pk, topic, siblings, facts in rows
    ]


def offers(
    deck: Deck, cards: Iterable[Candidate], forms: Collection[str]
) -> dict[int, list[Offer]]:
    """The questions in which each card can be asked."""
    wanted = [card.card for card in cards]
    names = givens(deck, wanted)
    questions: dict[int, list[Question]] = defaultdict(list)
    for question in Question.objects.active().filter(card__in=wanted, form__in=forms):
        questions[question.card_id].append(question)
    given = {card: Given(names[card], pool_texts(rows)) for card, rows in questions.items()}
    return {
        card: [Offer(each.pk, as_written("", each), given[card]) for each in rows]
        for card, rows in questions.items()
    }


def _askable(deck: Deck, forms: Collection[str] | None = None) -> CardQuerySet:
    asked = Question.objects.active().filter(card=OuterRef("pk"))
    if forms is not None:
        asked = asked.filter(form__in=forms)
    return Card.objects.live().filter(Exists(asked), deck=deck)


def _in_topics(topics: Collection[int]) -> Q:
    chosen = Q(topic__in=[topic for topic in topics if topic != NO_TOPIC])
    return chosen | Q(topic=None) if NO_TOPIC in topics else chosen


# --- sitting ----------------------------------------------------------------------


def attempts_of(learner: User) -> QuerySet[Attempt]:
    """The learner's quizzes, the latest first, with `size`, `answered` and `score`."""
    return Attempt.objects.of(learner).with_counts().select_related("deck").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Place:
    """One square of a quiz's map. `verdict` is empty until it may be told; what was `withdrawn`
    before it was answered is not asked any more."""

    position: int
    answered: bool
    verdict: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as far as it has come."""

    attempt: Attempt
    places: list[Place]

    @property
    def size(self) -> int:
        return len(self.places)

    @property
    def answered(self) -> int:
        return sum(place.answered for place in self.places)

    @property
    def open(self) -> list[int]:
        return [place.position for place in self.places if not (place.answered or place.withdrawn)]

    def next_open(self, position: int) -> int | None:
        """The first unanswered position after this one, or else before it."""
        return min(self.open, key=lambda other: (other <= position, other), default=None)

    def before(self, position: int) -> int | None:
        return position - 1 if position > 1 else None

    def after(self, position: int) -> int | None:
        return position + 1 if position < self.size else None


def sitting(attempt: Attempt) -> Sitting:
    rows = attempt.items.values_list("position", "answered_at", "verdict", "question__rejected")
    told = attempt.tells_at_once
    return Sitting(
        attempt,
        [
            Place(
                position, answered is not None, verdict if told else "", rejected and not answered
            )
            for position, answered, verdict, rejected in rows
        ],
    )


def items_of(attempt: Attempt) -> QuerySet[AttemptItem]:
    return attempt.items.select_related("question__card__deck", "question__card__topic", "claim")


def presented(item: AttemptItem) -> Presented:
    return Presented.from_json(item.shown)


def feedback_of(
    item: AttemptItem, evidence: Evidence | None = None, explained: list[Explained] | None = None
) -> Feedback:
    return feedback_on(
        item.question,
        item.shown,
        item.given or {},
        item.verdict,
        item.reason,
        evidence=evidence,
        explained=explained,
    )


def feedback_at_once(item: AttemptItem) -> Feedback:
    """While other items are open: without what an explanation would tell of these. Two queries
    more."""
    feedback = feedback_of(item)
    if not any(each.fact for each in feedback.explained):
        return feedback
    waiting = item.attempt.items.filter(answered_at=None).select_related("question__card")
    questions = [other.question for other in waiting]
    given = givens(item.attempt.deck, [question.card_id for question in questions])
    kept = [
        each
        for each in feedback.explained
        if not any(_tells(each, question, given[question.card_id]) for question in questions)
    ]
    return replace(feedback, explained=kept)


def _tells(explained: Explained, question: Question, names: tuple[str, ...]) -> bool:
    """Whether it says what a question asks (rule 12)."""
    if explained.fact and explained.fact.uid in question.card.facts:
        return True
    given = Given(names, pool_texts([question]))
    return Piece(explained.sentence).tells(as_written("", question), given)


# --- afterwards -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TopicScore:
    """`points` of at most `size`; `percent` is 0 to 100."""

    title: str
    points: float
    size: int

    @property
    def percent(self) -> int:
        return round(100 * self.points / self.size)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item looked back on; `verdict` is empty if it was not answered."""

    item: AttemptItem
    feedback: Feedback
    report: ProblemReport | None = None

    @property
    def verdict(self) -> str:
        return self.item.verdict

    @property
    def withdrawn(self) -> bool:
        return self.item.is_withdrawn

    @property
    def missed(self) -> bool:
        return self.item.verdict != Review.Verdict.RIGHT and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Result:
    outcomes: list[Outcome]
    topics: list[TopicScore]

    @property
    def counted(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if not outcome.withdrawn]

    @property
    def points(self) -> float:
        return sum(outcome.item.score or 0.0 for outcome in self.counted)

    @property
    def score(self) -> float:
        return self.points / len(self.counted) if self.counted else 0.0

    @property
    def right(self) -> int:
        return sum(not outcome.missed for outcome in self.counted)

    @property
    def missed(self) -> int:
        return sum(outcome.missed for outcome in self.outcomes)

    @property
    def unanswered(self) -> int:
        return sum(not outcome.verdict for outcome in self.counted)


def result_of(attempt: Attempt) -> Result:
    """The same number of queries however many items there are."""
    items = list(items_of(attempt))
    evidence = _evidence(attempt.deck, [item.question for item in items])
    explained = _explained(attempt.deck, items, evidence)
    reports = latest_reports(attempt.learner_id, [item.question_id for item in items])
    outcomes = [
        Outcome(
            item,
            feedback_of(item, evidence[item.question_id], explained.get(item.pk, [])),
            reports.get(item.question_id),
        )
        for item in items
    ]
    return Result(outcomes, _by_topic([item for item in items if not item.is_withdrawn]))


def _explained(
    deck: Deck, items: Sequence[AttemptItem], evidence: Mapping[int, Evidence]
) -> dict[int, list[Explained]]:
    """What each item's wrong answer is, by the item's number."""
    wrong = {
        item.pk: to_explain(
            item.question,
            presented(item),
            item.given or {},
            item.verdict,
            evidence[item.question_id].fact,
        )
        for item in items
    }
    answers = {pk: each for pk, each in wrong.items() if each}
    return dict(zip(answers, explanations(deck, list(answers.values())), strict=True))


def _by_topic(items: Sequence[AttemptItem]) -> list[TopicScore]:
    """Topics in the deck's order, those without one last."""

    def place(item: AttemptItem) -> tuple[bool, int, int]:
        topic = item.question.card.topic
        return (topic is None, topic.position if topic else 0, topic.pk if topic else 0)

    scores = []
    for _, group in groupby(sorted(items, key=place), key=place):
        of_topic = list(group)
        topic = of_topic[0].question.card.topic
        points = sum(item.score or 0.0 for item in of_topic)
        scores.append(TopicScore(topic.title if topic else "", points, len(of_topic)))
    return scores


def _evidence(deck: Deck, questions: Sequence[Question]) -> dict[int, Evidence]:
    """What each question rests on, by its number, read for all of them at once."""
    vocabulary = vocabulary_for(deck)
    wanted = {uid for question in questions for uid in question.card.facts[:FACTS_SHOWN]}
    facts = {fact.uid: fact for fact in with_passages(sorted(wanted), deck)}
    alone = [facts[uid] for uid in map(_only_fact, questions) if uid in facts]
    others = _rivals(deck, alone, vocabulary)
    authored = _authored_passages(deck, questions)
    found = {}
    for question in questions:
        uids = question.card.facts[:FACTS_SHOWN]
        said = sayings([facts[uid] for uid in uids if uid in facts], vocabulary)
        found[question.pk] = Evidence(
            said,
            passages_of(said) or authored.get(_authored_id(question), []),
            sayings(others.get(_only_fact(question), []), vocabulary),
        )
    return found


def _only_fact(question: Question) -> str:
    """Only a question on one fact can be contradicted by another."""
    facts = question.card.facts[:FACTS_SHOWN]
    return facts[0] if len(facts) == 1 else ""


def _rivals(deck: Deck, facts: Sequence[Fact], vocabulary: Vocabulary) -> dict[str, list[Fact]]:
    """For each fact, by uid, those that cannot hold together with it."""
    single = {name for name, relation in vocabulary.relations.items() if relation.single}
    asked = [fact for fact in facts if fact.relation in single]
    rows = (
        Fact.objects.live()
        .filter(
            deck=deck,
            about__in={fact.about_id for fact in asked},
            relation__in={fact.relation for fact in asked},
        )
        .exclude(rank=Fact.Rank.DEPRECATED)
        .select_related("about", "value_entity")
        .prefetch_related("supports__passage__source")
    )
    of_matter: dict[tuple[int, str], list[Fact]] = {}
    for row in rows:
        of_matter.setdefault((row.about_id, row.relation), []).append(row)
    return {
        fact.uid: [
            other
            for other in of_matter.get((fact.about_id, fact.relation), [])
            if other.pk != fact.pk and contradicts(fact, other, vocabulary)
        ]
        for fact in asked
    }


def _authored_id(question: Question) -> str:
    authored = question.card.direction == domain.Direction.AUTHORED
    return question.card.key.partition(":")[2] if authored else ""


def _authored_passages(deck: Deck, questions: Sequence[Question]) -> dict[str, list[Passage]]:
    wanted = {_authored_id(question) for question in questions} - {""}
    rows = AuthoredQuestion.objects.filter(deck=deck, key_id__in=wanted)
    return {
        row.key_id: list(row.passages.all()) for row in rows.prefetch_related("passages__source")
    }
