"""A small deck of an invented war, from which tests take what they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from questions.domain.facts import (
    Alias,
    AuthoredForm,
    AuthoredQuestion,
    Deck,
    Entity,
    EntityType,
    Fact,
    Group,
    Passage,
    Relation,
    Source,
    Unit,
    ValueKind,
    Vocabulary,
)
from questions.domain.generation import write_bank
from questions.domain.interchange import built_in_vocabularies, read_deck
from questions.domain.questions import Bank, CardSpec, Direction, Form, Refused, Written

TYPES = {
    one.key: one
    for one in (
        EntityType("event", "event", "events", "which event"),
        EntityType("battle", "battle", "battles", "which battle", "event", ("battle",)),
        EntityType("treaty", "treaty", "treaties", "which treaty", generic=("treaty", "pact")),
        EntityType("person", "person", "people", "who"),
        EntityType("state", "state", "states", "which state"),
        EntityType("place", "place", "places", "which place"),
    )
}
UNITS = {
    one.key: one for one in (Unit("people", "person", "people"), Unit("tank", "tank", "tanks"))
}
RELATIONS = {
    one.key: one
    for one in (
        Relation(
            "fought", "fought", ValueKind.DATE, ("battle",), single=True, era=True,
            ask=("When {about:was|were} {about} fought?", "What is the date of {about}?"),
            reverse=("{Which about} {about:was|were} fought {on value}?",),
            order="Put these battles in order, the earliest first.",
            match="Match each battle with its date.",
            state=("{About} {about:was|were} fought {on value}.",),
        ),
        Relation(
            "place", "place", ValueKind.ENTITY, ("battle",), ("place",), single=True,
            ask=("Where {about:was|were} {about} fought?", "At which place was {about} fought?"),
            reverse=("{Which about} was fought at {value}?",),
            match="Match each battle with its place.",
            state=("{About} {about:was|were} fought at {value}.",),
        ),
        Relation(
            "commander", "commander", ValueKind.ENTITY, ("battle",), ("person",),
            qualifiers={"side": "state"},
            ask=("Who commanded[ for {side}] in {about}?",),
            which=(
                "Which of these people commanded[ for {side}] in {about}?",
                "Which of these led[ {side.adjective}] troops in {about}?",
            ),
            list=("Name the {count} people who commanded[ for {side}] in {about}.",),
            reverse=("In {which about} did {value} command[ for {side}]?",),
            state=("{value} commanded[ for {side}] in {about}.",),
            sisters=("observer",),
        ),
        Relation(
            "observer", "observer", ValueKind.ENTITY, ("battle",), ("person",),
            ask=("Who observed {about}?",), which=("Which of these people observed {about}?",),
            state=("{value} observed {about}.",),
        ),
        Relation(
            "losses", "losses", ValueKind.NUMBER, ("battle",), unit="people", single=True,
            qualifiers={"side": "state", "by": "text"},
            ask=(
                "How many {unit} did {side} lose in {about}[, by {by}]?",
                "How great were the losses of {side} in {about}[, by {by}]?",
            ),
            state=("{side} lost {value} {unit} in {about}[, by {by}].",),
        ),
        Relation(
            "signed", "signed", ValueKind.DATE, ("treaty",), single=True, era=True,
            ask=("When was {about} signed?", "On what date was {about} signed?"),
            reverse=("Which treaty was signed {on value}?",),
            state=("{About} was signed {on value}.",),
        ),
        Relation(
            "also_called", "also called", ValueKind.TERM, ("battle",),
            ask=("What else {about:is|are} {about} called?",),
            which=("Which of these is another name of {about}?",),
            reverse=("Which battle is also called “{value}”?",),
            state=("{About} {about:is|are} also called “{value}”.",),
        ),
        Relation(
            "meaning", "meaning", ValueKind.TEXT, ("battle",),
            ask=("What did {about} mean for the war?", "Why does {about} matter?"),
        ),
    )
}  # fmt: skip
SOURCES = {
    "chronicle": Source("chronicle", "A Chronicle", cite="the Chronicle", origin="abbey"),
    "annals": Source("annals", "Annals", author="Ana Lund"),
    "copy": Source("copy", "A Copy", cite="the Copy", origin="abbey"),
}


def entity(key: str, kind: str, name: str = "", **fields: object) -> Entity:
    """Battles and treaties take an article."""
    article = kind in ("battle", "treaty")
    made = Entity(key, kind, name or key.title(), article=article)
    return replace(made, **fields)  # type: ignore[arg-type]


def fact(about: str, relation: str, value: str, *sources: str, **fields: object) -> Fact:
    """`uid` is about-relation-value unless given; qualifiers as keyword `q={…}`."""
    q = fields.pop("q", {})
    uid = str(fields.pop("uid", f"{about}-{relation}-{value}"))
    passages = tuple(Passage(source, "1") for source in sources or ("chronicle",))
    made = Fact(uid, about, relation, value, tuple(sorted(q.items())), passages=passages)  # type: ignore[attr-defined]
    return replace(made, **fields)  # type: ignore[arg-type]


STATES = [
    entity("norland", "state", "Norland", adjective="Norlandic"),
    entity("sudmark", "state", "Kingdom of Sudmark", article=True, adjective="Sudmarkian"),
    entity("westria", "state", "Westria"),
]
PEOPLE = [
    entity("adler", "person", "Ida Adler", side="norland", surname="Adler"),
    entity("brandt", "person", "Olaf Brandt", side="norland"),
    entity("corvin", "person", "Jan Corvin", side="sudmark"),
    entity("dahl", "person", "Mette Dahl", side="sudmark"),
    entity("ewald", "person", "Karl Ewald", side="westria"),
]
PLACES = [entity(key, "place") for key in ("harbin", "ironford", "kestrel", "lowmoor", "tarnhill")]
BATTLES = [
    entity("alder", "battle", "Battle of Alder Hill"),
    entity("birch", "battle", "Battle of the Birches"),
    entity("cedar", "battle", "Battle of Cedar Creek"),
    entity("doorn", "battle", "Battle of Doorn"),
    entity("elm", "battle", "Battle of Elmstead"),
    entity("fen", "battle", "Battle of Fenwick"),
]
TREATIES = [entity("peace", "treaty", "Peace of Velm"), entity("truce", "treaty", "Truce of Orrin")]
DATES = ["1701-03-04", "1702-05-06", "1703-07-08", "1704-09-10", "1705-02-11", "1706-12-12"]
FACTS = [
    *(fact(one.key, "fought", day) for one, day in zip(BATTLES, DATES, strict=True)),
    *(fact(one.key, "place", place.key) for one, place in zip(BATTLES, PLACES, strict=False)),
    fact("alder", "commander", "adler", q={"side": "norland"}),
    fact("alder", "commander", "corvin", q={"side": "sudmark"}),
    fact("birch", "commander", "brandt", q={"side": "norland"}),
    fact("cedar", "commander", "dahl", q={"side": "sudmark"}),
    fact("alder", "losses", "4200", q={"side": "norland"}),
    fact("alder", "losses", "6100", q={"side": "sudmark"}),
    fact("birch", "losses", "3300", q={"side": "norland"}),
    fact("cedar", "losses", "8400", q={"side": "sudmark"}),
]


def deck(
    *facts: Fact,
    entities: tuple[Entity, ...] = (),
    relations: tuple[Relation, ...] = (),
    complete: tuple[Group, ...] = (),
    authored: tuple[AuthoredQuestion, ...] = (),
    base: bool = True,
) -> Deck:
    """The war with further facts and entities; `base=False` leaves the war's own facts out."""
    everyone = (*STATES, *PEOPLE, *PLACES, *BATTLES, *TREATIES, *entities)
    return Deck(
        title="The War of the Orchards",
        sources=SOURCES,
        entities={one.key: one for one in everyone},
        facts=(*(FACTS if base else ()), *facts),
        complete=frozenset(complete),
        authored=authored,
        vocabulary=Vocabulary(TYPES, UNITS, RELATIONS | {one.key: one for one in relations}),
    )


def read(text: str) -> Deck:
    """A deck's file, which may use the vocabularies that come with the program."""
    return read_deck(text.encode(), built_in_vocabularies())


def bank(*facts: Fact, **parts: object) -> Bank:
    return write_bank(deck(*facts, **parts))  # type: ignore[arg-type]


def asked(bank: Bank, card: str, form: Form | None = None) -> list[Written]:
    """The questions on a card, of one form or all."""
    return [q for q in bank.questions if q.card == card and form in (None, q.form)]


def facing(bank: Bank, direction: Direction) -> Iterator[tuple[CardSpec, Written]]:
    """The questions that ask in one direction, each with its card."""
    cards = {card.key: card for card in bank.cards if card.direction is direction}
    return ((cards[one.card], one) for one in bank.questions if one.card in cards)


def refused(bank: Bank, card: str, form: Form | None = None) -> list[Refused]:
    return [r for r in bank.refused if r.card == card and form in (None, r.form)]


def distractors(question: Written) -> list[str]:
    return [option["value"] for option in question.content["distractors"]]


__all__ = [
    "Alias", "AuthoredForm", "AuthoredQuestion", "asked", "bank", "deck", "distractors", "entity",
    "facing", "fact", "read", "refused",
]  # fmt: skip
