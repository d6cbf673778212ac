"""Fields in which an entity is named: completed while typing, added where the deck lacks it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from anyascii import anyascii
from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from questions.domain import facts as domain
from questions.domain.facts import Vocabulary
from questions.domain.grading.alike import folded
from questions.models import Deck, Entity
from questions.queries.authoring import Completion, EntityNames, Named


class NamesEntities(Protocol):
    """A form with fields in which entities are named."""

    deck: Deck
    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    @property
    def errors(self) -> Any: ...
    def raw(self, name: str) -> str: ...
    def add_error(self, field: str, error: str) -> None: ...
    def __getitem__(self, name: str) -> BoundField: ...


@dataclass(frozen=True, slots=True)
class Datalist:
    id: str
    completions: list[Completion]


class EntityChooser:
    """The entity fields of one form. `new` are the entities to be added, by folded name (none,
    unless `adds`); `keys` all that the form names."""

    def __init__(
        self,
        form: NamesEntities,
        names: EntityNames,
        vocabulary: Vocabulary,
        *,
        adds: bool = True,
    ) -> None:
        self.form, self.names, self.vocabulary, self.adds = form, names, vocabulary, adds
        self.new: dict[str, domain.Entity] = {}
        self.keys: set[str] = set()
        self.types: dict[str, tuple[str, ...]] = {}

    def add(self, field: str, types: tuple[str, ...]) -> None:
        """Give the field its completion and, for an unknown name, the choice of a type."""
        self.types[field] = types
        url = reverse("questions:entity_options", args=[self.form.deck.slug])
        self.form.fields[field].widget.attrs.update(
            {
                "list": f"{field}-options",
                "autocomplete": "off",
                "hx-get": f"{url}?field={field}&types={','.join(types)}",
                "hx-trigger": "input changed delay:200ms",
                "hx-target": f"#{field}-options",
                "hx-swap": "innerHTML",
                "hx-params": field,
            }
        )
        if self.adds and self.form.raw(field) and not self._found(field):
            self._add_new(field, types)

    def _add_new(self, field: str, types: tuple[str, ...]) -> None:
        fitting = sorted(
            (capfirst(type_.label), key)
            for key, type_ in self.vocabulary.types.items()
            if self.vocabulary.is_a(key, types)
        )
        choices = [("", _("Choose")), *((key, label) for label, key in fitting)]
        name = self.form.raw(field)
        self.form.fields[f"{field}_type"] = forms.ChoiceField(
            label=_("add “%s” to the deck as a new") % name,
            choices=choices,
            error_messages={
                "required": _(
                    "The deck has no “%s”. Correct the name above, or choose what it is to add it."
                )
                % name
            },
        )
        self.form.fields[f"{field}_the"] = forms.BooleanField(
            label=_("takes “the” in a sentence: the %s") % name, required=False
        )

    def fields(self, field: str) -> list[BoundField]:
        names = (field, f"{field}_type", f"{field}_the")
        return [self.form[name] for name in names if name in self.form.fields]

    @property
    def datalists(self) -> list[Datalist]:
        return [
            Datalist(
                f"{field}-options",
                self.names.complete(self.form.raw(field), types, self.vocabulary),
            )
            for field, types in self.types.items()
        ]

    def type_of(self, field: str) -> str:
        """The type of the entity named there, if one alone is meant."""
        found = self._found(field)
        if found:
            return found[0].type if len(found) == 1 else ""
        return self.form.raw(f"{field}_type")

    def _found(self, field: str) -> list[Named]:
        found = self.names.find(self.form.raw(field)) if self.form.raw(field) else []
        types = self.types.get(field, ())
        fitting = [each for each in found if self.vocabulary.is_a(each.type, types)]
        return fitting or found

    def key(self, field: str, types: Collection[str], said: str = "") -> str:
        """The key of who is named there, "" after an error or for an empty field. `said` is the
        relation's label, for the field of its subject."""
        if not self.form.raw(field) or field in self.form.errors:
            return ""
        found = self._found(field)
        if not found:
            return self._new(field, types, said) if self.adds else self._unknown(field)
        if len(found) > 1:
            return self._ambiguous(field, found)
        if not self.vocabulary.is_a(found[0].type, types):
            return self._unfit(field, found[0], types, said)
        self.keys.add(found[0].key)
        return found[0].key

    def _new(self, field: str, types: Collection[str], said: str) -> str:
        name, type_ = self.form.raw(field), self.form.cleaned_data.get(f"{field}_type", "")
        if not type_:
            return ""
        if not self.vocabulary.is_a(type_, types):
            return self._unfit(field, Named("", name, type_, (), ()), types, said)
        if folded(name) not in self.new:
            article = bool(self.form.cleaned_data.get(f"{field}_the"))
            key = self.free_key(name, self._taken(), 100)
            self.new[folded(name)] = domain.Entity(key, type_, name, article=article)
        return self.new[folded(name)].key

    def _unknown(self, field: str) -> str:
        self.form.add_error(field, _("The deck has no “%s”.") % self.form.raw(field))
        return ""

    def _taken(self) -> set[str]:
        kept = Entity.objects.filter(deck=self.form.deck).values_list("key", flat=True)
        return {*kept, *(entity.key for entity in self.new.values())}

    @staticmethod
    def free_key(name: str, taken: Collection[str], most: int) -> str:
        base = slugify(anyascii(name))[:most].strip("-_") or "new"
        key, number = base, 1
        while key in taken:
            number += 1
            key = f"{base}-{number}"
        return key

    def _ambiguous(self, field: str, found: list[Named]) -> str:
        names = ", ".join(f"{each.name} [{each.key}]" for each in found[:5])
        self.form.add_error(field, _("Several are called so. Which one: %s?") % names)
        return ""

    def _unfit(self, field: str, found: Named, types: Collection[str], said: str) -> str:
        words = {
            "name": found.name,
            "type": self._a(found.type),
            "wanted": _(" or ").join(self._a(key) for key in types),
            "relation": capfirst(said),
        }
        if said:
            text = _("%(name)s is %(type)s; “%(relation)s” can only be said of %(wanted)s.")
        else:
            text = _("%(name)s is %(type)s; this wants %(wanted)s.")
        self.form.add_error(field, text % words)
        return ""

    def _a(self, key: str) -> str:
        """The type with its article: "an event", "a city"."""
        found = self.vocabulary.types.get(key)
        label = found.label if found else key
        return f"an {label}" if re.match("[aeio]|u(?!ni|s)", label, re.IGNORECASE) else f"a {label}"
