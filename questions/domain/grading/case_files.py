"""Whether what a file holds is a list of cases: what is wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from questions.domain.grading.result import Verdict

VERDICTS: dict[str, Verdict] = {
    "right": Verdict.RIGHT,
    "partial": Verdict.PARTIAL,
    "wrong": Verdict.WRONG,
    "ambiguous": Verdict.ASK_AGAIN,
    "ask_again": Verdict.ASK_AGAIN,
}
_A_CASE = 'an object such as {"id": "n1", "kind": "name", "expected": …, "given": …, "verdict": …}'
_MOST_SHOWN = 40


class BadCase(ValueError):
    """A case that lacks what its kind needs; the message names it and says what would be right."""


def checked_cases(data: object) -> list[Mapping[str, Any]]:
    """`data` is what a JSON file holds. Raises BadCase."""
    if not isinstance(data, list):
        raise BadCase(f"the file holds {_said(data)}, but should hold a list of cases")
    if not data:
        raise BadCase(f"the list is empty, but should hold at least one case: {_A_CASE}")
    return [_checked(case, f"case {place}") for place, case in enumerate(data, start=1)]


def _checked(case: object, where: str) -> Mapping[str, Any]:
    if not isinstance(case, dict):
        raise BadCase(f"{where} is {_said(case)}, but should be {_A_CASE}")
    where = f"{where} (id {_said(case['id'])})" if "id" in case else where
    _one_of(case, "kind", tuple(_SHAPES), where)
    _one_of(case, "verdict", tuple(VERDICTS), where)
    for name, (fits, wanted) in zip(("expected", "given"), _SHAPES[case["kind"]], strict=True):
        if name not in case:
            raise BadCase(f'{where}: "{name}" is missing; it should be {wanted}')
        if not fits(case[name]):
            raise BadCase(f'{where}: "{name}" is {_said(case[name])}, but should be {wanted}')
    if not isinstance(case.get("context") or {}, dict):
        raise BadCase(f'{where}: "context" is {_said(case["context"])}, but should be an object')
    return case


def _one_of(case: Mapping[str, Any], name: str, known: tuple[str, ...], where: str) -> None:
    said = f"is {_said(case[name])}" if name in case else "is missing"
    value = case.get(name)
    if not isinstance(value, str) or value not in known:
        raise BadCase(f'{where}: "{name}" {said}; it should be one of {", ".join(known)}')


def _said(value: object) -> str:
    """Short enough to read, as JSON writes it."""
    match value:
        case None | True | False:
            return {None: "null", True: "true", False: "false"}[value]
        case list():
            return "a list"
        case dict():
            return "an object"
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_text, value))


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_pairs(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


_Shape = tuple[Callable[[object], bool], str]
_TEXT: _Shape = (_is_text, "a text")
_SHAPES: dict[str, tuple[_Shape, _Shape]] = {
    **dict.fromkeys(("name", "date", "number", "term", "text"), (_TEXT, _TEXT)),
    "list": (
        (_is_list, "a list of texts"),
        (lambda given: _is_text(given) or _are_texts(given), "a text or a list of texts"),
    ),
    "order": ((_is_list, "a list of texts"), (_are_texts, "a list of texts")),
    "match": (
        (_is_pairs, "an object of texts"),
        (_is_pairs, "an object of texts"),
    ),
}
