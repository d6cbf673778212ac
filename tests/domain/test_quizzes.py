"""Which questions make a quiz."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from questions.domain.chance import draw
from questions.domain.questions import Form, Written
from questions.domain.quizzes import SPARE, Candidate, Item, Offer, Telling, draw_items, shortlist

FORMS = (Form.CHOICE, Form.TYPED, Form.CLOZE)


def card(number: int, topic: int = 1, *facts: str, siblings: str = "") -> Candidate:
    return Candidate(number, topic, siblings or f"family {number}", frozenset(facts))


def written(number: int, form: Form = Form.TYPED) -> Written:
    return Written(str(number), form.value, form, f"Question {number}?", {})


def offers_for(cards: Sequence[Candidate], forms: Sequence[Form] = FORMS) -> dict[int, list[Offer]]:
    return {
        each.card: [
            Offer(each.card * 10 + at, written(each.card, form)) for at, form in enumerate(forms)
        ]
        for each in cards
    }


def harmless(question: Offer, other: Offer) -> Telling:
    return Telling.NOTHING


def neighbours(question: Offer, other: Offer) -> Telling:
    """Each question tells the answer of the next one and names that of the one after."""
    match int(other.written.card) - int(question.written.card):
        case 1:
            return Telling.TELLS
        case 2:
            return Telling.NAMES
    return Telling.NOTHING


def apart(one: Offer, two: Offer) -> bool:
    return Telling.TELLS not in (neighbours(one, two), neighbours(two, one))


cards_of_any_kind = st.lists(
    st.builds(
        Candidate,
        card=st.integers(1, 40),
        topic=st.integers(0, 4),
        siblings=st.sampled_from([f"family {n}" for n in range(12)]),
        facts=st.frozensets(st.sampled_from([f"fact {n}" for n in range(20)]), max_size=3),
    ),
    unique_by=lambda each: each.card,
    max_size=40,
)
seeds = st.integers(0, 2**32)


def drawn(cards: Sequence[Candidate], length: int, seed: int) -> list[Item]:
    return draw_items(cards, offers_for(cards), length, draw(b"key", seed), neighbours)


@given(cards_of_any_kind, st.integers(1, 20), seeds)
def test_no_two_items_rest_on_one_fact_or_tell_each_others_answer(
    cards: list[Candidate], length: int, seed: int
) -> None:
    items = drawn(cards, length, seed)
    assert len(items) <= length
    claims = [claim for item in items for claim in item.card.claims]
    assert len(claims) == len(set(claims))
    questions = [item.offer for item in items]
    assert all(apart(one, other) for one in questions for other in questions)


@given(cards_of_any_kind, st.integers(1, 20), seeds)
def test_nothing_more_would_fit_into_a_quiz_that_is_too_short(
    cards: list[Candidate], length: int, seed: int
) -> None:
    items = drawn(cards, length, seed)
    if len(items) == length:
        return
    claimed = {claim for item in items for claim in item.card.claims}
    taken = [item.offer for item in items]
    for spare in cards:
        question = Offer(0, written(spare.card))
        assert spare.claims & claimed or not all(apart(one, question) for one in taken)


@given(cards_of_any_kind, seeds)
def test_the_same_chance_draws_the_same_quiz(cards: list[Candidate], seed: int) -> None:
    assert drawn(cards, 10, seed) == drawn(cards, 10, seed)


def test_another_chance_draws_another_quiz() -> None:
    cards = [card(2 * number) for number in range(50)]
    quizzes = {tuple(item.card.card for item in drawn(cards, 5, seed)) for seed in range(20)}
    assert len(quizzes) > 15


@given(seeds, st.integers(1, 12))
def test_topics_take_turns(seed: int, length: int) -> None:
    cards = [card(100 * topic + number, topic) for topic in range(4) for number in range(20)]
    items = draw_items(cards, offers_for(cards), length, draw(b"key", seed), harmless)
    counts = Counter(dict.fromkeys(range(4), 0))
    counts.update(item.card.topic for item in items)
    assert len(items) == length
    assert max(counts.values()) - min(counts.values()) <= 1


def test_a_topic_with_few_cards_leaves_its_turns_to_the_others() -> None:
    cards = [card(1, 1), *(card(number, 2) for number in range(10, 20))]
    items = draw_items(cards, offers_for(cards), 6, draw(b"key"), harmless)
    assert Counter(item.card.topic for item in items) == {1: 1, 2: 5}


@given(seeds)
def test_forms_are_mixed(seed: int) -> None:
    cards = [card(number) for number in range(9)]
    items = draw_items(cards, offers_for(cards), 9, draw(b"key", seed), harmless)
    assert Counter(item.offer.written.form for item in items) == dict.fromkeys(FORMS, 3)


def test_questions_seen_before_come_last() -> None:
    cards = [card(1), card(2)]
    offers = offers_for(cards, [Form.TYPED, Form.CLOZE])
    for seed in range(20):
        items = draw_items(cards, offers, 2, draw(b"key", seed), harmless, seen={10, 20})
        assert {item.offer.question for item in items} == {11, 21}


def test_a_question_that_gives_another_away_yields_to_another_wording() -> None:
    cards = [card(1), card(2)]

    def tells(question: Offer, other: Offer) -> Telling:
        both_typed = {question.written.form, other.written.form} == {Form.TYPED}
        return Telling.TELLS if both_typed else Telling.NOTHING

    offers = offers_for(cards, [Form.TYPED, Form.TYPED, Form.CLOZE])
    for seed in range(20):
        items = draw_items(cards, offers, 2, draw(b"key", seed), tells)
        assert sorted(item.offer.written.form for item in items) in (
            [Form.CLOZE, Form.TYPED],
            [Form.CLOZE, Form.CLOZE],
        )


@given(seeds)
def test_a_question_that_names_anothers_key_is_taken_only_where_nothing_else_is_left(
    seed: int,
) -> None:
    cards = [card(10), card(12), card(20), card(22)]
    chance = draw(b"key", seed)
    two = draw_items(cards, offers_for(cards), 2, chance, neighbours)
    assert abs(two[0].card.card - two[1].card.card) > 2
    assert len(draw_items(cards, offers_for(cards), 4, chance, neighbours)) == 4


@given(seeds)
def test_another_wording_is_taken_where_one_names_anothers_key(seed: int) -> None:
    cards = [card(1), card(2)]

    def names(question: Offer, other: Offer) -> Telling:
        both = {question.question, other.question}
        return Telling.NAMES if both == {10, 20} else Telling.NOTHING

    items = draw_items(cards, offers_for(cards, [Form.TYPED] * 2), 2, draw(b"key", seed), names)
    assert {item.offer.question for item in items} != {10, 20}


def test_a_card_without_questions_is_passed_over() -> None:
    cards = [card(1), card(2)]
    items = draw_items(cards, offers_for(cards[1:]), 2, draw(b"key"), harmless)
    assert [item.card.card for item in items] == [2]


@given(seeds)
def test_the_shortlist_holds_one_of_each_family_and_all_topics_alike(seed: int) -> None:
    cards = [
        card(1000 * topic + number, topic, siblings=f"{topic} {number // 2}")
        for topic in range(4)
        for number in range(200)
    ]
    listed = shortlist(cards, 10, draw(b"key", seed))
    assert len(listed) == len({each.siblings for each in listed}) == SPARE * 10
    counts = Counter(each.topic for each in listed)
    assert all(abs(counts[topic] - 10) <= 4 for topic in range(4))


def test_of_a_small_deck_everything_is_listed() -> None:
    cards = [card(number) for number in range(7)]
    assert {each.card for each in shortlist(cards, 10, draw(b"key"))} == set(range(7))
