"""Chance that can be drawn again: which question, which options, in what order.

A page may not write to the database, and a reload must show the same question with the
same options in the same order, yet nobody may work out from the page which option is the
key. So every choice follows from a keyed hash of what is being asked: the server's secret
and, say, the memory and its sequence. There is no state, and no two purposes share a
stream as long as their parts differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import TypeVar

Part = str | int | bytes
T = TypeVar("T")

_WORD = 2**64


def keyed_hash(secret: bytes, *parts: Part, size: int = 32) -> bytes:
    """BLAKE2b (RFC 7693) of the parts under the secret; size in bytes, 1 to 64.

    Each part is written with its type and length, so that ("ab", "c"), ("a", "bc") and
    (b"ab", "c") give three hashes.
    """
    # BLAKE2b takes keys up to 64 bytes; Django's secret key may be any length.
    key = secret if len(secret) <= 64 else blake2b(secret).digest()
    return blake2b(b"".join(_written(parts)), key=key, digest_size=size).digest()


def _written(parts: Iterable[Part]) -> Iterator[bytes]:
    for part in parts:
        kind = "b" if isinstance(part, bytes) else "s" if isinstance(part, str) else "i"
        content = part if isinstance(part, bytes) else str(part).encode()
        yield f"{kind}{len(content)}:".encode()
        yield content


class Draw:
    """A stream of random draws that its secret and parts alone decide."""

    __slots__ = ("_block", "_seed", "_words")

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._block = 0
        self._words: list[int] = []

    def _word(self) -> int:
        if not self._words:
            block = keyed_hash(self._seed, self._block, size=64)
            self._words = [int.from_bytes(block[at : at + 8], "big") for at in range(0, 64, 8)]
            self._block += 1
        return self._words.pop()

    def pick(self, n: int) -> int:
        """One of 0 … n-1, each exactly as likely; ValueError unless 1 <= n <= 2**64."""
        if not 1 <= n <= _WORD:
            raise ValueError(f"cannot pick one of {n}")
        # The words past the last whole multiple of n would favour the low numbers.
        limit = _WORD - _WORD % n
        while (word := self._word()) >= limit:
            pass
        return word % n

    def choose(self, items: Sequence[T]) -> T:
        """One of the items; ValueError if there are none."""
        return items[self.pick(len(items))]

    def shuffle(self, items: Iterable[T]) -> list[T]:
        """The items in an order drawn uniformly (Fisher and Yates); the input is left alone."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.pick(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def uniform(self) -> float:
        """A number in [0, 1), of 53 random bits."""
        return (self._word() >> 11) / 2**53


def draw(secret: bytes, *parts: Part) -> Draw:
    """The stream for this purpose: `draw(secret, "options", memory_id, sequence)`."""
    return Draw(keyed_hash(secret, *parts))
