"""Two questions side by side: whether one gives the other away."""

from dataclasses import replace

from questions.domain.generation import gives_away
from questions.domain.generation.together import NOTHING_GIVEN_AWAY
from questions.domain.questions import Form
from tests.domain.generation.decks import asked, bank

FORWARD = "fact:alder-fought-1701-03-04:value"
BACKWARD = "fact:alder-fought-1701-03-04:subject"
ELSEWHERE = "fact:cedar-place-kestrel:value"


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


def test_the_rule_of_pairs_names_both_questions_whichever_comes_first() -> None:
    bank_ = bank()
    forward = asked(bank_, FORWARD, Form.TYPED)[0]
    backward = asked(bank_, BACKWARD, Form.CHOICE)[0]
    for pair in ((forward, backward), (backward, forward)):
        why = NOTHING_GIVEN_AWAY.check(*pair)
        assert forward.stem in why
        assert backward.stem in why
    assert not NOTHING_GIVEN_AWAY.check(forward, asked(bank_, ELSEWHERE, Form.CHOICE)[0])
    assert NOTHING_GIVEN_AWAY.number == 12
