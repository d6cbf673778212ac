"""What a stylesheet can break: sizes of targets, themes, focus. And that the watch watches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from studyapp.accounts.models import User
from tests import builders
from tests.browser.studying import FORMS, address, answer, begun, check, deck_of, go_on
from tests.browser.watching import Watch, axe_violations

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]

# Links inside a sentence are exempt (WCAG 2.5.8), and so is what only a screen reader meets.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "#step :is(a[href], button, summary, select, input, textarea), #step label.option")]
  .filter((each) => each.checkVisibility() && !each.matches("[type=hidden], label input")
    && !each.closest("p, li:not(.ordering-row), .source, dd"))
  .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([html, box]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${html}`)"""


def on_phone(page_of: PageOf, learner: User) -> Page:
    return page_of(learner, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.mark.parametrize(("width", "height"), [(1180, 720), (390, 844)])
def test_one_signs_up_without_scrolling(
    page_of: PageOf, transactional_db: None, width: int, height: int
) -> None:
    page = page_of(viewport={"width": width, "height": height})
    page.goto(reverse("accounts:sign_up"))
    expect(page.get_by_role("button", name="Create account")).to_be_in_viewport(ratio=1)
    lines = page.locator(".field-help").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert len(lines) == 3
    assert max(lines) < 30  # one line each


CUT_OFF = """all => all.filter((each) => {
  const box = each.getBoundingClientRect();
  return box.left < 0 || box.right > innerWidth || each.scrollWidth > each.clientWidth + 1;
}).map((each) => each.textContent.trim())"""


def test_a_timeline_on_a_phone_cuts_off_no_label(page_of: PageOf, learner: User) -> None:
    deck = builders.deck(use=["history"])
    for year in (1904, 1938, 1939):
        battle = builders.entity(deck, f"Long remembered battle of the river in {year}", "battle")
        builders.fact(battle, "fought", str(year))
    page = on_phone(page_of, learner)
    page.goto(address("deck_timeline", deck.slug))
    labels = page.locator(".chart-panel a:visible")
    expect(labels).to_have_count(3)
    expect(labels.first).to_have_text("Long remembered battle of the river in 1904: fought")
    assert labels.evaluate_all(CUT_OFF) == []
    page.set_viewport_size({"width": 1180, "height": 800})
    expect(page.locator(".chart-panel a:visible")).to_have_count(3)


@pytest.mark.parametrize("form", FORMS)
def test_targets_on_a_phone_are_44_pixels(page_of: PageOf, learner: User, form: str) -> None:
    session = begun(learner, form)
    page = on_phone(page_of, learner)
    page.goto(address("session", session.pk))
    assert page.evaluate(SMALL_TARGETS) == []
    answer(page, right=False)
    assert page.evaluate(SMALL_TARGETS) == []
    go_on(page)


def test_targets_of_what_is_told_and_of_the_summary_are_44_pixels(
    page_of: PageOf, learner: User
) -> None:
    deck_of("choice")
    page = on_phone(page_of, learner)
    page.goto(address("home"))
    page.locator("main form button").click()
    assert page.evaluate(SMALL_TARGETS) == []
    go_on(page)
    answer(page, right=True)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    assert page.evaluate(SMALL_TARGETS) == []


def test_long_words_do_not_widen_the_page(page_of: PageOf, learner: User) -> None:
    session = begun(learner, *FORMS)
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    for question in session.deck.cards.get(questions__form="choice").questions.all():
        question.stem = f"A question of the form choice? {long}"
        question.content["key"]["text"] = f"Right{long}"
        question.save()
    page = on_phone(page_of, learner)
    card = session.deck.cards.get(questions__form="choice")
    page.goto(f"{address('session', session.pk)}?card={card.pk}")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


LUMINANCE = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  return ["backgroundColor", "color"].map((name) => {
    canvas.fillStyle = getComputedStyle(document.body)[name];
    canvas.fillRect(0, 0, 1, 1);
    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("setting", ["auto", "light", "dark"])
def test_the_theme_is_the_users_else_the_devices(
    page_of: PageOf, learner: User, setting: str, scheme: str
) -> None:
    learner.theme = setting
    learner.save()
    page = page_of(learner, color_scheme=scheme)
    page.goto(address("home"))
    paper, ink = page.evaluate(LUMINANCE)
    dark = (scheme if setting == "auto" else setting) == "dark"
    assert (paper < 60 and ink > 180) if dark else (paper > 220 and ink < 80)


RING = """() => {
  const focused = document.activeElement.closest(".option") ?? document.activeElement;
  const {outlineStyle, boxShadow} = getComputedStyle(focused);
  return `${outlineStyle} ${boxShadow}`;
}"""


def test_the_focus_is_seen_wherever_the_tab_key_leads(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "choice")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    for _ in ("leave", "keys", "an option", "check"):
        page.keyboard.press("Tab")
        assert page.evaluate(RING) != "none none"


def test_a_verdict_is_read_out(page_of: PageOf, learner: User) -> None:
    session = begun(learner, "choice")
    page = page_of(learner)
    page.goto(address("session", session.pk))
    page.get_by_role("radio", name="Right").check()
    check(page)
    expect(page.locator("#live")).to_contain_text("Right")


# --- who watches the watch ------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("console.error('a complaint')", "console: a complaint"),
        ("setTimeout(() => { throw new Error('a mishap') })", "page error: a mishap"),
        ("fetch('/nowhere/')", "404: GET"),
        ("document.body.append(Object.assign(new Image(), {src: 'https://a.example/'}))", "CSP"),
        ("document.body.style.cssText; document.body.setAttribute('style', 'top: 0')", "CSP"),
        ("open('http://a.example/')", "leaves this machine: http://a.example/"),
    ],
)
def test_what_goes_wrong_in_a_page_is_noticed(
    page_of: PageOf, watch: Watch, wrong: str, told: str, learner: User
) -> None:
    page = page_of()
    page.goto(reverse("accounts:sign_in"))
    page.evaluate(f"() => {{ {wrong} }}")
    page.wait_for_timeout(300)
    assert any(problem.startswith(told) or told in problem for problem in watch.problems)
    watch.problems.clear()


def test_axe_finds_what_is_wrong(page_of: PageOf, learner: User) -> None:
    page = page_of()
    page.goto(reverse("accounts:sign_in"))
    page.evaluate(
        "() => { document.querySelector('main').append(document.createElement('input')) }"
    )
    assert [each for each in axe_violations(page) if each.startswith("label:")]


def test_the_bars_of_a_phone_leave_the_screen_to_the_answer(page_of: PageOf, learner: User) -> None:
    """Continue, undo and “I was right” stand in one row, and with the navigation below them take
    no more than an eighth of the height."""
    page = on_phone(page_of, learner)
    page.goto(address("session", begun(learner, "typed").pk))
    answer(page, right=False)
    expect(page.get_by_role("button", name="I was right")).to_be_visible()
    assert height_of_bars(page) <= 844 / 8
    assert page.evaluate(SMALL_TARGETS) == []
    nav = page.locator(".site-nav a").evaluate_all(
        "all => all.map((link) => link.getBoundingClientRect().height)"
    )
    assert min(nav) >= 44


def height_of_bars(page: Page) -> float:
    bars = page.locator(".in-reach, .rating-row, .site-nav")
    heights: list[float] = bars.evaluate_all(
        "all => all.map((bar) => bar.getBoundingClientRect().height)"
    )
    return sum(heights)


def long_flashcard(learner: User) -> str:
    session = begun(learner, "flashcard")
    question = session.deck.cards.get().questions.get()
    question.content |= {"answer": "And so it went on. " * 60}
    question.save()
    return address("session", session.pk)


def test_a_long_flashcard_is_rated_in_a_low_window_without_scrolling(
    page_of: PageOf, learner: User
) -> None:
    page = page_of(learner, viewport={"width": 1280, "height": 640})
    page.goto(long_flashcard(learner))
    page.get_by_role("button", name="Show the answer").click()
    ratings = page.get_by_role("group", name="How well did you know it?").get_by_role("button")
    expect(ratings).to_have_count(4)
    for rating in ratings.all():
        expect(rating).to_be_in_viewport(ratio=1)
    page.mouse.wheel(0, 10_000)
    label = page.get_by_text("How well did you know it?")
    expect(label).to_be_in_viewport(ratio=1)
    assert page.evaluate(IN_FRONT_OF, label.element_handle()) == ""


def test_a_long_flashcard_is_rated_on_a_phone_without_scrolling(
    page_of: PageOf, learner: User
) -> None:
    page = on_phone(page_of, learner)
    page.goto(long_flashcard(learner))
    page.get_by_role("button", name="Show the answer").click()
    ratings = page.get_by_role("group", name="How well did you know it?").get_by_role("button")
    expect(ratings).to_have_count(4)
    for rating in ratings.all():
        expect(rating).to_be_in_viewport(ratio=1)
    assert height_of_bars(page) <= 844 / 8
    assert page.evaluate(SMALL_TARGETS) == []
    page.mouse.wheel(0, 10_000)
    label = page.get_by_text("How well did you know it?")
    expect(label).to_be_in_viewport(ratio=1)
    assert page.evaluate(IN_FRONT_OF, label.element_handle()) == ""


IN_FRONT_OF = """(each) => {
  const box = each.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return there === each ? "" : there.outerHTML;
}"""


def test_a_row_of_tabs_opens_with_the_current_one_in_view(
    page_of: PageOf, transactional_db: None
) -> None:
    deck = builders.deck()
    page = on_phone(page_of, deck.owner)
    for name in ("teach_deck", "drafts", "withdrawn", "teach_deck_settings"):
        page.goto(address(name, deck.slug))
        expect(page.locator(".tabbar [aria-current]")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [1024, 1100, 1280])
def test_no_part_of_a_deck_is_cut_off_from_its_row_on_a_desktop(
    page_of: PageOf, transactional_db: None, width: int
) -> None:
    deck = builders.deck()
    card = builders.asked_card(deck, "typed")
    builders.question(card, "choice", state="draft")
    card.questions.first().problem_reports.create(learner=builders.user())  # type: ignore[union-attr]
    page = page_of(deck.owner, viewport={"width": width, "height": 700})
    page.goto(address("teach_deck", deck.slug))
    tabs = page.locator(".tabbar a")
    expect(tabs).to_have_count(11)
    tops = set()
    for tab in tabs.all():
        expect(tab).to_be_in_viewport(ratio=1)
        box = tab.bounding_box()
        assert box
        tops.add(box["y"])
    assert len(tops) == 1
