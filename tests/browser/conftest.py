"""A real browser before a real server, with everything it complains about held against the test.

The browser is Debian's chromium (CHROMIUM names another). Where Playwright is not installed,
as after `pip install -r requirements.txt` alone, there is nothing to collect here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

    from studyapp.accounts.models import User
    from tests.browser.watching import Watch

collect_ignore_glob = [] if find_spec("pytest_playwright") else ["test_*.py"]

# Playwright runs an event loop in this thread, which Django takes for an asynchronous caller.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Nothing of the browser's own goes out, so that whatever does is the page's doing.
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOWEST = 10_000  # milliseconds to wait for anything


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": chromium, "args": LAUNCH}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "timezone_id": "Asia/Tokyo", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Where `page.goto("/…")` leads: the name, not the number, as a user would write it."""
    return live_server.url


@pytest.fixture(autouse=True)
def forgotten_tries() -> None:
    """Wrong passwords are counted in the cache, which outlives a test's database."""
    cache.clear()


@pytest.fixture(autouse=True)
def watch() -> Iterator[Watch]:
    """Fails the test on whatever went wrong in its browsers that it did not expect."""
    from tests.browser.watching import Watch  # noqa: PLC0415  # needs Playwright

    watch = Watch()
    yield watch
    assert watch.problems == []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], watch: Watch
) -> Callable[..., BrowserContext]:
    """A browser's profile of its own, watched."""

    def opened(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(SLOWEST)
        watch.over(context)
        return context

    return opened


@pytest.fixture
def page_of(new_context: Callable[..., BrowserContext], base_url: str) -> Callable[..., Page]:
    """A page on which somebody (None: nobody) is signed in; options are the context's."""
    from tests.browser.watching import signed_in  # noqa: PLC0415  # needs Playwright

    def opened(user: User | None = None, **options: Any) -> Page:
        context = new_context(**options)
        if user:
            signed_in(context, user, base_url)
        return context.new_page()

    return opened


@pytest.fixture
def learner(transactional_db: None) -> User:
    from tests import builders  # noqa: PLC0415  # models, once Django is set up

    return builders.user()
