"""What each database engine is set up to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
COUNT_UP = """
import time
import django
django.setup()
from django.db import connection, transaction
input()
for _ in range(40):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT value FROM counter")
        (value,) = cursor.fetchone()
        time.sleep(0.002)  # long enough for the others to come in between
        cursor.execute("UPDATE counter SET value = %s", [value + 1])
"""
CREATE = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE counter (value integer)")
    cursor.execute("INSERT INTO counter VALUES (0)")
"""
SHOW = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for question in ["SELECT value FROM counter", "PRAGMA journal_mode", "PRAGMA foreign_keys"]:
        cursor.execute(question)
        print(cursor.fetchone()[0])
"""


def start(code: str, database: Path) -> subprocess.Popen[str]:
    variables = {
        "DJANGO_SETTINGS_MODULE": "studyapp.settings",
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "for a test",
    }
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_on_sqlite_processes_that_read_then_write_wait_for_each_other(tmp_path: Path) -> None:
    database = tmp_path / "shared.sqlite3"
    start(CREATE, database).communicate()
    workers = [start(COUNT_UP, database) for _ in range(3)]
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        _, errors = worker.communicate(timeout=60)
        assert worker.returncode == 0, errors
    shown, _ = start(SHOW, database).communicate()
    assert shown.split() == ["120", "wal", "1"]


@pytest.mark.postgres
@pytest.mark.django_db
def test_on_postgresql_statements_are_prepared_and_bound_by_the_server() -> None:
    for number in range(8):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::int + 41", [number])
            assert cursor.fetchone() == (number + 41,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%+ 41'")
        assert cursor.fetchone() == (1,)
