"""Every check and every way to run the project, one session each: `nox --list` names them.

`nox` alone runs the default test suite on the interpreter it was started with. Versions come from
`requirements/`; `nox -s lock` renews those files.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import nox

nox.needs_version = ">=2025.5"
nox.options.sessions = ["tests"]
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True

HERE = Path(__file__).parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PYTHON_OBLIGATORY = "3.11"
NO_TESTS = 5  # pytest's exit code where nothing was collected
NOT_BY_DEFAULT = "not browser and not quality and not slow"


def install(session: nox.Session, requirements: str = "dev") -> None:
    session.install("-r", f"requirements/{requirements}.txt")
    session.install("--no-deps", "-e", ".")


def pytest(session: nox.Session, *arguments: str, codes: tuple[int, ...] = (0,)) -> None:
    session.run("python", "-m", "pytest", *arguments, *session.posargs, success_codes=codes)


@nox.session
def tests(session: nox.Session) -> None:
    """The default suite: laws, contracts, HTTP and journeys on the embedded PostgreSQL, docs."""
    install(session)
    pytest(session, "-n", "2", "--dist", "loadfile", "-m", NOT_BY_DEFAULT)


@nox.session
def demo(session: nox.Session) -> None:
    """The main job on the packaged samples: read, score, tailor, export; then exit."""
    install(session, "web")
    session.run("cvweb", "demo", *session.posargs)


@nox.session
def up(session: nox.Session) -> None:
    """Serve on 127.0.0.1 with an embedded PostgreSQL and a worker."""
    install(session, "web")
    session.run("cvweb", "up", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and formatting."""
    session.install("-c", "requirements/dev.txt", "ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """mypy, strict, tests included."""
    install(session)
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Which room may import which."""
    session.install("-c", "requirements/dev.txt", "import-linter")
    session.install("--no-deps", "-e", ".")
    session.run("lint-imports")


@nox.session
def contracts(session: nox.Session) -> None:
    """One suite per port, on every adapter, and the mutants that prove it bites."""
    install(session)
    pytest(session, "tests/contracts")


@nox.session
def journeys(session: nox.Session) -> None:
    """Whole stories on PostgreSQL with a real worker."""
    install(session)
    pytest(session, "tests/journeys", "-m", "not browser")


@nox.session
def browser(session: nox.Session) -> None:
    """The same by clicking, in Chromium (CHROMIUM names another binary than the one on PATH)."""
    install(session)
    pytest(session, "tests/browser", "-m", "browser")


@nox.session
def slow(session: nox.Session) -> None:
    """Long laws and fault tests, left out of the default suite for their time."""
    install(session)
    pytest(session, "-m", "slow", codes=(0, NO_TESTS))


@nox.session
def docs(session: nox.Session) -> None:
    """Every example in the README, the docs and the docstrings is executed."""
    install(session)
    pytest(session, "tests/house/test_docs.py")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it alone, import every module of cvcore but `testing`."""
    shutil.rmtree(HERE / "dist", ignore_errors=True)
    session.run("python", "-m", "pip", "wheel", "--no-deps", "-w", "dist", ".", "-q")
    bare = Path(session.create_tmp()) / "bare"
    shutil.rmtree(bare, ignore_errors=True)
    session.run("python", "-m", "venv", str(bare))
    python = str(bare / "bin" / "python")
    (built,) = (HERE / "dist").glob("*.whl")
    session.run(python, "-m", "pip", "install", "-q", str(built), external=True)
    session.run(python, "tests/house/bare_wheel.py", external=True)


@nox.session
def quality(session: nox.Session) -> None:
    """Real documents, in the folder that CVCORE_CORPUS names; skipped where it is not set."""
    if not os.environ.get("CVCORE_CORPUS"):
        session.skip("set CVCORE_CORPUS to a folder of real documents")
    install(session)
    pytest(session, "tests/quality", "-m", "quality")


@nox.session
def bench(session: nox.Session) -> None:
    """Each benchmark in bench/, with its targets."""
    install(session, "bench")
    for script in sorted((HERE / "bench").glob("[a-z]*.py")):
        session.run("python", str(script), *session.posargs)


@nox.session
def soak(session: nox.Session) -> None:
    """An hour of use against one server: nothing grows, nothing is lost."""
    install(session)
    session.run("python", "bench/soak.py", *session.posargs)


@nox.session(python=False)
def matrix(session: nox.Session) -> None:
    """The default suite on every Python found; 3.11 must be there."""
    found = {version: path for version in PYTHONS if (path := interpreter(version))}
    if PYTHON_OBLIGATORY not in found:
        session.error(
            f"Python {PYTHON_OBLIGATORY} is not installed; found {sorted(found) or 'none'}"
        )
    for version, path in found.items():
        session.log(f"Python {version}: {path}")
        session.run("python", "-m", "nox", "-s", "tests", "--force-python", path, *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Renew requirements/*.txt: the one place where versions are chosen."""
    session.install("uv")
    settled = ("--universal", "--python-version", PYTHON_OBLIGATORY, "--upgrade", "--quiet")
    plain = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")
    for name, wanted in {
        "web": ("--extra", "web"),
        "dev": ("--extra", "web", "--extra", "testing", "--group", "dev"),
        "bench": ("--extra", "web", "--group", "bench"),
    }.items():
        target = f"requirements/{name}.txt"
        session.run(
            "uv", "pip", "compile", "pyproject.toml", *wanted, *settled, *plain, "-o", target
        )


def interpreter(version: str) -> str | None:
    """The path of a Python that really starts and really is of this version."""
    path = shutil.which(f"python{version}")
    if path is None:
        return None
    asked = [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split(" ", 1)  # noqa: S603 - our own argv
    return answer[1].strip() if answer[0] == version and len(answer) > 1 else None
