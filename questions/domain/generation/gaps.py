"""What a gap wants: the kind of thing that stands in it, said beside it if not in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation.asking import asking_words
from questions.domain.generation.expecting import quotes_value
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.kept import kept
from questions.domain.generation.text import fold
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import Form
from questions.domain.wording import Said, many_of, read_template

HINT = re.compile(r"^(?P<mark>”?) \([^)]*\)")
"""Behind a gap, with the quotation mark that closes it."""
_ARTICLE = re.compile(r"\bthe $", re.IGNORECASE)
_DATES = {"day": "date", "month": "month and year", "season": "season and year"}
_FIGURE, _NAMED = "number", "name"
_NAME = "§"
"""Stands where a question speaks of an entity."""
_VERB = (
    r"(?:is|are|was|were|be|does|did|do|has|have|had|can|could|may|might|must|will|would|should)"
)
# Forms that are no nouns: the phrase that they follow is what is asked for.
_SAYING = (
    r"(?:says|said|stands? for|stood|meant|belongs|belonged|describes|described|tells|told|gives|"
    r"gave|shows|showed|comes|came|goes|went|holds|held|contains|contained|led|makes|made|takes|"
    r"took|follows|followed|begins|began)"
)
_ENDED = rf" (?:{_VERB}|{_SAYING})\b| (?:of|in|on|at|by|to|for|from|with)(?: the)? §"
_END = r" ?[§,?]| that | which "
# "what type of boat does", "which article of §"; "what is the length of §"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:what|which) (?!of these|{_VERB}\b)(?P<kind>[^,?;:.§]+?)(?={_ENDED})",
        rf"\b(?:what|which)(?: of these)? {_VERB} the (?P<kind>[^,?;:.§]+?)(?={_END})",
    )
)
_COUNTED = re.compile(rf"\bhow many (?P<kind>[^,?;:.§]+?)(?= {_VERB}\b| ?§|\?)", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?: (?:of|for|in|to|from|at|on|by|with|the|known|did|does))+$")
_NO_KIND = frozenset({"else", "kind", "type", "sort", "one", "part", "thing", "part or parts"})
"""Of what? They say nothing alone."""
_LINKING = frozenset(
    "after against and as at before by during for from in is of on or over than to under until "
    "was were when where which while with".split()
)
"""Before these a figure stands alone."""
_NEAR = 5
"""Words on either side of a gap in which the kind of an entity counts as said: further off the
same word may be said of something else."""
_LONGEST = 5


def hint(index: Index, fact: Fact, before: str, after: str) -> str | None:
    """What to write beside a gap between these texts; "" where they say it themselves, None where
    nothing says what is wanted."""
    before = _ARTICLE.sub("", before)
    said, opening = f"{before} {after}", before
    before = _without_names(index, fact, before)
    after = _without_names(index, fact, after).replace("(s)", "")
    match index.kind(fact):
        case ValueKind.DATE:
            wanted = _dated(fact)
            return "" if _near([wanted], before, after) else wanted
        case ValueKind.NUMBER:
            return _counted(index, fact, before, after)
        case ValueKind.ENTITY:
            names = _types(index, fact)
            if names and (_near(names, before, after) or _defined(index, fact, opening, names)):
                return ""
            return names[0] if names else None
        case _:
            kind = _termed(index, fact, before, after)
            return kind and _unsaid(kind, said)


def beside(wanted: str, after: str) -> str:
    """The text after a gap with a hint in it: behind the quotation mark that closes the gap."""
    if not wanted:
        return after
    mark = "”" if after.startswith("”") else ""
    return f"{mark} ({wanted}){after.removeprefix(mark)}"


def says_what_is_wanted(item: Item) -> str:
    """10: around a gap alone many a thing may fit; the sentence or a hint tells which is meant."""
    if item.question.form is not Form.CLOZE:
        return ""
    before, after = item.content["before"], item.content["after"]
    if HINT.match(after):
        return ""
    wanted = hint(item.index, item.fact, before, after)
    if wanted is None:
        return gettext_noop("Neither the sentence nor the relation’s questions say what is wanted.")
    if wanted:
        says = gettext_noop("The gap does not say that “%(wanted)s” is wanted.")
        return Sentence(says, wanted=wanted)
    return ""


def _dated(fact: Fact) -> str:
    wanted = fact.span().granularity
    return _DATES.get(wanted, wanted)


def _types(index: Index, fact: Fact) -> list[str]:
    """What an entity's type is called, one and many; of a type without a name the wider one's."""
    vocabulary, key = index.deck.vocabulary, _told_type(index, fact)
    for name in vocabulary.widening(key):
        found = vocabulary.types.get(name)
        if found and found.label:
            names = [found.label, many_of((name,), vocabulary)]
            other = kept(index, _OtherWords).of(name) if name == key else ""
            return [f"{found.label} or {other}", *names, other] if other else names
    return []


def _told_type(index: Index, fact: Fact) -> str:
    """The value's type; of somebody no more than the relation says: that it was a composer who
    conducted would be half of the answer."""
    vocabulary, own = index.deck.vocabulary, index.entity(fact.value).type
    wider = [name for name in vocabulary.widening(own) if name in index.relation(fact).of]
    widest = vocabulary.types.get(wider[-1]) if wider else None
    return widest.key if widest and widest.label and vocabulary.is_person(widest.key) else own


class _OtherWords:
    """What else the names of a type end on: an ocean is no sea, though the deck calls both so. Of
    several words none, since what has so many kinds is a word for all of them."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, str] = {}

    def of(self, kind: str) -> str:
        if kind not in self._known:
            self._known[kind] = _other_word(self._index, kind)
        return self._known[kind]


def _other_word(index: Index, kind: str) -> str:
    vocabulary = index.deck.vocabulary
    own = f"{vocabulary.types[kind].label} {many_of((kind,), vocabulary)}".lower()
    words = {word.lower() for word in vocabulary.types[kind].generic}
    words = {word for word in words if word.isascii() and word not in own}
    names = [fold(index.entity(key).name).split() for key in index.by_type.get(kind, ())]
    held = {word for name in names for word in name} & words
    last = {name[-1] for name in names if name} & words
    return held.pop() if len(held) == 1 and held == last else ""


def _counted(index: Index, fact: Fact, before: str, after: str) -> str:
    """A figure needs no hint between "has" and "boats", nor after "a length of"."""
    unit = index.deck.unit_of(fact)
    said = index.deck.vocabulary.units.get(unit)
    units = (said.one, said.many) if said else ()
    kinds = [*_asked(index, fact, _COUNTED), *_asked(index, fact, *_ASKED)]
    counts = _counts(after)
    if fold(before) and (counts or any(_holds(before, _head(kind)) for kind in kinds)):
        return ""
    shown = any(_holds(f"{before} {after}", each) for each in units)
    return said.many if said and not shown and not counts else _FIGURE


def _counts(after: str) -> bool:
    """Whether what is counted follows the gap."""
    following = fold(after).split()
    return bool(following) and following[0] not in _LINKING


def _termed(index: Index, fact: Fact, before: str, after: str) -> str | None:
    """A term is what the relation's questions call it: "what type of conflict", "which rank";
    what stands in quotation marks is a name if they call it nothing."""
    kinds = _asked(index, fact, *_ASKED) or (_NAMED,) * quotes_value(index, fact)
    if any(_holds(f"{before} {after}", _head(kind)) for kind in kinds):
        return ""
    return kinds[0] if kinds else None


def _unsaid(kind: str, text: str) -> str:
    """Of "sedimentation coefficient of the ribosomes" the end goes without saying beside "the
    ribosomes"."""
    head, _, whose = kind.partition(" of ")
    return head if whose and _holds(text, whose) else kind


def _asked(index: Index, fact: Fact, *patterns: re.Pattern[str]) -> list[str]:
    """What the relation's questions say they ask for, in their order."""
    relation, words = index.relation(fact), _masked(index, fact)
    return [
        kind for text in (*relation.ask, *relation.which) for kind in _kinds(text, words, patterns)
    ]


def _kinds(
    template: str, words: Mapping[str, Said], patterns: tuple[re.Pattern[str], ...]
) -> Iterator[str]:
    filled = read_template(template).fill(words)
    for pattern in patterns if filled else ():
        for found in pattern.finditer(filled.text if filled else ""):
            kind = _PREPOSITION.sub("", found["kind"].strip())
            if kind.lower() not in _NO_KIND and len(kind.split()) <= _LONGEST:
                yield kind


def _masked(index: Index, fact: Fact) -> dict[str, Said]:
    """The words of a question, its entities hidden: they are not what it asks for."""
    names = {"about": fact.about, **dict(fact.qualifiers)}
    return {
        name: replace(said, text=_NAME, article=False) if names.get(name) in index.deck.entities
        else said
        for name, said in asking_words(index, fact).items()
    }  # fmt: skip


def _without_names(index: Index, fact: Fact, text: str) -> str:
    """A sentence without the entities it speaks of: what is in a name says nothing of the gap."""
    keys = [fact.about, *(value for _, value in fact.qualifiers)]
    for key in keys:
        entity = index.deck.entities.get(key)
        for name in sorted((entity.name, entity.adjective), key=len)[::-1] if entity else ():
            text = text.replace(name, " ") if name else text
    return text


def _defined(index: Index, fact: Fact, before: str, names: list[str]) -> bool:
    """ "The densest planet of the system is ____": a description that says of what kind it is."""
    name = index.entity(fact.about).name
    opening = " ".join(fold(name).split()[:_NEAR])
    described = name[:1].islower() and fold(before).removeprefix(fold(name)) in (" is", " was")
    return described and any(_holds(opening, one) for one in names)


def _near(names: list[str], before: str, after: str) -> bool:
    """Also "The boat that came with … was ____." """
    words, following = fold(before).split(), fold(after).split()
    opening = [] if following else words[:_NEAR]
    close = [*opening, "", *words[-_NEAR:], "", *following[:_NEAR]]
    text = f" {' '.join(close)} "
    return any(f" {fold(name)} " in text for name in names)


def _holds(text: str, name: str) -> bool:
    return f" {fold(name)} " in f" {fold(text)} "


def _head(kind: str) -> str:
    """The word that it is all about: "kind" of "kind of boat", "name" of "former name"."""
    return kind.partition(" of ")[0].rsplit(maxsplit=1)[-1]
