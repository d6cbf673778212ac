"""Who may do what: every address of a teacher's pages and of classes, in every way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from django.test import Client
from django.urls import reverse

from questions.models import Card, Deck, Fact, Question, Ruling, Veto
from questions.services import authoring, classes
from studyapp.accounts.models import User
from tests import builders

pytestmark = pytest.mark.django_db

GET, POST, BOTH = {"get"}, {"post"}, {"get", "post"}
OF_TEACHERS = {
    "teach": GET,
    "teach_deck_new": BOTH,
    "teach_import": BOTH,
    "class_new": BOTH,
}
OF_OWNER = {
    "teach_import_check": GET,
    "teach_import_confirm": POST,
    "teach_deck": GET,
    "teach_deck_settings": BOTH,
    "teach_deck_export": GET,
    "entities": GET,
    "entity_edit": BOTH,
    "entity_delete": BOTH,
    "entity_restore": POST,
    "topics": BOTH,
    "topic_edit": BOTH,
    "topic_move": POST,
    "topic_delete": BOTH,
    "topic_restore": POST,
    "relations": GET,
    "relation_new": BOTH,
    "relation_edit": BOTH,
    "relation_delete": BOTH,
    "relation_restore": POST,
    "fact_new": BOTH,
    "fact_controls": POST,
    "fact_preview": POST,
    "entity_options": GET,
    "fact_edit": BOTH,
    "fact_delete": BOTH,
    "fact_restore": POST,
    "list_mark": POST,
    "fact_questions": GET,
    "veto": POST,
    "vetoes": GET,
    "veto_lift": POST,
    "questions_refresh": POST,
    "authored": GET,
    "authored_new": BOTH,
    "authored_controls": POST,
    "authored_preview": POST,
    "authored_edit": BOTH,
    "authored_delete": POST,
    "authored_restore": POST,
    "drafts": GET,
    "draft_settle": POST,
    "reports": GET,
    "report_close": POST,
    "answers": GET,
    "withdrawn": GET,
    "ask_again": POST,
    "answer_rule": BOTH,
    "decided": GET,
    "answer_undo": BOTH,
    "classroom": GET,
    "class_edit": BOTH,
    "class_code": POST,
    "class_delete": BOTH,
    "class_remove": POST,
}
OF_FACT = ("fact_edit", "fact_delete", "fact_restore", "list_mark", "fact_questions", "veto")
OF_ALL = {"classes": GET, "join": BOTH, "join_code": BOTH, "class_leave": POST}
EVERY = {**OF_TEACHERS, **OF_OWNER, **OF_ALL}
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def deck(teacher: User) -> Deck:
    """Rows alone: no questions need to be written here."""
    own = {"text": "relations: {weather: {value: term}}"}
    deck = builders.deck(teacher, use=["history"], visibility="private", own_vocabulary=own)
    fact = builders.fact(builders.entity(deck, type="battle", key="battle"), uid="imbria-founded")
    builders.asked_card(deck, about=fact)
    deck.topics.create(key="north", title="The north")
    return deck


@pytest.fixture
def addresses(deck: Deck) -> dict[str, str]:
    """Each page's address, of things that exist and are this deck's."""
    slug, card = deck.slug, Card.objects.filter(deck=deck)[0]
    row = deck.authored.create(key_id="why", form="typed", stem="Why?", key="Because")
    draft = builders.question(card, state=Question.State.DRAFT)
    report = draft.problem_reports.create(learner=builders.user(), text="Odd")
    veto = Veto.objects.create(fact=deck.facts.get(), value="imbria", teacher=deck.owner)
    classroom = classes.create_class(deck.owner, "Year 10", [deck])
    pupil = builders.user()
    classes.join(pupil, classroom.code)
    upload = authoring.keep_upload(deck.owner, "x.yaml", b"title: X", None)
    args: dict[str, list[object]] = {
        "teach_import_check": [upload.pk],
        "teach_import_confirm": [upload.pk],
        "draft_settle": [slug, draft.pk],
        "report_close": [slug, report.pk],
        "ask_again": [slug, draft.pk],
        "answer_undo": [slug, accepted(draft).pk],
        "veto_lift": [slug, veto.pk],
        "class_remove": [classroom.pk, pupil.pk],
        "join_code": [classroom.code],
    }
    for name in EVERY:
        if name in OF_FACT:
            args[name] = [slug, "imbria-founded"]
        elif name in ("entity_edit", "entity_delete", "entity_restore"):
            args[name] = [slug, "battle"]
        elif name in ("topic_edit", "topic_move", "topic_delete", "topic_restore"):
            args[name] = [slug, "north"]
        elif name in ("relation_edit", "relation_delete", "relation_restore"):
            args[name] = [slug, "weather"]
        elif name in ("authored_edit", "authored_delete", "authored_restore"):
            args[name] = [slug, row.key_id]
        elif name in ("classroom", "class_edit", "class_code", "class_delete", "class_leave"):
            args[name] = [classroom.pk]
        elif name in OF_OWNER:
            args.setdefault(name, [slug])
    found = {name: reverse(f"questions:{name}", args=args.get(name, [])) for name in EVERY}
    found["answer_rule"] += f"?do=faulty&question={card.questions.all()[0].pk}"
    return found


def accepted(question: Question) -> Ruling:
    deck = question.card.deck
    return Ruling.objects.create(
        deck=deck, question=question, teacher=deck.owner, expected="card:0", decision="accepted"
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ways(of: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Each page's name with each of its methods."""
    return ((name, method) for name, methods in of.items() for method in sorted(methods))


def test_who_is_not_signed_in_is_asked_to(addresses: dict[str, str]) -> None:
    for name, method in ways(EVERY):
        response = getattr(Client(), method)(addresses[name])
        assert response.status_code == 302, name
        assert response.url.startswith(reverse("accounts:sign_in")), name


def test_a_student_is_told_that_the_page_is_for_teachers(addresses: dict[str, str]) -> None:
    client = signed_in(builders.user())
    for name, method in ways({**OF_TEACHERS, **OF_OWNER}):
        assert getattr(client, method)(addresses[name]).status_code == 403, name


def test_another_teachers_things_do_not_exist(addresses: dict[str, str]) -> None:
    client = signed_in(builders.teacher())
    for name, method in ways(OF_OWNER):
        assert getattr(client, method)(addresses[name]).status_code == 404, name


def test_nobody_leaves_a_class_they_are_not_in(addresses: dict[str, str]) -> None:
    assert signed_in(builders.user()).post(addresses["class_leave"]).status_code == 404


def test_other_methods_are_refused(client: Client, addresses: dict[str, str]) -> None:
    for name, method in ways({name: METHODS - known for name, known in EVERY.items()}):
        assert getattr(client, method)(addresses[name]).status_code == 405, name


def test_looking_at_pages_changes_nothing(client: Client, addresses: dict[str, str]) -> None:
    before = list(Fact.objects.values_list("uid", "removed", "updated_at"))
    for name, methods in EVERY.items():
        if "get" in methods and name != "teach_import_check":
            assert client.get(addresses[name]).status_code == 200, name
    assert list(Fact.objects.values_list("uid", "removed", "updated_at")) == before
