"""Make a user a teacher, or a student again."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.crypto import get_random_string

from studyapp.accounts.models import User

_PASSWORD_LENGTH = 14


class Command(BaseCommand):
    help = "Make a user a teacher; --undo makes them a student again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--undo", action="store_true")
        which.add_argument(
            "--create",
            action="store_true",
            help="make the account if there is none, and print a password for it",
        )

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        role = User.Role.STUDENT if options["undo"] else User.Role.TEACHER
        try:
            user = User.objects.get_by_natural_key(username)
        except User.DoesNotExist:
            if not options["create"]:
                raise CommandError(
                    f"There is no user called “{username}”. They sign up first, at "
                    f"{reverse('accounts:sign_up')} of the served site; or --create makes one."
                ) from None
            user = self._created(username)
        User.objects.filter(pk=user.pk).update(role=role)
        self.stdout.write(f"{user.username} is a {role.label.lower()} now.")

    def _created(self, username: str) -> User:
        password, user = get_random_string(_PASSWORD_LENGTH), User(username=username)
        user.set_password(password)
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.save()
        self.stdout.write(f"Sign in as {username} with {password} and change it under Settings.")
        return user
