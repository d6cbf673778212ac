"""The form for what one of a deck's own relations is called and how it is worded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.domain.facts import Relation, ValueKind
from questions.domain.interchange.identity import state_of
from questions.domain.interchange.writer import relation_data
from questions.forms.relations import ABOUT, KINDS, SINGLE_HELP, VALUE, RelationReader
from questions.forms.texts import lines_of
from questions.models import Deck
from questions.queries.facts import vocabulary_for

LINES = ("ask", "which", "list", "reverse", "state")
TEXTS = ("label", "order", "match")
FLAGS = ("single", "reverse_single", "complete")
MORE = ("which", "list", "order", "match", "reverse_single", "complete")
# What says which values there can be: fixed while facts have some.
SHAPE = ("about", "kind", "of", "unit")
AS_NOW = "="

Choices = list[tuple[str, str]]


def _lines(label: Any, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=area)


class WordingsForm(RelationReader):
    """`old` is the relation as it stands, `used` how many facts say it."""

    label = forms.CharField(label=gettext_lazy("name"), max_length=100)
    about = forms.ChoiceField(label=gettext_lazy("it is said of"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("its value is"), choices=KINDS, widget=forms.RadioSelect
    )
    of = forms.ChoiceField(
        label=gettext_lazy("type of the value"),
        required=False,
        help_text=gettext_lazy("Only if the value is an entity."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("unit"),
        required=False,
        help_text=gettext_lazy("Only if the value is a number."),
    )
    single = forms.BooleanField(
        label=gettext_lazy("only one value is true of each"),
        required=False,
        help_text=SINGLE_HELP,
    )
    ask = _lines(gettext_lazy("question"), gettext_lazy("One wording a line, two or more."))
    reverse = _lines(
        gettext_lazy("question the other way round"),
        gettext_lazy(
            "The value is known and its subject asked: Which country has {value}? One with “of "
            "these” in it, such as “Which of these towns lies in {value}?”, is for options alone."
        ),
    )
    state = _lines(
        gettext_lazy("true statement"), gettext_lazy("{Value} is the capital of {about}.")
    )
    which = _lines(
        gettext_lazy("question above options"),
        gettext_lazy("Where options stand below: Which of these towns governs {about}?"),
    )
    list = _lines(
        gettext_lazy("question for a whole list"),
        gettext_lazy(
            "Where a list is complete: Name the {count} states that signed {about}. After the "
            "answer it is told in the same words: The two states that signed …"
        ),
    )
    order = forms.CharField(
        label=gettext_lazy("what to put in order"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "Of dates: Put these towns in the order in which they were founded. Of lists whose "
            "values follow each other: Put the stages of {about} in order."
        ),
    )
    match = forms.CharField(
        label=gettext_lazy("what to match"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Match each country with its capital."),
    )
    reverse_single = forms.BooleanField(
        label=gettext_lazy("each value belongs to one subject"),
        required=False,
        help_text=gettext_lazy("As a capital to its country. Only then is the subject typed."),
    )
    complete = forms.BooleanField(
        label=gettext_lazy("the deck lists every value"),
        required=False,
        help_text=gettext_lazy(
            "For all subjects: questions may then ask to name them all, or which is not one. "
            "Single lists can be marked beside their facts."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        deck: Deck,
        old: Relation,
        used: int,
        data: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or initial_of(old)))
        self.deck, self.old, self.used = deck, old, used
        self.vocabulary = vocabulary_for(deck)
        if used:
            for name in SHAPE:
                del self.fields[name]
        else:
            self.choose("about", self._types(old.about, _("Anything")))
            self.choose("of", self._types(old.of, _("Any type")))
            self.choose("unit", self.unit_choices())

    def _types(self, now: tuple[str, ...], none: str) -> Choices:
        """A deck file may name several, which a single choice can only keep."""
        types = self.type_choices()
        labels = dict(types)
        several = [(AS_NOW, ", ".join(labels.get(key, key) for key in now))]
        return [("", none), *(several if len(now) > 1 else ()), *types]

    def main_fields(self) -> Iterator[BoundField]:
        names = ("label", *SHAPE, "single", "ask", "reverse", "state")
        return (self[name] for name in names if name in self.fields)

    def more_fields(self) -> Sequence[BoundField]:
        return [self[name] for name in MORE]

    @property
    def opens_more(self) -> bool:
        return any(self[name].value() or self[name].errors for name in MORE)

    def names(self) -> Sequence[str]:
        """What may stand in braces."""
        unit = ["unit"] if self.old.value is ValueKind.NUMBER else []
        return [f"{{{name}}}" for name in ("about", "value", *unit, *self.old.qualifiers)]

    def in_words(self) -> Sequence[tuple[str, str]]:
        """The wordings as they stand, field by field."""
        pairs = ((self[name].label, str(self[name].value() or "")) for name in (*TEXTS, *LINES))
        return [(str(label), text.replace("\n", " / ")) for label, text in pairs if text]

    # --- what it says -----------------------------------------------------------

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        others = (one for key, one in self.vocabulary.relations.items() if key != self.old.key)
        if label.casefold() in {each.label.casefold() for each in others}:
            raise forms.ValidationError(_("The deck has a relation of that name."))
        return label

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in LINES:
            known = getattr(self.old, name)
            for text in lines_of(data.get(name)):
                if text not in known:
                    self._check(name, text)
        if not self.errors:
            self.read(self.old.key, relation_data(self._said(data)), {})
        return data

    def _check(self, name: str, text: str) -> None:
        """That a new wording speaks of what it must."""
        if name in ("ask", "which", "list") and not ABOUT.search(text):
            self.add_error(name, _("Write {about} where the name of the subject belongs."))
        elif name == "reverse" and not VALUE.search(text):
            self.add_error(name, _("Write {value} where the value belongs."))
        elif name == "state" and not (ABOUT.search(text) and VALUE.search(text)):
            self.add_error(name, _("A statement holds both {about} and {value}."))

    def _said(self, data: Mapping[str, Any]) -> Relation:
        said: dict[str, Any] = {name: tuple(lines_of(data[name])) for name in LINES}
        said |= {name: data[name] for name in (*TEXTS, *FLAGS)}
        said["reverse_single"] = data["reverse_single"] or self._left_open()
        if not self.used:
            kind = ValueKind(data["kind"])
            said |= {"value": kind, "about": self._chosen("about", self.old.about)}
            said["of"] = self._chosen("of", self.old.of) if kind is ValueKind.ENTITY else ()
            said["unit"] = data["unit"] if kind is ValueKind.NUMBER else ""
        return replace(self.old, **said)

    def _left_open(self) -> bool | None:
        """A deck file's "no" stays; else a box that is not ticked leaves it open."""
        return False if self.old.reverse_single is False else None

    def _chosen(self, name: str, now: tuple[str, ...]) -> tuple[str, ...]:
        chosen: str = self.cleaned_data[name]
        return now if chosen == AS_NOW else (chosen,) if chosen else ()


def initial_of(relation: Relation) -> dict[str, Any]:
    """What a form shows of a relation."""
    values: dict[str, Any] = {name: "\n".join(getattr(relation, name)) for name in LINES}
    values |= {name: getattr(relation, name) for name in (*TEXTS, *FLAGS, "unit")}
    for name in ("about", "of"):
        types = getattr(relation, name)
        values[name] = AS_NOW if len(types) > 1 else "".join(types)
    return values | {"kind": relation.value.value, "seen": state_of(relation)}
