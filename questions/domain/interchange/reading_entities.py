"""Reading entities: their names, what they belong to, and that no text names two of a type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from collections.abc import Mapping as MappingOf

from questions.domain.facts import Alias, Entity, Vocabulary
from questions.domain.interchange.errors import Problems, shorten
from questions.domain.interchange.reading_facts import ENTITY_KEY_LENGTH, check_date
from questions.domain.interchange.record import (
    LONG,
    NAME,
    Record,
    checked_record,
    named,
    record_of,
    text_of,
)
from questions.domain.interchange.tree import Mapping, Node, Text, walk
from questions.domain.interchange.vocabulary import loops
from questions.domain.values import BadValue

ENTITY_KEYS = (
    "type", "name", "the", "plural", "adjective", "surname", "titles", "side", "active", "in",
    "topic", "also", "note",
)  # fmt: skip

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")


def folded(text: str) -> str:
    """Two texts alike in this are one name."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


class EntityReader:
    def __init__(
        self, vocabulary: Vocabulary, topics: MappingOf[str, str], problems: Problems
    ) -> None:
        self.vocabulary = vocabulary
        self.topics = topics
        self.problems = problems
        self.bearers: dict[tuple[str, str], tuple[str, int]] = {}

    def read(self, nodes: MappingOf[str, Node]) -> dict[str, Entity]:
        node = nodes.get("entities")
        entries = named(node, self.problems, "entities", ENTITY_KEY_LENGTH)
        records = {
            key: record_of(node, self.problems, "an entity", ENTITY_KEYS)
            for key, (_, node) in entries.items()
        }
        found = {key: self.entity(key, record, entries) for key, record in records.items()}
        lines = {
            key: record.lines.get("in", record.line) for key, record in records.items() if record
        }  # fmt: skip
        for loop in loops({key: entity.part_of for key, entity in found.items()}):
            path = " → ".join((*loop, loop[0]))
            self.problems.add(lines[loop[0]], f"“in” goes round in a circle: {path}", "break it")
        return found

    def entity(self, key: str, record: Record | None, known: Collection[str]) -> Entity:
        if record is None:
            return Entity(key, "", key)
        type_ = record.required("type")
        if type_ and type_ not in self.vocabulary.types:
            self.problems.unknown(record.lines["type"], "type", type_, self.vocabulary.types)
        entity = Entity(
            key=key,
            type=type_,
            name=record.required("name", NAME),
            article=record.flag("the"),
            plural=record.flag("plural"),
            adjective=record.text("adjective", 100),
            surname=record.text("surname", 100),
            titles=record.texts("titles"),
            side=record.one_of("side", known, "entity"),
            active=record.text("active"),
            part_of=record.one_of("in", known, "entity"),
            topic=record.one_of("topic", self.topics, "topic"),
            aliases=self._aliases(record),
            note=record.text("note", LONG),
        )
        self._check(entity, record)
        return entity

    def _check(self, entity: Entity, record: Record) -> None:
        if entity.active:
            try:
                check_date(entity.active)
            except BadValue as error:
                record.error("active", str(error))
        for text in entity.names:
            self._bear(entity, record, text)

    def _bear(self, entity: Entity, record: Record, text: str) -> None:
        """One text names one entity of a type; whoever types it means that one."""
        first = self.bearers.setdefault((entity.type, folded(text)), (entity.key, record.line))
        if text.strip() and first[0] != entity.key:
            key = "name" if text == entity.name else "also"
            record.error(
                key,
                f"“{shorten(text)}” names two entities of type “{entity.type}”: "
                f"“{entity.key}” and “{first[0]}” (line {first[1]})",
                "choose another name, or make it a loose alias: {name: …, loose: yes}",
            )

    def _aliases(self, record: Record) -> tuple[Alias, ...]:
        found = (self._alias(node) for node in walk(record.nodes.get("also")))
        return tuple(alias for alias in found if alias)

    def _alias(self, node: Node) -> Alias | None:
        if not isinstance(node, Mapping):
            text = text_of(node, "an alias", self.problems, NAME)
            if isinstance(node, Text) and not text.strip():
                self.problems.add(node.line, "an alias is empty", "write it out or remove it")
            return Alias(text) if text.strip() else None
        record = checked_record(node, self.problems, "an alias", ("name", "lang", "loose"))
        lang = record.text("lang", 20)
        if lang and not LANGUAGE.fullmatch(lang):
            record.error("lang", f"“{shorten(lang)}” is no language code", "such as ja")
        return Alias(record.required("name", NAME), record.flag("loose"), lang)
