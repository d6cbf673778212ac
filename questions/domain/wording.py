"""Templates: how a relation's wordings become English sentences.

A template is read once (`read_template`) and filled many times. `docs/deck-file.md`, section
"Relations", says what may stand in one. `check_template` is for whoever reads a deck.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from questions.domain.counting import says_fewer
from questions.domain.facts import Deck, Entity, Relation, ValueKind, Vocabulary
from questions.domain.values import (
    BadValue,
    Quantity,
    Span,
    parse_quantity,
    parse_span,
    say_date,
    say_quantity,
    say_when,
)

BLANK = "\x00"
"""Stands for the gap of a cloze until the sentence is cut there."""

_PLACEHOLDER = re.compile(
    r"(?:(?P<prefix>[Oo]n|[Ww]hich) )?(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"(?:\.(?P<form>[a-z]+))?(?P<possessive>['’]s)?(?::(?P<one>[^|{}]*)\|(?P<many>[^|{}]*))?"
)
_PIECES = re.compile(r"\{[^{}]*\}|\[|\]|[^{}\[\]]+|[{}]")
_FORMS = ("", "name", "adjective")
_PREPOSITIONS = frozenset({"about", "against", "by", "for", "from", "in", "of", "to", "with"})
_HOW_MANY = "how many"
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SPOKEN_AS_VOWEL = re.compile(
    r"(?:8|11\b|18\b|[aeio]|u(?!ni|s[aeiou]|r[aeiou]|t[aeiou]))", re.IGNORECASE
)
_SPOKEN_AS_CONSONANT = re.compile(r"(?:eu|one\b|once\b)", re.IGNORECASE)


class BadTemplate(ValueError):
    """A template that cannot be read; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a name in a template stands for, in every way a template may say it.

    `text` has no article. `which` asks for it ("who", "which state"); `when` is a date with its
    preposition; `one` says it behind a figure of 1, where it is counted ("moon").
    """

    text: str
    article: bool = False
    plural: bool = False
    adjective: str = ""
    when: str = ""
    which: str = ""
    one: str = ""

    @property
    def running(self) -> str:
        return f"the {self.text}" if self.article else self.text

    @property
    def possessive(self) -> str:
        return self.running + ("’" if self.plural and self.text.endswith("s") else "’s")


Words = Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Filled:
    """A template's sentence and the names it speaks of. `lower` is the sentence as it continues
    another ("According to …, when did")."""

    text: str
    lower: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    prefix: str = ""
    form: str = ""
    possessive: bool = False
    agreeing: tuple[str, str] | None = None
    capital: bool = False


_Part = str | _Slot


@dataclass(frozen=True, slots=True)
class Template:
    """Runs of parts; a run is left out where it is optional and a name in it is missing."""

    text: str
    runs: tuple[tuple[bool, tuple[_Part, ...]], ...]
    names: frozenset[str]
    required: frozenset[str]

    def fill(self, words: Words) -> Filled | None:
        """None where a name outside of brackets is missing from `words`."""
        if not self.required <= words.keys():
            return None
        parts: list[_Part] = []
        for optional, run in self.runs:
            if not optional or all(isinstance(part, str) or part.name in words for part in run):
                parts.extend(run)
        return _join(parts, words)


@lru_cache(maxsize=20_000)
def read_template(text: str) -> Template:
    """Raises BadTemplate."""
    runs = tuple(_runs(text))
    named = {part.name for _, run in runs for part in run if isinstance(part, _Slot)}
    needed = {p.name for optional, run in runs if not optional for p in run if isinstance(p, _Slot)}
    return Template(text, runs, frozenset(named), frozenset(needed))


def _runs(text: str) -> list[tuple[bool, tuple[_Part, ...]]]:
    runs: list[tuple[bool, list[_Part]]] = [(False, [])]
    for piece in _PIECES.findall(text):
        if piece == "[" and not runs[-1][0]:
            runs.append((True, []))
        elif piece == "]" and runs[-1][0]:
            runs.append((False, []))
        elif piece in "[]{}":
            raise BadTemplate(f"“{text}” has a “{piece}” too many or too few")
        else:
            runs[-1][1].append(_slot(piece) if piece[0] == "{" else piece.replace("'", "’"))
    if runs[-1][0]:
        raise BadTemplate(f"“{text}” has a “[” that is not closed")
    return [(optional, tuple(run)) for optional, run in runs if run]


def _slot(piece: str) -> _Slot:
    match = _PLACEHOLDER.fullmatch(piece[1:-1])
    if not match or (match["form"] or "") not in _FORMS:
        raise BadTemplate(
            f"{piece} cannot be read; write {{x}}, {{X}}, {{x.name}}, {{x.adjective}}, {{x's}}, "
            "{x:was|were}, {on x} or {which x}"
        )
    name, prefix = match["name"], match["prefix"] or ""
    return _Slot(
        name[0].lower() + name[1:],
        prefix.lower(),
        match["form"] or "",
        match["possessive"] is not None,
        (match["one"], match["many"]) if match["one"] is not None else None,
        (prefix or name)[0].isupper(),
    )


def _join(parts: list[_Part], words: Words) -> Filled:
    done, common = "", True
    names: set[str] = set()
    for at, part in enumerate(parts):
        if isinstance(part, str):
            done += part
            continue
        names.add(part.name)
        said = words[part.name]
        if said.one and _behind_one(parts[:at], words):
            said = replace(said, text=said.one)
        if not done:
            common = _plainly(part, said)[:1].islower()
        piece = _as_object(done, _say(part, said))
        before = _with_article(done, piece)
        common &= bool(before) or not done
        done = before + (piece if before or not done else _capital(piece))
    done = done.replace("the the ", "the ").replace("The the ", "The ")
    return Filled(_capital(done), _small(done) if common else done, frozenset(names))


def _behind_one(before: list[_Part], words: Words) -> bool:
    """Whether what follows is counted by a figure of 1."""
    match before:
        case [*_, _Slot(name="value"), " "]:
            figure = words["value"]
            return not figure.plural and figure.which == _HOW_MANY and BLANK not in figure.text
    return False


def _say(slot: _Slot, said: Said) -> str:
    text = _plainly(slot, said)
    return _capital(text) if slot.capital else text


def _plainly(slot: _Slot, said: Said) -> str:
    if slot.agreeing:
        return slot.agreeing[said.plural]
    if slot.prefix == "on":
        return said.when or said.running
    if slot.prefix == "which":
        return said.which or "what"
    if slot.form == "adjective":
        return said.adjective or said.possessive
    if slot.possessive:
        return said.possessive.removeprefix("the ") if slot.form == "name" else said.possessive
    return said.text if slot.form == "name" else said.running


def _as_object(before: str, piece: str) -> str:
    """ "By who" is "by whom"."""
    after = before.rstrip(" ").rpartition(" ")[2].lower() in _PREPOSITIONS
    return "whom" if piece == "who" and after else piece


def _with_article(before: str, piece: str) -> str:
    """Mends the template's own article: "a {x}" before a vowel, "the {x.adjective}" before a
    possessive without an article of its own."""
    word = before.rsplit(" ", 2)
    last = word[-2] if len(word) > 1 and not word[-1] else ""
    if last.lower() in ("a", "an") and piece[:1] != BLANK:
        stem = before[: -len(last) - 1]
        right = last[0] + ("n" if begins_with_vowel(piece) else "")
        return f"{stem}{right} "
    if last.lower() == "the" and piece.endswith(("’s", "’")) and not piece.startswith("the "):
        return before[:-4]
    return before


def begins_with_vowel(text: str) -> bool:
    """By sound, as far as spelling tells: "an hour" is beyond it, "a union" is not."""
    return bool(_SPOKEN_AS_VOWEL.match(text)) and not _SPOKEN_AS_CONSONANT.match(text)


def _capital(text: str) -> str:
    """Leaves "pH" and "iPhone" alone."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def count_word(count: int) -> str:
    """In words up to ten."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else str(count)


_ASKS_FOR = re.compile(
    r"\b(?:(?:on|in|by|at|from|for|since) (?:what|which)|(?:what|which) (?:is|was) the|give the)"
    r" (date|day|month|year)\b(?! and)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?:The|An?|It|Its|They|Their|He|She|This|These|There|That|Those|In|On|At|By|To|For|From|"
    r"When|Because|Since|As|If|While|After|Before|One|Some|Both|All) (?=[a-z])"
)


def fits_date(template: str, span: Span) -> bool:
    """Whether a wording asks for a date as exact as this one: none asks "on what day" for a year,
    nor "in what year" for a day. Of a span its ends may be asked in any way."""
    found = _ASKS_FOR.search(template)
    if found is None or span.granularity == "interval":
        return True
    return found[1].lower().replace("date", "day") == span.granularity


def begins_small(text: str) -> str:
    """A sentence as it goes on from another; a name at its start stays as it is."""
    return text[:1].lower() + text[1:] if _SENTENCE.match(text) else text


# What the names stand for


def say_entity(entity: Entity, vocabulary: Vocabulary) -> Said:
    return Said(
        entity.name,
        article=entity.article,
        plural=entity.plural,
        adjective=entity.adjective,
        which=asking_for(entity.type, vocabulary),
    )


def asking_for(type_key: str, vocabulary: Vocabulary) -> str:
    """As the type or the nearest wider one says it: "who", "which state"."""
    for key in vocabulary.widening(type_key):
        found = vocabulary.types.get(key)
        if found and found.asks:
            return found.asks
    found = vocabulary.types.get(type_key)
    return f"which {found.label}" if found and found.label else "what"


def many_of(type_keys: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """The plural of the only type ("rivers"), or "answers" where there are several."""
    for key in vocabulary.widening(type_keys[0]) if len(type_keys) == 1 else ():
        found = vocabulary.types.get(key)
        if found and (found.many or found.label):
            return found.many or f"{found.label}s"
    return "answers"


def say_span(span: Span) -> Said:
    return Said(say_date(span), when=say_when(span), which="when")


def say_number(quantity: Quantity, *, fewer: bool = False) -> Said:
    one = quantity.amount == 1 and quantity.other is None
    return Said(say_quantity(quantity, fewer=fewer), plural=not one, which=_HOW_MANY)


def say_unit(unit_key: str, quantity: Quantity | None, vocabulary: Vocabulary) -> Said:
    """Nothing for a ratio: "2 to 1" has no word after it."""
    if quantity is not None and quantity.shape == "ratio":
        return Said("")
    unit = vocabulary.units.get(unit_key)
    if unit is None:
        return Said(unit_key)
    one = quantity is not None and quantity.amount == 1 and quantity.other is None
    return Said(unit.one if one else unit.many, plural=not one)


def say_value(text: str, relation: Relation, deck: Deck, unit: str = "") -> Said:
    """A value of the relation's kind, as the deck writes it; figures are in a unit. Raises
    BadValue."""
    match relation.value:
        case ValueKind.ENTITY:
            if text not in deck.entities:
                raise BadValue(f"there is no entity “{text}”")
            return say_entity(deck.entities[text], deck.vocabulary)
        case ValueKind.DATE:
            return say_span(parse_span(text))
        case ValueKind.NUMBER:
            quantity = parse_quantity(text)
            fewer = says_fewer(quantity, relation, unit, deck.vocabulary)
            return say_number(quantity, fewer=fewer)
        case ValueKind.TEXT:
            return Said(begins_small(text).removesuffix("."), which="what")
        case _:
            return Said(text, which="what")


# What a reader of decks asks

_SLOT_FORBIDS = {
    "ask": {"value": "the value is what is asked for"},
    "which": {"value": "the value is what is asked for"},
    "list": {"value": "the values are what is asked for"},
    "reverse": {"about": "the subject is what is asked for"},
    "order": {"about": "the subjects stand below", "value": "the values are what is asked for"},
    "match": {"about": "the subjects stand below", "value": "the values stand below"},
}
_SLOT_NEEDS = {
    "ask": ("about",),
    "which": ("about",),
    "list": ("about",),
    "reverse": ("value",),
    "state": ("about", "value"),
}


def check_template(template: str, relation: Relation, slot: str = "") -> tuple[str, ...]:
    """What is wrong with a template of a relation, as sentences; nothing if it is sound.

    `slot` is where it stands: "ask", "which", "list", "reverse", "order", "match" or "state".
    """
    try:
        read = read_template(template)
    except BadTemplate as error:
        return (str(error),)
    known = {"about", "value", *relation.qualifiers}
    known |= {"unit"} if relation.value is ValueKind.NUMBER else set()
    known |= {"count", "values"} if slot in ("", "list") else set()
    unknown = sorted(read.names - known)
    problems = [f"{{{name}}} is not known here; known are {_listed(known)}" for name in unknown]
    return (*problems, *_out_of_place(read, slot))


def _out_of_place(read: Template, slot: str) -> list[str]:
    plain = {
        part.name
        for _, run in read.runs
        for part in run
        if isinstance(part, _Slot) and part.prefix != "which" and not part.agreeing
    }
    forbidden = _SLOT_FORBIDS.get(slot, {})
    problems = [
        f"{{{name}}} cannot stand in “{slot}”: {why}"
        for name, why in forbidden.items()
        if name in plain
    ]
    missing = [name for name in _SLOT_NEEDS.get(slot, ()) if name not in read.required]
    return problems + [f"“{slot}” must speak of {{{name}}}, outside of […]" for name in missing]


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
