"""Who uses the program, and how they want to study."""

import unicodedata
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def validate_time_zone(value: str) -> None:
    """Raises ValidationError unless the value names a zone of the IANA database."""
    if value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write it like Europe/Berlin."),
            code="time_zone",
            params={"value": value},
        )


def folded(username: str) -> str:
    """What two spellings of one name have in common: neither database folds all of Unicode."""
    return unicodedata.normalize("NFKC", username).casefold()


class FoldedUsername(models.CharField[str, str]):
    """Follows the user's name, also where many users are made at once."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002
        assert isinstance(model_instance, User)
        name, kept = folded(model_instance.username), model_instance.username_folded
        # Two who had one name before this was known: the younger's has a number after a space,
        # which no name has.
        if kept.partition(" ")[0] != name:
            model_instance.username_folded = name
        return model_instance.username_folded


class AnyCaseManager(UserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """Whoever signs in, however their phone wrote the first letter. Raises DoesNotExist."""
        name = username or ""
        rows = self.filter(Q(username=name) | Q(username_folded=folded(name)))
        found = sorted(rows, key=lambda user: user.username != name)
        if not found:
            raise self.model.DoesNotExist
        return found[0]


class User(AbstractUser):
    """A student or a teacher, with what their days and pages look like."""

    class Role(models.TextChoices):
        STUDENT = "student", _("Student")
        TEACHER = "teacher", _("Teacher")

    class Theme(models.TextChoices):
        AUTO = "auto", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.STUDENT)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    day_start = models.PositiveSmallIntegerField(
        _("day starts at"),
        default=4,
        validators=[MinValueValidator(0), MaxValueValidator(12)],
        help_text=_("Hour from 0 to 12: what you study before it counts for the day before."),
    )
    new_per_day = models.PositiveSmallIntegerField(
        _("new cards a day"), default=10, validators=[MaxValueValidator(200)]
    )
    minutes_per_day = models.PositiveSmallIntegerField(
        _("minutes a day"), default=30, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    theme = models.CharField(_("appearance"), max_length=5, choices=Theme, default=Theme.AUTO)

    username_folded = FoldedUsername(max_length=500, unique=True, editable=False)

    objects: ClassVar[AnyCaseManager] = AnyCaseManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day_start__lte=12),
                name="user_day_start_before_noon",
            ),
        ]

    @property
    def is_teacher(self) -> bool:
        return self.role == self.Role.TEACHER

    @property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            # The zone database of the machine may know fewer names than the one
            # that accepted the setting; no page should fail for that.
            return ZoneInfo("UTC")

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username
