"""Decks of any kind, with texts that YAML finds hard."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from questions.domain.facts import (
    Alias,
    AuthoredForm,
    AuthoredQuestion,
    Deck,
    Entity,
    EntityType,
    Fact,
    Passage,
    Rank,
    Relation,
    Source,
    Status,
    Unit,
    ValueKind,
    Vocabulary,
)
from questions.domain.interchange import built_in_vocabularies
from questions.domain.interchange.hidden import hidden_character
from questions.domain.interchange.identity import statement, with_uids
from questions.domain.questions import Form

NASTY = (
    "no", "yes", "~", "null", "1941-04-13", "007", "1e3", "- item", "-1", "--- ", "---", "...",
    "a: b", "a:", ":a", "# no comment", "a # b", "a#b", "[a]", "{a}", "a, b", "a]b", "'", '"',
    "it's", '"quoted"', " leading", "trailing ", "two  spaces", "line\nline", "\n", "tab\ttab",
    "back\\slash", "&anchor", "*alias", "!tag", "%percent", "@at", "`tick`", "|", ">", ">5", "?",
    "? key", "1939?", "1937/..", "<<", "=", "😀", "張鼓峰事件", "Жуков", "\u200d", "\u00a0x",
    "\u200f", "\ufffe", "é", "x" * 150, "word " * 40 + "#end", "long # word " * 30,
    "word " * 60 + ".", "a?b",
)  # fmt: skip

# Whole decks take their time to make, and more on a busy machine.
unhurried = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# Beyond these no character is hidden.
_CODES = (*range(0x20000), *range(0xE0000, 0xE1000))
_HIDDEN = [sign for sign in map(chr, _CODES) if hidden_character(sign)]
letters = st.characters(exclude_categories=["Cs"], exclude_characters=_HIDDEN)


# Each is asked for again and again while a deck is drawn.
@cache
def texts(most: int = 200) -> st.SearchStrategy[str]:
    """Texts that are not blank."""
    found = st.sampled_from(NASTY) | st.text(letters, min_size=1, max_size=most)
    return found.filter(lambda text: bool(text.strip()) and len(text) <= most)


@cache
def maybe(most: int = 200) -> st.SearchStrategy[str]:
    return st.just("") | texts(most)


@cache
def several(most: int = 200) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts(most), max_size=3).map(tuple)


keys = st.from_regex(r"[a-zé0-9_Ж][a-z0-9_.-]{0,8}", fullmatch=True)
flags = st.booleans()


def some(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(values))


@st.composite
def relations(draw: Any, key: str, types: list[str], units: list[str]) -> Relation:
    kind = draw(st.sampled_from(ValueKind))
    number = kind is ValueKind.NUMBER
    plain = texts(80).filter(lambda text: not set("{}[]") & set(text))
    names = st.lists(st.from_regex(r"q[a-z]{1,3}", fullmatch=True), unique=True, max_size=2)
    return Relation(
        key=key,
        label=draw(texts(60)),
        value=kind,
        unit=draw(some(["", "any", *units])) if number else "",
        limits=draw(flags) if number else False,
        single=draw(flags),
        complete=draw(flags),
        reverse_single=draw(flags),
        era=draw(flags),
        timeline=draw(flags),
        introduces=draw(flags),
        qualifiers={name: draw(some(["text", *types])) for name in draw(names)},
        ask=tuple(draw(st.lists(plain, max_size=2))),
        which=("Which of these {about:was|were} it[ for {unit}]?",),
        reverse=tuple(draw(st.lists(plain, max_size=1))),
        order=draw(st.just("") | plain),
        state=("{About} is {value}: # {on value}.",),
    )


@st.composite
def vocabularies(draw: Any) -> Vocabulary:
    types = {
        key: EntityType(
            key, draw(texts(60)), draw(maybe(60)), draw(maybe(60)), "", draw(several(40))
        )
        for key in draw(st.lists(keys, min_size=1, max_size=2, unique=True))
    }
    units = {
        key: Unit(
            key, draw(texts(30)), draw(texts(30)), draw(several(30)),
            least=draw(st.sampled_from(["", "-273.15", "0"])),
            most=draw(st.sampled_from(["", "100"])),
        )
        for key in draw(st.lists(keys, max_size=2, unique=True))
    }  # fmt: skip
    names = draw(st.lists(keys, min_size=1, max_size=3, unique=True))
    found = {key: draw(relations(key, list(types), list(units))) for key in names}
    return Vocabulary(types, units, found)


@st.composite
def _sources(draw: Any) -> dict[str, Source]:
    return {
        key: Source(
            key=key, title=draw(texts()), author=draw(maybe()), year=draw(maybe(20)),
            url=draw(some(["", "https://example.org/?a=[1]&b={2}#c"])), note=draw(maybe()),
            cite=draw(maybe()),
        )
        for key in draw(st.lists(keys, min_size=1, max_size=2, unique=True))
    }  # fmt: skip


@st.composite
def decks(draw: Any) -> Deck:
    own = draw(vocabularies())
    topics = draw(st.dictionaries(keys, texts(), max_size=2))
    deck = Deck(
        title=draw(texts()),
        language=draw(some(["en", "de", "zh-Hant"])),
        description=draw(maybe(400)),
        topics=topics,
        sources=draw(_sources()),
        entities=draw(_entities(list(own.types), list(topics))),
        own=own,
        vocabulary=built_in_vocabularies()["common"].with_(own),
    )
    facts = draw(st.lists(_facts(deck), max_size=4, unique_by=statement))
    groups = draw(st.lists(some(facts), max_size=2)) if facts else []
    numbers = range(draw(st.integers(0, 2)))
    return replace(
        deck,
        facts=with_uids(facts),
        complete=frozenset(fact.group for fact in groups),
        authored=tuple(draw(_authored(f"q{number}", deck)) for number in numbers),
    )


@st.composite
def _entities(draw: Any, types: list[str], topics: list[str]) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for number, key in enumerate(draw(st.lists(keys, min_size=1, max_size=3, unique=True))):
        # The number keeps names from colliding, whatever case folding makes of them.
        name = draw(texts(100)) + f"~{number}"
        aliases = draw(st.lists(texts(100), max_size=2))
        found[key] = Entity(
            key=key,
            type=draw(some(types)),
            name=name,
            article=draw(flags),
            plural=draw(flags),
            adjective=draw(maybe(100)),
            surname=draw(maybe(100)),
            titles=draw(several(50)),
            side=draw(some(["", *found])),
            active=draw(some(["", "1915/1957", "1939?"])),
            part_of=draw(some(["", *found])),
            topic=draw(some(["", *topics])),
            aliases=tuple(
                Alias(f"{text}~{number}", draw(flags), draw(some(["", "ja"]))) for text in aliases
            ),
            note=draw(maybe()),
        )
    return found


_VALUES = {
    ValueKind.DATE: some(["1941-04-13", "1939?", "193X", "1937/..", "-0043-03-15", "1939-22"]),
    ValueKind.NUMBER: some(["20302", "-4.4", "~20", ">1000000", "<5", "2:1", "25000..30000"]),
    ValueKind.TERM: texts(200),
    ValueKind.TEXT: texts(200),
}


def _accepted(kind: ValueKind) -> st.SearchStrategy[tuple[str, ...]]:
    if kind is ValueKind.TERM:
        return several()
    dated = kind in (ValueKind.DATE, ValueKind.NUMBER)
    return st.lists(_VALUES[kind], max_size=2).map(tuple) if dated else st.just(())


@st.composite
def _facts(draw: Any, deck: Deck) -> Fact:
    relation = draw(some(deck.own.relations.values()))
    entities = some(deck.entities)
    qualifiers = []
    for name in sorted(relation.qualifiers):
        kind = relation.qualifiers[name]
        fitting = [one.key for one in deck.entities.values() if one.type == kind]
        if draw(flags) and (kind == "text" or fitting):
            qualifiers.append((name, draw(texts(60) if kind == "text" else some(fitting))))
    number = relation.value is ValueKind.NUMBER
    free_unit = number and relation.unit in ("", "any")
    return Fact(
        uid="",
        about=draw(entities),
        relation=relation.key,
        value=draw(entities if relation.value is ValueKind.ENTITY else _VALUES[relation.value]),
        qualifiers=tuple(qualifiers),
        unit=draw(some(["", "metre", *deck.own.units])) if free_unit else "",
        passages=draw(_passages(deck)),
        rank=draw(st.sampled_from(Rank)),
        status=tuple(draw(st.lists(st.sampled_from(Status), unique=True, max_size=2))),
        forms=tuple(draw(st.lists(st.sampled_from(Form), unique=True, max_size=2))),
        points=draw(several()),
        accept=draw(_accepted(relation.value)),
        exact=draw(some([None, True, False])) if number else None,
        topic=draw(some(["", *deck.topics])),
        note=draw(maybe()),
        id="",
    )


def _passages(deck: Deck, least: int = 1) -> st.SearchStrategy[tuple[Passage, ...]]:
    one = st.builds(Passage, some(deck.sources), maybe(), maybe())
    return st.lists(one, min_size=least, max_size=2, unique=True).map(tuple)


@st.composite
def _authored(draw: Any, name: str, deck: Deck) -> AuthoredQuestion:
    form = draw(st.sampled_from(AuthoredForm))
    options = ("~wrong", draw(texts(40)) + "~other") if form is AuthoredForm.CHOICE else ()
    true_false = form is AuthoredForm.TRUE_FALSE
    return AuthoredQuestion(
        id=name,
        form=form,
        stem=draw(texts()),
        key=draw(some(["true", "false"])) if true_false else draw(texts(40)) + "~right",
        distractors=options,
        accept=draw(several()) if form is AuthoredForm.TYPED else (),
        topic=draw(some(["", *deck.topics])),
        explanation=draw(maybe()),
        passages=draw(_passages(deck, 0)),
    )
