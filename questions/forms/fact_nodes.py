"""A form's fact, read by the rules of the deck file, each mistake at its own field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

from questions.domain.facts import Fact, Source
from questions.domain.interchange.errors import DeckError
from questions.domain.interchange.identity import statement
from questions.domain.interchange.reading_facts import FactReader, Scene
from questions.domain.interchange.tree import Items, Node, Text
from questions.domain.interchange.tree import Mapping as MappingNode
from questions.queries.authoring import standing_fact

if TYPE_CHECKING:
    from questions.forms.facts import FactForm

# The line of the first source; each source has its own, and lines below are those of keys.
FIRST_SOURCE = 1000
FIELDS = {"is": "relation"}
UNKNOWN = Source("unknown-source", "the source")


def read_fact(
    form: FactForm, scene: Scene, said: Mapping[str, Any], sources: tuple[Source, ...]
) -> Fact | None:
    """The fact, or None with the form's errors noted."""
    known = {**scene.sources, **{source.key: source for source in sources}}
    scene = replace(scene, sources={**known, UNKNOWN.key: UNKNOWN})
    if "source" not in said:  # only in a preview
        said = {**said, "source": [{"in": UNKNOWN.key}]}
    keys = list(said)
    fact = FactReader(scene).read(_node(said, keys))
    for error in scene.problems.found:
        _note(form, error, keys)
    if fact is None or form.errors:
        return None
    return fact if form.preview or _is_new(form, fact) else None


def _node(said: Mapping[str, Any], keys: list[str]) -> MappingNode:
    """Line n is that of the n-th key, so that an error's line tells the field."""
    lines = {key: place for place, key in enumerate(keys, start=1)}
    nodes = {key: _value(key, value, lines[key]) for key, value in said.items()}
    return MappingNode(0, nodes=nodes, lines=lines)


def _value(key: str, value: Any, line: int) -> Node:
    if key == "source":
        rows = enumerate(value, start=FIRST_SOURCE)
        return Items(line, [_mapping(row, at) for at, row in rows])
    if isinstance(value, list | tuple):
        return Items(line, [Text(line, str(item)) for item in value])
    return Text(line, str(value))


def _mapping(row: Mapping[str, str], line: int) -> MappingNode:
    nodes: dict[str, Node] = {name: Text(line, text) for name, text in row.items()}
    return MappingNode(line, nodes=nodes, lines=dict.fromkeys(nodes, line))


def _note(form: FactForm, error: DeckError, keys: list[str]) -> None:
    field: str | None = None
    if error.line >= FIRST_SOURCE:
        field = f"source_{error.line - FIRST_SOURCE}"
    elif 1 <= error.line <= len(keys):
        key = keys[error.line - 1]
        field = f"q_{key}" if f"q_{key}" in form.fields else FIELDS.get(key, key)
    form.add_error(field if field in form.fields else None, capfirst(str(error)))


def _is_new(form: FactForm, fact: Fact) -> bool:
    standing = standing_fact(form.deck, statement(fact), but=form.uid)
    if standing:
        form.stands_already(standing)
    return standing is None
