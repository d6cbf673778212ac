"""Wrong answers of another time: what the time of a person, an event and a thing is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import Deck, EntityType, Fact, Relation, ValueKind, Vocabulary
from questions.domain.generation import write_bank
from questions.domain.generation.when import fit
from questions.domain.questions import Form
from tests.domain.generation.decks import asked, deck, distractors, entity, fact

PLAYER = EntityType("player", "player", "players", "which player", "person")
PIECE = EntityType("piece", "piece", "pieces", "which piece")
TAUGHT = Relation(
    "taught_by", "taught by", ValueKind.ENTITY, ("player",), ("player",),
    ask=("Who taught {about}?", "With whom did {about} study?"),
    which=("Which of these players taught {about}?",),
    state=("{value} taught {about}.",),
)  # fmt: skip
BORN = Relation(
    "born", "born", ValueKind.DATE, ("player",), single=True, sisters=("died",),
    ask=("When was {about} born?",), reverse=("Which player was born {on value}?",),
    state=("{About} was born {on value}.",),
)  # fmt: skip
DIED = replace(BORN, key="died", sisters=("born",), reverse=("Which player died {on value}?",))
WROTE = Relation(
    "written_by", "written by", ValueKind.ENTITY, ("piece",), ("player",), single=True,
    ask=("Who wrote {about}?",), state=("{About} was written by {value}.",),
)  # fmt: skip
LIVES = {
    "anders": "1700/1760", "bruhn": "1705/1770", "carel": "1750/1810", "dorn": "1770/1830",
    "ehlers": "1800/1860", "fabre": "1820/1890", "gade": "1840/1900", "hahn": "1882/1971",
}  # fmt: skip


def players(**lives: str) -> Deck:
    """Players who lived then, each taught by somebody, and nothing else."""
    people = tuple(
        entity(key, "player", f"{key.title()} {chr(65 + n)}aslund", active=life)
        for n, (key, life) in enumerate(lives.items())
    )
    made = deck(base=False, entities=people)
    own = Vocabulary(
        {"player": PLAYER, "piece": PIECE},
        relations={one.key: one for one in (TAUGHT, BORN, DIED, WROTE)},
    )
    return replace(made, vocabulary=made.vocabulary.with_(own))


def offered(of: Deck, card: str) -> set[str]:
    found = asked(write_bank(of), f"fact:{card}", Form.CHOICE)
    return set(distractors(found[0])) if found else set()


def holding(of: Deck, *facts: Fact) -> Deck:
    return replace(of, facts=(*of.facts, *facts))


TEACHERS = {
    "bruhn": "anders", "carel": "bruhn", "dorn": "carel", "ehlers": "dorn", "gade": "fabre",
    "hahn": "gade",
}  # fmt: skip
PUPILS = [fact(pupil, "taught_by", who, uid=who) for pupil, who in TEACHERS.items()]


def test_who_asks_for_whatever_lies_within_the_type_of_a_person() -> None:
    of = replace(players(**LIVES), complete=frozenset({("hahn", "taught_by", ())}))
    typed = asked(write_bank(holding(of, *PUPILS)), "fact:gade:value", Form.TYPED)
    assert {each.stem for each in typed} == {
        "Who taught Hahn Haslund?", "With whom did Hahn Haslund study?",
    }  # fmt: skip


def test_a_day_of_death_is_not_the_whole_time_of_a_life() -> None:
    of = holding(players(**LIVES), *PUPILS)
    before = offered(of, "gade:value")
    assert "fabre" in before
    assert offered(holding(of, fact("hahn", "died", "1971-04-06")), "gade:value") == before


def test_days_of_birth_and_death_make_a_life_where_no_other_is_told() -> None:
    without = players(**{**LIVES, "dorn": "", "hahn": ""})
    of = holding(without, *PUPILS, fact("hahn", "died", "1971-04-06"))
    assert "dorn" in offered(of, "gade:value")
    days = (fact("dorn", "born", "1770"), fact("dorn", "died", "1830"))
    lived = holding(of, *days, fact("hahn", "born", "1882"))
    assert "dorn" not in offered(lived, "gade:value")
    assert "fabre" in offered(lived, "gade:value")


def test_who_was_a_child_of_three_when_a_pupil_died_is_no_rival_of_the_teacher() -> None:
    of = holding(players(**{**LIVES, "gade": "1857/1900"}), *PUPILS)
    assert "gade" not in offered(of, "dorn:value")
    assert "carel" in offered(of, "dorn:value")


def test_a_birth_is_offered_to_those_of_like_age_and_not_to_the_old_of_then() -> None:
    days = [fact(key, "born", life[:4]) for key, life in LIVES.items()]
    of = holding(players(**{**LIVES, "anders": "1700/1790"}), *days)
    found = offered(of, "dorn-born-1770:subject")
    assert found >= {"carel", "ehlers"}
    assert "anders" not in found
    assert "hahn" not in found


def test_the_nearest_of_birth_come_first() -> None:
    years = {f"p{n}": f"{1700 + 4 * n}/{1770 + 4 * n}" for n in range(9)}
    days = [fact(key, "born", life[:4]) for key, life in years.items()]
    written = write_bank(holding(players(**years), *days))
    (question,) = asked(written, "fact:p4-born-1716:subject", Form.CHOICE)
    assert set(distractors(question)[:2]) == {"p3", "p5"}


def test_of_a_work_without_a_date_the_time_of_its_maker_serves() -> None:
    pieces = [entity(f"q{n}", "piece", f"Opus {n}") for n in range(4)]
    makers = zip(pieces, ("anders", "ehlers", "fabre", "gade"), strict=True)
    made = players(**LIVES)
    of = replace(made, entities={**made.entities, **{one.key: one for one in pieces}})
    of = holding(of, *(fact(one.key, "written_by", who, uid=who) for one, who in makers))
    assert offered(of, "gade:value") == {"ehlers", "fabre"}


def test_who_was_a_child_when_the_maker_of_an_undated_work_died_is_no_rival() -> None:
    """Nor is one as long as its name preferred to those of the time."""
    lives = {**LIVES, "inger": "1897/1980", "jonas": "1895/1970"}
    pieces = [entity(f"q{n}", "piece", f"Opus {n}") for n in range(len(lives))]
    made = players(**lives)
    of = replace(made, entities={**made.entities, **{one.key: one for one in pieces}})
    makers = zip(pieces, lives, strict=True)
    of = holding(of, *(fact(one.key, "written_by", who, uid=who) for one, who in makers))
    assert offered(of, "gade:value") == {"ehlers", "fabre", "hahn"}


SPANS = st.tuples(st.integers(-500, 2000), st.integers(0, 120)).map(lambda t: (t[0], t[0] + t[1]))


@given(SPANS, SPANS)
def test_two_times_fit_as_well_the_one_way_as_the_other(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    assert fit(one, two) == fit(two, one)
    assert 0 <= fit(one, two) <= 1
    assert (fit(one, two) > 0) == (one[0] <= two[1] and two[0] <= one[1])


@pytest.mark.parametrize(
    ("one", "two", "share"),
    [
        ((1938, 1938), (1896, 1974), 1),
        ((1809, 1847), (1844, 1908), 4 / 39),
        ((1882, 1971), (1844, 1908), 27 / 65),
        ((1685, 1750), (1756, 1791), 0),
    ],
)
def test_the_share_is_of_the_shorter_time(
    one: tuple[int, int], two: tuple[int, int], share: float
) -> None:
    assert fit(one, two) == pytest.approx(share)


def test_those_who_lived_longest_beside_the_right_one_come_first() -> None:
    lives = {f"p{n}": f"{1700 + 8 * n}/{1770 + 8 * n}" for n in range(9)}
    pieces = [entity(f"q{n}", "piece", f"Opus {n}") for n in range(9)]
    made = players(**lives)
    of = replace(made, entities={**made.entities, **{one.key: one for one in pieces}})
    of = holding(of, *(fact(f"q{n}", "written_by", f"p{n}", uid=f"u{n}") for n in range(9)))
    (question,) = asked(write_bank(of), "fact:u4:value", Form.CHOICE)
    assert set(distractors(question)[:2]) == {"p3", "p5"}
