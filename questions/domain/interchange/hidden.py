"""Characters that nobody sees, but that change what stands around them: no text of a deck may hold
them. What scripts need stays: joiners, and the marks that give a neighbour its direction."""

from __future__ import annotations

import re
import unicodedata

_DIRECTION = "\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_INVISIBLE = (
    "\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0001"
)
# Tags spell the names of flags, behind a black one.
_TAG = "(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007f]"
_HIDDEN = re.compile(f"[{_CONTROL}{_DIRECTION}{_INVISIBLE}]|{_TAG}")
_TURNS = re.compile(f"[{_DIRECTION}]")
_BEFORE = 20


def hidden_character(text: str) -> str:
    """What is wrong with the first one, as a clause; "" where there is none."""
    found = _HIDDEN.search(text)
    if found is None:
        return ""
    sign = found[0]
    if _TURNS.match(sign):
        what = "a character that turns the direction of reading"
    elif unicodedata.category(sign) == "Cc":
        what = "a control character"
    else:
        what = "an invisible character"
    before = text[max(0, found.start() - _BEFORE) : found.start()].strip()
    place = f", after “{before}”" if before else ""
    return f"{what} stands in this text (U+{ord(sign):04X}{place})"
