"""Writing texts, lists and mappings as YAML that people like to read.

A text is quoted only where YAML would read it as something else, and never because it looks
like a number, a date or a yes: in a deck every scalar is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import wrap

WIDTH = 100

Value = str | list["Value"] | dict[str, "Value"]

# Nothing that begins with an indicator of YAML; a dash may begin a negative number or year.
_PLAIN_START = re.compile(r"""-[^\s,\[\]{}]|[^\s\-?:,\[\]{}#&*!|>'"%@`]""")
_NEVER_PLAIN = re.compile(
    r": |:$| #|[^\x20-\x7e\xa1-\u1fff\u2010-\u2027\u2030-\u205e\u3001-\ud7ff]"
)
_FLOW = re.compile(r"[,\[\]{}?]|:(?=[,\[\]{}])")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_UNSAFE = re.compile(
    r'["\\]|[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]'
)
_BREAKS = "\x85\u2028\u2029"


def scalar(text: str, flow: bool = False) -> str:
    """The text as it stands in a block, or inside brackets if `flow`."""
    return text if is_plain(text, flow) else quoted(text)


def is_plain(text: str, flow: bool) -> bool:
    if not _PLAIN_START.match(text) or text != text.rstrip():
        return False
    if _NEVER_PLAIN.search(_ASTRAL.sub("x", text)) or text in ("---", "..."):
        return False
    return not (flow and _FLOW.search(text))


def quoted(text: str) -> str:
    escaped = _UNSAFE.sub(_escape, text)
    for sign in _BREAKS:
        escaped = escaped.replace(sign, f"\\u{ord(sign):04x}")
    return f'"{escaped}"'


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04x}"


def inline(value: Value) -> str:
    """On one line, with brackets."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, list):
        return f"[{', '.join(inline(item) for item in value)}]"
    pairs = (f"{scalar(key, flow=True)}: {inline(item)}" for key, item in value.items())
    return f"{{{', '.join(pairs)}}}"


def entry(key: str, value: Value, indent: int = 0, prefix: str = "") -> Iterator[str]:
    """The lines of `key: value`, on one line if they fit there; `prefix` may be "- "."""
    head = f"{' ' * indent}{prefix}{scalar(key)}:"
    indent += len(prefix)
    if isinstance(value, str):
        yield from _text_lines(head, value, indent)
    elif len(line := f"{head} {inline(value)}") <= WIDTH or not value:
        yield line
    else:
        yield head
        if isinstance(value, dict):
            yield from entries(value, indent + 2)
        else:
            yield from items(value, indent + 2)


def entries(values: Mapping[str, Value], indent: int = 0) -> Iterator[str]:
    for key, value in values.items():
        yield from entry(key, value, indent)


def items(values: list[Value], indent: int) -> Iterator[str]:
    for value in values:
        line = f"{' ' * indent}- {inline(value)}"
        if isinstance(value, str):
            yield f"{' ' * indent}- {scalar(value)}"
        elif isinstance(value, list) or len(line) <= WIDTH:
            yield line
        else:
            prefix = "- "
            for key, item in value.items():
                yield from entry(key, item, indent + 2 - len(prefix), prefix)
                prefix = ""


def _text_lines(head: str, text: str, indent: int) -> Iterator[str]:
    line = f"{head} {scalar(text)}"
    if len(line) <= WIDTH or not is_plain(text, flow=False) or "  " in text:
        yield line
        return
    margin = " " * (indent + 2)
    lines = wrap(
        f"{head} {text}", WIDTH, subsequent_indent=margin,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    # A line that begins with “#” would be a comment, and one that wrap changed is not the text.
    if any(part.lstrip().startswith("#") for part in lines[1:]):
        yield line
    else:
        yield from lines
