"""Make a user a teacher, or a student again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studyapp.accounts.models import User


class Command(BaseCommand):
    help = "Make a user a teacher; --undo makes them a student again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--undo", action="store_true")

    def handle(self, *args: Any, username: str, undo: bool, **options: Any) -> None:
        role = User.Role.STUDENT if undo else User.Role.TEACHER
        if not User.objects.filter(username=username).update(role=role):
            raise CommandError(f"There is no user called “{username}”.")
        self.stdout.write(f"{username} is a {role.label.lower()} now.")
