"""Options that rule themselves out, and figures and dates that do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.facts import Entity, Fact, Relation, ValueKind
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.options import plausible
from questions.domain.generation.refusals import not_supported
from questions.domain.generation.telltale import borne_by
from questions.domain.questions import Bank, Direction, Form
from tests.domain.generation.decks import asked, bank, deck, distractors, entity, fact, refused


def rivals(made: Bank, card: str) -> set[str]:
    return {value for one in asked(made, card, Form.CHOICE) for value in distractors(one)}


COIN = Relation(
    "coin", "coin", ValueKind.ENTITY, ("state",), ("thing",), single=True,
    ask=("Which coin is used in {about}?",), state=("In {about} the {value} is used.",),
)  # fmt: skip


def coins(*names: str) -> tuple[list[Fact], list[Entity]]:
    """Each state's coin, the first of Norland."""
    states = ("norland", "sudmark", "westria")
    facts = [fact(state, "coin", name) for state, name in zip(states, names, strict=True)]
    return facts, [entity(name, "place", name.replace("-", " ").title()) for name in names]


def test_an_option_whose_name_says_whose_it_is_is_not_offered() -> None:
    facts, things = coins("crown", "sudmarkian-thaler", "guilder")
    made = bank(*facts, relations=(COIN,), entities=tuple(things))
    found = rivals(made, "fact:norland-coin-crown:value")
    assert "guilder" in found
    assert "sudmarkian-thaler" not in found
    facts, things = coins("crown", "old-thaler", "guilder")
    made = bank(*facts, relations=(COIN,), entities=tuple(things))
    assert "old-thaler" in rivals(made, "fact:norland-coin-crown:value")


def test_an_option_made_of_another_s_name_is_not_offered() -> None:
    facts, things = coins("crown", "westriano", "guilder")
    made = bank(*facts, relations=(COIN,), entities=tuple(things))
    found = rivals(made, "fact:norland-coin-crown:value")
    assert "guilder" in found
    assert "westriano" not in found
    facts, things = coins("crown", "westlar", "guilder")  # begins as Westria does, and no more
    made = bank(*facts, relations=(COIN,), entities=tuple(things))
    assert "westlar" in rivals(made, "fact:norland-coin-crown:value")


def test_a_name_tells_whose_it_is_though_the_other_is_of_another_type() -> None:
    """A probe named after the Moon, where a comet's is asked for."""
    relation = replace(COIN, about=("state", "event"))
    facts, things = coins("crowner", "thaler", "guilder")
    facts.append(fact("maying", "coin", "mayinger"))
    things += [entity("maying", "event"), entity("mayinger", "place")]
    made = bank(*facts, relations=(relation,), entities=tuple(things))
    assert rivals(made, "fact:norland-coin-crowner:value") == {"thaler", "guilder"}


FREED = Relation(
    "freed", "freed", ValueKind.DATE, ("state",), single=True, qualifiers={"of": "state"},
    ask=("When did {about} become independent of {of}?",),
    reverse=("{Which about} became independent of {of} {on value}?",),
    state=("{About} became independent of {of} {on value}.",),
)  # fmt: skip


def freed(**of: str) -> Bank:
    days = ("1701-05-05", "1703-06-06", "1704-07-07", "1706-08-08")
    states = [entity(key, "state") for key in of]
    facts = [
        fact(key, "freed", day, q={"of": whose}, uid=key)
        for (key, whose), day in zip(of.items(), days, strict=True)
    ]
    return bank(*facts, relations=(FREED,), entities=tuple(states))


def test_backwards_a_rival_is_not_struck_out_by_what_the_question_says() -> None:
    made = freed(arden="westria", brent="westria", clun="sudmark", dee="westria")
    assert rivals(made, "fact:arden:subject") == {"brent", "dee"}


SHORT = Relation(
    "short", "abbreviation", ValueKind.TERM, ("thing",), single=True, reverse_single=True,
    ask=("What is the abbreviation for {about}?",), state=("“{value}” stands for {about}.",),
)  # fmt: skip


@pytest.mark.parametrize("direction", ["value", "subject"])
def test_letters_that_the_name_has_not_are_no_abbreviation_of_it(direction: str) -> None:
    things = {"Ring Nail Acid": "RNA", "Red Nut Alloy": "RNY", "Dull Nut Acid": "DNA"}
    relation = replace(SHORT, reverse=("What does “{value}” stand for?",))
    made = bank(
        *(fact(name, "short", letters, uid=letters) for name, letters in things.items()),
        relations=(relation,),
        entities=tuple(entity(name, "place", name) for name in things),
    )
    assert rivals(made, f"fact:DNA:{direction}") == set()
    (why,) = [one for one in refused(made, f"fact:DNA:{direction}") if one.form is Form.CHOICE]
    assert "letters" in why.reason


STANDS = replace(
    SHORT, key="stands", ask=("What does {about} stand for?",),
    reverse=("What is “{value}” called for short?",),
)  # fmt: skip


@pytest.mark.parametrize("direction", ["value", "subject"])
def test_a_relation_that_says_what_letters_stand_for_offers_only_what_has_them(
    direction: str,
) -> None:
    things = {
        "RNA": "Ring Nail Acid", "RNY": "Red Nut Alloy", "DNA": "Dull Nut Acid",
        "Rna": "Round Arch",
    }  # fmt: skip
    made = bank(
        *(fact(short, "stands", words, uid=short) for short, words in things.items()),
        relations=(STANDS,),
        entities=tuple(entity(short, "place", short) for short in things),
    )
    assert rivals(made, f"fact:DNA:{direction}") == set()
    (why,) = [one for one in refused(made, f"fact:DNA:{direction}") if one.form is Form.CHOICE]
    assert "letters" in why.reason
    assert rivals(made, "fact:Rna:value") == {"Ring Nail Acid", "Red Nut Alloy", "Dull Nut Acid"}


def test_backwards_whatever_has_the_letters_may_be_meant() -> None:
    things = {"Ring Nail Acid": "RNA", "Red Nut Alloy": "RNY", "Dull Nut Acid": "DNA"}
    relation = replace(SHORT, reverse=("What does “{value}” stand for?",))
    made = bank(
        *(fact(name, "short", letters, uid=letters) for name, letters in things.items()),
        relations=(relation,),
        entities=tuple(entity(name, "place", name) for name in things),
    )
    assert rivals(made, "fact:RNA:subject") == {"Red Nut Alloy"}


MARK = replace(SHORT, reverse_single=False, state=("The sign of {about} is {value}.",))


@pytest.mark.parametrize(("relation", "is_typed"), [(SHORT, True), (MARK, False)])
def test_what_others_may_share_is_typed_backwards_only_if_it_is_a_name_or_said_to_be_one_s_own(
    relation: Relation, *, is_typed: bool
) -> None:
    backwards = replace(relation, reverse=("What has the sign {value}?",))
    thing = entity("salt", "place", "Salt")
    made = bank(
        fact("salt", "short", "blue", uid="salt"), relations=(backwards,), entities=(thing,)
    )
    assert bool(asked(made, "fact:salt:subject", Form.TYPED)) is is_typed


HIGH = Relation(
    "high", "height", ValueKind.NUMBER, ("place",), single=True, unit="people",
    ask=("How high is {about}?",), state=("{About} is {value} {unit} high.",),
)  # fmt: skip


def heights(*figures: int) -> Bank:
    places = [entity(f"peak{figure}", "place", f"Mount {figure}") for figure in figures]
    facts = [fact(one.key, "high", one.key[4:], uid=one.key) for one in places]
    return write_bank(deck(*facts, relations=(HIGH,), entities=tuple(places), base=False))


def test_other_subjects_figures_may_be_near_and_none_goes_far_beyond_them() -> None:
    made = heights(4893, 5897, 6263, 6542, 6768, 6961)
    found = {int(value) for value in rivals(made, "fact:peak6961:value")}
    assert {6768, 6542} & found
    assert max(found) <= 6961 * 1.5
    low = {int(value) for value in rivals(made, "fact:peak4893:value")}
    assert min(low) >= 4893 / 2


def test_figures_that_are_not_the_relation_s_own_keep_their_distance() -> None:
    made = heights(1013, 2113, 4407)
    others = {int(v) for v in rivals(made, "fact:peak2113:value")} - {1013, 4407}
    assert others
    assert all(max(one / 2113, 2113 / one) >= 1.15 for one in others)


def test_round_figures_keep_their_distance_whosesoever_they_are() -> None:
    made = heights(30000, 32000, 60000, 20000, 45000)
    assert "32000" not in rivals(made, "fact:peak30000:value")


def test_counts_that_are_all_even_have_even_rivals() -> None:
    made = heights(8, 14, 38, 46, 48, 78)
    for figure in (8, 14, 38, 46, 48, 78):
        assert all(int(one) % 2 == 0 for one in rivals(made, f"fact:peak{figure}:value"))


def days(count: int) -> Bank:
    """States that became independent some years after one another."""
    keys = ["arden", "brent", "clun", "dee", "exe", "fal"][:count]
    facts = [
        fact(key, "freed", f"{1701 + 3 * at}-05-1{at}", q={"of": "westria"}, uid=key)
        for at, key in enumerate(keys)
    ]
    states = tuple(entity(key, "state") for key in keys)
    return bank(*facts, relations=(FREED,), entities=states)


def test_days_of_a_series_are_each_others_rivals_however_many_years_apart() -> None:
    assert {"1701-05-10", "1707-05-12"} & rivals(days(6), "fact:brent:value")
    few = rivals(days(3), "fact:brent:value")
    assert all(value.startswith(("1703", "1704", "1705")) for value in few)


def test_a_stored_option_of_another_state_s_day_is_found_by_the_rule() -> None:
    made = freed(arden="westria", brent="westria", clun="sudmark", dee="westria")
    card = next(one for one in made.cards if one.key == "fact:arden:subject")
    assert card.direction is Direction.SUBJECT
    (question, *_) = asked(made, card.key, Form.CHOICE)
    clun = {"text": "Clun", "value": "clun", "entity": "clun"}
    spoilt = replace(question, content={**question.content, "distractors": [clun]})
    days_of = [("arden", "1701-05-05"), ("brent", "1703-06-06"), ("clun", "1704-07-07")]
    facts = [
        fact(key, "freed", day, q={"of": "sudmark" if key == "clun" else "westria"}, uid=key)
        for key, day in days_of
    ]
    states = tuple(entity(key, "state") for key, _ in days_of)
    index = Index(deck(*facts, relations=(FREED,), entities=states))
    assert "Clun" in not_supported(Item(index, card, spoilt))


@pytest.mark.parametrize(
    ("name", "borne"),
    [
        ("Norlandish crown", "Norlandish"),
        ("Old Norland crown", "Old Norland"),
        ("Norland-Works", "Norland"),
        ("Old NORLAND works", "Norland"),
        ("bank of new norland", "New Norland"),
        ("norlandano", "Norlanda"),
        ("westriano", "Westria"),
        ("Transsilvanian", "Transsilvani"),
    ],
)
def test_what_stands_in_a_name_can_be_looked_up(name: str, borne: str) -> None:
    assert borne in set(borne_by(name))
    assert name not in set(borne_by(name))


@pytest.mark.parametrize(
    ("year", "ruled_out"), [("1843", {"1844", "1845"}), ("1842", {"1842", "1844", "1845"})]
)
def test_nothing_is_offered_that_the_source_named_has_not_seen(
    year: str, ruled_out: set[str]
) -> None:
    founded = Relation(
        "founded", "founded", ValueKind.DATE, ("battle",), single=True,
        ask=("When was {about} remembered first?",), state=("{About} was remembered in {value}.",),
    )  # fmt: skip
    dates = {"alder": "1841", "birch": "1838", "cedar": "1842", "doorn": "1844", "elm": "1845"}
    facts = [fact(battle, "founded", year) for battle, year in dates.items()]
    facts.append(fact("alder", "founded", "1836", "annals"))
    made = deck(*facts, relations=(founded,), base=False)
    card = "fact:alder-founded-1841:value"
    free = rivals(write_bank(made), card)
    assert "1844" in free
    letter = replace(made.sources["chronicle"], cite=f"a letter of {year}")
    dated = replace(made, sources={**made.sources, "chronicle": letter})
    found = rivals(write_bank(dated), card)
    assert "1838" in found
    assert found.isdisjoint(ruled_out)
    question = asked(write_bank(made), card, Form.CHOICE)[0]
    stem = question.stem.replace("the Chronicle", f"a letter of {year}")
    spec = next(one for one in write_bank(made).cards if one.key == card)
    assert plausible(Item(Index(dated), spec, replace(question, stem=stem)))
    assert not plausible(Item(Index(made), spec, question))
