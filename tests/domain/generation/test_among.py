""" "Which of these …": asked where others are right too, as long as none of them is shown."""

from __future__ import annotations

from dataclasses import replace

from questions.domain.audit import Auditor, Stored
from questions.domain.facts import Deck, Relation
from questions.domain.generation import write_bank
from questions.domain.questions import Form
from tests.domain.generation.decks import RELATIONS, asked, deck, distractors, fact, refused

AMONG = "Which of these battles was fought at {value}?"
SHARED = fact("fen", "place", "harbin", uid="fen")
CARD = "fact:fen:subject"


def with_wordings(*reverse: str, **changes: object) -> Deck:
    """Two battles were fought at one place."""
    place: Relation = replace(RELATIONS["place"], reverse=reverse, **changes)  # type: ignore[arg-type]
    return deck(SHARED, relations=(place,))


def stems(of: Deck, form: Form) -> set[str]:
    return {each.stem for each in asked(write_bank(of), CARD, form)}


def test_one_of_two_that_are_right_is_asked_beside_wrong_ones_alone() -> None:
    (question,) = asked(write_bank(with_wordings(AMONG)), CARD, Form.CHOICE)
    assert question.stem == "Which of these battles was fought at Harbin?"
    assert len(distractors(question)) > 1
    assert "alder" not in distractors(question)


def test_without_these_the_other_one_would_be_right_too() -> None:
    written = write_bank(with_wordings("Which battle was fought at {value}?"))
    assert asked(written, CARD) == []
    assert "Battle of Alder Hill" in refused(written, CARD, Form.CHOICE)[0].reason


def test_the_other_one_among_the_options_breaks_a_rule() -> None:
    of = with_wordings(AMONG)
    written = write_bank(of)
    card = next(each for each in written.cards if each.key == CARD)
    (question,) = asked(written, CARD, Form.CHOICE)
    right = {"text": "Battle of Alder Hill", "entity": "alder", "value": "alder"}
    wrong = [right, *question.content["distractors"][:1]]
    auditor = Auditor(of, draws=2)
    spoilt = replace(question, content={**question.content, "distractors": wrong})
    auditor.look_at(card, [Stored(1, spoilt)])
    assert {found.rule for found in auditor.report().violations} == {"no supported distractor"}


def test_what_asks_among_options_is_never_asked_without_them() -> None:
    both = with_wordings(AMONG, "Which battle raged at {value}?", reverse_single=True)
    of = replace(both, facts=tuple(each for each in both.facts if each.about != "alder"))
    assert stems(of, Form.TYPED) == {"Which battle raged at Harbin?"}
    assert AMONG.format(value="Harbin") in stems(of, Form.CHOICE)
    only = with_wordings(AMONG, reverse_single=True)
    only = replace(only, facts=tuple(each for each in only.facts if each.about != "alder"))
    assert stems(only, Form.TYPED) == set()
    assert "none to choose from" in refused(write_bank(only), CARD, Form.TYPED)[0].reason
