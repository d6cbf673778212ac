"""The command that grades a file of cases."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GOOD = {"id": "g1", "kind": "term", "expected": "tundra", "given": "Tundra", "verdict": "right"}
FALSE_ACCEPT = {**GOOD, "id": "f1", "verdict": "wrong"}
FREE_TEXT = {**GOOD, "id": "t1", "kind": "text", "given": "a cold plain", "verdict": "right"}


def run(tmp_path: Path, cases: object, *options: str) -> str:
    path, out = tmp_path / "cases.json", StringIO()
    path.write_text(json.dumps(cases), encoding="utf-8")
    call_command("grade_cases", str(path), *options, stdout=out)
    return out.getvalue()


def test_all_as_the_teacher_says_prints_figures_by_kind(tmp_path: Path) -> None:
    assert "term            1      1" in run(tmp_path, [GOOD])


def test_a_false_accept_fails(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="1 missed, 1 false accept"):
        run(tmp_path, [GOOD, FALSE_ACCEPT])


def test_free_text_is_shown_but_fails_nothing(tmp_path: Path) -> None:
    assert "learners grade these" in run(tmp_path, [FREE_TEXT])


def test_a_very_long_answer_is_shortened_in_the_text(tmp_path: Path) -> None:
    shown = run(tmp_path, [{**FREE_TEXT, "given": "cold " * 2000}])

    assert "cold cold" in shown
    assert "10,000 characters" in shown
    assert len(shown) < 500


def test_json_names_what_was_missed(tmp_path: Path) -> None:
    report = json.loads(run(tmp_path, [GOOD, FREE_TEXT], "--json"))

    assert report["kinds"][0] == {"kind": "term", "cases": 1, "exact": 1, "false_accepts": 0}
    assert [one["id"] for one in report["missed"]] == ["t1"]


def test_a_file_that_is_no_json_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text("not json", encoding="utf-8")

    with pytest.raises(CommandError, match=r"cases\.json"):
        call_command("grade_cases", str(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("null", "a list of cases"),
        ("42", "a list of cases"),
        ('"abc"', "a list of cases"),
        ("{}", "a list of cases"),
        ("[]", "at least one case"),
        ("[1]", "case 1"),
        ("[null]", "case 1"),
        ('[{"a": 1}]', "case 1.*kind"),
        ("[" * 100_000, "too deep"),
        ('{"a":' * 100_000, "too deep"),
        ("[\n  oops]", "line 2, column 3"),
        ("[" + "9" * 5000 + "]", "number"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_file_of_another_shape_is_refused_in_words_and_prints_nothing(
    tmp_path: Path, text: str, said: str, options: tuple[str, ...]
) -> None:
    path, out = tmp_path / "cases.json", StringIO()
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=rf"cases\.json: .*{said}"):
        call_command("grade_cases", str(path), *options, stdout=out)
    assert out.getvalue() == ""


def test_a_file_in_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_bytes(b'["\xff"]')

    with pytest.raises(CommandError, match="UTF-8"):
        call_command("grade_cases", str(path))


def test_half_a_character_in_an_answer_is_printed_all_the_same(tmp_path: Path) -> None:
    path, out = tmp_path / "cases.json", StringIO()
    path.write_text(json.dumps([{**FREE_TEXT, "given": "\ud800 cold"}]), encoding="utf-8")
    call_command("grade_cases", str(path), "--json", stdout=out)

    out.getvalue().encode()
