"""The wrong answers of choices that are written already, filed under their entities."""

from django.db import migrations

_AT_ONCE = 1000


def file_them(apps, schema_editor):  # noqa: ARG001
    filed = apps.get_model("questions", "Distractor").objects
    choices = apps.get_model("questions", "Question").objects.filter(form="choice")
    rows = choices.order_by("card__deck", "pk").values_list("card", "card__deck", "content")
    known, some = {}, []
    for card, deck, content in rows.iterator(_AT_ONCE):
        if deck not in known:
            known = {deck: _entities(apps, deck)}
        keys = {option.get("entity") for option in content.get("distractors", ())}
        pks = sorted(known[deck][key] for key in keys & known[deck].keys())
        some += [filed.model(card_id=card, entity_id=pk) for pk in pks]
        if len(some) >= _AT_ONCE:
            filed.bulk_create(some, ignore_conflicts=True)
            some = []
    filed.bulk_create(some, ignore_conflicts=True)


def _entities(apps, deck):
    rows = apps.get_model("questions", "Entity").objects.filter(deck=deck)
    return dict(rows.values_list("key", "pk"))


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0015_distractor"),
    ]

    operations = [
        migrations.RunPython(file_them, migrations.RunPython.noop),
    ]
