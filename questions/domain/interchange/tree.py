"""From bytes to a tree of texts, lists and mappings that know their lines.

YAML is read event by event and only as far as a deck needs it: every scalar is text, and
anchors, aliases, tags, merge keys and further documents are refused, so that no file can grow
while it is read. Depth, bytes and number of values are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import Any

import yaml

from questions.domain.interchange.errors import Problems, shorten
from questions.domain.interchange.hidden import hidden_character

MAX_BYTES = 64 * 2**20
MAX_VALUES = 3_000_000
MAX_DEPTH = 8

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(slots=True)
class Text:
    line: int
    value: str


@dataclass(slots=True)
class Items:
    line: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """`nodes` by key, in the file's order; `lines` are those of the keys."""

    line: int
    flow: bool = False
    nodes: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Text | Items | Mapping


def read_tree(data: bytes, problems: Problems) -> Node | None:
    """The file's only document; None if it is empty. Raises DeckErrors where reading cannot go
    on; other mistakes are added to `problems`."""
    if len(data) > MAX_BYTES:
        _give_up(problems, 1, f"the file is larger than {MAX_BYTES // 2**20} MB", "split the deck")
    _check_encoding(data, problems)
    builder = _Builder(problems)
    try:
        for event in yaml.parse(data.removeprefix(b"\xef\xbb\xbf"), Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _give_up(problems, mark.line + 1 if mark else 1, *_explain(error))
    except yaml.reader.ReaderError as error:
        place = data.removeprefix(b"\xef\xbb\xbf")[: error.position]
        _give_up(
            problems, place.count(b"\n") + 1,
            f"a character that cannot be printed stands here (code {error.character})",
            "remove it",
        )  # fmt: skip
    return builder.root


def _check_encoding(data: bytes, problems: Problems) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        _give_up(
            problems, line,
            f"the file is not UTF-8 text: byte {error.start + 1} (0x{data[error.start]:02X})",
            "it is UTF-16; save it as UTF-8" if utf16 else "save it as UTF-8",
        )  # fmt: skip


def _give_up(problems: Problems, line: int, message: str, hint: str = "") -> None:
    problems.add(line, message, hint)
    problems.raise_if_any()


# What the parser says, and what it means to someone who writes a deck.
_MEANINGS = (
    ("mapping values are not allowed", "a text with “: ” in it must stand in quotes"),
    ("found character that cannot start any token",
     "texts that begin with @, ` or % stand in quotes; lines are indented with spaces, not tabs"),
    ("expected ',' or ']'", "close the list with ], or put the text in quotes"),
    ("expected ',' or '}'", "close the mapping with }, or put the text in quotes"),
    ("unexpected end of stream", "a quote or a bracket is not closed"),
    ("could not find expected ':'", "a key is written “key: value”"),
    ("expected <block end>", "indent the keys of one mapping alike"),
    ("expected key", "look for a quote that is not closed, or for keys indented differently"),
    ("expected '-' indicator", "begin each item of a list with “- ”, all indented alike"),
    ("block sequence entries", "a list begins on the line after its key"),
    ("unknown escape character", "in double quotes, write \\\\ for a backslash"),
    ("undefined alias", "a text that begins with * must stand in quotes"),
)  # fmt: skip


def _explain(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    problem = str(error.problem or "it cannot be read")
    hint = next((meaning for words, meaning in _MEANINGS if words in problem), "")
    return f"this is not YAML: {problem}", hint


def _line(event: Any) -> int:
    number: int = event.start_mark.line
    return number + 1


class _Builder:
    """Grows the tree from the parser's events."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root: Node | None = None
        self.documents = 0
        self.values = 0
        self.open: list[Items | Mapping] = []
        self.keys: list[Text | None] = []

    def take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._add(self._text(event))
            case yaml.MappingStartEvent():
                self._refuse(event)
                self._enter(Mapping(_line(event), bool(event.flow_style)))
            case yaml.SequenceStartEvent():
                self._refuse(event)
                self._enter(Items(_line(event)))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._leave()
            case yaml.AliasEvent():
                line = _line(event)
                self.problems.add(line, f"the alias *{event.anchor} is not allowed here", _ANCHORS)
                self._add(Text(line, ""))
            case yaml.DocumentStartEvent():
                self._start(event)

    def _start(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            _give_up(
                self.problems, _line(event),
                "a second document begins here", "a file holds one; remove the line “---”",
            )  # fmt: skip

    def _text(self, event: Any) -> Text:
        self._refuse(event)
        line, value = _line(event), event.value
        if event.style in ("|", ">"):
            value = value.rstrip("\n")
        if fault := hidden_character(value):
            self.problems.add(line, str(fault), "remove it")
        return Text(line, value)

    def _refuse(self, event: Any) -> None:
        line = _line(event)
        if event.anchor is not None:
            self.problems.add(line, f"the anchor &{event.anchor} is not allowed here", _ANCHORS)
        if event.tag is not None:
            self.problems.add(line, f"the tag {event.tag} is not allowed here", _TAGS)

    def _enter(self, node: Items | Mapping) -> None:
        self._add(node)
        self.open.append(node)
        self.keys.append(None)
        if len(self.open) > MAX_DEPTH:
            _give_up(self.problems, node.line, f"more than {MAX_DEPTH} levels in each other")

    def _leave(self) -> None:
        self.open.pop()
        self.keys.pop()

    def _add(self, node: Node) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            _give_up(self.problems, node.line, f"more than {MAX_VALUES:,} values", "split the deck")
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Items):
            parent.nodes.append(node)
        elif self.keys[-1] is None:
            self.keys[-1] = self._key(node)
        else:
            key, self.keys[-1] = self.keys[-1], None
            self._put(parent, key, node)

    def _key(self, node: Node) -> Text:
        if isinstance(node, Text):
            return node
        self.problems.add(
            node.line, "a key must be a text", "put a text that begins with [ or { in quotes"
        )
        return Text(node.line, "")

    def _put(self, parent: Mapping, key: Text, node: Node) -> None:
        name = intern(key.value)
        if name == "<<":
            self.problems.add(key.line, "the merge key << is not allowed here", "write it out")
        elif name in parent.nodes:
            self.problems.add(
                key.line,
                f"the key “{shorten(name)}” stands twice in one mapping",
                f"it stands already on line {parent.lines[name]}",
            )
        else:
            parent.nodes[name] = node
            parent.lines[name] = key.line


_ANCHORS = "write the text out, or in quotes if it begins with & or *"
_TAGS = "every value is text; put a text that begins with ! in quotes"


def plain_tree(data: Any) -> Node:
    """The tree of plain texts, lists and dicts, all on line 1: what a database keeps."""
    if isinstance(data, dict):
        nodes = {str(key): plain_tree(value) for key, value in data.items()}
        return Mapping(1, nodes=nodes, lines=dict.fromkeys(nodes, 1))
    if isinstance(data, list | tuple):
        return Items(1, [plain_tree(value) for value in data])
    return Text(1, str(data))


def walk(node: Node | None) -> Iterator[Node]:
    """The nodes of a list; a single value stands for a list of one, an empty text for none."""
    if isinstance(node, Items):
        yield from node.nodes
    elif node is not None and not (isinstance(node, Text) and not node.value):
        yield node
