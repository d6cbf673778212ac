"""Grade a file of cases and compare with the verdicts that a teacher gave them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from questions.domain.facts import Vocabulary
from questions.domain.grading.case_files import BadCase, checked_cases
from questions.domain.grading.cases import Outcome, Tally, grade_cases, tallies
from questions.domain.interchange import built_in_vocabularies


class Command(BaseCommand):
    help = "Grades a JSON file of cases and compares with the verdicts in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="a JSON list of cases, as questions/domain/grading/cases.py describes",
        )
        parser.add_argument("--json", action="store_true", help="print figures and misses as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = _graded(options["file"])
        missed = [one for one in outcomes if one.is_target and not one.exact]
        if options["json"]:
            self.stdout.write(json.dumps(_report(outcomes), ensure_ascii=False, indent=2))
        else:
            self._print(tallies(outcomes), [one for one in outcomes if not one.exact])
        false_accepts = sum(one.false_accept for one in outcomes)
        if missed or false_accepts:
            raise CommandError(f"{len(missed)} missed, {false_accepts} false accepts")

    def _print(self, kinds: list[Tally], missed: list[Outcome]) -> None:
        self.stdout.write(f"{'kind':<10}{'cases':>7}{'exact':>7}{'false accepts':>15}")
        for kind in kinds:
            line = f"{kind.kind:<10}{kind.cases:>7}{kind.exact:>7}{kind.false_accepts:>15}"
            self.stdout.write(line)
        for one in missed:
            self.stdout.write(
                f"{one.id}: {_shortened(one.given)} should be {one.wanted}, is {one.grade.verdict}"
                f" ({one.grade.reason})" + ("" if one.is_target else " — learners grade these")
            )


_MOST_SHOWN = 80


def _shortened(given: str) -> str:
    if len(given) <= _MOST_SHOWN:
        return repr(given)
    return f"{given[:_MOST_SHOWN]!r} … ({len(given):,} characters)"


def _graded(path: Path) -> list[Outcome]:
    vocabulary = Vocabulary()
    for built_in in built_in_vocabularies().values():
        vocabulary = vocabulary.with_(built_in)
    try:
        return grade_cases(checked_cases(_read(path)), vocabulary)
    except (OSError, BadCase) as error:
        raise CommandError(f"{path}: {error}") from error


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadCase(f"this is no text in UTF-8 (byte {error.start:,})") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadCase(f"{where}: this is no JSON ({error.msg}); a list of cases is") from error
    except RecursionError as error:
        raise BadCase("lists or objects stand too deep in each other to be cases") from error
    except ValueError as error:
        raise BadCase(f"a number in it is too long to be read ({error})") from error


def _report(outcomes: list[Outcome]) -> dict[str, Any]:
    return {
        "kinds": [asdict(kind) for kind in tallies(outcomes)],
        "missed": [
            {
                "id": one.id,
                "given": one.given,
                "wanted": one.wanted,
                "verdict": one.grade.verdict,
                "score": one.grade.score,
                "reason": str(one.grade.reason),
                "false_accept": one.false_accept,
            }
            for one in outcomes
            if not one.exact
        ],
    }
