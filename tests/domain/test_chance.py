"""Chance that can be drawn again, and that nobody without the secret can foresee."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.chance import draw, keyed_hash

parts = st.lists(st.one_of(st.text(), st.integers(), st.binary()), max_size=4)


@given(st.binary(), parts)
def test_the_same_secret_and_parts_draw_the_same(secret: bytes, parts: list[str | int]) -> None:
    one, two = draw(secret, *parts), draw(secret, *parts)
    assert [one.pick(1000) for _ in range(20)] == [two.pick(1000) for _ in range(20)]
    assert one.shuffle(range(10)) == two.shuffle(range(10))
    assert one.uniform() == two.uniform()


def test_what_was_drawn_once_is_drawn_in_every_later_release() -> None:
    """Else a question shown before an upgrade would have other options after it."""
    stream = draw(b"secret", "options", 12, 3)
    assert (stream.shuffle("abcd"), stream.pick(100)) == (["c", "a", "d", "b"], 52)


@given(st.binary(max_size=100), parts, parts)
def test_other_parts_draw_otherwise(secret: bytes, some: list[str], others: list[str]) -> None:
    same = [(type(part), part) for part in some] == [(type(part), part) for part in others]
    assert (keyed_hash(secret, *some) == keyed_hash(secret, *others)) == same


def test_parts_do_not_run_together_and_kinds_differ() -> None:
    hashes = {
        keyed_hash(b"k", "ab", "c"),
        keyed_hash(b"k", "a", "bc"),
        keyed_hash(b"k", "abc"),
        keyed_hash(b"k", 1),
        keyed_hash(b"k", "1"),
        keyed_hash(b"k", b"1"),
        keyed_hash(b"l", "1"),
        keyed_hash(b"k" * 100, "1"),
        keyed_hash(b"k" * 101, "1"),
    }
    assert len(hashes) == 9


@given(st.binary(), st.integers(min_value=1, max_value=2**64))
def test_a_pick_is_one_of_the_possible(secret: bytes, n: int) -> None:
    assert 0 <= draw(secret).pick(n) < n


def test_low_numbers_are_not_favoured_where_the_words_are_no_multiple() -> None:
    """Of three quarters of 2⁶⁴: without care, the last quarter's words fall on the first third."""
    n = 3 * 2**62
    low = sum(draw(b"secret", "bias", run).pick(n) < n // 3 for run in range(2000))
    assert low == pytest.approx(2000 / 3, abs=100)


@pytest.mark.parametrize("n", [0, -1, 2**64 + 1])
def test_nothing_can_be_picked_of_none(n: int) -> None:
    with pytest.raises(ValueError, match="cannot pick"):
        draw(b"secret").pick(n)


@given(st.binary(), st.lists(st.integers()))
def test_a_shuffle_keeps_what_it_orders(secret: bytes, items: list[int]) -> None:
    before = list(items)
    assert Counter(draw(secret).shuffle(items)) == Counter(items)
    assert items == before


def test_the_key_lands_on_every_place_about_as_often() -> None:
    """Chi-square with 3 degrees of freedom: 16.3 is passed by chance once in a thousand, and
    the draws are fixed."""
    places = Counter(draw(b"secret", "order", n).shuffle("kabc").index("k") for n in range(4000))
    assert sum((places[place] - 1000) ** 2 / 1000 for place in range(4)) < 16.3


def test_uniform_numbers_fill_the_unit_interval() -> None:
    stream = draw(b"secret", "uniform")
    tenths = Counter(int(stream.uniform() * 10) for _ in range(5000))
    assert set(tenths) == set(range(10))
    assert sum((tenths[tenth] - 500) ** 2 / 500 for tenth in range(10)) < 27.9
