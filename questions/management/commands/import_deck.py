"""Import a deck file, and say what that changes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from django.utils.translation import gettext

from questions.domain.facts import AuthoredQuestion, Fact, Qualifiers
from questions.domain.interchange import DeckErrors, Difference
from questions.domain.interchange.errors import shorten
from questions.domain.interchange.tree import MAX_BYTES
from questions.management.progress import Progress
from questions.models import Deck
from questions.services.interchange import ImportReport, Loss, SlugTaken, import_deck
from studyapp.accounts.models import User

MOST_LINES = 100
MOST_NOTES = 30
_LABELS = {"authored": "questions by hand"}
_SIGNS = (("+", "new"), ("~", "changed"), ("-", "removed"))


class Command(BaseCommand):
    help = "Import a deck file: new, changed, unchanged and removed facts, and what goes with them."
    requires_migrations_checks = True

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument("--owner", metavar="USERNAME", help="whose deck it is")
        parser.add_argument(
            "--into",
            metavar="SLUG",
            help="the deck to update (default: the owner's, named as the file)",
        )
        parser.add_argument(
            "--no-questions", action="store_true", help="leave writing the questions for later"
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help=f"list every change, not {MOST_LINES} of a kind, and all that a note tells of",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        deck = _deck(options["into"])
        progress = Progress(self.stderr)
        try:
            report = import_deck(
                deck.owner if deck else _owner(options["owner"]),
                _data(path),
                into=deck,
                slug=slugify(path.stem),
                name=str(path),
                dry_run=options["dry_run"],
                progress=progress,
                questions=not options["no_questions"],
            )
        except DeckErrors as errors:
            raise CommandError("\n".join(errors.lines())) from errors
        except SlugTaken as error:
            raise CommandError(f"another teacher has a deck “{error}”; use --into") from error
        finally:
            progress.close()
        for line in described(report, None if options["all"] else MOST_LINES):
            self.stdout.write(line)


def _data(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"{path} is larger than {MAX_BYTES // 2**20} MB; split the deck")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _deck(into: str | None) -> Deck | None:
    """The deck to update, whosever it is; without a name, the owner's deck named as the file."""
    if not into:
        return None
    deck = Deck.objects.filter(slug=into).select_related("owner").first()
    if deck is None:
        raise CommandError(f"there is no deck “{into}”; leave --into out to make one")
    return deck


def _owner(username: str | None) -> User:
    if username:
        try:
            owner = User.objects.get_by_natural_key(username)
        except User.DoesNotExist as error:
            raise CommandError(f"there is no user “{username}”; they sign up first") from error
        if not owner.is_teacher:
            raise CommandError(f"“{username}” is no teacher; manage.py make_teacher {username}")
        return owner
    teachers = User.objects.filter(role=User.Role.TEACHER)[:2]
    if len(teachers) != 1:
        raise CommandError(
            "say whose deck it is to be: --owner USERNAME, of somebody who has signed up and whom "
            "manage.py make_teacher made a teacher"
        )
    return teachers[0]


def described(report: ImportReport, most: int | None) -> Iterator[str]:
    """The report in lines: each section that changed, the facts, and what it came to."""
    changes = report.changes
    if changes.details and not report.created:
        yield f"deck: {', '.join(changes.details)} changed"
    for kind, difference in changes.by_kind.items():
        yield from _section(kind, difference, report, most)
    if changes.reordered:
        yield "order: changed"
    yield from (f"kept: {one.said(gettext)}" for one in report.kept)
    yield from (f"not kept: {one.said(gettext)}" for one in report.dropped)
    yield from _summary(report, most)


def _section(
    kind: str, difference: Difference[Any], report: ImportReport, most: int | None
) -> Iterator[str]:
    counts = (
        f"{len(difference.new)} new, {len(difference.changed)} changed, "
        f"{len(difference.unchanged)} unchanged, {len(difference.removed)} removed"
    )
    if difference or kind == "facts":
        yield f"{_LABELS.get(kind, kind)}: {counts}"
    if report.created:
        return
    for sign, name in _SIGNS:
        things = getattr(difference, name)
        for thing in things[:most]:
            yield f"  {sign} {_said(thing, report)}"
        if most is not None and len(things) > most:
            yield f"  {sign} … and {len(things) - most} more (--all lists them)"


def _said(thing: Any, report: ImportReport) -> str:
    match thing:
        case (Fact() as before, Fact() as after):
            return f"{_subject(after)}: {_change(before, after)}"
        case (before, after) if type(before) is type(after) and not isinstance(before, str):
            return _name(after)
        case Fact() as fact:
            back = " (was in the deck before)" if fact.uid in report.changes.revived else ""
            return f"{_subject(fact)}: {shorten(fact.value)}{back}{_taken(fact.uid, report)}"
        case AuthoredQuestion() as question:
            return f"{_name(question)}{_taken(f'authored:{question.id}', report)}"
        case _:
            return _name(thing)


def _name(thing: Any) -> str:
    if isinstance(thing, AuthoredQuestion):
        return f"{thing.id}: {shorten(thing.stem)}"
    match thing:
        case (about, relation, qualifiers):
            return f"{about} {relation}{_cases(qualifiers)}"
        case tuple():
            return " ".join(part for part in thing if part)
    return str(thing.key)


def _subject(fact: Fact) -> str:
    return f"{fact.about} {fact.relation}{_cases(fact.qualifiers)}"


def _cases(qualifiers: Qualifiers) -> str:
    return "".join(f", {name} {shorten(value, 30)}" for name, value in qualifiers)


def _change(before: Fact, after: Fact) -> str:
    if (before.value, before.unit) != (after.value, after.unit):
        old, new = (f"{shorten(fact.value)} {fact.unit}".strip() for fact in (before, after))
        return f"{old} → {new}"
    names = [
        name.replace("passages", "source")
        for name in Fact.__dataclass_fields__
        if getattr(before, name) != getattr(after, name)
    ]
    return f"{shorten(after.value)} ({', '.join(names)})"


def _taken(key: str, report: ImportReport) -> str:
    loss = report.losses.get(key)
    return f" — takes out of study {_lost(loss)}" if loss else ""


def _lost(loss: Loss) -> str:
    counted = (
        _number(loss.cards, "card", "cards"),
        _number(loss.questions, "question", "questions"),
        _number(loss.memories, "memory", "memories"),
    )
    learners = _number(loss.learners, "learner", "learners")
    reviews = _number(loss.reviews, "review", "reviews")
    return f"{', '.join(counted)} of {learners} with {reviews}"


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _advice(report: ImportReport, most: int | None) -> Iterator[str]:
    """All that the notes name only where all is asked for."""
    said = report.advice(whole=most is None)
    shown = said if most is None else said[:MOST_NOTES]
    yield from (f"note: {one.said(gettext)}" for one in shown)
    if len(said) > len(shown):
        yield f"note: and {len(said) - len(shown)} notes more (--all lists them)"


def _summary(report: ImportReport, most: int | None) -> Iterator[str]:
    if report.loss != Loss():
        yield f"removals take out of study {_lost(report.loss)}; they come back with the facts"
    if report.dry_run:
        yield f"{report.deck.slug}: nothing was written"
    elif report.created:
        yield f"{report.deck.slug}: made"
    else:
        state = "updated" if report.changes else "nothing to change"
        yield f"{report.deck.slug}: {state}, revision {report.deck.revision}"
    yield from _advice(report, most)
    if report.written is not None:
        if report.written.unasked:
            facts = _number(report.written.unasked, "fact has", "facts have")
            yield f"{facts} no question; manage.py audit_questions {report.deck.slug} says why"
        yield f"questions: {report.written}"
    elif report.deck.is_written and not report.dry_run:
        yield "questions: nothing to write"
