"""A session as a learner lives it, from signing up to the progress page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from questions.models import Review
from studyapp.accounts.models import User
from tests.browser.studying import (
    FORMS,
    address,
    answer,
    begun,
    check,
    deck_of,
    form_asked,
    go_on,
    ordered,
    swapped,
)

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]


# --- the whole way ----------------------------------------------------------------


def test_a_whole_session_from_sign_up_to_the_progress_page(page: Page) -> None:
    deck_of(*FORMS)
    sign_up(page)
    learner = User.objects.get(username="akiko")
    assert learner.time_zone == "Asia/Tokyo"  # the browser's

    page.goto(address("progress"))
    nothing_yet = page.locator("main").inner_text()
    page.goto(address("home"))
    page.get_by_role("button", name=re.compile("Study.*All kinds")).click()

    verdicts = study_to_the_end(page)
    assert verdicts == {form: [False, True] for form in FORMS}
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Review.objects.answers().filter(learner=learner).count() == 2 * len(FORMS)
    expect(page.locator("dl.stat-row")).to_contain_text(f"Answers {2 * len(FORMS)}")
    expect(page.get_by_role("heading", name="Missed")).to_be_visible()

    page.get_by_role("link", name="See your progress").click()
    expect(page).to_have_url(re.compile(address("progress")))
    assert page.locator("main").inner_text() != nothing_yet
    expect(page.locator("main svg.chart").first).to_be_visible()
    page.goto(address("home"))
    expect(page.get_by_text("Done for today")).to_be_visible()


def sign_up(page: Page) -> None:
    page.goto(reverse("accounts:sign_up"))
    page.get_by_label("Username").fill("akiko")
    page.get_by_label("Password", exact=True).fill("a-long-secret-42")
    page.get_by_label("Password again").fill("a-long-secret-42")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Study today")


def study_to_the_end(page: Page) -> dict[str, list[bool]]:
    """Answer each form wrongly, then rightly; what was answered, by form."""
    given: dict[str, list[bool]] = defaultdict(list)
    while page.locator("#step form.panel").count():
        if page.get_by_role("button", name="Got it").count():
            go_on(page)
            continue
        form = form_asked(page)
        right = bool(given[form])
        given[answer(page, right=right)].append(right)
        told = {"ordering": "First (81900)", "matching": "Paris – France"}
        expect(page.locator("#step .outcome")).to_contain_text(told.get(form, "This is how it is."))
        go_on(page)
    return given


def test_a_learner_who_was_right_says_so(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "typed")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    answer(page, right=False)
    with swapped(page):
        page.get_by_role("button", name="I was right").click()
    expect(page.locator(".verdict-word")).to_have_text("Right")
    expect(page.get_by_text("a teacher will look at it")).to_be_visible()
    page.reload()
    expect(page.locator(".verdict-word")).to_have_text("Right")


# --- keys -------------------------------------------------------------------------


def test_a_question_is_answered_with_the_keyboard_alone(page_of: PageOf, learner: User) -> None:
    deck = deck_of("choice")
    page = page_of(learner)
    page.goto(address("home"))
    page.keyboard.press("Enter")  # Study
    expect(page.locator("#step")).to_contain_text("Got it")
    with swapped(page):
        page.keyboard.press("Enter")
    options = page.locator("label.option").all_inner_texts()
    place = next(at for at, text in enumerate(options, start=1) if text.startswith("Right"))
    page.keyboard.press(str(place))
    expect(page.get_by_role("radio", name="Right")).to_be_checked()
    with swapped(page):
        page.keyboard.press("Enter")
    expect(page.locator(".verdict-word")).to_have_text("Right")
    with swapped(page):
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Review.objects.answers().filter(memory__deck=deck).count() == 1


def test_typing_is_never_taken_for_a_key(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "typed")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    page.get_by_label("Your answer").press_sequentially("u?1")
    expect(page.get_by_label("Your answer")).to_have_value("u?1")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label("Your answer").fill("90417")
    with swapped(page):
        page.keyboard.press("Enter")
    expect(page.locator(".verdict-word")).to_have_text("Right")


@pytest.mark.parametrize("rest", [True, False], ids=["at once", "from the next question"])
def test_u_takes_the_last_answer_back(page_of: PageOf, learner: User, rest: bool) -> None:
    session = begun(learner, "choice", "true_false")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    form = answer(page, right=False)
    if not rest:
        go_on(page)
        assert form_asked(page) != form
    with swapped(page):
        page.keyboard.press("u")
    assert form_asked(page) == form
    assert not Review.objects.answers().filter(voided=False).exists()
    answer(page, right=True)
    assert Review.objects.answers().get(voided=False).verdict == "right"


def test_a_question_mark_shows_the_keys(page_of: PageOf, learner: User) -> None:
    page = page_of(learner)
    page.goto(address("home"))
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(help_).to_contain_text("Undo the last answer")
    page.keyboard.press("Enter")  # on Close, which has the focus
    expect(help_).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()


def test_keys_do_nothing_once_switched_off_in_the_settings(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "choice")
    page = page_of(learner)
    page.goto(reverse("accounts:settings"))
    page.get_by_role("checkbox", name="Keyboard shortcuts").uncheck()
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    page.goto(address("session", session.pk))
    expect(page.locator(".key-hint").first).to_be_hidden()
    for key in ("1", "?", "Enter", "u"):
        page.locator("body").press(key)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("radio", name="Right").check()
    check(page)
    page.locator("body").press("u")
    expect(page.locator(".verdict-word")).to_have_text("Right")
    assert Review.objects.answers().filter(voided=False).count() == 1


# --- ordering ---------------------------------------------------------------------


def test_an_ordering_is_dragged_into_its_order(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "ordering")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    wanted = ["First", "Second", "Third", "Fourth"]
    for place, text in enumerate(wanted):
        row = page.locator(".ordering-row").filter(has_text=text)
        row.locator(".ordering-handle").hover()
        page.mouse.down()
        target = page.locator(".ordering-row").nth(place).bounding_box()
        assert target
        page.mouse.move(target["x"] + 20, target["y"] + 3, steps=5)
        page.mouse.up()
    assert ordered(page) == wanted
    expect(page.locator("#live")).to_have_text("Fourth: place 4 of 4")
    check(page)
    expect(page.locator(".verdict-word")).to_have_text("Right")


def test_a_button_that_moves_a_row_keeps_the_focus(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "ordering")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    last = ordered(page)[-1]
    up = page.get_by_role("button", name=f"Move up: {last}")
    up.focus()
    page.keyboard.press("Enter")
    assert ordered(page)[-2] == last
    expect(up).to_be_focused()
