"""The form for a relation of a deck's own, checked by the reader of deck files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from anyascii import anyascii
from django import forms
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.domain.facts import Relation, ValueKind, Vocabulary
from questions.domain.interchange.errors import DeckError, Problems
from questions.domain.interchange.scalars import Value
from questions.domain.interchange.tree import Items, Node, Text
from questions.domain.interchange.tree import Mapping as MappingNode
from questions.domain.interchange.vocabulary import vocabulary_of
from questions.forms.texts import DeckTexts
from questions.models import Deck
from questions.queries.facts import vocabulary_for

NEW_TYPE = "+"
ANY_UNIT = "any"
KEY_LENGTH = 60

KINDS = [
    (ValueKind.ENTITY.value, gettext_lazy("An entity: a person, a place, a thing")),
    (ValueKind.DATE.value, gettext_lazy("A date or a span of time")),
    (ValueKind.NUMBER.value, gettext_lazy("A number")),
    (ValueKind.TERM.value, gettext_lazy("A name or term, graded by its spelling")),
    (ValueKind.TEXT.value, gettext_lazy("A sentence, which learners grade themselves")),
]
ABOUT = re.compile(r"\{(?:which )?about\b", re.IGNORECASE)
VALUE = re.compile(r"\{(?:on )?value\b", re.IGNORECASE)


class RelationReader(DeckTexts, forms.Form):
    """What the forms share: a relation read as a deck file would write it, each mistake at its own
    field. A valid form's `relation` and `types` are what the deck gains."""

    vocabulary: Vocabulary
    relation: Relation
    types: Vocabulary

    def read(self, key: str, said: Mapping[str, Any], types: Mapping[str, str]) -> None:
        problems = Problems("form")
        found = vocabulary_of(_sections(key, said, types), self.vocabulary, problems)
        for error in problems.found:
            self._note(error, list(said))
        if not self.errors:
            self.relation, self.types = found.relations[key], Vocabulary(found.types)

    def _note(self, error: DeckError, keys: list[str]) -> None:
        key = keys[error.line - 1] if 1 <= error.line <= len(keys) else ""
        field = self.field_of(key, error.message)
        self.add_error(field if field in self.fields else None, capfirst(str(error)))

    def field_of(self, key: str, message: str) -> str:  # noqa: ARG002
        """The field of a relation's key in a deck file."""
        return "kind" if key == "value" else key

    def taken(self) -> None:
        """Note that another relation bears that name."""
        self.add_error("label", _("The deck has a relation of that name."))

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def type_choices(self) -> list[tuple[str, str]]:
        types = [(key, capfirst(type_.label)) for key, type_ in self.vocabulary.types.items()]
        return sorted(types, key=lambda choice: choice[1])

    def unit_choices(self) -> list[tuple[str, str]]:
        units = [(key, unit.many) for key, unit in self.vocabulary.units.items()]
        each = (ANY_UNIT, _("Each fact names its own"))
        return [("", _("No unit")), each, *sorted(units, key=lambda each: each[1])]


SINGLE_HELP = gettext_lazy(
    "As with a capital or a birthday. Two values are then a conflict. Otherwise an answer is typed "
    "only where the deck is said to hold all of a list."
)


class RelationForm(RelationReader):
    """A relation that the deck lacks, with the types it may bring along."""

    label = forms.CharField(
        label=gettext_lazy("name"),
        max_length=100,
        help_text=gettext_lazy("Short, as in a table: capital, born, length."),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("it is said of"),
        required=False,
        help_text=gettext_lazy("Facts about anything else do not offer it."),
    )
    new_about = forms.CharField(
        label=gettext_lazy("name of that new type"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Only for a new type, in the singular: country."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("its value is"), choices=KINDS, widget=forms.RadioSelect
    )
    of = forms.ChoiceField(
        label=gettext_lazy("type of the value"),
        required=False,
        help_text=gettext_lazy("Only if the value is an entity."),
    )
    new_of = forms.CharField(
        label=gettext_lazy("name of the value’s new type"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Only for a new type, in the singular: town."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("unit"),
        required=False,
        help_text=gettext_lazy("Only if the value is a number."),
    )
    single = forms.BooleanField(
        label=gettext_lazy("only one value is true of each"),
        required=False,
        initial=True,
        help_text=SINGLE_HELP,
    )
    ask_1 = forms.CharField(
        label=gettext_lazy("question"),
        max_length=300,
        help_text=gettext_lazy(
            "Write {about} where the name belongs: What is the capital of {about}?"
        ),
    )
    ask_2 = forms.CharField(
        label=gettext_lazy("the same in other words"),
        max_length=300,
        help_text=gettext_lazy("Which city governs {about}?"),
    )
    state = forms.CharField(
        label=gettext_lazy("true statement"),
        max_length=300,
        help_text=gettext_lazy(
            "With {about} and {value}: {value} is the capital of {about}. For a date write "
            "{on value}, for a number {value} {unit}; a sentence begins with {About} or {Value}."
        ),
    )
    reverse = forms.CharField(
        label=gettext_lazy("question the other way round"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "The value is known and its subject asked: Which country has the capital {value}?"
        ),
    )

    def __init__(self, deck: Deck, data: Any = None) -> None:
        super().__init__(data)
        self.vocabulary = vocabulary_for(deck)
        types, new = self.type_choices(), (NEW_TYPE, _("A new type …"))
        self.choose("about", [("", _("Anything")), *types, new])
        self.choose("of", [("", _("Any type")), *types, new])
        self.choose("unit", self.unit_choices())

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        labels = {each.label.casefold() for each in self.vocabulary.relations.values()}
        if label.casefold() in labels or not _key(label):
            raise forms.ValidationError(
                _("The deck has a relation of that name.")
                if _key(label)
                else _("A name needs letters or digits.")
            )
        return label

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in ("ask_1", "ask_2"):
            if data.get(name) and not ABOUT.search(data[name]):
                self.add_error(name, _("Write {about} where the name of the subject belongs."))
        if data.get("state") and not (ABOUT.search(data["state"]) and VALUE.search(data["state"])):
            self.add_error("state", _("A statement holds both {about} and {value}."))
        if data.get("reverse") and not VALUE.search(data["reverse"]):
            self.add_error("reverse", _("Write {value} where the value belongs."))
        types = self._new_types(data)
        if not self.errors:
            self._read(data, types)
        return data

    def _new_types(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Labels of the types to be added, by key."""
        found = {}
        for field in ("about", "of"):
            if data.get(field) != NEW_TYPE or (field == "of" and not self._is_entity(data)):
                continue
            label = data.get(f"new_{field}", "")
            if _key(label):
                found[_key(label)] = label
            else:
                self.add_error(f"new_{field}", _("Name the new type."))
        return {key: label for key, label in found.items() if key not in self.vocabulary.types}

    @staticmethod
    def _is_entity(data: Mapping[str, Any]) -> bool:
        return data.get("kind") == ValueKind.ENTITY

    def _read(self, data: Mapping[str, Any], types: Mapping[str, str]) -> None:
        key = free_key(_key(data["label"]).replace("-", "_"), self.vocabulary)
        self.read(key, self._said(data), types)

    def _said(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The relation as a deck file would write it."""
        number = data["kind"] == ValueKind.NUMBER
        said = {
            "label": data["label"],
            "about": self._type(data, "about"),
            "value": data["kind"],
            "of": self._type(data, "of") if self._is_entity(data) else "",
            "unit": data["unit"] if number else "",
            "single": "yes" if data["single"] else "",
            "ask": [data["ask_1"], data["ask_2"]],
            "reverse": data["reverse"],
            "state": data["state"],
        }
        return {name: value for name, value in said.items() if value}

    @staticmethod
    def _type(data: Mapping[str, Any], field: str) -> str:
        chosen: str = data[field]
        return _key(data[f"new_{field}"]) if chosen == NEW_TYPE else chosen

    def field_of(self, key: str, message: str) -> str:
        if key != "ask":
            return super().field_of(key, message)
        return "ask_2" if _shortened_in(self.cleaned_data["ask_2"], message) else "ask_1"


def _shortened_in(text: str, message: str) -> bool:
    return message.startswith(f"in “{text[:50]}")


def _key(label: str) -> str:
    return slugify(anyascii(label))[:KEY_LENGTH].strip("-_")


def free_key(base: str, vocabulary: Vocabulary) -> str:
    key, number = base, 1
    while key in vocabulary.relations:
        number += 1
        key = f"{base}_{number}"
    return key


def _sections(key: str, said: Mapping[str, Any], types: Mapping[str, str]) -> dict[str, Node]:
    """Line n is that of the n-th key, so that an error's line tells the field."""
    lines = {name: place for place, name in enumerate(said, start=1)}
    nodes = {name: _node(value, lines[name]) for name, value in said.items()}
    relation = MappingNode(0, nodes=nodes, lines=lines)
    kinds: dict[str, Node] = {
        name: MappingNode(0, nodes={"label": Text(0, label)}, lines={"label": 0})
        for name, label in types.items()
    }
    return {
        "types": MappingNode(0, nodes=kinds, lines=dict.fromkeys(kinds, 0)),
        "relations": MappingNode(0, nodes={key: relation}, lines={key: 0}),
    }


def _node(value: Value, line: int) -> Node:
    if isinstance(value, dict):
        nodes = {name: _node(each, line) for name, each in value.items()}
        return MappingNode(line, nodes=nodes, lines=dict.fromkeys(nodes, line))
    if isinstance(value, list):
        return Items(line, [_node(item, line) for item in value])
    return Text(line, value)
