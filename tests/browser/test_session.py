"""A session as a learner lives it, from signing up to the progress page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from questions.models import Review
from studyapp.accounts.models import User
from tests import builders
from tests.browser.studying import (
    FORMS,
    answer,
    begun,
    check,
    deck_of,
    form_asked,
    go_on,
    memory_of,
    order,
    ordered,
    swapped,
)
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]


@pytest.fixture
def learner(transactional_db: None) -> User:
    return builders.user()


def address(name: str, *args: object) -> str:
    return reverse(f"questions:{name}", args=args)


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
    page.get_by_label("Password confirmation").fill("a-long-secret-42")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Study today")


def study_to_the_end(page: Page) -> dict[str, list[bool]]:
    """Answer each form wrongly, then rightly; what was answered, by form."""
    given: dict[str, list[bool]] = defaultdict(list)
    while page.locator("#step form.panel").count():
        if page.get_by_role("button", name="Got it").count():
            go_on(page)
            continue
        right = bool(given[form_asked(page)])
        given[answer(page, right=right)].append(right)
        expect(page.locator("#step .outcome")).to_contain_text("This is how it is.")
        go_on(page)
    return given


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
    page.get_by_label("Your answer").fill("42")
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
    page.get_by_label("Keyboard shortcuts").uncheck()
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


# --- twice ------------------------------------------------------------------------


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
    expect(second).to_have_url(first_url := re.compile(address("session", session.pk)))
    assert memory_of(session).version == 1 + Review.objects.answers().count() == 2
    second.get_by_role("link", name="See that answer").click()
    expect(second.locator(".verdict-word")).to_have_text("Right")
    assert first_url


def test_a_double_click_on_check_counts_once(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "choice")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    page.get_by_role("radio", name="Wrong").first.check()
    with swapped(page):
        page.get_by_role("button", name="Check").dblclick()
    expect(page.locator(".verdict-word")).to_have_text("Wrong")
    assert Review.objects.answers().count() == 1


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
    page.get_by_label("Your answer").fill("42")
    page.context.set_offline(True)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#messages")).to_contain_text("That did not reach the server")
    expect(page.get_by_label("Your answer")).to_have_value("42")
    page.context.set_offline(False)
    check(page)
    expect(page.locator(".verdict-word")).to_have_text("Right")
    assert page.locator("[data-request-failed]").count() == 0


# --- without a script -------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_without_a_script_a_question_is_answered_and_taken_back(
    page_of: PageOf, learner: User, form: str
) -> None:
    deck_of(form)
    page = page_of(learner, java_script_enabled=False)
    page.goto(address("home"))
    page.get_by_role("button", name=re.compile("Study.*All kinds")).click()
    page.get_by_role("button", name="Got it").click()
    WITHOUT_SCRIPT[form](page)
    expect(page.locator(".verdict-word")).to_have_text("Right")
    page.get_by_role("button", name="Undo").first.click()
    WITHOUT_SCRIPT[form](page)
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert Review.objects.answers().filter(voided=False).count() == 1
