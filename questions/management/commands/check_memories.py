"""Rebuild every memory from its review log and compare it with the live row."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.management.progress import ProgressBar
from questions.models import Memory
from questions.services.memories import differences, mend


class Command(BaseCommand):
    help = "Rebuilds every memory from its review log and compares it with the live row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mend", action="store_true", help="set what differs to what its log says"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        total, wrong, mended = Memory.objects.count(), 0, 0
        bar = ProgressBar(total, "memories", self.stderr)
        for difference in differences(progress=bar.update):
            wrong += 1
            self.stdout.write(f"memory {difference.memory.pk}: {difference.problem}")
            mended += options["mend"] and mend(difference)
        bar.close()
        self.stdout.write(f"memories rebuilt from their logs: {total}, differing: {wrong}")
        if options["mend"]:
            self.stdout.write(f"mended: {mended}")
        if wrong > mended:
            raise CommandError("Some memories are not what their logs say; see above.")
