"""Made-up decks of any size, with the traps that real ones set for a writer of questions.

`synthetic(SHAPES["nested"], 500, seed=3)` is the same deck every time. Planted are: aliases that
other entities bear as names, places within places, sister relations that hold the same people,
sources that disagree (also with themselves), dates a day or a granularity apart, one figure said
of several matters, plural, long and one-word names, and scripts other than Latin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from questions.domain.facts import (
    Alias,
    Deck,
    Entity,
    EntityType,
    Fact,
    Group,
    Passage,
    Rank,
    Relation,
    Source,
    Status,
    Unit,
    ValueKind,
    Vocabulary,
)

LATIN = "ka mor vel tas rin dol pe shu gar nim bel oth".split()
CYRILLIC = "ка мор вел тас рин дол пе шу гар ним бел от".split()
CJK = list("山川東西南北城海原野林金木水火土")
FACTS_A_BATTLE = 12
TOPICS = 7


@dataclass(frozen=True)
class Shape:
    """What a deck is like; shares are of the facts that could have it, 0 to 1."""

    scripts: Sequence[Sequence[str]] = (LATIN,)
    long_names: float = 0.1
    plural: float = 0.05
    aliases: float = 0.3
    conflicts: float = 0.1
    coarse: float = 0.1
    near: float = 0.2
    same_figures: float = 0.2
    open_status: float = 0.05
    deprecated: float = 0.03
    complete: float = 0.3
    nested: float = 0.3
    people_each: int = 2
    years: tuple[int, int] = (1650, 1890)
    leave_out: frozenset[str] = frozenset()


SHAPES = {
    "plain": Shape(),
    "disputed": Shape(conflicts=0.7),
    "nested": Shape(nested=0.9, coarse=0.3),
    "near": Shape(near=0.9, coarse=0.5, years=(1701, 1706)),
    "figures": Shape(same_figures=0.8, conflicts=0.3, leave_out=frozenset({"place", "fought"})),
    "cyrillic": Shape(scripts=(CYRILLIC,), aliases=0.8),
    "scripts": Shape(scripts=(LATIN, CYRILLIC, CJK), aliases=0.8),
    "long": Shape(long_names=0.8, plural=0.4),
    "crowded": Shape(people_each=6, complete=0.9),
    "unsettled": Shape(open_status=0.4, deprecated=0.4, conflicts=0.3),
}


def synthetic(shape: Shape | str, facts: int, seed: int = 1) -> Deck:
    """A deck of about so many facts."""
    return _Maker(SHAPES[shape] if isinstance(shape, str) else shape, facts, seed).deck()


@dataclass
class _Maker:
    shape: Shape
    size: int
    seed: int
    entities: dict[str, Entity] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    complete: set[Group] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.taken: set[str] = set()
        self.statements: set[tuple[Group, str, str]] = set()

    def deck(self) -> Deck:
        battles = max(3, self.size // FACTS_A_BATTLE)
        self._people_and_places(battles)
        for n in range(battles):
            self._battle(n)
        vocabulary = _vocabulary()
        return Deck(
            title=f"{self.size} facts",
            topics={f"t{n}": f"Topic {n}" for n in range(TOPICS)},
            sources={one.key: one for one in _SOURCES},
            entities=self.entities,
            own=vocabulary,
            facts=tuple(self.facts),
            complete=frozenset(self.complete),
            vocabulary=vocabulary,
        )

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # Entities

    def _people_and_places(self, battles: int) -> None:
        self.sides = [self._entity(f"s{n}", "state", article=n % 3 == 0) for n in range(5)]
        regions = [self._entity(f"r{n}", "place") for n in range(2 + battles // 20)]
        self.places = list(regions)
        for n in range(4 + battles // 2):
            inside = self.random.choice(self.places) if self.chance(self.shape.nested) else ""
            self.places.append(self._entity(f"l{n}", "place", part_of=inside))
        self.people = [
            self._entity(
                f"p{n}",
                "person",
                side=self.random.choice(self.sides),
                active=self._active() if self.chance(0.3) else "",
            )
            for n in range(4 + battles)
        ]

    def _entity(self, key: str, kind: str, **fields: object) -> str:
        name = self._new_name(kind)
        plural = kind == "battle" and self.chance(self.shape.plural)
        self.entities[key] = Entity(
            key,
            kind,
            f"Battles of {name}" if plural else f"Battle of {name}" if kind == "battle" else name,
            plural=plural,
            aliases=tuple(self._aliases(kind)),
            **({"article": kind in ("battle", "treaty")} | fields),  # type: ignore[arg-type]
        )
        return key

    def _new_name(self, kind: str) -> str:
        while True:
            syllables = self.random.choice(self.shape.scripts)
            words = 2 if kind == "person" else 1
            if self.chance(self.shape.long_names):
                words += self.random.randint(2, 4)
            name = " ".join(self._word(syllables) for _ in range(words))
            if name not in self.taken:
                self.taken.add(name)
                return name

    def _word(self, syllables: Sequence[str]) -> str:
        count = self.random.randint(2, 4)
        return "".join(self.random.choice(syllables) for _ in range(count)).capitalize()

    def _aliases(self, kind: str) -> Iterator[Alias]:
        if self.chance(self.shape.aliases):
            yield Alias(self._new_name("alias"), loose=self.chance(0.2))
        if self.chance(self.shape.aliases / 4) and self.entities:
            # What is another's name may be this one's alias, if they are of different types.
            other = self.random.choice(list(self.entities.values()))
            if other.type != kind:
                yield Alias(other.name, loose=True)

    def _active(self) -> str:
        first = self.random.randint(*self.shape.years)
        return f"{first - 20}/{first + 30}"

    # Facts

    def _battle(self, n: int) -> None:
        about = self._entity(f"b{n}", "battle", topic=f"t{n % TOPICS}")
        year = self.random.randint(*self.shape.years)
        day = f"{year}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        self._say(about, "fought", self._day(day))
        self._say(about, "ended", self._later(day))
        self._say(about, "place", self.random.choice(self.places))
        if n % 3 == 0:
            self._treaty(n, day)
        self._figures(about)
        self._company(about)
        if self.chance(0.5):
            self._say(about, "also_called", self._new_name("alias"))
        if self.chance(0.2):
            self._say(about, "meaning", "it opened the road to the sea")

    def _day(self, day: str) -> str:
        if self.chance(self.shape.coarse):
            return self.random.choice(
                [day[:4], day[:7], f"{day[:4]}~", f"{day[:4]}-22", day[:3] + "X"]
            )
        return day

    def _later(self, day: str) -> str:
        """Near the day before: the same, the next, or its whole month."""
        if self.chance(self.shape.near):
            return self.random.choice([day, f"{day[:8]}{int(day[8:]) % 28 + 1:02}", day[:7]])
        return f"{int(day[:4]) + 1}{day[4:]}"

    def _treaty(self, n: int, day: str) -> None:
        about = self._entity(f"t{n}", "treaty", topic=f"t{n % TOPICS}")
        self._say(about, "signed", self._later(day))
        for relation in ("signatory", "signatory", "witness"):
            self._say(about, relation, self.random.choice(self.people))

    def _figures(self, about: str) -> None:
        side = self.random.choice(self.sides)
        figure = self._figure()
        for relation in ("killed", "wounded"):
            if not self.chance(self.shape.same_figures):
                figure = self._figure()
            self._say(about, relation, figure, side=side)
        unit = self.random.choice(["people", "gun"])
        self._say(about, "strength", self._figure(), unit=unit, side=side, of=unit)

    def _figure(self) -> str:
        amount = self.random.randint(11, 99) * self.random.choice([1, 10, 100])
        amount += self.random.choice([0, 0, 1, 7])
        if self.chance(self.shape.coarse):
            return self.random.choice([f"~{amount}", f">{amount}", f"{amount}..{amount * 2}"])
        return str(amount)

    def _company(self, about: str) -> None:
        for relation in ("commander", "observer"):
            side = self.random.choice(self.sides)
            for _ in range(self.random.randint(1, self.shape.people_each)):
                self._say(about, relation, self.random.choice(self.people), side=side)
            if self.chance(self.shape.complete):
                self.complete.add((about, relation, (("side", side),)))

    def _say(
        self, about: str, relation: str, value: str, unit: str = "", **qualifiers: str
    ) -> None:
        if relation in self.shape.leave_out:
            return
        self._add(about, relation, value, unit, qualifiers, self.random.choice(_SOURCES).key)
        if self.chance(self.shape.conflicts) and _RELATIONS[relation].single:
            other = self._other(relation, value)
            self._add(about, relation, other, unit, qualifiers, self.random.choice(_SOURCES).key)

    def _other(self, relation: str, value: str) -> str:
        match _RELATIONS[relation].value:
            case ValueKind.DATE:
                return self._later(value) if len(value) == 10 else f"{self.shape.years[0]}-01-01"
            case ValueKind.NUMBER:
                return self._figure()
            case _:
                return self.random.choice(self.places)

    def _add(
        self,
        about: str,
        relation: str,
        value: str,
        unit: str,
        qualifiers: dict[str, str],
        source: str,
    ) -> None:
        group = (about, relation, tuple(sorted(qualifiers.items())))
        if (group, value, unit) in self.statements:
            return
        self.statements.add((group, value, unit))
        unsettled = self.chance(self.shape.open_status)
        self.facts.append(
            Fact(
                f"f{len(self.facts)}",
                about,
                relation,
                value,
                group[2],
                unit,
                (Passage(source, f"p. {len(self.facts) % 90}"),),
                Rank.DEPRECATED if self.chance(self.shape.deprecated) else Rank.NORMAL,
                (self.random.choice(list(Status)),) if unsettled else (),
                points=("road",) if relation == "meaning" else (),
            )
        )


_SOURCES = (
    Source("chronicle", "A Chronicle", cite="the Chronicle", origin="abbey"),
    Source("annals", "Annals", author="Ana Lund"),
    Source("copy", "A Copy", cite="the Copy", origin="abbey"),
)


def _entity_relation(
    key: str, about: str, of: str, verb: str, *, sisters: tuple[str, ...] = ()
) -> Relation:
    sided = {} if of == "place" else {"side": "state"}
    for_side = "[ for {side}]" if sided else ""
    return Relation(
        key, key, ValueKind.ENTITY, (about,), (of,), single=of == "place",
        qualifiers=sided,
        ask=(
            f"{{Which value}} {verb} {{about}}{for_side}?",
            f"Of {{about}}, which {of} {verb} it{for_side}?",
        ),
        which=(f"Which of these {verb} {{about}}{for_side}?",),
        list=(f"Name the {{count}} {{values}} that {verb} {{about}}{for_side}.",),
        reverse=(f"{{Which about}} is the one that {{value}} {verb}{for_side}?",),
        match=f"Match each {about} with its {of}.",
        state=(f"{{value}} {verb} {{about}}{for_side}.",),
        sisters=sisters,
    )  # fmt: skip


def _date_relation(key: str, about: str, *, era: bool, sisters: tuple[str, ...] = ()) -> Relation:
    return Relation(
        key, key, ValueKind.DATE, (about,), single=True, era=era, sisters=sisters,
        ask=(
            f"When {{about:was|were}} {{about}} {key}?",
            f"What is the date at which {{about}} {{about:was|were}} {key}?",
        ),
        reverse=(f"{{Which about}} {{about:was|were}} {key} {{on value}}?",),
        order=f"Put these in the order in which they were {key}.",
        match=f"Match each {about} with the day it was {key}.",
        state=(f"{{About}} {{about:was|were}} {key} {{on value}}.",),
    )  # fmt: skip


def _number_relation(
    key: str, verb: str, *, sisters: tuple[str, ...] = (), unit: str = "people"
) -> Relation:
    qualifiers = {"side": "state"} | ({"of": "text"} if unit == "any" else {})
    return Relation(
        key, key, ValueKind.NUMBER, ("battle",), unit=unit, single=True, qualifiers=qualifiers,
        ask=(
            f"How many {{unit}} {verb} for {{side}} in {{about}}?",
            f"In {{about}}, how many {{unit}} {verb} on the side of {{side}}?",
        ),
        state=(f"{{value}} {{unit}} {verb} for {{side}} in {{about}}.",),
        sisters=sisters,
    )  # fmt: skip


_RELATIONS = {
    one.key: one
    for one in (
        _date_relation("fought", "battle", era=True),
        _date_relation("ended", "battle", era=False, sisters=("fought",)),
        _date_relation("signed", "treaty", era=True),
        _entity_relation("place", "battle", "place", "saw"),
        _entity_relation("commander", "battle", "person", "led", sisters=("observer",)),
        _entity_relation("observer", "battle", "person", "watched"),
        _entity_relation("signatory", "treaty", "person", "signed", sisters=("witness",)),
        _entity_relation("witness", "treaty", "person", "attended"),
        _number_relation("killed", "fell", sisters=("wounded",)),
        _number_relation("wounded", "were wounded"),
        _number_relation("strength", "stood", unit="any"),
        Relation(
            "also_called", "also called", ValueKind.TERM, ("battle",),
            ask=("What else {about:is|are} {about} called?",),
            which=("Which of these is another name of {about}?",),
            reverse=("{Which about} is also called “{value}”?",),
            state=("{About} {about:is|are} also called “{value}”.",),
        ),
        Relation(
            "meaning", "meaning", ValueKind.TEXT, ("battle",),
            ask=("What did {about} mean for the war?", "Why does {about} matter?"),
        ),
    )
}  # fmt: skip


def _vocabulary() -> Vocabulary:
    types = (
        EntityType("battle", "battle", "battles", "which battle", generic=("battle",)),
        EntityType("treaty", "treaty", "treaties", "which treaty", generic=("treaty",)),
        EntityType("person", "person", "people", "who"),
        EntityType("state", "state", "states", "which state"),
        EntityType("place", "place", "places", "which place"),
    )
    units = (Unit("people", "person", "people"), Unit("gun", "gun", "guns"))
    return Vocabulary({t.key: t for t in types}, {u.key: u for u in units}, _RELATIONS)
