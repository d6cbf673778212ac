"""A list told in one sentence, or in as few as English allows.

What was asked for is told in the words that asked for it, if they can tell: "Name the two people
who …" as "The two people who … were A and B". Else a statement of the relation speaks of all where
it reads so of several. Whatever it says of one alone is said of each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from questions.domain.facts import Fact
from questions.domain.generation.asking import (
    Attribution,
    list_words,
    statement,
    words_for,
)
from questions.domain.generation.expecting import quotes_value
from questions.domain.generation.index import Index
from questions.domain.wording import Said, read_template

_AND = " and "
_TEXT = r"(?:\{[^{}]*\}|[^.;:?!{}])+"
_NAMED = re.compile(r"(?:Name|List|Give|State) (the \{count\} (?:\{[^{}]*\}|[^.,;:?!{}])+)\.")
_TOLD = re.compile(
    rf"({_TEXT})\. (?:(?:Name|List|Give) (?:them|both|all|the \{{count\}}|all \{{count\}})\.|"
    r"(?:Which|What|Who) are they\?)"
)
_SLOTS = re.compile(r"\{[^{}]*\}|[\[\]]")
_CLAUSE = re.compile(r"\b(?:who|whom|whose|that|which)\b")
_NOW = re.compile(r"\b(?:is|are|has|have|can|may|do|does)\b")
_DID = (
    r"(?:became|began|bore|bought|brought|broke|built|came|chose|drew|fell|fought|found|gave|got|"
    r"grew|held|kept|knew|laid|led|left|lost|made|met|paid|ran|rose|said|sang|sat|saw|sent|shot|"
    r"sold|spoke|stood|struck|swore|taught|thought|threw|told|took|went|won|wore|wrote|agreed|"
    r"freed|decreed|guaranteed|(?!(?:hundred|sacred|hatred|naked|wicked|rugged|crooked)\b)"
    r"[a-z]{2,}(?<!e)ed)\b"
)
_WAS = re.compile(rf"\b(?:(?:was|were|had|did|could|would)\b|{_DID})|:(?:was|had|did)\|")
_AT_ONCE = re.compile(rf" (?:\{{[Vv]alue:|{_DID})")
_EACH_ALONE = re.compile(r"\b(?:is|was|has|does|an?|one|alone|its|his|her|(?:it|him|her)self)\b")
_BEGINNING = re.compile(r"(?P<quoted>“)?\{[Vv]alue\}(?(quoted)”)(?P<rest> .*)")
_SINGULAR = re.compile(r"\b(?:is|was|an?|called|named)(?: the)?$", re.IGNORECASE)
"""Before several values this would have to be another word."""


def all_in_one(index: Index, facts: Sequence[Fact]) -> str:
    well, plainly = _as_asked(index, facts)
    at_once, each = _at_the_beginning(index, facts)
    end = _at_the_end(index, facts)
    return well or end or at_once or plainly or each or _one_by_one(index, facts)


def _as_asked(index: Index, facts: Sequence[Fact]) -> tuple[str, str]:
    """By the first wording that can be told: well, where it names things by a clause of theirs, or
    so that a statement may do better: "made by two people: …", "the two makers of it are …"."""
    words = {**list_words(index, facts), "value": _several(_names(index, facts))}
    for wording in _fullest(facts[0], index.relation(facts[0]).list, words):
        if named := _NAMED.fullmatch(wording):
            whose, clause = named[1], _CLAUSE.search(_SLOTS.sub("", named[1]))
            text = _filled(f"{whose} {_linking(whose)} {{value}}.", words)
            return (text, "") if clause else ("", text)
        if told := _TOLD.fullmatch(wording):
            return "", _filled(f"{told[1]}: {{value}}.", words)
    return "", ""


def _linking(whose: str) -> str:
    """ "The two who signed it were", but "the two that have one are"."""
    clause = _CLAUSE.search(whose)
    if clause is None or _NOW.search(_SLOTS.sub("", whose[clause.end() :])):
        return "are"
    return "were" if _WAS.search(whose, clause.end()) else "are"


def _names(index: Index, facts: Sequence[Fact]) -> list[str]:
    """The values as they stand alone: quoted where a statement quotes them, or with their unit."""
    names = []
    for fact in facts:
        words = words_for(index, fact)
        unit = words["unit"].text if "unit" in words else ""
        name = f"{words['value'].running} {unit}".rstrip()
        names.append(f"“{name}”" if quotes_value(index, fact) else name)
    return names


def _at_the_end(index: Index, facts: Sequence[Fact]) -> str:
    """ "A and B was there" is what a wording that speaks of one would make of them elsewhere."""
    first = facts[0]
    names = [words_for(index, fact)["value"].running for fact in facts]
    words = {**words_for(index, first), "value": _several(names)}
    for template in _fullest(first, index.relation(first).state, words)[:1]:
        before, found, after = _filled(template, words).rpartition(_joined(names))
        if before.endswith("“") and after.startswith("”"):
            before, found, after = before[:-1], _joined(_quoted(names)), after[1:]
        if found and after in ("", ".") and not _SINGULAR.search(before.strip()):
            return f"{_of_many(index, first, before)}{found}{after}"
    return ""


def _at_the_beginning(index: Index, facts: Sequence[Fact]) -> tuple[str, str]:
    """ "A and B fought there", or where more than that would have to agree in number "A and B: each
    was a party to it", which is the second."""
    first = facts[0]
    names = [words_for(index, fact)["value"].running for fact in facts]
    words = words_for(index, first)
    for template in _fullest(first, index.relation(first).state, words)[:1]:
        if not (found := _BEGINNING.fullmatch(template)):
            continue
        told, rest = _joined(_quoted(names) if found["quoted"] else names), found["rest"]
        if _AT_ONCE.match(rest) and not _EACH_ALONE.search(_SLOTS.sub("", rest)):
            return _filled(f"{{value}}{rest}", {**words, "value": Said(told, plural=True)}), ""
        return "", _filled(f"{{value}}: each{rest}", {**words, "value": Said(told)})
    return "", ""


def _one_by_one(index: Index, facts: Sequence[Fact]) -> str:
    return " ".join(statement(index, fact, Attribution()) for fact in facts)


def _fullest(fact: Fact, templates: Sequence[str], words: Mapping[str, Said]) -> list[str]:
    """Those that say most of the fact's qualifiers."""
    wanted = {name for name, _ in fact.qualifiers}
    said = {
        text: len(done.names & wanted)
        for text in templates
        if (done := read_template(text).fill(words))
    }
    return [text for text, count in said.items() if count == max(said.values())]


def _filled(template: str, words: Mapping[str, Said]) -> str:
    done = read_template(template).fill(words)
    return done.text if done else ""


def _several(names: Sequence[str]) -> Said:
    return Said(_joined(names), plural=True)


def _of_many(index: Index, fact: Fact, before: str) -> str:
    """ "crosses the river " as it goes on to several."""
    entity = index.deck.entities.get(fact.value)
    kind = index.deck.vocabulary.types.get(entity.type) if entity else None
    if kind is None or not kind.label or not before.endswith(f" {kind.label} "):
        return before
    return f"{before.removesuffix(f'{kind.label} ')}{kind.many or f'{kind.label}s'} "


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"“{name}”" for name in names]


def _joined(names: Sequence[str]) -> str:
    """By semicolons where a name has a comma of its own."""
    *rest, last = names
    if rest and any(", " in name for name in names):
        return "; ".join((*rest, f"and {last}"))
    return _AND.join((", ".join(rest), last)) if rest else last
