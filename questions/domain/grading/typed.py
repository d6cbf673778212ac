"""Grade a typed answer by the kind of value that is expected."""

from __future__ import annotations

import re
from functools import lru_cache

from questions.domain.grading import reasons
from questions.domain.grading.answers import match_answer
from questions.domain.grading.claims import doubted
from questions.domain.grading.compass import grade_direction
from questions.domain.grading.dates import grade_date
from questions.domain.grading.expected import Expected
from questions.domain.grading.figure_glosses import without_counted_names
from questions.domain.grading.figure_sources import names_another_source, without_own_source
from questions.domain.grading.fillers import (
    asks_back,
    is_no_answer,
    says_none,
    too_long,
    without_fillers,
)
from questions.domain.grading.fold import clean, fold
from questions.domain.grading.forms import Named
from questions.domain.grading.found import Level
from questions.domain.grading.index import NameIndex
from questions.domain.grading.named_beside import (
    names_instead,
    names_others_barely,
    without_own_names,
)
from questions.domain.grading.names import match_exactly
from questions.domain.grading.numbers import grade_number
from questions.domain.grading.own_script import in_own_script
from questions.domain.grading.result import Grade, Verdict, ask_again, best, partial, right, wrong
from questions.domain.grading.symbols import grade_symbol, is_symbol
from questions.domain.grading.targets import Target, prepare

_LINES = re.compile(r"\s*[\n\r\t\v\f\x85\u2028\u2029]\s*")
_GLOSSED = re.compile(r"([^()\[\]]*[^()\[\]\s])\s*[(\[]([^()\[\]]+)[)\]]")
_OF_WHAT = re.compile(r",?\s(?:of|in|for)\s(?:the\s)?|,\s", re.IGNORECASE)
_VERBATIM = right(reasons.RIGHT)


def grade_typed(expected: Expected, given: str, names: NameIndex) -> Grade:
    """Grade what was typed into one blank. Any text is taken; none makes it slow."""
    if too_long(given):
        return ask_again(reasons.TOO_LONG)
    if given and given == expected.value:
        return _VERBATIM
    text = clean(given)
    if expected.kind in ("name", "term") and (said := _without_gloss(expected, text, names)):
        return grade_typed(expected, said, names)
    if expected.kind != "text" and asks_back(text) and not _is_name(expected, text, names):
        return ask_again(reasons.ASKED_BACK)
    return _grade_plain(expected, given, text, names)


def _without_gloss(expected: Expected, text: str, names: NameIndex) -> str:
    """Without what the question itself speaks of: "Fe" of "Fe (iron)", "Article 2" of
    "Article 2 of the Treaty of Ilda". Nothing if there is none."""
    if not (expected.subjects or expected.harmless):
        return ""
    own = [names.named(key) for key in expected.subjects if key in names]
    spoken = (*expected.harmless, *(name for one in own for name in (one.name, *one.aliases)))
    glossed = _GLOSSED.fullmatch(text)
    said = [(glossed[1], glossed[2])] if glossed else []
    said += [(text[: link.start()], text[link.end() :]) for link in _OF_WHAT.finditer(text)]
    known = {fold(clean(name)) for name in spoken}
    return next((answer for answer, gloss in said if answer and fold(gloss) in known), "")


def _grade_plain(expected: Expected, given: str, text: str, names: NameIndex) -> Grade:
    if expected.kind == "term" and (sign := _grade_signs(expected, text, names)):
        return sign
    spelt = given if expected.kind == "number" else text  # the ornament of "3°" may be a unit
    if not text or _is_verbatim(expected, spelt):
        return _VERBATIM if text else wrong(reasons.NOTHING)
    if expected.kind == "number" and says_none(text):
        return grade_number(expected, "0", names.units)
    if is_no_answer(text) and not names.find(fold(text)):  # "Na" may be a name here
        return wrong(reasons.NOTHING)
    match expected.kind:
        case "date" | "number":
            return _grade_figure(expected, given, text, names)
        case "text":
            return ask_again(reasons.SELF_GRADE)
        case _:
            return _grade_lines(expected, given, text, names)


def _grade_figure(expected: Expected, given: str, text: str, names: NameIndex) -> Grade:
    if names_instead(expected, text, names):
        return wrong(reasons.TWO_CANDIDATES)
    said = without_own_names(expected, given, names)
    if expected.kind == "date":
        grade, beside = grade_date(expected, said), reasons.DATE_AND_MORE
    else:
        said = without_own_source(expected, said)
        grade, beside = grade_number(expected, said, names.units), reasons.WORDS_BESIDE
        if grade.credited and names_another_source(expected, said):
            return ask_again(beside)
    plain = clean(said) if expected.kind == "date" else without_counted_names(clean(said))
    if grade.credited and names_others_barely(expected, plain, names):
        return ask_again(beside)
    return grade


def _grade_lines(expected: Expected, given: str, text: str, names: NameIndex) -> Grade:
    """A name may be broken over lines; what is in two lines otherwise is two candidates."""
    lines = [text] if given.isprintable() else _LINES.split(given.strip())
    if len(lines) < 2 or _is_exact(expected, text, names):
        return _grade_name(expected, text, names)
    return _grade_name(expected, clean("; ".join(lines)), names)


def _is_name(expected: Expected, text: str, names: NameIndex) -> bool:
    """ "What Is It?" may be what something is called, and then it may be misspelt."""
    keys = [expected.value, *expected.accept]
    if expected.entity is not None and expected.entity in names:
        own = names.named(expected.entity)
        keys += [own.name, *own.aliases]
    if any(asks_back(clean(key)) for key in keys):
        return True
    return bool(names.find(fold(text))) or _is_exact(expected, text, names)


def _is_exact(expected: Expected, text: str, names: NameIndex) -> bool:
    found = (match_exactly(target, text, names) for target in _targets(expected, names))
    return any(one.level is Level.RIGHT for one in found)


def _grade_signs(expected: Expected, text: str, names: NameIndex) -> Grade | None:
    """Of terms that are spelt in more ways than words are."""
    return grade_direction(expected.value, text) or _grade_symbols(expected, text, names)


def _grade_symbols(expected: Expected, text: str, names: NameIndex) -> Grade | None:
    """The best of what is accepted, if the answer is one symbol and so is the key."""
    if not text or not is_symbol(expected.value):
        return None
    bare = without_fillers(text)
    accepted = [value for value in (expected.value, *expected.accept) if is_symbol(value)]
    grades = [grade_symbol(value, bare, names) for value in accepted]
    found = [grade for grade in grades if grade is not None]
    return best(found) if found and (best(found).credited or len(accepted) == 1) else None


def _is_verbatim(expected: Expected, text: str) -> bool:
    """A term may be all signs ("C++", "=") of which folding leaves nothing."""
    folded = text.casefold()
    if _folded(expected.value) == folded:
        return True
    return any(_folded(value) == folded for value in expected.accept)


@lru_cache(maxsize=2048)
def _folded(value: str) -> str:
    return clean(value).casefold()


def _grade_name(expected: Expected, text: str, names: NameIndex) -> Grade:
    targets = _targets(expected, names)
    matched = ((target, match_answer(target, text, names)) for target in targets)
    grades = [doubted(target, text, found).grade() for target, found in matched]
    grade = best(grades)
    if grade.shown is not None:
        grade = in_own_script(grade, targets[grades.index(grade)], text)
    if grade.verdict is not Verdict.WRONG:
        return grade
    for other in expected.others:
        found = match_answer(_named(other.value, names), text, names)
        if found.level >= Level.PARTIAL:
            return partial(reasons.other_source(other))
    return partial(reasons.ANOTHER_NAME) if _is_further_name(expected, text, names) else grade


def _is_further_name(expected: Expected, text: str, names: NameIndex) -> bool:
    if not expected.names:
        return False
    bare = without_fillers(text)
    further = (_term(name, (), names) for name in expected.names)
    return any(match_exactly(name, bare, names).level is Level.RIGHT for name in further)


def _targets(expected: Expected, names: NameIndex) -> list[Target]:
    if expected.entity is not None and expected.entity in names:
        own = names.target(expected.entity)
        return [own, *(_named(value, names) for value in expected.accept)]
    return [_term(expected.value, expected.accept, names)]


def _named(value: str, names: NameIndex) -> Target:
    """The entity of that key or name, or the bare text where the deck has none."""
    if value in names:
        return names.target(value)
    for named in names.find(prepare(Named("", value), names.nouns).forms[0].tokens):
        if value in (named.name, *named.aliases):
            return names.target(named.key)
    return _term(value, (), names)


def _term(value: str, accept: tuple[str, ...], names: NameIndex) -> Target:
    return prepare(Named("", value, accept), names.nouns)
