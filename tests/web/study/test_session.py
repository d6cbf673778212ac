"""The study pages, as a browser without scripts sees them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from questions.domain.questions import Form
from questions.models import Memory, ProblemReport, Question, Review, StudySession
from questions.queries.showing import presented
from questions.services import study
from studyapp.accounts.models import User
from tests import builders

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db

# What must not be on the page of a question before its answer, by form.
SECRETS = {
    Form.CHOICE: [],
    Form.TRUE_FALSE: [],
    Form.TYPED: ["90417", "90,417"],
    Form.CLOZE: ["90417", "90,417"],
    Form.LIST: ["Molotov", "Matsuoka"],
    Form.ORDERING: ["81900", "81901", "81902", "81903"],
    Form.MATCHING: [],
    Form.FLASHCARD: ["Both keep the peace.", "peace"],
}
RIGHT = {Form.TYPED: {"text": "90417"}, Form.CLOZE: {"text": "90417"}}


@pytest.fixture(autouse=True)
def at_noon() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def begun(learner: User, form: str) -> StudySession:
    """A session that is about to ask a question of this form."""
    card = builders.asked_card(builders.deck(), form)
    session = study.start(learner, card.deck, NOON)
    study.tell_card(session, card, uuid4(), NOON)
    return session


def fields_of(page: str) -> dict[str, str]:
    form = page[page.index('<form class="panel"') :]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def question_page(visitor: Client, session: StudySession) -> str:
    return visitor.get(reverse("questions:session", args=[session.pk])).content.decode()


def post_answer(visitor: Client, session: StudySession, **given: object) -> str:
    """Answer the question on the session's page, and see what comes of it."""
    data = fields_of(question_page(visitor, session)) | given
    response = visitor.post(reverse("questions:answer", args=[session.pk]), data, follow=True)
    return response.content.decode()


@pytest.mark.parametrize("form", list(Form))
def test_nothing_before_the_answer_tells_the_key(
    visitor: Client, learner: User, form: Form
) -> None:
    session = begun(learner, form)
    response = visitor.get(reverse("questions:session", args=[session.pk]))
    served = response.content.decode() + str(response.headers) + str(visitor.cookies)
    tokens = re.compile(r'name="(token|shown_at|seal|csrfmiddlewaretoken)" value="[^"]*"')
    served = tokens.sub("", re.sub(r"csrftoken=\w+|sessionid=\w+", "", served))
    for secret in [*SECRETS[form], "This is how it is."]:
        assert not re.search(rf"\b{re.escape(secret)}", served), secret


def test_the_right_option_looks_like_the_others(visitor: Client, learner: User) -> None:
    session = begun(learner, "choice")
    labels = re.findall(
        r'<label class="option">.*?</label>', question_page(visitor, session), re.DOTALL
    )
    bare = {re.sub(r"Right|Wrong \d|value=\"\d\"|>\d<", "", label) for label in labels}
    assert len(labels) == 3
    assert len(bare) == 1


def test_the_key_is_as_often_in_each_place() -> None:
    """Over 300 learners: chi-square below 13.8 (two degrees of freedom, p = 0.001)."""
    card = builders.asked_card(builders.deck(), "choice")
    places: Counter[int] = Counter()
    for _ in range(300):
        learner = builders.user()
        session = study.start(learner, card.deck, NOON)
        memory = study.tell_card(session, card, uuid4(), NOON)
        places[presented(memory, card.questions.get()).key[0]] += 1
    assert set(places) == {0, 1, 2}
    assert sum((count - 100) ** 2 / 100 for count in places.values()) < 13.8


@pytest.mark.parametrize("form", list(Form))
def test_a_reload_shows_the_same(visitor: Client, learner: User, form: Form) -> None:
    session = begun(learner, form)
    main = re.compile(r"<fieldset.*</fieldset>|<h2 class=\"stem\".*?</div>", re.DOTALL)
    pages = [main.findall(question_page(visitor, session)) for _ in range(3)]
    assert pages[0]
    assert pages[0] == pages[1] == pages[2]


def test_a_new_card_is_told_with_its_source_before_it_is_asked(
    visitor: Client, learner: User
) -> None:
    deck = builders.deck()
    about = builders.fact(builders.entity(deck, "The pact"))
    builders.question(builders.card(deck, about=about), "typed")
    response = visitor.post(reverse("questions:start", args=[deck.slug]), follow=True)
    page = response.content.decode()
    assert "This is how it is." in page
    assert "A book" in page
    assert "page 1" in page
    told = visitor.post(
        reverse("questions:tell", args=[StudySession.objects.get().pk]),
        fields_of(page),
        follow=True,
    )
    assert "A question of the form typed?" in told.content.decode()
    assert Memory.objects.get(learner=learner).version == 1


def test_after_the_answer_the_page_says_what_was_right_and_when_it_comes_back(
    visitor: Client, learner: User
) -> None:
    page = post_answer(visitor, begun(learner, "typed"), text="7")
    assert "Wrong" in page
    assert "90,417" in page
    assert "This is how it is." in page
    assert "Comes back next." in page


def waiting(learner: User, session: StudySession, cards: int) -> None:
    for _ in range(cards):
        builders.memory(learner, builders.asked_card(session.deck), NOON.date(), due=NOON.date())


@pytest.mark.parametrize(("others", "says"), [(1, "1 other card."), (9, "5 other cards.")])
def test_a_missed_card_says_after_how_many_others_it_comes_back(
    visitor: Client, learner: User, others: int, says: str
) -> None:
    session = begun(learner, "typed")
    missed = Memory.objects.get(learner=learner).card_id
    before = post_answer(visitor, session, text="7")
    assert "Comes back next." in before
    waiting(learner, session, others)
    review = Review.objects.get(kind="answer")
    page = visitor.get(reverse("questions:answered", args=[session.pk, review.pk]))
    assert f"Comes back soon, after at most {says}" in page.content.decode()
    for _ in range(min(others, 5)):
        memory = asked_memory(visitor, session)
        assert memory.card_id != missed
        post_answer(visitor, session, text="90417")
    assert asked_memory(visitor, session).card_id == missed


def asked_memory(visitor: Client, session: StudySession) -> Memory:
    return Memory.objects.get(pk=fields_of(question_page(visitor, session))["memory"])


def test_on_another_day_a_missed_card_comes_back_with_the_next_session(
    visitor: Client, learner: User, at_noon: time_machine.Traveller
) -> None:
    session = begun(learner, "typed")
    post_answer(visitor, session, text="7")
    review = Review.objects.get(kind="answer")
    at_noon.move_to(datetime(2026, 3, 11, 12, 0, tzinfo=UTC))
    page = visitor.get(reverse("questions:answered", args=[session.pk, review.pk]))
    assert "Comes back when you next study this deck." in page.content.decode()


def test_a_right_answer_comes_back_on_a_later_day(visitor: Client, learner: User) -> None:
    page = post_answer(visitor, begun(learner, "typed"), text="90417")
    assert re.search(r"Comes back (tomorrow|in \d+ days)", page)


@pytest.mark.parametrize(
    ("form", "given"),
    [
        ("choice", {"option": "0"}),
        ("true_false", {"option": "1"}),
        ("cloze", {"text": "90417"}),
        ("list", {"text": ["Molotov", "Matsuoka"]}),
        ("ordering", {"place": ["1", "2", "3", "4"]}),
        ("matching", {"pair": ["0", "1"]}),
        ("flashcard", {"rating": "3"}),
    ],
)
def test_every_form_can_be_answered(
    visitor: Client, learner: User, form: str, given: dict[str, object]
) -> None:
    page = post_answer(visitor, begun(learner, form), **given)
    assert Review.objects.answers().count() == 1
    assert 'class="verdict ' in page


def test_a_flashcard_shows_its_answer_only_when_asked_and_keeps_what_was_typed(
    visitor: Client, learner: User
) -> None:
    page = post_answer(visitor, begun(learner, "flashcard"), reveal="1", text="They are friends")
    assert "Both keep the peace." in page
    assert "They are friends" in page
    assert Review.objects.answers().count() == 0


def test_no_choice_keeps_the_question_open_with_the_reason(visitor: Client, learner: User) -> None:
    page = post_answer(visitor, begun(learner, "choice"))
    assert "Choose one of the answers first." in page
    assert Review.objects.answers().count() == 0


def test_an_unreadable_answer_is_kept_in_its_field(visitor: Client, learner: User) -> None:
    card = builders.card(builders.deck())
    expected = builders.EXPECTED["date"].to_json()
    builders.question(card, "typed", content={"expected": expected})
    session = study.start(learner, card.deck, NOON)
    study.tell_card(session, card, uuid4(), NOON)
    page = post_answer(visitor, session, text="31 April 1941")
    assert 'value="31 April 1941"' in page
    assert Review.objects.answers().count() == 0


def test_the_same_answer_posted_twice_counts_once(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    data = fields_of(question_page(visitor, session)) | {"text": "90417"}
    url = reverse("questions:answer", args=[session.pk])
    first, second = visitor.post(url, data), visitor.post(url, data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Review.objects.answers().count() == 1


def test_a_second_tab_is_told_that_the_question_was_answered(
    visitor: Client, learner: User
) -> None:
    session = begun(learner, "typed")
    tabs = [fields_of(question_page(visitor, session)) for _ in range(2)]
    url = reverse("questions:answer", args=[session.pk])
    visitor.post(url, tabs[0] | {"text": "90417"})
    late = visitor.post(url, tabs[1] | {"text": "7"})
    assert late.status_code == 409
    assert "Answered in another tab" in late.content.decode()
    assert Review.objects.answers().count() == 1


@pytest.mark.parametrize("sent", [{"text": "90417"}, {"text": "90417", "reveal": "1"}])
def test_a_page_with_a_question_withdrawn_since_is_told_so(
    visitor: Client, learner: User, sent: dict[str, str]
) -> None:
    session = begun(learner, "typed")
    fields = fields_of(question_page(visitor, session))
    Question.objects.filter(pk=fields["question"]).update(state="retired", rejected=True)
    late = visitor.post(reverse("questions:answer", args=[session.pk]), fields | sent)
    assert late.status_code == 409
    assert "A teacher has withdrawn this question" in late.content.decode()
    assert not Review.objects.answers().exists()


@pytest.mark.parametrize("changed", ["seal", "shown_at", "question"])
def test_what_was_not_shown_is_not_graded(visitor: Client, learner: User, changed: str) -> None:
    session = begun(learner, "choice")
    other = builders.question(Memory.objects.get(learner=learner).card, "typed")
    data = fields_of(question_page(visitor, session)) | {"option": "0"}
    data[changed] = str(other.pk) if changed == "question" else "made-up"
    response = visitor.post(reverse("questions:answer", args=[session.pk]), data)
    assert "This question has changed since you saw it" in response.content.decode()
    assert not Review.objects.answers().exists()


def test_a_session_ends_with_the_right_to_the_deck(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    data = fields_of(question_page(visitor, session)) | {"text": "90417"}
    session.deck.visibility = "private"
    session.deck.save()
    assert visitor.get(reverse("questions:session", args=[session.pk])).status_code == 404
    assert visitor.post(reverse("questions:answer", args=[session.pk]), data).status_code == 404


def test_an_address_out_of_range_is_no_error(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    url = reverse("questions:session", args=[session.pk])
    assert visitor.get(url, {"card": "9" * 5000}).status_code == 200


def test_undo_asks_the_same_card_again(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    post_answer(visitor, session, text="7")
    review = Review.objects.answers().get()
    url = reverse("questions:undo", args=[session.pk, review.pk])
    page = visitor.post(url, {"token": uuid4()}, follow=True).content.decode()
    assert "A question of the form typed?" in page
    assert not Review.objects.answers().exists()


def test_the_last_answer_can_still_be_undone_from_the_next_question(
    visitor: Client, learner: User
) -> None:
    session = begun(learner, "typed")
    post_answer(visitor, session, text="7")
    review = Review.objects.answers().get()
    assert reverse("questions:undo", args=[session.pk, review.pk]) in question_page(
        visitor, session
    )


def test_i_was_right_turns_the_verdict(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    post_answer(visitor, session, text="forty-one and one")
    review = Review.objects.answers().get()
    url = reverse("questions:claim", args=[session.pk, review.pk])
    page = visitor.post(url, {"token": uuid4()}, follow=True).content.decode()
    assert "a teacher will look at it" in page
    assert Review.objects.answers().get().verdict == "right"


def test_a_reported_problem_reaches_the_teacher_with_the_question_as_shown(
    visitor: Client, learner: User
) -> None:
    post_answer(visitor, begun(learner, "choice"), option="0")
    review = Review.objects.answers().get()
    visitor.post(reverse("questions:report", args=[review.pk]), {"text": "Two are right."})
    report = ProblemReport.objects.get()
    assert report.text == "Two are right."
    assert report.shown["options"] == review.shown["options"]


def test_a_question_by_hand_is_told_and_looked_back_on_with_its_answer_alone(
    visitor: Client, learner: User
) -> None:
    deck = builders.deck()
    echo = "A question of the form typed? — 90417"
    card = builders.card(deck, direction="authored")
    builders.question(card, "typed", statement=echo, explanation="Since it was counted.")
    new = visitor.post(reverse("questions:start", args=[deck.slug]), follow=True)
    session = StudySession.objects.get()
    told = visitor.post(
        reverse("questions:tell", args=[session.pk]), fields_of(new.content.decode()), follow=True
    )
    assert told.status_code == 200
    feedback = post_answer(visitor, session, text="7")
    summary = visitor.get(reverse("questions:summary", args=[session.pk])).content.decode()
    for page in (new.content.decode(), feedback, summary):
        assert "90,417" in page
        assert echo not in page
    assert "Since it was counted." in feedback


def test_home_adds_up_the_decks_and_counts_the_shared_limit_once(
    visitor: Client, learner: User
) -> None:
    User.objects.filter(pk=learner.pk).update(new_per_day=3)
    for _ in range(2):
        deck = builders.deck()
        for _ in range(5):
            builders.asked_card(deck)
    page = " ".join(visitor.get(reverse("questions:home")).content.decode().split())
    assert "0 due and up to 3 new cards" in page


def test_yesterdays_session_leads_back_to_the_start(
    visitor: Client, learner: User, at_noon: time_machine.Traveller
) -> None:
    session = begun(learner, "typed")
    at_noon.move_to(datetime(2026, 3, 11, 12, 0, tzinfo=UTC))
    response = visitor.get(reverse("questions:session", args=[session.pk]))
    assert response.headers["Location"] == reverse("questions:home")


def test_htmx_gets_the_fragment_alone_and_caches_can_tell(visitor: Client, learner: User) -> None:
    session = begun(learner, "typed")
    url = reverse("questions:session", args=[session.pk])
    fragment = visitor.get(url, headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content
    assert b'id="step"' in fragment.content
    assert "HX-Request" in fragment.headers["Vary"]


# --- who may ----------------------------------------------------------------------


def study_urls(learner: User) -> list[tuple[str, str]]:
    session = begun(learner, "typed")
    memory = Memory.objects.get(learner=learner)
    submission = study.Submission(uuid4(), 1, {"text": ["90417"]})
    question = memory.card.questions.get()
    outcome = study.answer(learner, memory.pk, question.pk, submission, NOON, session.pk)
    assert isinstance(outcome, study.Recorded)
    review = outcome.review.pk
    return [
        ("get", reverse("questions:session", args=[session.pk])),
        ("post", reverse("questions:tell", args=[session.pk])),
        ("post", reverse("questions:answer", args=[session.pk])),
        ("get", reverse("questions:answered", args=[session.pk, review])),
        ("post", reverse("questions:undo", args=[session.pk, review])),
        ("post", reverse("questions:claim", args=[session.pk, review])),
        ("get", reverse("questions:summary", args=[session.pk])),
        ("post", reverse("questions:report", args=[review])),
        ("post", reverse("questions:report_undo", args=[review])),
    ]


@pytest.mark.parametrize("role", ["student", "teacher"])
def test_another_persons_session_does_not_exist(client: Client, learner: User, role: str) -> None:
    urls = study_urls(learner)
    client.force_login(builders.user(role))
    before = list(Review.objects.values())
    data = {"token": uuid4(), "card": 1, "memory": 1, "question": 1, "version": 2}
    for method, url in urls:
        assert getattr(client, method)(url, data).status_code == 404, url
    assert list(Review.objects.values()) == before


def test_nobody_studies_without_signing_in(client: Client, learner: User) -> None:
    for method, url in [*study_urls(learner), ("get", reverse("questions:home"))]:
        response = getattr(client, method)(url)
        assert response.status_code == 302, url
        assert reverse("accounts:sign_in") in response.headers["Location"]


def test_nothing_changes_by_the_wrong_method(visitor: Client, learner: User) -> None:
    for method, url in study_urls(learner):
        wrong = "post" if method == "get" else "get"
        assert getattr(visitor, wrong)(url).status_code == 405, url


def test_a_private_deck_of_a_stranger_cannot_be_studied(visitor: Client) -> None:
    deck = builders.deck(visibility="private")
    assert visitor.post(reverse("questions:start", args=[deck.slug])).status_code == 404


@pytest.mark.parametrize("decks", [1, 6])
def test_home_takes_as_many_queries_for_many_decks(
    visitor: Client, decks: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(decks):
        builders.asked_card(builders.deck())
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = visitor.get(reverse("questions:home")).content.decode()
    assert page.count("Study<span") == decks
