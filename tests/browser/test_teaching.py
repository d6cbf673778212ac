"""From a teacher's new fact to a student's answer, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from questions.models import Deck, Enrolment, Review
from studyapp.accounts.models import User
from tests import builders
from tests.browser.studying import address, check, go_on

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]


@pytest.fixture
def teacher(transactional_db: None) -> User:
    return builders.teacher()


def test_a_student_answers_a_question_of_a_fact_a_teacher_has_just_added(
    page_of: PageOf, teacher: User, learner: User
) -> None:
    desk = page_of(teacher)
    begin_deck(desk)
    fill_in_fact(desk)
    preview = desk.locator(".editor-preview")
    expect(preview).to_contain_text("When was the Peace of Lakeside signed?")
    expect(preview).to_contain_text("13 April 1941")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved:")).to_be_visible()
    code = open_class(desk)

    seat = page_of(learner)
    join_class(seat, code)
    study_the_fact(seat)
    review = Review.objects.answers().get(learner=learner)
    assert review.verdict == "right"
    assert review.memory.deck == Deck.objects.get(owner=teacher)

    desk.reload()
    students = desk.get_by_role("table").filter(has_text="Last active")
    expect(students.get_by_role("row", name=re.compile(learner.username))).to_contain_text("1")


def begin_deck(page: Page) -> None:
    page.goto(address("teach"))
    page.locator("main").get_by_role("link", name=re.compile("deck", re.IGNORECASE)).first.click()
    page.get_by_label("Title").fill("Treaties of the lakes")
    page.get_by_role("checkbox", name="History").check()
    page.get_by_role("button", name="Begin the deck").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a fact")


def fill_in_fact(page: Page) -> None:
    """About what the deck lacks, so that it is added; from a source that is new as well."""
    page.get_by_label("About").fill("Peace of Lakeside")
    page.get_by_label("About").press("Tab")
    page.get_by_label(re.compile("add “Peace of Lakeside”", re.IGNORECASE)).select_option("treaty")
    page.get_by_label(re.compile("Takes “the”")).check()
    page.get_by_label("What is said of it").select_option("signed")
    page.get_by_label("Signed").fill("13 April 1941")
    expect(page.locator(".editor-preview")).to_contain_text("Read as: 13 April 1941 (1941-04-13)")
    page.get_by_label("Source").select_option("+")
    page.get_by_label("Where in it").fill("page 4")
    page.get_by_label("Title").fill("A book of treaties")


def open_class(page: Page) -> str:
    page.goto(address("class_new"))
    page.get_by_label("Name").fill("Class 4b")
    page.get_by_role("checkbox", name="Treaties of the lakes").check()
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Class 4b")
    return page.locator(".class-code").inner_text().replace("Code:", "")


def join_class(page: Page, code: str) -> None:
    page.goto(address("home"))
    page.get_by_role("link", name="Join a class").click()
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("You are in Class 4b now.")).to_be_visible()
    assert Enrolment.objects.count() == 1


def study_the_fact(page: Page) -> None:
    page.goto(address("home"))
    page.get_by_role("button", name=re.compile("Study.*Treaties")).click()
    expect(page.locator("#step")).to_contain_text("Peace of Lakeside was signed")
    expect(page.locator("#step")).to_contain_text("A book of treaties")
    go_on(page)
    give(page, "13 April 1941", typed="April 13, 1941")
    check(page)
    expect(page.locator(".verdict-word")).to_have_text("Right")
    expect(page.locator("#step")).to_contain_text("page 4")


def give(page: Page, right: str, *, typed: str) -> None:
    """The right answer, in whichever form the learner's own draw has the question asked."""
    if page.get_by_role("radio", name="True").count():
        is_true = right in page.locator("#step .statement").inner_text()
        page.get_by_role("radio", name="True" if is_true else "False").check()
    elif page.get_by_role("radio").count():
        page.get_by_role("radio", name=right, exact=True).check()
    else:
        page.locator("#step [name=text]").fill(typed)


def test_names_the_deck_knows_are_completed_while_typing(page_of: PageOf, teacher: User) -> None:
    deck = builders.deck(teacher, use=["history"])
    builders.entity(deck, "Peace of Lakeside", "treaty")
    builders.entity(deck, "Battle of the Hill", "battle")
    page = page_of(teacher)
    page.goto(address("fact_new", deck.slug))
    page.get_by_label("About").press_sequentially("Lake")
    expect(page.locator("#about-options option")).to_have_count(1)
    expect(page.locator("#about-options option")).to_have_attribute("value", "Peace of Lakeside")
    expect(page.get_by_label("About")).to_be_focused()
    expect(page.get_by_label("About")).to_have_value("Lake")


def test_without_a_script_a_fact_is_filled_in_step_by_step(page_of: PageOf, teacher: User) -> None:
    deck = builders.deck(teacher, use=["history"])
    builders.entity(deck, "Peace of Lakeside", "treaty")
    builders.source(deck, "A book of treaties")
    page = page_of(teacher, java_script_enabled=False)
    page.goto(address("fact_new", deck.slug))
    page.get_by_label("About").fill("Peace of Lakeside")
    page.get_by_label("What is said of it").select_option("signed")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Signed").fill("13 April 1941")
    page.get_by_label("Source").select_option(label="A book of treaties")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".editor-preview")).to_contain_text("13 April 1941")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved:")).to_be_visible()
    assert deck.facts.get().value == "1941-04-13"
