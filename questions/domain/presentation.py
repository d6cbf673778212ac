"""How a question of the bank is put before a learner, and how what comes back is graded.

`present` draws what the page shows — which options, in what order — from a stream that the
server's secret keys; the same stream gives the same page. `Presented` holds the key too, so
only its other fields go into a page before the answer: `asked()` leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from questions.domain.chance import Draw
from questions.domain.counting import say_figure
from questions.domain.messages import gettext_noop
from questions.domain.questions import Form
from questions.domain.values import (
    BadValue,
    parse_quantity,
    parse_span,
    say_date,
)

# Three options do as well as four or five: Rodriguez, "Three options are optimal for
# multiple-choice items" (Educational Measurement: Issues and Practice 2005).
DISTRACTORS = 2
_HALF_HARD = 14.0

# A true/false question's two answers, in the order of its key.
TRUTH = (gettext_noop("True"), gettext_noop("False"))

HOW_EXACT: Mapping[str, str] = {
    "day": gettext_noop("Day, month and year"),
    "month": gettext_noop("Month and year"),
    "season": gettext_noop("Season and year"),
    "year": gettext_noop("Year"),
    "decade": gettext_noop("Decade"),
    "century": gettext_noop("Century"),
    "interval": gettext_noop("From when to when"),
    "range": gettext_noop("From what to what"),
}

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Presented:
    """One question as one learner sees it.

    `options` are what may be chosen (choice), put in order (ordering) or paired (matching: the
    right-hand sides); `prompts` are matching's left-hand sides. `key` is, by form: choice, the
    right option's index; true_false, 0 for true and 1 for false; ordering, the options' indices
    in their right order; matching, for each prompt its option's index; else empty. `wanted` says
    how exact a date or figure is asked for, in English: one of `HOW_EXACT`, which pages translate,
    or empty.
    """

    form: Form
    stem: str
    options: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    blanks: int = 0
    key: tuple[int, ...] = ()
    wanted: str = ""

    def asked(self) -> dict[str, Any]:
        """What a page may show before the answer."""
        return {name: value for name, value in asdict(self).items() if name != "key"}

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Presented:
        return cls(
            Form(data["form"]),
            data["stem"],
            tuple(data["options"]),
            tuple(data["prompts"]),
            data["before"],
            data["after"],
            data["blanks"],
            tuple(data["key"]),
            data.get("wanted", ""),
        )

    @property
    def right_options(self) -> tuple[str, ...]:
        """The options in the order of the key, for feedback."""
        return tuple(self.options[index] for index in self.key)


def present(
    form: Form, stem: str, content: Content, draw: Draw, hardness: float | None = None
) -> Presented:
    """`hardness`, 0 to 1, picks among a choice's wrong options by how tempting they are; without
    it all are as likely to be shown."""
    match form:
        case Form.CHOICE:
            return _choice(stem, content, draw, hardness)
        case Form.TRUE_FALSE:
            return _true_false(stem, content, draw)
        case Form.ORDERING:
            return _ordering(stem, content, draw)
        case Form.MATCHING:
            return _matching(stem, content, draw)
        case Form.CLOZE:
            before, after = content["before"], content["after"]
            wanted = _how_exact(content["expected"])
            return Presented(form, stem, before=before, after=after, blanks=1, wanted=wanted)
        case Form.LIST:
            return Presented(form, stem, blanks=len(content["expected"]))
        case Form.TYPED:
            return Presented(form, stem, blanks=1, wanted=_how_exact(content["expected"]))
        case Form.FLASHCARD:
            return Presented(form, stem)


def hardness(stability: float | None) -> float:
    """How tempting wrong options should be for a memory of this stability in days, 0 to 1: one
    half at two weeks."""
    return float(1 - 0.5 ** ((stability or 0.0) / _HALF_HARD))


def _choice(stem: str, content: Content, draw: Draw, hardness: float | None) -> Presented:
    key, pool = content["key"], list(content["distractors"])
    if content.get("sorted"):
        shown = _ranked(content, draw, hardness)
    else:
        shown = draw.shuffle([key, *_drawn(pool, DISTRACTORS, draw, hardness)])
    return Presented(
        Form.CHOICE,
        stem,
        options=tuple(option["text"] for option in shown),
        key=(shown.index(key),),
    )


def _drawn(
    pool: Sequence[Content], count: int, draw: Draw, hardness: float | None
) -> list[Content]:
    """So many of a pool, which has the most tempting first: out of the half of it that is as
    hard as wanted, so that what is shown still varies."""
    if hardness is not None:
        width = max(count, (len(pool) + 1) // 2)
        start = round((1 - min(1.0, max(0.0, hardness))) * max(0, len(pool) - width))
        pool = pool[start : start + width]
    return draw.shuffle(pool)[:count]


def _ranked(content: Content, draw: Draw, hardness: float | None) -> list[Content]:
    """Options in order of size, the key's place among them drawn first where the pool allows:
    else the middle value would be the safe guess."""
    key, (below, above) = content["key"], _sides(content)
    wanted = min(DISTRACTORS, len(content["distractors"]))
    lower = draw.choose(key_ranks(content))
    shown = [
        key,
        *_drawn(below, lower, draw, hardness),
        *_drawn(above, wanted - lower, draw, hardness),
    ]
    size = _sizes(shown)
    return sorted(shown, key=lambda option: size[option["value"]])


def key_ranks(content: Content) -> list[int]:
    """Of sorted options: the places, from 0, among which the key's is drawn, each as likely.

    All there are, once each. A place where it cannot stand, for want of smaller or larger options,
    is taken by its mirror image, so that over a bank the middle is no better a guess.
    """
    below, above = _sides(content)
    last = min(DISTRACTORS, len(content["distractors"]))
    possible = [n for n in range(last + 1) if n <= len(below) and last - n <= len(above)]
    return [_or_mirrored(n, last, possible) for n in range(last + 1)]


def _or_mirrored(place: int, last: int, possible: Sequence[int]) -> int:
    return next((n for n in (place, last - place) if n in possible), possible[0])


def _sides(content: Content) -> tuple[list[Content], list[Content]]:
    """The wrong options smaller than the key, and those larger."""
    key, pool = content["key"], content["distractors"]
    size = _sizes([key, *pool])
    below = [option for option in pool if size[option["value"]] < size[key["value"]]]
    above = [option for option in pool if size[option["value"]] > size[key["value"]]]
    return below, above


def _sizes(options: Sequence[Content]) -> dict[str, tuple[float, float]]:
    """What to sort each option's value by: a quantity, or the middle of a span."""
    values = [option["value"] for option in options]
    try:
        return {value: parse_quantity(value).place for value in values}
    except BadValue:
        return {value: (parse_span(value).middle, 0.0) for value in values}


def _true_false(stem: str, content: Content, draw: Draw) -> Presented:
    false = list(content["false"])
    is_true = not false or (bool(content["true"]) and draw.pick(2) == 0)
    statement = content["true"] if is_true else draw.choose(false)
    return Presented(Form.TRUE_FALSE, stem, options=(statement,), key=(0 if is_true else 1,))


def _ordering(stem: str, content: Content, draw: Draw) -> Presented:
    right = [item["text"] for item in content["items"]]
    shown = draw.shuffle(right)
    if shown == right:  # an order that is right already would be no question
        shown = [*right[1:], right[0]]
    return Presented(
        Form.ORDERING, stem, options=tuple(shown), key=tuple(shown.index(text) for text in right)
    )


def _matching(stem: str, content: Content, draw: Draw) -> Presented:
    pairs = draw.shuffle(content["pairs"])
    rights = sorted({right for _, right in pairs} | set(content.get("spares", ())))
    shown = draw.shuffle(rights)
    return Presented(
        Form.MATCHING,
        stem,
        options=tuple(shown),
        prompts=tuple(left for left, _ in pairs),
        key=tuple(shown.index(right) for _, right in pairs),
    )


def _how_exact(expected: Content) -> str:
    """A date may be known to the day or to the year, a figure may be two limits; who is asked has
    to know which is meant."""
    kinds = {"date": _granularity, "number": _shape}
    if expected.get("kind") not in kinds:
        return ""
    try:
        found = {kinds[expected["kind"]](value) for value in _accepted(expected)}
    except BadValue:  # a teacher's own spelling of it
        return ""
    return HOW_EXACT.get(found.pop(), "") if len(found) == 1 else ""


def _accepted(expected: Content) -> Iterator[str]:
    yield expected["value"]
    yield from expected.get("accept", ())


def _granularity(value: str) -> str:
    return parse_span(value).granularity


def _shape(value: str) -> str:
    return parse_quantity(value).shape


def right_texts(presented: Presented, content: Content) -> list[str]:
    """The right answer to what was shown, in words, a line for each part."""
    if presented.form is Form.TRUE_FALSE:
        return [TRUTH[presented.key[0]]]
    return answer_texts(presented.form, content)


def answer_texts(form: str, content: Content) -> list[str]:
    """The right answer in words, whatever options are shown; a line for each part."""
    match Form(form):
        case Form.CHOICE:
            return [str(content["key"]["text"])]
        case Form.TRUE_FALSE:
            return [str(content["true"])] if content["true"] else []
        case Form.ORDERING:
            return [say_placed(item) for item in content["items"]]
        case Form.MATCHING:
            return [f"{left} – {right}" for left, right in content["pairs"]]
        case Form.FLASHCARD:
            return [str(content["answer"])]
        case Form.LIST:
            return [say_expected(each) for each in content["expected"]]
        case _:
            return [say_expected(content["expected"])]


def say_placed(item: Mapping[str, str]) -> str:
    """One of what was to be put in order, with its time if that decides."""
    return f"{item['text']} ({item['when']})" if item["when"] else item["text"]


def say_expected(expected: Content) -> str:
    """An expected answer as a reader would write it."""
    value = str(expected["value"])
    match expected["kind"]:
        case "date":
            return say_date(parse_span(value))
        case "number":
            return say_figure(parse_quantity(value), expected.get("unit") or "")
        case _:
            return value


def given_texts(presented: Presented, given: Mapping[str, Sequence[str]]) -> list[str]:
    """What a learner answered, in words, a line for each part; nothing if nothing was given.
    Whether a statement is true is said in English: `TRUTH`, which pages translate."""
    if not any(given.values()):
        return []
    match presented.form:
        case Form.CHOICE:
            return [presented.options[int(index)] for index in given.get("option", ())]
        case Form.TRUE_FALSE:
            return [TRUTH[int(index)] for index in given.get("option", ())]
        case Form.ORDERING:
            places = [int(place) for place in given.get("place", ())]
            return [text for _, text in sorted(zip(places, presented.options, strict=True))]
        case Form.MATCHING:
            pairs = zip(presented.prompts, given.get("pair", ()), strict=True)
            return [f"{left} – {presented.options[int(index)]}" for left, index in pairs]
        case _:
            return [text for text in given.get("text", ()) if text.strip()]
