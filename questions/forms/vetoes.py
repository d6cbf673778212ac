"""A veto as it comes from a page: one of the values that stand there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms


class VetoForm(forms.Form):
    value = forms.CharField(max_length=300, strip=False)

    def __init__(self, *args: Any, offered: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered

    def clean_value(self) -> str:
        value: str = self.cleaned_data["value"]
        if value not in self.offered:
            raise forms.ValidationError("")
        return value
