"""Set up the demonstration and serve it: the first thing a newcomer runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from questions.management.progress import Progress, ProgressBar
from questions.models import Deck
from questions.services.demo import (
    STUDENTS,
    DemoStudent,
    demo_class,
    demo_user,
    has_cards,
    sit_quiz,
    study_the_past,
)
from questions.services.generation import write_questions
from questions.services.interchange import import_deck
from studyapp.accounts.models import User
from studyapp.server import serve

DECKS = Path(__file__).resolve().parents[2] / "decks"
PASSWORD = "holdfast-demo"


class Command(BaseCommand):
    help = (
        "Sets up a database with the sample decks, a demo student with four weeks of reviews and "
        "a demo teacher, and serves it on localhost. Running it again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._set_up()
        except (OperationalError, OSError) as error:
            raise CommandError(
                f"The data could not be written: {error}. Is the disk full? "
                "VAR_DIR or DATABASE_URL names another place for it."
            ) from error
        self._sign_in_details(options["port"], serving=not options["no_serve"])
        if not options["no_serve"]:
            self._serve(options["port"])

    def _set_up(self) -> None:
        call_command("migrate", verbosity=0)
        teacher = demo_user(
            "teacher",
            PASSWORD,
            role=User.Role.TEACHER,
            first_name="Tara",
            last_name="Teacher",
        )
        decks = [self._deck(path, teacher) for path in sorted(DECKS.glob("*.yaml"))]
        learners = [self._learner(persona, decks) for persona in STUDENTS]
        demo_class(teacher, decks, learners)
        sit_quiz(learners[0], decks[0])

    def _deck(self, path: Path, teacher: User) -> Deck:
        """The sample deck; one that is there already is left as its teacher made it."""
        deck = Deck.objects.filter(slug=path.stem).first()
        progress = Progress(self.stderr)
        if deck is None:
            deck = import_deck(
                teacher, path.read_bytes(), slug=path.stem, name=path.name, progress=progress
            ).deck
            assert deck is not None
            deck.visibility = Deck.Visibility.PUBLIC
            deck.save(update_fields=["visibility"])
        elif not has_cards(deck):
            write_questions(deck, progress=progress)
        progress.close()
        return deck

    def _learner(self, persona: DemoStudent, decks: list[Deck]) -> User:
        learner = demo_user(
            persona.username,
            PASSWORD,
            first_name=persona.first_name,
            last_name=persona.last_name,
            new_per_day=persona.new_per_day,
        )
        bar = ProgressBar(persona.days, f"{persona.first_name}’s past", self.stderr)
        study_the_past(learner, persona, decks, timezone.now(), bar.update)
        bar.close()
        return learner

    def _sign_in_details(self, port: int, *, serving: bool) -> None:
        self.stdout.write("")
        self.stdout.write(f"  student  {STUDENTS[0].username:<10} password  {PASSWORD}")
        self.stdout.write(f"  teacher  {'teacher':<10} password  {PASSWORD}")
        if serving:
            self.stdout.write(f"\n  http://localhost:{port}/  (Ctrl+C stops it)\n")

    def _serve(self, port: int) -> None:
        try:
            serve("127.0.0.1", port)
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}); try --port {port + 1}."
            ) from error
