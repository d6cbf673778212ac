"""Classes and their codes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.forms import ModelMultipleChoiceField

from questions.forms.classes import ClassForm
from questions.models import Deck, Enrolment
from questions.queries.classes import class_report, classes_joined
from questions.services import classes
from questions.services.classes import NoSuchCode, OwnClass
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_code_has_eight_letters_that_are_not_taken_for_each_other() -> None:
    codes = {classes.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 8 for code in codes)
    assert not set("".join(codes)) & set("ILO01AEU")


def test_a_class_makes_its_private_decks_studiable_and_leaving_ends_it() -> None:
    teacher, student = builders.teacher(), builders.user()
    deck = builders.deck(teacher, visibility="private")
    classroom = classes.create_class(teacher, "Year 10", [deck])
    assert not Deck.objects.for_user(student).filter(pk=deck.pk).exists()
    classes.join(student, classroom.code)
    assert Deck.objects.for_user(student).filter(pk=deck.pk).exists()
    classes.leave(student, classroom)
    assert not Deck.objects.for_user(student).filter(pk=deck.pk).exists()


def test_a_deck_its_owner_made_private_leaves_the_classes_of_other_teachers() -> None:
    owner, other, theirs, own = (
        builders.teacher(), builders.teacher(), builders.user(), builders.user()
    )  # fmt: skip
    deck = builders.deck(owner, visibility="public")
    classroom = classes.create_class(other, "Year 9", [deck])
    classes.join(theirs, classroom.code)
    classes.join(own, classes.create_class(owner, "Year 10", [deck]).code)
    Deck.objects.filter(pk=deck.pk).update(visibility="private")
    kept = [user for user in (owner, other, theirs, own) if deck in Deck.objects.for_user(user)]
    assert kept == [owner, own]
    assert [line.decks for line in classes_joined(theirs)] == [[]]
    assert [line.decks for line in classes_joined(own)] == [[deck]]
    assert class_report(classroom, datetime.now(UTC)).decks == []


def test_a_deck_of_many_classes_is_listed_once() -> None:
    teacher, student = builders.teacher(), builders.user()
    deck = builders.deck(teacher, visibility="private")
    for name in ("Year 9", "Year 10"):
        classroom = classes.create_class(teacher, name, [deck])
        classes.join(student, classroom.code)
        classes.join(builders.user(), classroom.code)
    assert list(Deck.objects.for_user(student)) == [deck]
    assert list(Deck.objects.for_user(teacher)) == [deck]


def test_a_teacher_gives_a_class_their_own_and_public_decks() -> None:
    teacher = builders.teacher()
    own = builders.deck(teacher, visibility="private")
    public, _ = builders.deck(), builders.deck(visibility="private")
    field = ClassForm(teacher=teacher).fields["decks"]
    assert isinstance(field, ModelMultipleChoiceField)
    assert set(field.queryset or ()) == {own, public}


def test_the_code_may_be_typed_in_small_letters_with_spaces() -> None:
    classroom = classes.create_class(builders.teacher(), "Year 10", [])
    typed = f" {classroom.code[:4].lower()}-{classroom.code[4:].lower()} "
    joined, is_new = classes.join(builders.user(), typed)
    assert joined == classroom
    assert is_new


def test_joining_twice_is_joining_once() -> None:
    classroom = classes.create_class(builders.teacher(), "Year 10", [])
    student = builders.user()
    classes.join(student, classroom.code)
    assert classes.join(student, classroom.code) == (classroom, False)
    assert Enrolment.objects.filter(classroom=classroom).count() == 1


def test_an_old_code_lets_nobody_in() -> None:
    classroom = classes.create_class(builders.teacher(), "Year 10", [])
    old = classroom.code
    classes.renew_code(classroom)
    with pytest.raises(NoSuchCode):
        classes.join(builders.user(), old)
    assert classes.join(builders.user(), classroom.code)[1]


def test_a_teacher_does_not_join_their_own_class() -> None:
    classroom = classes.create_class(builders.teacher(), "Year 10", [])
    with pytest.raises(OwnClass):
        classes.join(classroom.teacher, classroom.code)
