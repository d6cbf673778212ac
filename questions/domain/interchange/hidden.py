"""Characters that nobody sees, but that change what stands around them: no text of a deck may hold
them. What scripts need stays: joiners, and the marks that give a neighbour its direction."""

from __future__ import annotations

import re
import unicodedata

from questions.domain.messages import Message, gettext_noop

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
_PARTING = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_BEFORE = 20
# At a text's beginning, and behind something.
_CLAUSES = {
    "turning": (
        gettext_noop(
            "a character that turns the direction of reading stands in this text (%(sign)s)"
        ),
        gettext_noop(
            "a character that turns the direction of reading stands in this text "
            "(%(sign)s, after “%(before)s”)"
        ),
    ),
    "control": (
        gettext_noop("a control character stands in this text (%(sign)s)"),
        gettext_noop("a control character stands in this text (%(sign)s, after “%(before)s”)"),
    ),
    "invisible": (
        gettext_noop("an invisible character stands in this text (%(sign)s)"),
        gettext_noop("an invisible character stands in this text (%(sign)s, after “%(before)s”)"),
    ),
}


def without_hidden(text: str) -> str:
    """The text with none of them; where they parted lines or words, a line's end or a space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HIDDEN.sub("", _PARTING.sub(" ", lines))


def hidden_character(text: str) -> Message | None:
    """What is wrong with the first one, as a clause."""
    found = _HIDDEN.search(text)
    if found is None:
        return None
    sign = found[0]
    before = text[max(0, found.start() - _BEFORE) : found.start()].strip()
    alone, behind = _CLAUSES[_kind(sign)]
    params = {"sign": f"U+{ord(sign):04X}", "before": before}
    return Message(behind if before else alone, params)


def _kind(sign: str) -> str:
    if _TURNS.match(sign):
        return "turning"
    return "control" if unicodedata.category(sign) == "Cc" else "invisible"
