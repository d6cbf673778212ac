"""What learners' answers say of wrong options, and what the bank makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from questions.domain.generation.index import Index
from questions.domain.generation.typed_errors import TypedErrors
from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import (
    Attempt,
    AttemptItem,
    Card,
    Deck,
    Entity,
    Fact,
    Memory,
    Question,
    Review,
)
from questions.models.as_data import deck_as_data
from questions.queries import observed, slices
from questions.queries.audit import audit_of
from questions.queries.observed import missed, observed_in
from questions.queries.showing import presented
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from studyapp.accounts.models import User
from tests import builders
from tests.domain.generation.decks import deck as war

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture
def bank() -> Deck:
    made = war()
    report = import_deck(builders.teacher(), replace(made, own=made.vocabulary), slug="war")
    assert report.deck is not None
    return report.deck


def choice(deck: Deck) -> Question:
    rows = Question.objects.active().filter(form="choice", card__fact__relation="place")
    return rows.filter(card__direction="value").order_by("pk")[0]


def wrong(question: Question) -> list[str]:
    return [option["value"] for option in question.content["distractors"]]


def answer(question: Question, value: str, **fields: Any) -> User:
    """Another learner chooses the option with this value, shown beside the key and one more."""
    memory = builders.memory(builders.user(), question.card, DAY)
    options = {option["value"]: option["text"] for option in question.content["distractors"]}
    key = question.content["key"]
    other = next(text for each, text in options.items() if each != value)
    page = Presented(Form.CHOICE, question.stem).to_json() | {
        "options": [options.get(value, key["text"]), other, key["text"]],
        "key": [2],
    }
    given = {"option": ["2"]} if value == key["value"] else {"option": ["0"]}
    rating = 3 if value == key["value"] else 1
    builders.review(memory, DAY, rating, question=question, shown=page, given=given, **fields)
    return memory.learner


def quizzed(question: Question, value: str, learner: User | None = None, **fields: Any) -> None:
    """The same answer in a quiz that told at once, unless fields of the attempt say otherwise."""
    attempt = Attempt.objects.create(
        learner=learner or builders.user(), deck=question.card.deck, **fields
    )
    wrong_ones = [option["text"] for option in question.content["distractors"]]
    key = question.content["key"]
    texts = {option["value"]: option["text"] for option in [key, *question.content["distractors"]]}
    options = list(dict.fromkeys([texts[value], key["text"], *wrong_ones]))[:3]
    is_right = value == key["value"]
    AttemptItem.objects.create(
        attempt=attempt,
        position=1,
        question=question,
        shown={"form": "choice", "options": options},
        given={"option": ["0"]},
        verdict="right" if is_right else "wrong",
        answered_at=timezone.now(),
    )


def typed(card: Card, text: str) -> None:
    memory = builders.memory(builders.user(), card, DAY)
    question = card.questions.filter(form="typed").first() or builders.question(card, "typed")
    builders.review(memory, DAY, 1, question=question, given={"text": [text]})


def named(_card: str, text: str) -> str:
    return {"Lowmoor": "lowmoor", "Ida Adler": "adler"}.get(text, "")


def shown(question: Question, key: str = "") -> tuple[int, int]:
    """How many missed it of how many, if that is the right answer today."""
    key = key or question.content["key"]["value"]
    return missed({question.card_id: key}).telling((question.card_id, question.slot))


def test_options_are_counted_as_chosen_and_as_shown(bank: Deck) -> None:
    question = choice(bank)
    first, second = wrong(question)[:2]
    answer(question, first)
    answer(question, first)
    answer(question, second)
    seen = observed_in(bank, named)[question.card.key]
    assert seen[first] == (2, 3)
    assert seen[second] == (1, 3)


def test_answers_taken_back_do_not_count(bank: Deck) -> None:
    question = choice(bank)
    answer(question, wrong(question)[0], voided=True)
    assert question.card.key not in observed_in(bank, named)


def test_answers_of_quizzes_count_beside_those_of_the_log(bank: Deck) -> None:
    question = choice(bank)
    first = wrong(question)[0]
    answer(question, first)
    quizzed(question, first)
    assert observed_in(bank, named)[question.card.key][first] == (2, 2)
    assert shown(question) == (2, 2)


def test_an_answer_that_may_still_be_changed_does_not_count(bank: Deck) -> None:
    question = choice(bank)
    quizzed(question, wrong(question)[0], feedback="at_end")
    assert question.card.key not in observed_in(bank, named)
    assert shown(question) == (0, 0)
    Attempt.objects.update(finished_at=timezone.now())
    assert question.card.key in observed_in(bank, named)


def test_a_quiz_answer_that_counts_as_a_review_is_one_answer(bank: Deck) -> None:
    question = choice(bank)
    first = wrong(question)[0]
    learner = answer(question, first)
    quizzed(question, first, learner)
    AttemptItem.objects.update(review=Review.objects.get())
    assert observed_in(bank, named)[question.card.key][first] == (1, 1)
    Review.objects.update(voided=True)
    assert question.card.key not in observed_in(bank, named)


def test_a_learner_counts_once_by_the_first_time_they_met_an_option(bank: Deck) -> None:
    question = choice(bank)
    first = wrong(question)[0]
    learner = answer(question, first)
    quizzed(question, question.content["key"]["value"], learner)
    quizzed(question, question.content["key"]["value"], learner)
    assert observed_in(bank, named)[question.card.key][first] == (1, 1)
    assert shown(question) == (1, 1)


def test_who_chose_and_typed_the_same_is_one_learner(bank: Deck) -> None:
    question = choice(bank)
    first = wrong(question)[0]
    name = next(o["text"] for o in question.content["distractors"] if o["value"] == first)
    learner = answer(question, first)
    memory = Memory.objects.get(learner=learner, card=question.card)
    in_words = question.card.questions.filter(form="typed").first()
    builders.review(memory, DAY, 1, question=in_words, given={"text": [name]})
    assert observed_in(bank, lambda _, __: first)[question.card.key][first] == (1, 1)


def test_what_learners_did_is_read_in_few_queries_however_much_it_is(
    bank: Deck, django_assert_num_queries: Any
) -> None:
    keys = dict.fromkeys(Card.objects.values_list("pk", flat=True), "")
    for question in Question.objects.active().filter(form="choice")[:8]:
        answer(question, wrong(question)[0])
        quizzed(question, wrong(question)[0])
    for card in Card.objects.filter(questions__form="typed", direction="value").distinct():
        typed(card, "4 Mai 1701")
        typed(card, "Lowmor")
    errors = TypedErrors(Index(deck_as_data(bank)))
    with django_assert_num_queries(3):
        seen = observed_in(bank, errors.said)
    assert len(seen) >= 8
    assert any("lowmoor" in options for options in seen.values())
    with django_assert_num_queries(2):
        missed(keys)


def test_a_typed_answer_counts_for_what_it_names(bank: Deck) -> None:
    card = choice(bank).card
    typed(card, "Lowmoor")
    typed(card, "Lowmoor")
    typed(card, "no idea")
    assert observed_in(bank, named)[card.key] == {"lowmoor": (2, 2)}


@pytest.mark.parametrize("whole", [0, 500], ids=["large", "small"])
def test_an_edit_takes_no_more_queries_for_many_typed_answers(
    bank: Deck, monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    monkeypatch.setattr(slices, "WHOLE", whole)
    card = choice(bank).card
    assert card.fact is not None
    counts = []
    for _ in range(3):
        for number in range(10):
            typed(card, f"Lowmoore {number}")
            typed(card, "1 May 1702")
        with CaptureQueriesContext(connection) as queries:
            write_questions(bank, only={card.fact.uid})
        counts.append(len(queries))
    assert counts[1] == counts[2] <= counts[0]


def test_of_very_many_different_answers_the_commonest_are_read(
    bank: Deck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observed, "_MOST_TEXTS", 3)
    card = choice(bank).card
    for number in range(6):
        typed(card, f"somewhere {number}")
    for text in ("Lowmoor", "Lowmor", "Lowmor", "Lowmoor"):
        typed(card, text)
    read: list[str] = []

    def said(_card: str, text: str) -> str:
        read.append(text)
        return "lowmoor" if text.startswith("Low") else ""

    assert observed_in(bank, said)[card.key] == {"lowmoor": (4, 4)}
    assert len(read) == 3


def test_only_the_cards_asked_for_are_counted(bank: Deck) -> None:
    question = choice(bank)
    answer(question, wrong(question)[0])
    other = Card.objects.exclude(pk=question.card_id).first()
    assert other is not None
    assert observed_in(bank, named, [other.pk]) == {}
    assert question.card.key in observed_in(bank, named, [question.card_id])


def test_the_difficulty_follows_what_learners_show(bank: Deck) -> None:
    question = choice(bank)
    before = question.difficulty
    assert before is not None
    for _ in range(20):
        answer(question, wrong(question)[0])
    assert shown(question) == (20, 20)
    write_questions(bank)
    now = Question.objects.active().get(card=question.card, slot=question.slot)
    assert now.difficulty == pytest.approx((20 + 20 * before) / 40, abs=0.05)
    again = write_questions(bank)
    assert (again.new, again.changed) == (0, 0)


def test_two_wordings_of_one_choice_learn_from_each_other(bank: Deck) -> None:
    one, two = Question.objects.active().filter(card=choice(bank).card, form="choice")
    key = one.content["key"]["value"]
    for at in range(15):
        answer(one, wrong(one)[0] if at < 6 else key)
        answer(two, wrong(two)[0] if at < 9 else key)
    assert shown(one) == shown(two) == (15, 30)
    write_questions(bank)
    rows = Question.objects.active().filter(card=one.card, form="choice")
    assert {row.difficulty for row in rows} == {0.5}


@pytest.mark.parametrize("relation", ["fought", "losses"])
def test_dates_and_figures_are_learnt_of_as_names_are(bank: Deck, relation: str) -> None:
    rows = Question.objects.active().filter(form="choice", card__fact__relation=relation)
    question = rows.filter(card__direction="value")[0]
    answer(question, wrong(question)[0])
    assert shown(question) == (1, 1)


def test_a_wording_that_enough_learners_met_is_judged_by_them_alone(bank: Deck) -> None:
    one, two = Question.objects.active().filter(card=choice(bank).card, form="choice")
    key = one.content["key"]["value"]
    for _ in range(30):
        answer(one, wrong(one)[0])
    for _ in range(10):
        answer(two, key)
    assert shown(one) == (30, 30)
    assert shown(two) == (30, 40)


def test_who_knows_the_answer_from_the_other_wording_does_not_count_again(bank: Deck) -> None:
    one, two = Question.objects.active().filter(card=choice(bank).card, form="choice")
    learner = answer(one, wrong(one)[0])
    quizzed(two, one.content["key"]["value"], learner)
    assert shown(one) == shown(two) == (1, 1)


def test_an_edited_answer_forgets_what_was_shown_of_the_old_one_at_once(bank: Deck) -> None:
    question = choice(bank)
    before = question.difficulty
    for _ in range(30):
        answer(question, wrong(question)[0])
    fact = question.card.fact
    assert fact is not None
    place = Entity.objects.get(deck=bank, key="tarnhill")
    Fact.objects.filter(relation="place", value="tarnhill").delete()
    Fact.objects.filter(pk=fact.pk).update(value="tarnhill", value_entity=place)
    write_questions(bank)
    now = Question.objects.active().get(card=question.card, slot=question.slot)
    assert now.content["key"]["value"] == "tarnhill"
    assert now.difficulty != 1.0
    assert before != 1.0


def test_answers_of_a_time_when_something_else_was_right_tell_nothing(bank: Deck) -> None:
    question = choice(bank)
    for _ in range(3):
        answer(question, wrong(question)[0])
    assert shown(question, "another") == (0, 0)


def test_what_hardly_anyone_chooses_makes_room_and_what_tempts_comes_first(bank: Deck) -> None:
    question = choice(bank)
    tempting, never = wrong(question)[-1], wrong(question)[0]
    for _ in range(30):
        page_with(question, tempting, never)
    write_questions(bank)
    now = Question.objects.active().get(card=question.card, slot=question.slot)
    assert wrong(now)[0] == tempting
    assert never not in wrong(now)
    assert audit_of(bank).violations == []


def page_with(question: Question, chosen: str, beside: str) -> None:
    texts = {option["value"]: option["text"] for option in question.content["distractors"]}
    memory = builders.memory(builders.user(), question.card, DAY)
    shown = {"options": [texts[chosen], texts[beside], question.content["key"]["text"]]}
    builders.review(memory, DAY, 1, question=question, shown=shown, given={"option": ["0"]})


def test_a_typed_error_becomes_a_wrong_option_only_if_it_is_fair(bank: Deck) -> None:
    card = Card.objects.get(key__startswith="fact:", direction="value", fact__relation="fought",
                            fact__about__key="alder")  # fmt: skip
    place = choice(bank).card
    assert place.fact is not None
    for _ in range(10):
        typed(place, place.fact.value.title())  # the key itself, marked wrong for some reason
        typed(place, "Ida Adler")  # of another type
    typed(card, "Lowmoor")
    write_questions(bank)
    assert "lowmoor" not in {
        value for each in card.questions.filter(form="choice") for value in wrong(each)
    }
    options = {value for each in place.questions.filter(form="choice") for value in wrong(each)}
    assert place.fact.value not in options
    assert "adler" not in options
    assert audit_of(bank).violations == []


def test_a_frequent_typed_error_is_offered_from_the_next_refresh_and_comes_first(
    bank: Deck,
) -> None:
    """Forty places more, so that the pool was full without the one that learners name."""
    for number in range(40):
        builders.entity(bank, f"Ulford {number}", "place", key=f"ulford{number}")
    write_questions(bank)
    card = choice(bank).card
    before = [value for each in active(card) for value in wrong(each)]
    left_out = next(n for n in range(40) if f"ulford{n}" not in before)
    for _ in range(12):
        typed(card, f"Ulford {left_out}")
    assert active(card)
    assert f"ulford{left_out}" not in [value for each in active(card) for value in wrong(each)]
    write_questions(bank)
    assert {wrong(each)[0] for each in active(card)} == {f"ulford{left_out}"}
    assert audit_of(bank).violations == []


def commander(deck: Deck) -> Card:
    facts = Fact.objects.filter(deck=deck, about__key="birch", relation="commander")
    return Card.objects.get(fact=facts.get(value="brandt"), direction="value")


def active(card: Card) -> list[Question]:
    return list(card.questions.filter(form="choice", state="active"))


def test_a_typed_error_that_is_true_of_a_sister_relation_is_never_offered(bank: Deck) -> None:
    card = commander(bank)
    assert card.fact is not None
    adler = Entity.objects.get(deck=bank, key="adler")
    assert "adler" in {value for each in active(card) for value in wrong(each)}
    builders.fact(card.fact.about, "observer", "adler", value_entity=adler)
    for _ in range(12):
        typed(card, adler.name)
    write_questions(bank)
    assert active(card)
    assert "adler" not in [value for each in active(card) for value in wrong(each)]


def test_a_session_shows_more_tempting_options_to_a_firmer_memory(bank: Deck) -> None:
    question = max(active_choices(bank), key=lambda each: len(wrong(each)))
    pool = [option["text"] for option in question.content["distractors"]]
    assert len(pool) >= 4
    tempting = dict(zip(pool, range(len(pool)), strict=True))

    def mean_place(stability: float) -> float:
        places: list[int] = []
        for version in range(60):
            memory = Memory(pk=7, version=version, stability=stability, card=question.card)
            shown = presented(memory, question).options
            places += [tempting[text] for text in shown if text in tempting]
        return sum(places) / len(places)

    assert mean_place(0.5) > mean_place(14) > mean_place(300)


def active_choices(deck: Deck) -> list[Question]:
    rows = Question.objects.active().filter(card__deck=deck, form="choice")
    return [each for each in rows if not each.content["sorted"]]
