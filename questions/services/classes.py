"""Classes: made by a teacher, joined by students with a code."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from questions.models import Classroom, Deck, Enrolment
from studyapp.accounts.models import User

# Capital letters that are not taken for each other, and that make no words.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 8


class NoSuchCode(Exception):
    """No class has this code."""


class OwnClass(Exception):
    """Teachers do not join their own classes."""


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def plain_code(text: str) -> str:
    """The code as it is kept, however it was typed: "bcdf-ghjk" is BCDFGHJK."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def create_class(teacher: User, name: str, decks: Iterable[Deck]) -> Classroom:
    while True:
        try:
            with transaction.atomic():
                classroom = Classroom.objects.create(teacher=teacher, name=name, code=new_code())
                classroom.decks.set(decks)
        except IntegrityError:  # the code is taken
            continue
        return classroom


@transaction.atomic
def change_class(classroom: Classroom, name: str, decks: Iterable[Deck]) -> None:
    classroom.name = name
    classroom.save(update_fields=["name"])
    classroom.decks.set(decks)


def renew_code(classroom: Classroom) -> None:
    """The old code lets nobody in any more; who is in stays."""
    while True:
        classroom.code = new_code()
        try:
            with transaction.atomic():
                classroom.save(update_fields=["code"])
        except IntegrityError:
            continue
        return


def join(learner: User, code: str) -> tuple[Classroom, bool]:
    """The class, and whether the learner is new in it. Raises NoSuchCode and OwnClass."""
    classroom = Classroom.objects.filter(code=plain_code(code)).first()
    if classroom is None:
        raise NoSuchCode(code)
    if classroom.teacher_id == learner.pk:
        raise OwnClass(code)
    _, is_new = Enrolment.objects.get_or_create(classroom=classroom, learner=learner)
    return classroom, is_new


def leave(learner: User, classroom: Classroom) -> None:
    """What they learned stays theirs."""
    Enrolment.objects.filter(classroom=classroom, learner=learner).delete()


def delete_class(classroom: Classroom) -> None:
    classroom.delete()
