"""A small deck that is right, and how to make it wrong in one place."""

from questions.domain.facts import Deck
from questions.domain.interchange import DeckErrors, built_in_vocabularies, read_deck

RIGHT = """\
title: Bridges
topics: {rivers: The rivers}
sources:
  guide: {title: A guide to bridges}
  map: {title: A map, url: https://example.org/map}
entities:
  arch: {type: bridge, name: Stone Arch, the: yes, topic: rivers, also: [Old Arch]}
  span: {type: bridge, name: Long Span}
  town: {type: place, name: Northtown}
types:
  bridge: {label: bridge, in: thing}
relations:
  opened: {value: date, about: [bridge], single: yes, ask: ["When was {about} opened?"]}
  length: {value: number, unit: metre, about: [bridge], single: yes, qualifiers: {by: text}}
  weight: {value: number, unit: any}
  stands_in: {value: entity, of: [place], qualifiers: {beside: bridge}}
  nicknamed: {value: term}
  admired: {value: text}
facts:
  - {about: arch, is: opened, value: 1893-10, source: guide page 4}
  - {about: arch, is: length, value: 120, by: its builder, source: guide page 5}
  - {about: span, is: stands_in, value: town, source: [guide page 9, map]}
  - {about: span, is: weight, value: ~900, unit: tonne, source: {in: map, quote: about 900 t}}
complete:
  - {about: span, is: stands_in}
questions:
  - {id: q1, form: choice, stem: Why?, key: Because, distractors: [Therefore]}
"""


def read(text: str | bytes) -> Deck:
    data = text if isinstance(text, bytes) else text.encode()
    return read_deck(data, built_in_vocabularies())


def errors(text: str | bytes) -> list[tuple[int, str]]:
    """Line and text of every error."""
    try:
        read(text)
    except DeckErrors as found:
        return [(error.line, str(error)) for error in found.errors]
    return []


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
