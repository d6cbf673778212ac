"""What is written from a deck: which cards, in which forms, in what words."""

from dataclasses import replace

import pytest

from questions.domain.facts import (
    Alias,
    AuthoredForm,
    AuthoredQuestion,
    Fact,
    Rank,
    Relation,
    Status,
    ValueKind,
)
from questions.domain.generation import write_bank
from questions.domain.generation.doubts import doubts
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.grading import Expected, NameIndex, Verdict, grade_typed
from questions.domain.questions import CardSpec, Direction, Form, State
from tests.domain.generation.decks import (
    FACTS,
    RELATIONS,
    asked,
    bank,
    deck,
    distractors,
    entity,
    fact,
    refused,
)

PLACE = "fact:alder-place-harbin:value"
DATE = "fact:alder-fought-1701-03-04:value"


def test_a_fact_is_asked_in_every_form_that_suits_its_value() -> None:
    forms = {question.form for question in asked(bank(), PLACE)}
    assert forms == {Form.CHOICE, Form.TRUE_FALSE, Form.TYPED, Form.CLOZE}


def test_a_card_is_asked_in_two_wordings() -> None:
    stems = [question.stem for question in asked(bank(), DATE, Form.TYPED)]
    assert stems == [
        "When was the Battle of Alder Hill fought?",
        "What is the date of the Battle of Alder Hill?",
    ]


def test_the_truth_is_told_after_the_answer_with_the_deck_s_note() -> None:
    noted = fact("doorn", "place", "tarnhill", uid="noted", note="The mill still stands.")
    facts = [one for one in FACTS if one.uid != "doorn-place-lowmoor"]
    written = write_bank(replace(deck(), facts=(*facts, noted)))
    for question in asked(written, "fact:noted:value"):
        assert question.statement == "The Battle of Doorn was fought at Tarnhill."
        assert question.explanation == "The mill still stands."


def test_the_key_of_a_choice_is_the_fact_s_value_among_others_of_its_kind() -> None:
    (question, _) = asked(bank(), PLACE, Form.CHOICE)
    assert question.content["key"] == {"text": "Harbin", "entity": "harbin", "value": "harbin"}
    assert set(distractors(question)) <= {"ironford", "kestrel", "lowmoor", "tarnhill"}
    assert question.content["sorted"] is False


def test_dates_and_figures_are_shown_in_order_with_smaller_and_larger_ones() -> None:
    (question, _) = asked(bank(), "fact:cedar-fought-1703-07-08:value", Form.CHOICE)
    assert question.content["sorted"] is True
    values = distractors(question)
    assert min(values) < "1703-07-08" < max(values)


def test_a_gap_leaves_out_the_value_and_says_what_is_wanted() -> None:
    (place,) = asked(bank(), PLACE, Form.CLOZE)
    assert place.content["before"] == "The Battle of Alder Hill was fought at "
    assert place.content["after"] == " (place)."
    (date,) = asked(bank(), DATE, Form.CLOZE)
    assert date.stem == "The Battle of Alder Hill was fought on ____ (date)."


def test_a_gap_that_opens_the_sentence_says_what_is_wanted() -> None:
    observed = fact("doorn", "observer", "adler", uid="observed")
    written = bank(observed, complete=(("doorn", "observer", ()),))
    (gap,) = asked(written, "fact:observed:value", Form.CLOZE)
    assert gap.stem == "____ (person) observed the Battle of Doorn."


def test_a_true_false_question_differs_in_the_value_alone() -> None:
    (question,) = asked(bank(), PLACE, Form.TRUE_FALSE)
    assert question.content["true"] == "The Battle of Alder Hill was fought at Harbin."
    for false in question.content["false"]:
        assert false.startswith("The Battle of Alder Hill was fought at ")
        assert "Harbin" not in false


def test_a_value_that_tells_one_subject_is_asked_backwards() -> None:
    questions = asked(bank(), "fact:alder-fought-1701-03-04:subject")
    stems = {question.stem for question in questions}
    assert stems == {"Which battle was fought on 4 March 1701?"}
    assert {question.form for question in questions} == {Form.CHOICE, Form.TYPED}


def test_a_value_of_two_subjects_is_not_asked_backwards() -> None:
    written = bank(fact("fen", "place", "harbin"))
    card = "fact:alder-place-harbin:subject"
    assert asked(written, card) == []
    assert {r.rule for r in refused(written, card)} == {"one right answer"}


def test_a_war_of_those_days_is_no_answer_to_which_battle() -> None:
    war = entity("war", "event", "Orchard War")
    written = bank(fact("war", "fought", "1701/1706"), entities=(war,))
    assert asked(written, "fact:alder-fought-1701-03-04:subject", Form.TYPED)


def test_a_battle_known_only_by_its_year_may_be_the_one_that_is_meant() -> None:
    vague = entity("vague", "battle", "Battle of Grau")
    written = bank(fact("vague", "fought", "1701"), entities=(vague,))
    assert asked(written, "fact:alder-fought-1701-03-04:subject") == []


def test_a_whole_that_holds_the_value_makes_another_subject_right_too() -> None:
    written = bank(
        fact("fen", "place", "valley"),
        entities=(entity("valley", "place"), entity("harbin", "place", part_of="valley")),
    )
    assert asked(written, "fact:alder-place-harbin:subject") == []


def test_a_subject_that_others_outside_may_share_is_not_typed() -> None:
    written = bank()
    card = "fact:alder-place-harbin:subject"
    assert asked(written, card, Form.TYPED) == []
    assert asked(written, card, Form.CHOICE)


def test_of_many_values_one_is_asked_for_among_options_only() -> None:
    written = bank(fact("alder", "commander", "brandt", q={"side": "norland"}))
    card = "fact:alder-commander-adler:value"
    assert {question.form for question in asked(written, card)} == {Form.CHOICE}
    assert asked(written, card)[0].stem.startswith("Which of these people commanded")
    assert {r.rule for r in refused(written, card, Form.TYPED)} == {"one right answer"}


def test_the_only_value_is_typed_where_the_deck_knows_that_it_is_the_only_one() -> None:
    group = ("alder", "commander", (("side", "norland"),))
    written = bank(complete=(group,))
    (question,) = asked(written, "fact:alder-commander-adler:value", Form.TYPED)
    assert question.stem == "Who commanded for Norland in the Battle of Alder Hill?"


def test_a_complete_list_is_asked_by_its_number() -> None:
    group = ("alder", "commander", (("side", "norland"),))
    written = bank(fact("alder", "commander", "brandt", q={"side": "norland"}), complete=(group,))
    (question,) = asked(written, "list:alder:commander:side=norland")
    assert question.stem == (
        "Name the two people who commanded for Norland in the Battle of Alder Hill."
    )
    assert [one["entity"] for one in question.content["expected"]] == ["adler", "brandt"]
    assert question.statement == (
        "The two people who commanded for Norland in the Battle of Alder Hill were Ida Adler and "
        "Olaf Brandt."
    )


def test_a_list_that_may_go_on_is_not_asked() -> None:
    written = bank(fact("alder", "commander", "brandt", q={"side": "norland"}))
    card = "list:alder:commander:side=norland"
    assert asked(written, card) == []
    assert {r.rule for r in refused(written, card)} == {"complete lists only"}


def test_events_are_put_in_order() -> None:
    (question,) = [q for q in bank().questions if q.form is Form.ORDERING]
    whens = [item["when"] for item in question.content["items"]]
    assert len(whens) == 5
    assert whens == sorted(whens, key=lambda when: when[-4:])
    assert question.stem == "Put these battles in order, the earliest first."


def test_events_that_overlap_are_not_put_in_order() -> None:
    one = [replace(f, value="1701/1706") if f.relation == "fought" else f for f in FACTS]
    written = write_bank(replace(deck(), facts=tuple(one)))
    assert not [q for q in written.questions if q.form is Form.ORDERING]


def test_pairs_are_matched_with_one_to_spare() -> None:
    sets = [q for q in bank().questions if q.form is Form.MATCHING]
    assert {q.stem for q in sets} == {
        "Match each battle with its date.",
        "Match each battle with its place.",
    }
    for question in sets:
        rights = [right for _, right in question.content["pairs"]]
        assert 3 <= len(rights) <= 4
        assert not set(rights) & set(question.content["spares"])


def test_free_text_is_a_flashcard_with_its_points() -> None:
    written = bank(fact("alder", "meaning", "it opened the road", uid="m", points=("the road",)))
    questions = asked(written, "fact:m:value")
    assert {question.form for question in questions} == {Form.FLASHCARD}
    assert len(questions) == 2
    assert questions[0].content == {"answer": "It opened the road", "points": ["the road"]}


def test_what_the_deck_has_put_aside_is_neither_asked_nor_a_wrong_answer_there() -> None:
    aside = fact("fen", "place", "tarnhill", uid="aside", rank=Rank.DEPRECATED)
    written = bank(aside, fact("fen", "place", "kestrel", uid="now"))
    assert not [q for q in written.questions if "aside" in q.card]
    assert {r.rule for r in refused(written, "fact:aside:value")} == {"settled facts"}
    for question in asked(written, "fact:now:value", Form.CHOICE):
        assert "tarnhill" not in distractors(question)


def test_a_fact_is_asked_in_the_forms_that_its_deck_leaves_it() -> None:
    known_again = (Form.CHOICE, Form.TRUE_FALSE)
    of = replace(deck(), facts=tuple(replace(one, forms=known_again) for one in FACTS))
    written = write_bank(of)
    assert {question.form for question in asked(written, PLACE)} == set(known_again)
    assert ("settled facts", Form.TYPED) in {(r.rule, r.form) for r in refused(written, PLACE)}
    assert not [q for q in written.questions if q.form not in known_again]


@pytest.mark.parametrize("form", [Form.ORDERING, Form.MATCHING])
def test_a_set_goes_on_without_a_fact_that_is_not_asked_so(form: Form) -> None:
    extra = (fact("birch", "fought", "1705-01-01"), fact("doorn", "fought", "1706-01-01"))
    taken = {(one.about, one.relation) for one in FACTS}
    facts = [*FACTS, *(one for one in extra if (one.about, one.relation) not in taken)]
    chosen = next(iter(sets(facts, form)))[0]
    alone = (Form.CHOICE, Form.TYPED)
    kept = [replace(one, forms=alone) if one.uid == chosen else one for one in facts]
    assert sets(kept, form)
    assert not any(chosen in uids for uids in sets(kept, form))


def sets(facts: list[Fact], form: Form) -> list[tuple[str, ...]]:
    """The facts of every chronology or matching set of battles by their dates."""
    written = write_bank(replace(deck(), facts=tuple(facts)))
    cards = {one.card for one in written.questions if one.form is form}
    return [card.facts for card in written.cards if card.key in cards and ":fought:" in card.key]


@pytest.mark.parametrize("status", list(Status))
def test_what_is_not_settled_waits_as_a_draft_and_says_why(status: Status) -> None:
    facts = [replace(f, status=(status,)) if f.relation == "place" else f for f in FACTS]
    questions = asked(write_bank(replace(deck(), facts=tuple(facts))), PLACE)
    assert questions
    assert {question.state for question in questions} == {State.DRAFT}
    assert all(question.why_draft for question in questions)


def test_the_same_known_more_exactly_is_asked_once() -> None:
    written = bank(fact("alder", "fought", "1701", "annals", uid="coarse"))
    assert asked(written, "fact:coarse:value") == []
    assert "4 March 1701" in refused(written, "fact:coarse:value")[0].reason
    assert asked(written, DATE, Form.TYPED)


def test_questions_by_hand_come_as_they_are() -> None:
    by_hand = AuthoredQuestion(
        "q1", AuthoredForm.CHOICE, "Why?", "Because.", ("For fun.", "By chance."), topic="war"
    )
    written = bank(authored=(by_hand,))
    (question,) = asked(written, "authored:q1")
    assert (question.stem, question.slot, question.state) == ("Why?", "choice", State.ACTIVE)
    assert question.content["key"]["text"] == "Because."
    card = next(card for card in written.cards if card.key == "authored:q1")
    assert (card.direction, card.siblings, card.topic) == (
        Direction.AUTHORED, "authored:q1", "war",
    )  # fmt: skip


def test_after_a_false_statement_by_hand_the_truth_is_told() -> None:
    by_hand = AuthoredQuestion(
        "q1", AuthoredForm.TRUE_FALSE, "It rained.", "false", explanation="It snowed all day."
    )
    (question,) = asked(bank(authored=(by_hand,)), "authored:q1")
    assert (question.statement, question.explanation) == ("It snowed all day.", "")
    (bare,) = asked(bank(authored=(replace(by_hand, explanation=""),)), "authored:q1")
    assert bare.statement == "False: It rained."
    for one, names in ((question, []), (bare, ["truth untold"])):
        spec = CardSpec("authored:q1", Direction.AUTHORED, "q1", "", ())
        assert [name for name, _ in doubts(Item(Index(deck()), spec, one))] == names


@pytest.mark.parametrize(
    ("key", "kind", "value"),
    [
        ("Ida Adler", "name", "Ida Adler"),
        ("5 April 1746", "date", "1746-04-05"),
        ("1941", "date", "1941"),
        ("12,500", "number", "12500"),
        ("about 12,500", "number", "~12500"),
        ("more than 500", "number", ">500"),
        ("2500", "number", "2500"),
        ("31 April 1945", "term", "31 April 1945"),
        ("by a ruse", "term", "by a ruse"),
    ],
)
def test_a_typed_key_by_hand_is_graded_as_what_it_is(key: str, kind: str, value: str) -> None:
    by_hand = AuthoredQuestion("q1", AuthoredForm.TYPED, "Well?", key)
    (question,) = asked(bank(authored=(by_hand,)), "authored:q1")
    expected = question.content["expected"]
    assert (expected["kind"], expected["value"]) == (kind, value)


@pytest.mark.parametrize(
    ("key", "accept", "given", "verdict"),
    [
        ("13 April 1941", ("Palm Sunday 1941",), "12 May 1940", Verdict.WRONG),
        ("13 April 1941", ("Palm Sunday 1941",), "Palm Sunday 1941", Verdict.RIGHT),
        ("1941", ("nineteen forty-one",), "1938", Verdict.WRONG),
        ("13 April 1941", ("14 April 1941",), "14/4/1941", Verdict.RIGHT),
        ("12,500", ("1,500",), "1500", Verdict.RIGHT),
        ("12,500", (), "12,600", Verdict.WRONG),
        ("about 33,000", (), "33,000", Verdict.RIGHT),
        ("about 33,000", (), "33,127", Verdict.PARTIAL),
        ("about 33,000", (), "43,000", Verdict.WRONG),
        ("1941", (), "1900", Verdict.WRONG),
        ("1941", (), "the year 1941", Verdict.RIGHT),
        ("31 April 1945", (), "30 April 1945", Verdict.WRONG),
    ],
)
def test_any_answer_to_a_typed_question_by_hand_is_graded(
    key: str, accept: tuple[str, ...], given: str, verdict: Verdict
) -> None:
    by_hand = AuthoredQuestion("q1", AuthoredForm.TYPED, "Well?", key, accept=accept)
    (question,) = asked(bank(authored=(by_hand,)), "authored:q1")
    expected = Expected.from_json(question.content["expected"])
    assert grade_typed(expected, given, NameIndex([])).verdict is verdict


def test_a_choice_by_hand_with_equal_options_waits_for_its_teacher() -> None:
    by_hand = AuthoredQuestion("q1", AuthoredForm.CHOICE, "Who?", "The Duke", ("the duke", "I"))
    (question,) = asked(bank(authored=(by_hand,)), "authored:q1")
    assert question.state is State.DRAFT
    assert "the duke" in question.why_draft


def test_a_card_keeps_its_key_when_the_value_changes() -> None:
    before = bank(fact("fen", "place", "tarnhill", uid="here"))
    after = bank(fact("fen", "place", "lowmoor", uid="here"))
    assert {"fact:here:value"} <= {card.key for card in before.cards} & {
        card.key for card in after.cards
    }


def test_both_directions_of_a_fact_are_siblings() -> None:
    siblings = {c.siblings for c in bank().cards if c.facts == ("alder-place-harbin",)}
    assert siblings == {"alder-place-harbin"}


def test_every_slot_is_written_once() -> None:
    written = bank()
    slots = [(question.card, question.slot) for question in written.questions]
    assert len(slots) == len(set(slots))
    assert {question.card for question in written.questions} == {c.key for c in written.cards}


def test_an_undecided_unit_goes_with_the_figures() -> None:
    length = replace(
        RELATIONS["losses"], key="guns", unit="tank", ask=("What did {side} lose in {about}?",)
    )
    facts = [
        fact(battle, "guns", count, q={"side": "norland"})
        for battle, count in (("alder", "44"), ("birch", "33"), ("cedar", "66"))
    ]
    (question,) = asked(bank(*facts, relations=(length,)), "fact:alder-guns-44:value", Form.CHOICE)
    assert question.content["key"]["text"] == "44 tanks"
    texts = [option["text"] for option in question.content["distractors"]]
    assert texts[:2] == ["33 tanks", "66 tanks"]
    assert all(text.endswith(" tanks") for text in texts)


def test_nothing_is_written_of_an_empty_deck() -> None:
    written = bank(base=False)
    assert (written.cards, written.questions, written.refused) == ((), (), ())


def test_a_question_for_a_name_knows_the_subject_s_other_names() -> None:
    """As aliases, and by what other facts tell; none that the question's own words give."""
    hill = entity(
        "hill", "battle", "Battle of Hare Hill",
        aliases=(Alias("Usagiyama"), Alias("Hare Hill"), Alias("Kanin", loose=True)),
    )  # fmt: skip
    told = fact("hill", "also_called", "Rabbit Fight", uid="told")
    written = Relation(
        "written", "written", ValueKind.TERM, state=("{About} is written “{value}” there.",)
    )
    other = fact("hill", "written", "Warren Fight", uid="other")
    made = bank(
        told, other, entities=(hill,), relations=(written,),
        complete=(("hill", "also_called", ()),),
    )  # fmt: skip
    (card,) = [one for one in asked(made, "fact:told:value") if one.form is Form.CLOZE]
    assert card.content["expected"]["names"] == ["Usagiyama", "Kanin", "Warren Fight"]
    losses = asked(made, "fact:alder-losses-4200:value", Form.TYPED)[0]
    assert "names" not in losses.content["expected"]
