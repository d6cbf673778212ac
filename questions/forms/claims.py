"""What a teacher sends to rule on answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models import Deck, Question
from questions.queries.claims import Case, Place, case_of

MOST = 2_000


class Ruling(models.TextChoices):
    ACCEPT = "accept", _("Accept")
    KEEP = "keep", _("Keep wrong")
    FAULTY = "faulty", _("Question is faulty")


class From(models.TextChoices):
    """The page of a deck on which a teacher decided to rule, and to which they return."""

    ANSWERS = "answers", _("Answers")
    REPORTS = "reports", _("Reports")


class CaseForm(forms.Form):
    """Which answers, and what to do with them; the same in an address and in a form."""

    question = forms.ModelChoiceField(Question.objects.none())
    given = forms.CharField(max_length=MOST, required=False)
    do = forms.ChoiceField(choices=Ruling.choices)
    back = forms.ChoiceField(choices=From.choices, required=False)

    def __init__(self, *args: Any, deck: Deck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deck = deck
        field = self.fields["question"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Question.objects.filter(card__deck=deck).select_related("card__fact")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("do") != Ruling.FAULTY and not data.get("given"):
            self.add_error("given", _("Say which answer."))
        return data

    @property
    def tab(self) -> str:
        return self.cleaned_data["back"] or From.ANSWERS.value

    @property
    def case(self) -> Case:
        data = self.cleaned_data
        return case_of(self.deck, data["question"], data["given"])


class SpellingForm(forms.Form):
    """How the deck is to keep an accepted answer."""

    spelling = forms.CharField(
        label=_("Spelling to keep"),
        max_length=200,
        help_text=_("As it will stand in the deck, without “I think” and the like."),
    )
    loose = forms.BooleanField(
        label=_("Only partly right"),
        required=False,
        help_text=_("Commonly said, but not quite the name: it earns half."),
    )
    sure = forms.BooleanField(
        label=_("It is right here all the same"),
        required=False,
        help_text=_("Say so if you have made sure that it is no slip for the other."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if place is not Place.ENTITY:
            del self.fields["loose"]
        if place is Place.NOWHERE:
            del self.fields["spelling"]

    @property
    def was_foretold(self) -> bool:
        """Whether the page told what accepting this spelling does, if it told of one."""
        return bool(self.data.get("foretold", self.proposed) == self.proposed)

    @property
    def proposed(self) -> str:
        """What the field shows."""
        return str(self["spelling"].value() or "") if "spelling" in self.fields else ""
