from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.utils.translation import gettext_lazy as _

from studyapp.accounts.models import User


@admin.register(User)
class UserAdmin(BaseUserAdmin[User]):
    list_display = ("username", "role", "time_zone", "is_staff", "last_login")
    list_filter = ("role", *BaseUserAdmin.list_filter)
    fieldsets = (
        *(BaseUserAdmin.fieldsets or ()),
        (
            _("Study"),
            {
                "fields": (
                    "role",
                    ("time_zone", "day_start"),
                    ("new_per_day", "minutes_per_day"),
                    ("shortcuts", "theme"),
                )
            },
        ),
    )
