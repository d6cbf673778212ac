"""Variety without randomness: what is picked follows from what it is picked for."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

A_FEW = 10


def chance(*parts: str) -> int:
    """A number that follows from its parts alone."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big")


def sample(members: Sequence[str], seed: str, count: int = A_FEW) -> Sequence[str]:
    """All of a short list; of a long one a run that begins elsewhere for each seed."""
    if len(members) <= count:
        return members
    start = chance(seed) % len(members)
    run = members[start : start + count]
    return [*run, *members[: count - len(run)]]
