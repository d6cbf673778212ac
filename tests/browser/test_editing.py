"""A teacher edits a deck in the browser: fields that follow what is chosen, a live preview."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from questions.models import Deck, Fact
from tests.browser.studying import address
from tests.browser.watching import Watch
from tests.web.teach.sample import lunar_deck

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]


@pytest.fixture
def deck(transactional_db: None) -> Deck:
    return lunar_deck()


def test_names_complete_and_mistakes_are_told_while_typing(page_of: PageOf, deck: Deck) -> None:
    page = page_of(deck.owner)
    page.goto(address("fact_new", deck.slug))
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


def test_what_is_typed_while_the_fields_follow_a_choice_is_kept(
    page_of: PageOf, deck: Deck
) -> None:
    page = page_of(deck.owner)
    page.goto(address("fact_new", deck.slug))
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/fact-controls/", hold, times=1)
    page.get_by_label("About", exact=True).fill("Vaporia")
    page.get_by_label("About", exact=True).press("Tab")
    page.get_by_label("What is said of it").select_option("motto")
    page.get_by_label(re.compile("Note")).fill("Typed meanwhile")
    waiting[0].continue_()
    expect(page.get_by_label("Motto", exact=True)).to_be_visible()
    expect(page.get_by_label(re.compile("Note"))).to_have_value("Typed meanwhile")
    expect(page.get_by_label("What is said of it")).to_have_value("motto")


def test_an_unknown_name_in_the_value_offers_to_add_it_as_soon_as_the_field_is_left(
    page_of: PageOf, deck: Deck
) -> None:
    page = page_of(deck.owner)
    page.goto(address("fact_new", deck.slug))
    page.get_by_label("About", exact=True).fill("Vaporia")
    page.get_by_label("About", exact=True).press("Tab")
    page.get_by_label("What is said of it").select_option("capital")
    page.get_by_text("Topic, rank and doubts").click()
    value = page.get_by_label("Capital", exact=True)
    value.press_sequentially("Mistport")
    value.press("Tab")
    new = page.get_by_label("Add “Mistport” to the deck as a new")
    expect(new).to_be_visible()
    expect(value).to_have_value("Mistport")
    expect(page.get_by_label("Source", exact=True)).to_be_focused()
    expect(page.get_by_label(re.compile("^Rank"))).to_be_visible()
    value.fill("Platoville")
    value.press("Shift+Tab")
    expect(new).to_have_count(0)
    expect(page.get_by_role("link", name="Define a relation")).to_be_focused()


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


def test_a_name_is_found_changed_and_asked_without_script(
    page_of: PageOf, deck: Deck, watch: Watch
) -> None:
    page = page_of(deck.owner, java_script_enabled=False)
    page.goto(address("entities", deck.slug))
    page.get_by_label("Find names").fill("plato")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Platoville").click()
    page.get_by_label("Name", exact=True).fill("Besselburg")
    with watch.expecting(422):
        page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-error")).to_contain_text("has another “Besselburg” of that kind")
    page.get_by_label("Name", exact=True).fill("Archimedesk")
    page.get_by_label("Other name 1", exact=True).fill("Platoville")
    page.get_by_role("button", name="More rows").click()
    expect(page.get_by_label("Other name 4", exact=True)).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#messages")).to_contain_text("Saved: Archimedesk")
    page.goto(address("fact", deck.slug, "imbria-capital"))
    expect(page.get_by_role("main")).to_contain_text("Archimedesk is the capital of Imbria.")


def test_a_deleted_fact_is_brought_back(page_of: PageOf, deck: Deck) -> None:
    page = page_of(deck.owner)
    page.goto(address("fact_delete", deck.slug, "imbria-founded"))
    page.get_by_role("button", name="Delete the fact").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
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
