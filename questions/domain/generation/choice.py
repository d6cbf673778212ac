"""Multiple choice: a stem, the key, and a pool of distractors of which any two may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from questions.domain.difficulty import predicted
from questions.domain.facts import ValueKind
from questions.domain.generation.asking import Stem, asks_among
from questions.domain.generation.candidates import (
    Option,
    option_of,
    subject_options,
    typed_options,
    value_options,
)
from questions.domain.generation.distractors import LONE, Pool, pool
from questions.domain.generation.guard import Guard
from questions.domain.generation.likeness import hardly_chosen, is_frequent
from questions.domain.generation.scales import value_text
from questions.domain.generation.truth import other_subjects
from questions.domain.generation.worked_out import worked_out
from questions.domain.generation.writing import Asked, Try, shared_names
from questions.domain.questions import Form, Written
from questions.domain.wording import say_unit

_RANKED = (ValueKind.DATE, ValueKind.NUMBER)


def value_pool(asked: Asked, stems: Sequence[Stem]) -> tuple[Option, Pool]:
    """The key and its distractors where the value is asked for."""
    index, fact = asked.index, asked.fact
    kind = index.kind(fact)
    entity = fact.value if kind is ValueKind.ENTITY else ""
    key = Option(value_text(index, fact, fact.value), fact.value, entity)
    guard = _guard(asked, key, stems, reverse=False)
    standing = _standing(asked, guard)
    if standing:
        return key, standing
    candidates = _with_typed(asked, key, value_options(index, fact))
    return key, pool(
        guard,
        candidates,
        asked.given.observed,
        asked.card.key,
        ranked=kind in _RANKED,
        spare=worked_out(index, fact),
    )


def subject_pool(asked: Asked, stems: Sequence[Stem]) -> tuple[Option, Pool]:
    index, fact = asked.index, asked.fact
    key = Option(index.entity(fact.about).name, fact.about, fact.about)
    if stems and all(_fits_others(asked, stem) for stem in stems):
        return key, Pool(in_vain=True)
    guard = _guard(asked, key, stems, reverse=True)
    standing = _standing(asked, guard)
    if standing:
        return key, standing
    candidates = _with_typed(asked, key, subject_options(index, fact))
    return key, pool(guard, candidates, asked.given.observed, asked.card.key, ranked=False)


def _fits_others(asked: Asked, stem: Stem) -> bool:
    """Whether others are right too, whatever is shown: then nothing need be looked for."""
    found = other_subjects(asked.index, asked.fact, stem.names)
    return not asks_among(stem.text) and next(found, None) is not None


def _standing(asked: Asked, guard: Guard) -> Pool | None:
    """What is offered already, if the same is asked and nothing speaks against any of it."""
    choices = asked.given.standing.get(asked.card.key, ())
    shown = choices[0].content["distractors"] if choices else ()
    options = _fair(guard, [one["value"] for one in shown])
    seen = asked.given.observed.get(asked.card.key, {})
    if (
        options
        and len(options) == len(shown)
        and all(_asks_the_same(guard, one) for one in choices)
        and all(
            one["text"].startswith(option.text) for one, option in zip(shown, options, strict=True)
        )
        and not _is_outdated(guard, options, seen)
    ):
        return Pool([replace(one, like=max(LONE, one.like)) for one in options])
    asked.given.searched.add((asked.fact.uid, asked.card.direction))
    return None


def _asks_the_same(guard: Guard, standing: Written) -> bool:
    return standing.stem in guard.stems and standing.content["key"]["value"] == guard.key.value


def _fair(guard: Guard, values: Sequence[str]) -> list[Option]:
    named = guard.key.entity
    known = (one for one in values if not named or one in guard.index.deck.entities)
    made = (option_of(guard.index, guard.fact, one, reverse=guard.reverse) for one in known)
    return [one for one in made if not guard(one)]


def _is_outdated(
    guard: Guard, options: Sequence[Option], seen: Mapping[str, tuple[int, int]]
) -> bool:
    """Whether learners have given one of these up, or often gave something else of themselves."""
    values = {option.value for option in options}
    frequent = {value for value, taken in seen.items() if is_frequent(taken)} - values
    others = typed_options(guard.index, guard.fact, guard.key, frequent)
    return any(hardly_chosen(seen.get(value)) for value in values) or not all(map(guard, others))


def _with_typed(asked: Asked, key: Option, candidates: list[Option]) -> list[Option]:
    """Also what several learners answered, though it is not near in the deck; what they answered
    is no stranger here, whatever the deck says."""
    seen = asked.given.observed.get(asked.card.key, {})
    if not seen:
        return candidates
    frequent = {value for value, taken in seen.items() if is_frequent(taken)}
    known = {option.value for option in candidates}
    return [
        *(replace(one, kin=one.kin or one.value in frequent) for one in candidates),
        *typed_options(asked.index, asked.fact, key, frequent - known),
    ]


def _guard(asked: Asked, key: Option, stems: Sequence[Stem], *, reverse: bool) -> Guard:
    texts = tuple(stem.text for stem in stems)
    return Guard(asked.index, asked.fact, key, shared_names(list(stems)), texts, reverse)


def choices(asked: Asked, stems: Sequence[Stem], key: Option, found: Pool) -> Iterator[Try]:
    ranked = not key.entity and asked.index.kind(asked.fact) in _RANKED
    hard = predicted(sorted((option.like for option in found.options), reverse=True))
    for at, stem in enumerate(stems):
        unit = "" if key.entity or _counts(stem) else _unit(asked)
        content = {
            "key": _shown(key, unit),
            "distractors": [_shown(option, unit) for option in found.options],
            "sorted": ranked,
        }
        made = asked.written(f"choice:{at}", Form.CHOICE, stem.text, content)
        yield replace(made, difficulty=hard), stem.names


def _counts(stem: Stem) -> bool:
    """Whether the stem says what is counted."""
    return "unit" in stem.names or "how many" in stem.text.lower()


def _shown(option: Option, unit: str) -> dict[str, str]:
    shown = option.to_json()
    return {**shown, "text": f"{shown['text']} {unit}"} if unit else shown


def _unit(asked: Asked) -> str:
    """What a figure's options carry where the stem leaves the unit open."""
    index, fact = asked.index, asked.fact
    if index.kind(fact) is not ValueKind.NUMBER or not index.deck.unit_of(fact):
        return ""
    if fact.quantity().shape == "ratio":
        return ""
    return say_unit(index.deck.unit_of(fact), None, index.deck.vocabulary).text
