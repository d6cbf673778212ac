"""An answer of several parts told part by part, and a misspelt one letter by letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from questions.domain.grading import Verdict
from questions.domain.messages import Message
from questions.domain.presentation import Presented, say_expected, say_placed
from questions.domain.questions import Form

Given = Mapping[str, Sequence[str]]
_WORDS = re.compile(r"\s+|\w(?:[\w.,’'–-]*\w)?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Part:
    """`text` is what was wanted, empty of what did not belong; `given` what was there instead, if
    anything was: another partner, another place, a name too many. `prompt` is what the text was to
    be matched with; `place` where it belongs in an order, from 1; `half` what was missing in what
    earned part of its credit."""

    text: str
    right: bool
    given: str = ""
    prompt: str = ""
    place: int = 0
    half: Message | None = None


def parts_of(
    presented: Presented,
    content: Mapping[str, Any],
    given: Given,
    verdict: str,
    reason: Mapping[str, Any],
) -> list[Part]:
    """Of a list, an order or pairs that were answered; of other forms, or of nothing, none."""
    if not any(given.values()):
        return []
    match presented.form:
        case Form.LIST:
            return _listed(content, verdict, reason)
        case Form.ORDERING:
            return _ordered(presented, content, given)
        case Form.MATCHING:
            return _matched(presented, given)
    return []


def _listed(content: Mapping[str, Any], verdict: str, reason: Mapping[str, Any]) -> list[Part]:
    missing, extra = set(reason.get("missing") or ()), reason.get("extra") or ()
    # Answers that named nothing were once kept without what they missed.
    none = verdict == Verdict.WRONG and not missing and not extra
    halves = {value: Message(text, params) for value, text, params in reason.get("halves", ())}
    wanted = []
    for each in content["expected"]:
        half = halves.get(each["value"])
        right = not none and not half and each["value"] not in missing
        wanted.append(Part(say_expected(each), right, half=half))
    return wanted + [Part("", right=False, given=text) for text in extra]


def _ordered(presented: Presented, content: Mapping[str, Any], given: Given) -> list[Part]:
    places = dict(zip(presented.options, given.get("place", ()), strict=False))
    return [
        Part(say_placed(item), own == str(place), given=own, place=place)
        for place, item in enumerate(content["items"], start=1)
        for own in [places.get(item["text"], "")]
    ]


def _matched(presented: Presented, given: Given) -> list[Part]:
    chosen = [presented.options[int(index)] for index in given.get("pair", ())]
    chosen += [""] * (len(presented.prompts) - len(chosen))
    return [
        Part(right, right == own, given=own, prompt=prompt)
        for prompt, right, own in zip(
            presented.prompts, presented.right_options, chosen, strict=True
        )
    ]


@dataclass(frozen=True, slots=True)
class Letters:
    """A stretch of a word; `apart` if the other spelling has it otherwise."""

    text: str
    apart: bool


def spellings_apart(given: str, right: str) -> tuple[list[Letters], list[Letters]]:
    """Both cut where they begin and cease to differ; case is no difference."""
    one, two = given.lower(), right.lower()
    if (len(one), len(two)) != (len(given), len(right)):  # lowered, "İ" is two letters
        one, two = given, right
    typed, wanted = [], []
    for tag, at, to, from_, until in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        typed.append(Letters(given[at:to], tag != "equal"))
        wanted.append(Letters(right[from_:until], tag != "equal"))
    return [each for each in typed if each.text], [each for each in wanted if each.text]


def part_apart(said: str, other: str) -> tuple[str, str, str]:
    """A sentence cut around what another does not have at that place: what both begin with, what
    only the first says, what both end with. Words and figures are not cut."""
    one, two = _WORDS.findall(said), _WORDS.findall(other)
    first = _alike(one, two)
    last = _alike(one[first:][::-1], two[first:][::-1])
    cut = [one[:first], one[first : len(one) - last], one[len(one) - last :]]
    before, apart, after = ("".join(words) for words in cut)
    return before, apart, after


def _alike(one: Sequence[str], two: Sequence[str]) -> int:
    """How many both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return sum(1 for _ in pairs)
