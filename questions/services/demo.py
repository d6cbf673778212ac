"""Demonstration data: a class whose students have studied for weeks, through the same services
that pages use, at moments in the past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from questions.domain.chance import Draw, draw
from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.domain.scheduling import retrievability
from questions.domain.simulation import nearly_right, simulated_answer
from questions.models import (
    Attempt,
    Card,
    Classroom,
    Deck,
    Enrolment,
    Question,
    Review,
    StudySession,
)
from questions.queries.days import today
from questions.queries.quizzes import items_of, presented, topics_of
from questions.queries.study import Asking, Telling, next_step
from questions.services import quizzes, study
from questions.services.quizzes import Wish
from questions.services.study import Submission
from studyapp.accounts.models import User

MOST_STEPS = 60
# Nobody begins to look at a demonstration of a habit just given up.
LAST_DAYS = 3
# What learners say of questions waits for the teacher; of what is older, it was looked at.
VOICED_DAYS = 7
TYPED = (Form.TYPED, Form.CLOZE)
QUIZ_LENGTH = 8
SEED = b"demo"
OF_OPTIONS = ("Two of these look right to me.", "The options give it away.")
REPORTS = ("Is that really what the source says?", "We learnt this otherwise in class.")


@dataclass(frozen=True, slots=True)
class DemoStudent:
    username: str
    first_name: str
    last_name: str
    days: int
    share_of_days: float
    skill: float
    new_per_day: int


STUDENTS = (
    DemoStudent("student", "Sam", "Learner", 28, 0.86, 1.0, 10),
    DemoStudent("amina", "Amina", "Said", 10, 0.9, 1.1, 8),
    DemoStudent("jonas", "Jonas", "Brandt", 12, 0.5, 0.8, 6),
    DemoStudent("mei", "Mei", "Tanaka", 6, 0.8, 1.0, 6),
)


@dataclass(slots=True)
class _Voice:
    """What a student has still to say: "I was right" of each kind of answer once, and whether
    they report a problem."""

    claims: set[str] = field(default_factory=set)
    reports: bool = False

    def nearly(self, question: Question) -> str:
        """What is typed by one who then says that it was right; nothing if they would not."""
        expected = question.content.get("expected")
        if not isinstance(expected, dict) or expected["kind"] not in self.claims:
            return ""
        return nearly_right(expected)

    def speak(self, answered: Review, at: datetime, chance: Draw) -> None:
        answered = Review.objects.select_related("memory", "question").get(pk=answered.pk)
        question = answered.question
        assert question
        text = (answered.given.get("text") or [""])[0]
        if text and text == self.nearly(question) and study.may_be_claimed(answered):
            study.claim_right(answered.learner, answered.pk, _token(chance), at)
            self.claims.remove(question.content["expected"]["kind"])
        elif self.reports and answered.verdict == Review.Verdict.WRONG:
            chosen = question.form == Form.CHOICE
            study.report_problem(answered, chance.choose(OF_OPTIONS if chosen else REPORTS))
            self.reports = False


def demo_user(username: str, password: str, **fields: object) -> User:
    user, created = User.objects.get_or_create(username=username, defaults=fields)
    if created:
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def demo_class(teacher: User, decks: list[Deck], students: list[User]) -> Classroom:
    classroom, _ = Classroom.objects.get_or_create(
        teacher=teacher, name="Demo class", defaults={"code": "DMCRTZVX"}
    )
    classroom.decks.add(*decks)
    for student in students:
        Enrolment.objects.get_or_create(classroom=classroom, learner=student)
    return classroom


def study_the_past(
    learner: User,
    persona: DemoStudent,
    decks: list[Deck],
    now: datetime,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Study the decks on most of the days before today; the number of answers given.

    Nothing is done for a learner who has reviews already, so that it can be repeated.
    """
    if Review.objects.filter(learner=learner).exists():
        return 0
    answers, voice = 0, _Voice()
    for ago in range(persona.days, 0, -1):
        day = today(learner, now) - timedelta(days=ago)
        chance = draw(SEED, persona.username, day.isoformat())
        if progress:
            progress(persona.days - ago)
        if ago == min(VOICED_DAYS, persona.days):
            voice.claims, voice.reports = {"name", "date"}, True
        if ago > LAST_DAYS and chance.uniform() > persona.share_of_days:
            continue
        # New cards go to the deck that comes first, so the second has its days too.
        for deck in decks if chance.pick(3) else reversed(decks):
            answers += _study_day(learner, persona, deck, day, chance, voice)
    if progress:
        progress(persona.days)
    return answers


def _study_day(
    learner: User, persona: DemoStudent, deck: Deck, day: date, chance: Draw, voice: _Voice
) -> int:
    evening = time(17 + chance.pick(4), chance.pick(60))
    moment = datetime.combine(day, evening, learner.zone)
    session = study.session_of_day(learner, deck, moment)
    answers = 0
    for _ in range(MOST_STEPS):
        step = next_step(session, session.day)
        if step is None:
            break
        moment += timedelta(seconds=4 + chance.pick(12))
        if isinstance(step, Telling):
            study.tell_card(session, step.card, _token(chance), moment)
        else:
            _answer(session, step, persona, moment, chance, voice)
            answers += 1
    return answers


def _answer(
    session: StudySession,
    step: Asking,
    persona: DemoStudent,
    moment: datetime,
    chance: Draw,
    voice: _Voice,
) -> None:
    state = step.memory.state
    recall = retrievability(state, session.day) if state.stability else 0.75
    knows = chance.uniform() < min(0.97, recall * persona.skill)
    given = _given(step.presented, step.question, knows, chance, voice)
    shown_at = moment - timedelta(seconds=3 + chance.pick(9))
    submission = Submission(_token(chance), step.memory.version, given, shown_at)
    outcome = study.answer(
        session.learner, step.memory.pk, step.question.pk, submission, moment, session.pk
    )
    if isinstance(outcome, study.Recorded):
        voice.speak(outcome.review, moment + timedelta(seconds=3), chance)


def _given(
    presented: Presented, question: Question, knows: bool, chance: Draw, voice: _Voice
) -> dict[str, list[str]]:
    nearly = voice.nearly(question) if knows and presented.form in TYPED else ""
    if nearly:
        return {"text": [nearly]}
    errors = _likely_errors(question)
    return simulated_answer(presented, question.content, knows=knows, draw=chance, errors=errors)


def sit_quiz(learner: User, deck: Deck) -> Attempt:
    """A quiz just finished, of whose answers one is said to have been right. Sat twice, it is sat
    once."""
    chance, voice = draw(SEED, "quiz", learner.username), _Voice({"name", "date"})
    topics = tuple(topic for topic, _ in topics_of(deck))
    wish = Wish(topics, (Form.TYPED, Form.CHOICE), QUIZ_LENGTH, Attempt.Feedback.AT_END)
    attempt = quizzes.make(learner, deck, wish, _token(chance))
    if attempt.finished_at:
        return attempt
    for item in items_of(attempt):
        knows = chance.uniform() < 0.75
        given = _given(presented(item), item.question, knows, chance, voice)
        quizzes.answer(item, Submission(_token(chance), item.version, given), timezone.now())
    finished = quizzes.finish(attempt)
    for item in items_of(finished):
        if item.may_be_claimed and item.given == {"text": [voice.nearly(item.question)]}:
            quizzes.claim_right(item)
            break
    return finished


def _likely_errors(question: Question) -> list[str]:
    """What the same card's choices offer beside the right answer."""
    choice = Question.objects.active().filter(card=question.card_id, form="choice").first()
    return [option["text"] for option in choice.content["distractors"]] if choice else []


def _token(chance: Draw) -> UUID:
    return UUID(int=chance.pick(2**64) << 64 | chance.pick(2**64), version=4)


def has_cards(deck: Deck) -> bool:
    return Card.objects.live().filter(deck=deck).exists()
