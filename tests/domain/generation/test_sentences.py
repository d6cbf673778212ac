"""Where one sentence of a text ends and the next begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.domain.generation.sentences import sentences


@pytest.mark.parametrize(
    "text",
    [
        "The army was led by Dr. Brandt of Norland.",
        "It was fought near St. Gallen in spring.",
        "Lt. Gen. Klein and Col. Moll held the ford.",
        "Some rivers, e.g. the Alder, froze.",
        "Some rivers, e.g. Alder and Birch, froze.",
        "It was held by D. N. Ermakov of Norland.",
        "It cost approx. 300 men, cf. the table.",
        "It stands in vol. 3 of the Annals, No. 12.",
        "Er fiel am 13. April vor Nr. 5, vgl. Klein.",
        "Die Stadt bzw. Burg fiel, z. B. Birk.",
        "M. Dupont et Mme. Klein l’ont signé.",
        "Это сделал д-р. Иванов и др. Петров.",
        "He asked “Who goes there?” twice.",
    ],
)
def test_a_word_cut_short_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The army was led by a count. | Ida Brandt was a general.",
        "The symbol of mercury is Hg. | The symbol of gold is Au.",
        "It ended in 1939. | Brandt had won.",
        "It was held by the USSR. | Brandt had won.",
        "Who won? | Brandt! | Klein lost.",
        "He said “we won.” | Klein had lost.",
        "It cost them 12. | The others fled.",
        "They met at Ur. | Klein won.",
        "Они победили. | Иванов ушёл.",
    ],
)
def test_a_sentence_ends_at_its_full_stop(text: str) -> None:
    assert sentences(text.replace("| ", "")) == [each.strip() for each in text.split("|")]


@given(st.text())
def test_nothing_but_white_space_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
