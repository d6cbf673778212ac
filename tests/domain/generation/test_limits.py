"""Ranges of figures: one that is known no better, or the limits between which something lies."""

from dataclasses import replace

import pytest

from questions.domain.facts import Deck, Fact, Relation, Unit, ValueKind, Vocabulary
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.truth import compatible
from questions.domain.questions import Form
from tests.domain.generation.decks import RELATIONS, TYPES, asked, deck, distractors, fact

MEASURES = {
    "kilogram": Unit("kilogram", "kilogram", "kilograms", (), "gram", "1000"),
    "gram": Unit("gram", "gram", "grams"),
}
USUAL = Relation(
    "usual", "usual load", ValueKind.NUMBER, ("battle",), unit="any", limits=True, single=True,
    ask=("What is the usual load of {about}, in {unit}?", "Give the usual load of {about}."),
    reverse=("{Which about} has a usual load of {value} {unit}?",),
    state=("The usual load of {about} is {value} {unit}.",),
)  # fmt: skip
GUESSED = replace(USUAL, limits=False)


def loads(relation: Relation, *facts: Fact) -> Deck:
    made = deck(*facts, relations=(relation,), base=False)
    relations = RELATIONS | {relation.key: relation}
    return replace(made, vocabulary=Vocabulary(TYPES, MEASURES, relations))


def load(about: str, value: str, source: str = "chronicle", unit: str = "gram") -> Fact:
    return fact(about, "usual", value, source, unit=unit, uid=f"{about}-{source}")


TWO = (load("alder", "12..18"), load("alder", "12..20", "annals"))


@pytest.mark.parametrize(("relation", "conflicts"), [(USUAL, 1), (GUESSED, 0)])
def test_sources_that_give_other_limits_disagree(relation: Relation, conflicts: int) -> None:
    assert len(list(loads(relation, *TWO).conflicts())) == conflicts


def test_both_are_asked_by_their_source_and_the_others_limits_earn_part() -> None:
    written = write_bank(loads(USUAL, *TWO))
    for uid, source, other in (
        ("alder-chronicle", "the Chronicle", "12..20"),
        ("alder-annals", "Ana Lund", "12..18"),
    ):
        stems = asked(written, f"fact:{uid}:value", Form.TYPED)
        told = [one for one in stems if one.stem.startswith(f"According to {source}")]
        assert told
        assert all(one.content["expected"]["others"][0][0] == other for one in told)


def test_the_same_limits_in_another_unit_are_the_same() -> None:
    both = (load("alder", "12..18", unit="kilogram"), load("alder", "12000..18000", "annals"))
    assert not list(loads(USUAL, *both).conflicts())


def test_a_figure_beside_limits_is_another_claim() -> None:
    both = (load("alder", "12..18"), load("alder", "15", "annals"))
    assert list(loads(USUAL, *both).conflicts())
    assert not list(loads(GUESSED, *both).conflicts())


@pytest.mark.parametrize(
    ("other", "limits", "estimate"),
    [("14..20", True, False), ("12..20", True, False), ("12.2..18.1", False, False),
     ("30..44", True, True)],
)  # fmt: skip
def test_overlapping_limits_of_two_things_are_wrong_for_each_other(
    other: str, limits: bool, estimate: bool
) -> None:
    for relation, offered in ((USUAL, limits), (GUESSED, estimate)):
        both = loads(relation, load("alder", "12..18"), load("birch", other))
        question = asked(write_bank(both), "fact:alder-chronicle:value", Form.CHOICE)
        assert [distractors(one) == [other] for one in question[:1]] == [True] * offered
        assert not compatible(Index(both), relation, "12..18", other) or not offered


def test_options_that_begin_alike_all_find_their_place() -> None:
    facts = [load("alder", "12..18"), load("birch", "12..24"), load("cedar", "12..14")]
    question = asked(write_bank(loads(USUAL, *facts)), "fact:alder-chronicle:value", Form.CHOICE)[0]
    assert set(distractors(question)) == {"12..24", "12..14"}


def test_asked_backwards_other_limits_do_not_answer() -> None:
    facts = [load("alder", "12..18"), load("birch", "14..20"), load("cedar", "30..40")]
    card = "fact:alder-chronicle:subject"
    offered = distractors(asked(write_bank(loads(USUAL, *facts)), card, Form.CHOICE)[0])
    assert "birch" in offered
    guessed = asked(write_bank(loads(GUESSED, *facts)), card, Form.CHOICE)
    assert all("birch" not in distractors(one) for one in guessed)


FOR_WHOM = replace(
    USUAL,
    qualifiers={"whom": "text"},
    ask=("What is the usual load of {about}[ for {whom}]?", "Give the usual load[ for {whom}]."),
    reverse=(),
    state=("The usual load of {about}[ for {whom}] is {value} {unit}.",),
)


@pytest.mark.parametrize(
    ("source", "limits", "offered"),
    [("chronicle", True, True), ("annals", True, False), ("chronicle", False, False)],
)
def test_limits_that_one_source_tells_of_each_are_wrong_for_the_other(
    source: str, limits: bool, offered: bool
) -> None:
    relation = replace(FOR_WHOM, limits=limits)
    both = loads(
        relation,
        replace(load("alder", "14..18"), qualifiers=(("whom", "horses"),)),
        replace(
            load("alder", "12..16", source), qualifiers=(("whom", "mules"),), uid="alder-mules"
        ),
    )
    question = asked(write_bank(both), "fact:alder-chronicle:value", Form.CHOICE)
    assert [distractors(one) == ["12..16"] for one in question[:1]] == [True] * offered
