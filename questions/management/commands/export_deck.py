"""Write a deck as a file that imports to the same deck."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.models import Deck
from questions.queries.interchange import deck_file


class Command(BaseCommand):
    help = "Write a deck as a deck file, to standard output unless a file is named."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("deck", metavar="SLUG")
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        deck = Deck.objects.filter(slug=options["deck"]).first()
        if deck is None:
            raise CommandError(f"there is no deck “{options['deck']}”")
        text, path = deck_file(deck), options["file"]
        if path is None:
            self.stdout.write(text, ending="")
            return
        try:
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
