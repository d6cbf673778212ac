"""Whether a relation's wordings can be filled in: brackets, names and forms of templates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_PLACE = re.compile(
    r"(?:(?P<word>[Oo]n|[Ww]hich) )?(?P<name>[^\W\d]\w*)"
    r"(?P<form>\.name|\.adjective|['’]s|:[^|{}\[\]]*\|[^|{}\[\]]*)?"
)
_TOKEN = re.compile(r"\{([^{}]*)\}|[{}\[\]]")
_FORMS = (
    "write {name}, {Name}, {name.name}, {name's}, {name.adjective}, {name:was|were}, {on name} "
    "or {which name}"
)


def faults(template: str, names: Collection[str], hidden: str = "") -> Iterator[tuple[str, str]]:
    """What is wrong with a template, each with what would be right.

    `names` may stand in it; `hidden` is the one that is asked for, whose text must not.
    """
    depth = places = 0
    for token in _TOKEN.finditer(template):
        match token[0]:
            case "[":
                depth, places = depth + 1, 0
                if depth > 1:
                    yield "“[” inside “[…]”", "optional parts cannot stand in each other"
            case "]":
                if depth == 0:
                    yield "“]” without “[”", "close only what was opened"
                elif not places:
                    yield "an optional part “[…]” without a name", "put a {name} in it"
                depth = max(depth - 1, 0)
            case "{" | "}":
                yield f"a single “{token[0]}”", "names stand in braces: {about}"
            case _:
                places += 1
                yield from _place_faults(token[1], names, hidden)
    if depth:
        yield "“[” is not closed", "end the optional part with “]”"


def _place_faults(
    inside: str, names: Collection[str], hidden: str
) -> Iterator[tuple[str, str]]:  # fmt: skip
    match = _PLACE.fullmatch(inside)
    if not match:
        yield f"“{{{inside}}}” cannot be filled in", _FORMS
        return
    name = match["name"][:1].lower() + match["name"][1:]
    word = (match["word"] or "").lower()
    says_it = word != "which" and not (match["form"] or "").startswith(":")
    if name not in names:
        yield f"nothing is called “{name}” here", f"names here: {', '.join(sorted(names))}"
    elif name == hidden and says_it:
        yield f"“{{{inside}}}” would give the answer away", f"ask with {{which {name}}} or no name"
