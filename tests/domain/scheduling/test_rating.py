"""Ratings come from answers."""

import pytest

from questions.domain.scheduling import Rating, rate, seconds_per_review, usual_milliseconds

AGAIN, HARD, GOOD, EASY = Rating


def rated(
    verdict: str = "right",
    *,
    typed: bool = True,
    hinted: bool = False,
    milliseconds: int = 10_000,
    usual: float | None = 10_000.0,
) -> Rating:
    return rate(
        verdict,
        form_is_typed=typed,
        hinted=hinted,
        milliseconds=milliseconds,
        usual_milliseconds=usual,
    )


def test_wrong_is_again_however_it_came_about() -> None:
    assert rated("wrong") is AGAIN
    assert rated("wrong", hinted=True, milliseconds=100) is AGAIN


def test_right_is_good() -> None:
    assert rated() is GOOD
    assert rated(typed=False) is GOOD


def test_partial_and_hinted_are_hard_even_if_fast() -> None:
    assert rated("partial", milliseconds=1000) is HARD
    assert rated(hinted=True, milliseconds=1000) is HARD


def test_taking_more_than_twice_as_long_as_usual_is_hard() -> None:
    assert rated(milliseconds=20_000) is GOOD
    assert rated(milliseconds=20_001) is HARD
    assert rated(milliseconds=20_001, typed=False) is HARD


def test_a_few_seconds_more_are_not_much_slower_for_a_quick_learner() -> None:
    assert rated(milliseconds=4_900, usual=2_000.0) is GOOD
    assert rated(milliseconds=5_100, usual=2_000.0) is HARD


def test_only_typed_and_fast_and_right_is_easy() -> None:
    assert rated(milliseconds=5_999) is EASY
    assert rated(milliseconds=6_000) is GOOD
    assert rated(milliseconds=5_999, typed=False) is GOOD
    assert rated("partial", milliseconds=5_999) is HARD


def test_speed_does_not_count_until_something_is_usual_or_where_it_is_not_known() -> None:
    assert rated(milliseconds=1, usual=None) is GOOD
    assert rated(milliseconds=600_000, usual=None) is GOOD
    assert rated(milliseconds=0) is GOOD


@pytest.mark.parametrize("verdict", ["ask again", "ask_again", "", "RIGHT"])
def test_what_is_no_verdict_on_an_answer_has_no_rating(verdict: str) -> None:
    with pytest.raises(ValueError, match="no rating"):
        rated(verdict)


def test_usual_is_the_median_of_ten_timed_answers_or_more() -> None:
    assert usual_milliseconds([5000] * 9) is None
    assert usual_milliseconds([5000] * 9 + [0]) is None
    assert usual_milliseconds([4000] * 5 + [6000] * 5 + [900_000]) == 6000.0


def test_expected_seconds_move_from_the_usual_to_the_learners_own() -> None:
    assert seconds_per_review([]) == 12.0
    assert seconds_per_review([2000]) == pytest.approx(122 / 11)
    assert seconds_per_review([4000] * 1000) == pytest.approx(4.0, abs=0.1)


def test_an_answer_left_open_over_lunch_counts_as_a_minute() -> None:
    assert seconds_per_review([3_600_000]) == seconds_per_review([60_000])
