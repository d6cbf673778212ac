"""Of several reports of a question by one learner one waits on: the last that has words."""

from django.db import migrations


def close_doubles(apps, schema_editor):  # noqa: ARG001
    waiting = apps.get_model("questions", "ProblemReport").objects.filter(open=True)
    rows = waiting.order_by("-pk").values_list("learner", "question", "pk")
    kept, doubles = set(), []
    for learner, question, pk in [*rows.exclude(text=""), *rows.filter(text="")]:
        if (learner, question) in kept:
            doubles.append(pk)
        kept.add((learner, question))
    waiting.filter(pk__in=doubles).update(open=False)


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0011_ruling_spelling"),
    ]

    operations = [
        migrations.RunPython(close_doubles, migrations.RunPython.noop),
    ]
