"""Which wrong answers are found, in what order, and how learners' answers move them."""

from dataclasses import replace

import pytest

from questions.domain.facts import Entity, Relation, Unit, ValueKind, Vocabulary
from questions.domain.generation import write_bank
from questions.domain.generation.bank import write_card
from questions.domain.generation.index import Index
from questions.domain.generation.likeness import hardly_chosen, plausibility, term_likeness
from questions.domain.generation.truth import compatible, own_values
from questions.domain.generation.writing import Given
from questions.domain.questions import Direction, Form, Refused
from tests.domain.generation.decks import FACTS, asked, bank, deck, distractors, entity, fact

PLACE = "fact:alder-place-harbin:value"
COMMANDER = "fact:birch-commander-brandt:value"


def pool(card: str, written: object = None) -> list[str]:
    return distractors(asked(written or bank(), card, Form.CHOICE)[0])  # type: ignore[arg-type]


def test_those_of_the_same_side_come_first() -> None:
    assert pool(COMMANDER)[0] == "adler"


def test_strangers_to_the_relation_are_taken_only_where_others_are_lacking() -> None:
    strangers = tuple(entity(f"s{n}", "place", f"Strangeford {n}") for n in range(9))
    values = pool(PLACE, write_bank(deck(entities=strangers)))
    assert not [value for value in values if value.startswith("s")]


def test_there_is_no_padding_where_the_deck_has_no_other_value() -> None:
    lonely = fact("peace", "signed", "1707-01-01")
    written = write_bank(replace(deck(), facts=(lonely,)))
    assert asked(written, f"fact:{lonely.uid}:value", Form.CHOICE) == []
    assert asked(written, f"fact:{lonely.uid}:value", Form.TYPED)
    (why,) = [r for r in written.refused if r.rule == "no distractors" and "value" in r.card]
    assert why.form is Form.CHOICE


def test_a_pool_has_at_most_six_of_which_any_two_go_together() -> None:
    places = tuple(entity(f"p{n}", "place", f"Ford{n}") for n in range(20))
    battles = tuple(entity(f"b{n}", "battle", f"Battle of Glen{n}") for n in range(20))
    facts = [fact(f"b{n}", "place", f"p{n}") for n in range(20)]
    values = pool(PLACE, write_bank(deck(*facts, entities=(*places, *battles))))
    assert len(values) == len(set(values)) == 6


def test_one_good_wrong_answer_makes_a_choice_of_two() -> None:
    facts = [f for f in FACTS if f.uid in ("alder-place-harbin", "birch-place-ironford")]
    written = write_bank(replace(deck(), facts=tuple(facts), entities={
        key: one for key, one in deck().entities.items()
        if one.type != "place" or key in ("harbin", "ironford")
    }))  # fmt: skip
    assert pool(PLACE, written) == ["ironford"]


def test_a_person_of_another_age_is_not_offered() -> None:
    late = entity("adler", "person", "Ida Adler", side="norland", active="1850/1890")
    assert "adler" not in pool(COMMANDER, write_bank(deck(entities=(late,))))


@pytest.mark.parametrize(
    ("prior", "seen", "expected"),
    [
        (0.5, None, 0.5),
        (0.5, (0, 0), 0.5),
        (0.5, (20, 20), 0.75),
        (0.5, (1, 30), 0.22),
        (0.5, (0, 10), 1 / 3),
    ],
)
def test_plausibility_moves_from_likeness_to_what_learners_choose(
    prior: float, seen: tuple[int, int] | None, expected: float
) -> None:
    assert plausibility(prior, seen) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("seen", "expected"), [((1, 30), True), ((0, 29), False), ((2, 30), False), (None, False)]
)
def test_under_a_twentieth_of_thirty_takers_is_hardly_anyone(
    seen: tuple[int, int] | None, expected: bool
) -> None:
    assert hardly_chosen(seen) is expected


def test_an_answer_that_several_gave_of_themselves_is_offered_and_one_learner_s_is_not() -> None:
    """The pool of six is full of likelier ones until learners say otherwise."""
    many = tuple(entity(f"x{n}", "person", f"Xaver Brenn {n}") for n in range(40))
    before = write_bank(deck(entities=many))
    left_out = next(f"x{n}" for n in range(40) if f"x{n}" not in pool(COMMANDER, before))
    for times, offered in ((1, False), (2, True)):
        written = write_bank(deck(entities=many), observed={COMMANDER: {left_out: (times, times)}})
        assert (left_out in pool(COMMANDER, written)) is offered


def test_an_answer_that_a_source_supports_is_not_offered_however_many_gave_it() -> None:
    rival = fact("birch", "commander", "adler", "annals", q={"side": "norland"}, uid="rival")
    written = write_bank(deck(rival), observed={COMMANDER: {"adler": (50, 50)}})
    choices = [
        each for each in written.questions if each.card == COMMANDER and each.form is Form.CHOICE
    ]
    assert not [each for each in choices if "adler" in distractors(each)]


def test_what_learners_choose_comes_first_and_what_no_one_chooses_goes() -> None:
    before = pool(PLACE)
    last, first = before[-1], before[0]
    observed = {PLACE: {last: (60, 100), first: (1, 100)}}
    after = pool(PLACE, write_bank(deck(), observed=observed))
    assert after[0] == last
    assert first not in after


def test_figures_are_offered_as_roughly_as_the_right_one_is_said() -> None:
    about = fact("doorn", "losses", "~5000", q={"side": "norland"}, uid="rough")
    question = asked(bank(about), "fact:rough:value", Form.CHOICE)[0]
    assert question.content["key"]["text"].startswith("about ")
    texts = [option["text"] for option in question.content["distractors"]]
    assert texts
    assert all(text.startswith("about ") for text in texts)


def test_what_a_source_says_in_another_unit_is_no_wrong_answer() -> None:
    units = {
        "metre": Unit("metre", "metre", "metres"),
        "kilometre": Unit("kilometre", "kilometre", "kilometres", (), "metre", "1000"),
    }
    breadth = Relation(
        "breadth", "breadth", ValueKind.NUMBER, ("battle",), unit="any", single=True,
        ask=("How many {unit} wide was the front of {about}?",),
    )  # fmt: skip
    own = fact("alder", "breadth", "21", unit="kilometre")
    other = fact("alder", "breadth", "23000", "annals", unit="metre")
    made = deck(own, other)
    vocabulary = made.vocabulary.with_(Vocabulary({}, units, {"breadth": breadth}))
    index = Index(replace(made, vocabulary=vocabulary))
    said = own_values(index, own, frozenset({"about"}))
    assert any(compatible(index, breadth, "23", value) for value in said)
    assert not any(compatible(index, breadth, "24", value) for value in said)


def ended_by(*treaties: str) -> tuple[Relation, list[Entity]]:
    """A relation from battles to treaties, with one fact."""
    relation = Relation(
        "ended_by", "ended by", ValueKind.ENTITY, ("battle",), ("treaty",), single=True,
        ask=("Which treaty settled {about}?",), reverse=("What was settled by {value}?",),
        state=("{About} was settled by {value}.",),
    )  # fmt: skip
    return relation, [entity(one, "treaty", f"Accord of {one.title()}") for one in treaties]


def test_a_lone_wrong_answer_that_is_nothing_like_the_right_one_makes_no_choice() -> None:
    relation, treaties = ended_by("velmouth")
    of = fact("alder", "ended_by", "velmouth", uid="settled")
    far = deck(of, relations=(relation,), entities=tuple(treaties))
    lonely = replace(far, entities={k: v for k, v in far.entities.items() if k != "truce"})
    (why,) = [r for r in write_bank(lonely).refused if r.card == "fact:settled:value"]
    assert (why.form, why.rule) == (Form.CHOICE, "no distractors")
    assert "too unlike" in why.reason
    assert asked(write_bank(lonely), why.card, Form.TYPED)
    near = replace(lonely.entities["peace"], name="Accord of Velmoor", side="norland")
    own = replace(lonely.entities["velmouth"], side="norland")
    like = replace(lonely, entities={**lonely.entities, "peace": near, "velmouth": own})
    assert pool("fact:settled:value", write_bank(like)) == ["peace"]


def test_what_came_when_all_was_over_is_no_wrong_answer() -> None:
    relation, treaties = ended_by("velmouth", "tarn", "orme")
    of = fact("alder", "ended_by", "velmouth", uid="settled")
    days = [
        fact("velmouth", "signed", "1699-01-01"),
        fact("tarn", "signed", "1688-01-01"),
        fact("orme", "signed", "1720-01-01"),
    ]
    made = write_bank(deck(of, *days, relations=(relation,), entities=tuple(treaties)))
    assert "tarn" in pool("fact:settled:value", made)
    assert "orme" not in pool("fact:settled:value", made)
    later = replace(days[0], value="1702-01-01")
    after = write_bank(deck(of, later, *days[1:], relations=(relation,), entities=tuple(treaties)))
    assert "orme" in pool("fact:settled:value", after)


def test_of_terms_alike_one_that_could_be_read_out_of_the_subjects_name_tempts_most() -> None:
    assert term_likeness("Sn", "Ti", "tin") > term_likeness("Sn", "Ag", "tin")
    assert term_likeness("Sn", "Sr", "tin") > term_likeness("Sn", "Ti", "tin")


MOVEMENT = Relation(
    "movement", "movement", ValueKind.TERM, ("battle",),
    ask=("What is the title of a part of {about}?",),
    which=("Which of these is the title of a part of {about}?",), state=("{About}: {value}.",),
)  # fmt: skip


def titles(**of: tuple[str, ...]) -> list[str]:
    """The wrong options to the first title of the first."""
    facts = [
        fact(about, "movement", title, uid=f"{about}-{at}")
        for about, found in of.items()
        for at, title in enumerate(found)
    ]
    return pool(f"fact:{facts[0].uid}:value", bank(*facts, relations=(MOVEMENT,)))


def test_two_titles_of_another_work_do_not_show_the_third_to_be_the_right_one() -> None:
    planets = ("Mars, Bringer of War", "Venus, Bringer of Peace", "Saturn, Bringer of Age")
    found = titles(alder=("March to the Scaffold",), birch=planets, cedar=("Hall of the King",))
    assert len(found) == 2
    assert "Hall of the King" in found


def test_where_there_is_but_one_other_work_two_of_its_titles_may_stand() -> None:
    planets = ("Mars, Bringer of War", "Venus, Bringer of Peace", "Saturn, Bringer of Age")
    assert len(titles(alder=("March to the Scaffold",), birch=planets)) == 3


def test_where_others_are_right_too_no_wrong_answers_are_looked_for() -> None:
    index, given = Index(deck(fact("fen", "place", "harbin"))), Given()
    shared = index.by_uid["alder-place-harbin"]
    made = list(write_card(index, shared, Direction.SUBJECT, given))
    assert {one.form for one in made if isinstance(one, Refused)} >= {Form.CHOICE, Form.TYPED}
    assert {one.rule for one in made if isinstance(one, Refused)} == {"one right answer"}
    assert not given.searched
