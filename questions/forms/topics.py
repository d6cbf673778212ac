"""The form for a topic's name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions.domain.interchange.identity import state_of
from questions.forms.texts import DeckTexts
from questions.models import Deck, Topic


def initial_of(topic: Topic | None) -> dict[str, str]:
    return {"title": topic.title, "seen": state_of(topic.title)} if topic else {}


class TopicForm(DeckTexts, forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("topic"), max_length=200)

    def __init__(
        self, deck: Deck, data: Any = None, *, topic: Topic | None = None, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial or initial_of(topic))
        others = Topic.objects.filter(deck=deck).exclude(pk=topic.pk if topic else 0)
        self.taken = {title.casefold() for title in others.values_list("title", flat=True)}

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if title.casefold() in self.taken:
            raise forms.ValidationError(_("The deck has a topic of that name."))
        return title
