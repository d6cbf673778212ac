"""The page of a fact's questions: what learners made of each option, and the teacher's veto."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from questions.domain.facts import Status
from questions.domain.generation.guard import RULED_OUT
from questions.models import Deck, Fact, Question, Veto
from questions.services.authoring import approve_drafts
from questions.services.facts import add_fact
from questions.services.vetoes import rule_out
from studyapp.accounts.models import User
from tests import builders
from tests.web.teach.sample import entry

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)


@pytest.fixture
def fact(deck: Deck) -> Fact:
    return Fact.objects.filter(deck=deck, relation="capital").order_by("pk")[0]


def choice(fact: Fact) -> Question:
    rows = Question.objects.active().filter(card__fact=fact, form="choice")
    return rows.filter(card__direction="value").order_by("pk")[0]


def chose(question: Question, value: str) -> None:
    options = {option["value"]: option["text"] for option in question.content["distractors"]}
    memory = builders.memory(builders.user(), question.card, DAY)
    shown = {"options": [*options.values(), question.content["key"]["text"]]}
    at = list(options).index(value) if value in options else len(options)
    rating = 1 if value in options else 3
    given = {"option": [str(at)]}
    builders.review(memory, DAY, rating, question=question, shown=shown, given=given)


def page(client: Client, fact: Fact) -> str:
    address = reverse("questions:fact_questions", args=[fact.deck.slug, fact.uid])
    return " ".join(client.get(address).content.decode().split())


def veto(client: Client, fact: Fact, value: str) -> str:
    address = reverse("questions:veto", args=[fact.deck.slug, fact.uid])
    response = client.post(address, {"value": value}, follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def first_wrong(question: Question) -> dict[str, str]:
    option: dict[str, str] = question.content["distractors"][0]
    return option


def test_each_option_says_how_many_chose_it_of_those_who_saw_it(client: Client, fact: Fact) -> None:
    question = choice(fact)
    wrong = first_wrong(question)["value"]
    assert "Shown to nobody yet." in page(client, fact)
    for value in (wrong, wrong, question.content["key"]["value"]):
        chose(question, value)
    text = page(client, fact)
    assert "Chosen by 2 of the 3 learners who saw it (67 %)." in text
    assert "Answered rightly by 1 of 3 learners at first." in text
    assert "will miss it: predicted, with 3 learners’ answers" in text


def test_from_thirty_learners_on_the_difficulty_is_what_they_show(
    client: Client, fact: Fact
) -> None:
    question = choice(fact)
    assert "will miss it: predicted from its options" in page(client, fact)
    for at in range(30):
        wrong = first_wrong(question)["value"]
        chose(question, wrong if at < 12 else question.content["key"]["value"])
    assert "Missed by 40 %, as 30 learners have shown" in page(client, fact)


def test_an_option_that_hardly_anyone_chooses_is_said_to_make_room(
    client: Client, fact: Fact
) -> None:
    question = choice(fact)
    for _ in range(30):
        chose(question, question.content["key"]["value"])
    assert "Hardly anyone falls for it" in page(client, fact)


def test_a_veto_takes_the_option_out_at_once_and_says_by_whom(client: Client, fact: Fact) -> None:
    option = first_wrong(choice(fact))
    text = veto(client, fact, option["value"])
    assert f"“{option['text']}” is never offered here again." in text
    assert "Ruled out by Ada Grey on" in text
    offered = {each["value"] for each in choice(fact).content["distractors"]}
    assert offered
    assert option["value"] not in offered


def test_vetoes_until_nothing_good_is_left_end_in_no_choice(client: Client, fact: Fact) -> None:
    said = veto_all(client, fact)
    assert "is never offered here again" in said
    assert "a teacher ruled it out (" in said


def veto_all(client: Client, fact: Fact) -> str:
    """What the pages say until nothing is left to rule out."""
    said = ""
    while (left := Question.objects.active().filter(card__fact=fact, form="choice",
                                                    card__direction="value").first()):  # fmt: skip
        said += veto(client, fact, first_wrong(left)["value"])
    for value in ("bessel", "tycho", "halha-town"):
        rule_out(fact, value, fact.deck.owner)
    return said + page(client, fact)


def test_that_options_were_ruled_out_is_said_in_the_teachers_language(
    client: Client, fact: Fact, monkeypatch: pytest.MonkeyPatch
) -> None:
    french = {RULED_OUT: "exclu par un enseignant"}
    monkeypatch.setattr("questions.queries.said.gettext", lambda text: french.get(text, text))
    said = veto_all(client, fact)
    assert "exclu par un enseignant (" in said
    assert RULED_OUT not in said


def test_a_veto_is_taken_back_from_the_fact_and_from_the_deck_s_list(
    client: Client, fact: Fact, teacher: User
) -> None:
    option = first_wrong(choice(fact))
    listed = reverse("questions:vetoes", args=[fact.deck.slug])
    for more in ({}, {"fact": fact.uid}):
        made = rule_out(fact, option["value"], teacher)
        text = client.get(listed).content.decode()
        assert option["text"] in text
        assert "Ruled out by Ada Grey" in text
        lift = reverse("questions:veto_lift", args=[fact.deck.slug, made.pk])
        response = client.post(lift, more)
        on_fact = reverse("questions:fact_questions", args=[fact.deck.slug, fact.uid])
        assert response.headers["Location"] == (on_fact if more else listed)
        assert f'name="fact" value="{fact.uid}"' not in text
        assert not Veto.objects.exists()
        assert option["value"] in {each["value"] for each in choice(fact).content["distractors"]}


def test_taking_a_veto_back_in_a_second_tab_says_that_it_is_done(
    client: Client, fact: Fact, teacher: User
) -> None:
    made = rule_out(fact, first_wrong(choice(fact))["value"], teacher)
    lift = reverse("questions:veto_lift", args=[fact.deck.slug, made.pk])
    client.post(lift)
    page = client.post(lift, {"fact": fact.uid}, follow=True)
    assert "That may be offered again already." in page.content.decode()
    assert page.redirect_chain[-1][0] == reverse(
        "questions:fact_questions", args=[fact.deck.slug, fact.uid]
    )


def test_what_teachers_ruled_out_stands_before_what_came_with_the_file(
    client: Client, fact: Fact, teacher: User
) -> None:
    other = Fact.objects.filter(deck=fact.deck, relation="founded").order_by("-pk")[0]
    Veto.objects.create(fact=fact, value="halha-town")
    own = [rule_out(fact, "tycho", teacher), rule_out(other, "1931-04-02", teacher)]
    Veto.objects.create(fact=other, value="1999")
    text = client.get(reverse("questions:vetoes", args=[fact.deck.slug])).content.decode()
    order = [
        "Ruled out by teachers", "2 April 1931", "Tychograd",
        "Ruled out by the deck’s file", "Halha", "1999",
    ]  # fmt: skip
    places = [text.index(f">{each}<") for each in order]
    assert places == sorted(places)
    assert all(reverse("questions:veto_lift", args=[fact.deck.slug, v.pk]) in text for v in own)
    here = page(client, fact)
    assert here.index("<strong>Tychograd") < here.index("<strong>Halha")


def test_a_question_says_who_approved_it_in_spite_of_what(
    client: Client, deck: Deck, teacher: User
) -> None:
    status = (Status.DERIVED,)
    fact = add_fact(deck, entry("vaporia", "founded", "1939-05-05", status=status))
    drafts = Question.objects.filter(card__fact=fact, slot="typed:0")
    assert "Approved by" not in page(client, fact)
    approve_drafts(drafts, teacher, datetime(2026, 3, 10, 12, tzinfo=UTC))
    said = "Approved by Ada Grey on 10 March 2026. This fact was worked out from others"
    assert page(client, fact).count(said) == 1


def test_what_learners_typed_instead_is_shown_and_can_be_ruled_out(
    client: Client, fact: Fact
) -> None:
    builders.entity(fact.deck, "Farside", "city", key="farside")
    typed = Question.objects.active().filter(card__fact=fact, form="typed").first()
    assert typed is not None
    for _ in range(2):
        memory = builders.memory(builders.user(), typed.card, DAY)
        builders.review(memory, DAY, 1, question=typed, given={"text": ["farside"]})
    Deck.objects.filter(pk=fact.deck_id).update(revision=fact.deck.revision + 1)
    text = page(client, fact)
    assert "What learners typed instead" in text
    assert "Farside" in text
    veto(client, fact, "farside")
    assert Veto.objects.get().value == "farside"
    assert "What learners typed instead" not in page(client, fact)


def test_a_typed_name_of_another_kind_is_shown_but_there_is_nothing_to_rule_out(
    client: Client, fact: Fact
) -> None:
    builders.entity(fact.deck, "Mount Ada", "mountain", key="ada")
    typed = Question.objects.active().filter(card__fact=fact, form="typed").first()
    assert typed is not None
    memory = builders.memory(builders.user(), typed.card, DAY)
    builders.review(memory, DAY, 1, question=typed, given={"text": ["Mount Ada"]})
    text = page(client, fact)
    assert "Mount Ada" in text
    assert "Of another kind than the answer" in text
    assert 'value="ada"' not in text


def test_only_what_stands_there_can_be_ruled_out(client: Client, fact: Fact) -> None:
    assert "nothing was changed" in veto(client, fact, fact.value)
    assert "nothing was changed" in veto(client, fact, "anything")
    assert not Veto.objects.exists()


def test_another_teacher_s_veto_cannot_be_reached_through_one_s_own_deck(
    client: Client, fact: Fact
) -> None:
    theirs = builders.fact(builders.entity(builders.deck()))
    made = Veto.objects.create(fact=theirs, value="x")
    lift = reverse("questions:veto_lift", args=[fact.deck.slug, made.pk])
    assert client.post(lift).status_code == 404
    assert Veto.objects.exists()


def test_the_questions_can_be_refreshed_from_what_learners_showed(
    client: Client, fact: Fact
) -> None:
    question = choice(fact)
    never = first_wrong(question)["value"]
    for _ in range(30):
        chose(question, question.content["distractors"][-1]["value"])
    address = reverse("questions:questions_refresh", args=[fact.deck.slug])
    response = client.post(address, follow=True)
    assert "Refreshed:" in response.content.decode()
    assert never not in {each["value"] for each in choice(fact).content["distractors"]}
    again = client.post(address, follow=True)
    assert "every question stays" in again.content.decode()


def test_the_page_takes_the_same_queries_whatever_learners_did(
    client: Client, fact: Fact, teacher: User
) -> None:
    def more(times: int, *names: str) -> int:
        for _ in range(times):
            chose(choice(fact), first_wrong(choice(fact))["value"])
        for name in names:
            Veto.objects.create(fact=fact, value=name, teacher=teacher)
        return queries(client, fact)

    page(client, fact)  # what is remembered of the deck is read
    before = more(1, "one")
    assert more(8, "two", "three") == before <= 36


def queries(client: Client, fact: Fact) -> int:
    with CaptureQueriesContext(connection) as done:
        page(client, fact)
    return len(done)
