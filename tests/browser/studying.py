"""Moves of a learner in a session; the right answers are those of `builders.content`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from questions.models import Deck, StudySession
from questions.services import study
from studyapp.accounts.models import User
from tests import builders

FORMS = (
    "choice",
    "true_false",
    "typed",
    "cloze",
    "list",
    "ordering",
    "matching",
    "flashcard",
)
CAPITALS = {"Paris": "France", "Rome": "Italy"}


def address(name: str, *args: object) -> str:
    return reverse(f"questions:{name}", args=args)


def deck_of(*forms: str) -> Deck:
    """A deck with one card for each form."""
    made = builders.deck(title="All kinds of questions")
    for form in forms or FORMS:
        builders.asked_card(made, form)
    return made


def begun(learner: User, *forms: str) -> StudySession:
    """A session about to ask these forms, each card told before."""
    of = deck_of(*forms)
    now = timezone.now()
    session = study.start(learner, of, now)
    for card in of.cards.all():
        study.tell_card(session, card, uuid4(), now)
    return session


# --- moves ------------------------------------------------------------------------


@contextmanager
def swapped(page: Page) -> Iterator[None]:
    """What is done inside brings new content, and focus goes to its heading."""
    page.locator("#step").evaluate("step => step.dataset.left = ''")
    yield
    expect(page.locator("#step[data-left]")).to_have_count(0)
    expect(page.locator("#step [data-focus]").last).to_be_focused()


def go_on(page: Page) -> None:
    with swapped(page):
        page.locator("#step [data-key=Enter]").click()


def check(page: Page) -> None:
    with swapped(page):
        page.get_by_role("button", name="Check").click()


def form_asked(page: Page) -> str:
    """From the stem that builders give a question; a cloze is a sentence with a gap."""
    if page.locator("#step .gap").count():
        return "cloze"
    stem = page.locator("#step .stem").first.inner_text()
    found = re.search(r"A question of the form (\w+)\?", stem)
    assert found, stem
    return found[1]


def answer(page: Page, *, right: bool) -> str:
    """Answer what is asked, rightly or wrongly, and see it judged; the form it had."""
    form = form_asked(page)
    ANSWERS[form](page, right)
    if form != "flashcard":
        check(page)
    expect(page.locator(".verdict-word")).to_have_text("Right" if right else "Wrong")
    return form


def _choice(page: Page, right: bool) -> None:
    page.get_by_role("radio", name="Right" if right else "Wrong").first.check()


def _true_false(page: Page, right: bool) -> None:
    is_true = "frozen water" in page.locator("p.statement").inner_text()
    page.get_by_role("radio", name="True" if is_true == right else "False").check()


def _typed(page: Page, right: bool) -> None:
    page.locator("[name=text]").fill("90417" if right else "17")


def _list(page: Page, right: bool) -> None:
    names = ("Matsuoka", "Molotov") if right else ("Tojo", "Konoe")
    for number, name in enumerate(names, start=1):
        page.get_by_label(f"Answer {number}").fill(name)


def _ordering(page: Page, right: bool) -> None:
    wanted = ["First", "Second", "Third", "Fourth"]
    order(page, wanted if right else wanted[::-1])


def order(page: Page, wanted: list[str]) -> None:
    """By the buttons."""
    for place, text in enumerate(wanted):
        up = page.get_by_role("button", name=f"Move up: {text}", exact=True)
        for _ in range(ordered(page).index(text) - place):
            up.click()
    assert ordered(page) == wanted


def ordered(page: Page) -> list[str]:
    return page.locator(".ordering-text").all_inner_texts()


def _matching(page: Page, right: bool) -> None:
    for city, country in CAPITALS.items():
        page.get_by_label(city).select_option(country if right else "Spain")


def _flashcard(page: Page, right: bool) -> None:
    page.get_by_label("Your answer, in your own words").fill("They keep the peace.")
    with swapped(page):
        page.get_by_role("button", name="Show the answer").click()
    expect(page.get_by_text("Both keep the peace.")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("They keep the peace.")
    with swapped(page):
        page.get_by_role("button", name="Well" if right else "Not at all").click()


ANSWERS: dict[str, Callable[[Page, bool], None]] = {
    "choice": _choice,
    "true_false": _true_false,
    "typed": _typed,
    "cloze": _typed,
    "list": _list,
    "ordering": _ordering,
    "matching": _matching,
    "flashcard": _flashcard,
}
