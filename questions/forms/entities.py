"""The form for an entity: its names, what it belongs to; checked by the reader of deck files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.domain import facts as domain
from questions.domain.grading.alike import folded
from questions.domain.interchange.errors import DeckError, Problems
from questions.domain.interchange.identity import state_of
from questions.domain.interchange.reading_entities import EntityReader
from questions.domain.interchange.record import Record
from questions.domain.interchange.tree import Items, Node, Text
from questions.domain.interchange.tree import Mapping as MappingNode
from questions.domain.values import BadValue
from questions.forms.choosing import EntityChooser
from questions.forms.texts import DeckTexts, lines_of
from questions.forms.values import edtf_of
from questions.models import Entity, Topic
from questions.queries.authoring import entity_names
from questions.queries.entities import told_fields
from questions.queries.facts import vocabulary_for

SPARE = 2
MOST_NAMES = 200
# The line of the first other name; each has its own, and lines below are those of keys.
FIRST_NAME = 1000
FIELDS = {"in": "part_of", "the": "article"}
PLAIN = ("name", "adjective", "surname", "active", "note", "topic", "side", "part_of")


@dataclass(frozen=True, slots=True)
class NameRow:
    """The controls of one other name."""

    number: int
    name: BoundField
    lang: BoundField
    loose: BoundField


class EntityForm(DeckTexts, forms.Form):
    """`entity` is the row it edits; a valid form's `said` is what it is to say."""

    name = forms.CharField(label=gettext_lazy("name"), max_length=300)
    article = forms.BooleanField(
        label=gettext_lazy("takes “the” in a sentence"),
        required=False,
        help_text=gettext_lazy("As in: the Soviet Union, the Battle of the Hill."),
    )
    plural = forms.BooleanField(
        label=gettext_lazy("is a plural"),
        required=False,
        help_text=gettext_lazy("Verbs agree: the Netherlands were."),
    )
    adjective = forms.CharField(
        label=gettext_lazy("adjective"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("As in: Soviet losses."),
    )
    surname = forms.CharField(
        label=gettext_lazy("surname"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Right alone, if nobody else in the deck bears it."),
    )
    titles = forms.CharField(
        label=gettext_lazy("titles"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What may stand before the name in an answer, one a line."),
    )
    side = forms.CharField(
        label=gettext_lazy("side"),
        max_length=450,
        required=False,
        help_text=gettext_lazy("Those of one side are likely wrong answers for each other."),
    )
    active = forms.CharField(
        label=gettext_lazy("active"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "When it can have taken part in anything, such as 1915 to 1957, or as EDTF. It is no "
            "wrong answer to what was before or after."
        ),
    )
    part_of = forms.CharField(
        label=gettext_lazy("is part of"),
        max_length=450,
        required=False,
        help_text=gettext_lazy(
            "A place in a place, an event in an event: a part is no wrong answer where its whole "
            "is right."
        ),
    )
    topic = forms.ChoiceField(label=gettext_lazy("topic"), required=False)
    note = forms.CharField(
        label=gettext_lazy("note"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For teachers only."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    said: domain.Entity

    def __init__(
        self, entity: Entity, data: Any = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.entity, self.deck = entity, entity.deck
        self.vocabulary = vocabulary_for(self.deck)
        for name in {"surname", "titles", "side", "active"} - told_fields(entity, self.vocabulary):
            del self.fields[name]
        topics = Topic.objects.filter(deck=self.deck).values_list("key", "title")
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None")), *topics]
        names = entity_names(self.deck)
        self.chooser = EntityChooser(self, names, self.vocabulary, adds=False)
        for name in ("part_of", "side"):
            if name in self.fields:
                self.chooser.add(name, ())
        self._add_names()

    def raw(self, name: str) -> str:
        """What stands in a field now, sent or initial."""
        value = (self.data if self.is_bound else self.initial).get(name, "")
        return value.strip() if isinstance(value, str) else str(value)

    def _add_names(self) -> None:
        values = self.data if self.is_bound else self.initial
        filled = [at for at in range(MOST_NAMES) if f"also_{at}" in values]
        spare = 0 if self.is_bound else SPARE
        self.rows = min(max(filled, default=-1) + 1 + spare, MOST_NAMES)
        for number in range(self.rows):
            self._add_name(number)

    def _add_name(self, number: int) -> None:
        which = {"n": number + 1}
        self.fields[f"also_{number}"] = forms.CharField(
            label=_("Other name %(n)s") % which, max_length=300, required=False
        )
        self.fields[f"lang_{number}"] = forms.CharField(
            label=_("Language of other name %(n)s") % which,
            max_length=20,
            required=False,
            widget=forms.TextInput(attrs={"placeholder": _("lang."), "autocapitalize": "none"}),
        )
        self.fields[f"loose_{number}"] = forms.BooleanField(label=_("Only in part"), required=False)

    # --- for the template -------------------------------------------------------

    def name_rows(self) -> list[NameRow]:
        return [
            NameRow(at + 1, self[f"also_{at}"], self[f"lang_{at}"], self[f"loose_{at}"])
            for at in range(self.rows)
        ]

    def fields_after_names(self) -> Iterator[BoundField]:
        order = ("surname", "titles", "part_of", "side", "active", "adjective", "topic", "note")
        return (self[name] for name in order if name in self.fields)

    def in_words(self) -> list[tuple[str, str]]:
        """What stands, field by field, as a reader would say it."""
        aliases = [row.name.value() for row in self.name_rows() if row.name.value()]
        plain = [(str(self.fields[name].label), self.raw(name)) for name in self._plain()]
        topics = dict(self.fields["topic"].choices)  # type: ignore[attr-defined]
        said = [(label, str(topics.get(text, text))) for label, text in plain]
        return [pair for pair in (*said, (_("other names"), "; ".join(aliases))) if pair[1]]

    def _plain(self) -> list[str]:
        return [name for name in PLAIN if name in self.fields]

    @property
    def datalists(self) -> list[Any]:
        return self.chooser.datalists

    # --- what it says -----------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        said = self._said(data)
        if not self.errors:
            self._read(said)
        return data

    def _said(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The entity as a deck file would write it, with what the form does not show kept."""
        kept = self.entity
        said = {
            "type": kept.type,
            "name": data.get("name"),
            "the": "yes" if data.get("article") else "",
            "plural": "yes" if data.get("plural") else "",
            "adjective": data.get("adjective"),
            "surname": data.get("surname", kept.surname),
            "titles": lines_of(data["titles"]) if "titles" in data else list(kept.titles),
            "side": self.chooser.key("side", ()) if "side" in self.fields else kept.side,
            "active": self._active(data) if "active" in self.fields else kept.active,
            "in": self.chooser.key("part_of", ()),
            "topic": data.get("topic"),
            "also": [row for at in range(self.rows) if (row := self._other(at, data))],
            "note": data.get("note"),
        }
        return {name: value for name, value in said.items() if value}

    def _active(self, data: Mapping[str, Any]) -> str:
        text: str = data.get("active", "")
        try:
            return edtf_of(text) if text else ""
        except BadValue as error:
            self.add_error("active", str(error))
            return ""

    def _other(self, number: int, data: Mapping[str, Any]) -> dict[str, Any]:
        text, lang = data.get(f"also_{number}", ""), data.get(f"lang_{number}", "")
        if not text:
            return {}
        loose = "yes" if data.get(f"loose_{number}") else ""
        row = {"name": text, "lang": lang, "loose": loose, "line": str(FIRST_NAME + number)}
        return {name: value for name, value in row.items() if value}

    def _read(self, said: Mapping[str, Any]) -> None:
        problems = Problems("form")
        keys = list(said)
        topics = {key: "" for key, _title in self.fields["topic"].choices}  # type: ignore[attr-defined]
        reader = EntityReader(self.vocabulary, topics, problems)
        record = Record(_node(said, keys), problems, "an entity")
        known = {said.get("side", ""), said.get("in", "")}
        found = reader.entity(self.entity.key, record, known)
        for error in problems.found:
            self._note(error, keys)
        if not self.errors:
            self.said = found

    def _note(self, error: DeckError, keys: list[str]) -> None:
        field: str | None = None
        if error.line >= FIRST_NAME:
            number = error.line - FIRST_NAME
            field = f"{'lang' if 'language code' in error.message else 'also'}_{number}"
        elif 1 <= error.line <= len(keys):
            key = keys[error.line - 1]
            field = FIELDS.get(key, key)
        self.add_error(field if field in self.fields else None, capfirst(str(error)))

    # --- what only the deck as it is now can tell ---------------------------------

    def taken(self, spelling: str, other: str) -> None:
        """Note that the deck calls something else of that kind so."""
        text = _("“%(name)s” is what this deck calls %(other)s.")
        if other == spelling:
            text = _("This deck has another “%(name)s” of that kind.")
        self.add_error(self._field_of(spelling), text % {"name": spelling, "other": other})

    def _field_of(self, spelling: str) -> str:
        rows = (f"also_{at}" for at in range(self.rows))
        fields = ("name", *rows)
        same = (name for name in fields if folded(self.raw(name)) == folded(spelling))
        return next(same, "name")

    def goes_round(self, names: list[str]) -> None:
        text = _("It would be part of itself: %s.")
        self.add_error("part_of", text % " → ".join(names))


def initial_of(entity: Entity, said: domain.Entity) -> dict[str, Any]:
    """What a form shows of an entity, `said` being the same as data."""
    shown = entity_names(entity.deck).shown
    values: dict[str, Any] = {
        name: getattr(said, name)
        for name in ("name", "article", "plural", "adjective", "surname", "active", "topic", "note")
    }
    values |= {"titles": "\n".join(said.titles), "seen": state_of(said)}
    values |= {"side": shown(said.side), "part_of": shown(said.part_of)}
    for number, alias in enumerate(said.aliases):
        values[f"also_{number}"] = alias.text
        values[f"lang_{number}"] = alias.lang
        values[f"loose_{number}"] = alias.loose
    return values


def _node(said: Mapping[str, Any], keys: list[str]) -> MappingNode:
    """Line n is that of the n-th key, so that an error's line tells the field."""
    lines = {key: place for place, key in enumerate(keys, start=1)}
    nodes = {key: _value(key, value, lines[key]) for key, value in said.items()}
    return MappingNode(0, nodes=nodes, lines=lines)


def _value(key: str, value: Any, line: int) -> Node:
    if key == "also":
        return Items(line, [_alias(dict(row)) for row in value])
    if isinstance(value, list):
        return Items(line, [Text(line, item) for item in value])
    return Text(line, value)


def _alias(row: dict[str, str]) -> MappingNode:
    line = int(row.pop("line"))
    nodes: dict[str, Node] = {name: Text(line, text) for name, text in row.items()}
    return MappingNode(line, nodes=nodes, lines=dict.fromkeys(nodes, line))
