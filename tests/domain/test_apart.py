"""What was read on a day, and which questions it leaves open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from questions.domain.apart import Basis, Beside, Read, Reading, Ready
from questions.domain.generation.together import Given, shown_pieces, told_pieces
from questions.domain.questions import Form, Written
from questions.domain.quizzes import Offer, Telling


def typed(stem: str, key: str, statement: str = "", kind: str = "name") -> Written:
    return Written(
        "card", "typed:0", Form.TYPED, stem, {"expected": {"kind": kind, "value": key}}, statement
    )


def ready(card: int, *offers: Offer, facts: str = "", matter: object = None) -> Ready:
    return Ready(Basis(card, frozenset(facts.split()), matter), offers)


def told(card: int, *texts: str, facts: str = "", matter: object = None) -> Read:
    return Read(Basis(card, frozenset(facts.split()), matter), tuple(told_pieces(*texts)))


WHO = Offer(
    1, typed("Who led the army at Alder Hill?", "Ida Brandt"), Given(("Battle of Alder Hill",))
)
WHEN = Offer(
    2, typed("When did Alder Hill begin?", "1701-03-04", kind="date"), Given(("Alder Hill",))
)


def test_a_statement_told_before_closes_the_question_that_it_answers() -> None:
    read = told(7, "Ida Brandt led the army of Norland at Alder Hill.")
    assert ready(1, WHO).open_after([read]) == []
    assert ready(1, WHO).open_after([]) == [WHO]


def test_the_key_beside_another_subject_gives_nothing_away() -> None:
    read = told(7, "Ida Brandt led the army of Norland at Birch Ford.")
    assert ready(1, WHO).open_after([read]) == [WHO]


def test_key_and_subject_in_different_sentences_give_nothing_away() -> None:
    read = told(7, "The army at Alder Hill was led by a count. Ida Brandt was a general.")
    assert ready(1, WHO).open_after([read]) == [WHO]


def test_a_date_beside_its_subject_is_told_whatever_the_sentence_is_about() -> None:
    read = told(7, "The count died at Alder Hill on 4 March 1701.")
    assert ready(1, WHEN).open_after([read]) == []


def test_a_date_beside_its_subject_is_told_without_the_stems_words() -> None:
    stem = "When did the frozen river carry both armies beyond Alder Hill?"
    crossing = replace(WHEN, written=typed(stem, "1701-03-04", kind="date"))
    assert ready(1, crossing).open_after([told(7, "Alder Hill: 4 March 1701.")]) == []


def test_the_key_in_the_stems_words_gives_nothing_away_without_the_subject() -> None:
    read = told(7, "Ida Brandt led the army at Birch Hill.")
    assert ready(1, WHO).open_after([read]) == [WHO]


def test_a_key_with_initials_is_read() -> None:
    who = replace(WHO, written=typed("Who led the army at Alder Hill?", "D. N. Ermakov"))
    read = told(7, "At Alder Hill the army was led by D. N. Ermakov of Norland.")
    assert ready(1, who).open_after([read]) == []


LAUNCHED = Offer(
    4,
    typed("Which state launched Operation Otto?", "Norland"),
    Given(("Operation Otto", "Case Blue"), ("Kestrel", "Norland")),
)


@pytest.mark.parametrize(
    "says",
    [
        "Norland carried out Operation Otto.",
        "Case Blue was begun by Norland.",
    ],
)
def test_key_and_subject_named_in_one_sentence_tell_whatever_the_words(says: str) -> None:
    assert ready(1, LAUNCHED).open_after([told(7, says)]) == []


@pytest.mark.parametrize(
    "says",
    [
        "Norland bore the brunt of Operation Otto, which Kestrel carried out.",
        "Norland carried out another operation.",
        "Norland lies far away. It withstood Operation Otto.",
    ],
)
def test_key_and_subject_tell_nothing_beside_a_candidate_or_apart(says: str) -> None:
    assert ready(1, LAUNCHED).open_after([told(7, says)]) == [LAUNCHED]


def test_a_term_is_told_beside_its_subject() -> None:
    stem = "How is sodium written in a chemical formula?"
    symbol = Offer(5, typed(stem, "Na", kind="term"), Given(("sodium",)))
    read = told(7, "The chemical symbol of sodium is Na.")
    assert ready(1, symbol).open_after([read]) == []


def test_an_option_that_may_be_wrong_links_nothing() -> None:
    shown = shown_pieces(Form.CHOICE, "Who feared Operation Otto?", ["Norland", "Kestrel"])
    read = Read(Basis(7, frozenset()), tuple(shown))
    assert ready(1, LAUNCHED).open_after([read]) == [LAUNCHED]


def test_a_year_as_the_subject_links_nothing() -> None:
    began = typed("Which war ended in 1701?", "Moss War")
    offer = Offer(6, began, Given(("1701",)))
    assert ready(1, offer).open_after([told(7, "Moss War: from 1701.")]) == [offer]


def test_an_option_is_read_with_its_stem_alone() -> None:
    shown = shown_pieces(
        Form.CHOICE, "Who led the army at Birch Ford?", ["Ida Brandt", "Alder Hill"]
    )
    read = Read(Basis(7, frozenset()), tuple(shown))
    assert ready(1, WHO).open_after([read]) == [WHO]


def test_what_a_card_itself_showed_does_not_close_it() -> None:
    read = told(1, "Ida Brandt led the army of Norland at Alder Hill.")
    assert ready(1, WHO).open_after([read]) == [WHO]


def test_a_fact_or_matter_met_before_closes_a_card() -> None:
    assert ready(1, WHO, facts="a b").open_after([told(7, "…", facts="b c")]) == []
    assert ready(1, WHO, matter="end").open_after([told(7, "…", matter="end")]) == []
    assert ready(1, WHO, matter=None).open_after([told(7, "…", matter=None)]) == [WHO]


def test_another_wording_may_stay_open() -> None:
    other = replace(WHO, question=3, written=typed("Who was Brandt’s rival?", "Otto Klein"))
    read = told(7, "Ida Brandt led the army of Norland at Alder Hill.")
    assert ready(1, WHO, other).open_after([read]) == [other]


def test_a_card_that_would_give_another_away_spoils_it_unless_both_do() -> None:
    says = "Ida Brandt led the army at Alder Hill."
    where = Offer(3, typed("Where did the count die?", "Harbin", says), Given(("count",)))
    telling, told_of = ready(2, where), ready(1, WHO)
    assert Reading().spoils(telling, told_of)
    assert not Reading().spoils(told_of, telling)
    back = Offer(1, replace(WHO.written, statement="The count died, where? At Harbin."), WHO.given)
    read = Reading([told(9, "…", facts="x")])
    assert not read.spoils(telling, ready(1, WHO, facts="x"))
    both = ready(1, replace(back, given=WHO.given), facts="y")
    assert not Reading().spoils(ready(2, where, facts="y"), both)


def test_what_is_read_later_closes_what_was_open() -> None:
    reading = Reading()
    assert reading.open(ready(1, WHO)) == [WHO]
    reading.add(told(7, "Ida Brandt led the army of Norland at Alder Hill."))
    assert reading.open(ready(1, WHO)) == []


def test_items_of_a_quiz_tell_by_what_is_told_after_one() -> None:
    says = typed("Where did the count die?", "Harbin", "Ida Brandt led the army at Alder Hill.")
    assert Beside()(Offer(3, says), WHO) is Telling.TELLS
    assert Beside()(WHO, Offer(3, says)) is Telling.NOTHING


def test_a_key_named_in_another_matter_is_named_only() -> None:
    asks = typed("When was Ida Brandt born?", "1660", kind="date")
    assert Beside()(Offer(3, asks), WHO) is Telling.NAMES


def test_a_key_among_anothers_options_is_not_named() -> None:
    content = {"key": {"text": "Otto Lund"}, "distractors": [{"text": "Ida Brandt"}]}
    chosen = Written("card", "choice:0", Form.CHOICE, "Who founded Harbin?", content)
    assert Beside()(Offer(3, chosen), WHO) is Telling.NOTHING
