"""A quiz made, sat, finished and taken again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from questions.models import AttemptItem, Review
from studyapp.accounts.models import User
from tests.browser.studying import FORMS, address, answer, deck_of, form_asked, go_on, swapped

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page_of: Callable[..., Page], learner: User) -> Page:
    return page_of(learner)


def start_quiz(page: Page, feedback: str) -> None:
    page.goto(address("quiz_new"))
    page.get_by_role("radio", name=feedback).check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#step .stem").first).to_be_visible()


def test_unticking_a_kind_tells_at_once_how_many_questions_are_left(page: Page) -> None:
    deck_of("choice", "choice", "typed")
    page.goto(address("quiz_new"))
    expect(page.locator("#quiz-total")).to_contain_text("3 questions")
    page.get_by_role("checkbox", name="Typed").uncheck()
    expect(page.locator("#quiz-total")).to_contain_text("2 questions")
    expect(page.get_by_role("checkbox", name="Typed")).to_be_focused()


def test_a_quiz_with_every_form_shows_each_answer_and_what_was_missed(page: Page) -> None:
    deck_of(*FORMS)
    start_quiz(page, "after each question")
    wrong = {"choice", "list"}
    for number in range(1, len(FORMS) + 1):
        answer(page, right=form_asked(page) not in wrong)
        if number == 3:  # a closed tab loses nothing
            page.goto(address("quizzes"))
            page.get_by_role("link", name="Continue").click()
        elif number < len(FORMS):
            go_on(page)
    page.get_by_role("button", name="See the result").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiz result")
    expect(page.locator("dl.stat-row")).to_contain_text("of 8")
    assert AttemptItem.objects.filter(score=1).count() == len(FORMS) - len(wrong)
    assert not Review.objects.exists()  # it was not to count

    page.get_by_role("button", name=re.compile("Retake what was missed")).click()
    expect(page.locator("#step")).to_contain_text("1 of 2")


def test_answers_can_be_changed_until_the_quiz_is_finished(page: Page) -> None:
    deck_of("choice")
    start_quiz(page, "at the end")
    page.get_by_role("radio", name="Wrong").first.check()
    with swapped(page):
        page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("#step")).not_to_contain_text("This is how it is.")
    with swapped(page):
        page.get_by_role("navigation", name="Questions of this quiz").get_by_role(
            "link", name=re.compile("1")
        ).click()
    expect(page.get_by_text("Answered; you can still change it")).to_be_visible()
    page.get_by_role("radio", name="Right").check()
    with swapped(page):
        page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Finish and see the result").click()
    expect(page.locator("dl.stat-row")).to_contain_text("100")
