"""Types, units and relations: of a vocabulary's file, and of a deck that defines its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from collections.abc import Mapping as MappingOf
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from questions.domain.facts import EntityType, Relation, Unit, ValueKind, Vocabulary
from questions.domain.interchange import wordings
from questions.domain.interchange.errors import Problems, shorten
from questions.domain.interchange.figures import unit_meant
from questions.domain.interchange.record import (
    NAME,
    Record,
    named,
    record_of,
    text_of,
)
from questions.domain.interchange.tree import Mapping, Node, plain_tree, read_tree
from questions.domain.values import BadValue, Quantity, parse_quantity

FOLDER = Path(__file__).resolve().parents[2] / "vocabularies"
COMMON = "common"
TEXT = "text"

TYPE_KEYS = ("label", "many", "ask", "in", "generic", "titles")
UNIT_KEYS = ("one", "many", "also", "of", "factor", "least", "most")
RELATION_KEYS = (
    "label", "about", "value", "of", "unit", "limits", "single", "complete", "reverse_single",
    "era", "timeline", "introduces", "qualifiers", "ask", "which", "list", "reverse", "order",
    "match", "state", "sisters",
)  # fmt: skip
SECTIONS = ("types", "units", "relations")
FACT_KEYS = (
    "about", "is", "value", "source", "unit", "rank", "status", "points", "accept", "exact",
    "forms", "never_with", "topic", "note", "id",
)  # fmt: skip
# Names that mean something else in a fact or in a template.
RESERVED = frozenset({*FACT_KEYS, "values", "count"})

_QUALIFIER = re.compile(r"[a-z][a-z0-9_]*")
_KEY_LENGTH = 80

Defined = TypeVar("Defined", EntityType, Unit, Relation)


def read_vocabulary(
    data: bytes, base: Vocabulary | None = None, name: str = "vocabulary.yaml"
) -> Vocabulary:
    """Raises DeckErrors. What it defines may refer to itself and to `base`."""
    problems = Problems(name)
    tree = read_tree(data, problems)
    if tree is None:
        return Vocabulary()
    keys = ("title", "language", "description", *SECTIONS)
    record = record_of(tree, problems, "a vocabulary", keys)
    found = vocabulary_of(record.nodes if record else {}, base or Vocabulary(), problems)
    problems.raise_if_any()
    return found


def load_vocabulary(path: Path, base: Vocabulary | None = None) -> Vocabulary:
    """Raises DeckErrors, and OSError where the file cannot be read."""
    return read_vocabulary(path.read_bytes(), base, path.name)


@lru_cache(maxsize=1)
def built_in_vocabularies() -> MappingOf[str, Vocabulary]:
    """All that ship with the program, by name; each may build on `common`."""
    common = load_vocabulary(FOLDER / f"{COMMON}.yaml")
    others = (path for path in sorted(FOLDER.glob("*.yaml")) if path.stem != COMMON)
    return {COMMON: common, **{path.stem: load_vocabulary(path, common) for path in others}}


@lru_cache(maxsize=1)
def vocabulary_titles() -> MappingOf[str, tuple[str, str]]:
    """Title and description of each vocabulary that a deck may choose, by name."""
    paths = (path for path in sorted(FOLDER.glob("*.yaml")) if path.stem != COMMON)
    return {path.stem: _titles(path) for path in paths}


def _titles(path: Path) -> tuple[str, str]:
    tree = read_tree(path.read_bytes(), problems := Problems(path.name))
    keys = ("title", "language", "description", *SECTIONS)
    record = record_of(tree, problems, "a vocabulary", keys) if tree else None
    problems.raise_if_any()
    return (record.text("title"), record.text("description")) if record else (path.stem, "")


def vocabulary_of(
    sections: MappingOf[str, Node], base: Vocabulary, problems: Problems
) -> Vocabulary:
    """What the sections `types`, `units` and `relations` define; mistakes go to `problems`."""
    own = Vocabulary(
        _section(sections, "types", "a type", TYPE_KEYS, _type, problems),
        _section(sections, "units", "a unit", UNIT_KEYS, _unit, problems),
        _section(sections, "relations", "a relation", RELATION_KEYS, _relation, problems),
    )
    _Checks(sections, own, base.with_(own), problems).run()
    return own


def _section(
    sections: MappingOf[str, Node], section: str, what: str, keys: Collection[str],
    read: Callable[[str, Record], Defined], problems: Problems,
) -> dict[str, Defined]:  # fmt: skip
    entries = named(sections.get(section), problems, section, _KEY_LENGTH, section != "relations")
    records = {
        key: record_of(node, problems, what, keys) for key, (_, node) in entries.items()
    }  # fmt: skip
    return {key: read(key, record) for key, record in records.items() if record}


def default_label(key: str) -> str:
    return key.replace("_", " ").replace("-", " ")


def _type(key: str, record: Record) -> EntityType:
    return EntityType(
        key=key,
        label=record.text("label") or default_label(key),
        many=record.text("many"),
        asks=record.text("ask"),
        wider=record.text("in"),
        generic=record.texts("generic"),
        titles=record.texts("titles"),
    )


def _unit(key: str, record: Record) -> Unit:
    one = record.required("one")
    base, factor = record.text("of"), record.text("factor")
    if bool(base) != bool(factor):
        record.error("of" if base else "factor", "“of” and “factor” go together", "give both")
    if factor:
        _check_positive("factor", factor, record)
    many, least, most = record.text("many") or one, record.text("least"), record.text("most")
    if least:
        _check_plain("least", least, record)
    if most:
        _check_positive("most", most, record)
    return Unit(key, one, many, record.texts("also"), base, factor or "1", least, most)


def _check_positive(name: str, text: str, record: Record) -> None:
    quantity = _quantity(name, text, record)
    if quantity and (quantity.shape != "plain" or quantity.amount <= 0):
        record.error(name, f"“{name}” {text} is no number above 0", "such as 1000")


def _check_plain(name: str, text: str, record: Record) -> None:
    quantity = _quantity(name, text, record)
    if quantity and quantity.shape != "plain":
        record.error(name, f"“{name}” {text} is no plain number", "such as -273.15")


def _quantity(name: str, text: str, record: Record) -> Quantity | None:
    try:
        return parse_quantity(text)
    except BadValue as error:
        record.error(name, str(error))
        return None


def _relation(key: str, record: Record) -> Relation:
    record.required("value")
    return Relation(
        key=key,
        label=record.text("label") or default_label(key),
        value=record.choice("value", ValueKind, ValueKind.TEXT),
        about=record.texts("about"),
        of=record.texts("of"),
        unit=record.text("unit"),
        limits=record.flag("limits"),
        single=record.flag("single"),
        complete=record.flag("complete"),
        reverse_single=record.maybe("reverse_single"),
        era=record.flag("era"),
        timeline=record.maybe("timeline") is not False,
        introduces=record.flag("introduces"),
        qualifiers=_qualifiers(record),
        ask=record.texts("ask", NAME),
        which=record.texts("which", NAME),
        list=record.texts("list", NAME),
        reverse=record.texts("reverse", NAME),
        order=record.text("order", NAME),
        match=record.text("match", NAME),
        state=record.texts("state", NAME),
        sisters=record.texts("sisters"),
    )


def _qualifiers(record: Record) -> dict[str, str]:
    node = record.nodes.get("qualifiers")
    found = {}
    entries = named(node, record.problems, "qualifiers", _KEY_LENGTH)
    for name, (line, kind) in entries.items():
        if name in RESERVED or not _QUALIFIER.fullmatch(name):
            record.problems.add(
                line, f"a qualifier cannot be called “{shorten(name)}”",
                "choose a word in small letters that is no key of a fact",
            )  # fmt: skip
        else:
            found[name] = text_of(kind, f"the type of “{name}”", record.problems)
    return found


class _Checks:
    """That what is defined fits together: names exist, kinds match, wordings can be filled in."""

    def __init__(
        self, sections: MappingOf[str, Node], own: Vocabulary, all_: Vocabulary, problems: Problems
    ) -> None:
        self.sections = sections
        self.own = own
        self.all = all_
        self.problems = problems

    def run(self) -> None:
        for type_ in self.own.types.values():
            self._known("types", type_.key, "in", "type", type_.wider, self.all.types)
        for unit in self.own.units.values():
            self._known("units", unit.key, "of", "unit", unit.base, self.all.units)
        for relation in self.own.relations.values():
            self._relation(relation)
        self._loops("types", {key: type_.wider for key, type_ in self.own.types.items()})
        self._loops("units", {key: unit.base for key, unit in self.own.units.items()})

    def _line(self, section: str, key: str, field: str) -> int:
        table = self.sections[section]
        if not isinstance(table, Mapping):
            return table.line
        node = table.nodes[key]
        own = node.lines if isinstance(node, Mapping) else {}
        return own.get(field, table.lines[key])

    def _known(
        self, section: str, key: str, field: str, what: str, name: str, known: Collection[str]
    ) -> None:
        if name and name not in known:
            self.problems.unknown(self._line(section, key, field), what, name, known)

    def _relation(self, relation: Relation) -> None:
        for field, names in (("about", relation.about), ("of", relation.of)):
            for name in names:
                self._known("relations", relation.key, field, "type", name, self.all.types)
        for name in relation.sisters:
            self._known(
                "relations", relation.key, "sisters", "relation", name, self.all.relations
            )  # fmt: skip
        kinds = {TEXT, *self.all.types}
        for name in relation.qualifiers.values():
            self._known("relations", relation.key, "qualifiers", "type", name, kinds)
        self._value_kind(relation)
        self._wordings(relation)

    def _value_kind(self, relation: Relation) -> None:
        if relation.of and relation.value is not ValueKind.ENTITY:
            self._fault(relation, "of", "“of” is for values that are entities", "remove it")
        if relation.limits and relation.value is not ValueKind.NUMBER:
            self._fault(relation, "limits", "“limits” is for values that are numbers", "remove it")
        if relation.unit and relation.value is not ValueKind.NUMBER:
            self._fault(relation, "unit", "“unit” is for values that are numbers", "remove it")
        elif relation.unit not in ("", *self.all.units) and (
            meant := unit_meant(relation.unit, self.all.units)
        ):
            said = shorten(relation.unit)
            self._fault(relation, "unit", f"unknown unit “{said}”", f"did you mean “{meant}”?")
        elif relation.unit != "any":
            self._known("relations", relation.key, "unit", "unit", relation.unit, self.all.units)

    def _wordings(self, relation: Relation) -> None:
        names = {"about", "value", "unit", *relation.qualifiers}
        counted = {*names, "count", "values"}
        for field, allowed, hidden in (
            ("ask", names, "value"),
            ("which", names, "value"),
            ("list", counted, "value"),
            ("reverse", names, "about"),
            ("state", names, ""),
            ("order", counted if _lists_values(relation) else set[str](), "value"),
            ("match", set[str](), ""),
        ):
            texts = getattr(relation, field)
            for text in (texts,) if isinstance(texts, str) else texts:
                for fault, hint in wordings.faults(text, allowed, hidden):
                    self._fault(relation, field, f"in “{shorten(text)}”: {fault}", hint)

    def _fault(self, relation: Relation, field: str, message: str, hint: str) -> None:
        self.problems.add(self._line("relations", relation.key, field), message, hint)

    def _loops(self, section: str, wider: MappingOf[str, str]) -> None:
        field = "in" if section == "types" else "of"
        for loop in loops(wider):
            line = self._line(section, loop[0], field)
            path = " → ".join((*loop, loop[0]))
            self.problems.add(line, f"“{field}” goes round in a circle: {path}", "break it")


def _lists_values(relation: Relation) -> bool:
    return not relation.single and relation.value in (ValueKind.ENTITY, ValueKind.TERM)


def loops(wider: MappingOf[str, str]) -> Iterator[tuple[str, ...]]:
    """Each circle in a mapping of parts to wholes, once."""
    done: set[str] = set()
    for start in wider:
        path: dict[str, None] = {}
        key = start
        while key and key not in done and key not in path:
            path[key] = None
            key = wider.get(key, "")
        if key and key in path:
            keys = tuple(path)
            yield keys[keys.index(key) :]
        done.update(path)


def vocabulary_of_deck(
    use: Collection[str], kept: MappingOf[str, Any], vocabularies: MappingOf[str, Vocabulary]
) -> Vocabulary:
    """All that a kept deck may speak of: `common`, what it uses, and its own, as `own_as_kept`
    keeps it. What has become wrong since it was read is passed over: it can still be studied."""
    used = Vocabulary()
    for name in (COMMON, *use):
        used = used.with_(vocabularies.get(name, Vocabulary()))
    return used.with_(own_of_kept(kept, used))


def own_of_kept(kept: MappingOf[str, Any], base: Vocabulary) -> Vocabulary:
    problems = Problems("kept")
    text = kept.get("text")
    tree = plain_tree(kept) if text is None else read_tree(str(text).encode(), problems)
    return vocabulary_of(tree.nodes if isinstance(tree, Mapping) else {}, base, problems)
