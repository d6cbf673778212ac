"""What typed wrong answers are taken for, and that the bank offers it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import Deck, Fact, Relation, Unit, ValueKind
from questions.domain.generation import write_bank
from questions.domain.generation.expecting import expect_value
from questions.domain.generation.index import Index
from questions.domain.generation.typed_errors import TypedErrors
from questions.domain.grading import Expected, NameIndex, Verdict, grade_typed
from questions.domain.grading.forms import as_named
from questions.domain.questions import Form
from questions.domain.values import parse_span, say_date
from tests.domain.generation.decks import asked, deck, distractors, entity, fact
from tests.synthetic import synthetic

COMMANDER = "fact:birch-commander-brandt:value"
FOUGHT = "fact:alder-fought-1701-03-04:value"
LOSSES = "fact:alder-losses-4200:value"
CALLED = [
    fact("alder", "also_called", "Orchard Slaughter", accept=("Slaughter of the Orchards",)),
    fact("birch", "also_called", "Winter Combat"),
    fact("cedar", "also_called", "Creek Ambush"),
    fact("doorn", "also_called", "Night March"),
]
NAME = "fact:birch-also_called-Winter Combat:value"
LENGTHS = {
    "metre": Unit("metre", "metre", "metres"),
    "kilometre": Unit("kilometre", "kilometre", "kilometres", (), "metre", "1000"),
    "mile": Unit("mile", "mile", "miles", (), "metre", "1609.344"),
}
BREADTH = Relation(
    "breadth", "breadth", ValueKind.NUMBER, ("battle",), unit="kilometre", single=True,
    ask=("How many {unit} wide was the front of {about}?",),
    state=("The front of {about} was {value} {unit} wide.",),
)  # fmt: skip
BREADTHS = [
    fact("alder", "breadth", "20"),
    fact("birch", "breadth", "32.2"),
    fact("cedar", "breadth", "12.5"),
]


def war(*facts: Fact) -> Deck:
    made = deck(*CALLED, *BREADTHS, *facts, relations=(BREADTH,))
    units = {**made.vocabulary.units, **LENGTHS}
    return replace(made, vocabulary=replace(made.vocabulary, units=units))


def said(card: str, text: str, *facts: Fact) -> str:
    return TypedErrors(Index(war(*facts))).said(card, text)


@pytest.mark.parametrize(
    ("card", "text", "value"),
    [
        (COMMANDER, "Ida Adler", "adler"),
        (COMMANDER, "ida addler", "adler"),
        (COMMANDER, "I think it was Gen. Adler", "adler"),
        (COMMANDER, "Jan Corvinn?", "corvin"),
        (COMMANDER, "Jan Corwin", "corvin"),
        (NAME, "creek ambush", "Creek Ambush"),
        (NAME, "the Creak Ambush", "Creek Ambush"),
        (NAME, "Slaughter of the Orchard", "Orchard Slaughter"),
        (FOUGHT, "6 May 1702", "1702-05-06"),
        (FOUGHT, "May 6th, 1702", "1702-05-06"),
        (FOUGHT, "1702-05-06", "1702-05-06"),
        (FOUGHT, "on the 6th of May '02", "1702-05-06"),
        (LOSSES, "3300", "3300"),
        (LOSSES, "3,300 men", "3300"),
        (LOSSES, "three thousand three hundred", "3300"),
        ("fact:alder-breadth-20:value", "32.2 km", "32.2"),
        ("fact:alder-breadth-20:value", "20 miles", "32.2"),
        ("fact:alder-breadth-20:value", "12500 m", "12.5"),
    ],
)
def test_an_answer_is_taken_for_what_would_have_been_right_elsewhere(
    card: str, text: str, value: str
) -> None:
    assert said(card, text) == value


@pytest.mark.parametrize(
    ("card", "text"),
    [
        (COMMANDER, ""),
        (COMMANDER, "no idea"),
        (COMMANDER, "Brandt"),  # the right one
        (COMMANDER, "Adler or Corvin"),
        (COMMANDER, "not Adler"),
        (COMMANDER, "Adeler Corvin Dahl Ewald"),
        (COMMANDER, "Eduard"),
        (NAME, "Winter Combat"),
        (NAME, "March"),
        (NAME, "Creek Ambush or Night March"),
        (FOUGHT, "May 1702"),  # so coarse a date is no option beside a day
        (FOUGHT, "7 May 1702"),
        (FOUGHT, "6 May 1702 or 8 July 1703"),
        (FOUGHT, "31 April 1702"),
        (LOSSES, "3301"),
        (LOSSES, "3300 or 8400"),
        (LOSSES, "3300 miles"),
        ("fact:alder-breadth-20:value", "32.2 miles"),
        ("fact:nothing:value", "Ida Adler"),
        ("authored:one", "Ida Adler"),
    ],
)
def test_what_says_nothing_of_the_deck_or_may_mean_several_counts_for_nothing(
    card: str, text: str
) -> None:
    assert said(card, text) == ""


def test_more_than_a_figure_is_not_whatever_is_more() -> None:
    facts = [fact("doorn", "losses", ">5800", q={"side": "norland"}, uid="bound")]
    assert said("fact:bound:value", "4200", *facts) == ">4200"
    assert said("fact:bound:value", "4900", *facts) == ""


def test_a_name_that_two_bear_counts_for_the_one_of_the_kind_asked_for_if_there_is_one() -> None:
    town = entity("adlertown", "place", "Adler")
    twin = entity("adler2", "person", "Ida Adler", surname="Adler")
    of_both = TypedErrors(Index(deck(entities=(twin,))))
    assert of_both.said(COMMANDER, "Ida Adler") == ""
    assert of_both.said(COMMANDER, "Ida Addler") == ""
    beside = TypedErrors(Index(deck(entities=(town,))))
    assert beside.said(COMMANDER, "Ida Addler") == "adler"


# Against grading, over whole decks


@lru_cache
def world(shape: str) -> tuple[Index, TypedErrors, NameIndex]:
    index = Index(synthetic(shape, 150))
    names = NameIndex(map(as_named, index.deck.entities.values()), index.deck.vocabulary)
    return index, TypedErrors(index), names


def slipped(text: str, place: int, how: str) -> str:
    at = 1 + place % max(1, len(text) - 2)
    match how:
        case "left out":
            return text[:at] + text[at + 1 :]
        case "swapped":
            return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        case "other":
            return text[:at] + "e" + text[at + 1 :]
    return text


SLIPS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["left out", "swapped", "other"])))


@given(st.sampled_from(["plain", "scripts", "crowded"]), st.data(), SLIPS)
def test_a_name_counts_just_if_grading_would_take_it_for_one_that_could_be_offered(
    shape: str, data: st.DataObject, slips: list[tuple[int, str]]
) -> None:
    index, errors, names = world(shape)
    facts = [one for one in index.deck.facts if index.kind(one) is ValueKind.ENTITY]
    asked_ = data.draw(st.sampled_from(facts))
    kind = index.entity(asked_.value).type
    known = [index.entity(key) for key in index.by_type[kind]]
    text = data.draw(st.sampled_from(known)).name
    for place, how in slips[:2]:
        text = slipped(text, place, how)
    own = {
        one.key
        for one in known
        if grade_typed(Expected("name", one.name, one.key), text, names).verdict is Verdict.RIGHT
    }
    found = errors.said(f"fact:{asked_.uid}:value", text)
    if len(own) == 1:
        assert found == "".join(own - {asked_.value})
    elif index.entity(found).type == kind if found else False:
        assert index.named(text) == found


@given(st.sampled_from(["plain", "near"]), st.data(), st.integers(0, 3))
def test_a_date_counts_for_the_same_days_in_any_usual_form(
    shape: str, data: st.DataObject, form: int
) -> None:
    index, errors, _ = world(shape)
    dates = [one for one in index.deck.facts if index.kind(one) is ValueKind.DATE and one.askable]
    asked_, other = data.draw(st.sampled_from(dates)), data.draw(st.sampled_from(dates))
    span = parse_span(other.value)
    text = [say_date(span), other.value, f"in {say_date(span)}", f"{say_date(span)}?"][form]
    found = errors.said(f"fact:{asked_.uid}:value", text)
    if found:
        assert parse_span(found).same_days(span)
        assert found != asked_.value
    elif span.granularity == parse_span(asked_.value).granularity == "day":
        assert span.same_days(parse_span(asked_.value))


@given(st.data(), st.integers(1, 90_000))
def test_a_figure_counts_for_what_grading_would_take_it_for(
    data: st.DataObject, typed: int
) -> None:
    index, errors, names = world("figures")
    facts = [one for one in index.deck.facts if index.kind(one) is ValueKind.NUMBER and one.askable]
    asked_, other = data.draw(st.sampled_from(facts)), data.draw(st.sampled_from(facts))
    amount = data.draw(st.sampled_from([other.quantity().amount, typed]))
    found = errors.said(f"fact:{asked_.uid}:value", f"{amount:,}")
    if found:
        assert found != asked_.value
        holder = next(one for one in facts if one.value.lstrip("~<>") == found.lstrip("~<>"))
        expected = expect_value(index, holder, "about")
        assert grade_typed(expected, f"{amount}", names).verdict is Verdict.RIGHT


# What the bank makes of it


FAR = [fact(f"x{number}", "fought", f"17{number + 10}-06-15") for number in range(12)]
PLENTY = [fact(f"x{number}", "losses", f"{1500 + 900 * number}", q={"side": "norland"})
          for number in range(12)]  # fmt: skip
NAMES = [fact(f"x{number}", "also_called", f"{word} Battle")
         for number, word in enumerate("Amber Brown Coral Dusky Early Foggy Green Hazel "
                                       "Ivory Jaded Khaki Lemon".split())]  # fmt: skip
MORE = tuple(entity(f"x{number}", "battle", f"Battle of Hamlet {number}") for number in range(12))


def pool(card: str, seen: dict[str, tuple[int, int]], *facts: Fact) -> list[str]:
    made = write_bank(deck(*CALLED, *facts, entities=MORE), observed={card: seen})
    return distractors(asked(made, card, Form.CHOICE)[0])


@pytest.mark.parametrize(
    ("card", "facts"),
    [(FOUGHT, FAR), (LOSSES, PLENTY), (NAME, NAMES)],
    ids=["date", "figure", "term"],
)
def test_what_two_learners_typed_is_offered_and_what_many_did_comes_first(
    card: str, facts: list[Fact]
) -> None:
    """Dates and figures among those on their side of the right one."""
    told = {one.value for one in deck(*CALLED, *facts).facts}
    last = [value for value in pool(card, {}, *facts) if value in told][-1]
    assert last in pool(card, {last: (12, 12)}, *facts)[:2]


def test_a_term_far_off_in_the_deck_is_offered_once_learners_typed_it() -> None:
    many = tuple(entity(f"y{n}", "battle", f"Battle of Village {n}") for n in range(20))
    words = [
        a + b for a in "Amber Coral Dusky Foggy Green".split() for b in "ash elm oak fir".split()
    ]
    facts = [fact(f"y{n}", "also_called", f"{word} Battle") for n, word in enumerate(words)]
    made = deck(*CALLED, *facts, entities=many)
    before = distractors(asked(write_bank(made), NAME, Form.CHOICE)[0])
    left_out = next(one.value for one in (*CALLED, *facts) if one.value not in before)
    assert left_out not in before
    for times, offered in ((1, False), (12, True)):
        written = write_bank(made, observed={NAME: {left_out: (times, times)}})
        assert (left_out in distractors(asked(written, NAME, Form.CHOICE)[0])) is offered


def test_a_typed_value_that_breaks_a_rule_is_not_offered_however_many_typed_it() -> None:
    """Of another source; within a few per cent; and years away."""
    rival = fact("alder", "losses", "3300", "annals", q={"side": "norland"}, uid="rival")
    made = write_bank(deck(rival), observed={"fact:rival:value": {"4200": (50, 50)}})
    for question in asked(made, "fact:rival:value", Form.CHOICE):
        assert "4200" not in distractors(question)
    near = fact("doorn", "losses", "4300", q={"side": "norland"})
    assert "4300" not in pool(LOSSES, {"4300": (50, 50)}, near, *PLENTY)
    wide = fact("doorn", "losses", "90000", q={"side": "norland"})
    assert "90000" not in pool(LOSSES, {"90000": (50, 50)}, wide, *PLENTY)


def test_what_the_deck_has_nowhere_is_not_offered() -> None:
    assert "7777" not in pool(LOSSES, {"7777": (50, 50)}, *PLENTY)
    assert "1703-01-01" not in pool(FOUGHT, {"1703-01-01": (50, 50)}, *FAR)
    assert "Sheer Invention" not in pool(NAME, {"Sheer Invention": (50, 50)}, *NAMES)


def test_a_figure_too_far_off_in_the_deck_to_be_looked_at_is_offered_once_two_typed_it() -> None:
    many = tuple(entity(f"y{n}", "battle", f"Battle of Village {n}") for n in range(60))
    facts = [fact(f"y{n}", "losses", str(4900 + 40 * n), q={"side": "norland"}) for n in range(60)]
    made = deck(*facts, entities=many)
    options = distractors(asked(write_bank(made), LOSSES, Form.CHOICE)[0])
    far = str(4900 + 40 * 59)
    assert far not in options
    for times, offered in ((1, False), (12, True)):
        written = write_bank(made, observed={LOSSES: {far: (times, times)}})
        assert (far in distractors(asked(written, LOSSES, Form.CHOICE)[0])) is offered
