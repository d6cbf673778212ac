"""Texts that a deck keeps: whatever a form lets through, its deck file can hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from questions.domain.interchange.hidden import hidden_character


class DeckTexts(forms.BaseForm):
    """A form whose texts go into a deck, or before others as its names do. Browsers end lines as
    deck files do not."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, value in list(data.items()):
            if not isinstance(value, str):
                continue
            data[name] = value.replace("\r\n", "\n").replace("\r", "\n")
            if fault := hidden_character(data[name]):
                clause = _(fault.text) % fault.params
                self.add_error(name, _("%s; remove it.") % capfirst(clause))
        return data


def lines_of(text: Any) -> list[str]:
    """The lines of a text area that hold something."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]
