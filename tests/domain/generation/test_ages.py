"""Wrong answers of another generation or age: born after the pupil, made before the maker, known
from another century."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Mapping
from dataclasses import replace

from questions.domain.facts import Deck, Fact, Relation, ValueKind, Vocabulary
from questions.domain.generation import write_bank
from questions.domain.generation.in_time import in_time
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.options import plausible
from questions.domain.generation.scales import scales
from questions.domain.generation.variety import A_FEW
from questions.domain.questions import Form
from tests.domain.generation.decks import asked, deck, distractors, entity, fact
from tests.domain.generation.test_when import PIECE, PLAYER, TAUGHT, WROTE, offered

PUPIL = replace(TAUGHT, reverse=("Which of these players was a pupil of {value}?",))
BY = replace(WROTE, reverse=("Which of these pieces is by {value}?",))
MADE = Relation(
    "made", "made", ValueKind.DATE, ("piece",), single=True, era=True,
    ask=("When was {about} made?",), state=("{About} was made {on value}.",),
)  # fmt: skip
DIED_IN = Relation(
    "died_in", "died in", ValueKind.ENTITY, ("player",), ("place",), single=True,
    ask=("Where did {about} die?",), state=("{About} died in {value}.",),
)  # fmt: skip
LIVES = {
    "alma": "1790/1857", "bert": "1811/1886", "cora": "1829/1894", "dirk": "1786/1850",
    "emil": "1845/1924", "fritz": "1835/1900", "gerd": "1850/1910", "hans": "1875/1937",
}  # fmt: skip
TEACHERS = {"bert": "alma", "fritz": "dirk", "gerd": "cora", "hans": "emil"}


def made_of(facts: list[Fact], lives: Mapping[str, str], pieces: int = 0) -> Deck:
    people = [entity(key, "player", f"{key.title()} Holm", active=life)
              for key, life in {**LIVES, **lives}.items()]  # fmt: skip
    works = [entity(f"q{n}", "piece", f"Opus {'ABCDEFG'[n]}") for n in range(pieces)]
    made = deck(*facts, base=False, entities=(*people, *works))
    own = Vocabulary(
        {"player": PLAYER, "piece": PIECE},
        relations={one.key: one for one in (PUPIL, BY, MADE, DIED_IN)},
    )
    return replace(made, vocabulary=made.vocabulary.with_(own))


def taught(**lives: str) -> Deck:
    return made_of([fact(one, "taught_by", who, uid=one) for one, who in TEACHERS.items()], lives)


def test_who_was_born_after_the_pupil_was_not_the_teacher() -> None:
    found = offered(taught(), "bert:value")
    assert "dirk" in found
    assert "cora" not in found


def test_whose_teacher_was_hardly_older_may_have_had_one_who_was_younger() -> None:
    assert "cora" in offered(taught(alma="1803/1870", cora="1815/1890"), "bert:value")


def test_who_was_born_before_the_teacher_was_not_the_pupil() -> None:
    found = offered(taught(), "gerd:subject")
    assert "fritz" in found
    assert "bert" not in found


def test_a_stored_rival_of_another_generation_is_found_by_the_rule() -> None:
    of = taught()
    written = write_bank(of)
    card = next(one for one in written.cards if one.key == "fact:bert:value")
    (question, *_) = asked(written, card.key, Form.CHOICE)
    assert not plausible(Item(Index(of), card, question))
    cora = {"text": "Cora Holm", "value": "cora", "entity": "cora"}
    spoilt = replace(question, content={**question.content, "distractors": [cora]})
    assert "Cora Holm" in plausible(Item(Index(of), card, spoilt))


def works(*years: str) -> Deck:
    """By as many players, the first by Bert, who was born in 1811."""
    makers = ("bert", "dirk", "alma", "fritz")
    facts = [fact(f"q{n}", "made", year) for n, year in enumerate(years)]
    facts += [fact(f"q{n}", "written_by", makers[n], uid=makers[n]) for n in range(len(years))]
    return made_of(facts, {}, len(years))


def test_what_was_made_before_somebody_was_born_is_not_offered_as_theirs() -> None:
    assert offered(works("1840", "1788", "1850", "1860"), "bert:subject") == {"q2", "q3"}


def test_what_was_made_before_is_offered_for_want_of_others_or_if_the_key_was_too() -> None:
    assert "q1" in offered(works("1840", "1788", "1850"), "bert:subject")
    assert "q1" in offered(works("1798", "1788", "1850", "1860"), "bert:subject")


def test_so_it_is_with_works_of_other_types_where_there_are_none_of_the_key_s() -> None:
    """A song beside an opera, if the relation takes works."""
    made = works("1840", "1788", "1850", "1860")
    kinds = [replace(PIECE, wider="work", key=key, label=key) for key in ("opera", "song")]
    own = Vocabulary({one.key: one for one in (*kinds, replace(PIECE, key="work", label="work"))},
                     relations={"written_by": replace(BY, about=("work",), reverse=(
                         "Which of these works is by {value}?",))})  # fmt: skip
    entities = {
        key: replace(one, type="opera" if key == "q0" else "song") if one.type == "piece" else one
        for key, one in made.entities.items()
    }
    of = replace(made, entities=entities, vocabulary=made.vocabulary.with_(own))
    assert offered(of, "bert:subject") == {"q2", "q3"}


def died(*places: str) -> Deck:
    """Players of four ages, each of whom died somewhere else."""
    old = {"olav": "1685/1759", "peer": "1678/1741", "rolf": "1700/1775", "sven": "1882/1971"}
    facts = [fact(who, "died_in", place, uid=who) for who, place in zip(old, places, strict=False)]
    return made_of(facts, old)


def test_where_somebody_died_no_city_is_offered_that_the_deck_knows_from_another_age() -> None:
    found = offered(died("harbin", "ironford", "kestrel", "tarnhill"), "olav:value")
    assert found == {"ironford", "kestrel"}


def test_where_there_are_not_two_cities_of_an_age_the_others_are_offered_too() -> None:
    assert "tarnhill" in offered(died("harbin", "harbin", "kestrel", "tarnhill"), "olav:value")


def test_a_day_of_death_is_asked_beside_those_who_died_within_fifty_years() -> None:
    """Though one that died long before had lived most of that life with them."""
    lives = {"olav": "1711/1786", "peer": "1697/1728", "rolf": "1713/1783", "sven": "1733/1797"}
    died_on = Relation(
        "died", "died", ValueKind.DATE, ("player",), single=True, ask=("When did {about} die?",),
        reverse=("Which player died {on value}?",), state=("{About} died {on value}.",),
    )  # fmt: skip
    facts = [fact(who, "died", life[-4:] + "-05-06", uid=who) for who, life in lives.items()]

    def of(*left: str) -> set[str]:
        made = made_of([one for one in facts if one.uid not in left], lives)
        own = Vocabulary(relations={"died": died_on})
        return offered(replace(made, vocabulary=made.vocabulary.with_(own)), "olav:subject")

    assert of() == {"rolf", "sven"}
    assert "peer" in of("rolf")


SENT = Relation(
    "visited_by", "visited by", ValueKind.ENTITY, ("state", "place"), ("piece",), single=True,
    ask=("What was sent to {about}?",), state=("{value} was sent to {about}.",),
)  # fmt: skip


def sent(**to: str) -> set[str]:
    """What is offered beside Rosetta, that went to Harbin."""
    probes = ("Rosetta", "Venera VII", "Venera IX", "Huygens", "Philae")
    things = tuple(entity(f"v{n}", "piece", name) for n, name in enumerate(probes))
    facts = [fact(where, "visited_by", which, uid=which) for which, where in to.items()]
    made = deck(*facts, base=False, entities=things, relations=(SENT,))
    made = replace(made, vocabulary=made.vocabulary.with_(Vocabulary({"piece": PIECE})))
    return offered(made, "v0:value")


def test_a_name_of_a_series_that_goes_with_another_subject_is_not_offered() -> None:
    found = sent(v0="harbin", v1="norland", v2="norland", v3="kestrel", v4="lowmoor")
    assert found == {"v3", "v4"}


def test_a_name_of_a_series_that_goes_with_several_is_offered() -> None:
    found = sent(v0="harbin", v1="norland", v2="sudmark", v3="kestrel", v4="lowmoor")
    assert {"v1", "v2"} <= found


def test_a_name_of_a_series_is_offered_where_there_are_not_two_others() -> None:
    assert "v1" in sent(v0="harbin", v1="norland", v2="norland", v3="kestrel")


PEAK = Relation(
    "peak", "peak", ValueKind.NUMBER, ("piece",), single=True, qualifiers={"in_": "text"},
    unit="tank", ask=("At what length has {about} its peak in the {in_} part?",),
    state=("In the {in_} part {about} has its peak at {value}.",),
)  # fmt: skip


def peaks(*figures: tuple[str, str, str]) -> set[str]:
    facts = [fact(about, "peak", value, q={"in_": part}, uid=f"{about}-{part}")
             for about, part, value in figures]  # fmt: skip
    of = made_of(facts, {}, 3)
    of = replace(of, vocabulary=of.vocabulary.with_(Vocabulary(relations={"peak": PEAK})))
    return offered(of, "q0-red:value")


def test_a_peak_in_the_blue_is_not_offered_for_one_in_the_red() -> None:
    red = [("q0", "red", "662"), ("q1", "red", "642")]
    found = peaks(*red, ("q0", "blue", "430"), ("q1", "blue", "453"))
    assert "642" in found
    assert found.isdisjoint({"430", "453"})
    assert "453" in peaks(*red, ("q2", "blue", "430"), ("q2", "green", "453"))


def test_what_is_worked_out_beside_a_part_stays_nearer_to_it_than_to_the_others() -> None:
    red = [("q0", "red", "662"), ("q1", "red", "642")]
    made = sorted(map(int, peaks(*red, ("q0", "blue", "430"), ("q1", "blue", "453")) - {"642"}))
    assert len(made) == 2
    assert 583 <= made[0] < 642
    assert 662 < made[1] <= 729
    wide = sorted(map(int, peaks(*red, ("q0", "blue", "580"), ("q1", "blue", "613")) - {"642"}))
    assert all(figure >= (613 + 642) / 2 for figure in wide)


def test_where_nothing_else_tells_those_of_much_the_same_time_are_offered() -> None:
    """However many others of the type there are: strangers to the relation as well."""
    many = {f"p{n:02}": f"{1500 + 4 * n}/{1560 + 4 * n}" for n in range(60)}
    group = Relation(
        "member", "member", ValueKind.ENTITY, ("piece",), ("player",),
        ask=("Who belonged to {about}?",),
        which=("Which of these players belonged to {about}?",), state=("{value}: {about}.",),
    )  # fmt: skip
    members = [fact("q0", "member", "p30", uid="one"), fact("q1", "member", "p05")]
    of = made_of(members, many, 2)
    of = replace(of, vocabulary=of.vocabulary.with_(Vocabulary(relations={"member": group})))
    (question, *_) = asked(write_bank(of), "fact:one:value", Form.CHOICE)
    assert set(distractors(question)) <= {f"p{n}" for n in range(26, 35)}


def test_the_nearest_in_time_are_the_nearest_of_all() -> None:
    many = {f"p{n:02}": f"{1500 + 4 * n}/{1560 + 4 * n}" for n in range(60)}
    index = Index(made_of([], many))
    members = sorted(many)
    found = in_time(index).nearest("p30", ("all",), members)
    assert found == sorted(members, key=lambda key: (abs(int(key[1:]) - 30), key))[:A_FEW]
    assert len(found) == A_FEW
    assert in_time(index).nearest("harbin", ("all",), members) == []


def test_what_is_worked_out_of_an_index_goes_with_it() -> None:
    index = Index(taught())
    gone = weakref.ref(index)
    assert scales(index) is scales(index)
    assert in_time(index) is in_time(index)
    del index
    gc.collect()
    assert gone() is None
