"""What every page shares: policy-proof HTML, theme, skip link, navigation, forms that speak."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from studyapp.accounts.models import User

pytestmark = pytest.mark.django_db

ANONYMOUS_PAGES = ["accounts:sign_in", "accounts:sign_up"]
SIGNED_IN_PAGES = ["accounts:settings", "accounts:password"]
PAGES = ANONYMOUS_PAGES + SIGNED_IN_PAGES

Tag = tuple[str, dict[str, str | None]]


class Tags(HTMLParser):
    """Collects start tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Tag] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.fixture
def ann() -> User:
    return User.objects.create_user("ann", password="correct horse battery")


@pytest.fixture
def anns_client(client: Client, ann: User) -> Client:
    client.force_login(ann)
    return client


def page(client: Client, name: str) -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return response.content.decode()


def page_for(name: str, ann: User) -> str:
    client = Client()
    if name in SIGNED_IN_PAGES:
        client.force_login(ann)
    return page(client, name)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_on_a_page_needs_inline_style_or_script(name: str, ann: User) -> None:
    tags = Tags(page_for(name, ann))
    assert tags.named("script")
    assert all("src" in script for script in tags.named("script"))
    assert not tags.named("style")
    for tag, attributes in tags.found:
        forbidden = {a for a in attributes if a == "style" or a.startswith(("on", "hx-on"))}
        assert not forbidden, f"<{tag}> has {forbidden}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nothing_of_other_hosts(name: str, ann: User) -> None:
    for tag, attributes in Tags(page_for(name, ann)).found:
        for attribute in ("src", "href", "action"):
            address = attributes.get(attribute) or ""
            assert not re.match(r"(https?:)?//", address), f"<{tag} {attribute}={address}>"


@pytest.mark.parametrize("name", PAGES)
def test_the_first_link_skips_to_the_content(name: str, ann: User) -> None:
    tags = Tags(page_for(name, ann))
    assert tags.named("a")[0]["href"] == "#main"
    assert [main["id"] for main in tags.named("main")] == ["main"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_title_one_first_heading_and_one_live_region(name: str, ann: User) -> None:
    html = page_for(name, ann)
    tags = Tags(html)
    title = re.search(r"<title>(.+?)</title>", html, re.DOTALL)
    assert title
    assert title[1].strip().strip("·").strip()
    assert len(tags.named("h1")) == 1
    assert [d["id"] for _, d in tags.found if d.get("aria-live")] == ["live"]


@pytest.mark.parametrize(
    ("theme", "expected"), [("auto", None), ("light", "day"), ("dark", "night")]
)
def test_the_theme_is_the_one_in_the_settings(
    anns_client: Client, ann: User, theme: str, expected: str | None
) -> None:
    User.objects.filter(pk=ann.pk).update(theme=theme)
    tags = Tags(page(anns_client, "accounts:settings"))
    assert tags.named("html")[0].get("data-theme") == expected


def test_both_themes_are_in_the_style_sheet() -> None:
    found = finders.find("studyapp/app.css")
    assert isinstance(found, str)
    css = Path(found).read_text()
    assert "[data-theme=day]" in css
    assert "[data-theme=night]" in css
    assert "@media (prefers-color-scheme:dark){:root:not([data-theme])" in css


@pytest.mark.parametrize("wanted", [True, False])
def test_keyboard_shortcuts_are_on_only_if_wanted(
    anns_client: Client, ann: User, wanted: bool
) -> None:
    User.objects.filter(pk=ann.pk).update(shortcuts=wanted)
    body = Tags(page(anns_client, "accounts:settings")).named("body")[0]
    assert body.get("data-shortcuts") == ("on" if wanted else None)


def current_links(html: str) -> list[str | None]:
    return [a["href"] for a in Tags(html).named("a") if a.get("aria-current") == "page"]


def test_the_page_one_is_on_is_marked_in_the_menu(anns_client: Client) -> None:
    settings = reverse("accounts:settings")
    assert current_links(page(anns_client, "accounts:settings")) == [settings]


@pytest.mark.parametrize(
    ("path", "section", "current"),
    [
        ("/decks/", "", "page"),
        ("/decks/3/facts/", "", "true"),
        ("/facts/3/", "decks", "true"),
        ("/quizzes/", "", None),
    ],
)
def test_the_navigation_marks_the_page_or_the_part_one_is_in(
    path: str, section: str, current: str | None
) -> None:
    request = HttpRequest()
    request.path = path
    html = render_to_string(
        "components/_nav_link.html",
        {
            "request": request,
            "section": section,
            "url": "/decks/",
            "label": "Decks",
            "icon": "layers",
            "current": "decks",
        },
    )
    assert Tags(html).named("a")[0].get("aria-current") == current


def test_only_teachers_are_offered_to_teach(anns_client: Client, ann: User) -> None:
    assert ">Teach<" not in page(anns_client, "accounts:settings")


def test_the_anonymous_see_no_navigation_and_no_account_menu(client: Client) -> None:
    html = page(client, "accounts:sign_in")
    assert "site-nav" not in html
    assert reverse("accounts:sign_out") not in html


def test_signing_out_is_a_post(anns_client: Client) -> None:
    forms = Tags(page(anns_client, "accounts:settings")).named("form")
    (sign_out,) = [form for form in forms if form.get("action") == reverse("accounts:sign_out")]
    assert sign_out["method"] == "post"


def test_a_wrong_field_says_so_to_screen_readers(client: Client) -> None:
    answer = client.post(reverse("accounts:sign_up"), {"username": "no spaces please"})
    tags = Tags(answer.content.decode())
    (username,) = [field for field in tags.named("input") if field.get("name") == "username"]
    assert username["aria-invalid"] == "true"
    described_by = (username["aria-describedby"] or "").split()
    ids = {attributes.get("id") for _, attributes in tags.found}
    assert "id_username_error" in described_by
    assert set(described_by) <= ids


@pytest.mark.parametrize("name", PAGES)
def test_every_visible_field_has_a_label(name: str, ann: User) -> None:
    tags = Tags(page_for(name, ann))
    labelled = {label.get("for") for label in tags.named("label")}
    for field in tags.named("input") + tags.named("select") + tags.named("textarea"):
        if field.get("type") != "hidden" and "hidden" not in field:
            assert field["id"] in labelled


def test_a_saved_setting_is_confirmed_in_words_and_icon(anns_client: Client) -> None:
    form = {"time_zone": "UTC", "day_start": 4, "new_per_day": 5, "minutes_per_day": 5}
    answer = anns_client.post(
        reverse("accounts:settings"), {**form, "theme": "auto"}, follow=True
    ).content.decode()
    notice = re.search(r'<div class="notice notice-success".*?</div>', answer, re.DOTALL)
    assert notice
    assert "<svg" in notice[0]
    assert "saved" in notice[0]


def test_htmx_may_neither_evaluate_nor_style_nor_leave(client: Client) -> None:
    metas = Tags(page(client, "accounts:sign_in")).named("meta")
    (config,) = [m["content"] or "" for m in metas if m.get("name") == "htmx-config"]
    wanted = {"allowEval": False, "includeIndicatorStyles": False, "selfRequestsOnly": True}
    assert wanted.items() <= json.loads(config).items()


def test_the_manifest_names_the_product_as_the_pages_do() -> None:
    found = finders.find("studyapp/site.webmanifest")
    assert isinstance(found, str)
    manifest = json.loads(Path(found).read_text())
    assert manifest["name"] == render_to_string("components/_name.html").strip()
