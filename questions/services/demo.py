"""Demonstration data: a class whose students have studied for weeks, through the same services
that pages use, at moments in the past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from questions.domain.chance import Draw, draw
from questions.domain.scheduling import retrievability
from questions.domain.simulation import simulated_answer
from questions.models import Card, Classroom, Deck, Enrolment, Question, Review, StudySession
from questions.queries.study import Asking, Telling, next_step
from questions.services import study
from questions.services.study import Submission
from studyapp.accounts.models import User

MOST_STEPS = 60
# Nobody begins to look at a demonstration of a habit just given up.
LAST_DAYS = 3
SEED = b"demo"


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
    answers = 0
    for ago in range(persona.days, 0, -1):
        day = (now - timedelta(days=ago)).date()
        chance = draw(SEED, persona.username, day.isoformat())
        if progress:
            progress(persona.days - ago)
        if ago > LAST_DAYS and chance.uniform() > persona.share_of_days:
            continue
        # New cards go to the deck that comes first, so the second has its days too.
        for deck in decks if chance.pick(3) else reversed(decks):
            answers += _study_day(learner, persona, deck, day, chance)
    if progress:
        progress(persona.days)
    return answers


def _study_day(learner: User, persona: DemoStudent, deck: Deck, day: date, chance: Draw) -> int:
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
            _answer(session, step, persona, moment, chance)
            answers += 1
    return answers


def _answer(
    session: StudySession, step: Asking, persona: DemoStudent, moment: datetime, chance: Draw
) -> None:
    state = step.memory.state
    recall = retrievability(state, session.day) if state.stability else 0.75
    knows = chance.uniform() < min(0.97, recall * persona.skill)
    given = simulated_answer(
        step.presented,
        step.question.content,
        knows=knows,
        draw=chance,
        errors=_likely_errors(step.question),
    )
    shown_at = moment - timedelta(seconds=3 + chance.pick(9))
    submission = Submission(_token(chance), step.memory.version, given, shown_at)
    study.answer(session.learner, step.memory.pk, step.question.pk, submission, moment, session.pk)


def _likely_errors(question: Question) -> list[str]:
    """What the same card's choices offer beside the right answer."""
    choice = Question.objects.active().filter(card=question.card_id, form="choice").first()
    return [option["text"] for option in choice.content["distractors"]] if choice else []


def _token(chance: Draw) -> UUID:
    return UUID(int=chance.pick(2**64) << 64 | chance.pick(2**64), version=4)


def has_cards(deck: Deck) -> bool:
    return Card.objects.live().filter(deck=deck).exists()
