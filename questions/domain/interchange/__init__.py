"""Deck files: read with every mistake named, written in one way, compared with what is kept."""
