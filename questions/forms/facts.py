"""The form for a fact: its controls follow the relation, its checks are the deck file's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.domain import facts as domain
from questions.domain.facts import Relation, ValueKind
from questions.domain.values import BadValue, parse_span, say_date
from questions.forms.choosing import EntityChooser
from questions.forms.fact_nodes import read_fact
from questions.forms.texts import DeckTexts, lines_of
from questions.forms.values import edtf_of, number_of
from questions.models import Deck, Fact, Question, Source, Topic
from questions.queries.authoring import entity_names, scene_for, source_names
from questions.queries.facts import vocabulary_for
from questions.queries.relations import told_apart
from questions.services.facts import FactEntry

NEW_SOURCE = "+"
MOST_SOURCES = 6
MORE = ("topic", "rank", "status", "forms")

KINDS = {
    ValueKind.ENTITY: gettext_lazy("Who or what"),
    ValueKind.DATE: gettext_lazy("When"),
    ValueKind.NUMBER: gettext_lazy("How many, how much"),
    ValueKind.TERM: gettext_lazy("Names and terms"),
    ValueKind.TEXT: gettext_lazy("In words"),
}
HELP = {
    ValueKind.DATE: gettext_lazy(
        "Such as 13 April 1941, April 1941, 1939, summer 1939, 29 July to 11 August 1938, "
        "since 1937, about 1939; or as EDTF."
    ),
    ValueKind.NUMBER: gettext_lazy(
        "Such as 20302, 4.4, about 20, more than 1,000,000, 2:1 or 25000 to 30000; "
        "without the unit."
    ),
    ValueKind.TERM: gettext_lazy("A short text; it is graded like a name."),
    ValueKind.TEXT: gettext_lazy(
        "A sentence or clause in your own words; learners grade themselves against it."
    ),
    ValueKind.ENTITY: gettext_lazy("Begin to type; a name the deck lacks can be added."),
}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The controls of one passage."""

    number: int
    source: BoundField
    at: BoundField
    quote: BoundField


class FactForm(DeckTexts, forms.Form):
    """Which fields there are depends on what is filled in: `values` are the data sent, or the
    initial ones. `entry` is what a valid form says."""

    about = forms.CharField(label=gettext_lazy("about"), max_length=300)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    entry: FactEntry
    standing: Fact | None = None

    def __init__(
        self,
        deck: Deck,
        data: Any = None,
        *,
        uid: str = "",
        preview: bool = False,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.deck, self.uid, self.preview = deck, uid, preview
        self.vocabulary = vocabulary_for(deck)
        self.chooser = EntityChooser(self, entity_names(deck), self.vocabulary)
        self.relation = self.vocabulary.relations.get(self.raw("relation"))
        self.read_as = ""
        self._add_fields()

    def raw(self, name: str) -> str:
        """What stands in a field now, sent or initial."""
        values = self.data if self.is_bound else self.initial
        value = values.get(name, "")
        return value.strip() if isinstance(value, str) else str(value)

    def in_words(self) -> list[tuple[str, str]]:
        """What is filled in, field by field, as a reader would say it."""
        shown = [field for field in self if not field.is_hidden and field.value()]
        return [(str(field.label), _in_words(field)) for field in shown]

    # --- fields ---------------------------------------------------------------

    def _add_fields(self) -> None:
        self.fields["about"].help_text = HELP[ValueKind.ENTITY]
        self.chooser.add("about", ())  # the relations follow the subject, not the other way
        self.fields["relation"] = forms.ChoiceField(
            label=_("what is said of it"), choices=self._relation_choices()
        )
        if self.relation:
            self._add_value(self.relation)
            self._add_qualifiers(self.relation)
        self._add_sources()
        self._add_rest()

    def _relation_choices(self) -> list[Any]:
        type_ = self.chooser.type_of("about")
        groups: dict[ValueKind, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
        offered: list[Relation] = []
        for relation in self.vocabulary.relations.values():
            fits = not type_ or self.vocabulary.is_a(type_, relation.about)
            if fits or relation is self.relation:
                offered.append(relation)
        names = told_apart(self.deck, offered)
        for relation in offered:
            groups[relation.value].append((relation.key, capfirst(names[relation.key])))
        found = [
            (KINDS[kind], sorted(choices, key=lambda choice: choice[1]))
            for kind, choices in groups.items()
            if choices
        ]
        return [("", _("Choose")), *found]

    def _add_value(self, relation: Relation) -> None:
        kind = relation.value
        widget = forms.Textarea(attrs={"rows": 3}) if kind is ValueKind.TEXT else forms.TextInput()
        self.fields["value"] = forms.CharField(
            label=capfirst(relation.label), help_text=HELP[kind], widget=widget, max_length=5000
        )
        if kind is ValueKind.ENTITY:
            self.chooser.add("value", relation.of)
        elif kind is ValueKind.NUMBER:
            self._add_number(relation)
            self._add_lines("accept", _("also right"), _("Other figures, one a line."))
        elif kind is ValueKind.DATE:
            self._add_lines("accept", _("also right"), _("Other dates, one a line."))
        elif kind is ValueKind.TERM:
            self._add_lines("accept", _("also right"), _("Other spellings, one a line."))
        elif kind is ValueKind.TEXT:
            self._add_lines(
                "points", _("key points"), _("What an answer should hold, one point a line.")
            )

    def _add_number(self, relation: Relation) -> None:
        if relation.unit == "any":
            units = sorted((unit.many, key) for key, unit in self.vocabulary.units.items())
            choices = [("", _("No unit")), *((key, many) for many, key in units)]
            self.fields["unit"] = forms.ChoiceField(
                label=_("unit"), choices=choices, required=False
            )
        elif unit := self.vocabulary.units.get(relation.unit):
            self.fields["value"].help_text = (
                f"{HELP[ValueKind.NUMBER]} " + _("Counted in %s.") % unit.many
            )

    def _add_lines(self, name: str, label: str, help_text: str) -> None:
        self.fields[name] = forms.CharField(
            label=label,
            help_text=help_text,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _add_qualifiers(self, relation: Relation) -> None:
        for name, kind in relation.qualifiers.items():
            field = f"q_{name}"
            self.fields[field] = forms.CharField(
                label=name.replace("_", " "), required=False, max_length=300
            )
            if kind != "text":
                self.chooser.add(field, (kind,))

    def _add_sources(self) -> None:
        choices = [("", _("Choose")), (NEW_SOURCE, _("A new source …"))]
        choices += source_names(self.deck).items()
        for number in range(self.source_count):
            self._add_source_row(number, choices)
        if self._wants_new_source:
            self._add_new_source()

    @property
    def source_count(self) -> int:
        filled = [at for at in range(MOST_SOURCES) if self.raw(f"source_{at}")]
        more = 1 if self.raw("more_sources") else 0
        return min(MOST_SOURCES, max([1, *(at + 1 for at in filled)]) + more)

    @property
    def _wants_new_source(self) -> bool:
        rows = range(MOST_SOURCES)
        return any(self.raw(f"source_{number}") == NEW_SOURCE for number in rows)

    def _add_source_row(self, number: int, choices: list[tuple[str, str]]) -> None:
        self.fields[f"source_{number}"] = forms.ChoiceField(
            label=_("source"),
            choices=choices,
            required=number == 0 and not self.preview,
            error_messages={
                "required": _("Say where it stands: choose a source or add a new one.")
            },
        )
        self.fields[f"at_{number}"] = forms.CharField(
            label=_("where in it"), required=False, max_length=300,
            widget=forms.TextInput(attrs={"placeholder": _("page 12, paragraph 4")}),
        )  # fmt: skip
        self.fields[f"quote_{number}"] = forms.CharField(
            label=_("quote"), required=False, max_length=500
        )

    def _add_new_source(self) -> None:
        for name, label, most in (
            ("new_title", _("title of the new source"), 300),
            ("new_author", _("author"), 200),
            ("new_year", _("year"), 20),
        ):
            self.fields[name] = forms.CharField(label=label, required=False, max_length=most)
        self.fields["new_title"].required = not self.preview
        self.fields["new_title"].error_messages["required"] = _("The new source needs a title.")

    def _add_rest(self) -> None:
        self._add_standing()
        self._add_asking()
        self._add_topic()

    def _add_standing(self) -> None:
        """What is said of the fact itself, and how far it is to be trusted."""
        self.fields["note"] = forms.CharField(
            label=_("note"), required=False, max_length=5000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Shown with the answer: why sources differ, how a passage was read."),
        )  # fmt: skip
        self.fields["rank"] = forms.ChoiceField(
            label=_("rank"), choices=Fact.Rank.choices, required=False, initial=Fact.Rank.NORMAL
        )
        self.fields["status"] = forms.MultipleChoiceField(
            label=_("wait for approval, because it is"), required=False,
            choices=[
                (domain.Status.UNCERTAIN.value, _("uncertain")),
                (domain.Status.DERIVED.value, _("derived from others")),
                (domain.Status.EVALUATIVE.value, _("a judgement")),
            ],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def _add_asking(self) -> None:
        self.fields["forms"] = forms.MultipleChoiceField(
            label=_("ask it as these only"), required=False, choices=Question.Form.choices,
            widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: in every form."),
        )  # fmt: skip
        if self.relation and self.relation.value is ValueKind.NUMBER:
            choices = [("", _("As the figure looks")), ("yes", _("Yes")), ("no", _("No"))]
            self.fields["exact"] = forms.ChoiceField(
                label=_("to be known to the last digit"), required=False, choices=choices
            )

    def _add_topic(self) -> None:
        topics = Topic.objects.filter(deck=self.deck).values_list("key", "title")
        self.fields["topic"] = forms.ChoiceField(
            label=_("topic"), required=False, choices=[("", _("That of its subject")), *topics]
        )

    # --- for the template -------------------------------------------------------

    def subject_fields(self) -> list[BoundField]:
        return self.chooser.fields("about")

    def value_fields(self) -> Iterator[BoundField]:
        if self.relation is None:
            return
        yield from self.chooser.fields("value")
        yield from (self[name] for name in ("unit", "accept", "points") if name in self.fields)
        for name in self.relation.qualifiers:
            yield from self.chooser.fields(f"q_{name}")

    def named_in_value(self) -> list[BoundField]:
        """Those of the value's fields that name an entity: an unknown one brings a choice."""
        return [self[name] for name in self.chooser.types if name != "about"]

    def source_rows(self) -> list[SourceRow]:
        return [
            SourceRow(at + 1, self[f"source_{at}"], self[f"at_{at}"], self[f"quote_{at}"])
            for at in range(self.source_count)
        ]

    def new_source_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith("new_")]

    def more_fields(self) -> list[BoundField]:
        return [self[name] for name in ("exact", *MORE) if name in self.fields]

    @property
    def opens_more(self) -> bool:
        """Whether something stands in the fields that are folded away."""
        return any(self[name].value() not in ("", None, [], "normal") for name in MORE)

    @property
    def can_add_source(self) -> bool:
        return self.source_count < MOST_SOURCES

    @property
    def datalists(self) -> list[Any]:
        return self.chooser.datalists

    # --- what it says -----------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.relation is None or not data.get("about"):
            return data
        said = self._said(self.relation, data)
        if self.errors:
            return data
        new = tuple(self.chooser.new.values())
        sources = self._new_sources(data)
        fact = read_fact(self, scene_for(self.deck, self.chooser.keys, new), said, sources)
        if fact:
            self.entry = FactEntry(fact, new, sources)
        return data

    def _said(self, relation: Relation, data: Mapping[str, Any]) -> dict[str, Any]:
        """The fact as a deck file would write it."""
        said = {
            "about": self.chooser.key("about", relation.about, relation.label),
            "is": relation.key,
            "value": self._value(relation, data.get("value", "")),
            "source": self._passages(data),
            "rank": data.get("rank"),
            "status": data.get("status"),
            "forms": data.get("forms"),
            "topic": data.get("topic"),
            "note": data.get("note"),
            "unit": data.get("unit"),
            "exact": data.get("exact"),
            "accept": self._accepted(relation, lines_of(data.get("accept"))),
            "points": lines_of(data.get("points")),
        }
        for name, kind in relation.qualifiers.items():
            text = data.get(f"q_{name}", "")
            said[name] = text if kind == "text" else self.chooser.key(f"q_{name}", (kind,))
        return {name: value for name, value in said.items() if value}

    def _value(self, relation: Relation, text: str) -> str:
        if not text or "value" in self.errors:
            return ""
        try:
            return self._read_value(relation, text)
        except BadValue as error:
            self.add_error("value", str(error))
            return ""

    def _accepted(self, relation: Relation, lines: list[str]) -> list[str]:
        read = {ValueKind.DATE: edtf_of, ValueKind.NUMBER: number_of}.get(relation.value)
        if read is None:
            return lines
        try:
            return [read(line) for line in lines]
        except BadValue as error:
            self.add_error("accept", str(error))
            return []

    def _read_value(self, relation: Relation, text: str) -> str:
        if relation.value is ValueKind.ENTITY:
            return self.chooser.key("value", relation.of)
        if relation.value is ValueKind.NUMBER:
            return number_of(text)
        if relation.value is ValueKind.DATE:
            written = edtf_of(text)
            self.read_as = f"{say_date(parse_span(written))} ({written})"
            return written
        return text

    def _passages(self, data: Mapping[str, Any]) -> list[dict[str, str]]:
        rows = [self._passage(number, data) for number in range(self.source_count)]
        return [row for row in rows if row]

    def _passage(self, number: int, data: Mapping[str, Any]) -> dict[str, str] | None:
        source = data.get(f"source_{number}", "")
        if not source:
            if data.get(f"at_{number}") or data.get(f"quote_{number}"):
                self.add_error(f"source_{number}", _("Choose the source this place is in."))
            return None
        key = self._new_source_key() if source == NEW_SOURCE else source
        row = {"in": key, "at": data.get(f"at_{number}"), "quote": data.get(f"quote_{number}")}
        return {name: text for name, text in row.items() if text}

    def _new_source_key(self) -> str:
        keys = set(Source.objects.filter(deck=self.deck).values_list("key", flat=True))
        author = self.raw("new_author").rpartition(" ")[2]
        return self.chooser.free_key(author or self.raw("new_title"), keys, 60)

    def _new_sources(self, data: Mapping[str, Any]) -> tuple[domain.Source, ...]:
        if not self._wants_new_source:
            return ()
        title = data.get("new_title") or _("new source")
        key = self._new_source_key()
        return (domain.Source(key, title, data.get("new_author", ""), data.get("new_year", "")),)

    def stands_already(self, fact: Fact) -> None:
        """Note that the deck says this in that fact."""
        self.standing = fact
        self.add_error(None, _("The deck says this already. Add your source to that fact instead."))

    @property
    def seen_at(self) -> datetime | None:
        try:
            return datetime.fromisoformat(self.raw("seen"))
        except ValueError:
            return None


def initial_of(fact: Fact, form_names: Mapping[str, str]) -> dict[str, Any]:
    """What a form shows of a fact; `form_names` are the entities' names by key."""
    values: dict[str, Any] = {
        "about": form_names.get(fact.about.key, fact.about.name),
        "relation": fact.relation,
        "value": fact.value,
        "unit": fact.unit,
        "accept": "\n".join(fact.accept),
        "points": "\n".join(fact.points),
        "exact": {True: "yes", False: "no", None: ""}[fact.exact],
        "rank": fact.rank,
        "status": fact.status,
        "forms": fact.forms,
        "topic": fact.topic.key if fact.topic else "",
        "note": fact.note,
        "seen": fact.updated_at.isoformat(),
    }
    if fact.value_entity:
        values["value"] = form_names.get(fact.value_entity.key, fact.value_entity.name)
    for name, value in fact.qualifiers.items():
        values[f"q_{name}"] = form_names.get(value, value)
    return values | dict(_initial_sources(fact.supports.all()))


def _initial_sources(supports: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for number, support in enumerate(supports):
        yield f"source_{number}", support.passage.source.key
        yield f"at_{number}", support.passage.locator
        yield f"quote_{number}", support.passage.quote


def _in_words(field: BoundField) -> str:
    """The labels of what is chosen, not the keys that a form sends."""
    value = field.value()
    values = value if isinstance(value, list | tuple) else [value]
    choices = getattr(field.field, "choices", ())
    labels = {str(key): str(label) for key, label in choices}
    return ", ".join(labels.get(str(each), str(each)) for each in values)
