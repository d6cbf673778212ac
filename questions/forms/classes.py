"""What class pages send back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from questions.forms.texts import DeckTexts
from questions.models import Classroom, Deck
from questions.services.classes import CODE_LENGTH, plain_code
from studyapp.accounts.models import User


class ClassForm(DeckTexts, forms.ModelForm[Classroom]):
    class Meta:
        model = Classroom
        fields = ["name", "decks"]
        widgets = {"decks": forms.CheckboxSelectMultiple}
        labels = {"decks": _("decks to study")}
        help_texts = {
            "name": _("Such as “History, year 10”. Students see it."),
            "decks": _("Students of the class can study them, also those that are private."),
        }

    def __init__(self, *args: Any, teacher: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decks"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Deck.objects.filter(
            Q(owner=teacher) | Q(visibility=Deck.Visibility.PUBLIC)
        ).order_by("title")
        field.required = False


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("code of the class"),
        max_length=30,
        help_text=_("Eight letters from your teacher; small letters and spaces do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = plain_code(self.cleaned_data["code"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("A code has eight letters, such as BCDF GHJK."))
        return code
