"""Reading one mapping of a file field by field, and saying what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from questions.domain.interchange.errors import Problems, shorten
from questions.domain.interchange.tree import Items, Mapping, Node, Text, walk

SHORT, NAME, LONG = 200, 300, 5000
MOST_ITEMS = 500

_FLAGS = {"yes": True, "true": True, "no": False, "false": False}
_KEY = re.compile(r"\w[\w.-]*")
_SPACED_KEY = re.compile(r"\w[\w.-]*(?: [\w.-]+)*")
_KEY_HINT = "a key is letters, digits, “-”, “_” and “.”, and begins with a letter or digit"

Choice = TypeVar("Choice", bound=StrEnum)


class Record:
    """One mapping of the file. `what` names it in messages: "a fact"."""

    __slots__ = ("line", "lines", "nodes", "problems", "what")

    def __init__(self, node: Mapping, problems: Problems, what: str) -> None:
        self.line = node.line
        self.nodes = node.nodes
        self.lines = node.lines
        self.problems = problems
        self.what = what

    def error(self, key: str, message: str, hint: str = "") -> None:
        self.problems.add(self.lines.get(key, self.line), message, hint)

    def only(self, allowed: Collection[str], flow: bool = False, more: str = "") -> None:
        """Report every key that is none of these; `more` is said of each."""
        before = ""
        for key, node in self.nodes.items():
            if key in allowed:
                before = node.value if isinstance(node, Text) else ""
            elif flow and isinstance(node, Text) and not node.value:
                message = f"“{shorten(key)}” is no key of {self.what}"
                before = f"{before},{key}"
                self.error(key, message, _cut_at_comma(before))
            else:
                self.problems.unknown(self.lines[key], f"key in {self.what}", key, allowed, more)

    def text(self, key: str, most: int = SHORT) -> str:
        node = self.nodes.get(key)
        if node is None:
            return ""
        return text_of(node, f"“{key}”", self.problems, most)

    def required(self, key: str, most: int = SHORT) -> str:
        if key not in self.nodes:
            self.problems.add(self.line, f"{self.what} without “{key}”", f"add “{key}: …”")
            return ""
        found = len(self.problems.found)
        text = self.text(key, most)
        if not text.strip() and len(self.problems.found) == found:
            self.error(key, f"“{key}” is empty", "write a text after it")
        return text

    def flag(self, key: str) -> bool:
        return self.maybe(key) or False

    def maybe(self, key: str) -> bool | None:
        """A yes or no that may be left open."""
        text = self.text(key)
        if not text:
            return None
        if text.lower() not in _FLAGS:
            self.error(key, f"“{key}: {shorten(text)}” is neither yes nor no", "write yes or no")
        return _FLAGS.get(text.lower())

    def texts(self, key: str, most: int = SHORT) -> tuple[str, ...]:
        """A list of texts, or a single one. No item may be empty."""
        node = self.nodes.get(key)
        if node is None:
            return ()
        if isinstance(node, Mapping):
            self.error(key, f"“{key}” is a text or a list of texts, not a mapping")
            return ()
        if isinstance(node, Items) and len(node.nodes) > MOST_ITEMS:
            self.error(key, f"“{key}” has more than {MOST_ITEMS} items")
            return ()
        what = f"an item of “{key}”"
        read = [
            (item.line, text_of(item, what, self.problems, most)) for item in walk(node)
        ]  # fmt: skip
        for line, text in read:
            if not text.strip():
                self.problems.add(line, f"{what} is empty", "write it out or remove it")
        return tuple(text for _, text in read if text.strip())

    def choice(self, key: str, options: type[Choice], default: Choice) -> Choice:
        text = self.text(key)
        return self._option(self.lines.get(key, self.line), key, text, options) or default

    def choices(self, key: str, options: type[Choice]) -> tuple[Choice, ...]:
        line = self.lines.get(key, self.line)
        found = (self._option(line, key, text, options) for text in self.texts(key))
        return tuple(dict.fromkeys(option for option in found if option))

    def _option(
        self, line: int, key: str, text: str, options: type[Choice]
    ) -> Choice | None:  # fmt: skip
        if not text:
            return None
        try:
            return options(text)
        except ValueError:
            self.problems.unknown(line, key, text, [option.value for option in options])
            return None

    def one_of(self, key: str, known: Collection[str], what: str) -> str:
        """A key of something defined elsewhere; "" if absent or unknown."""
        text = self.text(key)
        if not text or text in known:
            return text
        self.problems.unknown(self.lines[key], what, text, known)
        return ""


def _cut_at_comma(text: str) -> str:
    """What was meant by a text in braces that ended at its comma."""
    if re.fullmatch(r"[~<>]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return f"a number has no separators: write {text.replace(',', '')}"
    return "a text with a comma in it must stand in quotes"


def text_of(node: Node, what: str, problems: Problems, most: int = SHORT) -> str:
    if not isinstance(node, Text):
        kind = "a list" if isinstance(node, Items) else "a mapping"
        problems.add(node.line, f"{what} is one text, not {kind}", _not_text(node))
        return ""
    if len(node.value) > most:
        problems.add(node.line, f"{what} is longer than {most} characters", "shorten it")
    return node.value


def _not_text(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a text that begins with { or has “: ” in it must stand in quotes"
    return "a text that begins with [ must stand in quotes"


def record_of(node: Node, problems: Problems, what: str, allowed: Collection[str]) -> Record | None:
    """The mapping as a record with no other keys than these; None if it is none."""
    if not isinstance(node, Mapping):
        keys = ", ".join(list(allowed)[:3])
        problems.add(node.line, f"{what} is a mapping", f"write its keys ({keys} …) with values")
        return None
    return checked_record(node, problems, what, allowed)


def checked_record(
    node: Mapping, problems: Problems, what: str, allowed: Collection[str]
) -> Record:
    record = Record(node, problems, what)
    record.only(allowed, node.flow)
    return record


def named(
    node: Node | None, problems: Problems, what: str, longest: int, spaces: bool = False
) -> dict[str, tuple[int, Node]]:
    """A section whose keys the author chose: the line and node of each key."""
    if node is None or (isinstance(node, Text) and not node.value):
        return {}
    if not isinstance(node, Mapping):
        problems.add(node.line, f"“{what}” is a mapping of keys", "write “key: …” lines below it")
        return {}
    found = {}
    for key, value in node.nodes.items():
        line = node.lines[key]
        if check_key(key, line, problems, longest, spaces):
            found[key] = (line, value)
    return found


def check_key(key: str, line: int, problems: Problems, longest: int, spaces: bool = False) -> bool:
    pattern = _SPACED_KEY if spaces else _KEY
    if len(key) > longest:
        problems.add(line, f"the key “{shorten(key)}” is longer than {longest} characters")
    elif not pattern.fullmatch(key):
        problems.add(line, f"“{shorten(key)}” cannot be a key", _KEY_HINT)
    else:
        return True
    return False


def items_of(node: Node | None, problems: Problems, what: str) -> list[Node]:
    """The nodes of a section that is a list."""
    if node is None or (isinstance(node, Text) and not node.value):
        return []
    if isinstance(node, Items):
        return node.nodes
    problems.add(node.line, f"“{what}” is a list", "begin each of its items with “- ”")
    return []
