"""Names that differ in case alone are one name."""

import unicodedata

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import studyapp.accounts.models


def fold(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Of two who have one name already the elder keeps it to be found in any case; the younger
    signs in by the name as it is written."""
    taken: set[str] = set()
    for user in apps.get_model("accounts", "User").objects.order_by("pk").iterator():
        name = unicodedata.normalize("NFKC", user.username).casefold()
        user.username_folded = f"{name} {user.pk}" if name in taken else name
        taken.add(name)
        user.save(update_fields=["username_folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelManagers(
            name="user",
            managers=[("objects", studyapp.accounts.models.AnyCaseManager())],
        ),
        migrations.AddField(
            model_name="user",
            name="username_folded",
            field=models.CharField(default="", editable=False, max_length=500),
            preserve_default=False,
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="username_folded",
            field=studyapp.accounts.models.FoldedUsername(
                editable=False, max_length=500, unique=True
            ),
        ),
    ]
