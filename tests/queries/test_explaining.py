"""What a wrong answer, or the false part of a statement, is told as."""

from __future__ import annotations

from typing import Any

import pytest

from questions.domain.facts import ValueKind
from questions.domain.generation.scales import extent
from questions.domain.grading import Expected
from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import Deck, Fact, Question
from questions.queries.explained import Why, wrong_options
from questions.queries.explaining import How
from questions.queries.feedback import Feedback, feedback_on
from questions.services.facts import add_fact
from tests import builders
from tests.queries.answered import chosen, define, question, told, typed
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db

DECKS = {"lunar": lunar_deck}


def test_a_wrong_option_is_told_as_what_the_deck_says_of_it(deck: Deck) -> None:
    feedback = chosen(question(deck, "fact:imbria-capital:value", "choice"), "bessel")
    assert told(feedback) == ["Besselburg is the capital of Serenia."]
    fact = feedback.explained[0].fact
    assert fact
    assert fact.about.name == "Serenia"


def test_what_an_option_has_to_do_with_the_subject_comes_before_all_else(deck: Deck) -> None:
    add_fact(deck, entry("plato", "twinned", "bessel"))
    asked = question(deck, "fact:imbria-capital:value", "choice")
    about_city = builders.fact(
        deck.entities.get(key="plato"),
        "founded",
        "1950",
        uid="plato-founded",
    )
    assert about_city.deck == deck
    card = builders.card(deck, about=Fact.objects.get(uid="plato-founded"))
    other = builders.question(card, "choice", content=asked.content)
    assert told(chosen(other, "bessel")) == ["Platoville is twinned with Besselburg."]


def test_what_is_beside_the_point_is_not_told(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "choice")
    add_fact(deck, entry("serenia", "motto", "Besselburg"))
    assert told(chosen(asked, "bessel")) == ["Besselburg is the capital of Serenia."]
    Fact.objects.filter(deck=deck, relation="capital", about__key="serenia").update(removed=True)
    assert told(chosen(asked, "bessel")) == []


def test_of_what_has_no_part_in_the_matter_is_told_what_else_the_deck_says(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "choice")
    Fact.objects.filter(deck=deck, relation="capital", about__key="serenia").update(removed=True)
    add_fact(deck, entry("tycho", "twinned", "bessel"))
    assert told(chosen(asked, "bessel")) == ["Tychograd is twinned with Besselburg."]
    add_fact(deck, entry("bessel", "founded", "1950"))
    assert told(chosen(asked, "bessel")) == ["Besselburg was founded in 1950."]


def test_an_option_is_introduced_where_there_is_nothing_nearer_to_say(deck: Deck) -> None:
    define(deck, "founded", "introduces: yes")
    asked = question(deck, "fact:imbria-capital:value", "choice")
    add_fact(deck, entry("bessel", "founded", "1950"))
    assert told(chosen(asked, "bessel")) == ["Besselburg is the capital of Serenia."]
    Fact.objects.filter(deck=deck, relation="capital", about__key="serenia").update(removed=True)
    assert told(chosen(asked, "bessel")) == ["Besselburg was founded in 1950."]


def test_sister_relations_come_after_the_one_asked(deck: Deck) -> None:
    define(deck, "twinned", "sisters: [capital]")
    asked = question(deck, "fact:imbria-capital:value", "choice")
    add_fact(deck, entry("bessel", "twinned", "tycho"))
    assert told(chosen(asked, "bessel")) == ["Besselburg is the capital of Serenia."]
    Fact.objects.filter(deck=deck, relation="capital", about__key="serenia").update(removed=True)
    assert told(chosen(asked, "bessel")) == ["Besselburg is twinned with Tychograd."]


def test_what_was_worked_out_from_sources_may_be_told(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "choice")
    Fact.objects.filter(deck=deck, about__key="serenia").update(status=["derived"])
    assert told(chosen(asked, "bessel")) == ["Besselburg is the capital of Serenia."]


def test_the_same_figure_is_told_of_what_counts_the_same_and_of_nothing_else(deck: Deck) -> None:
    for about, people in (("imbria", "20302"), ("serenia", "5000")):
        add_fact(deck, entry(about, "population", people))
    fact = Fact.objects.get(deck=deck, relation="population", value="20302")
    card = builders.card(deck, about=fact)
    content = {
        "key": {"text": "20,302", "entity": "", "value": "20302"},
        "distractors": [{"text": "5,000", "entity": "", "value": "5000"}],
        "sorted": False,
    }
    asked = builders.question(card, "choice", content=content)
    assert told(chosen(asked, "5000")) == ["5,000 people live in Serenia."]
    deck.own_vocabulary = {
        "text": deck.own_vocabulary["text"].replace(
            "  population:\n",
            "  souls:\n    value: number\n"
            '    unit: people\n    state: ["{value} souls haunt {about}."]\n  population:\n',
            1,
        )
    }
    deck.revision += 1
    deck.save()
    Fact.objects.filter(value="5000").update(relation="souls")
    assert told(chosen(asked, "5000")) == ["5,000 souls haunt Serenia."]
    deck.own_vocabulary = {
        "text": deck.own_vocabulary["text"].replace(
            'unit: people\n    state: ["{value} souls', 'state: ["{value} souls', 1
        )
    }
    deck.revision += 1
    deck.save()
    assert told(chosen(asked, "5000")) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12 July 1931", ["Serenia was founded on 12 July 1931."]),
        ("July 1931", ["Serenia was founded on 12 July 1931."]),
        ("1938", ["Nubara was founded on 30 December 1938."]),
        ("1945", []),
        ("long ago", []),
    ],
)
def test_a_typed_date_of_something_else_is_told_as_that(
    deck: Deck, text: str, says: list[str]
) -> None:
    assert told(typed(question(deck, "fact:imbria-founded:value", "typed"), text)) == says


@pytest.mark.parametrize("text", ["5,000", "5000 people", "five thousand"])
def test_a_typed_figure_of_something_else_is_told_as_that(deck: Deck, text: str) -> None:
    for about, people in (("imbria", "20302"), ("serenia", "5000")):
        add_fact(deck, entry(about, "population", people))
    asked = Question.objects.active().select_related("card__deck").filter(
        card__fact__value="20302", form="typed"
    )  # fmt: skip
    assert told(typed(asked[0], text)) == ["5,000 people live in Serenia."]
    assert told(typed(asked[0], "6,000 or 5,000")) == []


def test_a_wrong_date_is_told_as_what_happened_then(deck: Deck) -> None:
    feedback = chosen(question(deck, "fact:imbria-founded:value", "choice"), "1931-07-12")
    assert told(feedback) == ["Serenia was founded on 12 July 1931."]


@pytest.mark.parametrize(
    ("value", "known", "says"),
    [
        ("1931-07-12~", "1931-07-12", "on 12 July 1931"),
        ("1931-07-12", "1931-07-12~", "on or about 12 July 1931"),
        ("1931-07-12~", "1931-07-12~", "on or about 12 July 1931"),
    ],
)
def test_a_date_is_told_of_with_and_without_about(
    deck: Deck, value: str, known: str, says: str
) -> None:
    Fact.objects.filter(deck=deck, relation="founded", value="1931-07-12").update(value=known)
    asked = question(deck, "fact:imbria-founded:value", "choice")
    option = next(one for one in asked.content["distractors"] if one["value"] == "1931-07-12")
    option["value"] = value
    assert told(chosen(asked, value)) == [f"Serenia was founded {says}."]


def test_a_figure_offered_as_about_so_many_is_told_of_with_and_without_about(deck: Deck) -> None:
    for about, people in (("imbria", "20302"), ("serenia", "5000")):
        add_fact(deck, entry(about, "population", people))
    fact = Fact.objects.get(deck=deck, relation="population", value="20302")
    content = {
        "key": {"text": "about 20,000", "entity": "", "value": "~20000"},
        "distractors": [{"text": "about 5,000", "entity": "", "value": "~5000"}],
        "sorted": False,
    }
    asked = builders.question(builders.card(deck, about=fact), "choice", content=content)
    assert told(chosen(asked, "~5000")) == ["5,000 people live in Serenia."]


def test_a_typed_name_of_another_is_told_as_an_option_is(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "typed")
    assert told(typed(asked, "tycho city")) == ["Tychograd is the capital of Nubara."]


def test_a_name_is_taken_for_whom_it_is_the_name_of_before_whom_it_is_another_name_of(
    deck: Deck,
) -> None:
    builders.entity(deck, "Bessel Hall", "city", aliases=[{"name": "Besselburg"}])
    Deck.objects.filter(pk=deck.pk).update(revision=deck.revision + 1)
    asked = question(deck, "fact:imbria-capital:value", "typed")
    assert told(typed(asked, "the Besselburg")) == ["Besselburg is the capital of Serenia."]


@pytest.mark.parametrize("text", ["Nowhere", "Platoville", "Halha"])
def test_what_names_nobody_or_several_or_the_answer_is_not_explained(deck: Deck, text: str) -> None:
    asked = question(deck, "fact:imbria-capital:value", "typed")
    assert told(typed(asked, text)) == []


def test_right_and_partial_answers_are_not_explained(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "typed")
    assert told(typed(asked, "Besselburg", "right")) == []
    assert told(typed(asked, "Besselburg", "partial")) == []


@pytest.mark.parametrize("status", [["uncertain"], ["derived", "uncertain"]])
def test_what_is_uncertain_is_told_as_that_and_only_for_want_of_better(
    deck: Deck, status: list[str]
) -> None:
    asked = question(deck, "fact:imbria-capital:value", "choice")
    Fact.objects.filter(deck=deck, about__key="serenia").update(status=status)
    feedback = chosen(asked, "bessel")
    assert told(feedback) == ["Besselburg is the capital of Serenia."]
    assert feedback.explained[0].how is How.UNCERTAIN
    add_fact(deck, entry("tycho", "twinned", "bessel"))
    feedback = chosen(asked, "bessel")
    assert told(feedback) == ["Tychograd is twinned with Besselburg."]
    assert feedback.explained[0].how is How.SAID


@pytest.mark.parametrize("doubt", [{"status": ["evaluative"]}, {"removed": True}])
def test_what_is_a_judgement_or_gone_is_not_told(deck: Deck, doubt: dict[str, Any]) -> None:
    asked = question(deck, "fact:imbria-capital:value", "choice")
    Fact.objects.filter(deck=deck, about__key="serenia").update(**doubt)
    assert told(chosen(asked, "bessel")) == []


def test_what_is_kept_but_not_asked_is_told_unless_another_fact_contradicts_it(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-founded:value", "choice")
    Fact.objects.filter(deck=deck, about__key="serenia").update(rank="deprecated")
    assert told(chosen(asked, "1931-07-12")) == ["Serenia was founded on 12 July 1931."]
    add_fact(deck, entry("serenia", "founded", "1935-01-01"))
    assert told(chosen(asked, "1931-07-12")) == []


def test_what_sources_disagree_on_is_told_as_the_word_of_one(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-founded:value", "choice")
    add_fact(deck, entry("serenia", "founded", "1935-01-01", source="almanac"))
    assert told(chosen(asked, "1931-07-12")) == [
        "According to Ida Stone, Serenia was founded on 12 July 1931."
    ]


def test_what_one_source_says_in_two_ways_is_told_only_as_uncertain(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-founded:value", "choice")
    add_fact(deck, entry("serenia", "founded", "1935-01-01"))
    assert told(chosen(asked, "1931-07-12")) == []
    disputed = Fact.objects.filter(deck=deck, about__key="serenia", value="1931-07-12")
    disputed.update(status=["uncertain"])
    feedback = chosen(asked, "1931-07-12")
    assert told(feedback) == ["Serenia was founded on 12 July 1931."]
    assert feedback.explained[0].how is How.UNCERTAIN
    disputed.update(rank="deprecated")
    assert told(chosen(asked, "1931-07-12")) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("20 July 1931", ["Serenia was founded on 12 July 1931."]),
        ("5 July 1931", ["Serenia was founded on 12 July 1931."]),
        ("14 April 1931", []),  # no nearer to anything than to the right answer
        ("August 1931", ["Serenia was founded on 12 July 1931."]),
        ("1940", ["Nubara was founded on 30 December 1938."]),
        ("20 December 1938", ["Nubara was founded on 30 December 1938."]),
        ("20 October 1938", []),
    ],
)
def test_of_a_date_of_nothing_is_told_what_is_near_it(
    deck: Deck, text: str, says: list[str]
) -> None:
    feedback = typed(question(deck, "fact:imbria-founded:value", "typed"), text)
    assert told(feedback) == says
    assert all(each.how is How.NEAR_DATE for each in feedback.explained)


def test_what_is_nearest_is_told_however_much_stands_before_it_in_the_deck(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-founded:value", "typed")
    serenia = deck.entities.get(key="serenia")
    low, high = extent(ValueKind.DATE, "1939-01-08") or (0, 0)
    for _ in range(45):
        builders.fact(serenia, "founded", "1939-01-08", low=low, high=high, position=0)
    Fact.objects.filter(deck=deck, value="1938-12-30").update(position=99)
    assert told(typed(asked, "20 December 1938")) == ["Nubara was founded on 30 December 1938."]


def test_what_is_near_a_date_is_never_the_right_answer(deck: Deck) -> None:
    """Plato was founded on the day asked for, two days from the answer; Bessel after it."""
    add_fact(deck, entry("plato", "founded", "1931-04-02"))
    asked = question(deck, "fact:imbria-founded:value", "typed")
    assert told(typed(asked, "4 April 1931")) == []
    add_fact(deck, entry("bessel", "founded", "1931-04-05"))
    assert told(typed(asked, "4 April 1931")) == ["Besselburg was founded on 5 April 1931."]
    assert told(typed(asked, "3 April 1931")) == []


def test_what_is_much_coarser_than_a_date_is_not_near_it(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-founded:value", "typed")
    add_fact(deck, entry("bessel", "founded", "1933"))
    assert told(typed(asked, "20 December 1932")) == []
    assert told(typed(asked, "1932")) == ["Besselburg was founded in 1933."]


def test_a_thing_is_told_once(deck: Deck) -> None:
    own = deck.own_vocabulary["text"]
    deck.own_vocabulary = {
        "text": own.replace(
            "  capital:\n",
            "  opened:\n    value: date\n"
            '    state: ["{About} was opened {on value}."]\n  capital:\n',
            1,
        )
    }
    deck.revision += 1
    deck.save()
    serenia = deck.entities.get(key="serenia")
    builders.fact(serenia, "opened", "1931-07-12", position=90)
    builders.fact(deck.entities.get(key="vaporia"), "opened", "1931-07-12", position=91)
    asked = question(deck, "fact:imbria-founded:value", "choice")
    assert told(chosen(asked, "1931-07-12")) == [
        "Serenia was founded on 12 July 1931.",
        "Vaporia was opened on 12 July 1931.",
    ]


def test_a_typed_term_of_another_is_told_as_that(deck: Deck) -> None:
    add_fact(deck, entry("imbria", "motto", "Onward"))
    add_fact(deck, entry("serenia", "motto", "Inward"))
    asked = Question.objects.active().select_related("card__deck").filter(
        card__fact__value="Onward", form="typed"
    )  # fmt: skip
    assert told(typed(asked[0], " Inward ")) == ["The motto of Serenia is Inward."]
    assert told(typed(asked[0], "Backward")) == []


@pytest.mark.parametrize(
    ("introduces", "says"),
    [("", []), ("    introduces: yes\n", ["The custom of Besselburg: all dance."])],
)
def test_free_text_is_told_only_if_it_introduces(
    deck: Deck, introduces: str, says: list[str]
) -> None:
    Fact.objects.filter(deck=deck, relation="capital", about__key="serenia").update(removed=True)
    own = deck.own_vocabulary["text"]
    deck.own_vocabulary = {"text": own.replace("  custom:\n", f"  custom:\n{introduces}")}
    deck.revision += 1
    deck.save()
    builders.fact(deck.entities.get(key="bessel"), "custom", "all dance")
    asked = question(deck, "fact:imbria-capital:value", "choice")
    assert told(chosen(asked, "bessel")) == says


def stated(asked: Question, value: str, verdict: str) -> Feedback:
    """Feedback on the false statement with that value, or the true one."""
    content = asked.content
    false = dict(zip(content["values"], content["false"], strict=True))
    shown = Presented(
        Form.TRUE_FALSE,
        asked.stem,
        options=(false.get(value, content["true"]),),
        key=(int(value in false),),
    )
    given = {"option": [str(int((verdict == "right") == (value in false)))]}
    return feedback_on(asked, shown.to_json(), given, verdict, {})


def test_a_false_statement_is_told_as_what_its_wrong_part_is(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "true_false")
    for verdict in ("wrong", "right"):
        feedback = stated(asked, "bessel", verdict)
        assert told(feedback) == ["Besselburg is the capital of Serenia."]
        assert feedback.statement == "Platoville is the capital of Imbria."


def test_who_saw_that_a_statement_is_false_is_told_one_sentence(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-capital:value", "true_false")
    imbria, bessel = (deck.entities.get(key=key) for key in ("imbria", "bessel"))
    builders.fact(imbria, "twinned", "bessel", value_entity=bessel)
    assert told(stated(asked, "bessel", "wrong")) == [
        "Besselburg is the capital of Serenia.",
        "Imbria is twinned with Besselburg.",
    ]
    assert told(stated(asked, "bessel", "right")) == ["Besselburg is the capital of Serenia."]


def test_a_false_date_is_told_as_what_happened_then(deck: Deck) -> None:
    asked = question(deck, "fact:imbria-founded:value", "true_false")
    value = next(value for value in asked.content["values"] if value == "1931-07-12")
    assert told(stated(asked, value, "wrong")) == ["Serenia was founded on 12 July 1931."]


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_of_a_true_statement_there_is_nothing_to_explain(deck: Deck, verdict: str) -> None:
    asked = question(deck, "fact:imbria-capital:value", "true_false")
    assert told(stated(asked, "", verdict)) == []


def test_of_a_false_statement_by_hand_its_explanation_is_all(deck: Deck) -> None:
    card = builders.card(deck, direction="authored")
    content = {"true": "", "false": ["Besselburg is the capital of Imbria."]}
    by_hand = builders.question(card, "true_false", content=content)
    shown = Presented(Form.TRUE_FALSE, "", options=(content["false"][0],), key=(1,))
    feedback = feedback_on(by_hand, shown.to_json(), {"option": ["0"]}, "wrong", {})
    assert told(feedback) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Platoville, Besselburg", ["Besselburg is the capital of Serenia."]),
        ("Besselburg and Tychograd", ["Besselburg is the capital of Serenia."]),
        ("Platoville", []),
        ("Platoville, Nowhere", []),
    ],
)
def test_what_is_too_much_in_a_list_is_told(deck: Deck, text: str, says: list[str]) -> None:
    expected = Expected(kind="name", value="Platoville", entity="plato").to_json()
    asked = builders.question(builders.card(deck), "list", content={"expected": [expected]})
    assert told(typed(asked, text)) == says
    assert told(typed(asked, text, "partial")) == says
    assert told(typed(asked, text, "right")) == []


def test_at_most_two_sentences_are_told(deck: Deck) -> None:
    for at in range(4):
        place = builders.entity(deck, f"Place {at}", "country")
        builders.fact(place, "founded", "1931-07-12")
    asked = question(deck, "fact:imbria-founded:value", "choice")
    assert len(told(chosen(asked, "1931-07-12"))) == 2


def test_how_many_wrong_options_are_explained_is_counted_and_why_others_are_not(
    deck: Deck,
) -> None:
    before = wrong_options(deck)
    choices = Question.objects.active().filter(card__deck=deck, form="choice")
    assert before.offered == sum(len(each.content["distractors"]) for each in choices)
    bessel = question(deck, "fact:imbria-capital:value", "choice").stem
    assert (bessel, "Besselburg") not in [(each.stem, each.option) for each in before.silent]
    Fact.objects.filter(deck=deck, about__key="serenia").update(status=["evaluative"])
    after = wrong_options(deck)
    assert [each.why for each in after.silent if each.stem == bessel] == [Why.NAME]
    assert after.share < before.share
    assert after.offered == before.offered


def test_a_made_up_option_counts_as_told_to_be_nowhere_not_as_explained(deck: Deck) -> None:
    fact = Fact.objects.get(deck=deck, relation="founded", about__key="imbria")
    content = {
        "key": {"text": "1931", "entity": "", "value": fact.value},
        "distractors": [{"text": "1 May 1944", "entity": "", "value": "1944-05-01"}],
        "sorted": True,
    }
    before = wrong_options(deck)
    builders.question(builders.card(deck, about=fact), "choice", content=content)
    after = wrong_options(deck)
    assert after.told[How.NOWHERE] == before.told.get(How.NOWHERE, 0) + 1
    assert (after.offered, after.explained) == (before.offered + 1, before.explained)
    assert len(after.silent) == len(before.silent)
