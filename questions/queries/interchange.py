"""Decks as plain data, for pages and commands; services take it from the models."""

from questions.domain.interchange import write_deck
from questions.models import Deck
from questions.models.as_data import deck_as_data


def deck_file(deck: Deck) -> str:
    """The deck as a file that imports to the same deck."""
    return write_deck(deck_as_data(deck))


__all__ = ["deck_as_data", "deck_file"]
