"""Everything works without JavaScript, by whole pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from questions.models import AttemptItem, ProblemReport, Review
from studyapp.accounts.models import User
from tests import builders
from tests.browser.studying import CAPITALS, FORMS, address, deck_of
from tests.web.teach.sample import lunar_deck

pytestmark = pytest.mark.browser


@pytest.fixture
def page(page_of: Callable[..., Page], learner: User) -> Page:
    return page_of(learner, java_script_enabled=False)


def answer_rightly(page: Page, form: str) -> None:
    match form:
        case "choice":
            page.get_by_role("radio", name="Right").check()
        case "true_false":
            is_true = "frozen water" in page.locator("#step").inner_text()
            page.get_by_role("radio", name="True" if is_true else "False").check()
        case "list":
            page.get_by_label("Answer 1").fill("Molotov")
            page.get_by_label("Answer 2").fill("Matsuoka")
        case "ordering":
            for place, text in enumerate(("First", "Second", "Third", "Fourth"), start=1):
                page.get_by_label(text, exact=True).select_option(str(place))
        case "matching":
            for city, country in CAPITALS.items():
                page.get_by_label(city).select_option(country)
        case "flashcard":
            page.get_by_role("button", name="Show the answer").click()
            page.get_by_role("button", name="Well").click()
            return
        case _:
            page.locator("[name=text]").fill("90417")
    page.get_by_role("button", name=re.compile("Check|Save and go on")).click()


@pytest.mark.parametrize("form", FORMS)
def test_a_question_is_answered_and_taken_back(page: Page, form: str) -> None:
    deck_of(form)
    page.goto(address("home"))
    page.get_by_role("button", name=re.compile("Study.*All kinds")).click()
    page.get_by_role("button", name="Got it").click()
    answer_rightly(page, form)
    expect(page.locator(".verdict-word")).to_have_text("Right")
    page.get_by_role("button", name="Undo").last.click()
    answer_rightly(page, form)
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Review.objects.answers().filter(voided=False).count() == 1


@pytest.mark.parametrize("feedback", ["after each question", "at the end"])
def test_a_quiz_is_made_and_sat(page: Page, feedback: str) -> None:
    deck_of("choice", "typed")
    page.goto(address("quizzes"))
    page.get_by_role("link", name="Make a quiz").click()
    page.get_by_role("radio", name="5", exact=True).check()
    page.get_by_role("radio", name=feedback).check()
    page.get_by_role("button", name="Start").click()
    for _ in range(2):
        asks_choice = page.get_by_role("radio").count() > 0
        answer_rightly(page, "choice" if asks_choice else "typed")
        onward = page.get_by_role("link", name="Continue")
        if onward.count():
            onward.click()
    page.get_by_role("button", name=re.compile("See the result|Finish and see")).click()
    expect(page.get_by_role("heading", name="Quiz result")).to_be_visible()
    assert set(AttemptItem.objects.values_list("score", flat=True)) == {1.0}


def test_a_problem_is_reported(page: Page) -> None:
    deck_of("choice")
    page.goto(address("home"))
    page.get_by_role("button", name=re.compile("Study.*All kinds")).click()
    page.get_by_role("button", name="Got it").click()
    answer_rightly(page, "choice")
    page.get_by_text("Report a problem").click()
    page.locator("textarea[name=text]").fill("Two options are right.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("You have reported this question")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_hidden()
    assert ProblemReport.objects.get().text == "Two options are right."
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Your report is taken back.")).to_be_visible()
    assert not ProblemReport.objects.exists()
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")


def test_a_wrong_option_is_ruled_out_and_let_in_again(
    page_of: Callable[..., Page], transactional_db: None
) -> None:
    teacher = builders.teacher()
    fact = lunar_deck(teacher).facts.get(uid="imbria-capital")
    page = page_of(teacher, java_script_enabled=False)
    page.goto(address("fact_questions", fact.deck.slug, fact.uid))
    page.get_by_role("button", name=re.compile("Never offer this here.*Besselburg")).first.click()
    expect(page.get_by_text("“Besselburg” is never offered here again.")).to_be_visible()
    expect(
        page.get_by_role("button", name=re.compile("Never offer this here.*Besselburg"))
    ).to_have_count(0)
    page.get_by_role("link", name="All that is ruled out").click()
    page.get_by_role("button", name=re.compile("Let it in again.*Besselburg")).click()
    expect(page.get_by_role("heading", name="Nothing is ruled out")).to_be_visible()
