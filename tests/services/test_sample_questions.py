"""Questions drawn at random to be read: the same again for the same seed, and only active ones."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from questions.models import Deck, Question
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck() -> Deck:
    made = builders.deck(slug="wars")
    for at in range(12):
        builders.question(builders.card(made), stem=f"What was number {at}?")
    return made


def drawn(*words: object) -> list[str]:
    out = io.StringIO()
    call_command("sample_questions", "wars", *map(str, words), stdout=out)
    return [line.strip() for line in out.getvalue().splitlines()]


def stems(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("stem: ")]


def test_the_same_seed_draws_the_same_questions(deck: Deck) -> None:
    first = drawn("--seed", 7, "--count", 5)
    assert len(set(stems(first))) == 5
    assert drawn("--seed", 7, "--count", 5) == first


def test_how_many_without_a_seed_is_refused(deck: Deck) -> None:
    with pytest.raises(CommandError, match="with --seed"):
        drawn("--count", 3)


def test_another_seed_draws_others(deck: Deck) -> None:
    assert stems(drawn("--seed", 7, "--count", 5)) != stems(drawn("--seed", 8, "--count", 5))


def test_fewer_than_one_are_not_drawn(deck: Deck) -> None:
    with pytest.raises(CommandError, match="1 or more"):
        drawn("--seed", 1, "--count", -3)


def test_a_small_bank_is_drawn_whole(deck: Deck) -> None:
    assert len(set(stems(drawn("--seed", 1)))) == 12


def test_drafts_retired_questions_and_other_decks_are_not_drawn(deck: Deck) -> None:
    builders.question(builders.card(deck), stem="A draft?", state=Question.State.DRAFT)
    builders.question(builders.card(deck), stem="An old one?", state=Question.State.RETIRED)
    builders.question(builders.card(deck, retired=True), stem="On an old card?")
    builders.question(builders.card(builders.deck(slug="other")), stem="Elsewhere?")
    assert all("number" in stem for stem in stems(drawn("--seed", 1)))


@pytest.mark.parametrize(
    "form", ["choice", "true_false", "typed", "cloze", "list", "ordering", "matching", "flashcard"]
)
def test_every_form_is_shown_with_its_answer(form: str) -> None:
    builders.question(builders.card(builders.deck(slug="wars")), form)
    lines = drawn("--seed", 1)
    answers = ("key: ", "true: ", "expected: ", "order: ", "pairs: ", "answer: ")
    assert any(line.startswith(answers) for line in lines)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("232", "232 degrees Celsius"), ("1", "1 degree Celsius"), ("~1250", "about 1,250 degrees")],
)
def test_a_figure_is_said_with_its_unit_as_a_reader_would(amount: str, said: str) -> None:
    card = builders.card(builders.deck(slug="wars"))
    expected = {"kind": "number", "value": amount, "unit": "degree Celsius"}
    builders.question(card, "typed", content={"expected": expected})
    assert any(line.startswith(f"expected: {said}") for line in drawn("--seed", 1))


def test_what_else_is_right_is_said_as_a_reader_would() -> None:
    card = builders.card(builders.deck(slug="wars"))
    expected = {"kind": "number", "value": "17000000", "accept": ["~17400000", "12..20"]}
    builders.question(card, "typed", content={"expected": expected})
    assert "expected: 17,000,000 (also about 17,400,000, 12 to 20)" in drawn()


def test_without_a_seed_all_questions_stand_or_those_of_a_subject_or_relation(deck: Deck) -> None:
    assert len(stems(drawn())) == 12
    arch, dam = (builders.entity(deck, name) for name in ("Arch", "Dam"))
    for about, relation in ((arch, "began"), (arch, "ended"), (dam, "began")):
        fact = builders.fact(about, relation)
        one = builders.card(deck, about=fact, facts=[fact.uid])
        builders.question(one, stem=f"{about.name} {relation}?")
    assert stems(drawn("--about", arch.key)) == ["stem: Arch began?", "stem: Arch ended?"]
    assert stems(drawn("--relation", "began")) == ["stem: Arch began?", "stem: Dam began?"]
    assert stems(drawn("--about", dam.key, "--relation", "began")) == ["stem: Dam began?"]
    with pytest.raises(CommandError, match="no active question"):
        drawn("--about", dam.key, "--relation", "ended")


def test_after_a_question_by_hand_its_explanation_stands_and_not_the_question_again() -> None:
    card = builders.card(builders.deck(slug="wars"), direction="authored")
    builders.question(card, "choice", statement="Why? — Rain", explanation="It poured.")
    lines = drawn("--seed", 1)
    assert "explanation: It poured." in lines
    assert not any(line.startswith("statement") for line in lines)


def test_the_passages_of_a_fact_stand_with_its_question() -> None:
    made = builders.deck(slug="wars")
    book = builders.source(made)
    about = builders.fact(builders.entity(made), source=book)
    builders.question(builders.card(made, about=about))
    assert f"in: {book.key} page 1" in drawn("--seed", 1)


def test_an_unknown_deck_is_an_error() -> None:
    with pytest.raises(CommandError, match="no deck “wars”"):
        drawn("--seed", 1)
