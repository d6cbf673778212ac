"""The list of questions that are asked no more, on the deck's page and a fact's."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.domain.facts import Status
from questions.models import Deck, Question
from questions.services import claims, study
from questions.services.facts import add_fact
from questions.views.withdrawn import PER_PAGE
from tests.services.ruling import LATER, answer, capital, claimed
from tests.web.teach.sample import NOON, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(deck: Deck) -> Deck:
    deck.visibility = Deck.Visibility.PUBLIC
    deck.save()
    return deck


def shown(client: Client, deck: Deck, name: str = "withdrawn", *args: object) -> str:
    url = reverse(f"questions:{name}", args=[deck.slug, *args])
    return unescape(client.get(url).content.decode())


def again(client: Client, question: Question, **data: str) -> str:
    url = reverse("questions:ask_again", args=[question.card.deck.slug, question.pk])
    return unescape(client.post(url, data, follow=True).content.decode())


def test_the_deck_and_the_fact_show_it_with_who_when_and_why(client: Client, deck: Deck) -> None:
    question = capital(deck)
    study.report_problem(answer(question, "Bridgetown"), "Two cities claim it.")
    claims.withdraw(question, deck.owner, LATER)
    for html in (shown(client, deck), shown(client, deck, "fact_questions", "imbria-capital")):
        assert question.stem in html
        assert "Withdrawn by Ada Grey on" in html
        assert "Two cities claim it." in html
        assert "taken out of learners’ logs stay out" in html
        assert reverse("questions:ask_again", args=[deck.slug, question.pk]) in html


def test_a_rejected_draft_says_who_rejected_it_and_when(client: Client, deck: Deck) -> None:
    fact = add_fact(deck, entry("imbria", "motto", "Onward", status=(Status.EVALUATIVE,)))
    draft = Question.objects.filter(card__fact=fact, state="draft")[0]
    settle = reverse("questions:draft_settle", args=[deck.slug, draft.pk])
    client.post(settle, {"do": "reject"})
    assert "Rejected as a draft by Ada Grey on" in shown(client, deck)


def test_a_fact_on_which_much_was_withdrawn_shows_it_page_by_page(
    client: Client, deck: Deck
) -> None:
    question = capital(deck)
    claims.withdraw(question, deck.owner, LATER)
    for version in range(2, 2 + PER_PAGE):
        Question.objects.create(
            card=question.card, slot=question.slot, version=version, form="typed", state="retired",
            stem=f"Wording {version}?", content=question.content, rejected=True,
        )  # fmt: skip
    first = shown(client, deck, "fact_questions", "imbria-capital")
    assert first.count("It has another wording since") == PER_PAGE - 1
    assert 'rel="next"' in first
    assert question.stem not in first[first.index("withdrawn-title") :]
    url = reverse("questions:fact_questions", args=[deck.slug, "imbria-capital"])
    second = unescape(client.get(f"{url}?page=2").content.decode())
    assert second.count("It has another wording since") == 1


def test_asking_again_goes_back_to_where_it_was_pressed(client: Client, deck: Deck) -> None:
    question = capital(deck)
    claims.withdraw(question, deck.owner, LATER)
    html = again(client, question, fact="imbria-capital")
    assert "It is asked again." in html
    assert "As they are asked" in html
    assert "Ask it again" not in html
    assert Question.objects.active().filter(pk=question.pk).exists()
    assert "Nothing is withdrawn" in again(client, question, fact="no-such-fact")


def test_a_newer_wording_is_told(client: Client, deck: Deck) -> None:
    question = capital(deck)
    claims.withdraw(question, deck.owner, LATER)
    Question.objects.create(
        card=question.card, slot=question.slot, version=question.version + 1, form="typed",
        stem="Which city is it?", content=question.content,
    )  # fmt: skip
    html = shown(client, deck)
    assert "It has another wording since" in html
    assert "Ask it again" not in html
    assert "Another wording has taken its place" in again(client, question)


def test_before_withdrawing_the_teacher_reads_what_cannot_be_undone(
    client: Client, deck: Deck
) -> None:
    answer(capital(deck), "Bridgetown")
    claimed(capital(deck))
    html = asked_to_withdraw(client, deck)
    assert "1 answer</strong> to it that was marked down will no longer count (1 learner)" in html
    assert "taken out of learners’ logs now stay out even then" in html


def test_who_only_reported_or_claimed_is_not_counted_among_those_marked_down(
    client: Client, deck: Deck
) -> None:
    claimed(capital(deck))
    study.report_problem(answer(capital(deck), "Platoville"), "Two cities claim it.")
    html = asked_to_withdraw(client, deck)
    assert "No answer to it was marked down" in html
    assert "0 answers" not in html
    assert "learner)" not in html
    assert "1 report of it will be closed." in html
    assert "“I was right”, said once of it, will be closed." in html


def asked_to_withdraw(client: Client, deck: Deck) -> str:
    url = reverse("questions:answer_rule", args=[deck.slug])
    address = f"{url}?do=faulty&question={capital(deck).pk}"
    return unescape(client.get(address).content.decode())


def test_a_question_by_hand_is_marked_on_its_list(client: Client, deck: Deck) -> None:
    data = {"form": "typed", "stem": "Why is the Moon dry?", "key": "No rain falls"}
    client.post(reverse("questions:authored_new", args=[deck.slug]), data)
    question = Question.objects.active().get(card__direction="authored")
    address = reverse("questions:withdrawn", args=[deck.slug])
    assert "Ask it again" not in shown(client, deck, "authored")
    claims.withdraw(question, deck.owner, LATER)
    assert "Ask it again" in shown(client, deck, "authored")
    assert address in shown(client, deck, "authored")


def test_more_of_them_cost_no_more_queries(
    client: Client, deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    questions = list(Question.objects.active().filter(card__deck=deck).order_by("pk")[:6])
    claims.withdraw(questions[0], deck.owner, NOON)
    with django_assert_max_num_queries(40) as few:
        shown(client, deck)
    for question in questions[1:]:
        claims.withdraw(question, deck.owner, NOON)
    with django_assert_max_num_queries(len(few)):
        shown(client, deck)
