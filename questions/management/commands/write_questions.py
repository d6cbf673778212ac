"""Write or refresh a deck's questions, and say what came of it."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.management.progress import Progress
from questions.models import Deck
from questions.services.generation import Counts, write_questions


class Command(BaseCommand):
    help = "Write a deck's questions: counts by form, by relation, and by reason refused."
    requires_migrations_checks = True

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("deck", metavar="DECK", help="the deck's name, as in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        deck = Deck.objects.filter(slug=options["deck"]).first()
        if deck is None:
            raise CommandError(f"there is no deck “{options['deck']}”; {_known()}")
        progress = Progress(self.stderr)
        try:
            counts = write_questions(deck, progress=progress)
        finally:
            progress.close()
        self._report(counts)

    def _report(self, counts: Counts) -> None:
        self._table("By form", counts.by_form)
        self._table("By relation", counts.by_relation)
        self._table("Refused, by rule (each card and form once)", counts.refused)
        self.stdout.write(
            f"{counts.questions} questions on {counts.cards} cards, {counts.drafts} of them drafts"
        )
        self.stdout.write(
            f"{counts.new} new, {counts.changed} changed, {counts.revived} taken back, "
            f"{counts.unchanged} unchanged, {counts.retired} retired; "
            f"{counts.cards_retired} cards retired"
        )

    def _table(self, title: str, counts: Counter[str]) -> None:
        self.stdout.write(title)
        for name, count in counts.most_common():
            self.stdout.write(f"  {count:>7,}  {name}")


def _known() -> str:
    slugs = list(Deck.objects.order_by("slug").values_list("slug", flat=True)[:10])
    return f"known are {', '.join(slugs)}" if slugs else "import one first (import_deck)"
