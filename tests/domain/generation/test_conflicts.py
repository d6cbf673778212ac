"""Where sources disagree: who is asked about, and what counts as right."""

from questions.domain.questions import Form
from tests.domain.generation.decks import asked, bank, distractors, fact, refused

HARBIN = fact("fen", "place", "harbin", "chronicle", uid="h")
KESTREL = fact("fen", "place", "kestrel", "annals", uid="k")


def test_each_side_of_a_conflict_is_asked_on_its_source_s_word() -> None:
    written = bank(HARBIN, KESTREL)
    one = asked(written, "fact:h:value", Form.TYPED)
    other = asked(written, "fact:k:value", Form.TYPED)
    assert one[0].stem == "According to the Chronicle, where was the Battle of Fenwick fought?"
    assert other[0].stem == "According to Ana Lund, where was the Battle of Fenwick fought?"
    for question in (*one, *other):
        assert "According to" in question.statement or question.slot == "typed:any"


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
    assert question.stem == "Where was the Battle of Fenwick fought?"


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
