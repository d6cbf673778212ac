"""Two questions side by side: whether one gives the other away."""

from dataclasses import replace

import pytest

from questions.domain.generation.together import pieces, told_pieces
from questions.domain.questions import Form, Written
from tests.domain.generation.decks import asked, bank

FORWARD = "fact:alder-fought-1701-03-04:value"
BACKWARD = "fact:alder-fought-1701-03-04:subject"
ELSEWHERE = "fact:cedar-place-kestrel:value"


def gives_away(question: Written, other: Written) -> bool:
    return any(piece.tells(other) for piece in pieces(question))


def test_the_same_fact_backwards_gives_the_date_away() -> None:
    bank_ = bank()
    forward = asked(bank_, FORWARD, Form.TYPED)[0]
    backward = asked(bank_, BACKWARD, Form.CHOICE)[0]
    assert gives_away(backward, forward)


def test_a_true_statement_gives_its_value_away() -> None:
    bank_ = bank()
    statement = asked(bank_, FORWARD, Form.TRUE_FALSE)[0]
    assert gives_away(statement, asked(bank_, FORWARD, Form.TYPED)[0])


def test_a_question_on_another_matter_does_not_though_it_shows_the_same_word() -> None:
    bank_ = bank()
    place = asked(bank_, "fact:alder-place-harbin:value", Form.TYPED)[0]
    other = asked(bank_, ELSEWHERE, Form.CHOICE)[0]
    assert "Harbin" in str(other.content)
    assert not gives_away(other, place)


def test_what_is_told_after_the_answer_gives_away_too() -> None:
    bank_ = bank()
    typed = asked(bank_, FORWARD, Form.TYPED)[0]
    backward = asked(bank_, BACKWARD, Form.CHOICE)[0]
    assert gives_away(typed, backward)
    assert not gives_away(replace(typed, statement="", explanation=""), backward)


def test_a_statement_to_be_judged_is_given_away_by_being_told() -> None:
    bank_ = bank()
    judged = asked(bank_, FORWARD, Form.TRUE_FALSE)[0]
    other = asked(bank_, ELSEWHERE, Form.CHOICE)[0]
    assert not gives_away(other, judged)
    assert gives_away(replace(other, explanation=str(judged.content["true"])), judged)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It was led by D. N. Ermakov. He died.", ["It was led by D. N. Ermakov.", "He died."]),
        ("It ended in 1701. Who won? Norland!", ["It ended in 1701.", "Who won?", "Norland!"]),
        ("They say “no”. He won (twice). So.", ["They say “no”.", "He won (twice).", "So."]),
        ("He said “No.” She left (alone.) Then.", ["He said “No.”", "She left (alone.)", "Then."]),
    ],
)
def test_what_is_told_is_read_by_sentences_which_no_initial_ends(
    text: str, sentences: list[str]
) -> None:
    assert [piece.text for piece in told_pieces(text)] == sentences
