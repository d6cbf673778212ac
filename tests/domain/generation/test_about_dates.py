"""Dates of which a source only says "about": said so in English, and beside none that say less."""

import pytest

from questions.domain.facts import Fact
from questions.domain.generation import write_bank
from questions.domain.generation.index import Index
from questions.domain.generation.item import Item
from questions.domain.generation.options import options_apart
from questions.domain.questions import Form
from questions.domain.values import marked_alike, parse_span, say_date, say_when
from tests.domain.generation.decks import asked, deck, distractors, fact

ABOUT = fact("fen", "fought", "1706-12-12~", uid="about")


@pytest.mark.parametrize(
    ("text", "said", "when"),
    [
        ("2011-10-12~", "about 12 October 2011", "on or about 12 October 2011"),
        ("2011-10~", "about October 2011", "in about October 2011"),
        ("1939-22~", "about summer 1939", "in about summer 1939"),
        ("1939~", "about 1939", "in about 1939"),
        ("193X~", "about the 1930s", "in about the 1930s"),
        ("1937~/1939~", "about 1937 to 1939", "from about 1937 to 1939"),
        ("1937/1939~", "1937 to about 1939", "from 1937 to about 1939"),
        ("1938-07-29/1938-08-11~", "29 July to about 11 August 1938",
         "from 29 July to about 11 August 1938"),
        ("1937~/..", "since about 1937", "from about 1937 on"),
        ("../1939~", "until about 1939", "until about 1939"),
        ("1985~-04", "about April 1985", "in about April 1985"),
        ("1985-04-~01", "about 1 April 1985", "on or about 1 April 1985"),
    ],
)  # fmt: skip
def test_about_stands_where_english_has_it(text: str, said: str, when: str) -> None:
    assert (say_date(parse_span(text)), say_when(parse_span(text))) == (said, when)


@pytest.mark.parametrize(
    ("key", "other", "shown"),
    [
        ("1771~", "1780", "1780~"),
        ("1771", "1780~", "1780"),
        ("1937/1939~", "1941~/1942", "1941/1942~"),
        ("1937~/..", "1941/..", "1941~/.."),
    ],
)
def test_a_date_is_offered_as_roughly_as_the_right_one_is_said(
    key: str, other: str, shown: str
) -> None:
    assert marked_alike(key, other) == shown


def test_no_option_alone_says_about() -> None:
    written = write_bank(deck(*_but("fen"), ABOUT, base=False))
    choices = [one for one in written.questions if one.form is Form.CHOICE]
    dated = [one for one in choices if one.card.endswith(":value") and "fought" in one.card]
    assert asked(written, "fact:about:value", Form.CHOICE)
    for one in (*dated, *asked(written, "fact:about:value", Form.CHOICE)):
        values = [one.content["key"]["value"], *distractors(one)]
        assert len({value.endswith("~") for value in values}) == 1


def test_false_statements_say_about_where_the_true_one_does() -> None:
    written = write_bank(deck(*_but("fen"), ABOUT, base=False))
    judged = asked(written, "fact:about:value", Form.TRUE_FALSE)[0]
    assert "on or about 12 December 1706" in judged.content["true"]
    assert judged.content["false"]
    assert all("fought on or about " in text for text in judged.content["false"])


def test_the_gap_keeps_the_words_before_the_date() -> None:
    gap = asked(write_bank(deck(ABOUT, base=False)), "fact:about:value", Form.CLOZE)[0]
    assert gap.stem == "The Battle of Fenwick was fought on or about ____ (date)."


def test_an_option_that_says_about_beside_one_that_does_not_is_refused() -> None:
    whole = deck(*_but("fen"), ABOUT, base=False)
    written = write_bank(whole)
    question = asked(written, "fact:about:value", Form.CHOICE)[0]
    card = next(card for card in written.cards if card.key == question.card)
    assert not options_apart(Item(Index(whole), card, question))
    question.content["distractors"][0]["value"] = DATE
    assert options_apart(Item(Index(whole), card, question))


DATE = "1705-02-11"


def _but(left_out: str) -> list[Fact]:
    return [one for one in deck().facts if one.about != left_out]
