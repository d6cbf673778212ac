"""Having a question asked again that was withdrawn, or rejected as a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from questions.domain.facts import AuthoredForm, AuthoredQuestion, Status
from questions.models import Deck, Fact, Question
from questions.models.as_data import deck_as_data
from questions.queries.withdrawn import Withdrawn, as_withdrawn, withdrawn_in, withdrawn_on
from questions.services import authoring, claims
from questions.services.facts import FactEntry, add_fact, change_fact
from questions.services.generation import write_questions
from questions.services.withdrawn import Again, ask_again
from tests import builders
from tests.services.conftest import war_deck
from tests.services.ruling import (
    LATER,
    answer,
    assert_memories_tell_their_logs,
    capital,
    typed,
    verdicts,
)
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": partial(lunar_deck, visibility="public"), "war": war_deck}


def withdrawn(question: Question) -> Question:
    deck = Deck.objects.get(cards=question.card_id)
    claims.withdraw(question, deck.owner, LATER)
    question.refresh_from_db()
    return question


def listed_on(fact: Fact) -> list[Withdrawn]:
    return as_withdrawn(withdrawn_on(fact))


def test_it_is_asked_as_it_was(deck: Deck) -> None:
    question = withdrawn(capital(deck))
    revision = Deck.objects.get(pk=deck.pk).revision
    assert ask_again(question) is Again.ASKED
    assert capital(deck) == question
    deck.refresh_from_db()
    assert deck.revision == revision + 1
    assert deck.is_written
    again = write_questions(deck)
    assert (again.new, again.changed, again.retired, again.revived) == (0, 0, 0, 0)


def test_twice_changes_nothing(deck: Deck) -> None:
    question = withdrawn(capital(deck))
    ask_again(question)
    revision = Deck.objects.get(pk=deck.pk).revision
    assert ask_again(question) is Again.ASKED
    assert Deck.objects.get(pk=deck.pk).revision == revision


def test_answers_that_were_taken_out_stay_out(deck: Deck) -> None:
    question = capital(deck)
    learner = answer(question, "Bridgetown").learner
    ask_again(withdrawn(question))
    assert verdicts(learner) == []
    assert_memories_tell_their_logs()


def test_one_that_the_deck_words_otherwise_by_now_stays_away(deck: Deck) -> None:
    question = withdrawn(typed(deck, "fact:imbria-founded:value"))
    fact = Fact.objects.get(deck=deck, uid="imbria-founded")
    said = next(one for one in deck_as_data(deck).facts if one.uid == fact.uid)
    change_fact(fact, FactEntry(replace(said, value="1903")), fact.updated_at)
    newer = typed(deck, "fact:imbria-founded:value")
    assert ask_again(question) is Again.REPLACED
    question.refresh_from_db()
    assert (question.state, question.rejected) == ("retired", True)
    assert typed(deck, "fact:imbria-founded:value") == newer
    [listed] = listed_on(fact)
    assert listed.replaced


def test_one_that_the_rules_refuse_by_now_is_only_let_in(deck: Deck) -> None:
    question = withdrawn(capital(deck))
    Question.objects.filter(pk=question.pk).update(slot="typed:of-another-writer")
    question.refresh_from_db()
    assert ask_again(question) is Again.REFUSED
    assert listed_on(question.card.fact or Fact()) == []


def test_a_rejected_draft_waits_again(deck: Deck) -> None:
    said = entry("imbria", "motto", "Rain will come", status=(Status.EVALUATIVE,))
    fact = add_fact(deck, said)
    draft = Question.objects.filter(card__fact=fact, state="draft")[0]
    authoring.reject_drafts([draft], deck.owner)
    [listed] = listed_on(fact)
    assert (listed.draft, listed.by) == (True, deck.owner)
    assert listed.at
    assert listed.why
    assert ask_again(draft) is Again.DRAFT
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_one_that_was_rejected_before_that_was_recorded_names_nobody(deck: Deck) -> None:
    question = capital(deck)
    Question.objects.filter(pk=question.pk).update(state="retired", rejected=True)
    [listed] = as_withdrawn(withdrawn_in(deck))
    assert (listed.draft, listed.by, listed.at) == (True, None, None)


def test_who_withdrew_last_is_named(deck: Deck) -> None:
    said = entry("imbria", "motto", "Rain will come", status=(Status.EVALUATIVE,))
    draft = Question.objects.filter(card__fact=add_fact(deck, said), state="draft")[0]
    for teacher in (deck.owner, builders.teacher()):
        authoring.reject_drafts([draft], teacher)
        [listed] = as_withdrawn(withdrawn_in(deck))
        assert (listed.draft, listed.by) == (True, teacher)
        ask_again(draft)
    claims.withdraw(draft, deck.owner, LATER)
    [listed] = as_withdrawn(withdrawn_in(deck))
    assert (listed.draft, listed.by) == (False, deck.owner)


def test_a_question_by_hand_is_asked_again(deck: Deck) -> None:
    by_hand = AuthoredQuestion("", AuthoredForm.TYPED, "Why is the Moon dry?", "No rain falls")
    row = authoring.save_authored(deck, by_hand)
    question = Question.objects.active().get(card__key=f"authored:{row.key_id}")
    withdrawn(question)
    [listed] = as_withdrawn(withdrawn_in(deck))
    assert (listed.authored, listed.by) == (row.key_id, deck.owner)
    assert ask_again(question) is Again.ASKED


def test_what_rests_on_several_facts_is_listed_with_each_and_asked_again(
    loaded: Callable[[str], Deck],
) -> None:
    deck = loaded("war")
    question = Question.objects.active().filter(card__deck=deck, card__fact=None).first()
    assert question
    withdrawn(question)
    for fact in Fact.objects.filter(deck=deck):
        rests_on_it = fact.uid in question.card.facts
        assert [each.question for each in listed_on(fact)] == [question] * rests_on_it
    assert ask_again(question) is Again.ASKED


@pytest.mark.parametrize("uid", ["a", "a_b", "ä “b”", 'a"b', "50%"])
def test_a_set_is_listed_with_its_own_facts_however_they_are_called(uid: str) -> None:
    deck = builders.deck()
    mine, other = (builders.fact(builders.entity(deck), uid=each) for each in (uid, f"{uid}a"))
    like = builders.fact(builders.entity(deck), uid=uid.upper() + "_")
    card = builders.card(deck, facts=[like.uid, uid])
    question = withdrawn(builders.question(card, "ordering"))
    assert list(withdrawn_on(mine)) == list(withdrawn_on(like)) == [question]
    assert not withdrawn_on(other)
