"""An edited fact's questions: as much work in a deck of a million facts as in one of a hundred.

The edited facts, and those that say something of the same subject in the same relation, are
written anew. Whatever else the edit may have touched is looked over by the rules: what is still
fair stays as it is, the rest is written anew too. `docs/question-rules.md` says in what the bank
may then differ from one that is written from the whole deck.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from django.db.models import F

from questions.domain.generation.bank import Made, write_card, write_lists, write_set, write_sets
from questions.domain.generation.cards import list_key
from questions.domain.generation.cases import is_told_there
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.options import of_the_time
from questions.domain.generation.refusals import (
    ONE_RIGHT,
    PLAUSIBLE,
    SUPPORTED,
    first_problem,
    one_right,
    unlike_the_rest,
)
from questions.domain.generation.truth import could_be_subject
from questions.domain.generation.typed_errors import TypedErrors
from questions.domain.generation.writing import Given, Standing
from questions.domain.presentation import DISTRACTORS
from questions.domain.questions import CardSpec, Direction, State, Written
from questions.models import Deck, Question
from questions.queries.observed import observed_in
from questions.queries.refreshing import Around
from questions.queries.slices import around
from questions.queries.standing import StandingCard, entities_offered
from questions.services.bank_rows import BankRows, Batch, Counts, Known, replace_content
from questions.services.scale import place_some

MOST_EDITED = 30
"""More facts than these at once are sooner written from the whole deck."""

Way = tuple[str, Direction]
"""A fact, by uid, and which way its card asks it."""

MadeOf = dict[Way, list[Made]]


def refresh(
    deck: Deck, edited: set[int], touched: Collection[str] = (), *, afresh: bool = False
) -> Counts:
    """`edited` are the facts' numbers, removed ones among them; `touched` the facts that they bore
    upon before. `afresh`: wrong answers are looked for even where fair ones stand."""
    place_some(deck, edited)
    near = around(deck, edited, touched)
    pruned, poor = _pruned(near)
    ways = _ways_anyway(near)
    unfair, lacking = _unfair_ones(near, ways)
    lacking |= _unlike_ones(near) | poor
    ways |= unfair | lacking
    near.take({uid for uid, _ in ways}, {uid for uid, _ in lacking})
    scope, sets = _in_scope(near, ways), _sets_in_scope(near)
    rows = BankRows(deck, _known(near), {card.spec.key: card.pk for card in (*scope, *sets)})
    said = TypedErrors(near.index).said
    observed = observed_in(deck, said, [card.pk for card in scope])
    batch = Batch()
    standing = {} if afresh else _fair_choices(near, ways)
    for made in _facts_again(near, ways, Given(observed, standing)):
        rows.take(batch, made)
    for made in _sets_again(near, sets):
        rows.take(batch, made)
    rows.flush(batch)
    rows.retire_left()
    again = {card.pk for card in scope}
    left = {pk: written for pk, written in pruned.items() if pk not in again}
    rows.counts.touched |= left.keys()
    rows.counts.changed += replace_content(deck, left)
    taken = _take_out(near)
    rows.counts.touched.update(taken)
    rows.counts.retired += len(taken)
    return rows.counts


def _take_out(near: Around) -> list[int]:
    """The cards of what goes. What is too much for one edit waits for a whole writing, of which
    the deck's page reminds."""
    if near.out or not near.is_all:
        Deck.objects.filter(pk=near.deck.pk).update(written=F("revision") - 1)
    if not near.out:
        return []
    gone = Question.objects.active().filter(pk__in=near.out)
    cards = list(gone.values_list("card_id", flat=True))
    gone.update(state=Question.State.RETIRED)
    return cards


# What is no longer fair


def _unfair_ones(near: Around, anyway: Collection[Way]) -> tuple[set[Way], set[Way]]:
    """Cards of the core of which a question is no longer fair, beside those that are written anew
    anyway; and those of them that other wrong answers could mend."""
    broken = {
        _way(card): set(_new_problems(near, card))
        for card in near.cards
        if card.fact and card.spec.facts[0] in near.known and _way(card) not in anyway
    }
    unfair = {way for way, rules in broken.items() if rules}
    return unfair, {way for way in unfair if broken[way] != {ONE_RIGHT}}


def _new_problems(near: Around, card: StandingCard) -> Iterator[str]:
    """By their rules' names. What an edit says of a subject in another matter bears upon nothing
    but when it was, and so on what may be offered."""
    if card.fact in near.rivals:
        yield from _rivalled(near, card)
    elif near.is_akin(near.known[card.spec.facts[0]][1]):
        yield from _problems(near.index, card)
    elif near.redated and _stands_out(near.index, card):
        yield PLAUSIBLE


def _rivalled(near: Around, card: StandingCard) -> Iterator[str]:
    """Who has the same value now may be meant too, or stands among the wrong options."""
    for item in (Item(near.index, card.spec, each) for each in card.questions):
        if one_right(item):
            yield ONE_RIGHT
        if any(_is_right_too(item, key) for key in near.subjects & entities_offered(item.content)):
            yield SUPPORTED


def _problems(index: Index, card: StandingCard) -> Iterator[str]:
    items = (Item(index, card.spec, each) for each in card.questions)
    return (problem[0].name for item in items if (problem := first_problem(item)))


def _is_unfair(index: Index, card: StandingCard) -> bool:
    return any(uid not in index.by_uid for uid in card.spec.facts) or any(_problems(index, card))


def _stands_out(index: Index, card: StandingCard) -> bool:
    return any(unlike_the_rest(Item(index, card.spec, each)) for each in _active(card))


def _unlike_ones(near: Around) -> set[Way]:
    """Cards of the same relations whose options stand out now, by their length or time."""
    known = near.index.by_uid
    return {
        _way(card)
        for card in near.alike
        if card.spec.facts[0] in known and _stands_out(near.index, card)
    }


def _active(card: StandingCard) -> Iterator[Written]:
    return (each for each in card.questions if each.state is State.ACTIVE)


def _pruned(near: Around) -> tuple[dict[int, list[Written]], set[Way]]:
    """Questions, by card, without the options of which the deck says nothing more or that have
    come to be of another time; and the cards that are poor without them."""
    pruned: dict[int, list[Written]] = {}
    poor: set[Way] = set()
    for card, out in _out_of_place(near):
        for each in _active(card):
            left = _without(each, out)
            fair = len(left.content["distractors"]) >= DISTRACTORS
            if fair and not unlike_the_rest(Item(near.index, card.spec, left)):
                pruned.setdefault(card.pk, []).append(left)
            else:
                poor.add(_way(card))
    return pruned, poor


def _out_of_place(near: Around) -> Iterator[tuple[StandingCard, set[str]]]:
    """Cards with those of their options that must go."""
    mute: dict[int, set[str]] = defaultdict(set)
    for about, card in near.silenced:
        if _untold(near.index, card, about):
            mute[card.pk].add(about)
    cards = {card.pk: card for card in (*(card for _, card in near.silenced), *near.timed)}
    for card in cards.values():
        out = mute[card.pk] | _untimely(near, card)
        if out:
            yield card, out


def _untold(index: Index, card: StandingCard, option: str) -> bool:
    """Whether the deck says nothing more of it where one of the card's questions asks."""
    items = [Item(index, card.spec, each) for each in _active(card)]
    return any(
        not item.facts or not is_told_there(index, item.fact, item.spoken, option) for item in items
    )


def _untimely(near: Around, card: StandingCard) -> set[str]:
    """What cannot have been there when what is asked was; or is right too, by its own dates."""
    if card.spec.facts[0] not in near.index.by_uid:
        return set()
    items = [Item(near.index, card.spec, each) for each in _active(card)]
    return {
        key
        for item in items
        for key in entities_offered(item.content)
        if not of_the_time(item, key) or (key in near.redated and _is_right_too(item, key))
    }


def _is_right_too(item: Item, key: str) -> bool:
    return item.reverse and could_be_subject(item.index, item.fact, item.spoken, key)


def _without(question: Written, entities: Collection[str]) -> Written:
    left = [one for one in question.content["distractors"] if one["entity"] not in entities]
    return replace(question, content={**question.content, "distractors": left})


# What is written


def _in_scope(near: Around, ways: Collection[Way]) -> list[StandingCard]:
    """The cards that this run writes, or retires: these and those of facts gone, and the lists of
    either."""
    groups = [near.index.by_uid[uid].group for uid, _ in ways] + [row.group for row in near.gone]
    lists = {list_key(group) for group in groups}
    gone = {row.uid for row in near.gone}
    return [
        card
        for card in near.cards
        if card.spec.key in lists
        or (card.fact and (_way(card) in ways or card.spec.facts[0] in gone))
    ]


def _sets_in_scope(near: Around) -> list[StandingCard]:
    """All of a relation that is at hand; else those that hold an edited fact, one that is gone or
    one of which more is said now, or that have come to be unfair."""
    turned = {row.uid for row in (*near.turned, *near.mates)} | near.beside
    return [
        card
        for card in near.sets
        if near.is_whole(_relation_of(card))
        or not turned.isdisjoint(card.spec.facts)
        or _is_unfair(near.index, card)
    ]


def _fair_choices(near: Around, ways: Collection[Way]) -> Standing:
    """What these cards offer and need not be looked for again."""
    if not near.keeps:
        return {}
    return {
        card.spec.key: card.choices
        for card in near.cards
        if card.fact and _way(card) in ways and _are_fair(near.index, card)
    }


def _are_fair(index: Index, card: StandingCard) -> bool:
    return not any(first_problem(Item(index, card.spec, each)) for each in card.choices)


def _facts_again(near: Around, ways: Collection[Way], given: Given) -> Iterator[Made]:
    """With the lists that they belong to."""
    made = _made_fair(near, ways, given)
    groups = {near.index.by_uid[uid].group for uid, _ in ways}
    return chain(*(made[way] for way in sorted(ways)), write_lists(near.index, groups))


def _made_fair(near: Around, ways: Collection[Way], given: Given) -> MadeOf:
    """Anew with the neighbours of those that turn out to lack wrong answers; and where something
    turns out to be unfair once these, and all that is told of what is offered, are known."""
    made = _made_of(near, ways, given)
    found = near.look_around({uid for uid, _ in given.searched})
    if found:
        lacked = {way for way in given.searched if way[0] in found}
        made |= _made_of(near, lacked | _unfairly_made(near.index, made), given)
    relations = {near.index.by_uid[uid].relation for uid, _ in given.searched}
    while near.take_offered(_offered(made, given), relations) and (
        unfair := _unfairly_made(near.index, made)
    ):
        made |= _made_of(near, unfair, given)
    return made


def _made_of(near: Around, ways: Iterable[Way], given: Given) -> MadeOf:
    index = near.index
    return {way: list(write_card(index, index.by_uid[way[0]], way[1], given)) for way in ways}


def _offered(made: MadeOf, given: Given) -> set[str]:
    """As wrong answers that were looked for."""
    written = (one for way in given.searched for one in made[way] if isinstance(one, Written))
    return {key for one in written for key in entities_offered(one.content)}


def _unfairly_made(index: Index, made: MadeOf) -> set[Way]:
    return {way for way, some in made.items() if any(_unfair_choices(index, some))}


def _unfair_choices(index: Index, made: Collection[Made]) -> Iterator[bool]:
    specs = {one.key: one for one in made if isinstance(one, CardSpec)}
    choices = (one for one in made if isinstance(one, Written) and entities_offered(one.content))
    return (first_problem(Item(index, specs[one.card], one)) is not None for one in choices)


def _ways_anyway(near: Around) -> set[Way]:
    """Of facts that may have become the only ones of their value only who it is of."""
    both = near.beside | near.nearest()
    return {(uid, way) for uid in both for way in (Direction.VALUE, Direction.SUBJECT)} | {
        (row.uid, Direction.SUBJECT) for row in near.mates
    }


def _way(card: StandingCard) -> Way:
    return card.spec.facts[0], card.spec.direction


def _relation_of(card: StandingCard) -> str:
    return card.spec.key.split(":", 2)[1]


def _sets_again(near: Around, standing: Iterable[StandingCard]) -> Iterator[Made]:
    for relation in sorted(near.set_relations):
        if near.is_whole(relation):
            yield from write_sets(near.index, relation)
    for card in standing:
        if not near.is_whole(_relation_of(card)):
            yield from write_set(near.index, card.spec)


def _known(near: Around) -> dict[str, Known]:
    """A fact's place is that of its cards; one that has none yet comes last."""
    places = {
        uid: card.position // 4 * 4 for card in near.cards if card.fact for uid in card.spec.facts
    }
    return {
        uid: Known(pk, relation, places.get(uid, near.next_place))
        for uid, (pk, relation) in near.known.items()
    }
