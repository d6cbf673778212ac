"""Serve the program to browsers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studyapp.server import serve


class Command(BaseCommand):
    help = "Serve the program (granian, one thread a worker)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, help="default: one a core, four at most")

    def handle(self, *args: Any, host: str, port: int, workers: int | None, **options: Any) -> None:
        try:
            serve(host, port, workers)
        except OSError as error:
            raise CommandError(f"Port {port} cannot be used: {error.strerror}.") from error
