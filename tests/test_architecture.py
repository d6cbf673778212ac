"""The house's rules, so that breaking one fails the build and not only a review."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "studyapp", ROOT / "questions"]
MOST_LINES, MOST_FUNCTION_LINES = 500, 40


def python_files(*folders: Path) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "questions" and len(parts) > 1 else None


# A floor's place from below; services and queries share one and ignore each other.
PLACE = {
    "domain": 0,
    "models": 1,
    "services": 2,
    "queries": 2,
    "forms": 3,
    "templatetags": 3,
    "views": 4,
    "admin": 4,
    "management": 4,
    "urls": 5,
}


@pytest.mark.parametrize("path", python_files(ROOT / "questions"), ids=str)
def test_a_floor_imports_only_floors_below_it(path: Path) -> None:
    own = path.relative_to(ROOT / "questions").with_suffix("").parts[0]
    for name in imports(path):
        other = floor_of(name)
        if own in PLACE and other in PLACE and other != own:
            assert PLACE[other] < PLACE[own], f"{own} imports {name}"


@pytest.mark.parametrize("path", python_files(ROOT / "questions" / "domain"), ids=str)
def test_the_domain_knows_no_django(path: Path) -> None:
    web = {"django", "django_htmx", "django_tasks", "django_tasks_db", "studyapp"}
    assert not web & {name.split(".")[0] for name in imports(path)}


def test_the_domain_runs_where_there_is_no_django() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in python_files(ROOT / "questions" / "domain")
    ]
    # None makes every import of it fail, as if it were not installed.
    code = "import importlib, sys\nsys.modules['django'] = None\n"
    code += f"for name in {modules}: importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("path", python_files(*SOURCES, ROOT / "tests"), ids=str)
def test_no_file_or_function_is_overlong(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MOST_FUNCTION_LINES, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", python_files(ROOT / "questions" / "domain"), ids=str)
def test_the_domain_is_given_the_time_and_chance(path: Path) -> None:
    """A pure function takes them as arguments; `random.Random` as a type is fine."""
    clocks = {"now", "today", "utcnow", "time", "monotonic"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            named = owner.id if isinstance(owner, ast.Name) else ""
            assert not (named in {"datetime", "date", "time"} and node.func.attr in clocks)
            assert not (named == "random" and node.func.attr != "Random")


def test_templates_hold_no_inline_script_style_or_handler() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8").lower()
        assert "<style" not in text, path
        assert " style=" not in text, path
        assert not any(f" {event}=" in text for event in ["onclick", "onchange", "onsubmit"]), path
        assert "javascript:" not in text, path
