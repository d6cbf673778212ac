"""What every test shares: quick passwords, and which tests run where."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any
from unittest import mock

import hypothesis
import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from questions.models import Deck
from questions.queries import authoring, conflicts, facts, names, preview
from tests.loading import taken_back

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")

CI_HELP = "run browser tests too, and fail where one is skipped (also: CI=true)"


def pytest_addoption(parser: pytest.Parser) -> None:
    asked = os.environ.get("CI", "").lower() in {"1", "true"}
    parser.addoption("--ci", action="store_true", default=asked, help=CI_HELP)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    no_browser = pytest.mark.skip(reason="browser tests run with --ci or -m browser")
    no_postgres = pytest.mark.skip(reason="DATABASE_URL names no PostgreSQL")
    wants_browser = config.getoption("--ci") or "browser" in config.getoption("markexpr")
    for item in items:
        if "browser" in item.keywords and not wants_browser:
            item.add_marker(no_browser)
        if "postgres" in item.keywords and connection.vendor != "postgresql":
            item.add_marker(no_postgres)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and item.config.getoption("--ci") and "browser" in item.keywords:
        report.outcome = "failed"
        report.longrepr = f"A browser test may not be skipped here: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A database for each process. SQLite in a file, as in use: in memory its connections lock
    each other differently."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """A password that costs 20 ms to check is right for users and wrong for tests. And with one
    secret, what is drawn by it is drawn alike in every run."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        SECRET_KEY="the secret of the tests",
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def static_files_listed_once() -> Iterator[None]:
    """Otherwise every client lists them anew, which takes longer than most pages."""
    listed: dict[str, Any] = {}
    whole = WhiteNoiseMiddleware.add_files_from_finders

    def add(self: WhiteNoiseMiddleware) -> None:
        if not listed:
            whole(self)
            listed.update(self.files)
        self.files.update(listed)

    with mock.patch.object(WhiteNoiseMiddleware, "add_files_from_finders", add):
        yield


@pytest.fixture(autouse=True)
def forgotten_decks() -> None:
    """Decks of different tests may have one number: what is kept by it would be another's."""
    for module in (authoring, conflicts, facts, names, preview):
        for kept in vars(module).values():
            if hasattr(kept, "cache_clear") and kept.__module__ == module.__name__:
                kept.cache_clear()


@pytest.fixture(scope="module")
def _loaded(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Mapping[str, int]]:
    decks: Mapping[str, Callable[[], Deck]] = request.module.DECKS
    with taken_back(django_db_blocker):
        yield {name: load().pk for name, load in decks.items()}


@pytest.fixture
def loaded(_loaded: Mapping[str, int], db: None) -> Callable[[str], Deck]:
    """Gives a deck of the module's `DECKS`. What a test does to it is taken back after the test."""
    return lambda name: Deck.objects.get(pk=_loaded[name])


@pytest.fixture
def deck(loaded: Callable[[str], Deck], request: pytest.FixtureRequest) -> Deck:
    """The first of the module's `DECKS`."""
    return loaded(next(iter(request.module.DECKS)))
