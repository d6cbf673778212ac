"""How hard a choice is thought to be, and how hard the options are that a memory is shown."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.chance import draw
from questions.domain.difficulty import learnt, most_telling, predicted
from questions.domain.generation import write_bank
from questions.domain.presentation import hardness, present
from questions.domain.questions import Form
from questions.domain.uniformity import fit
from tests.domain.generation.decks import asked, deck

LIKES = st.lists(st.floats(0, 1), min_size=1, max_size=6)
NAMES = [f"Option {letter}" for letter in "ABCDEF"]
POOL = {
    "key": {"text": "Key", "entity": "", "value": "Key"},
    "distractors": [{"text": name, "entity": "", "value": name} for name in NAMES],
    "sorted": False,
}
SORTED = {
    "key": {"text": "500", "entity": "", "value": "500"},
    "distractors": [
        {"text": figure, "entity": "", "value": figure}
        for figure in ("400", "600", "300", "800", "200", "900")
    ],
    "sorted": True,
}


def shown(at: float | None, draws: int = 300, content: dict[str, object] = POOL) -> Counter[str]:
    """How often each wrong option is shown to memories of this hardness."""
    found: Counter[str] = Counter()
    for memory in range(draws):
        page = present(Form.CHOICE, "?", content, draw(b"secret", memory), at)
        found.update(text for text in page.options if text not in ("Key", "500"))
    return found


@given(LIKES, LIKES)
def test_the_more_the_options_are_alike_the_harder(one: list[float], two: list[float]) -> None:
    first, second = predicted(one), predicted(two)
    assert first is not None
    assert second is not None
    assert 0 < first < 1
    if len(one) == len(two) and all(a >= b for a, b in zip(one, two, strict=True)):
        assert first >= second


def test_a_question_without_options_has_no_prediction() -> None:
    assert predicted([]) is None


def test_few_answers_move_the_prediction_and_thirty_replace_it() -> None:
    assert learnt(0.3, 0, 0) == 0.3
    assert learnt(0.3, 20, 20) == pytest.approx(0.65)
    assert learnt(0.3, 27, 30) == learnt(0.7, 27, 30) == 0.9


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_wording_is_judged_by_all_until_it_tells_enough_itself(own: int, others: int) -> None:
    shared = (own + others) // 2, own + others
    telling = most_telling((own, own), shared)
    assert telling == ((own, own) if own >= 30 else shared)
    if own + others >= 30:
        assert learnt(0.1, *telling) == learnt(0.9, *telling)


def test_every_choice_of_a_bank_has_a_prediction_and_nothing_else_has() -> None:
    for question in write_bank(deck()).questions:
        assert (question.difficulty is not None) == (question.form is Form.CHOICE)
    assert asked(write_bank(deck()), "fact:alder-place-harbin:value", Form.CHOICE)[0].difficulty


def test_hardness_grows_with_stability() -> None:
    assert hardness(None) == hardness(0) == 0
    assert hardness(14) == 0.5
    assert hardness(5) < hardness(60) < hardness(400) <= 1


def test_a_firm_memory_sees_the_tempting_half_and_a_new_one_the_other() -> None:
    assert set(shown(1.0)) == set(NAMES[:3])
    assert set(shown(0.0)) == set(NAMES[3:])
    assert set(shown(None)) == set(NAMES)


def test_what_is_shown_still_varies_at_every_hardness() -> None:
    for at in (0.0, 0.3, 0.7, 1.0):
        assert len(shown(at)) >= 3


def test_of_sorted_options_the_near_ones_are_harder_and_the_rank_stays_drawn() -> None:
    near, far = shown(1.0, content=SORTED), shown(0.0, content=SORTED)
    assert near["400"] > far["400"]
    assert near["900"] < far["900"]


@pytest.mark.parametrize("content", [POOL, SORTED])
@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_the_key_stands_anywhere_whatever_the_hardness(
    content: dict[str, object], at: float
) -> None:
    places = Counter(
        present(Form.CHOICE, "?", content, draw(b"secret", memory), at).key[0]
        for memory in range(1200)
    )
    assert fit([[places[n] for n in range(3)]], [[400.0] * 3]).p > 1e-4


def test_the_same_draw_shows_the_same_page() -> None:
    one, two = (present(Form.CHOICE, "?", POOL, draw(b"s", 7), 0.4) for _ in range(2))
    assert one == two
