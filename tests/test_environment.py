"""The environment, the secret key, and what a server gets when nothing is set."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from studyapp import environment, secret_key
from studyapp.secret_key import kept_secret_key

ROOT = Path(__file__).resolve().parent.parent


def setting(expression: str, tmp_path: Path, **variables: str) -> str:
    """What a fresh process with these variables alone makes of a setting."""
    code = f"from studyapp import settings; print({expression})"
    keep = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=keep | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    key = kept_secret_key(path)
    assert len(key) >= 50
    assert kept_secret_key(path) == key


def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    kept_secret_key(tmp_path / "secret_key")
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        keys = set(pool.map(lambda _: setting("settings.SECRET_KEY", tmp_path), range(6)))
    assert len(keys) == 1
    assert not list(tmp_path.glob(".secret_key.*"))  # the losers left nothing behind


def test_the_key_of_a_process_that_was_faster_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret_key"

    def beaten_to_it() -> str:
        path.write_text("of the faster process", encoding="ascii")
        return "of the slower process"

    monkeypatch.setattr(secret_key, "get_random_secret_key", beaten_to_it)
    assert kept_secret_key(path) == "of the faster process"


def test_unset_everything_is_safe_and_local(tmp_path: Path) -> None:
    looks = "settings.DEBUG, settings.ALLOWED_HOSTS, settings.HTTPS"
    assert setting(looks, tmp_path) == "False ['localhost', '127.0.0.1', '[::1]'] False"


def test_a_public_name_switches_secure_cookies_and_https_on(tmp_path: Path) -> None:
    looks = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, "
    looks += "settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS > 0"
    host = {"ALLOWED_HOSTS": "study.example.org, localhost"}
    assert setting(looks, tmp_path, **host) == "True True True True"
    assert setting(looks, tmp_path, **host, HTTPS="0") == "False False False False"


def test_a_word_that_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        environment.flag("DEBUG")


def test_a_sqlite_address_names_a_file(tmp_path: Path) -> None:
    found = environment.database(f"sqlite:///{tmp_path}/deep/a%20b.sqlite3")
    assert found["NAME"] == f"{tmp_path}/deep/a b.sqlite3"
    assert (tmp_path / "deep").is_dir()
    assert environment.database("sqlite:///:memory:")["NAME"] == ":memory:"


def test_a_postgresql_address_is_taken_apart() -> None:
    found = environment.database("postgres://ann:p%40ss@db.example:5433/study?sslmode=require")
    names = ["NAME", "USER", "PASSWORD", "HOST", "PORT"]
    assert [found[name] for name in names] == ["study", "ann", "p@ss", "db.example", "5433"]
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_postgresql_socket_folder_keeps_its_capitals() -> None:
    found = environment.database("postgresql:///study?host=/tmp/Some%20Folder&user=ann")
    assert found["HOST"] == ""
    assert found["OPTIONS"]["host"] == "/tmp/Some Folder"


@pytest.mark.parametrize("url", ["mysql://root@localhost/x", "studyapp.sqlite3", ""])
def test_another_engine_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database(url)
