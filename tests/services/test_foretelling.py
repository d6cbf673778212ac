"""What accepting an answer would do to the deck's questions is told first, and is what it does;
what may be meant for something else is accepted only by a teacher who is sure."""

from __future__ import annotations

from typing import Any

import pytest

from questions.models import Deck, Entity, Fact, Question
from questions.queries.claims import marked_now
from questions.queries.other_names import nearly_another
from questions.services import generation, learning
from questions.services.facts import add_fact
from questions.services.learning import CannotAccept, NearAnother, effects_of
from questions.services.refreshing import MOST_EDITED
from tests import builders
from tests.services.ruling import accept, answer, capital, case, typed, verdicts
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db

FOUNDED = "fact:imbria-founded:value"


@pytest.fixture
def deck() -> Deck:
    return lunar_deck(visibility="public")


def bank(deck: Deck) -> list[tuple[Any, ...]]:
    rows = Question.objects.filter(card__deck=deck).order_by("pk")
    return list(rows.values_list("pk", "state", "stem", "content", "version"))


def choices(deck: Deck) -> dict[str, set[str]]:
    """What the choices on the founding of Imbria offer that is wrong, by their stems."""
    rows = Question.objects.active().filter(card__deck=deck, card__key=FOUNDED, form="choice")
    return {row.stem: {one["value"] for one in row.content["distractors"]} for row in rows}


def test_a_wide_date_is_told_to_take_wrong_options_away_and_does(deck: Deck) -> None:
    question = typed(deck, FOUNDED)
    before = choices(deck)
    assert all(any(value.startswith("1931") for value in offered) for offered in before.values())
    told = effects_of(case(question, "1931"), "1931")
    accept(question, "1931")
    after = choices(deck)
    assert set(told.gone) >= before.keys() - after.keys()
    lost = {stem for stem in before.keys() & after.keys() if before[stem] - after[stem]}
    assert set(told.fewer) >= lost
    assert set(told.gone) | set(told.fewer) >= set(before)
    assert "True or false?" not in (*told.gone, *told.fewer)


def test_telling_it_changes_nothing_and_may_be_done_again(deck: Deck) -> None:
    question = typed(deck, FOUNDED)
    before, revision = bank(deck), Deck.objects.get(pk=deck.pk).revision
    told = effects_of(case(question, "1931"), "1931")
    assert told.any
    assert told == effects_of(case(question, "1931"), "1931")
    assert bank(deck) == before
    assert Fact.objects.get(deck=deck, uid="imbria-founded").accept == []
    assert Deck.objects.get(pk=deck.pk).revision == revision


def test_another_spelling_of_a_name_costs_no_question_anything(deck: Deck) -> None:
    assert not effects_of(case(capital(deck), "Platotown"), "Platotown").any
    assert Entity.objects.get(deck=deck, key="plato").aliases == []


def test_what_is_tried_is_not_remembered_as_if_it_were_so(deck: Deck) -> None:
    question = capital(deck)
    effects_of(case(question), "Platotown")
    assert answer(question, "Platotown").verdict == "wrong"


def test_what_cannot_be_kept_is_told_with_the_reason(deck: Deck) -> None:
    told = effects_of(case(capital(deck), "Besselburg"), "Besselburg")
    assert told.refused
    assert told.refused.params["name"] == "Besselburg"


@pytest.mark.parametrize(
    "given",
    ["Mooncity or Startown", "Platoville or Mooncity", "Platotown or Besselburg",
     "Platoville and Besselburg"],
)  # fmt: skip
def test_two_names_are_not_kept_as_one(deck: Deck, given: str) -> None:
    learner = answer(capital(deck), given).learner
    with pytest.raises(CannotAccept, match="names more than one thing"):
        accept(capital(deck), given, sure=True)
    assert Entity.objects.get(deck=deck, key="plato").aliases == []
    assert verdicts(learner) == ["wrong"]


def test_of_two_names_of_the_same_the_new_one_can_be_kept(deck: Deck) -> None:
    learner = answer(capital(deck), "Platoville or Platotown").learner
    accept(capital(deck), "Platoville or Platotown", spelling="Platotown")
    assert verdicts(learner) == ["right"]


def test_two_terms_are_not_kept_as_one(deck: Deck) -> None:
    fact = add_fact(deck, entry("imbria", "motto", "onward"))
    question = typed(deck, f"fact:{fact.uid}:value")
    with pytest.raises(CannotAccept, match="names more than one thing"):
        accept(question, "forward or backward")
    accept(question, "forward and up")


def test_what_is_itself_called_so_may_be_spelt_so(deck: Deck) -> None:
    fact = add_fact(deck, entry("imbria", "motto", "freedom or death"))
    accept(typed(deck, f"fact:{fact.uid}:value"), "liberty or death")


def test_of_a_name_that_much_of_a_very_large_deck_speaks_of_nothing_is_foretold(
    deck: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = capital(deck)
    monkeypatch.setattr(generation, "LARGEST_AT_ONCE", 1)
    assert effects_of(case(question), "Platotown").known
    facts = [f"plato-{number}" for number in range(MOST_EDITED + 1)]
    monkeypatch.setattr(learning, "_answered_beside", lambda _entity: set(facts))
    assert not effects_of(case(question), "Platotown").known
    assert Entity.objects.get(deck=deck, key="plato").aliases == []
    assert effects_of(case(question, "Besselburg"), "Besselburg").refused


def test_what_learners_answers_change_anyway_is_not_blamed_on_it(
    deck: Deck,
) -> None:
    """Here an option that a writing of the bank no longer gives."""
    question = typed(deck, FOUNDED)
    rows = Question.objects.active().filter(card__key=FOUNDED, form="choice")
    for row in rows:
        other = {**row.content["distractors"][0], "value": "1802-01-01"}
        row.content = {**row.content, "distractors": [*row.content["distractors"], other]}
        row.save()
    told = effects_of(case(question, "3 April 1931"), "3 April 1931")
    assert not told.any


def test_a_version_that_is_asked_no_more_is_marked_as_its_wording_is_now(deck: Deck) -> None:
    question = typed(deck, FOUNDED)
    expected = {**question.content["expected"], "value": "1930-01-05"}
    old = Question.objects.get(pk=question.pk)
    old.pk, old.state, old.version = None, "retired", question.version + 1
    old.content = {**question.content, "expected": expected}
    old.save()
    marked = [marked_now(case(old, given)) for given in ("2 April 1931", "5 January 1930")]
    assert [mark and mark.verdict.value for mark in marked] == ["right", "wrong"]


# --- nearly another's name ----------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("Besselberg", ["Besselburg"]),
        ("the Beselburg?", ["Besselburg"]),
        ("Serrenia", ["Serenia"]),
        ("Platotown", []),
        ("Plattoville", []),
    ],
)
def test_whose_name_it_nearly_is(deck: Deck, given: str, near: list[str]) -> None:
    assert nearly_another(case(capital(deck), given), "") == near


def test_the_spelling_that_a_teacher_corrects_is_looked_at_too(deck: Deck) -> None:
    assert nearly_another(case(capital(deck)), "Tychogrod") == ["Tychograd"]


def test_a_slip_for_another_name_is_accepted_only_by_a_teacher_who_is_sure(deck: Deck) -> None:
    question = capital(deck)
    learner = answer(question, "Besselberg").learner
    with pytest.raises(NearAnother) as refused:
        accept(question, "Besselberg")
    assert refused.value.names == ["Besselburg"]
    assert Entity.objects.get(deck=deck, key="plato").aliases == []
    assert verdicts(learner) == ["wrong"]
    accept(question, "Besselberg", sure=True)
    assert verdicts(learner) == ["right"]


def test_what_is_not_accepted_costs_no_writing(deck: Deck, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_args: object, **_named: object) -> None:
        pytest.fail("the questions were written")

    monkeypatch.setattr(learning, "write_questions", write)
    with pytest.raises(NearAnother):
        accept(capital(deck), "Besselberg")


def test_what_is_just_anothers_name_stays_refused_however_sure_one_is(deck: Deck) -> None:
    with pytest.raises(CannotAccept):
        accept(capital(deck), "Besselburg", sure=True)


def test_a_slip_for_what_another_fact_says_is_told(deck: Deck) -> None:
    facts = [add_fact(deck, entry(*said)) for said in (
        ("imbria", "motto", "onward"), ("serenia", "motto", "patience"),
    )]  # fmt: skip
    question = typed(deck, f"fact:{facts[0].uid}:value")
    assert nearly_another(case(question, "patiense"), "") == ["patience"]
    assert nearly_another(case(question, "forward"), "") == []


def test_dates_are_no_slips_for_each_other(deck: Deck) -> None:
    assert nearly_another(case(typed(deck, FOUNDED), "12 July 1931"), "") == []


def test_it_takes_as_many_queries_for_many_names(
    deck: Deck, django_assert_num_queries: Any
) -> None:
    for number in range(20):
        builders.entity(deck, f"Besselburgh {number}", "city")
    question = capital(deck)
    nearly_another(case(question, "Besselberg"), "")
    with django_assert_num_queries(0):
        nearly_another(case(question, "Besselberg"), "")
