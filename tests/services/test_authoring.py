"""Questions by hand, drafts, files: a teacher's work besides facts."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.admin import site
from django.test import RequestFactory

from questions.admin import DeckAdmin
from questions.domain import facts as domain
from questions.domain.facts import AuthoredForm, Status
from questions.domain.interchange import DeckErrors
from questions.models import AuthoredQuestion, Card, Deck, DeckUpload, Fact, Memory, Question
from questions.queries.interchange import deck_file
from questions.queries.study import Telling, next_step
from questions.services import authoring, study
from questions.services.facts import add_fact
from questions.services.generation import write_questions
from questions.services.interchange import free_slug
from tests import builders
from tests.web.teach.sample import DECK, NOON, entry, lunar_deck

pytestmark = pytest.mark.django_db

WHY = domain.AuthoredQuestion(
    "", AuthoredForm.CHOICE, "Why is it dry?", "No rain falls", ("It leaks", "It is hot"),
    explanation="There is no air.", passages=(domain.Passage("atlas", "page 7"),),
)  # fmt: skip

DECKS = {"lunar": lunar_deck}


def drafted(deck: Deck) -> Fact:
    return add_fact(deck, entry("imbria", "motto", "Rain will come", status=(Status.DERIVED,)))


def states(fact: Fact) -> set[str]:
    rows = Question.objects.filter(card__fact=fact).exclude(state=Question.State.RETIRED)
    return set(rows.values_list("state", flat=True))


def test_a_question_by_hand_is_met_in_study(deck: Deck) -> None:
    row = authoring.save_authored(deck, WHY)
    Card.objects.filter(deck=deck).exclude(key=f"authored:{row.key_id}").update(retired=True)
    step = next_step(study.start(deck.owner, deck, NOON), NOON.date())
    assert isinstance(step, Telling)
    assert step.question.stem == "Why is it dry?"
    assert step.question.explanation == "There is no air."


def test_editing_a_question_by_hand_keeps_its_card_and_memories(deck: Deck) -> None:
    row = authoring.save_authored(deck, WHY)
    card = Card.objects.get(key=f"authored:{row.key_id}")
    memory = study.tell_card(study.start(deck.owner, deck, NOON), card, uuid4(), NOON)
    changed = domain.AuthoredQuestion("", AuthoredForm.TYPED, "What never falls?", "Rain")
    authoring.save_authored(deck, changed, row)
    assert [each.stem for each in card.questions.active()] == ["What never falls?"]
    assert Memory.objects.get(pk=memory.pk).card == card


def test_a_deleted_question_retires_its_card_until_it_is_brought_back(deck: Deck) -> None:
    row = authoring.save_authored(deck, WHY)
    card = Card.objects.get(key=f"authored:{row.key_id}")
    authoring.set_authored_removed(row, removed=True)
    assert not Card.objects.live().filter(pk=card.pk).exists()
    authoring.set_authored_removed(row, removed=False)
    assert Card.objects.live().filter(pk=card.pk).exists()
    assert card.questions.active().count() == 1


def test_a_rejected_draft_does_not_come_back(deck: Deck) -> None:
    fact = drafted(deck)
    authoring.reject_drafts(Question.objects.filter(card__fact=fact), deck.owner)
    write_questions(deck)
    write_questions(deck, only={fact.uid})
    assert states(fact) == set()


def test_only_drafts_can_be_rejected(deck: Deck) -> None:
    asked = Question.objects.active().filter(card__deck=deck)
    number = asked.count()
    authoring.reject_drafts(asked, deck.owner)
    assert Question.objects.active().filter(card__deck=deck).count() == number > 0


def test_a_new_deck_gets_an_address_of_its_own() -> None:
    teacher = builders.teacher()
    first = authoring.create_deck(teacher, "My deck", "en", ["history"])
    second = authoring.create_deck(teacher, "My deck", "en", [])
    assert (first.slug, second.slug) == ("my-deck", "my-deck-2")
    assert first.visibility == Deck.Visibility.PRIVATE


def test_an_upload_changes_nothing_before_it_is_confirmed(deck: Deck) -> None:
    changed = DECK.replace("1931-04-02", "1931-04-03").encode()
    upload = authoring.keep_upload(deck.owner, "moon.yaml", changed, deck)
    report = authoring.import_upload(upload, dry_run=True)
    assert [new.value for _, new in report.changes.facts.changed] == ["1931-04-03"]
    assert Fact.objects.get(uid="imbria-founded").value == "1931-04-02"
    authoring.import_upload(DeckUpload.objects.get(), dry_run=False)
    assert Fact.objects.get(uid="imbria-founded").value == "1931-04-03"
    assert not DeckUpload.objects.exists()


def test_a_faulty_upload_says_where() -> None:
    upload = authoring.keep_upload(builders.teacher(), "x.yaml", b"title: X\nfacts: [{}]\n", None)
    with pytest.raises(DeckErrors) as caught:
        authoring.import_upload(upload, dry_run=True)
    assert {error.line for error in caught.value.errors} == {2}


def test_only_the_latest_upload_of_a_teacher_is_kept() -> None:
    teacher = builders.teacher()
    authoring.keep_upload(teacher, "one.yaml", b"title: One", None)
    authoring.keep_upload(teacher, "two.yaml", b"title: Two", None)
    assert [each.data for each in DeckUpload.objects.all()] == [b"title: Two"]


def test_what_is_edited_here_stands_in_the_exported_file(deck: Deck) -> None:
    add_fact(deck, entry("vaporia", "motto", "Mist and mirth"))
    authoring.save_authored(deck, WHY)
    deck.refresh_from_db()
    text = deck_file(deck)
    assert "value: Mist and mirth, source: atlas page 9" in text
    assert "stem: Why is it dry?" in text


def test_writing_questions_reads_the_deck_as_it_is_now(deck: Deck) -> None:
    opened_before = Deck.objects.get(pk=deck.pk)
    own = deck.own_vocabulary["text"].replace("What is the capital of", "What town governs")
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={"text": own}, revision=deck.revision + 1)
    write_questions(opened_before)
    assert Question.objects.active().filter(stem="What town governs Imbria?").exists()


def test_who_adds_a_question_holds_the_deck_before_its_number_is_found(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or two who add one at once find the same."""
    real, revisions = authoring._new_row, []

    def watched(of: Deck) -> AuthoredQuestion:
        revisions.append(Deck.objects.get(pk=of.pk).revision)
        return real(of)

    monkeypatch.setattr(authoring, "_new_row", watched)
    authoring.save_authored(deck, WHY)
    assert revisions == [deck.revision + 1]


def test_each_change_of_a_question_by_hand_counts_the_revision_up_once(deck: Deck) -> None:
    row = authoring.save_authored(deck, WHY)
    authoring.set_authored_removed(row, removed=True)
    authoring.set_authored_removed(row, removed=True)
    assert Deck.objects.get(pk=deck.pk).revision == deck.revision + 2


def test_an_address_taken_meanwhile_is_counted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    teacher, name = builders.teacher(), "questions.services.authoring.free_slug"

    def before_the_other(title: str) -> str:
        monkeypatch.setattr(name, free_slug)
        slug = free_slug(title)
        authoring.create_deck(teacher, title, "en", [])
        return slug

    monkeypatch.setattr(name, before_the_other)
    assert authoring.create_deck(teacher, "My deck", "en", []).slug == "my-deck-2"


def test_the_administration_writes_only_what_was_changed_there(deck: Deck) -> None:
    page = DeckAdmin(Deck, site)
    request = RequestFactory().post("/")
    request.user = builders.user(is_superuser=True)
    form = page.get_form(request, deck, change=True)
    values = {"title": "Renamed", "owner": deck.owner_id, "visibility": "private"}
    filled = form(values, instance=Deck.objects.get(pk=deck.pk))
    assert filled.is_valid()
    own = {"text": deck.own_vocabulary["text"] + "\n"}
    Deck.objects.filter(pk=deck.pk).update(revision=deck.revision + 1, own_vocabulary=own)
    page.save_model(request, filled.save(commit=False), filled, change=True)
    found = Deck.objects.get(pk=deck.pk)
    assert (found.title, found.revision) == ("Renamed", deck.revision + 1)
    assert found.own_vocabulary == own
    assert found.updated_at > deck.updated_at
