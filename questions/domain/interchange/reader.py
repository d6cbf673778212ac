"""Reading a deck file: from bytes to a `Deck`, or to every mistake in it with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf

from questions.domain.facts import (
    AuthoredForm,
    AuthoredQuestion,
    Deck,
    Fact,
    Group,
    Source,
    Vocabulary,
)
from questions.domain.interchange.errors import Problems, shorten
from questions.domain.interchange.identity import with_uids
from questions.domain.interchange.reading_entities import LANGUAGE, EntityReader, folded
from questions.domain.interchange.reading_facts import (
    KEY_LENGTH,
    FactReader,
    Scene,
    check_type,
    qualifiers_of,
    read_passages,
)
from questions.domain.interchange.record import (
    LONG,
    NAME,
    Record,
    check_key,
    items_of,
    named,
    record_of,
    text_of,
)
from questions.domain.interchange.tree import Mapping, Node, Text, read_tree
from questions.domain.interchange.vocabulary import COMMON, SECTIONS, vocabulary_of

DECK_KEYS = (
    "title", "language", "description", "use", "topics", "sources", "entities", *SECTIONS,
    "facts", "complete", "questions",
)  # fmt: skip
SOURCE_KEYS = ("title", "author", "year", "url", "publisher", "note", "origin", "cite")
QUESTION_KEYS = (
    "id", "form", "topic", "stem", "key", "distractors", "accept", "explanation", "source",
)  # fmt: skip

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def read_deck(
    data: bytes, vocabularies: MappingOf[str, Vocabulary], name: str = "deck.yaml"
) -> Deck:
    """Raises DeckErrors. `vocabularies` are those a deck can `use`; `common` is always in use.

    Facts get the uids a first reading gives them; `diff` hands on those of an earlier one.
    """
    problems = Problems(name)
    tree = read_tree(data, problems)
    if tree is None or (isinstance(tree, Text) and not tree.value):
        problems.add(1, "the file is empty", "a deck has a title, sources, entities and facts")
    elif not isinstance(tree, Mapping):
        problems.add(tree.line, "a deck is a mapping of keys", "begin with “title: …”")
    else:
        deck = _Reader(tree, vocabularies, problems).deck()
        problems.raise_if_any()
        return deck
    problems.raise_if_any()
    raise AssertionError("a file without a mapping has been reported")


class _Reader:
    def __init__(
        self, tree: Mapping, vocabularies: MappingOf[str, Vocabulary], problems: Problems
    ) -> None:
        self.nodes = tree.nodes
        self.vocabularies = vocabularies
        self.problems = problems
        self.record = Record(tree, problems, "a deck")

    def deck(self) -> Deck:
        self.record.only(DECK_KEYS)
        title, language = self.record.required("title"), self.record.text("language", 20)
        if language and not LANGUAGE.fullmatch(language):
            self.record.error("language", f"“{language}” is no language code", "such as en")
        use = self._use()
        used = Vocabulary()
        for name in (COMMON, *use):
            used = used.with_(self.vocabularies.get(name, Vocabulary()))
        own = vocabulary_of(self.nodes, used, self.problems)
        scene = self._scene(used.with_(own))
        facts = self._facts(scene)
        return Deck(
            title=title,
            language=language or "en",
            description=self.record.text("description", LONG),
            use=use,
            topics=scene.topics,
            sources=scene.sources,
            entities=scene.entities,
            own=own,
            facts=facts,
            complete=self._complete(scene),
            authored=self._authored(scene),
            vocabulary=scene.vocabulary,
        )

    def _use(self) -> tuple[str, ...]:
        used = dict.fromkeys(self.record.texts("use"))
        for name in used:
            if name not in self.vocabularies:
                known = ", ".join(sorted(self.vocabularies))
                self.record.error("use", f"unknown vocabulary “{shorten(name)}”", f"known: {known}")
        return tuple(name for name in used if name in self.vocabularies)

    def _scene(self, vocabulary: Vocabulary) -> Scene:
        topics = self._topics()
        sources = self._sources()
        entities = EntityReader(vocabulary, topics, self.problems).read(self.nodes)
        return Scene(vocabulary, topics, sources, entities, self.problems)

    def _topics(self) -> dict[str, str]:
        entries = named(self.nodes.get("topics"), self.problems, "topics", KEY_LENGTH)
        found = {}
        for key, (line, node) in entries.items():
            found[key] = text_of(node, f"the topic “{key}”", self.problems)
            if not found[key].strip():
                self.problems.add(line, f"the topic “{key}” has no title", "write it after the key")
        return found

    def _sources(self) -> dict[str, Source]:
        entries = named(self.nodes.get("sources"), self.problems, "sources", KEY_LENGTH)
        found = {}
        for key, (_, node) in entries.items():
            record = record_of(node, self.problems, "a source", SOURCE_KEYS)
            found[key] = _source(key, record) if record else Source(key, key)
        return found

    def _facts(self, scene: Scene) -> tuple[Fact, ...]:
        reader = FactReader(scene)
        nodes = items_of(self.nodes.get("facts"), self.problems, "facts")
        facts = [reader.read(node) for node in nodes]
        if self.problems.found:
            return ()
        return with_uids(fact for fact in facts if fact)

    def _complete(self, scene: Scene) -> frozenset[Group]:
        nodes = items_of(self.nodes.get("complete"), self.problems, "complete")
        return frozenset(group for node in nodes if (group := self._group(node, scene)))

    def _group(self, node: Node, scene: Scene) -> Group | None:
        if not isinstance(node, Mapping):
            record_of(node, self.problems, "a complete list", ("about", "is"))
            return None
        record = Record(node, self.problems, "a complete list")
        about = record.required("about")
        name = record.required("is")
        if about and about not in scene.entities:
            self.problems.unknown(record.lines["about"], "entity", about, scene.entities)
        relation = scene.vocabulary.relations.get(name)
        if relation is None:
            known = scene.vocabulary.relations
            self.problems.unknown(record.lines.get("is", record.line), "relation", name, known)
            return None
        record.only({"about", "is", *relation.qualifiers})
        if about in scene.entities:
            check_type(record, "about", about, relation.about, scene)
        return about, name, qualifiers_of(record, relation, scene)

    def _authored(self, scene: Scene) -> tuple[AuthoredQuestion, ...]:
        nodes = items_of(self.nodes.get("questions"), self.problems, "questions")
        reader = _QuestionReader(scene)
        return tuple(question for node in nodes if (question := reader.read(node)))


def _source(key: str, record: Record) -> Source:
    url = record.text("url", 500)
    if url and not _ADDRESS.fullmatch(url):
        record.error("url", f"“{shorten(url)}” is no web address", "such as https://example.org/")
    return Source(
        key=key,
        title=record.required("title", NAME),
        author=record.text("author"),
        year=record.text("year", 20),
        url=url,
        publisher=record.text("publisher"),
        note=record.text("note", LONG),
        origin=record.text("origin", KEY_LENGTH),
        cite=record.text("cite"),
    )


class _QuestionReader:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.problems = scene.problems
        self.ids: dict[str, int] = {}

    def read(self, node: Node) -> AuthoredQuestion | None:
        record = record_of(node, self.problems, "a question", QUESTION_KEYS)
        if record is None:
            return None
        source = record.nodes.get("source")
        question = AuthoredQuestion(
            id=self._id(record),
            form=self._form(record),
            stem=record.required("stem", LONG),
            key=record.required("key", LONG),
            distractors=record.texts("distractors", LONG),
            accept=record.texts("accept", NAME),
            topic=record.one_of("topic", self.scene.topics, "topic"),
            explanation=record.text("explanation", LONG),
            passages=read_passages(source, self.scene) if source else (),
        )
        if record.nodes.get("form"):
            self._check(question, record)
        return question

    def _id(self, record: Record) -> str:
        name = record.required("id", KEY_LENGTH)
        if not name.strip():
            return ""
        if name in self.ids:
            first = self.ids[name]
            record.error("id", f"the id “{name}” is taken by the question on line {first}")
        elif check_key(name, record.lines.get("id", record.line), self.problems, KEY_LENGTH):
            self.ids[name] = record.line
        return name

    def _form(self, record: Record) -> AuthoredForm:
        record.required("form")
        return record.choice("form", AuthoredForm, AuthoredForm.TYPED)

    def _check(self, question: AuthoredQuestion, record: Record) -> None:
        if question.accept and question.form is not AuthoredForm.TYPED:
            record.error("accept", f"“accept” does not go with “{question.form}”", "remove it")
        if question.form is AuthoredForm.CHOICE:
            self._check_options(question, record)
        elif question.distractors:
            record.error("distractors", f"“distractors” do not go with “{question.form}”")
        if question.form is AuthoredForm.TRUE_FALSE and question.key not in ("true", "false", ""):
            record.error("key", f"the key “{shorten(question.key)}” is neither true nor false")

    def _check_options(self, question: AuthoredQuestion, record: Record) -> None:
        if not question.distractors:
            record.error("form", "a choice without wrong answers", "add “distractors: [One, Two]”")
        seen = {folded(question.key)}
        for option in question.distractors:
            if folded(option) in seen:
                record.error("distractors", f"the option “{shorten(option)}” stands twice")
            seen.add(folded(option))
