"""Signing up and changing one's settings."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UserCreationForm, UsernameField
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from studyapp.accounts.models import User, folded
from studyapp.accounts.tries import Tries, address_of


class SignUpForm(UserCreationForm[User]):
    # Filled in by the browser where it can; never a reason to refuse a sign-up.
    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-time-zone": True})
    )

    class Meta:
        model = User
        fields = ("username",)
        # Overriding Meta would lose it: it folds look-alike spellings of one name.
        field_classes = {"username": UsernameField}
        help_texts = {"username": _("Your class sees it; no spaces.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("At least 8 characters, not only digits.")
        self.fields["password2"].label = _("Password again")
        self.fields["password2"].help_text = _("To be sure that it is what you meant.")

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username_folded=folded(name)).exists():
            raise self.instance.unique_error_message(User, ("username",))
        return name

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        return name if name in available_timezones() else "UTC"

    def save(self, commit: bool = True) -> User:
        self.instance.time_zone = self.cleaned_data["time_zone"]
        return super().save(commit=commit)

    def saved(self) -> User | None:
        """None, with the error, if somebody took the name since it was checked."""
        try:
            with transaction.atomic():
                return self.save()
        except IntegrityError:
            self.add_error("username", self.instance.unique_error_message(User, ("username",)))
            return None


class SignInForm(AuthenticationForm):
    """Refuses further guesses unread once there were too many."""

    def clean(self) -> dict[str, Any]:
        tries = Tries(self.cleaned_data.get("username", ""), address_of(self.request))
        if tries.used_up:
            message = _("Too many wrong passwords. Wait a quarter of an hour and try again.")
            raise forms.ValidationError(message, code="tries")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            tries.count()
            raise
        tries.forget()
        return cleaned


class SettingsForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = (
            "time_zone",
            "day_start",
            "new_per_day",
            "minutes_per_day",
            "shortcuts",
            "theme",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget = forms.TextInput(
            attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}
        )
        self.fields["shortcuts"].help_text = _("1–4 choose, Enter checks, u undoes, ? helps.")

    @property
    def time_zones(self) -> list[str]:
        """What the time zone's datalist offers."""
        return sorted(name for name in available_timezones() if "/" in name or name == "UTC")
