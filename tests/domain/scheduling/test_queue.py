"""What to study now: no siblings on a day, limits kept, failures back later, and no surprises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.scheduling import DueCard, NewCard, QueueCard, Session, plan_queue

MONDAY = date(2025, 3, 3)
SUNDAY = MONDAY - timedelta(days=1)


def due(card: int, recall: float = 0.9, *, fact: int | None = None, on: date = MONDAY) -> DueCard:
    return DueCard(card, fact if fact is not None else card, due=on, retrievability=recall)


def begun(card: int, met_since: int, *, fact: int | None = None) -> DueCard:
    return replace(due(card, fact=fact), met_since=met_since)


def new(card: int, *, fact: int | None = None, position: int = 0) -> NewCard:
    return NewCard(card, fact if fact is not None else card, position)


def session(new_left: int = 10, seconds_left: float | None = None) -> Session:
    return Session(
        MONDAY,
        new_left=new_left,
        seconds_left=seconds_left,
        seconds_per_due=10,
        seconds_per_new=20,
    )


def cards(queue: Sequence[QueueCard]) -> list[int]:
    return [card.card for card in queue]


facts = st.none() | st.integers(min_value=1, max_value=12)
due_cards = st.lists(
    st.builds(
        DueCard,
        card=st.integers(min_value=1, max_value=30),
        fact=facts,
        due=st.dates(MONDAY - timedelta(days=30), MONDAY + timedelta(days=3)),
        retrievability=st.floats(min_value=0, max_value=1),
        met_since=st.none() | st.integers(min_value=0, max_value=8),
    ),
    unique_by=lambda card: card.card,
    max_size=20,
)
new_cards = st.lists(
    st.builds(
        NewCard,
        card=st.integers(min_value=100, max_value=130),
        fact=facts,
        position=st.integers(min_value=0, max_value=5),
    ),
    unique_by=lambda card: card.card,
    max_size=20,
)
sessions = st.builds(
    Session,
    today=st.just(MONDAY),
    new_left=st.integers(min_value=0, max_value=10),
    seconds_left=st.none() | st.floats(min_value=-50, max_value=400),
    facts_met=st.frozensets(st.integers(min_value=1, max_value=12), max_size=3),
    due_done=st.integers(min_value=0, max_value=20),
    new_done=st.integers(min_value=0, max_value=20),
)


def was_begun(card: QueueCard) -> bool:
    return isinstance(card, DueCard) and card.met_since is not None


@given(due_cards, new_cards, sessions)
def test_siblings_are_never_met_on_the_same_day(
    due: list[DueCard], new: list[NewCard], session: Session
) -> None:
    queue = plan_queue(due, new, session)
    begun_facts = {card.fact for card in queue if was_begun(card)}
    first_met = [card.fact for card in queue if not was_begun(card) and card.fact is not None]
    assert len(first_met) == len(set(first_met))
    assert not set(first_met) & (session.facts_met | begun_facts)


@given(due_cards, new_cards, sessions)
def test_limits_on_new_cards_and_on_minutes_hold(
    due: list[DueCard], new: list[NewCard], session: Session
) -> None:
    queue = plan_queue(due, new, session)
    fresh = [card for card in queue if isinstance(card, NewCard)]
    first = [card for card in queue if not was_begun(card)]
    assert len(fresh) <= session.new_left
    if session.seconds_left is not None and first:
        reviews = len(queue) - len(fresh)
        seconds = reviews * session.seconds_per_due + len(fresh) * session.seconds_per_new
        assert seconds <= session.seconds_left


@given(due_cards, new_cards, sessions)
def test_what_was_begun_today_stays_and_nothing_comes_before_its_day_or_twice(
    due: list[DueCard], new: list[NewCard], session: Session
) -> None:
    queue = plan_queue(due, new, session)
    assert {card for card in due if was_begun(card) and card.due <= MONDAY} <= set(queue)
    assert all(card.due <= MONDAY for card in queue if isinstance(card, DueCard))
    assert len(cards(queue)) == len(set(cards(queue)))
    assert set(queue) <= {*due, *new}


@given(due_cards, new_cards, sessions, st.randoms(use_true_random=False))
def test_the_queue_does_not_depend_on_the_order_in_which_cards_are_read(
    due: list[DueCard], new: list[NewCard], session: Session, random: Random
) -> None:
    queue = plan_queue(due, new, session)
    random.shuffle(due)
    random.shuffle(new)
    assert plan_queue(due, new, session) == queue


@given(due_cards, new_cards, sessions)
def test_answering_card_after_card_leads_through_the_queue_as_it_was_planned(
    due: list[DueCard], new: list[NewCard], session: Session
) -> None:
    """Every card is answered right, at the pace expected."""
    planned = plan_queue(due, new, session)
    met = []
    while queue := plan_queue(due, new, session):
        card = queue[0]
        met.append(card)
        session = after_meeting(card, session)
        new = [other for other in new if other != card]
        due = [
            other if other.met_since is None else replace(other, met_since=other.met_since + 1)
            for other in due
            if other != card
        ]
    assert cards(met) == cards(planned)


def after_meeting(card: QueueCard, session: Session) -> Session:
    fresh = isinstance(card, NewCard)
    seconds = session.seconds_per_new if fresh else session.seconds_per_due
    return replace(
        session,
        facts_met=session.facts_met | {card.fact},
        new_left=session.new_left - fresh,
        new_done=session.new_done + fresh,
        due_done=session.due_done + (not fresh and not was_begun(card)),
        seconds_left=None if session.seconds_left is None else session.seconds_left - seconds,
    )


def test_what_is_most_likely_forgotten_comes_first_then_what_is_most_overdue() -> None:
    queue = plan_queue(
        [due(1, 0.9), due(2, 0.5), due(3, 0.7), due(4, 0.7, on=SUNDAY)], [], session()
    )
    assert cards(queue) == [2, 4, 3, 1]


def test_equals_come_in_another_order_another_day() -> None:
    equals = [due(card) for card in range(1, 21)]
    today = cards(plan_queue(equals, [], session()))
    tomorrow = replace(session(), today=MONDAY + timedelta(days=1))
    assert sorted(today) == list(range(1, 21))
    assert today not in (list(range(1, 21)), cards(plan_queue(equals, [], tomorrow)))


def test_new_cards_come_in_their_order_spread_evenly_between_the_due() -> None:
    reviews = [due(card, card / 10) for card in range(1, 7)]
    queue = plan_queue(reviews, [new(12, position=2), new(11, position=1)], session())
    assert cards(queue) == [1, 2, 11, 3, 4, 5, 12, 6]


def test_due_cards_have_first_call_on_the_minutes() -> None:
    reviews = [due(1, 0.1), due(2, 0.2), due(3, 0.3)]
    assert cards(plan_queue(reviews, [new(9)], session(seconds_left=25))) == [1, 2]
    assert set(cards(plan_queue(reviews, [new(9)], session(seconds_left=49)))) == {1, 2, 3}
    assert set(cards(plan_queue(reviews, [new(9)], session(seconds_left=50)))) == {1, 2, 3, 9}


def test_a_card_begun_today_is_finished_even_when_the_minutes_are_over() -> None:
    assert cards(plan_queue([begun(1, 0), due(2)], [new(9)], session(seconds_left=0))) == [1]


def test_the_card_begun_today_comes_back_although_its_fact_was_met() -> None:
    met = replace(session(), facts_met=frozenset({7}))
    queue = plan_queue([begun(1, 5, fact=7), due(2, fact=7)], [new(9, fact=7)], met)
    assert cards(queue) == [1]


def test_cards_without_a_fact_have_no_siblings() -> None:
    alone = [DueCard(1, None, MONDAY, 0.5), DueCard(2, None, MONDAY, 0.6)]
    assert cards(plan_queue(alone, [], session())) == [1, 2]


@pytest.mark.parametrize(("met_since", "place"), [(0, 5), (1, 4), (4, 1), (5, 0), (99, 0)])
def test_a_failed_card_comes_back_when_five_others_were_met(met_since: int, place: int) -> None:
    others = [due(card, card / 100) for card in range(2, 20)]
    queue = plan_queue([begun(1, met_since), *others], [], session())
    assert cards(queue).index(1) == place


def test_a_failed_card_is_not_next_when_another_remains_and_is_when_none_does() -> None:
    assert cards(plan_queue([begun(1, 0), due(2)], [], session())) == [2, 1]
    assert cards(plan_queue([begun(1, 0)], [new(9)], session())) == [9, 1]
    assert cards(plan_queue([begun(1, 0), begun(2, 1)], [], session())) == [2, 1]
    assert cards(plan_queue([begun(1, 0)], [], session())) == [1]


def test_of_two_failed_cards_the_one_failed_first_comes_back_first() -> None:
    others = [due(card, card / 100) for card in range(3, 20)]
    assert cards(plan_queue([begun(1, 9), begun(2, 6), *others], [], session()))[:3] == [1, 2, 3]
    queue = cards(plan_queue([begun(1, 0), begun(2, 1), *others], [], session()))
    assert (queue.index(2), queue.index(1)) == (4, 5)


def test_of_siblings_the_one_most_likely_forgotten_is_asked() -> None:
    assert cards(plan_queue([due(1, 0.8, fact=7), due(2, 0.6, fact=7)], [], session())) == [2]
