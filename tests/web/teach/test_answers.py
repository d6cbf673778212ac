"""The teacher's queue of answers: shown, previewed, ruled on; and what learners then see."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from questions.models import Deck, Entity, Question, Review
from questions.services.facts import add_fact
from questions.services.learning import Effects
from studyapp.accounts.models import User
from tests import builders
from tests.services.ruling import NOON, SHORT, answer, answered_in_quiz, capital, claimed, typed
from tests.web.teach.sample import entry, lunar_deck

pytestmark = pytest.mark.django_db


@pytest.fixture
def deck(deck: Deck) -> Deck:
    deck.visibility = Deck.Visibility.PUBLIC
    deck.save()
    return deck


def shown(client: Client, deck: Deck) -> str:
    return unescape(client.get(reverse("questions:answers", args=[deck.slug])).content.decode())


def rule_url(deck: Deck) -> str:
    return reverse("questions:answer_rule", args=[deck.slug])


def asked(client: Client, question: Question, do: str, given: str = SHORT) -> str:
    query = urlencode({"do": do, "question": question.pk, "given": given})
    response = client.get(f"{rule_url(question.card.deck)}?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def rule(
    client: Client, question: Question, do: str, given: str = SHORT, **data: str
) -> tuple[int, str]:
    data = {"do": do, "question": str(question.pk), "given": given} | data
    if do == "accept":
        data = {"spelling": given} | data
    response = client.post(rule_url(question.card.deck), data, follow=True)
    return response.status_code, unescape(response.content.decode())


def home_of(learner: User) -> tuple[Client, str]:
    visitor = Client()
    visitor.force_login(learner)
    return visitor, unescape(visitor.get(reverse("questions:home")).content.decode())


def test_the_queue_shows_claims_and_frequent_wrong_answers(client: Client, deck: Deck) -> None:
    claimed(capital(deck), "Platoburgh")
    for _ in range(2):
        answer(capital(deck), SHORT)
    page = shown(client, deck)
    assert page.index("“I was right”") < page.index("Platoburgh") < page.index(SHORT)
    assert capital(deck).stem in page
    assert "2 learners · 2 answers" in page


def test_an_empty_queue_says_so(client: Client, deck: Deck) -> None:
    assert "Nothing to decide" in shown(client, deck)


@pytest.mark.parametrize(
    ("given", "called"), [("Besselburg", "Besselburg"), ("the Land of Rains?", "Imbria")]
)
def test_what_names_another_is_not_offered_to_be_accepted(
    client: Client, deck: Deck, given: str, called: str
) -> None:
    for _ in range(2):
        answer(capital(deck), given)
    page = shown(client, deck)
    assert f"what this deck calls {called}" in page
    assert "do=accept" not in page
    assert "do=keep" in page


def test_a_ruling_says_first_how_much_it_touches_and_changes_nothing(
    client: Client, deck: Deck
) -> None:
    learner = builders.user()
    for who in (learner, learner, builders.user()):
        answer(capital(deck), SHORT, who)
    before = Review.objects.count()
    page = asked(client, capital(deck), "accept")
    assert "3 answers" in page
    assert "2 learners" in page
    assert "No answer changes" in asked(client, capital(deck), "keep")
    assert "3 answers" in asked(client, capital(deck), "faulty")
    assert Review.objects.count() == before


@pytest.mark.parametrize("loose", [False, True])
def test_accepting_does_what_was_promised_slips_claims_and_quizzes_among_it(
    client: Client, deck: Deck, loose: bool
) -> None:
    claimed(capital(deck), "Platotwon")
    answered_in_quiz(capital(deck), "Platotonw")
    for given in (SHORT, "Platotwn", "Bridgetown"):
        answer(capital(deck), given)
    page = asked(client, capital(deck), "accept")
    assert "<strong>4 answers</strong> will count as right (4 learners)" in page
    in_part = re.search(r"Accepted only in part, it touches (\d) answer", page)
    promised = in_part[1] if loose and in_part else "4"
    page = rule(client, capital(deck), "accept", **({"loose": "on"} if loose else {}))[1]
    assert re.findall(r"Accepted: (\d) answers? counts? now", page) == [promised]


@pytest.mark.parametrize("given_in", [answer, answered_in_quiz, claimed])
def test_of_more_answers_than_are_looked_through_it_says_at_least_how_many(
    given_in: Callable[[Question, str], object],
    client: Client,
    deck: Deck,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for given in (SHORT, "Platotwn", "Platotonw"):
        given_in(capital(deck), given)
    monkeypatch.setattr("questions.queries.claims.MOST_ANSWERS", 2)
    page = asked(client, capital(deck), "accept")
    assert "At least <strong>2 answers</strong> will count as right (2 learners or more)" in page
    page = rule(client, capital(deck), "accept")[1]
    assert "Accepted: 3 answers count now" in page
    assert "At least" not in asked(client, capital(deck), "accept")


def test_asking_what_is_touched_takes_as_many_queries_for_many_answers_and_names(
    client: Client, deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def several(number: int) -> None:
        for text in (SHORT, "Platotwn", f"Elsewhere {number}"):
            answer(capital(deck), text)
            answered_in_quiz(capital(deck), text)
        claimed(capital(deck), "Platotonw")
        builders.entity(deck, f"town-{number}")

    several(0)
    asked(client, capital(deck), "accept")
    with django_assert_max_num_queries(40) as few:
        asked(client, capital(deck), "accept")
    for number in range(1, 4):
        several(number)
    with django_assert_max_num_queries(len(few)):
        assert "<strong>20 answers</strong>" in asked(client, capital(deck), "accept")


def test_a_date_that_is_accepted_touches_all_wordings_that_were_promised(
    client: Client, deck: Deck
) -> None:
    question = typed(deck, "fact:imbria-founded:value")
    for given in ("3 April 1931", "April 3rd, 1931", "1931-04-03", "5 May 1931"):
        answer(question, given)
    page = asked(client, question, "accept", "3 April 1931")
    assert "<strong>3 answers</strong> will count as right" in page
    page = rule(client, question, "accept", "3 April 1931")[1]
    assert "Accepted: 3 answers count now" in page
    assert Review.objects.answers().filter(verdict="right").count() == 3


def test_a_question_of_any_form_can_be_withdrawn(client: Client, deck: Deck) -> None:
    forms = dict.fromkeys(Question.objects.active().values_list("form", flat=True))
    assert {"choice", "true_false", "typed"} <= set(forms)
    for form in forms:
        question = Question.objects.active().filter(form=form)[0]
        asked(client, question, "faulty", given="")
        assert rule(client, question, "faulty", given="")[0] == 200
        question.refresh_from_db()
        assert question.state == Question.State.RETIRED


def test_an_accepted_answer_is_told_to_its_learner_until_they_have_seen_it(
    client: Client, deck: Deck
) -> None:
    learner = answer(capital(deck), SHORT).learner
    _, page = rule(client, capital(deck), "accept")
    assert "Accepted: 1 answer counts now." in page
    visitor, home = home_of(learner)
    assert f"A teacher accepted your answer “<bdi>{SHORT}</bdi>”" in home
    visitor.post(reverse("questions:rulings_seen"))
    assert SHORT not in home_of(learner)[1]


def test_another_learner_is_told_nothing_and_cannot_clear_it(client: Client, deck: Deck) -> None:
    learner = answer(capital(deck), SHORT).learner
    rule(client, capital(deck), "accept")
    visitor, home = home_of(builders.user())
    assert SHORT not in home
    visitor.post(reverse("questions:rulings_seen"))
    assert SHORT in home_of(learner)[1]


def test_a_claim_kept_wrong_and_a_withdrawn_question_are_told_too(
    client: Client, deck: Deck
) -> None:
    claim = claimed(capital(deck))
    rule(client, capital(deck), "keep")
    assert "kept it wrong" in home_of(claim.learner)[1]
    rule(client, capital(deck), "faulty")
    assert "withdrew a question" in home_of(claim.learner)[1]


def test_a_term_that_names_something_may_be_accepted_but_is_pointed_out(
    client: Client, deck: Deck
) -> None:
    fact = add_fact(deck, entry("imbria", "motto", "onward"))
    question = typed(deck, f"fact:{fact.uid}:value")
    for _ in range(2):
        answer(question, "the Serenia?")
    page = shown(client, deck)
    assert "what this deck calls Serenia" in page
    assert "do=accept" in page


def test_who_came_from_the_reports_goes_back_to_them(client: Client, deck: Deck) -> None:
    question = capital(deck)
    question.problem_reports.create(learner=builders.user())
    page = unescape(client.get(reverse("questions:reports", args=[deck.slug])).content.decode())
    address = f"{rule_url(deck)}?do=faulty&question={question.pk}&back=reports"
    assert f'href="{address}"' in page
    page = client.get(address).content.decode()
    assert 'name="back" value="reports"' in page
    data = {"do": "faulty", "question": question.pk, "back": "reports"}
    to = client.post(rule_url(deck), data).headers["Location"]
    assert to == reverse("questions:reports", args=[deck.slug])
    assert client.post(rule_url(deck), data | {"back": "elsewhere"}).status_code == 404


def test_the_spelling_proposed_is_the_name_alone(client: Client, deck: Deck) -> None:
    answer(capital(deck), "I think the Platotown?")
    page = asked(client, capital(deck), "accept", given="I think the Platotown?")
    assert 'name="spelling" value="Platotown"' in page


def test_a_name_of_another_is_refused_with_the_reason(client: Client, deck: Deck) -> None:
    answer(capital(deck), SHORT)
    status, page = rule(client, capital(deck), "accept", spelling="Besselburg")
    assert status == 422
    assert "“Besselburg” is what this deck calls Besselburg." in page
    assert Entity.objects.get(deck=deck, key="plato").aliases == []


@pytest.mark.parametrize(
    "data",
    [
        {"do": "accept", "given": ""},
        {"do": "praise", "given": SHORT},
        {"do": "keep", "given": SHORT, "question": "0"},
    ],
)
def test_what_no_page_sends_is_not_found(client: Client, deck: Deck, data: dict[str, str]) -> None:
    data = {"question": str(capital(deck).pk)} | data
    assert client.post(rule_url(deck), data).status_code == 404


def test_a_question_of_another_deck_is_not_found(client: Client, deck: Deck) -> None:
    other = capital(lunar_deck())
    data = {"do": "keep", "question": other.pk, "given": SHORT}
    assert client.post(rule_url(deck), data).status_code == 404


def test_seeing_ones_notes_takes_a_signed_in_learner_and_a_post(client: Client) -> None:
    url = reverse("questions:rulings_seen")
    assert Client().post(url).status_code == 302
    assert client.get(url).status_code == 405


def test_the_queue_takes_as_many_queries_for_many_answers(
    client: Client, deck: Deck, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def several(text: str) -> None:
        for _ in range(2):
            answer(capital(deck), text)
        claimed(capital(deck), f"{text} indeed")

    several("Onetown")
    shown(client, deck)
    with django_assert_max_num_queries(20) as few:
        shown(client, deck)
    for text in ("Twoburg", "Threeham", "Fourford"):
        several(text)
    with django_assert_max_num_queries(len(few)):
        assert "Fourford" in shown(client, deck)


def test_an_overtaken_learner_reads_that_a_teacher_decided(client: Client, deck: Deck) -> None:
    wrong = answer(capital(deck), SHORT)
    visitor = Client()
    visitor.force_login(wrong.learner)
    rule(client, capital(deck), "accept")
    data = {
        "memory": wrong.memory_id, "question": wrong.question_id, "version": wrong.sequence,
        "token": "00000000-0000-0000-0000-000000000009", "text": "Platoville",
    }  # fmt: skip
    response = visitor.post(reverse("questions:answer", args=[wrong.session_id]), data)
    assert response.status_code == 409
    assert "A teacher decided meanwhile" in response.content.decode()
    assert wrong.at == NOON


# --- what accepting does is said first ----------------------------------------------


def test_the_page_says_which_questions_a_wide_date_costs_and_what_else_could_be_done(
    client: Client, deck: Deck
) -> None:
    question = typed(deck, "fact:imbria-founded:value")
    answer(question, "1931")
    page = asked(client, question, "accept", "1931")
    assert "no longer fair" in page
    assert re.search(r"\d+ questions? (is|are|loses?|becomes?) ", page)
    assert "it is marked: <strong>Partly right</strong>" in page
    for other in ("do=keep", "do=faulty", "Edit the fact"):
        assert other in page
    assert "no longer fair" not in asked(client, capital(deck), "accept")


def test_one_question_is_told_in_the_singular() -> None:
    said = render_to_string(
        "questions/teach/_accept_effects.html",
        {"effects": Effects(fewer=["When?"], gone=["Who?"], drafts=["Where?"])},
    )
    told = " ".join(said.split())
    for one in ("1 question is asked no more", "1 question becomes a draft and waits for you",
                "1 question loses wrong options"):  # fmt: skip
        assert one in told
    several = render_to_string(
        "questions/teach/_accept_effects.html",
        {"effects": Effects(["a", "b"], ["a", "b"], ["a", "b"])},
    )
    for many in ("2 questions are asked no more", "2 questions become drafts and wait for you",
                 "2 questions lose wrong options"):  # fmt: skip
        assert many in " ".join(several.split())


def test_another_spelling_is_told_of_before_it_is_accepted(client: Client, deck: Deck) -> None:
    answer(capital(deck), SHORT)
    sent = {"spelling": "Platotown City", "foretold": SHORT}
    status, page = rule(client, capital(deck), "accept", **sent)
    assert status == 200
    assert "this is what accepting it does" in page
    assert Entity.objects.get(deck=deck, key="plato").aliases == []
    rule(client, capital(deck), "accept", spelling=SHORT, foretold=SHORT)
    assert [one["name"] for one in Entity.objects.get(deck=deck, key="plato").aliases] == [SHORT]


def test_what_nearly_is_anothers_name_has_to_be_ticked(client: Client, deck: Deck) -> None:
    question = capital(deck)
    answer(question, "Besselberg")
    page = asked(client, question, "accept", "Besselberg")
    assert "what this deck calls <strong>Besselburg</strong>" in page
    assert 'name="sure"' in page
    status, page = rule(client, question, "accept", "Besselberg")
    assert status == 422
    assert "Tick this" in page
    assert Entity.objects.get(deck=deck, key="plato").aliases == []
    assert rule(client, question, "accept", "Besselberg", sure="on")[0] == 200
    assert Entity.objects.get(deck=deck, key="plato").aliases
    assert 'name="sure"' not in asked(client, question, "accept", "Mooncity")
