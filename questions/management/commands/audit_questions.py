"""Look a deck's whole active bank over again, whoever wrote it.

With --json, one object:
  deck, questions, cards, clean
  violations, warnings   [{rule, number, question, card, form, stem, reason}]; `number` is that of
                         docs/question-rules.md, 0 of a warning; `question` the row's number
  by_rule, by_warning    {name: how many}
  position, rank         {draws, counts: {options: [by place]}, chi_square, freedom, p, batch_p,
                         first}:
                         where the key stands among shuffled options, and among sorted ones;
                         `p` by the places open to each key, `batch_p` of the bank taken once
                         against all places alike; `first` {draws, p, batch_p} what came out
                         before a low p had all drawn again, else null
  forms_per_card         {forms: cards}; by_form {form: questions}
  without_recall         [{key, says, reasons}] cards; unasked the same of facts, `aside` of
                         which the deck has put aside; partly of facts
                         that lack a kind of question or a direction
  explained              {offered, told: {how: count}, silent: [{stem, option, why}], share} wrong
                         options, and of how many learners who choose them are told what they
                         are: said, said as uncertain, or as what is near; `nowhere` are told
                         that no fact has them, and are not in the share. null where a rule is
                         broken, for then an option may be of nothing in the deck
  coverage               {askable, both, reasoned, neither, share, share_of_both}: `share` of those
                         that have both, or lack one for a stated reason
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext

from questions.domain.audit import Audit, Coverage, Finding, Unasked
from questions.domain.generation.refusals import RULES
from questions.domain.generation.retelling import OWN_WORDS, OWN_WORDS_SAYS
from questions.domain.key_places import TIMES, Places
from questions.domain.soundness import SOUND, SOUND_SAYS
from questions.domain.uniformity import Fit
from questions.management.progress import Progress
from questions.models import Deck
from questions.queries.audit import audit_of
from questions.queries.explained import WrongOptions, wrong_options
from questions.queries.explaining import How

_SHOWN = 10
"""Examples printed of each kind, unless all are asked for."""


class Command(BaseCommand):
    help = "Check a deck's active questions by every rule. Exit status 1 if one is broken."
    requires_migrations_checks = True
    shown: int | None = _SHOWN

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("deck", metavar="DECK", help="the deck's name, as in its address")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")
        parser.add_argument(
            "--all", action="store_true", help=f"list everything, not {_SHOWN} of a kind"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.shown = None if options["all"] else _SHOWN
        try:
            deck = Deck.objects.filter(slug=options["deck"]).first()
        except DatabaseError as error:
            raise CommandError(f"{error}; is it set up? manage.py migrate does so") from error
        if deck is None:
            raise CommandError(f"there is no deck “{options['deck']}”")
        progress = Progress(self.stderr)
        try:
            audit = audit_of(deck, progress)
            explained = wrong_options(deck) if audit.clean else None
        finally:
            progress.close()
        if options["json"]:
            self.stdout.write(
                json.dumps(_as_json(deck, audit, explained), ensure_ascii=False, indent=2)
            )
        else:
            self._print(audit)
            if explained:
                self._explained(explained)
        if not audit.clean:
            raise CommandError(f"{len(audit.violations)} violations")

    def _print(self, audit: Audit) -> None:
        self.stdout.write(f"{audit.questions} active questions on {audit.cards} cards\n\n")
        self._findings("Violations", audit.violations)
        self._findings("Warnings", audit.warnings)
        self._places("shuffled options", audit.position, ("first", "last"))
        self._places("dates and figures in order", audit.rank, ("smallest", "largest"))
        self._counts("Cards by how many forms they are asked in", audit.forms_per_card)
        self._counts("Questions by form", audit.by_form)
        self._unasked("Cards without a recall form", audit.without_recall)
        self._unasked("Facts without a question", audit.unasked)
        self.stdout.write(f"  {audit.aside} of these are put aside by the deck")
        self._unasked("Facts asked in part", audit.partly)
        self._coverage(audit.coverage)

    def _coverage(self, found: Coverage) -> None:
        lacking = found.reasoned / found.askable if found.askable else 0.0
        self.stdout.write(f"\nOf the {found.askable} facts that may be asked")
        self.stdout.write(
            f"  {found.both:>5,}  can be met both ways ({found.share_of_both:.1%}): to be recalled "
            "(typed, gap, list, flashcard) and to be recognised (choice, true or false, …)"
        )
        self.stdout.write(
            f"  {found.reasoned:>5,}  cannot, for a reason listed above ({lacking:.1%})"
        )
        self.stdout.write(f"  {found.neither:>5,}  cannot, and no reason is known")
        self.stdout.write(f"  So {found.share:.1%} have both ways or a stated reason.")

    def _explained(self, found: WrongOptions) -> None:
        nowhere = found.told.get(How.NOWHERE, 0)
        self.stdout.write(
            f"\nWrong options of which learners are told what they are: {found.share:.1%} "
            f"({found.explained:,} of {found.offered:,}); of {nowhere:,} of the others, that the "
            "deck has no fact with them."
        )
        if found.silent:
            self.stdout.write("Nothing is told of the rest, which are:")
        for why, count in Counter(one.why for one in found.silent).most_common():
            self.stdout.write(f"  {count:>7,}  {why}")
            silent = {(one.option, one.stem): None for one in found.silent if one.why == why}
            for option, stem in list(silent)[: self.shown]:
                self.stdout.write(f"           {option} — {stem}")
            self._more(len(silent))

    def _findings(self, title: str, findings: Sequence[Finding]) -> None:
        self.stdout.write(f"{title}: {len(findings)}")
        says = {rule.name: gettext(rule.says) for rule in RULES}
        says |= {OWN_WORDS: gettext(OWN_WORDS_SAYS), SOUND: gettext(SOUND_SAYS)}
        for name, count in Counter(one.rule for one in findings).most_common():
            self.stdout.write(f"  {count:>7,}  {'. '.join(filter(None, (name, says.get(name))))}")
            for one in [one for one in findings if one.rule == name][: self.shown]:
                self.stdout.write(f"           #{one.question} {one.stem} — {one.reason}")
            self._more(count)
        self.stdout.write("")

    def _places(self, title: str, places: Places, ends: tuple[str, str]) -> None:
        self.stdout.write(f"Where the right answer stands among {title}")
        if not places.draws:
            self.stdout.write("  there are no such choices")
            return
        for options, counts in places.counts.items():
            drawn = max(1, sum(counts))
            names = _place_names(options, ends)
            shares = (f"{each} {n / drawn:.1%}" for each, n in zip(names, counts, strict=True))
            self.stdout.write(f"  of {options} options: {', '.join(shares)}")
        even = "less even than" if places.is_unlikely else "as even as"
        self.stdout.write(f"  {even} chance makes it ({_tested(places)})")
        if first := places.first:
            self.stdout.write(
                f"  At first it seemed to lean ({_tested(first)}), so {TIMES} times as many others "
                "were drawn, and these count."
            )

    def _counts(self, title: str, counts: dict[Any, int]) -> None:
        said = ", ".join(f"{name}: {count:,}" for name, count in counts.items())
        self.stdout.write(f"{title}: {said}")

    def _unasked(self, title: str, unasked: Sequence[Unasked]) -> None:
        self.stdout.write(f"{title}: {len(unasked)}")
        for one in unasked[: self.shown]:
            self.stdout.write(f"  {one.says} — {' '.join(one.reasons) or 'no reason'}")
        self._more(len(unasked))

    def _more(self, count: int) -> None:
        if self.shown is not None and count > self.shown:
            self.stdout.write(f"  … and {count - self.shown} more (--all lists them)")


def _as_json(deck: Deck, audit: Audit, explained: WrongOptions | None) -> dict[str, Any]:
    return {
        "deck": deck.slug,
        "questions": audit.questions,
        "cards": audit.cards,
        "clean": audit.clean,
        "violations": [asdict(one) for one in audit.violations],
        "warnings": [asdict(one) for one in audit.warnings],
        "by_rule": Counter(one.rule for one in audit.violations),
        "by_warning": Counter(one.rule for one in audit.warnings),
        "position": _places_json(audit.position),
        "rank": _places_json(audit.rank),
        "forms_per_card": audit.forms_per_card,
        "by_form": audit.by_form,
        "without_recall": [asdict(one) for one in audit.without_recall],
        "unasked": [asdict(one) for one in audit.unasked],
        "aside": audit.aside,
        "partly": [asdict(one) for one in audit.partly],
        "explained": explained and asdict(explained) | {"share": explained.share},
        "coverage": asdict(audit.coverage)
        | {"share": audit.coverage.share, "share_of_both": audit.coverage.share_of_both},
    }


def _place_names(options: int, ends: tuple[str, str]) -> list[str]:
    if options == 3:
        return [ends[0], "middle", ends[1]]
    between = [{2: "2nd", 3: "3rd"}.get(at, f"{at}th") for at in range(2, options)]
    return [ends[0], *between, ends[1]][:options]


def _tested(places: Places) -> str:
    fit = places.fit
    return (
        f"{places.draws:,} draws: chi-square {fit.statistic:.2f} with {fit.freedom} degrees of "
        f"freedom, p = {_p(fit)}; every question drawn once: p = {_p(places.batch)}"
    )


def _p(fit: Fit) -> str:
    return f"{fit.p:.3f}" if fit.p >= 0.001 else f"{fit.p:.1g}"


def _places_json(places: Places) -> dict[str, Any]:
    first = places.first
    return {
        "draws": places.draws,
        "counts": places.counts,
        "chi_square": places.fit.statistic,
        "freedom": places.fit.freedom,
        "p": places.fit.p,
        "batch_p": places.batch.p,
        "first": first and {"draws": first.draws, "p": first.fit.p, "batch_p": first.batch.p},
    }
