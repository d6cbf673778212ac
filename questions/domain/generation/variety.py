"""Variety without randomness: what is picked follows from what it is picked for."""

from __future__ import annotations

from hashlib import blake2b

A_FEW = 10


def chance(*parts: str) -> int:
    """A number that follows from its parts alone."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big")
