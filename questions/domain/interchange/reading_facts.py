"""Reading facts: each against its relation, the entities it names and the facts before it."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from questions.domain.facts import (
    Entity,
    Fact,
    Passage,
    Qualifiers,
    Rank,
    Relation,
    Source,
    Status,
    ValueKind,
    Vocabulary,
)
from questions.domain.interchange.errors import Problems, shorten
from questions.domain.interchange.figures import figure_hint, unit_meant
from questions.domain.interchange.identity import Statement, statement
from questions.domain.interchange.record import (
    LONG,
    NAME,
    SHORT,
    Record,
    check_key,
    checked_record,
    record_of,
    text_of,
)
from questions.domain.interchange.tree import Items, Mapping, Node, Text, walk
from questions.domain.interchange.vocabulary import FACT_KEYS, TEXT, default_label
from questions.domain.questions import Form
from questions.domain.values import BadValue, parse_quantity, parse_span
from questions.domain.vetoes import could_be_offered

KEY_LENGTH, ENTITY_KEY_LENGTH = 80, 120
# The longest dates of EDTF are intervals of two marked days.
LONGEST_DATE = 60
# Locator and quote share an index of the database, whose entries must stay under a page's third.
LONGEST_QUOTE = 500

_FACT_KEYS = frozenset(FACT_KEYS)
_ANY_UNIT = ("", "any")
_SOURCE_HINT = "add “source: key locator”"
_EXAMPLES = {
    ValueKind.ENTITY: "the key of an entity",
    ValueKind.DATE: "an EDTF date such as 1941-04-13",
    ValueKind.NUMBER: "a number such as 20302",
    ValueKind.TERM: "a short text",
    ValueKind.TEXT: "a sentence",
}


@dataclass(frozen=True)
class Scene:
    """What the facts of a deck may refer to."""

    vocabulary: Vocabulary
    topics: MappingOf[str, str]
    sources: MappingOf[str, Source]
    entities: MappingOf[str, Entity]
    problems: Problems


@dataclass
class FactReader:
    scene: Scene
    _lines: dict[Statement, int] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)

    def read(self, node: Node) -> Fact | None:
        """None where the mistakes leave no fact; they have been noted then."""
        if not isinstance(node, Mapping):
            record_of(node, self.scene.problems, "a fact", FACT_KEYS)
            return None
        record = Record(node, self.scene.problems, "a fact")
        about = _entity_key(record, "about", self.scene)
        relation = _relation(record, self.scene)
        if relation is None:
            _passages(record, self.scene)
            return None
        record.only(_FACT_KEYS.union(relation.qualifiers), node.flow, _qualifiers_hint(relation))
        return self._fact(record, about, relation)

    def _fact(self, record: Record, about: str, relation: Relation) -> Fact:
        if about:
            check_type(record, "about", about, relation.about, self.scene)
        fact = Fact(
            uid="",
            about=about,
            relation=relation.key,
            value=_value(record, relation, self.scene),
            qualifiers=qualifiers_of(record, relation, self.scene),
            unit=_unit(record, relation, self.scene),
            passages=_passages(record, self.scene),
            rank=record.choice("rank", Rank, Rank.NORMAL),
            status=record.choices("status", Status),
            points=record.texts("points", LONG),
            accept=_accepted(record, relation, self.scene),
            exact=record.maybe("exact"),
            forms=record.choices("forms", Form),
            never_with=_never_with(record, relation, self.scene),
            topic=record.one_of("topic", self.scene.topics, "topic"),
            note=record.text("note", LONG),
            id=record.text("id", KEY_LENGTH),
        )
        if fact.exact is not None and relation.value is not ValueKind.NUMBER:
            record.error("exact", "“exact” is for numbers", f"“{relation.key}” has none")
        self._once(record, fact)
        return fact

    def _once(self, record: Record, fact: Fact) -> None:
        said = statement(fact)
        if said in self._lines:
            self.scene.problems.add(
                record.line, f"this fact stands already on line {self._lines[said]}",
                "one fact may have several sources: “source: [a p1, b p2]”",
            )  # fmt: skip
        elif fact.about and fact.value:
            self._lines[said] = record.line
        if fact.id and check_key(
            fact.id, record.lines["id"], self.scene.problems, KEY_LENGTH
        ):  # fmt: skip
            self._unique_id(record, fact.id)

    def _unique_id(self, record: Record, name: str) -> None:
        if name in self._ids:
            record.error("id", f"the id “{name}” is taken by the fact on line {self._ids[name]}")
        self._ids.setdefault(name, record.line)


def _qualifiers_hint(relation: Relation) -> str:
    names = ", ".join(relation.qualifiers)
    return f"“{relation.key}” has " + (f"the qualifiers {names}" if names else "no qualifiers")


def _relation(record: Record, scene: Scene) -> Relation | None:
    name = record.required("is")
    found = scene.vocabulary.relations.get(name)
    if name and not found:
        _unknown_relation(record, name, scene)
    return found


def _unknown_relation(record: Record, name: str, scene: Scene) -> None:
    """The web pages call relations by their labels: “number of” is `count_of`."""
    known, label = scene.vocabulary.relations, default_label(name).casefold()
    labelled = [key for key, one in known.items() if one.label.casefold() == label]
    if labelled:
        hint = f"did you mean “{labelled[0]}”?"
        record.error("is", f"unknown relation “{shorten(name)}”", hint)
    else:
        scene.problems.unknown(record.lines["is"], "relation", name, known)


def _entity_key(record: Record, key: str, scene: Scene) -> str:
    name = record.required(key)
    if name and name not in scene.entities:
        scene.problems.unknown(record.lines[key], "entity", name, scene.entities)
        return ""
    return name


def check_type(
    record: Record, key: str, entity: str, wanted: tuple[str, ...], scene: Scene
) -> None:  # fmt: skip
    found = scene.entities[entity].type
    if found in scene.vocabulary.types and not scene.vocabulary.is_a(found, wanted):
        record.error(
            key, f"“{entity}” is of type “{found}”", f"“{key}” wants {' or '.join(wanted)} here"
        )


def _value(record: Record, relation: Relation, scene: Scene) -> str:
    node = record.nodes.get("value")
    if node is not None and not isinstance(node, Text):
        example = _EXAMPLES[relation.value]
        record.error("value", f"“{relation.key}” has one value, {example}", "one fact for each")
        return ""
    if relation.value is ValueKind.ENTITY:
        value = _entity_key(record, "value", scene)
        if value:
            check_type(record, "value", value, relation.of, scene)
        return value
    value = record.required("value", LONG if relation.value is ValueKind.TEXT else NAME)
    if value and relation.value in (ValueKind.DATE, ValueKind.NUMBER):
        _check_written(record, value, relation, scene)
    return value


def _check_written(
    record: Record, value: str, relation: Relation, scene: Scene, key: str = "value"
) -> None:
    try:
        if relation.value is ValueKind.NUMBER:
            parse_quantity(value)
        else:
            check_date(value)
    except BadValue as error:
        number = relation.value is ValueKind.NUMBER
        hint = figure_hint(value, relation.unit, scene.vocabulary.units) if number else ""
        record.error(key, f"“{relation.key}” wants a {relation.value}: {error}", hint)


def check_date(text: str) -> None:
    """Raises BadValue unless it is EDTF."""
    if len(text) > LONGEST_DATE:
        raise BadValue(f"“{shorten(text)}” is too long for a date")
    parse_span(text)


def qualifiers_of(record: Record, relation: Relation, scene: Scene) -> Qualifiers:
    """In the order of their names, so that facts alike in them form one group."""
    found = []
    for name in sorted(relation.qualifiers):
        if name not in record.nodes:
            continue
        kind = relation.qualifiers[name]
        if kind == TEXT:
            found.append((name, record.required(name)))
        elif entity := _entity_key(record, name, scene):
            check_type(record, name, entity, (kind,), scene)
            found.append((name, entity))
    return tuple(found)


def _unit(record: Record, relation: Relation, scene: Scene) -> str:
    units, said = scene.vocabulary.units, record.text("unit")
    meant = unit_meant(said, units) if said not in units else ""
    if said and meant:
        record.error("unit", f"unknown unit “{shorten(said)}”", f"did you mean “{meant}”?")
        return ""
    unit = record.one_of("unit", units, "unit")
    if not unit:
        return ""
    if relation.value is not ValueKind.NUMBER:
        record.error("unit", "“unit” is for numbers", f"“{relation.key}” has none")
    elif relation.unit not in (*_ANY_UNIT, unit):
        record.error("unit", f"“{relation.key}” is counted in {relation.unit}", "leave “unit” out")
    # What the relation counts in goes without saying, and said twice is still one fact.
    return "" if unit == relation.unit else unit


def _accepted(record: Record, relation: Relation, scene: Scene) -> tuple[str, ...]:
    found = record.texts("accept")
    if relation.value in (ValueKind.DATE, ValueKind.NUMBER):
        for value in found:
            _check_written(record, value, relation, scene, "accept")
    elif found and relation.value is not ValueKind.TERM:
        record.error(
            "accept", "“accept” is for values that are dates, numbers or terms",
            "give the entity an alias" if relation.value is ValueKind.ENTITY else "leave it out",
        )  # fmt: skip
    return found


def _never_with(record: Record, relation: Relation, scene: Scene) -> tuple[str, ...]:
    found = dict.fromkeys(record.texts("never_with", NAME))
    for value in found:
        if not could_be_offered(value, relation.value, scene.entities):
            line = record.lines["never_with"]
            scene.problems.unknown(line, "entity", value, scene.entities)
    return tuple(found)


def _passages(record: Record, scene: Scene) -> tuple[Passage, ...]:
    node = record.nodes.get("source")
    if node is None:
        scene.problems.add(record.line, f"{record.what} without a source", _SOURCE_HINT)
        return ()
    found = read_passages(node, scene)
    if not found and not list(walk(node)):
        record.error("source", f"{record.what} without a source", _SOURCE_HINT)
    return found


def read_passages(node: Node, scene: Scene) -> tuple[Passage, ...]:
    """`key locator`, `{in: key, at: locator, quote: …}`, or a list of these."""
    found: dict[Passage, None] = {}
    for item in walk(node):
        passage = _passage(item, scene)
        if passage in found:
            scene.problems.add(item.line, "the same passage is given twice", "remove one")
        if passage:
            found[passage] = None
    return tuple(found)


def _passage(node: Node, scene: Scene) -> Passage | None:
    if isinstance(node, Items):
        scene.problems.add(node.line, "a source is “key locator” or a mapping, not a list")
        return None
    line, quote = node.line, ""
    if isinstance(node, Text):
        key, _, locator = text_of(node, "“source”", scene.problems, NAME + SHORT).partition(" ")
    else:
        record = checked_record(node, scene.problems, "a source", ("in", "at", "quote"))
        key, locator = record.required("in"), record.text("at", NAME)
        quote = record.text("quote", LONGEST_QUOTE)
    if len(locator) > NAME:
        scene.problems.add(line, f"the locator is longer than {NAME} characters", "shorten it")
    if key not in scene.sources:
        if key:
            scene.problems.unknown(line, "source", key, scene.sources)
        return None
    return Passage(key, locator, quote)
