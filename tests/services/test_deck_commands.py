"""The commands that read and write deck files, as a teacher at a terminal meets them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from questions.domain.interchange import built_in_vocabularies
from questions.management.commands import import_deck as command
from questions.management.progress import Progress
from questions.models import Deck, Fact, Question
from studyapp.accounts.models import User
from tests import builders
from tests.domain.interchange.decks import RIGHT

pytestmark = pytest.mark.django_db

OPENED = "  - {about: arch, is: opened, value: 1893-10, source: guide page 4}\n"


@pytest.fixture
def owner() -> User:
    return builders.teacher(username="tara")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stone-bridges.yaml"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def run(name: str, *words: object) -> str:
    out = io.StringIO()
    call_command(name, *map(str, words), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def import_(*words: object) -> str:
    return run("import_deck", *words, "--no-questions")


def test_a_file_makes_a_deck_named_as_the_file(owner: User, file: Path) -> None:
    said = import_(file)
    assert "facts: 4 new, 0 changed, 0 unchanged, 0 removed" in said
    assert "stone-bridges: made" in said
    assert Deck.objects.get().owner == owner


def test_a_changed_file_says_old_and_new_and_what_it_takes(owner: User, file: Path) -> None:
    import_(file)
    gone = Fact.objects.get(value="1893-10")
    builders.asked_card(gone.deck, about=gone)
    changed = RIGHT.replace(OPENED, "").replace("value: 120", "value: 140")
    file.write_text(changed, encoding="utf-8")
    said = import_(file, "--dry-run")
    assert "facts: 0 new, 1 changed, 2 unchanged, 1 removed" in said
    assert "~ arch length, by its builder: 120 → 140" in said
    assert (
        "- arch opened: 1893-10 — takes out of study 1 card, 1 question, 0 memories of "
        "0 learners with 0 reviews" in said
    )
    assert "nothing was written" in said
    assert "stone-bridges: updated, revision 2" in import_(file)
    file.write_text(RIGHT, encoding="utf-8")
    assert "+ arch opened: 1893-10 (was in the deck before)" in import_(file)


def test_the_same_file_again_has_nothing_to_change(owner: User, file: Path) -> None:
    import_(file)
    assert "stone-bridges: nothing to change, revision 1" in import_(file)


def test_the_same_file_again_leaves_the_questions_as_learners_have_them(
    owner: User, file: Path
) -> None:
    run("import_deck", file)
    asked = Question.objects.active().first()
    assert asked
    Question.objects.filter(pk=asked.pk).update(stem="As it was studied?")
    assert "questions: nothing to write" in run("import_deck", file)
    asked.refresh_from_db()
    assert (asked.state, asked.stem) == (Question.State.ACTIVE, "As it was studied?")


def test_questions_that_an_import_left_unwritten_are_written_by_the_next(
    owner: User, file: Path
) -> None:
    import_(file)
    assert not Question.objects.exists()
    assert "new" in run("import_deck", file).splitlines()[-1]
    assert Question.objects.active().exists()


def test_long_lists_of_changes_are_cut_unless_asked_for(
    owner: User, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_(file)
    monkeypatch.setattr(command, "MOST_LINES", 1)
    file.write_text(RIGHT.replace("source: guide", "source: map"), encoding="utf-8")
    assert "~ … and 1 more (--all lists them)" in import_(file, "--dry-run")
    assert "more (" not in import_(file, "--dry-run", "--all")


def test_all_that_a_note_tells_of_is_named_if_all_is_asked_for(owner: User, file: Path) -> None:
    nicknames = "".join(
        f"  - {{about: {one}, is: nicknamed, value: {one} {word}, source: guide}}\n"
        for one in ("arch", "span", "town", "b1", "b2", "b3", "b4", "b5")
        for word in ("the old", "the long")
    )
    bridges = "".join(f"  b{at}: {{type: bridge, name: Bridge {at}}}\n" for at in range(1, 6))
    text = RIGHT.replace("types:\n", f"{bridges}types:\n").replace(
        "complete:\n", f"{nicknames}complete:\n"
    )
    file.write_text(text, encoding="utf-8")
    short, whole = import_(file, "--dry-run"), import_(file, "--dry-run", "--all")
    assert "… (2 more)" in short
    assert "b5 nicknamed" not in short
    assert "more)" not in whole
    assert "b5 nicknamed" in whole


def test_mistakes_are_said_with_file_and_line(owner: User, file: Path) -> None:
    file.write_text(RIGHT.replace("1893-10", "1893-13"), encoding="utf-8")
    with pytest.raises(CommandError, match=rf"^{file}:\d+: “opened” wants a date") as caught:
        import_(file)
    assert caught.value.returncode == 1
    assert not Deck.objects.exists()


def test_a_file_too_large_or_not_there_is_refused(
    owner: User, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="No such file"):
        import_(file.with_name("none.yaml"))
    monkeypatch.setattr(command, "MAX_BYTES", 100)
    with pytest.raises(CommandError, match="is larger than"):
        import_(file)


def test_the_owner_must_be_clear(file: Path) -> None:
    with pytest.raises(CommandError, match="--owner USERNAME"):
        import_(file)
    with pytest.raises(CommandError, match="there is no user “nobody”"):
        import_(file, "--owner", "nobody")
    builders.user(username="student")
    with pytest.raises(CommandError, match="“student” is no teacher"):
        import_(file, "--owner", "student")
    builders.teacher(username="one")
    builders.teacher(username="two")
    import_(file, "--owner", "two")
    assert Deck.objects.get().owner.username == "two"


def test_another_teachers_deck_is_not_written_over_unless_it_is_named(
    owner: User, file: Path
) -> None:
    import_(file)
    builders.teacher(username="tom")
    file.write_text(RIGHT.replace("Bridges", "My bridges"), encoding="utf-8")
    with pytest.raises(CommandError, match="another teacher has a deck “stone-bridges”"):
        import_(file, "--owner", "tom")
    assert Deck.objects.get().title != "My bridges"
    import_(file, "--owner", "tom", "--into", "stone-bridges")
    assert (Deck.objects.get().title, Deck.objects.get().owner) == ("My bridges", owner)


def test_another_deck_can_be_updated_by_its_name(owner: User, file: Path) -> None:
    import_(file)
    other = file.with_name("other.yaml")
    other.write_text(RIGHT.replace("Bridges", "All bridges"), encoding="utf-8")
    import_(other, "--into", "stone-bridges")
    assert Deck.objects.get().title == "All bridges"
    with pytest.raises(CommandError, match="there is no deck “none”"):
        import_(other, "--into", "none")


def test_what_is_exported_imports_to_the_same_file(owner: User, file: Path) -> None:
    import_(file)
    first, second = file.with_name("first.yaml"), file.with_name("second.yaml")
    assert run("export_deck", "stone-bridges", first) == ""
    import_(first)
    run("export_deck", "first", second)
    assert first.read_bytes() == second.read_bytes()
    assert run("export_deck", "first") == first.read_text(encoding="utf-8")
    assert b"\r" not in first.read_bytes()


def test_a_deck_that_is_not_there_cannot_be_exported() -> None:
    with pytest.raises(CommandError, match="there is no deck “none”"):
        run("export_deck", "none")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_and_a_line_for_each_part_in_a_log() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        progress = Progress(stream)
        progress(1000, 1000, "entities")
        progress(2000, 4000, "facts")
        progress(4000, 4000, "facts")
        progress.close()
    assert "entities     [##############################] 1,000 of 1,000\n" in terminal.getvalue()
    assert terminal.getvalue().endswith("] 4,000 of 4,000\n")
    assert pipe.getvalue() == "entities: 1,000 of 1,000\nfacts: 4,000 of 4,000\n"


NO_QUESTION = """\
title: Rivers
use: [general]
sources: {atlas: {title: An atlas}}
entities:
  amber: {type: place, name: Amber Falls}
  peru: {type: country, name: Peru}
facts:
  - {about: amber, is: located_in, value: peru, source: atlas}
"""


def test_an_import_tells_what_got_no_question_and_what_was_said_in_vain(
    owner: User, tmp_path: Path
) -> None:
    path = tmp_path / "rivers.yaml"
    path.write_text(NO_QUESTION, encoding="utf-8")
    said = run("import_deck", path)
    assert "note: Values never asked to be typed, since there may be others: located_in." in said
    assert "1 fact has no question; manage.py audit_questions rivers says why" in said
    full = "complete: [{about: amber, is: located_in}]\n"
    path.write_text(NO_QUESTION + full, encoding="utf-8")
    said = run("import_deck", path)
    assert "note:" not in said
    assert "no question" not in said


def printed(*names: str) -> str:
    out = io.StringIO()
    call_command("vocabulary", *names, stdout=out)
    return out.getvalue()


def test_what_a_vocabulary_gives_can_be_read_off_the_terminal() -> None:
    assert {line.partition(":")[0] for line in printed().splitlines()} == set(
        built_in_vocabularies()
    )
    for name, vocabulary in built_in_vocabularies().items():
        lines = [line.strip() for line in printed(name).splitlines()]
        for key in vocabulary.relations:
            assert any(line.startswith(f"{key} — ") for line in lines), (name, key)
    general = printed("general")
    assert "count_of — number of: number, single, qualifiers of: text, where: text" in general
    assert "measure_of — measure of: number of any unit, single" in general
    assert "kilometre, also km, kms, kilometer, kilometers = 1000 metre" in printed("common")
    assert "kilometre" not in general
    with pytest.raises(CommandError, match="no vocabulary “geography”; known: common, general"):
        printed("geography")
