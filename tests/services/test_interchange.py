"""Importing decks: what is studied follows the file, what was learnt is never lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoAssertNumQueries

from questions.domain import facts as domain
from questions.domain.interchange import (
    DeckErrors,
    built_in_vocabularies,
    diff,
    read_deck,
    write_deck,
)
from questions.models import Card, Deck, Entity, Fact, Memory, Passage, Question, Review, Source
from questions.models.as_data import deck_as_data
from questions.services import interchange
from questions.services.interchange import ImportReport, Loss, SlugTaken, import_deck
from studyapp.accounts.models import User
from tests import builders
from tests.domain.interchange.decks import RIGHT
from tests.domain.interchange.strategies import decks

SAMPLES = Path(settings.BASE_DIR) / "questions" / "decks"
OPENED = "  - {about: arch, is: opened, value: 1893-10, source: guide page 4}\n"
LENGTH = "  - {about: arch, is: length, value: 120, by: its builder, source: guide page 5}\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return builders.teacher()


def load(
    owner: User, text: str = RIGHT, *, questions: bool = False, dry_run: bool = False
) -> ImportReport:
    return import_deck(
        owner, text.encode(), slug="bridges", questions=questions, dry_run=dry_run
    )  # fmt: skip


def fact(value: str) -> Fact:
    return Fact.objects.get(value=value)


def studied(about: Fact, learner: User | None = None) -> Memory:
    """A card on the fact with a question, a memory and a review."""
    card = builders.asked_card(about.deck, about=about)
    memory = Memory.objects.create(
        learner=learner or builders.user(), card=card, deck=about.deck, due=date(2026, 3, 1),
        step=1, stability=12.5,
    )  # fmt: skip
    Review.objects.create(
        memory=memory, sequence=1, submission=uuid4(), learner=memory.learner, rating=3,
        question=card.questions.get(), verdict="right", day=date(2026, 2, 1), time_zone="UTC",
        at=datetime(2026, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    return memory


def test_a_file_becomes_a_deck_that_says_the_same(owner: User) -> None:
    report = load(owner)
    assert report.created
    assert deck_as_data(report.deck) == read_deck(RIGHT.encode(), built_in_vocabularies())
    assert (report.deck.title, report.deck.revision, report.deck.owner) == ("Bridges", 1, owner)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_sample_decks_come_out_as_they_went_in(path: Path, owner: User) -> None:
    report = import_deck(owner, path.read_bytes(), questions=False)
    data = deck_as_data(report.deck)
    assert data == read_deck(path.read_bytes(), built_in_vocabularies())
    second = import_deck(owner, write_deck(data).encode(), slug="second", questions=False)
    assert write_deck(deck_as_data(second.deck)) == write_deck(data)


@given(first=decks(), second=decks())
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_deck_can_become_any_other_and_back(
    first: domain.Deck, second: domain.Deck, owner: User
) -> None:
    made = import_deck(owner, first, questions=False).deck
    for wanted in (second, first):
        import_deck(owner, wanted, into=made, questions=False)
        made = Deck.objects.get(pk=made.pk)
        kept = deck_as_data(made)
        assert write_deck(kept) == write_deck(wanted)
        assert not diff(kept, wanted)


def test_importing_the_same_file_twice_writes_nothing(
    owner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    load(owner)
    before = list(Fact.objects.order_by("pk").values())
    with django_assert_max_num_queries(30) as asked:
        report = load(owner)
    writes = ("INSERT", "UPDATE", "DELETE")
    assert not [one["sql"] for one in asked.captured_queries if one["sql"].startswith(writes)]
    assert not report.changes
    assert report.deck.revision == 1
    assert list(Fact.objects.order_by("pk").values()) == before


def test_writing_the_questions_is_part_of_an_import_unless_put_off(owner: User) -> None:
    load(owner)
    assert not Question.objects.exists()
    report = load(owner, questions=True)
    assert report.written is not None
    assert report.written.new == Question.objects.count() > 0


def test_a_changed_value_keeps_card_and_memory(owner: User) -> None:
    load(owner)
    memory = studied(fact("1893-10"))
    report = load(owner, RIGHT.replace("1893-10", "1894"))
    ((before, after),) = report.changes.facts.changed
    assert (before.value, after.value, before.uid) == ("1893-10", "1894", after.uid)
    assert report.deck.revision == 2
    memory.refresh_from_db()
    assert memory.card.fact == fact("1894")
    assert not memory.card.retired
    assert memory.stability == 12.5


def test_a_changed_value_keeps_its_cards_when_the_questions_are_written_anew(owner: User) -> None:
    load(owner, questions=True)
    key = f"fact:{fact('1893-10').uid}:value"
    card = Card.objects.get(key=key)
    assert "1893" in str(card.questions.active().first().content)  # type: ignore[union-attr]
    load(owner, RIGHT.replace("1893-10", "1894"), questions=True)
    assert Card.objects.get(key=key).pk == card.pk
    content = " ".join(str(question.content) for question in card.questions.active())
    assert "1894" in content
    assert "1893" not in content


def test_what_is_removed_leaves_study_and_keeps_its_memories(owner: User) -> None:
    load(owner)
    learner = builders.user()
    kept, lost = studied(fact("120"), learner), studied(fact("1893-10"), learner)
    studied(fact("1893-10"))
    report = load(owner, RIGHT.replace(OPENED, ""))
    assert report.losses == {fact("1893-10").uid: Loss(2, 2, 2, 2, 2)}
    assert report.loss == Loss(2, 2, 2, 2, 2)
    lost.refresh_from_db()
    assert lost.card.retired
    assert fact("1893-10").removed
    assert lost.reviews.count() == 1
    kept.refresh_from_db()
    assert not kept.card.retired


def test_what_is_said_again_is_studied_again(owner: User) -> None:
    load(owner)
    memory = studied(fact("1893-10"))
    load(owner, RIGHT.replace(OPENED, ""))
    report = load(owner)
    assert report.changes.revived == {fact("1893-10").uid}
    memory.refresh_from_db()
    assert not memory.card.retired
    assert not fact("1893-10").removed
    assert deck_as_data(report.deck) == read_deck(RIGHT.encode(), built_in_vocabularies())


def test_cards_that_rest_on_several_facts_wait_while_one_of_them_is_gone(owner: User) -> None:
    deck = load(owner).deck
    uids = [fact("1893-10").uid, fact("120").uid]
    card = builders.card(deck, direction="pairs", facts=uids)
    load(owner, RIGHT.replace(OPENED, ""))
    card.refresh_from_db()
    assert card.retired
    load(owner, RIGHT.replace(LENGTH, ""))
    card.refresh_from_db()
    assert card.retired
    load(owner)
    card.refresh_from_db()
    assert not card.retired


def test_a_removed_question_by_hand_takes_its_card_and_brings_it_back(owner: User) -> None:
    deck = load(owner).deck
    card = builders.asked_card(deck, key="authored:q1", direction="authored")
    without = RIGHT[: RIGHT.index("questions:")]
    report = load(owner, without)
    assert report.losses == {"authored:q1": Loss(1, 1, 0, 0, 0)}
    card.refresh_from_db()
    assert card.retired
    load(owner)
    card.refresh_from_db()
    assert not card.retired


def test_a_dry_run_tells_the_same_and_writes_nothing(owner: User) -> None:
    fresh = load(owner, dry_run=True)
    assert fresh.created
    assert fresh.dry_run
    assert len(fresh.changes.facts.new) == 4
    assert not Deck.objects.exists()
    load(owner)
    studied(fact("1893-10"))
    report = load(owner, RIGHT.replace(OPENED, ""), dry_run=True)
    assert report.loss == Loss(1, 1, 1, 1, 1)
    assert not fact("1893-10").removed
    assert Deck.objects.get().revision == 1


def test_a_wrong_file_changes_nothing(owner: User) -> None:
    load(owner)
    with pytest.raises(DeckErrors):
        load(owner, RIGHT.replace("1893-10", "1893-13"))
    assert not fact("1893-10").removed
    assert Deck.objects.get().revision == 1


def test_sources_entities_and_topics_come_and_go(owner: User) -> None:
    load(owner)
    less = (
        RIGHT.replace("  map: {title: A map, url: https://example.org/map}\n", "")
        .replace("[guide page 9, map]", "guide page 9")
        .replace("in: map, quote", "in: guide, quote")
        .replace("topics: {rivers: The rivers}\n", "")
        .replace(", topic: rivers", "")
        .replace("  - {about: span, is: stands_in, value: town, source: guide page 9}\n", "")
        .replace("  town: {type: place, name: Northtown}\n", "")
    )
    report = load(owner, less)
    assert deck_as_data(report.deck) == diff(read(RIGHT), read(less)).deck
    assert Entity.objects.get(key="town").removed
    assert not Source.objects.filter(key="map").exists()
    assert set(Passage.objects.values_list("source__key", flat=True)) == {"guide"}
    again = load(owner)
    assert deck_as_data(again.deck) == read(RIGHT)


def read(text: str) -> domain.Deck:
    return read_deck(text.encode(), built_in_vocabularies())


def test_another_order_of_the_file_is_kept(owner: User) -> None:
    load(owner)
    turned = RIGHT.replace(OPENED + LENGTH, LENGTH + OPENED)
    report = load(owner, turned)
    assert report.deck.revision == 2
    assert deck_as_data(report.deck) == read(turned)


def test_a_vocabulary_that_is_there_no_more_is_still_named_in_the_file(owner: User) -> None:
    deck = load(owner).deck
    deck.use = [*deck.use, "gone"]
    deck.save(update_fields=["use"])
    assert "gone" in deck_as_data(Deck.objects.get(pk=deck.pk)).use


def test_another_teachers_short_name_is_not_taken_over(owner: User) -> None:
    load(builders.teacher())
    with pytest.raises(SlugTaken):
        load(owner)


def test_decks_of_one_title_get_names_of_their_own(owner: User) -> None:
    slugs = [import_deck(owner, RIGHT.encode(), questions=False).deck.slug for _ in range(3)]
    assert slugs == ["bridges", "bridges-2", "bridges-3"]


def test_reading_a_deck_takes_the_same_few_queries_whatever_its_size(
    owner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    more = "".join(
        f"  - {{about: span, is: nicknamed, value: name {n}, source: guide page {n}}}\n"
        for n in range(50)
    )
    deck = load(owner, RIGHT.replace("complete:", more + "complete:")).deck
    with django_assert_max_num_queries(9):
        assert len(deck_as_data(deck).facts) == 54


_KILLED = """
import os, signal, sys, django
django.setup()
from questions.models import Fact
from questions.services.interchange import import_deck
from studyapp.accounts.models import User

def die(done, total, label):
    if label == "facts" and done > 1000:
        assert Fact.objects.count() > 1000, "nothing was written before the end"
        os.kill(os.getpid(), signal.SIGKILL)

data = open(sys.argv[1], "rb").read()
import_deck(User.objects.get(), data, slug="bridges", questions=False, progress=die)
"""


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'killed.sqlite3'}",
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "studyapp.settings",
    }
    return subprocess.run(
        [sys.executable, *words], cwd=settings.BASE_DIR, env=environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip


def test_an_import_that_is_killed_leaves_the_deck_as_it_was(tmp_path: Path) -> None:
    old, new = tmp_path / "bridges.yaml", tmp_path / "new.yaml"
    old.write_text(RIGHT, encoding="utf-8")
    more = "".join(
        f"  - {{about: span, is: nicknamed, value: name {n}, source: guide page 1}}\n"
        for n in range(4000)
    )
    new.write_text(
        RIGHT.replace(OPENED, more).replace("value: 120", "value: 140"), encoding="utf-8"
    )
    make = (
        "from studyapp.accounts.models import User; "
        "User.objects.create(username='t', role='teacher')"
    )
    for words in (
        ("manage.py", "migrate", "-v0"),
        ("manage.py", "shell", "-v0", "-c", make),
        ("manage.py", "import_deck", str(old), "--no-questions", "--owner", "t"),
    ):
        done = _run(tmp_path, *words)
        assert done.returncode == 0, done.stderr
    before = _run(tmp_path, "manage.py", "export_deck", "bridges").stdout
    killed = _run(tmp_path, "-c", _KILLED, str(new))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert before
    assert _run(tmp_path, "manage.py", "export_deck", "bridges").stdout == before
    again = _run(
        tmp_path, "manage.py", "import_deck", str(old), "--no-questions", "--owner", "t"
    )  # fmt: skip
    assert "nothing to change, revision 1" in again.stdout


def test_a_name_taken_while_the_file_was_read_is_said(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.deck(slug="bridges")
    monkeypatch.setattr(
        interchange, "_deck_called", lambda slug, owner: Deck(owner=owner, slug=slug, revision=0)
    )
    with pytest.raises(SlugTaken, match="bridges"):
        load(owner)
    assert Deck.objects.count() == 1
