"""Questions written by hand, as the bank keeps them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from questions.domain.facts import AuthoredForm, AuthoredQuestion
from questions.domain.generation.cards import authored_card
from questions.domain.generation.drafting import doubt_of
from questions.domain.generation.expecting import stem_words
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.refusals import first_problem
from questions.domain.generation.text import fold
from questions.domain.generation.true_false import STEM
from questions.domain.grading.expected import Expected
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.questions import CardSpec, Form, State, Written
from questions.domain.values import BadValue, parse_quantity, parse_span

Problem = tuple[str, str] | None
"""The rule that is broken, and why."""
FALSE_STATEMENT = gettext_noop("False: %(statement)s")
"""Told after a false statement by hand without an explanation; it says nothing that is true."""
_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_YEAR = re.compile(r"1\d{3}|20\d\d|2100", re.ASCII)
_FIGURE = re.compile(
    r"(?:(?P<about>about|around|approximately|roughly|circa|ca?\.|~)|(?P<over>more than|over|>)"
    r"|(?P<under>fewer than|less than|under|<))?\s*"
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)",
    re.ASCII | re.IGNORECASE,
)
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}


def authored(
    question: AuthoredQuestion, index: Index | None = None
) -> Iterator[CardSpec | Written]:
    card = authored_card(question)
    written = Written(
        card.key,
        question.form.value,
        Form(question.form.value),
        STEM if question.form is AuthoredForm.TRUE_FALSE else question.stem,
        _content(question, index),
        _statement(question),
        "" if _explained(question) else question.explanation,
    )
    yield card
    yield _waiting(written, _unfair(question) or _broken(card, written, index))


def _waiting(written: Written, problem: Problem) -> Written:
    if problem is None:
        return written
    return replace(written, state=State.DRAFT, why_draft=problem[1], doubt=doubt_of(*problem))


def _broken(card: CardSpec, written: Written, index: Index | None) -> Problem:
    found = index and first_problem(Item(index, card, written))
    return (found[0].name, found[1]) if found else None


def _content(question: AuthoredQuestion, index: Index | None) -> dict[str, Any]:
    match question.form:
        case AuthoredForm.CHOICE:
            wrong = [_option(text) for text in question.distractors]
            return {"key": _option(question.key), "distractors": wrong, "sorted": False}
        case AuthoredForm.TRUE_FALSE:
            true = question.key == "true"
            return (
                {"true": question.stem, "false": []}
                if true
                else {
                    "true": "",
                    "false": [question.stem],
                }
            )
        case AuthoredForm.TYPED:
            return {"expected": _expected(question, index).to_json()}


def _expected(question: AuthoredQuestion, index: Index | None) -> Expected:
    """A key that is an entity's name is graded as one; a day, a year or a figure if all that is
    also right can be read as one too; anything else as a term."""
    key, accept = question.key, question.accept
    if index and (entity := index.named(key)):
        return Expected("name", index.entity(entity).name, entity=entity, accept=accept)
    if dates := _read_all(read_date, (key, *accept)):
        said = tuple(re.findall(r"[^\W\d_]{3,}", question.stem))
        return Expected("date", dates[0], accept=dates[1:], harmless=said)
    if figures := _read_all(_figure, (key, *accept)):
        return _number(figures, question.stem)
    return Expected("term", key, accept=accept)


def _read_all(read: Callable[[str], str], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Nothing if one of them cannot be read: it would be right, and never matched."""
    try:
        found = tuple(read(text) for text in texts)
    except BadValue:
        return ()
    return found if all(found) else ()


def read_date(text: str) -> str:
    """The EDTF of "13 April 1941" or of a year from 1000 to 2100; "" for what is neither. Raises
    BadValue for a day that does not exist."""
    if _YEAR.fullmatch(text):
        return text
    day = _DAY.fullmatch(text)
    if day is None or day[2] not in _MONTHS:
        return ""
    return parse_span(f"{day[3]}-{_MONTHS[day[2]]:02}-{int(day[1]):02}").text


def _number(figures: tuple[str, ...], stem: str) -> Expected:
    """A figure written plainly counts to its last place, "about 33,000" as far as it is rounded."""
    plain = all(parse_quantity(figure).shape == "plain" for figure in figures)
    about = parse_quantity(figures[0]).shape == "about"
    return Expected(
        "number",
        figures[0],
        accept=figures[1:],
        exact=True if plain else None,
        about=about,
        harmless=tuple(stem_words(stem).split()),
    )


def _figure(text: str) -> str:
    """ "about 33,000" as ~33000, "more than 500" as >500; "" for what is no figure."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        return ""
    mark = "~" if match["about"] else ">" if match["over"] else "<" if match["under"] else ""
    return parse_quantity(mark + match["figure"].replace(",", "")).text


def _option(text: str) -> dict[str, str]:
    return {"text": text, "entity": "", "value": text}


def _statement(question: AuthoredQuestion) -> str:
    if question.form is not AuthoredForm.TRUE_FALSE:
        return f"{question.stem} — {question.key}"
    if question.key == "true":
        return question.stem
    return _explained(question) or FALSE_STATEMENT % {"statement": question.stem}


def _explained(question: AuthoredQuestion) -> str:
    """What tells the truth where the statement does not: why it is false."""
    is_false = question.form is AuthoredForm.TRUE_FALSE and question.key != "true"
    return question.explanation if is_false else ""


def _unfair(question: AuthoredQuestion) -> Problem:
    """Why a hand-written question waits: options that cannot be told apart."""
    if question.form is not AuthoredForm.CHOICE:
        return None
    if not question.distractors:
        return "no distractors", gettext_noop("A choice needs at least one wrong option.")
    options = (question.key, *question.distractors)
    same = [o for at, o in enumerate(options) for p in options[:at] if fold(o) == fold(p)]
    if not same:
        return None
    why = Sentence(gettext_noop("Two options say the same: “%(option)s”."), option=same[0])
    return "options apart", why
