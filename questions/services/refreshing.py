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

from django.db.models import F

from questions.domain.generation.bank import Made, write_facts, write_set, write_sets
from questions.domain.generation.cards import list_key
from questions.domain.generation.cases import is_told_there
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.options import of_the_time
from questions.domain.generation.refusals import first_problem, unlike_the_rest
from questions.domain.generation.truth import could_be_subject
from questions.domain.generation.typed_errors import TypedErrors
from questions.domain.generation.writing import Given, Standing
from questions.domain.presentation import DISTRACTORS
from questions.domain.questions import CardSpec, State, Written
from questions.models import Deck, Question
from questions.queries.observed import observed_in
from questions.queries.refreshing import Around
from questions.queries.slices import around
from questions.queries.standing import StandingCard, entities_offered
from questions.services.bank_rows import BankRows, Batch, Counts, Known, replace_content
from questions.services.scale import place_some

MOST_EDITED = 30
"""More facts than these at once are sooner written from the whole deck."""


def refresh(
    deck: Deck, edited: set[int], touched: Collection[str] = (), *, afresh: bool = False
) -> Counts:
    """`edited` are the facts' numbers, removed ones among them; `touched` the facts that they bore
    upon before. `afresh`: wrong answers are looked for even where fair ones stand."""
    place_some(deck, edited)
    near = around(deck, edited, touched)
    pruned, poor = _pruned(near)
    unfair = _unfair_ones(near) | _unlike_ones(near) | poor
    uids = near.beside | unfair | near.nearest()
    near.take(uids, unfair)
    scope, sets = _in_scope(near, uids), _sets_in_scope(near)
    rows = BankRows(deck, _known(near), {card.spec.key: card.pk for card in (*scope, *sets)})
    said = TypedErrors(near.index).said
    observed = observed_in(deck, said, [card.pk for card in scope])
    batch = Batch()
    standing = {} if afresh else _fair_choices(near, uids)
    for made in _facts_again(near, uids, Given(observed, standing)):
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


def _unfair_ones(near: Around) -> set[str]:
    """Facts of the core of which a question is no longer fair, beside those that are written anew
    anyway."""
    again = near.beside
    return {
        uid
        for card in near.cards
        if card.fact and (uid := card.spec.facts[0]) in near.known and uid not in again
        if _has_become_unfair(near, card)
    }


def _has_become_unfair(near: Around, card: StandingCard) -> bool:
    """What an edit says of a subject in another matter bears upon nothing but when it was, and so
    on what may be offered."""
    if near.is_akin(near.known[card.spec.facts[0]][1]):
        return _unfair(near.index, card)
    return bool(near.redated) and _stands_out(near.index, card)


def _unfair(index: Index, card: StandingCard) -> bool:
    if any(uid not in index.by_uid for uid in card.spec.facts):
        return True
    return any(first_problem(Item(index, card.spec, each)) for each in _active(card))


def _stands_out(index: Index, card: StandingCard) -> bool:
    return any(unlike_the_rest(Item(index, card.spec, each)) for each in _active(card))


def _unlike_ones(near: Around) -> set[str]:
    """Facts of the same relations whose options stand out now, by their length or time."""
    known = near.index.by_uid
    return {
        card.spec.facts[0]
        for card in near.alike
        if card.spec.facts[0] in known and _stands_out(near.index, card)
    }


def _active(card: StandingCard) -> Iterator[Written]:
    return (each for each in card.questions if each.state is State.ACTIVE)


def _pruned(near: Around) -> tuple[dict[int, list[Written]], set[str]]:
    """Questions, by card, without the options of which the deck says nothing more or that have
    come to be of another time; and the facts of those that are poor without them."""
    pruned: dict[int, list[Written]] = {}
    poor = set()
    for card, out in _out_of_place(near):
        for each in _active(card):
            left = _without(each, out)
            fair = len(left.content["distractors"]) >= DISTRACTORS
            if fair and not unlike_the_rest(Item(near.index, card.spec, left)):
                pruned.setdefault(card.pk, []).append(left)
            else:
                poor.add(card.spec.facts[0])
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


def _in_scope(near: Around, uids: Collection[str]) -> list[StandingCard]:
    """The cards that this run writes, or retires: of these facts and of those gone, and the lists
    of either."""
    groups = [near.index.by_uid[uid].group for uid in uids] + [row.group for row in near.gone]
    lists = {list_key(group) for group in groups}
    gone = {row.uid for row in near.gone}
    return [
        card
        for card in near.cards
        if card.spec.key in lists or (card.fact and card.spec.facts[0] in {*uids, *gone})
    ]


def _sets_in_scope(near: Around) -> list[StandingCard]:
    """All of a relation that is at hand; else those that hold an edited fact, one that is gone or
    one of which more is said now, or that have come to be unfair."""
    turned = {row.uid for row in near.turned} | near.beside
    return [
        card
        for card in near.sets
        if near.is_whole(_relation_of(card))
        or not turned.isdisjoint(card.spec.facts)
        or _unfair(near.index, card)
    ]


def _fair_choices(near: Around, uids: Collection[str]) -> Standing:
    """What is offered beside these facts and need not be looked for again."""
    if not near.keeps:
        return {}
    return {
        card.spec.key: card.choices
        for card in near.cards
        if card.fact and card.spec.facts[0] in uids and _are_fair(near.index, card)
    }


def _are_fair(index: Index, card: StandingCard) -> bool:
    return not any(first_problem(Item(index, card.spec, each)) for each in card.choices)


def _facts_again(near: Around, uids: Collection[str], given: Given) -> list[Made]:
    """Anew with the neighbours of those that turn out to lack wrong answers; and where something
    turns out to be unfair once all is known of what is offered."""
    made = _made_of(near, uids, given)
    if near.look_around(given.searched):
        made = _made_of(near, uids, given)
    relations = {near.index.by_uid[uid].relation for uid in given.searched}
    while near.take_offered(_offered(made, given), relations) and _unfairly_made(near.index, made):
        made = _made_of(near, uids, given)
    return made


def _made_of(near: Around, uids: Collection[str], given: Given) -> list[Made]:
    facts = [near.index.by_uid[uid] for uid in sorted(uids)]
    return list(write_facts(near.index, facts, given))


def _offered(made: Iterable[Made], given: Given) -> set[str]:
    """As wrong answers that were looked for."""
    specs = {one.key: one.facts for one in made if isinstance(one, CardSpec)}
    written = (one for one in made if isinstance(one, Written))
    return {
        key
        for one in written
        if not given.searched.isdisjoint(specs[one.card])
        for key in entities_offered(one.content)
    }


def _unfairly_made(index: Index, made: Collection[Made]) -> bool:
    specs = {one.key: one for one in made if isinstance(one, CardSpec)}
    choices = (one for one in made if isinstance(one, Written) and entities_offered(one.content))
    return any(first_problem(Item(index, specs[one.card], one)) for one in choices)


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
