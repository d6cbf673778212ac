"""Where sources disagree: who is asked about, and what counts as right."""

from dataclasses import replace

from questions.domain.facts import Passage, Relation, Status, ValueKind
from questions.domain.questions import Form
from tests.domain.generation.decks import asked, bank, deck, distractors, fact, refused

HARBIN = fact("fen", "place", "harbin", "chronicle", uid="h")
KESTREL = fact("fen", "place", "kestrel", "annals", uid="k")
OUTCOME = Relation("outcome", "outcome", ValueKind.TERM, ("battle",), single=True)


def test_each_side_of_a_conflict_is_asked_on_its_source_s_word() -> None:
    written = bank(HARBIN, KESTREL)
    one = asked(written, "fact:h:value", Form.TYPED)
    other = asked(written, "fact:k:value", Form.TYPED)
    assert one[0].stem == "According to the Chronicle, where was the Battle of Fenwick fought?"
    assert other[0].stem == "According to Ana Lund, where was the Battle of Fenwick fought?"
    for question in (*one, *other):
        assert "According to" in question.statement


def test_the_other_source_s_value_is_told_to_the_grader() -> None:
    question = asked(bank(HARBIN, KESTREL), "fact:h:value", Form.TYPED)[0]
    assert question.content["expected"]["others"] == [["Kestrel", "Ana Lund"]]


def test_no_source_s_value_is_a_wrong_option() -> None:
    written = bank(HARBIN, KESTREL)
    for card in ("fact:h:value", "fact:k:value"):
        for question in asked(written, card, Form.CHOICE):
            assert not {"harbin", "kestrel"} & set(distractors(question))


def test_no_false_statement_says_what_another_source_says() -> None:
    (question,) = asked(bank(HARBIN, KESTREL), "fact:h:value", Form.TRUE_FALSE)
    assert question.content["true"].startswith("According to the Chronicle, the Battle")
    assert not any("Kestrel" in statement for statement in question.content["false"])


def test_once_it_is_asked_without_a_source_and_any_value_is_right() -> None:
    written = bank(HARBIN, KESTREL)
    (question,) = [q for q in written.questions if q.slot == "typed:any"]
    expected = question.content["expected"]
    assert {expected["value"], *expected["accept"]} == {"Harbin", "Kestrel"}
    assert question.stem == (
        "The sources differ. According to any one of them, where was the Battle of Fenwick fought?"
    )
    assert question.statement == (
        "According to the Chronicle, the Battle of Fenwick was fought at Harbin. "
        "According to Ana Lund, the Battle of Fenwick was fought at Kestrel."
    )


def test_what_is_shown_after_it_is_what_each_source_says() -> None:
    (question,) = [q for q in bank(HARBIN, KESTREL).questions if q.slot == "typed:any"]
    for said in ("According to the Chronicle, the Battle", "According to Ana Lund, the Battle"):
        assert said in question.statement


def test_the_better_supported_value_is_the_one_that_any_is_asked_of() -> None:
    twice = fact("fen", "place", "kestrel", "annals", "copy", uid="k")
    (question,) = [q for q in bank(HARBIN, twice).questions if q.slot == "typed:any"]
    assert question.card == "fact:k:value"


def test_sources_of_one_origin_count_once() -> None:
    copied = fact("fen", "place", "kestrel", "chronicle", "copy", uid="k")
    harbin = fact("fen", "place", "harbin", "annals", uid="h")
    (question,) = [q for q in bank(harbin, copied).questions if q.slot == "typed:any"]
    assert question.card == "fact:h:value"


def test_a_source_that_contradicts_itself_is_not_named() -> None:
    twice = fact("fen", "place", "kestrel", "chronicle", uid="k")
    written = bank(HARBIN, twice)
    slots = {q.slot for q in [*asked(written, "fact:h:value"), *asked(written, "fact:k:value")]}
    assert slots == {"typed:any"}
    assert refused(written, "fact:h:value")[0].reason.startswith("Its source contradicts itself")


def test_a_disputed_value_is_not_asked_backwards() -> None:
    written = bank(HARBIN, KESTREL)
    assert asked(written, "fact:k:subject") == []
    assert {r.rule for r in refused(written, "fact:k:subject")} == {"conflict named"}


def test_a_date_that_agrees_with_both_sides_takes_none() -> None:
    written = bank(
        fact("peace", "signed", "1701-05-01", "chronicle", uid="first"),
        fact("peace", "signed", "1701-05-02", "annals", uid="second"),
        fact("peace", "signed", "1701", "copy", uid="year"),
    )
    assert asked(written, "fact:year:value") == []
    assert asked(written, "fact:first:value", Form.TYPED)[0].stem.startswith("According to")


def test_terms_of_which_one_is_right_for_the_other_are_no_conflict() -> None:
    victory = fact(
        "fen", "outcome", "Norlandic victory", "chronicle", accept=("Sudmarkian defeat",)
    )
    defeat = fact("fen", "outcome", "Sudmarkian defeat", "annals")
    draw = fact("fen", "outcome", "draw", "annals")
    assert not list(deck(victory, defeat, relations=(OUTCOME,)).conflicts())
    assert list(deck(victory, draw, relations=(OUTCOME,)).conflicts())


def test_what_the_deck_worked_out_against_its_own_source_makes_no_stem_name_it() -> None:
    """The teacher still sees both; from a source that says nothing itself it counts."""
    stated = fact("peace", "signed", "1701-05-01", "chronicle", uid="said")
    ours = fact("peace", "signed", "1701-05-09", "chronicle", uid="ours", status=(Status.DERIVED,))
    other = replace(ours, passages=(Passage("annals", "1"),))
    assert list(deck(stated, ours).conflicts())
    plain = asked(bank(stated, ours), "fact:said:value", Form.TYPED)
    assert plain
    assert all(one.stem.startswith(("When", "What", "On")) for one in plain)
    named = asked(bank(stated, other), "fact:said:value", Form.TYPED)
    assert any(one.stem.startswith("According to the Chronicle") for one in named)
