"""Where keys stand: chance is not taken for a lean, nor a lean for chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from questions.domain.chance import Draw
from questions.domain.key_places import UNLIKELY, KeyPlaces, Places
from questions.domain.questions import Form, Written

DRAWS, MORE = 4, 40


def option(value: str) -> dict[str, str]:
    return {"text": value, "entity": "", "value": value}


def choice(key: str, *wrong: str, in_order: bool = False) -> Written:
    content = {"key": option(key), "distractors": [*map(option, wrong)], "sorted": in_order}
    return Written("card", "choice:0", Form.CHOICE, "Which?", content)


SHUFFLED = [choice("a", "b", "c", "d")] * 40
SORTED = [choice("500", "300", "400", "600", "700", in_order=True)] * 40
LARGEST = [choice("500", "300", "400", in_order=True)] * 40


def looked_at(questions: Sequence[Written], secret: int) -> KeyPlaces:
    keys = KeyPlaces(DRAWS, MORE, str(secret).encode())
    for id_, question in enumerate(questions):
        keys.look_at(id_, question)
    return keys


def looked_again(questions: Sequence[Written], secret: int) -> Places:
    keys = looked_at(questions, secret)
    for id_, question in enumerate(questions):
        keys.look_again(id_, question)
    return keys.places()


def odd_ones(questions: Sequence[Written]) -> list[int]:
    """Of so many fair audits, those that come out uneven."""
    return [secret for secret in range(300) if looked_at(questions, secret).seems_to_lean]


@pytest.mark.parametrize("questions", [SHUFFLED, SORTED])
def test_what_chance_made_uneven_is_even_when_it_is_drawn_again(
    questions: Sequence[Written],
) -> None:
    odd = odd_ones(questions)
    assert 0 < len(odd) < 20
    for secret in odd:
        places = looked_again(questions, secret)
        assert places.first is not None
        assert places.first.is_unlikely
        assert not places.is_unlikely
        assert places.draws == MORE * len(questions)


def leaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """One shuffle in seven leaves the key first: too few to be sure of it at once."""
    shuffle: Callable[[Draw, Any], list[Any]] = Draw.shuffle

    def left_alone(self: Draw, items: Any) -> list[Any]:
        return list(items) if self.pick(7) == 0 else shuffle(self, items)

    monkeypatch.setattr(Draw, "shuffle", left_alone)


def test_a_slight_lean_shows_the_more_clearly(monkeypatch: pytest.MonkeyPatch) -> None:
    leaning(monkeypatch)
    odd = odd_ones(SHUFFLED)
    assert odd
    for secret in odd[:5]:
        places = looked_again(SHUFFLED, secret)
        assert places.first
        assert places.fit.p < min(UNLIKELY, places.first.fit.p)


def test_keys_that_can_stand_at_one_place_only_are_uneven_for_who_takes_the_bank() -> None:
    places = looked_again(LARGEST, 1)
    assert places.fit.p == 1
    assert places.batch.p < 1e-6


def test_one_odd_taking_among_ten_does_not_make_a_bank_lean() -> None:
    assert all(looked_again(SHUFFLED, secret).batch.p > UNLIKELY for secret in range(40))


def test_the_same_seed_comes_out_the_same() -> None:
    assert looked_again(SHUFFLED, 3) == looked_again(SHUFFLED, 3)
    assert looked_again(SHUFFLED, 3) != looked_again(SHUFFLED, 4)


def test_nothing_is_drawn_again_that_was_drawn_at_first() -> None:
    keys = KeyPlaces(DRAWS, DRAWS, b"1")
    for id_, question in enumerate(SHUFFLED):
        keys.look_at(id_, question)
        keys.look_again(id_, question)
    places = keys.places()
    assert places.first
    assert places.counts != places.first.counts


def test_of_nothing_there_is_nothing_to_say() -> None:
    places = KeyPlaces(DRAWS, MORE, b"1").places()
    assert (places.draws, places.fit.p, places.batch.p, places.first) == (0, 1, 1, None)
