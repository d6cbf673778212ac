"""A teacher with a deck, signed in."""

from tests.web.teach.conftest import _lunar, client, deck, teacher

__all__ = ["_lunar", "client", "deck", "teacher"]
