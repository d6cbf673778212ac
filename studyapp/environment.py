"""What the environment says, read into typed values with safe defaults."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", ".localhost", "testserver"})


def flag(name: str, *, default: bool = False) -> bool:
    """Raises ImproperlyConfigured for a word that is neither yes nor no."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word not in TRUE_WORDS | FALSE_WORDS:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return word in TRUE_WORDS


def words(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated list; unset or blank gives the default."""
    found = [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]
    return found or default


def is_local(hosts: list[str]) -> bool:
    """Whether the program answers only to names of this very machine."""
    return all(host in LOCAL_HOSTS for host in hosts)


def database(url: str) -> dict[str, Any]:
    """A DATABASES entry for `sqlite:///relative`, `sqlite:////absolute` or `postgres://…`.

    Our own few lines instead of a library: two engines, each with options that no
    library sets. Raises ImproperlyConfigured for any other scheme.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return _sqlite(url)
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgres://.")


def _sqlite(url: str) -> dict[str, Any]:
    name = unquote(urlsplit(url).path.removeprefix("/")) or ":memory:"
    if name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A deferred transaction that reads before it writes fails at once when
            # another writer got in between; an immediate one waits for its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Of an edit's queries there are more shapes than the 128 that Python keeps.
            "cached_statements": 1024,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA cache_size=-16000;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder comes as `?host=/folder`, as libpq has it.
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": True,
            # Django switches psycopg's prepared statements off; persistent
            # connections are what they pay on.
            "prepare_threshold": 5,
            **dict(parse_qsl(parts.query)),
        },
    }
