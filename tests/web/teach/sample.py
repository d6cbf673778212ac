"""A small deck of an invented subject, kept as a teacher's."""

from __future__ import annotations

from datetime import UTC, datetime

from questions.domain import facts as domain
from questions.models import Deck, Fact
from questions.services.facts import FactEntry, add_fact
from questions.services.interchange import import_deck
from studyapp.accounts.models import User
from tests import builders

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

DECK = """
title: Countries of the Moon
language: en
topics: {north: The north, south: The south}
sources:
  atlas: {title: A Lunar Atlas, author: Ida Stone, year: 1971}
  almanac: {title: The Moon Almanac}
types:
  country: {label: country, many: countries, ask: which country, in: place}
  city: {label: city, many: cities, ask: which city, in: place}
relations:
  capital:
    label: capital
    about: [country]
    value: entity
    of: [city]
    single: yes
    reverse_single: yes
    ask: ["What is the capital of {about}?", "Which city governs {about}?"]
    reverse: ["Which country has the capital {value}?"]
    state: ["{value} is the capital of {about}."]
  founded:
    label: founded
    about: [place]
    value: date
    single: yes
    ask: ["When was {about} founded?", "What is the date of the founding of {about}?"]
    state: ["{About} was founded {on value}."]
  population:
    label: population
    about: [place]
    value: number
    unit: people
    single: yes
    qualifiers: {by: text}
    ask: ["How many people live in {about}[, by {by}]?"]
    state: ["{value} people live in {about}[, by {by}]."]
  motto:
    label: motto
    about: [country]
    value: term
    single: yes
    ask: ["What is the motto of {about}?"]
    state: ["The motto of {about} is {value}."]
  custom:
    label: custom
    about: [country]
    value: text
    ask: ["What is the custom of {about}?"]
    state: ["The custom of {about}: {value}."]
  twinned:
    label: twinned with
    about: [city]
    value: entity
    of: [city]
    qualifiers: {through: country}
    ask: ["With which city is {about} twinned?"]
    state: ["{About} is twinned with {value}."]
entities:
  imbria: {type: country, name: Imbria, topic: north, also: [Land of Rains]}
  serenia: {type: country, name: Serenia, topic: north}
  nubia: {type: country, name: Nubara, topic: south}
  vaporia: {type: country, name: Vaporia, topic: south}
  plato: {type: city, name: Platoville}
  bessel: {type: city, name: Besselburg}
  tycho: {type: city, name: Tychograd, also: [Tycho City]}
  halha-river: {type: place, name: Halha}
  halha-town: {type: city, name: Halha}
facts:
  - {about: imbria, is: capital, value: plato, source: atlas page 1, id: imbria-capital}
  - {about: serenia, is: capital, value: bessel, source: atlas page 2}
  - {about: nubia, is: capital, value: tycho, source: atlas page 3}
  - {about: imbria, is: founded, value: 1931-04-02, source: atlas page 1, id: imbria-founded}
  - {about: serenia, is: founded, value: 1931-07-12, source: atlas page 2}
  - {about: nubia, is: founded, value: 1938-12-30, source: atlas page 3}
"""


def lunar_deck(teacher: User | None = None, **fields: object) -> Deck:
    """The deck with its questions written, private unless said otherwise."""
    deck = import_deck(teacher or builders.teacher(), DECK.encode()).deck
    Deck.objects.filter(pk=deck.pk).update(**fields)
    deck.refresh_from_db()
    return deck


def entry(
    about: str, relation: str, value: str, source: str = "atlas", **fields: object
) -> FactEntry:
    passages = (domain.Passage(source, "page 9"),)
    return FactEntry(domain.Fact("", about, relation, value, passages=passages, **fields))  # type: ignore[arg-type]


def vaporia_founded(deck: Deck) -> Fact:
    return add_fact(deck, entry("vaporia", "founded", "1939-05-05"))
