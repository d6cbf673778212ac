"""What the study pages send back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from questions.models import Card, ProblemReport, StudySession

_SALT = "questions.shown_at"


class TokenForm(forms.Form):
    """Every form that changes something carries a token: sent twice, it counts once."""

    token = forms.UUIDField()


class TellForm(TokenForm):
    card = forms.ModelChoiceField(Card.objects.none())

    def __init__(self, *args: Any, session: StudySession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["card"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Card.objects.live().filter(deck=session.deck_id)


class FirstForm(forms.Form):
    """Which card to ask ahead of the others."""

    card = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class AnswerForm(TokenForm):
    memory = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    question = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    version = forms.IntegerField(min_value=0, max_value=2**31)
    shown_at = forms.CharField(max_length=200, required=False)
    seal = forms.CharField(max_length=64, required=False)

    @staticmethod
    def stamp(moment: datetime) -> str:
        """The moment a question was shown, signed, so that an answer's time can be trusted."""
        return signing.dumps(int(moment.timestamp() * 1000), salt=_SALT)

    def moment_shown(self) -> datetime | None:
        try:
            milliseconds = signing.loads(self.cleaned_data["shown_at"], salt=_SALT)
        except signing.BadSignature:
            return None
        return datetime.fromtimestamp(milliseconds / 1000, UTC)


class ReportForm(forms.ModelForm[ProblemReport]):
    class Meta:
        model = ProblemReport
        fields = ["text"]
        error_messages = {
            "text": {
                "max_length": _(
                    "That is %(show_value)d characters, and %(limit_value)d can be sent. "
                    "Please say it in fewer words."
                )
            }
        }
