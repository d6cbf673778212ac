"""What is sent twice, or not at all: tabs, double clicks, going back, a lost connection."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from questions.models import Review
from studyapp.accounts.models import User
from tests.browser.studying import address, answer, begun, check, form_asked, swapped
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]


def test_the_second_of_two_tabs_is_told_that_the_first_one_answered(
    page_of: PageOf, learner: User, watch: Watch
) -> None:
    session = begun(learner, "choice")
    first = page_of(learner)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(address("session", session.pk))
        page.get_by_role("radio", name="Right").check()
    check(first)
    with watch.expecting(409):
        check(second)
    expect(second.locator("#step")).to_contain_text("Answered in another tab")
    expect(second).to_have_url(re.compile(address("session", session.pk) + "$"))
    assert Review.objects.answers().count() == 1
    second.get_by_role("link", name="See that answer").click()
    expect(second.locator(".verdict-word")).to_have_text("Right")


def test_a_double_click_on_check_counts_once(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "choice")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    page.get_by_role("radio", name="Wrong").first.check()
    with swapped(page):
        page.get_by_role("button", name="Check").dblclick()
    expect(page.locator(".verdict-word")).to_have_text("Wrong")
    assert Review.objects.answers().count() == 1


def test_what_cannot_be_undone_is_told_until_the_next_question(
    page_of: PageOf, learner: User
) -> None:
    session = begun(learner, "choice", "choice", "choice")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    answer(page, right=True)
    Review.objects.update(ruled=True)  # a teacher has decided on it meanwhile
    with swapped(page):
        page.get_by_role("button", name="Undo").click()
    said = page.get_by_text("That answer cannot be undone any more.")
    expect(said).to_be_visible()
    answer(page, right=True)
    expect(said).to_have_count(0)


def test_going_back_after_an_answer_does_not_count_it_twice(
    page_of: PageOf, learner: User, watch: Watch
) -> None:
    session = begun(learner, "choice", "true_false")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    form = answer(page, right=True)
    page.go_back()
    expect(page.locator("#step form.panel")).to_be_visible()
    if form_asked(page) == form:  # the old page from the browser's own memory
        with watch.expecting(409):
            check(page)
    else:
        answer(page, right=True)
    given = Review.objects.answers().values_list("memory", flat=True)
    assert len(given) == len(set(given))


def test_an_answer_that_cannot_be_read_keeps_the_question_open(
    page_of: PageOf, learner: User
) -> None:
    session = begun(learner, "choice")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    check(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose one of the answers first.")
    page.reload()
    assert form_asked(page) == "choice"
    assert not Review.objects.answers().exists()


def test_a_failed_request_says_so_and_keeps_what_was_typed(
    page_of: PageOf, learner: User, watch: Watch
) -> None:
    session = begun(learner, "typed")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    page.get_by_label("Your answer").fill("90417")
    with watch.offline(page.context):
        page.get_by_role("button", name="Check").click()
        expect(page.locator("#messages")).to_contain_text("That did not reach the server")
    expect(page.get_by_label("Your answer")).to_have_value("90417")
    check(page)
    expect(page.locator(".verdict-word")).to_have_text("Right")
    assert page.locator("[data-request-failed]").count() == 0
