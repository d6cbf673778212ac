"""Every page of the site, in light, dark and on a phone: axe finds nothing, nothing scrolls
sideways. A new address must be entered in the table, or named as one that is no page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, reverse
from playwright.sync_api import FilePayload, Page, ViewportSize, expect

import questions.urls
import studyapp.accounts.urls
from questions.models import Memory
from studyapp.accounts.models import User
from tests.browser import world
from tests.browser.studying import FORMS, form_asked, swapped
from tests.browser.watching import Watch, axe_violations
from tests.browser.world import World

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=800)

# Addresses that answer with a redirect, a fragment of another page, or a file.
NO_PAGES = {
    "accounts": {"sign_out"},
    "questions": {
        *("start", "tell", "answer", "undo", "claim"),
        *("quiz", "quiz_retake", "quiz_claim", "quiz_claim_undo"),
        *("teach_import_confirm", "teach_deck_export"),
        *("fact_controls", "fact_preview", "entity_options", "fact_restore"),
        *("veto", "veto_lift", "questions_refresh"),
        *("entity_restore", "list_mark", "topic_move", "topic_restore", "relation_restore"),
        *("authored_controls", "authored_preview", "authored_delete", "authored_restore"),
        *("draft_settle", "report_close", "rulings_seen", "quiz_report", "ask_again"),
        *("report_undo", "quiz_report_undo"),
        *("class_code", "class_remove", "class_leave"),
    },
}


@dataclass(frozen=True)
class Visit:
    """A page, by its address's name; `who` signs in, `then` brings it into a further state,
    or there from the address `at`."""

    name: str
    args: Callable[[World], list[object]] = lambda _: []
    who: str = "student"
    note: str = ""
    query: Callable[[World], str] = lambda _: ""
    then: Callable[[Page], None] | None = None
    statuses: tuple[int, ...] = ()
    at: str = ""

    @property
    def full_name(self) -> str:
        return full(self.name)

    @property
    def label(self) -> str:
        return f"{self.name} as {self.who} {self.note}".strip()

    def address(self, of: World) -> str:
        return reverse(full(self.at or self.name), args=self.args(of)) + self.query(of)


def full(name: str) -> str:
    return name if ":" in name else f"questions:{name}"


def press(name: str) -> Callable[[Page], None]:
    """Press the button of that name, for a page that answers with another whole page."""

    def pressed(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name).first.click()

    return pressed


def ruling(do: str) -> Callable[[World], str]:
    """The address of what a teacher may decide on the answer that was claimed."""

    def query(of: World) -> str:
        claimed = of.answers["claimed"]
        return f"?do={do}&question={claimed.question_id}&given={claimed.given['text'][0]}"

    return query


def asks(form: str) -> Callable[[Page], None]:
    def asked(page: Page) -> None:
        assert form_asked(page) == form

    return asked


# --- states that take more than an address ---------------------------------------------


def reveal(page: Page) -> None:
    with swapped(page):
        page.get_by_role("button", name="Show the answer").click()


def check_nothing(page: Page) -> None:
    with swapped(page):
        page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_be_visible()


def overtaken(page: Page) -> None:
    Memory.objects.update(version=99)
    page.get_by_role("radio").first.check()
    with swapped(page):
        page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Answered in another tab")).to_be_visible()


def withdraw(page: Page) -> None:
    press("Withdraw")(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Withdrawn").first.click()
    expect(page.get_by_role("button", name="Ask it again")).to_be_visible()


def report(page: Page) -> None:
    page.get_by_text("Report a problem").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent to the teacher.").first).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_hidden()


def help_(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def menu(page: Page) -> None:
    page.locator("summary", has_text="Account menu").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def unfold(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach((each) => { each.open = true; })")


def upload(page: Page) -> None:
    hand_in(page, world.DECK.encode())
    page.wait_for_url("**/teach/import/*/")


def upload_wrong(page: Page) -> None:
    hand_in(page, b"title: [1, 2]\nx: y")


def hand_in(page: Page, data: bytes) -> None:
    file = FilePayload(name="deck.yaml", mimeType="application/yaml", buffer=data)
    page.locator("input[type=file]").set_input_files(file)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def refused_name(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("Carl Brown")
    press("Save")(page)


def refused_label(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill("")
    press("Save")(page)


def delete_name(page: Page) -> None:
    page.get_by_role("link", name="Ford of the River").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete the name").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


# --- the table -----------------------------------------------------------------------


def session(of: World) -> list[object]:
    return [of.session.pk]


def deck(of: World) -> list[object]:
    return [of.deck.slug]


def kinds(of: World) -> list[object]:
    return [of.kinds.slug]


def person(of: World) -> list[object]:
    return [of.deck.slug, "adams"]


def listed(of: World) -> list[object]:
    """A fact that stands in a list."""
    return [of.deck.slug, of.deck.facts.get(relation="signatory", value="adams").uid]


def weather(of: World) -> list[object]:
    return [of.deck.slug, "weather"]


def card_query(form: str) -> Callable[[World], str]:
    return lambda of: f"?card={of.answers[form].memory.card_id}"


def answered(form: str) -> Callable[[World], list[object]]:
    return lambda of: [of.session.pk, of.answers[form].pk]


def item(form: str, number: int = 0) -> Callable[[World], list[object]]:
    return lambda of: [of.quiz.pk, world.quiz_item(of.quiz, form, number).position]


ANONYMOUS = [
    Visit("accounts:sign_in", who="anonymous"),
    Visit("accounts:sign_in", who="anonymous", note="refused", then=press("Sign in")),
    Visit("accounts:sign_up", who="anonymous"),
    Visit("accounts:sign_up", who="anonymous", note="refused", then=press("Create account")),
]
ACCOUNT = [
    Visit("accounts:settings"),
    Visit("accounts:settings", note="saved", then=press("Save settings")),
    Visit("accounts:settings", note="help", then=help_),
    Visit("accounts:settings", note="menu", then=menu),
    Visit("accounts:password"),
    Visit("accounts:password", note="refused", then=press("Change password")),
]
STUDY = [
    Visit("home"),
    Visit("home", who="newcomer"),
    Visit("session", session, note="told"),
    Visit("summary", session),
    Visit("session", session, note="ask again", query=card_query("choice"), then=check_nothing),
    Visit("session", session, note="revealed", query=card_query("flashcard"), then=reveal),
]
FORMS_ASKED = [
    Visit("session", session, note=form, query=card_query(form), then=asks(form)) for form in FORMS
]
FORMS_ANSWERED = [
    *(Visit("answered", answered(form), note=f"{form} answered") for form in FORMS),
    Visit("answered", answered("claimed"), note="claimed"),
    Visit("report", answered("cloze"), at="answered", then=report),
]
QUIZZES = [
    Visit("quizzes"),
    Visit("quizzes", who="newcomer"),
    Visit("quiz_new", note="which deck"),
    Visit("quiz_new", query=lambda of: f"?deck={of.kinds.slug}"),
    *(Visit("quiz_item", item(form), note=form, then=asks(form)) for form in FORMS),
    Visit("quiz_item", item("choice"), note="nothing chosen", then=check_nothing),
    Visit("quiz_item", item("cloze", 1), note="claimed", then=press("Undo")),
    Visit("quiz_item", item("cloze", 1), note="to claim", then=press("I was right")),
    Visit("quiz_finish", lambda of: [of.quiz.pk]),
    Visit("quiz_result", lambda of: [of.finished.pk]),
    Visit("quiz_result", lambda of: [of.finished.pk], note="unfolded", then=unfold),
]
DECKS = [
    Visit("decks"),
    Visit("decks", who="teacher"),
    Visit("deck", deck),
    Visit("deck", deck, note="nothing found", query=lambda _: "?q=nowhere"),
    Visit("deck", lambda of: [of.kinds.slug], note="without facts"),
    Visit("deck_conflicts", deck),
    Visit("deck_conflicts", lambda of: [of.kinds.slug], note="none"),
    Visit("deck_timeline", deck),
    Visit("deck_timeline", lambda of: [of.kinds.slug], note="empty"),
    Visit("deck_sources", deck),
    Visit("deck_sources", lambda of: [of.kinds.slug], note="none"),
    Visit("fact", lambda of: [of.deck.slug, of.fact]),
    Visit("progress"),
    Visit("progress", note="one deck", query=lambda of: f"?deck={of.deck.slug}"),
    Visit("progress", who="newcomer", note="empty"),
]
TEACH = [
    Visit("teach", who="teacher"),
    Visit("teach", note="refused to students", statuses=(403,)),
    Visit("teach_deck_new", who="teacher"),
    Visit("teach_import", who="teacher"),
    Visit("teach_import", who="teacher", note="wrong file", then=upload_wrong, statuses=(422,)),
    Visit("teach_import_check", who="teacher", at="teach_import", then=upload),
    Visit("teach_deck", deck, who="teacher"),
    Visit("teach_deck_settings", deck, who="teacher"),
    Visit("entities", deck, who="teacher"),
    Visit("entities", deck, who="teacher", note="none", query=lambda _: "?q=nobody"),
    Visit("entity_edit", person, who="teacher"),
    Visit("entity_edit", person, who="teacher", note="no", then=refused_name, statuses=(422,)),
    Visit("entity_delete", person, who="teacher", note="needed"),
    Visit("entity_delete", lambda of: [of.deck.slug, "ford"], who="teacher"),
    Visit("entities", deck, who="teacher", note="undo", then=delete_name),
    Visit("relations", deck, who="teacher"),
    Visit("relation_new", deck, who="teacher"),
    Visit(
        "relation_new",
        deck,
        who="teacher",
        note="refused",
        then=press("Add the relation"),
        statuses=(422,),
    ),
    Visit("topics", deck, who="teacher"),
    Visit("topics", kinds, who="teacher", note="none"),
    Visit("topics", deck, who="teacher", note="no", then=press("Add"), statuses=(422,)),
    Visit("topic_edit", lambda of: [of.deck.slug, "battles"], who="teacher"),
    Visit("topic_delete", lambda of: [of.deck.slug, "battles"], who="teacher"),
    Visit(
        "topics",
        lambda of: [of.deck.slug, "battles"],
        who="teacher",
        note="undo",
        at="topic_delete",
        then=press("Delete the topic"),
    ),
    Visit("relation_edit", weather, who="teacher", then=unfold),
    Visit("relation_edit", lambda of: [of.deck.slug, "nickname"], who="teacher", note="used"),
    Visit("relation_edit", weather, who="teacher", note="no", then=refused_label, statuses=(422,)),
    Visit("relation_delete", weather, who="teacher"),
    Visit("relation_delete", lambda of: [of.deck.slug, "nickname"], who="teacher", note="used"),
    Visit(
        "relations",
        weather,
        who="teacher",
        note="undo",
        at="relation_delete",
        then=press("Delete the relation"),
    ),
    Visit("drafts", deck, who="teacher"),
    Visit("reports", lambda of: [of.kinds.slug], who="teacher"),
    Visit("reports", deck, who="teacher", note="none"),
    Visit("withdrawn", deck, who="teacher", note="none"),
    Visit("answers", lambda of: [of.kinds.slug], who="teacher"),
    Visit("answers", deck, who="teacher", note="few"),
    Visit("answer_rule", kinds, who="teacher", query=ruling("accept")),
    Visit("answer_rule", kinds, who="teacher", query=ruling("keep"), note="keep"),
    Visit("answer_rule", kinds, who="teacher", query=ruling("faulty"), note="faulty"),
    Visit(
        "answer_rule",
        deck,
        who="teacher",
        query=lambda of: f"?do=accept&question={of.asks_for('hill')}&given=Peace of Lakesyde",
        note="near",
        then=press("Accept"),
        statuses=(422,),
    ),
    Visit("decided", kinds, who="teacher"),
    Visit("decided", deck, who="teacher", note="none"),
    Visit("answer_undo", lambda of: [of.kinds.slug, of.accepted], who="teacher"),
    Visit(
        "withdrawn",
        kinds,
        who="teacher",
        query=ruling("faulty"),
        at="answer_rule",
        then=withdraw,
    ),
]
FACTS = [
    Visit("fact_new", deck, who="teacher"),
    Visit("fact_new", deck, who="teacher", note="refused", then=press("Save"), statuses=(422,)),
    Visit("fact_new", deck, who="teacher", note="preview", then=press("Preview")),
    Visit("fact_edit", lambda of: [of.deck.slug, of.fact], who="teacher"),
    Visit("fact_edit", lambda of: [of.deck.slug, of.fact], who="teacher", note="all", then=unfold),
    Visit("fact_questions", lambda of: [of.deck.slug, of.fact], who="teacher"),
    Visit(
        "fact_questions",
        lambda of: [of.deck.slug, of.fact],
        who="teacher",
        note="ruled out",
        then=press("Never offer this here"),
    ),
    Visit("vetoes", deck, who="teacher"),
    Visit("vetoes", lambda of: [of.kinds.slug], who="teacher", note="none"),
    Visit("fact_edit", listed, who="teacher", note="list"),
    Visit("fact_edit", listed, who="teacher", note="complete", then=press("These are all")),
    Visit("fact_delete", lambda of: [of.deck.slug, of.fact], who="teacher"),
    Visit("authored", deck, who="teacher"),
    Visit("authored_new", deck, who="teacher"),
    Visit("authored_new", deck, who="teacher", note="no", then=press("Save"), statuses=(422,)),
    Visit("authored_edit", lambda of: [of.deck.slug, "q1"], who="teacher"),
]
CLASSES = [
    Visit("class_new", who="teacher"),
    Visit("classroom", lambda of: [of.classroom.pk], who="teacher"),
    Visit("class_edit", lambda of: [of.classroom.pk], who="teacher"),
    Visit("class_delete", lambda of: [of.classroom.pk], who="teacher"),
    Visit("classes"),
    Visit("classes", who="newcomer"),
    Visit("join"),
    Visit("join", note="refused", then=press("Join"), statuses=(422,)),
    Visit("join_code", lambda of: [of.classroom.code], who="newcomer"),
]
# Last, since it makes every other question outdated.
OVERTAKEN = [
    Visit(
        "session",
        session,
        note="overtaken",
        query=card_query("choice"),
        then=overtaken,
        statuses=(409,),
    )
]
GROUPS = {
    "anonymous": ANONYMOUS,
    "account": ACCOUNT,
    "study": STUDY + OVERTAKEN,
    "asked": FORMS_ASKED,
    "answered": FORMS_ANSWERED,
    "quizzes": QUIZZES,
    "decks": DECKS,
    "teach": TEACH,
    "facts": FACTS,
    "classes": CLASSES,
}


# --- the tests -----------------------------------------------------------------------


def names_of(module: object) -> set[str]:
    patterns: list[URLPattern] = module.urlpatterns  # type: ignore[attr-defined]
    return {str(pattern.name) for pattern in patterns}


def test_every_address_is_visited_or_known_to_be_no_page() -> None:
    visited = {visit.full_name for visits in GROUPS.values() for visit in visits}
    known = visited | {f"{app}:{name}" for app, names in NO_PAGES.items() for name in names}
    served = {f"questions:{name}" for name in names_of(questions.urls)}
    served |= {f"accounts:{name}" for name in names_of(studyapp.accounts.urls)}
    assert known == served


@pytest.mark.parametrize("group", GROUPS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    group: str,
    transactional_db: None,
    page_of: Callable[..., Page],
    watch: Watch,
) -> None:
    made = world.made()
    pages: dict[str, Page] = {}
    found: dict[str, list[str]] = {}
    for visit in GROUPS[group]:
        if visit.who not in pages:
            pages[visit.who] = page_of(getattr(made, visit.who, None), viewport=DESK)
        with watch.expecting(*visit.statuses):
            problems = faults(pages[visit.who], visit, made)
        if problems:
            found[visit.label] = problems
    assert found == {}


def faults(page: Page, visit: Visit, of: World) -> list[str]:
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    page.goto(visit.address(of))
    if visit.then:
        visit.then(page)
    found = [f"light: {each}" for each in axe_violations(page)]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    found += [f"phone, dark: {each}" for each in axe_violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > PHONE["width"]:
        found.append(f"phone: {wide} pixels wide")
    return found


def test_a_page_that_is_not_there_is_as_accessible_as_the_others(
    page_of: Callable[..., Page], learner: User, watch: Watch
) -> None:
    for page in (page_of(), page_of(learner)):
        with watch.expecting(404):
            page.goto("/nowhere/")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert axe_violations(page) == []
