"""A teacher at work in the browser, and a student who learns what they wrote."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from questions.models import Card, Classroom, Deck, Fact, Review
from questions.services import classes
from studyapp.accounts.models import User
from tests.browser.studying import address
from tests.web.teach.sample import lunar_deck

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]


@pytest.fixture
def deck(transactional_db: None) -> Deck:
    return lunar_deck()


def only(deck: Deck, fact: Fact) -> None:
    """The deck asks nothing but this fact's value."""
    wanted = Card.objects.filter(fact=fact, direction="value")
    Card.objects.filter(deck=deck).exclude(pk__in=wanted).update(retired=True)


def test_a_new_fact_is_previewed_saved_and_answered_by_a_student_of_the_class(
    page_of: PageOf, deck: Deck, learner: User
) -> None:
    classroom = classes.create_class(deck.owner, "Year 10", [deck])
    page = page_of(deck.owner)
    page.goto(address("teach"))
    page.get_by_role("link", name=re.compile("Add a fact")).click()
    about = page.get_by_label("About", exact=True)
    about.press_sequentially("Vapo")
    expect(page.locator("#about-options option[value=Vaporia]")).to_have_count(1)
    about.fill("Vaporia")
    about.press("Tab")
    page.get_by_label("What is said of it").select_option("founded")
    value = page.get_by_label("Founded", exact=True)
    value.fill("31 April 1939")
    expect(page.locator(".missing")).to_contain_text("is no day of the calendar")
    value.fill("5 May 1939")
    preview = page.locator(".editor-preview")
    expect(preview).to_contain_text("When was Vaporia founded?")
    expect(preview).to_contain_text("1939-05-05")
    expect(value).to_be_focused()
    page.get_by_label("Source", exact=True).select_option("atlas")
    page.get_by_label(re.compile("Where in it")).fill("page 9")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Vaporia was founded on 5 May 1939.")
    only(deck, Fact.objects.get(about__name="Vaporia"))
    _join_and_answer(page_of(learner), classroom)
    page.goto(address("classroom", classroom.pk))
    expect(page.get_by_role("row", name=re.compile(learner.username))).to_contain_text("1")


def _join_and_answer(page: Page, classroom: Classroom) -> None:
    page.goto(address("join_code", classroom.code))
    page.get_by_role("button", name="Join").click()
    page.get_by_role("button", name=re.compile("Study")).click()
    expect(page.locator("#step")).to_contain_text("Vaporia")
    page.get_by_role("button", name="Got it").click()
    page.get_by_role("radio", name="5 May 1939").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict-word")).to_have_text("Right")
    assert Review.objects.answers().get().verdict == "right"


def test_a_fact_is_added_without_script(page_of: PageOf, deck: Deck) -> None:
    page = page_of(deck.owner, java_script_enabled=False)
    page.goto(address("fact_new", deck.slug))
    page.get_by_label("About", exact=True).fill("Frigoria")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label(re.compile("to the deck as a new")).select_option("country")
    page.get_by_label("What is said of it").select_option("founded")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Founded", exact=True).fill("1939")
    page.get_by_label("Source", exact=True).select_option("atlas")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".editor-preview")).to_contain_text("When was Frigoria founded?")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Frigoria was founded in 1939.")


def test_a_deleted_fact_is_brought_back(page_of: PageOf, deck: Deck) -> None:
    page = page_of(deck.owner)
    page.goto(address("fact_delete", deck.slug, "imbria-founded"))
    page.get_by_role("button", name="Delete the fact").click()
    assert Fact.objects.get(uid="imbria-founded").removed
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("It is back")
    assert not Fact.objects.get(uid="imbria-founded").removed


def test_a_question_by_hand_follows_its_form(page_of: PageOf, deck: Deck) -> None:
    page = page_of(deck.owner)
    page.goto(address("authored_new", deck.slug))
    page.get_by_label("Question", exact=True).fill("It rains on the Moon.")
    page.get_by_label("Form", exact=True).select_option("true_false")
    page.get_by_role("radio", name="False").check()
    expect(page.locator(".editor-preview .item")).to_contain_text("It rains on the Moon.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="It rains on the Moon.")).to_be_visible()
