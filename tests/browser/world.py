"""A small world in which every page has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from questions.models import (
    Attempt,
    AttemptItem,
    Card,
    Classroom,
    Deck,
    Question,
    Review,
    Ruling,
    StudySession,
)
from questions.queries.claims import case_of
from questions.queries.quizzes import items_of
from questions.queries.study import Asking, next_step
from questions.services import classes, demo, quizzes, study
from questions.services.interchange import import_deck
from questions.services.quizzes import Wish
from studyapp.accounts.models import User
from tests import builders
from tests.browser.studying import FORMS, deck_of

# Two battles, a treaty, a disagreement, an uncertain fact, a question written by hand.
DECK = """\
title: Three encounters
description: A small deck with a disagreement and a doubt in it.
use: [history]
topics: {battles: Battles, treaties: Treaties}
sources:
  book: {title: A book of battles, author: Ann Author, year: 1999, cite: the book}
  site: {title: A site on treaties, url: https://example.org/, cite: the site}
entities:
  north: {type: state, name: Northland, adjective: Northlandic}
  south: {type: state, name: Southmark, adjective: Southmarkish}
  west: {type: state, name: Westria, adjective: Westrian}
  hill: {type: battle, name: Battle of the Hill, the: yes, topic: battles, also: [Hill Affair]}
  river: {type: battle, name: Battle of the River, the: yes, topic: battles}
  moor: {type: battle, name: Battle of the Moor, the: yes, topic: battles}
  peace: {type: treaty, name: Peace of Lakeside, the: yes, topic: treaties}
  adams: {type: person, name: Bertha Adams, surname: Adams, side: north, active: 1915/1957}
  brown: {type: person, name: Carl Brown, surname: Brown, side: south, active: 1910/1950}
  ford: {type: place, name: Ford of the River, also: [The Ford, {name: 浅瀬, lang: ja, loose: yes}]}
  clark: {type: person, name: Dora Clark, surname: Clark, side: west, active: 1912/1960}
relations:
  weather:
    about: [battle]
    value: term
    ask: ["What was the weather of {about}?", "What was it like at {about}?"]
    state: ["The weather of {about} was {value}."]
  nickname:
    about: [person]
    value: term
    ask: ["What was {about} called by the troops?", "Which nickname had {about}?"]
    state: ["{About} was called {value}."]
facts:
  - {about: hill, is: fought, value: 1938-07-29/1938-08-11, source: book page 4}
  - {about: river, is: fought, value: 1939-05-11/1939-09-15, source: book page 9}
  - {about: river, is: fought, value: 1939-05-11/1939-09-16, source: site table}
  - {about: moor, is: fought, value: 1940-02, source: book page 12, status: uncertain}
  - {about: peace, is: signed, value: 1941-04-13, source: [site paragraph 1, book page 20]}
  - {about: hill, is: commander, value: adams, side: north, source: book page 5}
  - {about: hill, is: commander, value: brown, side: south, source: book page 5}
  - {about: river, is: commander, value: clark, side: west, source: book page 10}
  - {about: peace, is: signatory, value: adams, side: north, source: site paragraph 2}
  - {about: peace, is: signatory, value: brown, side: south, source: site paragraph 2}
  - {about: hill, is: significance, value: It was the first of the three, source: book page 4}
  - {about: adams, is: nickname, value: the Fox, source: book page 6}
questions:
  - id: q1
    form: choice
    stem: Which treaty ended it?
    key: Peace of Lakeside
    distractors: [Peace of Hilltown, Truce of the Moor]
"""
SAM = demo.DemoStudent("sam", "Sam", "Learner", 12, 0.9, 0.8, 10)
REASON = "A distractor is right as well."


@dataclass
class World:
    """`deck` has facts, and weeks of answers by `student`; `kinds` a card of each form."""

    teacher: User
    student: User
    newcomer: User
    deck: Deck
    kinds: Deck
    classroom: Classroom
    session: StudySession
    answers: dict[str, Review]
    quiz: Attempt
    finished: Attempt

    @property
    def fact(self) -> str:
        return self.deck.facts.order_by("pk")[0].uid

    @property
    def accepted(self) -> int:
        return Ruling.objects.get(deck=self.kinds, decision="accepted").pk

    def asks_for(self, key: str) -> int:
        """A typed question of `deck` whose answer is this."""
        rows = Question.objects.active().filter(card__deck=self.deck, form="typed")
        return rows.filter(content__expected__entity=key)[0].pk


def made() -> World:
    now = timezone.now()
    teacher, student = builders.teacher(), builders.user(username="sam", new_per_day=30)
    deck = import_deck(teacher, DECK.encode()).deck
    kinds = deck_of(*FORMS, *FORMS)
    kinds.owner = teacher
    kinds.save()
    classroom = classes.create_class(teacher, "Class 4b", [deck, kinds])
    classes.join(student, classroom.code)
    demo.study_the_past(student, SAM, [deck], now)
    session, answers = _answered(student, kinds, now)
    _decided(teacher, answers["claimed"])
    return World(
        teacher,
        student,
        builders.user(),
        deck,
        kinds,
        classroom,
        session,
        answers,
        _quiz(student, kinds),
        _finished_quiz(student, kinds),
    )


def _answered(student: User, kinds: Deck, now: datetime) -> tuple[StudySession, dict[str, Review]]:
    """One card of each form told and answered wrongly a moment ago, and one claimed right."""
    session = study.start(student, kinds, now)
    cards = kinds.cards.all()
    answers = {
        form: _told_and_answered(session, card, now)
        for form, card in zip(FORMS, cards, strict=False)
    }
    claimed = _told_and_answered(session, kinds.cards.filter(questions__form="typed")[1], now)
    answers["claimed"] = study.claim_right(student, claimed.pk, uuid4(), now)
    study.report_problem(answers["choice"], REASON)
    return session, answers


def _decided(teacher: User, claimed: Review) -> None:
    question = claimed.question
    assert question
    for number, decision in enumerate(("accepted", "kept")):
        case = case_of(question.card.deck, question, f"{number}2 of them")
        Ruling.objects.create(
            deck=case.deck, question=question, teacher=teacher, expected=case.expected,
            folded=case.folded, given=case.given, spelling="92", decision=decision,
        )  # fmt: skip


def _card(of: Deck, form: str, number: int) -> Card:
    return of.cards.filter(questions__form=form)[number]


def _told_and_answered(session: StudySession, card: Card, now: datetime) -> Review:
    study.tell_card(session, card, uuid4(), now)
    step = next_step(session, session.day, first=card.pk)
    assert isinstance(step, Asking)
    return _answer(session, step, now)


def _answer(session: StudySession, step: Asking, now: datetime) -> Review:
    given = wrong_for(step)
    submission = study.Submission(uuid4(), step.memory.version, given, now - timedelta(seconds=9))
    outcome = study.answer(
        session.learner, step.memory.pk, step.question.pk, submission, now, session.pk
    )
    assert isinstance(outcome, study.Recorded), outcome
    return outcome.review


def wrong_for(step: Asking) -> dict[str, list[str]]:
    """Altogether wrong, so that the card is asked again today."""
    shown = step.presented
    match shown.form:
        case "choice":
            return {"option": [str((shown.key[0] + 1) % len(shown.options))]}
        case "true_false":
            return {"option": [str(1 - shown.key[0])]}
        case "ordering":
            last_first = [len(shown.key) - shown.key.index(at) for at in range(len(shown.key))]
            return {"place": [str(place) for place in last_first]}
        case "matching":
            spare = next(at for at in range(len(shown.options)) if at not in shown.key)
            return {"pair": [str(spare) for _ in shown.prompts]}
        case "flashcard":
            return {"text": ["They keep it"], "rating": ["1"]}
        case _:
            return {"text": ["17"]}


def _quiz(student: User, of: Deck) -> Attempt:
    """Nothing answered but one gap, of which the student said that it was right."""
    quiz = quizzes.make(student, of, Wish((0,), FORMS, 2 * len(FORMS)), uuid4())
    quizzes.claim_right(_missed(quiz, "cloze", 1))
    return quiz


def _finished_quiz(student: User, of: Deck) -> Attempt:
    quiz = _quiz(student, of)
    for form in ("typed", "list", "cloze"):
        _missed(quiz, form, 0)
    return quizzes.finish(quiz)


def quiz_item(quiz: Attempt, form: str, number: int) -> AttemptItem:
    return items_of(quiz).filter(question__form=form)[number]


def _missed(quiz: Attempt, form: str, number: int) -> AttemptItem:
    item = quiz_item(quiz, form, number)
    quizzes.answer(item, study.Submission(uuid4(), 0, {"text": ["17"]}), timezone.now())
    return item
