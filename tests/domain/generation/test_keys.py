"""Rules about the right answer: it is the deck's, and nothing but knowledge tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.facts import Deck
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.keys import odd_length
from questions.domain.generation.refusals import RULES
from questions.domain.generation.text import cues
from questions.domain.questions import Form
from tests.domain.generation.decks import deck, distractors, entity, fact
from tests.domain.generation.test_refusals import (
    BACKWARD,
    COMMANDER,
    DATE,
    LOSSES,
    PLACE,
    broken,
    item,
    option,
)

LONG = "Ford of the Seven Weeping Willows"


def edited(uid: str, value: str) -> Index:
    """The war after one fact was changed."""
    of = deck()
    facts = tuple(replace(f, value=value) if f.uid == uid else f for f in of.facts)
    return Index(replace(of, facts=facts))


@pytest.mark.parametrize("form", [Form.CHOICE, Form.TYPED, Form.CLOZE, Form.TRUE_FALSE])
def test_a_question_older_than_its_fact_is_refused(form: Form) -> None:
    sound = item(PLACE, form)
    assert broken(sound) == set()
    stale = replace(sound, index=edited("alder-place-harbin", "lowmoor"))
    assert "right key" in broken(stale)


def test_a_question_whose_entity_was_renamed_is_refused() -> None:
    sound = item(PLACE, Form.CHOICE)
    renamed = deck(entities=(entity("harbin", "place", "Harbour"),))
    assert "right key" in broken(replace(sound, index=Index(renamed)))


@pytest.mark.parametrize("form", [Form.ORDERING, Form.MATCHING])
def test_sets_older_than_a_date_of_theirs_are_refused(form: Form) -> None:
    of = deck()
    kind = "order:fought" if form is Form.ORDERING else "pairs:fought"
    card = next(c for c in write_bank(of).cards if c.key.startswith(kind))
    sound = item(card.key, form)
    assert broken(sound) == set()
    changed = replace(sound, index=edited(card.facts[0], "1700-01-01"))
    assert "right key" in broken(changed)


def test_a_question_on_a_fact_that_is_gone_is_refused() -> None:
    sound = item(PLACE, Form.CHOICE)
    card = replace(sound.card, facts=(*sound.card.facts, "gone"))
    assert "right key" in broken(replace(sound, card=card))


def test_a_figure_may_be_followed_by_its_unit() -> None:
    key = {**item(LOSSES, Form.CHOICE).content["key"], "text": "4,200 people"}
    assert "right key" not in broken(item(LOSSES, Form.CHOICE, content={"key": key}))


@pytest.mark.parametrize("stem", ["Who saw it?", "Whose field was it?", "By whom was it held?"])
def test_who_is_asked_of_people_only(stem: str) -> None:
    assert "who is a person" in broken(item(PLACE, Form.TYPED, stem=stem))
    assert "who is a person" not in broken(item(COMMANDER, Form.CHOICE, stem=stem))
    assert "who is a person" not in broken(item(PLACE, Form.TYPED, stem="Where was it?"))


def test_whose_word_it_is_asked_on_is_no_question_of_who() -> None:
    stem = "According to those who were there, where was it?"
    assert "who is a person" not in broken(item(PLACE, Form.TYPED, stem=stem))


def test_who_is_found_behind_whose_word_it_is_asked_on() -> None:
    for whose in ("According to Ana Lund", "The sources differ. According to any one of them"):
        stem = f"{whose}, who held it?"
        assert "who is a person" in broken(item(PLACE, Form.TYPED, stem=stem))


def test_dates_stand_in_order_and_names_do_not() -> None:
    assert broken(item(DATE, Form.CHOICE)) == set()
    assert "key anywhere" in broken(item(DATE, Form.CHOICE, content={"sorted": False}))
    assert "key anywhere" in broken(item(PLACE, Form.CHOICE, content={"sorted": True}))
    assert "key anywhere" in broken(item(BACKWARD, Form.CHOICE, content={"sorted": True}))


def test_an_article_at_the_end_of_the_stem_is_refused() -> None:
    assert "no grammar cue" in broken(item(PLACE, Form.CHOICE, stem="Alder Hill stood beside a"))
    assert "no grammar cue" not in broken(item(PLACE, Form.CHOICE))


@pytest.mark.parametrize("name", ["Fort A", "fort a"])
def test_a_name_that_ends_in_a_letter_has_no_article(name: str) -> None:
    named = entity("alder", "battle", name)
    stem = f"At which of these places was the {name}?"
    one = item(PLACE, Form.CHOICE, deck(entities=(named,)), stem=stem)
    assert "no grammar cue" not in broken(one)


def with_long_names(*names: str) -> Deck:
    """Battles of a new relation's places, so that lengths are all that differs."""
    places = [entity(f"p{at}", "place", name) for at, name in enumerate(names)]
    battles = [entity(f"b{at}", "battle", f"Fight {at}") for at in range(len(names))]
    facts = [fact(f"b{at}", "place", f"p{at}") for at in range(len(names))]
    return deck(*facts, base=False, entities=(*places, *battles))


def test_a_key_longer_than_the_rest_is_refused_where_two_others_are_as_long() -> None:
    as_long = [LONG.replace("Seven", "Three"), LONG.replace("Ford", "Bridge")]
    short = [option("p3", "Oak"), option("p4", "Ash")]
    card = "fact:b0-place-p0:value"

    def asked(of: Deck) -> set[str]:
        return broken(item(card, Form.CHOICE, of, content={"distractors": short}))

    assert "key length" in asked(with_long_names(LONG, *as_long, "Oak", "Ash"))
    assert "key length" not in asked(with_long_names(LONG, as_long[0], "Elm", "Oak", "Ash"))


def test_the_writer_takes_wrong_answers_as_long_as_the_key() -> None:
    names = (LONG, LONG.replace("Seven", "Thirteen"), LONG.replace("Ford", "Bridge"), "Oak", "Ash")
    of = with_long_names(*names)
    written = item("fact:b0-place-p0:value", Form.CHOICE, of).question
    assert set(distractors(written)) == {"p1", "p2"}


def test_of_one_fitting_wrong_answer_the_pool_has_one_other_so_that_it_is_always_shown() -> None:
    of = with_long_names(LONG, LONG.replace("Seven", "Three"), "Oak", "Ash", "Elm")
    one = item("fact:b0-place-p0:value", Form.CHOICE, of)
    assert len(distractors(one.question)) == 2
    assert "p1" in distractors(one.question)
    assert not odd_length(one)


def test_where_nothing_is_as_long_as_the_key_it_is_only_a_warning() -> None:
    one = item("fact:b0-place-p0:value", Form.CHOICE, with_long_names(LONG, "Oak", "Ash", "Elm"))
    assert broken(one) == set()
    assert odd_length(one)


def test_every_rule_of_the_design_has_a_name_and_a_sentence() -> None:
    assert {rule.number for rule in RULES} >= set(range(1, 12))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.says.endswith(".") for rule in RULES)


@pytest.mark.parametrize(
    ("word", "other", "cue"),
    [
        ("germany", "germanium", True),
        ("uranus", "uranium", True),
        ("japan", "japanese", True),
        ("poland", "polonium", False),
        ("interwar", "international", False),
        ("1938", "1939", False),
        ("conference", "conflict", False),
        ("cuba", "cuban", True),
        ("luna", "lunar", True),
        ("mont", "month", False),
        ("port", "portrait", False),
    ],
)
def test_words_of_one_stem_are_cues_to_each_other(word: str, other: str, cue: bool) -> None:
    assert bool(cues(frozenset({word}), frozenset({other}))) is cue
    assert bool(cues(frozenset({other}), frozenset({word}))) is cue
