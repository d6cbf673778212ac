"""Check grading against a file of cases: typed answers with the verdict a teacher would give.

A file is a JSON list of objects:
  id, why   to find a case again, and the teacher's reason
  kind      name, date, number, term, text, list, order or match
  expected  the key: text, or a list (list, order) or object (match); a date may be "[a,b]",
            where each is right
  given     what was typed; a list of texts for several blanks; a list or object for order, match
  verdict   right, partial, wrong, or ambiguous where the answer must be asked again
  context   what the deck knows: aliases, loose_aliases, surname, titles, entity_type,
            known_others (names, or objects with Named's fields) and those of them that the
            question speaks of (subjects); other_names; unit, exact, rounding, about, harmless; era;
            other_source; for lists aliases and surnames by item, and item_kind
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from questions.domain.facts import Vocabulary
from questions.domain.grading.case_files import VERDICTS, BadCase
from questions.domain.grading.closed import grade_matching, grade_ordering
from questions.domain.grading.expected import Expected, Kind, OtherValue
from questions.domain.grading.forms import Named
from questions.domain.grading.index import NameIndex
from questions.domain.grading.lists import grade_list
from questions.domain.grading.reasons import NO_SUCH_DATE
from questions.domain.grading.result import Grade, Verdict
from questions.domain.grading.typed import grade_typed

NO_TARGET = frozenset({"text"})
"""Kinds that the learner grades: shown, but no target."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case and what grading made of it."""

    id: str
    kind: str
    given: str
    wanted: Verdict
    grade: Grade

    @property
    def exact(self) -> bool:
        """An impossible date is asked again, which a case may call wrong: it earns nothing."""
        if self.grade.verdict is self.wanted:
            return True
        return self.wanted is Verdict.WRONG and self.grade.reason == NO_SUCH_DATE

    @property
    def false_accept(self) -> bool:
        return self.wanted is Verdict.WRONG and self.grade.credited

    @property
    def is_target(self) -> bool:
        return self.kind not in NO_TARGET


@dataclass(frozen=True, slots=True)
class Tally:
    kind: str
    cases: int
    exact: int
    false_accepts: int


def grade_cases(
    cases: Iterable[Mapping[str, Any]], vocabulary: Vocabulary | None = None
) -> list[Outcome]:
    """Grade each case of `checked_cases` against the little deck that its context describes.

    Raises BadCase."""
    return [_outcome(case, vocabulary) for case in cases]


def tallies(outcomes: Sequence[Outcome]) -> list[Tally]:
    kinds = dict.fromkeys(outcome.kind for outcome in outcomes)
    return [_tally(kind, [one for one in outcomes if one.kind == kind]) for kind in kinds]


def _tally(kind: str, outcomes: list[Outcome]) -> Tally:
    exact = sum(outcome.exact for outcome in outcomes)
    false_accepts = sum(outcome.false_accept for outcome in outcomes)
    return Tally(kind, len(outcomes), exact, false_accepts)


def _outcome(case: Mapping[str, Any], vocabulary: Vocabulary | None) -> Outcome:
    try:
        wanted = VERDICTS[case["verdict"]]
        grade = _grade(case, vocabulary)
        return Outcome(str(case.get("id", "")), case["kind"], _shown(case["given"]), wanted, grade)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadCase(
            f"case {case.get('id', '?')}: its value or context cannot be read ({error})"
        ) from error


def _shown(given: object) -> str:
    text = given if isinstance(given, str) else repr(given)
    return text.encode(errors="replace").decode()  # half of a character of two cannot be printed


def _grade(case: Mapping[str, Any], vocabulary: Vocabulary | None) -> Grade:
    context = case.get("context") or {}
    expected, given = case["expected"], case["given"]
    match case["kind"]:
        case "name":
            return _grade_name(expected, given, context, vocabulary)
        case "list":
            return _grade_list(expected, given, context, vocabulary)
        case "order":
            return grade_ordering(expected, given)
        case "match":
            return grade_matching(expected, given)
        case "date" | "number" | "term" | "text" as kind:
            others = list(_others(context))
            subjects = tuple(one.key for one in others if one.name in context.get("subjects", ()))
            wanted = replace(_expected(kind, expected, context), subjects=subjects)
            return grade_typed(wanted, given, NameIndex(others, vocabulary))
        case kind:
            raise BadCase(f"unknown kind {kind}")


def _grade_name(
    expected: str, given: str, context: Mapping[str, Any], vocabulary: Vocabulary | None
) -> Grade:
    named = Named(
        key="key",
        name=expected,
        aliases=tuple(context.get("aliases", ())),
        loose=tuple(context.get("loose_aliases", ())),
        type=context.get("entity_type", ""),
        surname=context.get("surname"),
        titles=tuple(context.get("titles", ())),
    )
    names = NameIndex([named, *_others(context)], vocabulary)
    return grade_typed(
        Expected("name", expected, "key", others=tuple(_other_values(context))), given, names
    )


def _others(context: Mapping[str, Any]) -> Iterator[Named]:
    """The other entities: a name, or an object of Named's fields. Persons' kin are persons."""
    person = bool(context.get("surname"))
    for number, other in enumerate(context.get("known_others", ())):
        fields = {"name": other} if isinstance(other, str) else dict(other)
        words = str(fields["name"]).split()
        if person and isinstance(other, str) and len(words) > 1:
            fields["surname"] = words[-1]
        for key in ("aliases", "loose", "titles"):
            fields[key] = tuple(fields.get(key, ()))
        yield Named(key=f"other-{number}", **fields)


def _grade_list(
    expected: Sequence[str],
    given: str | Sequence[str],
    context: Mapping[str, Any],
    vocabulary: Vocabulary | None,
) -> Grade:
    aliases = context.get("aliases", {})
    surnames = context.get("surnames", {})
    kind: Kind = context.get("item_kind", "name")
    named = [
        Named(
            f"key-{number}",
            name,
            tuple(aliases.get(name, ())),
            type=context.get("entity_type", ""),
            surname=surnames.get(name),
        )
        for number, name in enumerate(expected)
    ]
    names = NameIndex([*named, *_others(context)] if kind == "name" else (), vocabulary)
    wanted = [
        Expected("name", one.name, one.key)
        if kind == "name"
        else _expected(kind, one.name, context)
        for one in named
    ]
    return grade_list(wanted, given, names)


def _expected(kind: Kind, value: str, context: Mapping[str, Any]) -> Expected:
    values = _values(value)
    unit, rounding, era = context.get("unit"), context.get("rounding"), context.get("era")
    return Expected(
        kind=kind,
        value=values[0],
        accept=(*values[1:], *context.get("aliases", ())),
        others=tuple(_other_values(context)),
        names=tuple(context.get("other_names", ())),
        unit=None if unit == "ratio" else unit,
        exact=context.get("exact"),
        rounding=None if rounding is None else str(rounding),
        era=(era[0], era[1]) if era else None,
        about=bool(context.get("about")),
        harmless=tuple(context.get("harmless", ())),
        rivals=tuple(context.get("rivals", ())),
    )


def _values(value: str) -> list[str]:
    """EDTF's set "[a,b]": each is right."""
    if re.fullmatch(r"[\[{].*[\]}]", value):
        return [part.strip() for part in value[1:-1].split(",")]
    return [value]


def _other_values(context: Mapping[str, Any]) -> Iterator[OtherValue]:
    found = context.get("other_source", ())
    for value in [found] if isinstance(found, str) else found:
        yield OtherValue(str(value), "")
