"""A doubt as the program remembers it: by its rule and matter, not by its words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from questions.domain.facts import AuthoredForm, AuthoredQuestion, Status
from questions.domain.generation.drafting import doubt_about, doubt_of, is_let_through
from questions.domain.messages import Sentence, kept, to_keep
from tests.domain.generation.decks import asked, bank, fact

HERE = fact("fen", "place", "tarnhill", status=(Status.DERIVED,))
names = st.text(min_size=1, max_size=20)


@given(names, names)
def test_the_words_of_a_reason_make_no_other_doubt(one: str, two: str) -> None:
    first = Sentence("%(a)s says the same as %(b)s.", a=one, b=two)
    other = Sentence("“%(x)s” and “%(y)s” are one: %(why)s", y=one, x=two, why=Sentence("so."))
    assert doubt_of("options apart", first) == doubt_of("options apart", other)
    assert doubt_of("options apart", kept(to_keep(first))) == doubt_of("options apart", first)


def test_another_matter_or_rule_is_another_doubt() -> None:
    about = [Sentence("Not %(a)s.", a=name) for name in ("Brandt", "Holm")]
    doubts = {doubt_of(rule, why) for rule in ("no cue", "options apart") for why in about}
    assert len(doubts) == 4
    assert doubt_of("key length", "It stands out.") == "key length"


def test_whatever_a_fact_says_is_part_of_its_doubt() -> None:
    losses = fact("alder", "losses", "400", q={"side": "norland"}, status=(Status.UNCERTAIN,))
    others = (
        replace(losses, value="401"),
        replace(losses, unit="tank"),
        replace(losses, qualifiers=(("side", "sudland"),)),
        replace(losses, status=(Status.DERIVED,)),
        replace(losses, about="fen"),
    )
    assert len({doubt_about([one]) for one in (losses, *others)}) == 6
    assert doubt_about([losses]) == doubt_about([replace(losses, note="See also.", passages=())])
    assert doubt_about([replace(losses, status=())]) == ""


def test_whoever_let_all_doubts_pass_let_each_pass() -> None:
    both = doubt_about([HERE, replace(HERE, value="lowmoor")])
    assert both == doubt_about([replace(HERE, value="lowmoor"), HERE])
    assert is_let_through(doubt_about([HERE]), both)
    assert not is_let_through(both, doubt_about([HERE]))
    assert is_let_through("", "")


def test_a_question_by_hand_is_doubted_for_its_rule_and_matter() -> None:
    by_hand = AuthoredQuestion("q1", AuthoredForm.CHOICE, "Who?", "The Duke", ("the duke", "I"))
    (question,) = asked(bank(authored=(by_hand,)), "authored:q1")
    assert question.doubt == "options apart: duke"
