"""Wrong answers: candidates from the deck's own values, the guard they must pass, their ranking.

However large the deck, a fact looks at no more than some dozens of candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from hashlib import blake2b
from itertools import chain, islice

from questions.domain.facts import Fact, ValueKind
from questions.domain.generation import likeness
from questions.domain.generation.asking import mentioned
from questions.domain.generation.index import Index
from questions.domain.generation.lazily import Lazily
from questions.domain.generation.scales import (
    apart,
    in_era,
    in_shape,
    least_gap,
    scale_likeness,
    scales,
    told_by_year,
    value_text,
)
from questions.domain.generation.sides import of_other_side
from questions.domain.generation.telltale import tells_itself
from questions.domain.generation.text import fold, holds_tokens, scripts, tokens
from questions.domain.generation.truth import (
    compatible,
    could_be_subject,
    own_values,
    sister_values,
)
from questions.domain.generation.unlike import unlike_figure, unlike_term
from questions.domain.generation.when import could_be_subject_then, could_be_value_then
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.values import parse_quantity, parse_span
from questions.domain.vetoes import is_vetoed

POOL = 6
DISTRACTORS = 2
LONE = 0.25
"""Likeness that a wrong answer needs to stand alone: a shared side, or name and company."""
_SIDEWAYS = 10
"""Candidates taken from each place where they may be found."""
_ENOUGH = 32
RULED_OUT = gettext_noop("a teacher ruled it out")
FAR = gettext_noop("its year alone rules it out")


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is what it stands for, as the deck writes it: an entity's key, a date, a figure.
    `kin` stand in other facts where the key stands in this one: a publisher among publishers."""

    text: str
    value: str
    entity: str = ""
    like: float = 0.0
    kin: bool = True

    def to_json(self) -> dict[str, str]:
        return {"text": self.text, "entity": self.entity, "value": self.value}


@dataclass(slots=True)
class Pool:
    """The distractors found, best first, and how many candidates each rule turned away."""

    options: list[Option] = field(default_factory=list)
    turned_away: Counter[str] = field(default_factory=Counter)

    def why_no_choice(self) -> str:
        """Two options are fair, unless the other one is no temptation."""
        if not self.options:
            return self._why_none()
        if len(self.options) == 1 and self.options[0].like < LONE:
            only = self.options[0].text
            says = gettext_noop(
                "Its only possible wrong answer, “%(only)s”, is too unlike it to tempt anyone."
            )
            return Sentence(says, only=only)
        return ""

    def _why_none(self) -> str:
        if not self.turned_away:
            return gettext_noop("The deck has no other value of this kind.")
        most = self.turned_away.most_common()
        most.sort(key=lambda each: each[0] != RULED_OUT)
        counts = ", ".join(f"%(why{at})s (%(n{at})s)" for at in range(len(most[:3])))
        whys = {f"why{at}": Sentence(why) for at, (why, _) in enumerate(most[:3])}
        numbers = {f"n{at}": str(n) for at, (_, n) in enumerate(most[:3])}
        says = gettext_noop("No other value in the deck would be a fair wrong answer: %(counts)s.")
        return Sentence(says, counts=Sentence(counts, **whys, **numbers))


def chance(*parts: str) -> int:
    """A number that follows from its parts alone: variety without randomness."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big")


def sample(members: Sequence[str], seed: str, count: int = _SIDEWAYS) -> Sequence[str]:
    """All of a short list; of a long one a run that begins elsewhere for each seed."""
    if len(members) <= count:
        return members
    start = chance(seed) % len(members)
    run = members[start : start + count]
    return [*run, *members[: count - len(run)]]


# Candidates


def value_options(index: Index, fact: Fact) -> list[Option]:
    """What might be offered for a fact's value, likeliest first."""
    match index.kind(fact):
        case ValueKind.ENTITY:
            likes = index.values_of[fact.relation]
            role = f"v {fact.relation}"
            return _entities(index, fact.value, _candidates(index, fact, fact.value, likes), role)
        case ValueKind.DATE | ValueKind.NUMBER:
            return _scaled(index, fact)
        case _:
            return _terms(index, fact)


def typed_options(index: Index, key: Option, values: Iterable[str]) -> list[Option]:
    """Entities of the key's type that learners gave for it of themselves."""
    kind = index.entity(key.entity).type
    return [
        Option(index.entity(one).name, one, one, likeness.entity_likeness(index, key.entity, one))
        for one in sorted(values)
        if one != key.entity and one in index.deck.entities and index.entity(one).type == kind
    ]


def subject_options(index: Index, fact: Fact) -> list[Option]:
    likes = index.subjects_of[fact.relation]
    role = f"a {fact.relation}"
    return _entities(index, fact.about, _candidates(index, fact, fact.about, likes), role)


def _candidates(index: Index, fact: Fact, key: str, likes: Sequence[str]) -> Iterator[str]:
    """Entities of the key's type, likeliest places first; `likes` stand where it stands in other
    facts of the relation."""
    entity = index.entity(key)
    other_end = fact.about if key != fact.about else fact.value
    places: list[Iterable[str]] = [
        _company_of(index, other_end),
        _second_hand(index, key),
        sample(likes, fact.uid),
        sample(index.as_long(fact.relation, entity.name, subjects=key == fact.about), fact.uid),
        sample(index.by_side.get((entity.type, entity.side), ()), fact.uid),
        sample(index.by_topic.get((entity.type, entity.topic), ()), fact.uid),
        sample(index.by_type.get(entity.type, ()), fact.uid),
    ]
    seen = {key, fact.about, *(value for _, value in fact.qualifiers)}
    for place in places:
        for candidate in place:
            if candidate not in seen:
                seen.add(candidate)
                if index.entity(candidate).type == entity.type:
                    yield candidate


def _company_of(index: Index, entity: str) -> Iterable[str]:
    if entity not in index.deck.entities:
        return ()
    return index.companions(entity)


def _second_hand(index: Index, key: str) -> Iterator[str]:
    """Those that share a fact with something that shares one with the key."""
    for other in index.companions(key)[:4]:
        yield from index.companions(other)[:_SIDEWAYS]


def _entities(index: Index, key: str, candidates: Iterable[str], role: str) -> list[Option]:
    options = [
        Option(
            index.entity(one).name,
            one,
            one,
            likeness.entity_likeness(index, key, one),
            role in index.roles(one),
        )
        for one in islice(candidates, _ENOUGH)
    ]
    return _best_first(options)


def _best_first(options: Iterable[Option]) -> list[Option]:
    return sorted(options, key=lambda option: (not option.kin, -option.like, option.value))


def _scaled(index: Index, fact: Fact) -> list[Option]:
    number = index.kind(fact) is ValueKind.NUMBER
    found: dict[str, Option] = {}
    for other in scales(index).near(fact):
        value = in_shape(fact.quantity(), other.value) if number else other.value
        if value not in found and value != fact.value:
            like = scale_likeness(index, fact, other)
            found[value] = Option(value_text(index, fact, value), value, like=like)
    return _best_first(found.values())


def _terms(index: Index, fact: Fact) -> list[Option]:
    """Values of the same relation, of subjects of a like type: a doctrine's other name tells
    nothing beside a battle's."""
    values = sample(index.values_of[fact.relation], fact.uid, _ENOUGH + 1)
    near = [other.value for other in index.deck.by_entity[fact.about] if _is_like(fact, other)]
    options = []
    as_long = sample(index.as_long(fact.relation, fact.value, subjects=False), fact.uid)
    for value in dict.fromkeys([*near, *as_long, *values]):
        like = _subjects_alike(index, fact, value)
        if value != fact.value and like is not None:
            name = index.entity(fact.about).name
            weight = likeness.term_likeness(fact.value, value, name)
            options.append(Option(value, value, like=weight, kin=like))
    return _best_first(options)


def _subjects_alike(index: Index, fact: Fact, value: str) -> bool | None:
    """Whether the term is said of an entity of the same type; None if not even of a kindred."""
    own = index.entity(fact.about).type
    others = index.types_holding(fact.relation, fold(value))
    if own in others:
        return True
    widening = index.deck.vocabulary.widening
    kindred = any(not set(widening(own)).isdisjoint(widening(other)) for other in others)
    return False if kindred else None


def _is_like(fact: Fact, other: Fact) -> bool:
    return other.relation == fact.relation and other.about == fact.about


# The guard


@dataclass(frozen=True)
class Guard:
    """Turns away what would not be a fair wrong answer to a fact asked with some stems.

    `names` are what every one of the stems speaks of; `stems` their words.
    """

    index: Index
    fact: Fact
    key: Option
    names: frozenset[str]
    stems: tuple[str, ...]
    reverse: bool = False

    @cached_property
    def _own(self) -> list[str]:
        return own_values(self.index, self.fact, self.names)

    @cached_property
    def _sisters(self) -> list[str]:
        return sister_values(self.index, self.fact, self.names)

    @cached_property
    def _stem_texts(self) -> list[str]:
        return [f" {fold(stem)} " for stem in self.stems]

    def __call__(self, option: Option) -> str:
        """Why this candidate is not fair, or nothing."""
        if is_vetoed(self.fact, option.value):
            return RULED_OUT
        return self._untrue(option) or self._alike(option) or self._plausible(option)

    def _untrue(self, option: Option) -> str:
        if self.reverse:
            if not self.index.of(option.value, self.fact.relation):
                return gettext_noop("the deck is silent on it")
            right = could_be_subject(self.index, self.fact, self.names, option.value)
            return gettext_noop("may be right too") if right else ""
        relation = self.index.relation(self.fact)
        if any(compatible(self.index, relation, option.value, value) for value in self._own):
            return gettext_noop("a source supports it")
        if any(compatible(self.index, relation, option.value, value) for value in self._sisters):
            return gettext_noop("true of a kindred relation")
        return ""

    def _alike(self, option: Option) -> str:
        if self._entity and holds_tokens(option.text, self.key.text):
            return gettext_noop("its words are the answer’s")
        if scripts(option.text) != scripts(self.key.text):
            return gettext_noop("of another script")
        folded = f" {fold(option.text)} "
        if any(folded in stem for stem in self._stem_texts):
            return gettext_noop("the question speaks of it")
        return ""

    @property
    def _entity(self) -> bool:
        return self.reverse or self.index.kind(self.fact) in (ValueKind.ENTITY, ValueKind.TERM)

    def _plausible(self, option: Option) -> str:
        told = tells_itself(self.index, self.fact, self.names, option.value, reverse=self.reverse)
        if told:
            return told
        if self.reverse:
            then = could_be_subject_then(self.index, option.value, self.fact)
            return "" if then else gettext_noop("not of that time")
        match self.index.kind(self.fact):
            case ValueKind.ENTITY:
                then = could_be_value_then(self.index, option.value, self.fact)
                return "" if then else gettext_noop("not of that time")
            case ValueKind.DATE if told_by_year(self.index, self.fact, option.value):
                return FAR
            case ValueKind.DATE:
                return (
                    ""
                    if in_era(self.index, self.fact, option.value)
                    else gettext_noop("outside the era")
                )
            case ValueKind.NUMBER:
                return unlike_figure(self.fact, option.value)
            case _:
                return unlike_term(self.key.text, option.text)


# The pool


def pool(
    guard: Guard,
    candidates: Iterable[Option],
    seen: likeness.Observed,
    card: str,
    *,
    ranked: bool,
    spare: Iterable[Option] = (),
) -> Pool:
    """Up to six fair distractors of which any two may stand together; strangers to the relation
    only until there are two.

    `ranked` options are shown in order of size; then the pool has larger and smaller ones, so
    that the key can stand anywhere among them, `spare` ones where there are not two on a side.
    """
    found = Pool()
    alive, given_up = _weighed(candidates, seen.get(card, {}))
    fair = _one_sided(guard, Lazily(_fair(guard, alive, found)), seen.get(card, {}))
    found.options = _chosen(guard, fair, ranked=ranked)
    if given_up and not any(_fits(guard, option) for option in found.options):
        more = [*fair, *_fair(guard, given_up, found)]
        found.options = _chosen(guard, more, ranked=ranked)
    # without any date or figure of the deck's own, others would be padding
    if ranked and (found.options or found.turned_away[FAR]):
        found.options = _on_both_sides(guard, found.options, spare, seen.get(card, {}))
    return found


def _one_sided(
    guard: Guard, fair: Lazily[Option], seen: Mapping[str, tuple[int, int]]
) -> Iterable[Option]:
    """Where a stem names the key's side and two or more are of it, those alone: else the key may
    be told by which of the names could be of that side. What learners gave stays."""
    spoken = {guard.fact.value if guard.reverse else guard.fact.about}
    spoken |= set(mentioned(guard.fact, guard.names).values())
    own = Lazily(
        option
        for option in fair
        if likeness.is_frequent(seen.get(option.value, (0, 0)))
        or not of_other_side(guard.index, guard.key.value, option.value, spoken, guard.stems)
    )
    return own if len(list(islice(own, DISTRACTORS))) == DISTRACTORS else fair


def _on_both_sides(
    guard: Guard,
    options: Sequence[Option],
    spare: Iterable[Option],
    seen: Mapping[str, tuple[int, int]],
) -> list[Option]:
    """At most six, with two smaller and two larger than the key wherever spare ones give them."""
    key = _size(guard.key.value)
    added: list[Option] = []
    sides = Counter(_size(option.value) > key for option in options)
    if min(sides[False], sides[True]) >= DISTRACTORS:
        return list(options)
    alive, _ = _weighed(spare, seen)
    for option in sorted(alive, key=lambda option: not _fits(guard, option)):
        side = _size(option.value) > key
        beside = (*options, *added)
        if sides[side] >= DISTRACTORS or guard(option):
            continue
        if all(_well_apart(guard, option, other) for other in (guard.key, *beside)):
            sides[side] += 1
            added.append(option)
    return [*options[: POOL - len(added)], *added]


def _chosen(guard: Guard, fair: Iterable[Option], *, ranked: bool) -> list[Option]:
    """Those as long as the key where there are two; one such beside another; else as they come."""
    order = partial(_balanced, guard.key) if ranked else iter
    kin = (option for option in fair if option.kin and _fits(guard, option))
    fitting = standing_together(guard, order(kin), POOL)
    if len(fitting) >= DISTRACTORS:
        return fitting
    most = DISTRACTORS if fitting else POOL
    return standing_together(guard, chain(fitting, order(fair)), most)


def standing_together(guard: Guard, options: Iterable[Option], most: int) -> list[Option]:
    """The first of which any two may be shown; strangers to the relation only up to two."""
    found: list[Option] = []
    for option in options:
        if len(found) >= (most if option.kin else DISTRACTORS):
            break
        if option not in found and all(_together(guard, option, other) for other in found):
            found.append(option)
    return found


def _fits(guard: Guard, option: Option) -> bool:
    return likeness.fitting_length(guard.key.text, option.text)


def _weighed(
    candidates: Iterable[Option], seen: Mapping[str, tuple[int, int]]
) -> tuple[list[Option], list[Option]]:
    """Likeliest first, by what learners chose; and those that hardly anyone chose."""
    if not seen:
        return list(candidates), []
    alive: list[Option] = []
    given_up: list[Option] = []
    for option in candidates:
        taken = seen.get(option.value)
        weighed = replace(option, like=likeness.plausibility(option.like, taken))
        (given_up if likeness.hardly_chosen(taken) else alive).append(weighed)
    return _best_first(alive), given_up


def _fair(guard: Guard, candidates: Iterable[Option], found: Pool) -> Iterator[Option]:
    for option in candidates:
        why = guard(option)
        if why:
            found.turned_away[why] += 1
        else:
            yield option


def _balanced(key: Option, options: Iterable[Option]) -> Iterator[Option]:
    """Smaller and larger ones by turns, the likeliest of each first."""
    size = _size(key.value)
    sides: tuple[list[Option], list[Option]] = ([], [])
    for option in options:
        sides[_size(option.value) > size].append(option)
    for at in range(max(map(len, sides))):
        for side in sides:
            yield from side[at : at + 1]


def _size(value: str) -> float:
    try:
        return float(parse_quantity(value).amount)
    except ValueError:
        return parse_span(value).middle


def _together(guard: Guard, one: Option, two: Option) -> bool:
    """Whether two wrong answers may stand side by side."""
    if guard.reverse:
        return not guard.index.related(one.value, two.value) and _texts_apart(one, two)
    match guard.index.kind(guard.fact):
        case ValueKind.NUMBER:
            away = least_gap(guard.fact.quantity())
            return apart(parse_quantity(one.value), parse_quantity(two.value), away)
        case ValueKind.DATE:
            return not parse_span(one.value).overlaps(parse_span(two.value))
        case ValueKind.ENTITY:
            return not guard.index.related(one.value, two.value) and _texts_apart(one, two)
        case _:
            return _texts_apart(one, two)


def _well_apart(guard: Guard, spare: Option, other: Option) -> bool:
    """What is worked out is nobody's figure: near another it would be splitting hairs."""
    if guard.index.kind(guard.fact) is not ValueKind.NUMBER:
        return other is guard.key or _together(guard, spare, other)
    return apart(parse_quantity(spare.value), parse_quantity(other.value))


def _texts_apart(one: Option, two: Option) -> bool:
    return tokens(one.text) != tokens(two.text) and not holds_tokens(one.text, two.text)
