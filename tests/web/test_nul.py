"""A NUL, which PostgreSQL takes in no text, is refused wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from questions.models import Deck
from tests import builders

pytestmark = pytest.mark.django_db

SAMPLES = {"slug": "countries-of-the-moon", "uid": "imbria-founded", "code": "BCDFGHJK"}


def named(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """An address of each page of the site."""
    for each in patterns:
        if isinstance(each, URLResolver):
            if each.namespace != "admin":
                yield from named(each.url_patterns, f"{each.namespace}:" if each.namespace else "")
        elif each.name:
            wanted = {name: SAMPLES.get(name, 1) for name in each.pattern.converters}
            yield reverse(prefix + each.name, kwargs=wanted)


PAGES = sorted(set(named(get_resolver().url_patterns)))


@pytest.fixture
def signed_in(client: Client) -> Client:
    teacher = builders.teacher(is_staff=True, is_superuser=True)
    builders.deck(teacher, slug=SAMPLES["slug"])
    client.force_login(teacher)
    client.raise_request_exception = False
    return client


def test_no_page_takes_a_nul_in_its_address(signed_in: Client) -> None:
    assert len(PAGES) > 40
    for query in ("q=%00", "topic=a%00b", "%00=1"):
        assert {signed_in.get(f"{page}?{query}").status_code for page in PAGES} == {400}
    assert signed_in.get("/admin/questions/deck/?q=%00").status_code == 400


def test_no_page_takes_a_nul_in_its_path(signed_in: Client) -> None:
    assert signed_in.get("/decks/countries-of-the-moon/facts/a%00b/").status_code == 400
    assert signed_in.get("/a%00b").status_code == 400


def test_no_form_takes_a_nul(signed_in: Client) -> None:
    assert {signed_in.post(page, {"given": ["a", "b\0"]}).status_code for page in PAGES} == {400}
    assert Deck.objects.count() == 1


def test_a_cookie_with_a_nul_is_refused(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/", headers={"Cookie": 'sessionid="abcdefgh\\000"'})
    assert answer.status_code == 400


def test_a_percent_sign_before_two_noughts_is_no_nul(signed_in: Client) -> None:
    assert signed_in.get(reverse("questions:decks") + "?q=%2500").status_code == 200
