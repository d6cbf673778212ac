"""The wrong answers of a choice: the candidates that pass the guard, best first, of which any two
may be shown together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice

from questions.domain.facts import ValueKind
from questions.domain.generation import likeness
from questions.domain.generation.asking import mentioned
from questions.domain.generation.candidates import Option, best_first
from questions.domain.generation.figures import only_names, pair_gap
from questions.domain.generation.guard import FAR, RULED_OUT, Guard
from questions.domain.generation.in_series import in_series
from questions.domain.generation.in_time import in_time
from questions.domain.generation.lazily import Lazily
from questions.domain.generation.scales import apart, scales, spare_gap, stand_apart
from questions.domain.generation.sides import of_other_side
from questions.domain.generation.text import fold, holds_tokens, holds_words, tokens
from questions.domain.generation.when import has_near_date
from questions.domain.messages import Sentence, gettext_noop
from questions.domain.values import parse_quantity, parse_span

POOL = 6
DISTRACTORS = 2
LONE = 0.25
"""Likeness that a wrong answer needs to stand alone: a shared side, or name and company."""
_NEARLY = 0.8
"""Share of that of the first two that a further one needs."""


@dataclass(slots=True)
class Pool:
    """The distractors found, best first, and how many candidates each rule turned away. `in_vain`:
    none were looked for, since the rules refuse the question whatever it offers."""

    options: list[Option] = field(default_factory=list)
    turned_away: Counter[str] = field(default_factory=Counter)
    in_vain: bool = False

    def why_no_choice(self) -> str:
        """Two options are fair, unless the other one is no temptation."""
        if self.in_vain:
            return ""
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
    at_home = _at_home(guard, Lazily(_fair(guard, alive, found)), seen.get(card, {}))
    fair = _one_sided(guard, at_home, seen.get(card, {}))
    found.options = _chosen(guard, fair, ranked=ranked)
    if given_up and not any(_fits(guard, option) for option in found.options):
        more = [*fair, *_fair(guard, given_up, found)]
        found.options = _chosen(guard, more, ranked=ranked)
    # without any date or figure of the deck's own, others would be padding
    known = ranked and (found.options or found.turned_away[FAR])
    if known and _lacks_a_side(guard, found.options):
        made_up = () if _speak_for_themselves(guard, found.options) else spare
        weighed, _ = _weighed(made_up, seen.get(card, {}))
        found.options = _on_both_sides(guard, found.options, _left(guard, alive, found), weighed)
    return found


def _left(guard: Guard, alive: Iterable[Option], found: Pool) -> list[Option]:
    """Figures of the deck that a pool has no place for, except on a side that lacks any; where two
    are as long as the key, others would let it stand out."""
    if guard.index.kind(guard.fact) is not ValueKind.NUMBER:
        return []
    rest = (option for option in alive if option not in found.options)
    left = [option for option in rest if _is_at_home(guard, option.value)]
    fitting = [option for option in found.options if _fits(guard, option)]
    return left if len(fitting) < DISTRACTORS else [each for each in left if _fits(guard, each)]


def _speak_for_themselves(guard: Guard, options: Sequence[Option]) -> bool:
    """Three of the deck's own numbers that only name something are enough, on whichever side: one
    that names nothing is known by that."""
    if guard.index.kind(guard.fact) is not ValueKind.NUMBER or len(options) <= DISTRACTORS:
        return False
    return only_names(guard.index, guard.fact)


def _at_home(
    guard: Guard, fair: Lazily[Option], seen: Mapping[str, tuple[int, int]]
) -> Lazily[Option]:
    """Of candidates that nothing rules out those that are of the matter’s time and place, if there
    are two, or one figure beside which others are worked out. What learners gave stays."""
    is_at_home = _home_of(guard)
    if is_at_home is None:
        return fair
    near = Lazily(
        option
        for option in fair
        if likeness.is_frequent(seen.get(option.value, (0, 0))) or is_at_home(option.value)
    )
    number = not guard.reverse and guard.index.kind(guard.fact) is ValueKind.NUMBER
    enough = 1 if number else DISTRACTORS
    for strangers in (False, True):  # of the relation's own those far off go before them
        if _are(near, enough, strangers=strangers):
            return near
        if _are(fair, enough, strangers=strangers):
            break
    return fair


def _home_of(guard: Guard) -> Callable[[str], bool] | None:
    """What tells a place known from about that time, a work made since its maker was born, a name
    that does not go with another thing; a date within fifty years; a figure of the same part."""
    index, fact, kind = guard.index, guard.fact, guard.index.kind(guard.fact)
    if kind is ValueKind.ENTITY:
        start = fact.value if guard.reverse else fact.about
        return lambda value: (
            in_time(index).is_of_age(value, start, guard.key.value)
            and (
                guard.reverse
                or not in_series(index).goes_with_another(value, fact.about, fact.relation)
            )
        )
    if kind is ValueKind.DATE and guard.reverse:
        return lambda value: not index.life(value) or has_near_date(index, value, fact)
    if kind is ValueKind.NUMBER and not guard.reverse and scales(index).has_parts(fact):
        return lambda value: not scales(index).is_of_other_part(fact, value)
    return None


def _are(options: Iterable[Option], enough: int, *, strangers: bool) -> bool:
    found = islice((one for one in options if one.kin or strangers), enough)
    return len(list(found)) == enough


def _is_at_home(guard: Guard, value: str) -> bool:
    """A place known from about that time, a work made since its maker was born, a name that does
    not go with another thing; a date within fifty years; a figure of the same part."""
    index, fact = guard.index, guard.fact
    match index.kind(fact):
        case ValueKind.ENTITY if guard.reverse:
            return in_time(index).is_of_age(value, fact.value, guard.key.value)
        case ValueKind.ENTITY:
            own = in_time(index).is_of_age(value, fact.about, guard.key.value)
            goes_with_another = in_series(index).goes_with_another
            return own and not goes_with_another(value, fact.about, fact.relation)
        case ValueKind.DATE if guard.reverse and index.life(value):
            return has_near_date(index, value, fact)
        case ValueKind.NUMBER if not guard.reverse:
            return not scales(index).is_of_other_part(fact, value)
        case _:
            return True


def _one_sided(
    guard: Guard, fair: Lazily[Option], seen: Mapping[str, tuple[int, int]]
) -> Lazily[Option]:
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


def _lacks_a_side(guard: Guard, options: Sequence[Option]) -> bool:
    sides = _sides(guard, options)
    return min(sides[False], sides[True]) < DISTRACTORS


def _sides(guard: Guard, options: Sequence[Option]) -> Counter[bool]:
    """How many are smaller than the key, and larger."""
    key = _size(guard.key.value)
    return Counter(_size(option.value) > key for option in options)


def _on_both_sides(
    guard: Guard,
    options: Sequence[Option],
    own: Sequence[Option],
    made_up: Sequence[Option],
) -> list[Option]:
    """At most six, with two smaller and two larger than the key wherever others give them: the
    deck's own before what is made up, but for such as stand out by their length; what is made up
    less round than the key last."""

    def place(option: Option) -> tuple[bool, bool]:
        return option not in own and _is_less_round(guard, option), not _fits(guard, option)

    key = _size(guard.key.value)
    added: list[Option] = []
    sides = _sides(guard, options)
    for option in sorted((*own, *made_up), key=place):
        side = _size(option.value) > key
        beside = (*options, *added)
        if sides[side] >= DISTRACTORS or guard(option):
            continue
        if option in own:
            fair = all(_together(guard, option, other) for other in beside)
        else:
            fair = all(_well_apart(guard, option, other) for other in (guard.key, *beside))
        if fair:
            sides[side] += 1
            added.append(option)
    return [*options[: POOL - len(added)], *added]


def _is_less_round(guard: Guard, option: Option) -> bool:
    """Beside 50, 60, 80 and 120 a 99 is known for made up."""
    if guard.index.kind(guard.fact) is not ValueKind.NUMBER:
        return False
    return parse_quantity(option.value).rounding < guard.fact.quantity().rounding


def _chosen(guard: Guard, fair: Iterable[Option], *, ranked: bool) -> list[Option]:
    """Those as long as the key where there are two; one such beside another; else as they come.
    Beyond, unless sizes decide, whatever tempts as much."""
    order = partial(_balanced, guard.key) if ranked else iter
    kin = (option for option in fair if option.kin and _fits(guard, option))
    found = standing_together(guard, order(kin), POOL)
    if len(found) < DISTRACTORS:
        most = DISTRACTORS if found else POOL
        found = standing_together(guard, chain(found, order(fair)), most)
    return found if ranked or len(found) < DISTRACTORS else _filled_up(guard, found, fair)


def _filled_up(guard: Guard, found: Sequence[Option], fair: Iterable[Option]) -> list[Option]:
    """With more that would be good enough alone, and are nearly as like as the first two: so there
    is something to choose from by how firm a memory is. Strangers join only strangers."""
    first = found[:DISTRACTORS]
    least = max(LONE, _NEARLY * min(option.like for option in first))
    strangers = not any(option.kin for option in first)
    filled = list(found)
    for option in fair:
        if len(filled) == POOL or not (option.kin or (strangers and option.like >= least)):
            break  # the likest strangers come last
        if option.like >= least and option not in filled and _joins(guard, option, filled):
            filled.append(option)
    return best_first(filled)


def _joins(guard: Guard, option: Option, others: Sequence[Option]) -> bool:
    """Whether it may be shown beside any of these; no two are much longer than the key, or much
    shorter."""
    odd = likeness.stands_out(guard.key.text, option.text)
    if odd and any(likeness.stands_out(guard.key.text, other.text) == odd for other in others):
        return False
    return all(
        _together(guard, option, other) and not _of_one_subject(guard, option, other)
        for other in others
    )


def standing_together(guard: Guard, options: Iterable[Option], most: int) -> list[Option]:
    """The first of which any two may be shown; strangers to the relation only up to two. No two
    are of one other subject, unless else there would not be two."""
    offered = Lazily(options)
    mixed = _first(guard, offered, most, mixed=True)
    return mixed if len(mixed) >= DISTRACTORS else _first(guard, offered, most, mixed=False)


def _first(guard: Guard, options: Iterable[Option], most: int, *, mixed: bool) -> list[Option]:
    found: list[Option] = []
    for option in options:
        if len(found) >= (most if option.kin else DISTRACTORS):
            break
        if option in found or not all(_together(guard, option, other) for other in found):
            continue
        if not (mixed and any(_of_one_subject(guard, option, other) for other in found)):
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
    return best_first(alive), given_up


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


def _size(value: str) -> tuple[float, float]:
    try:
        return parse_quantity(value).place
    except ValueError:
        return parse_span(value).middle, 0.0


def _together(guard: Guard, one: Option, two: Option) -> bool:
    """Whether two wrong answers may stand side by side."""
    if guard.reverse:
        return not guard.index.related(one.value, two.value) and _texts_apart(one, two)
    match guard.index.kind(guard.fact):
        case ValueKind.NUMBER:
            away = pair_gap(guard.fact)
            relation = guard.index.relation(guard.fact)
            figures = parse_quantity(one.value), parse_quantity(two.value)
            return stand_apart(relation, *figures, away)
        case ValueKind.DATE:
            return not parse_span(one.value).overlaps(parse_span(two.value))
        case ValueKind.ENTITY:
            return not guard.index.related(one.value, two.value) and _texts_apart(one, two)
        case _:
            return not holds_words(one.text, two.text)


def _well_apart(guard: Guard, spare: Option, other: Option) -> bool:
    """What is worked out is nobody's figure: near another it would be splitting hairs."""
    if guard.index.kind(guard.fact) is not ValueKind.NUMBER:
        return other is guard.key or _together(guard, spare, other)
    away = spare_gap(guard.index, guard.fact, _size(spare.value)[0])
    return apart(parse_quantity(spare.value), parse_quantity(other.value), away)


def _of_one_subject(guard: Guard, one: Option, two: Option) -> bool:
    """Two movements of another work show by each other that it is the third which is not of it."""
    if guard.reverse or guard.index.kind(guard.fact) is not ValueKind.TERM:
        return False
    subjects = (
        {fact.about for fact in guard.index.holders(guard.fact.relation, fold(option.value))}
        for option in (one, two)
    )
    return bool(set.intersection(*subjects))


def _texts_apart(one: Option, two: Option) -> bool:
    return tokens(one.text) != tokens(two.text) and not holds_tokens(one.text, two.text)
