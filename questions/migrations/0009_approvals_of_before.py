"""An approval becomes a record: of which doubt, by whom, when.

Questions that are active though something makes them a draft were approved before. What fact's
status drafts a question can be read off its facts, as `domain.generation.drafting` notes it; why
one by hand waits is found when it is next written, and an approval of it is for what is found
then.
"""

from django.db import migrations
from django.utils import timezone

_AT_ONCE = 1000


def note_doubts(apps, schema_editor):  # noqa: ARG001
    rows = apps.get_model("questions", "Question").objects.exclude(why_draft="")
    waiting = rows.exclude(state="retired").select_related("card").order_by("pk")
    now, last = timezone.now(), 0
    while some := list(waiting.filter(pk__gt=last)[:_AT_ONCE]):
        facts = _unsettled(apps, some)
        for row in some:
            row.doubt = _doubt([facts.get((row.card.deck_id, uid)) for uid in row.card.facts])
            if row.state == "active":
                row.approved, row.approved_at = row.doubt, now
        rows.bulk_update(some, ["doubt", "approved", "approved_at"], batch_size=200)
        last = some[-1].pk


def _unsettled(apps, questions):
    decks = {row.card.deck_id for row in questions}
    uids = {uid for row in questions for uid in row.card.facts}
    facts = apps.get_model("questions", "Fact").objects.filter(deck__in=decks, uid__in=uids)
    return {(fact.deck_id, fact.uid): fact for fact in facts.select_related("about") if fact.status}


def _doubt(facts):
    lines = {
        f"settled facts: {status}: {_says(fact)}"
        for fact in facts
        if fact
        for status in fact.status
    }
    return "\n".join(sorted(lines))


def _says(fact):
    value = f"{fact.value} {fact.unit}".strip()
    qualifiers = "".join(f", {name} {word}" for name, word in sorted(fact.qualifiers.items()))
    return f"{fact.about.key} {fact.relation} {value}{qualifiers}"


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0008_question_approval"),
    ]

    operations = [
        migrations.RunPython(note_doubts, migrations.RunPython.noop),
    ]
