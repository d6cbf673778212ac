"""Questions by hand, drafts, and what learners reported, on their pages."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from questions.domain.facts import Status
from questions.domain.presentation import Presented
from questions.domain.questions import Form
from questions.models import AuthoredQuestion, Deck, Fact, ProblemReport, Question, Review
from questions.services.facts import add_fact
from tests import builders
from tests.web.teach.sample import NOON, entry

pytestmark = pytest.mark.django_db

CHOICE = {
    "form": "choice",
    "stem": "Why is the Moon dry?",
    "key": "No rain falls",
    "distractors": "It leaks\nIt is hot",
    "explanation": "There is no air.",
    "source": "atlas",
    "at": "page 7",
}


def send(client: Client, deck: Deck, name: str, *args: object, **data: str) -> tuple[int, str]:
    url = reverse(f"questions:{name}", args=[deck.slug, *args])
    response = client.post(url, data)
    return response.status_code, unescape(response.content.decode())


def show(client: Client, deck: Deck, name: str, *args: object) -> str:
    url = reverse(f"questions:{name}", args=[deck.slug, *args])
    return unescape(client.get(url).content.decode())


def test_a_question_by_hand_becomes_a_card(client: Client, deck: Deck) -> None:
    assert send(client, deck, "authored_new", **CHOICE)[0] == 302
    question = Question.objects.active().get(card__direction="authored")
    assert question.content["key"]["text"] == "No rain falls"
    assert [each["text"] for each in question.content["distractors"]] == ["It leaks", "It is hot"]
    assert question.explanation == "There is no air."
    assert AuthoredQuestion.objects.get().passages.get().locator == "page 7"
    assert "Why is the Moon dry?" in show(client, deck, "authored")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"distractors": ""}, "A choice needs at least one wrong option."),
        ({"distractors": "no RAIN falls"}, "The option “no RAIN falls” stands twice."),
        ({"key": ""}, "Write the right answer."),
        ({"form": "true_false"}, "Say whether the statement is true."),
        ({"form": "typed", "key": "31 April 1945"}, "April 1945 has 30 days"),
        ({"form": "typed", "accept": "Spring\n30 February 1945"}, "February 1945 has 28 days"),
    ],
)
def test_mistakes_are_told_and_nothing_typed_is_lost(
    client: Client, deck: Deck, changes: dict[str, str], message: str
) -> None:
    status, html = send(client, deck, "authored_new", **{**CHOICE, **changes})
    assert status == 422
    assert message in html
    assert "Why is the Moon dry?" in html
    assert "There is no air." in html
    assert not AuthoredQuestion.objects.exists()


def test_what_was_typed_for_another_form_is_sent_along(client: Client, deck: Deck) -> None:
    _, html = send(client, deck, "authored_controls", **{**CHOICE, "form": "true_false"})
    assert '<input type="hidden" name="key" value="No rain falls">' in html
    assert 'name="truth"' in html


def test_the_preview_shows_the_key_and_saves_nothing(client: Client, deck: Deck) -> None:
    _, html = send(client, deck, "authored_preview", **CHOICE)
    assert "Why is the Moon dry?" in html
    assert "Right:" in html
    assert not AuthoredQuestion.objects.exists()


def test_a_true_false_question_is_edited_and_kept_as_the_same_card(
    client: Client, deck: Deck
) -> None:
    data = {"form": "true_false", "stem": "It rains on the Moon.", "truth": "false"}
    send(client, deck, "authored_new", **data)
    row = AuthoredQuestion.objects.get()
    assert "It rains on the Moon." in show(client, deck, "authored_edit", row.key_id)
    send(client, deck, "authored_edit", row.key_id, **{**data, "stem": "It snows on the Moon."})
    question = Question.objects.active().get(card__direction="authored")
    assert question.content["false"] == ["It snows on the Moon."]
    assert AuthoredQuestion.objects.get() == row


def test_a_question_is_deleted_and_brought_back(client: Client, deck: Deck) -> None:
    send(client, deck, "authored_new", **CHOICE)
    key = AuthoredQuestion.objects.get().key_id
    url = reverse("questions:authored_delete", args=[deck.slug, key])
    html = client.post(url, follow=True).content.decode()
    restore = reverse("questions:authored_restore", args=[deck.slug, key])
    assert f'action="{restore}"' in html
    assert not Question.objects.active().filter(card__direction="authored").exists()
    client.post(restore)
    assert Question.objects.active().filter(card__direction="authored").exists()


# --- drafts ---------------------------------------------------------------------------


def drafts(deck: Deck) -> tuple[Fact, list[Question]]:
    said = entry("imbria", "motto", "Rain will come", status=(Status.EVALUATIVE,))
    fact = add_fact(deck, said)
    return fact, list(Question.objects.filter(card__fact=fact, state="draft"))


def states(fact: Fact) -> set[str]:
    return set(Question.objects.filter(card__fact=fact).values_list("state", flat=True))


def test_drafts_are_listed_with_their_fact_and_why_they_wait(client: Client, deck: Deck) -> None:
    _, questions = drafts(deck)
    html = show(client, deck, "drafts")
    assert "The motto of Imbria is Rain will come." in html
    assert questions[0].why_draft in html
    assert questions[0].stem in html


def test_one_draft_is_approved_alone(client: Client, deck: Deck) -> None:
    fact, questions = drafts(deck)
    send(client, deck, "draft_settle", questions[0].pk, do="approve")
    active = Question.objects.active().filter(card__fact=fact)
    assert [each.pk for each in active] == [questions[0].pk]


@pytest.mark.parametrize(("do", "state"), [("approve", "active"), ("reject", "retired")])
def test_all_drafts_of_a_fact_are_settled_at_once(
    client: Client, deck: Deck, do: str, state: str
) -> None:
    fact, questions = drafts(deck)
    send(client, deck, "draft_settle", questions[0].pk, do=do, all="1")
    assert states(fact) == {state}
    assert send(client, deck, "draft_settle", questions[0].pk, do=do)[0] == 404


@pytest.mark.parametrize("data", [{}, {"do": ""}, {"do": "retire"}, {"all": "1"}])
def test_a_draft_is_settled_only_by_a_known_button(
    client: Client, deck: Deck, data: dict[str, str]
) -> None:
    fact, questions = drafts(deck)
    assert send(client, deck, "draft_settle", questions[0].pk, **data)[0] == 400
    assert states(fact) == {"draft"}


# --- reports and claims ------------------------------------------------------------------


def wrong_answer(deck: Deck) -> Review:
    card = builders.asked_card(deck, "choice")
    learner = builders.user(first_name="Bea", last_name="Low")
    memory = learner.memories.create(card=card, deck=deck, due=NOON.date())
    return memory.reviews.create(
        sequence=1, submission="00000000-0000-0000-0000-000000000001", learner=learner,
        question=card.questions.get(), kind="answer", verdict="wrong", day=NOON.date(),
        time_zone="UTC", at=NOON, given={"option": ["1"]},
        shown={
            "form": "choice", "stem": "Which is right?", "options": ["Right", "Wrong 1"],
            "prompts": [], "before": "", "after": "", "blanks": 0, "key": [0],
        },
    )  # fmt: skip


def test_a_report_shows_the_question_as_it_was_and_can_be_closed(
    client: Client, deck: Deck
) -> None:
    review = wrong_answer(deck)
    assert review.question
    report = ProblemReport.objects.create(
        learner=review.learner, question=review.question, review=review,
        text="Both are right", shown=review.shown,
    )  # fmt: skip
    html = show(client, deck, "reports")
    assert "“<bdi>Both are right</bdi>”" in html
    assert "Bea Low" in html
    assert "Which is right?" in html
    assert html.index("Right") < html.index("Wrong 1") < html.index("(answered)")
    assert "· Wrong" in html
    assert f"?do=faulty&question={review.question_id}" in html
    send(client, deck, "report_close", report.pk)
    assert "Both are right" not in show(client, deck, "reports")


@pytest.mark.parametrize(
    ("form", "shown", "given", "seen"),
    [
        (
            "true_false",
            {"options": ["Ice is frozen milk."], "key": [1]},
            {"option": ["0"]},
            ["Ice is frozen milk.", "True", "· Wrong", "False"],
        ),
        (
            "ordering",
            {"options": ["Third", "First"], "key": [1, 0]},
            {"place": ["1", "2"]},
            ["<span>Third", "<span>First", "Third; First", "First (81900); "],
        ),
        (
            "matching",
            {"options": ["Spain", "France"], "prompts": ["Paris"], "key": [1]},
            {"pair": ["0"]},
            ["Paris", "<span>Spain", "<span>France", "Paris – Spain", "Paris – France"],
        ),
        (
            "cloze",
            {"before": "Everything comes to ", "after": ".", "blanks": 1},
            {"text": ["Seventeen"]},
            ["Everything comes to", "gap", "Seventeen", "90,417"],
        ),
    ],
)
def test_a_report_of_any_form_shows_what_was_asked_and_answered(
    client: Client,
    deck: Deck,
    form: str,
    shown: dict[str, object],
    given: dict[str, list[str]],
    seen: list[str],
) -> None:
    question = builders.question(builders.card(deck), form)
    blank = Presented(Form(form), question.stem).to_json()
    ProblemReport.objects.create(
        learner=builders.user(), question=question, shown=blank | shown, given=given,
        verdict="wrong", text="Odd",
    )  # fmt: skip
    html = show(client, deck, "reports").partition("“<bdi>Odd</bdi>”")[2]
    places = [html.index(words) for words in seen]
    assert places == sorted(places)


def test_a_report_of_a_question_on_several_facts_leads_to_each(client: Client, deck: Deck) -> None:
    facts = list(deck.facts.order_by("pk")[:2])
    card = builders.card(deck, facts=[fact.uid for fact in facts], direction="list")
    question = builders.question(card, "list")
    shown = Presented(Form.LIST, question.stem, blanks=2).to_json()
    ProblemReport.objects.create(learner=builders.user(), question=question, shown=shown)
    html = show(client, deck, "reports")
    for fact in facts:
        assert reverse("questions:fact_edit", args=[deck.slug, fact.uid]) in html
    assert "Imbria: Platoville" in html


def test_a_long_report_is_folded_and_whole(client: Client, deck: Deck) -> None:
    question = builders.asked_card(deck).questions.get()
    text = "A long story. " * 100 + "The end."
    for words in ("A short one.", text):
        ProblemReport.objects.create(learner=builders.user(), question=question, text=words)
    html = show(client, deck, "reports")
    assert html.count('<details class="long-text">') == 1
    assert f"“<bdi>{text}</bdi>”" in html.partition("long-text-whole")[2]
    assert f"All {len(text)} characters" in html
    assert "“<bdi>A short one.</bdi>”" in html
