"""How many answers a second the server takes, and how that compares to its bare response.

    python benchmarks/answer.py [--memories 100000] [--reviews 500000] [--seconds 10]

Builds a database of its own (kept in a temporary folder, or in --database for the next run),
starts the server on it as `manage.py serve` does, and sends answers over loopback, each a POST of
the answer form as the page sends it. The figure to quote is the share of the bare response, which
is taken from the same server in turns within the run: machines differ, shares hardly do.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765
CSRF = "b" * 32
CARDS = 500
MOST_ANSWERS = 20_000


def main() -> None:
    arguments = parse()
    folder = tempfile.TemporaryDirectory()
    database = Path(arguments.database or Path(folder.name) / "answers.sqlite3")
    os.environ["DATABASE_URL"] = f"sqlite:///{database}"
    os.environ.setdefault("SECRET_KEY", "benchmark")
    os.environ["DJANGO_SETTINGS_MODULE"] = "studyapp.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    build(arguments.memories, arguments.reviews)
    report_statements()
    with server():
        run(arguments.seconds, arguments.connections)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--memories", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=500_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--database", help="SQLite file to keep and use again")
    return parser.parse_args()


# --- the database -----------------------------------------------------------------


def build(memories: int, reviews: int) -> None:
    from django.core.management import call_command

    from questions.models import Memory, Review

    call_command("migrate", verbosity=0)
    if Memory.objects.count() >= memories and Review.objects.count() >= reviews:
        return
    started = time.perf_counter()
    questions = make_deck()
    learners = make_learners(memories // CARDS)
    for learner in learners:
        make_memories(learner, questions, reviews // memories)
    print(
        f"built {Memory.objects.count():,} memories and {Review.objects.count():,} reviews of "
        f"{len(learners)} learners in {time.perf_counter() - started:.0f} s"
    )


def make_deck() -> list:
    from questions.models import Card, Deck, Question
    from studyapp.accounts.models import User

    owner = User.objects.create(username=f"owner-{uuid4().hex[:8]}", role=User.Role.TEACHER)
    deck = Deck.objects.create(
        owner=owner, slug=f"bench-{uuid4().hex[:8]}", title="Benchmark", visibility="public"
    )
    cards = Card.objects.bulk_create(
        Card(deck=deck, key=f"c{n}", direction="value", siblings=f"c{n}", position=n)
        for n in range(CARDS)
    )
    return Question.objects.bulk_create(
        Question(card=card, slot="typed:0", form="typed", stem=f"Which number is {n}?",
                 content={"expected": {"kind": "number", "value": str(1000 + n)}},
                 statement=f"The number is {1000 + n}.")
        for n, card in enumerate(cards)
    )  # fmt: skip


def make_learners(count: int) -> list:
    from studyapp.accounts.models import User

    return User.objects.bulk_create(
        User(username=f"learner-{uuid4().hex[:12]}", minutes_per_day=600) for _ in range(count)
    )


def make_memories(learner: object, questions: list, reviews_each: int) -> None:
    from datetime import UTC, datetime, timedelta

    from django.db import transaction

    from questions.domain.scheduling import EntryKind, LogEntry, Rating, replay
    from questions.models import Memory, Review
    from questions.models.study import state_fields

    today = datetime.now(UTC)
    gaps = [40, 36, 26, 12, 1]
    days = [(today - timedelta(days=gap)) for gap in gaps[-reviews_each:]]
    log = [
        LogEntry(at + 1, EntryKind.ANSWER, day.date(), Rating.GOOD, day.date())
        for at, day in enumerate(days)
    ]
    state = replay(log)
    assert state is not None
    with transaction.atomic():
        memories = Memory.objects.bulk_create(
            Memory(learner=learner, card=question.card, deck=question.card.deck,
                   **state_fields(state))
            for question in questions
        )  # fmt: skip
        Review.objects.bulk_create(
            Review(memory=memory, sequence=entry.sequence, submission=uuid4(), learner=learner,
                   question=question, given={"text": ["1"]}, verdict="right", score=1.0,
                   rating=entry.rating, due=entry.due, milliseconds=5000, day=entry.day,
                   time_zone="UTC", at=day)
            for memory, question in zip(memories, questions, strict=True)
            for entry, day in zip(log, days, strict=True)
        )  # fmt: skip


# --- the answers ------------------------------------------------------------------


def session_cookie(learner: object) -> str:
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(learner.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = learner.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def answers_of(learner: object) -> Iterator[tuple[str, str]]:
    """(path, body) of one answer after another, right and wrong, each to another card."""
    from django.utils import timezone

    from questions.forms.study import AnswerForm
    from questions.models import Memory, Question
    from questions.queries.showing import presented, seal
    from questions.services.study import start

    memories = Memory.objects.filter(learner=learner).select_related("deck")
    deck = memories[0].deck
    session = start(learner, deck, timezone.now())
    path = f"/study/{session.pk}/answer/"
    questions = {question.card_id: question for question in Question.objects.filter(
        card__deck=deck)}  # fmt: skip
    stamp = AnswerForm.stamp(timezone.now())
    for memory in memories.select_related("card"):
        question, position = questions[memory.card_id], memory.card.position
        yield path, urlencode({
            "token": uuid4(), "memory": memory.pk, "version": memory.version,
            "question": question.pk, "shown_at": stamp,
            "seal": seal(memory, question, presented(memory, question), stamp),
            "text": 1000 + position if position % 10 else "7",
            "csrfmiddlewaretoken": CSRF,
        })  # fmt: skip


def report_statements() -> None:
    """Counted in this process: what one POST of an answer sends to the database."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from studyapp.accounts.models import User

    learner = User.objects.filter(memories__isnull=False).first()
    client = Client()
    client.force_login(learner)
    answers = answers_of(learner)
    kind = "application/x-www-form-urlencoded"
    for _ in range(2):  # the first one fills the caches
        path, body = next(answers)
        with CaptureQueriesContext(connection) as captured:
            response = client.post(path, body, content_type=kind, headers={"host": "localhost"})
        assert response.status_code == 302, response.status_code
    statements = [each["sql"] for each in captured.captured_queries]
    framework = [sql for sql in statements if _is_of_the_framework(sql)]
    own = len(statements) - len(framework)
    print(f"an answer takes {own} SQL statements beyond session, user and BEGIN/COMMIT")


def _is_of_the_framework(sql: str) -> bool:
    """Whether a statement fetches session or user, or begins or ends a transaction."""
    if sql.split(maxsplit=1)[0] in {"BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"}:
        return True
    return '"django_session"' in sql or '"accounts_user"."password"' in sql


@contextmanager
def server() -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(PORT)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_server()
        yield
    finally:
        process.terminate()
        process.wait(20)


def wait_for_server() -> None:
    for _ in range(100):
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=2)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


Send = Callable[[HTTPConnection], int]


def run(seconds: float, connections: int) -> None:
    """Bare responses and answers in turns, so that both see the same machine."""
    from studyapp.accounts.models import User

    learners = list(User.objects.filter(memories__isnull=False).distinct()[1:])
    workers = [answering(learners[n::connections]) for n in range(connections)]
    shares, bare_rates, rates, times = [], [], [], []
    for _ in range(4):
        bare = load([bare_response] * connections, seconds / 8)
        answers = load(workers, seconds / 4)
        bare_rates.append(len(bare) / (seconds / 8))
        rates.append(len(answers) / (seconds / 4))
        shares.append(rates[-1] / bare_rates[-1])
        times += answers
    cuts = statistics.quantiles(times, n=100)
    print(f"bare responses a second  {statistics.median(bare_rates):8.0f}")
    print(f"answers a second         {statistics.median(rates):8.0f}")
    print(f"share of the bare one    {statistics.median(shares):8.1%}")
    print(f"an answer, p50           {cuts[49] * 1000:8.1f} ms")
    print(f"an answer, p95           {cuts[94] * 1000:8.1f} ms")


def bare_response(connection: HTTPConnection) -> int:
    connection.request("GET", "/health/")
    response = connection.getresponse()
    response.read()
    return response.status


def answering(learners: list) -> Send:
    # Made beforehand: the client shares the machine with the server that is measured.
    waiting = iter(list(islice(every_answer(learners), MOST_ANSWERS)))

    def send(connection: HTTPConnection) -> int:
        cookie, path, body = next(waiting, ("", "", ""))
        if not path:
            raise SystemExit("every card has been answered; use a new database or fewer seconds")
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": "localhost",
        }
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        if response.status != 302:
            raise SystemExit(f"an answer got {response.status}, not 302")
        return response.status

    return send


def every_answer(learners: list) -> Iterator[tuple[str, str, str]]:
    for learner in learners:
        cookie = session_cookie(learner)
        for path, body in answers_of(learner):
            yield cookie, path, body


def load(sends: list[Send], seconds: float) -> list[float]:
    """Seconds that each request took, of as many connections as there are senders."""
    times: list[float] = []
    until = time.perf_counter() + seconds

    def work(send: Send) -> None:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
        while time.perf_counter() < until:
            started = time.perf_counter()
            send(connection)
            times.append(time.perf_counter() - started)

    threads = [threading.Thread(target=work, args=(send,)) for send in sends]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


if __name__ == "__main__":
    main()
