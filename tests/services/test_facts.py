"""What becomes of cards, questions and memories when a teacher edits a deck fact by fact."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest

from questions.domain import facts as domain
from questions.models import Card, Deck, Entity, Fact, Memory, Question, Source
from questions.queries.facts import vocabulary_for
from questions.queries.study import Asking, Telling, next_step
from questions.services import facts, study
from questions.services.facts import (
    AlreadyStands,
    ChangedMeanwhile,
    FactEntry,
    add_fact,
    change_fact,
    remove_fact,
    restore_fact,
)
from questions.services.revisions import count_up
from questions.services.study import Recorded, Submission
from studyapp.accounts.models import User
from tests import builders
from tests.web.teach.sample import NOON, entry, lunar_deck, vaporia_founded

pytestmark = pytest.mark.django_db

DECKS = {"lunar": partial(lunar_deck, visibility="public")}


def known_card(deck: Deck, fact: Fact, learner: User) -> Memory:
    """The learner's memory of a fact's card, told and answered right."""
    card = Card.objects.live().get(fact=fact, direction="value")
    session = study.start(learner, deck, NOON)
    memory = study.tell_card(session, card, uuid4(), NOON)
    question = card.questions.active().get(slot="typed:0")
    given = {"text": ["5 May 1939"]}
    outcome = study.answer(
        learner, memory.pk, question.pk, Submission(uuid4(), memory.version, given), NOON
    )
    assert isinstance(outcome, Recorded)
    return Memory.objects.get(pk=memory.pk)


def test_a_new_fact_is_told_asked_and_scheduled_like_any_other(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    Card.objects.filter(deck=deck).exclude(fact=fact).update(retired=True)
    learner = builders.user()
    session = study.start(learner, deck, NOON)
    first = next_step(session, NOON.date())
    assert isinstance(first, Telling)
    assert first.card.fact == fact
    study.tell_card(session, first.card, uuid4(), NOON)
    second = next_step(session, NOON.date())
    assert isinstance(second, Asking)
    assert second.memory.card == first.card
    right = [str(index) for index in second.presented.key]
    submission = Submission(uuid4(), second.memory.version, {"option": right})
    study.answer(learner, second.memory.pk, second.question.pk, submission, NOON)
    assert Memory.objects.get(learner=learner).due > NOON.date()


def test_a_changed_value_keeps_card_and_memory_and_asks_anew(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    memory = known_card(deck, fact, builders.user())
    old = Question.objects.active().get(card=memory.card, slot="typed:0")
    change_fact(fact, entry("vaporia", "founded", "1939-05-06"), fact.updated_at)
    new = Question.objects.active().get(card=memory.card, slot="typed:0")
    assert new.version == old.version + 1
    assert new.content["expected"]["value"] == "1939-05-06"
    assert Memory.objects.get(pk=memory.pk).stability == memory.stability
    assert Card.objects.live().get(fact=fact, direction="value") == memory.card


def test_a_form_opened_before_somebody_else_saved_changes_nothing(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    seen = fact.updated_at
    change_fact(fact, entry("vaporia", "founded", "1939-05-06"), seen)
    with pytest.raises(ChangedMeanwhile) as caught:
        change_fact(fact, entry("vaporia", "founded", "1940"), seen)
    assert caught.value.fact.value == "1939-05-06"
    assert Fact.objects.get(pk=fact.pk).value == "1939-05-06"


def test_a_deleted_fact_leaves_study_and_comes_back_with_its_memories(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    memory = known_card(deck, fact, builders.user())
    remove_fact(fact)
    assert not Card.objects.live().filter(fact=fact).exists()
    assert Memory.objects.filter(pk=memory.pk).exists()
    restore_fact(Fact.objects.get(pk=fact.pk))
    assert Card.objects.live().filter(pk=memory.card_id).exists()
    assert Question.objects.active().filter(card=memory.card_id).exists()
    assert Memory.objects.get(pk=memory.pk).stability == memory.stability


def test_a_deleted_fact_given_again_is_itself_again(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    remove_fact(fact)
    again = vaporia_founded(deck)
    assert again.pk == fact.pk
    assert Card.objects.live().filter(fact=fact).exists()


def test_a_fact_that_stands_already_is_not_added_twice(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    with pytest.raises(AlreadyStands) as caught:
        vaporia_founded(deck)
    assert caught.value.fact == fact
    assert Fact.objects.live().filter(about__key="vaporia").count() == 1


def test_a_fact_cannot_come_back_beside_one_that_says_the_same(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    remove_fact(fact)
    other = add_fact(deck, entry("vaporia", "founded", "1940"))
    change_fact(other, entry("vaporia", "founded", "1939-05-05"), other.updated_at)
    with pytest.raises(AlreadyStands):
        restore_fact(Fact.objects.get(pk=fact.pk))
    assert Fact.objects.get(pk=fact.pk).removed


def test_a_rival_value_makes_the_other_facts_questions_name_their_source(deck: Deck) -> None:
    card = Card.objects.get(deck=deck, fact__uid="imbria-founded", direction="value")
    before = Question.objects.active().filter(card=card, form="choice")
    assert before.exists()
    assert not before.filter(stem__contains="According to").exists()
    rival = entry("imbria", "founded", "1944-01-01")
    almanac = (domain.Passage("almanac", "page 4"),)
    rival_fact = add_fact(deck, replace(rival, fact=replace(rival.fact, passages=almanac)))
    asked = Question.objects.active().filter(card=card, form="choice")
    assert asked.exists()
    assert all("According to" in question.stem for question in asked)
    remove_fact(rival_fact)
    settled = Question.objects.active().filter(card=card, form="choice")
    assert settled.exists()
    assert not settled.filter(stem__contains="According to").exists()


def test_new_entities_and_sources_come_with_the_fact(deck: Deck) -> None:
    fact = domain.Fact(
        "", "frigoria", "motto", "Cold hands", passages=(domain.Passage("doe", "page 2"),)
    )
    frigoria = domain.Entity("frigoria", "country", "Frigoria")
    add_fact(deck, FactEntry(fact, (frigoria,), (domain.Source("doe", "Frost", "Jane Doe"),)))
    assert Entity.objects.get(deck=deck, key="frigoria").name == "Frigoria"
    source = Source.objects.get(deck=deck, key="doe")
    assert source.position > Source.objects.get(deck=deck, key="almanac").position
    assert Question.objects.active().filter(stem="What is the motto of Frigoria?").exists()


def test_every_change_counts_the_revision_up(deck: Deck) -> None:
    fact = vaporia_founded(deck)
    revisions = [deck.revision, fact.deck.revision]
    remove_fact(fact)
    revisions.append(Deck.objects.get(pk=deck.pk).revision)
    assert revisions == sorted(set(revisions))


def test_an_edit_that_was_given_up_leaves_no_vocabulary_behind(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("as planned")

    with monkeypatch.context() as broken:
        broken.setattr(facts, "write_questions", fail)
        with pytest.raises(RuntimeError, match="as planned"):
            vaporia_founded(deck)
    own = deck.own_vocabulary["text"].replace("twinned with", "paired with")
    Deck.objects.filter(pk=deck.pk).update(own_vocabulary={"text": own})
    count_up(deck.pk)
    now = Deck.objects.get(pk=deck.pk)
    assert now.revision == deck.revision + 1
    assert vocabulary_for(now).relations["twinned"].label == "paired with"
