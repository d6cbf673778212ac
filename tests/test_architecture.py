"""The house's rules, so that breaking one fails the build and not only a review."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ROOT / "questions" / "domain"
MOST_LINES, MOST_FUNCTION_LINES = 500, 40

# A floor's place from below; floors that share one ignore each other.
PLACE = {
    "domain": 0,
    "models": 1,
    "queries": 2,
    "services": 3,
    "forms": 4,
    "templatetags": 4,
    "views": 5,
    "admin": 5,
    "management": 5,
    "urls": 6,
}
WEB = {"django", "django_htmx", "template_partials", "studyapp"}


def python_files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Full dotted names of what a file imports, wherever in it the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "questions" and len(parts) > 1 else None


def test_a_floor_imports_only_floors_below_it() -> None:
    offences = []
    for path in python_files(ROOT / "questions"):
        own = path.relative_to(ROOT / "questions").with_suffix("").parts[0]
        for name in imports(path):
            other = floor_of(name)
            if own == other or own not in PLACE or other not in PLACE:
                continue
            if PLACE[other] >= PLACE[own]:
                offences.append(f"{path}: {own} imports {name}")
    assert offences == []


def test_the_domain_knows_no_django() -> None:
    offences = [
        f"{path}: {name}"
        for path in python_files(DOMAIN)
        for name in imports(path)
        if name.split(".")[0] in WEB
    ]
    assert offences == []


def test_the_domain_runs_where_there_is_no_django() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in python_files(DOMAIN)
    ]
    # None makes every import of it fail, as if it were not installed.
    code = "import importlib, sys\nsys.modules['django'] = None\n"
    code += f"for name in {modules}: importlib.import_module(name)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_accounts_know_nothing_of_what_is_studied() -> None:
    offences = [
        f"{path}: {name}"
        for path in python_files(ROOT / "studyapp" / "accounts")
        for name in imports(path)
        if name.split(".")[0] == "questions"
    ]
    assert offences == []


def asks_the_world(node: ast.AST) -> bool:
    """Whether a call reads the clock or the global generator of chance."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner, name = node.func.value, node.func.attr
    owner_name = owner.id if isinstance(owner, ast.Name) else ""
    if owner_name in {"datetime", "date", "time"}:
        return name in {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
    # `random.Random(seed)` is given its chance; `random.choice()` takes it.
    return owner_name in {"random", "secrets"} and name != "Random"


def test_the_domain_is_given_the_time_and_chance() -> None:
    offences = [
        f"{path}:{node.lineno}"
        for path in python_files(DOMAIN)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and asks_the_world(node)
    ]
    assert offences == []


def test_no_file_or_function_is_overlong() -> None:
    offences = []
    for path in python_files(ROOT / "studyapp", ROOT / "questions", ROOT / "tests"):
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES:
            offences.append(str(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    offences.append(f"{path}: {node.name} has {length} lines")
    assert offences == []


def test_templates_hold_no_inline_script_style_or_handler() -> None:
    forbidden = ["<style", " style=", " onclick=", " onchange=", " onsubmit=", "javascript:"]
    offences = [
        f"{path}: {words}"
        for path in (ROOT / "templates").rglob("*.html")
        for words in forbidden
        if words in path.read_text(encoding="utf-8").lower()
    ]
    assert offences == []
