"""What may import what: an allow-list for cvcore, the layers for both packages."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src" / "cvcore"
ALLOWED = frozenset(sys.stdlib_module_names) | {"cvcore", "msgspec"}
ALLOWED_IN_TESTING = ALLOWED | {"pytest", "pytest_asyncio", "hypothesis"}
EFFECTS = frozenset(
    {
        "socket",
        "subprocess",
        "random",
        "secrets",
        "time",
        "urllib.request",
        "http.client",
        "sqlite3",
    }
)


def imported(path: Path) -> set[str]:
    """The dotted names of all that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


MODULES = sorted(CORE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CORE)))
def test_cvcore_stands_on_the_standard_library_and_msgspec(path: Path) -> None:
    allowed = ALLOWED_IN_TESTING if "testing" in path.parts else ALLOWED
    assert {name.split(".")[0] for name in imported(path)} - allowed == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CORE)))
def test_cvcore_reaches_for_no_network_process_clock_or_chance(path: Path) -> None:
    if "testing" not in path.parts:
        assert imported(path) & EFFECTS == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CORE)))
def test_no_room_imports_the_package_root(path: Path) -> None:
    if path == CORE / "__init__.py" or "testing" in path.parts:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.ImportFrom) and node.module == "cvcore"), path


def test_the_arrows_between_rooms_point_one_way() -> None:
    script = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
