"""Deck files: read with every mistake named, written in one way, compared with what is kept."""

from questions.domain.interchange.advice import advice
from questions.domain.interchange.changes import Changes, Difference, diff, said_with
from questions.domain.interchange.errors import DeckError, DeckErrors
from questions.domain.interchange.keeping import Accepted, keeping
from questions.domain.interchange.reader import read_deck
from questions.domain.interchange.vocabulary import (
    built_in_vocabularies,
    load_vocabulary,
    own_of_kept,
    read_vocabulary,
    vocabulary_of_deck,
    vocabulary_titles,
)
from questions.domain.interchange.writer import own_as_kept, write_deck

__all__ = [
    "Accepted",
    "Changes",
    "DeckError",
    "DeckErrors",
    "Difference",
    "advice",
    "built_in_vocabularies",
    "diff",
    "keeping",
    "load_vocabulary",
    "own_as_kept",
    "own_of_kept",
    "read_deck",
    "read_vocabulary",
    "said_with",
    "vocabulary_of_deck",
    "vocabulary_titles",
    "write_deck",
]
