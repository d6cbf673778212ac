"""Rows to test with, each with as little as its test need not name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from questions.domain.grading import Expected
from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import (
    Card,
    Deck,
    Entity,
    Fact,
    Memory,
    Passage,
    Question,
    Review,
    Source,
    Support,
    Topic,
)
from studyapp.accounts.models import User

_number = count(1)

EXPECTED = {
    "name": Expected(kind="name", value="Georgy Zhukov", entity="zhukov"),
    "number": Expected(kind="number", value="90417"),
    "date": Expected(kind="date", value="1941-04-13"),
}


def user(role: str = "student", **fields: Any) -> User:
    username = fields.pop("username", f"{role}{next(_number)}")
    return User.objects.create_user(username, password="secret-42", role=role, **fields)


def teacher(**fields: Any) -> User:
    return user("teacher", **fields)


def deck(owner: User | None = None, **fields: Any) -> Deck:
    number = next(_number)
    fields = {"title": f"Deck {number}", "slug": f"deck-{number}", "visibility": "public"} | fields
    return Deck.objects.create(owner=owner or teacher(), **fields)


def topic(of: Deck, title: str = "A topic", **fields: Any) -> Topic:
    return Topic.objects.create(deck=of, key=f"topic{next(_number)}", title=title, **fields)


def source(of: Deck, title: str = "A book", **fields: Any) -> Source:
    return Source.objects.create(deck=of, key=f"source{next(_number)}", title=title, **fields)


def entity(of: Deck, name: str = "A thing", type: str = "thing", **fields: Any) -> Entity:  # noqa: A002
    key = fields.pop("key", f"entity{next(_number)}")
    return Entity.objects.create(deck=of, key=key, name=name, type=type, **fields)


def fact(about: Entity, relation: str = "began", value: str = "1941-04-13", **fields: Any) -> Fact:
    """A fact with a source of its own, unless `source` gives one (or None for none)."""
    said_in = fields.pop("source", "own")
    uid = fields.pop("uid", f"fact{next(_number)}")
    made = Fact.objects.create(
        deck=about.deck, uid=uid, about=about, relation=relation, value=value, **fields
    )
    if said_in is not None:
        book = source(about.deck) if said_in == "own" else said_in
        passage, _ = Passage.objects.get_or_create(source=book, locator="page 1", quote="")
        Support.objects.create(fact=made, passage=passage)
    return made


def card(of: Deck, *, about: Fact | None = None, **fields: Any) -> Card:
    number = next(_number)
    fields = {
        "key": f"card{number}",
        "direction": "value",
        "siblings": about.uid if about else f"card{number}",
        "facts": [about.uid] if about else [],
        "position": number,
    } | fields
    return Card.objects.create(deck=of, fact=about, **fields)


def content(form: str) -> dict[str, Any]:
    """What a question of this form holds; the right answers are "Right", 90417, or in order."""

    def option(text: str) -> dict[str, str]:
        return {"text": text, "entity": "", "value": text}

    match form:
        case "choice":
            return {
                "key": option("Right"),
                "distractors": [option(f"Wrong {n}") for n in range(1, 5)],
                "sorted": False,
            }
        case "true_false":
            return {"true": "Ice is frozen water.", "false": ["Ice is frozen milk."]}
        case "cloze":
            return {
                "before": "Everything comes to ",
                "after": ".",
                "expected": EXPECTED["number"].to_json(),
            }
        case "list":
            names = ("Molotov", "Matsuoka")
            return {"expected": [Expected(kind="term", value=name).to_json() for name in names]}
        case "ordering":
            events = ("First", "Second", "Third", "Fourth")
            return {
                "items": [{"text": name, "when": str(81900 + n)} for n, name in enumerate(events)]
            }
        case "matching":
            return {"pairs": [["Paris", "France"], ["Rome", "Italy"]], "spares": ["Spain"]}
        case "flashcard":
            return {"answer": "Both keep the peace.", "points": ["peace", "both"]}
        case _:
            return {"expected": EXPECTED["number"].to_json()}


def question(of: Card, form: str = "typed", **fields: Any) -> Question:
    fields = {
        "slot": f"{form}:{next(_number)}",
        "stem": f"A question of the form {form}?",
        "statement": "This is how it is.",
        "content": content(form),
    } | fields
    return Question.objects.create(card=of, form=form, **fields)


def asked_card(of: Deck, *forms: str, **fields: Any) -> Card:
    """A card with a question in each of the forms."""
    made = card(of, **fields)
    for form in forms or ("typed",):
        question(made, form)
    return made


def memory(learner: User, of: Card, day: date, **fields: Any) -> Memory:
    """A memory last answered right on that day, to last for 20 days."""
    fields = {
        "stability": 20.0,
        "difficulty": 5.0,
        "last_day": day,
        "due": day + timedelta(days=20),
        "reps": 1,
        "step": 2,
        "version": 1,
    } | fields
    return Memory.objects.create(learner=learner, card=of, deck=of.deck, **fields)


def review(of: Memory, day: date, rating: int | None = 3, **fields: Any) -> Review:
    """An answer in the memory's log, the next in its sequence."""
    fields = {
        "sequence": of.reviews.count() + 1,
        "kind": "answer",
        "question": of.card.questions.first(),
        "verdict": "wrong" if rating == 1 else "right",
        "score": 0.0 if rating == 1 else 1.0,
        "due": day + timedelta(days=1),
        "milliseconds": 6_000,
        "shown": Presented(Form.TYPED, "?").to_json(),
        "given": {"text": ["90417"]},
    } | fields
    return Review.objects.create(
        memory=of,
        learner=of.learner,
        submission=uuid4(),
        rating=rating,
        day=day,
        time_zone="UTC",
        at=datetime.combine(day, datetime.min.time(), UTC),
        **fields,
    )
