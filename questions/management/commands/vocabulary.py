"""`manage.py vocabulary [NAME]`: what a vocabulary that ships gives to decks, or what ships."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.domain.facts import EntityType, Relation, Unit, Vocabulary
from questions.domain.interchange import built_in_vocabularies
from questions.domain.interchange.vocabulary import vocabulary_titles

_COMMON = "common"


class Command(BaseCommand):
    help = "Prints the types, units and relations of a vocabulary; without a name, which there are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="such as general, or common, which all have")

    def handle(self, *args: Any, name: str | None, **options: Any) -> None:
        known = built_in_vocabularies()
        if name is not None and name not in known:
            raise CommandError(f"there is no vocabulary “{name}”; known: {', '.join(known)}")
        lines = _names() if name is None else _described(known[name], known[_COMMON], name)
        for line in lines:
            self.stdout.write(line)


def _names() -> Iterator[str]:
    yield f"{_COMMON}: types and units that every deck has"
    for name, (_, description) in vocabulary_titles().items():
        yield f"{name}: {description}"


def _described(found: Vocabulary, common: Vocabulary, name: str) -> Iterator[str]:
    """What it adds to `common`."""
    base = Vocabulary() if name == _COMMON else common
    types = [_type(one) for key, one in found.types.items() if key not in base.types]
    units = [_unit(one) for key, one in found.units.items() if key not in base.units]
    relations = [line for one in found.relations.values() for line in _relation(one)]
    for heading, lines in (("types", types), ("units", units), ("relations", relations)):
        if lines:
            yield heading
            yield from lines


def _type(one: EntityType) -> str:
    return f"  {one.key}" + (f" (in {one.wider})" if one.wider else "")


def _unit(one: Unit) -> str:
    also = f", also {', '.join(one.aliases)}" if one.aliases else ""
    return f"  {one.key}{also}" + (f" = {one.factor} {one.base}" if one.base else "")


def _relation(one: Relation) -> Iterator[str]:
    yield f"  {one.key} — {one.label}: {', '.join(_traits(one))}"
    yield from (f"      {text}" for text in (*one.ask[:1], *one.state[:1]))
    for name in ("reverse", "list", "order", "match"):
        texts = getattr(one, name)
        if texts:
            yield f"      {name}: {texts if isinstance(texts, str) else texts[0]}"


def _traits(one: Relation) -> Iterator[str]:
    types = f" ({' or '.join(one.of)})" if one.of else ""
    unit = " of any unit" if one.unit == "any" else f" in {one.unit}" if one.unit else ""
    yield f"{one.value.value}{types}{unit}"
    if one.about:
        yield f"about {' or '.join(one.about)}"
    for flag in ("single", "complete", "reverse_single"):
        if getattr(one, flag):
            yield flag
    if one.qualifiers:
        yield "qualifiers " + ", ".join(f"{key}: {kind}" for key, kind in one.qualifiers.items())
