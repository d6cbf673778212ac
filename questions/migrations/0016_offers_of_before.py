"""What choices written before offer, filed under the entities that they offer."""

from django.db import migrations

_AT_ONCE = 1000


def file_offers(apps, schema_editor):  # noqa: ARG001
    offers = apps.get_model("questions", "Offer").objects
    choices = apps.get_model("questions", "Question").objects.filter(form="choice")
    rows = choices.order_by("card__deck", "pk").values_list("card", "card__deck", "content")
    known, some = {}, []
    for card, deck, content in rows.iterator(_AT_ONCE):
        if deck not in known:
            known = {deck: _entities(apps, deck)}
        keys = {option.get("entity") for option in content.get("distractors", ())}
        pks = sorted(known[deck][key] for key in keys & known[deck].keys())
        some += [offers.model(card_id=card, entity_id=pk) for pk in pks]
        if len(some) >= _AT_ONCE:
            offers.bulk_create(some, ignore_conflicts=True)
            some = []
    offers.bulk_create(some, ignore_conflicts=True)


def _entities(apps, deck):
    rows = apps.get_model("questions", "Entity").objects.filter(deck=deck)
    return dict(rows.values_list("key", "pk"))


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0015_offer"),
    ]

    operations = [
        migrations.RunPython(file_offers, migrations.RunPython.noop),
    ]
