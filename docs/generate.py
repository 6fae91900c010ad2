"""Writes the reference pages that are made from the code; a test checks that they are up to date."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import cvcore
import cvweb
from cvcore.errors import CvcoreError

REFERENCE = Path(__file__).parent / "reference"


def errors() -> list[type[CvcoreError]]:
    """Every error class of both packages that has a code of its own, by its code."""
    for package in (cvcore, cvweb):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations." not in module.name:
                importlib.import_module(module.name)
    found: list[type[CvcoreError]] = []
    waiting = [CvcoreError]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if "code" in vars(one) and one.__module__.split(".")[0] in ("cvcore", "cvweb"):
            found.append(one)
    return sorted(set(found), key=lambda one: (one.code, one.__name__))


def errors_page() -> str:
    """`errors.md`: code, class, HTTP status and meaning of every error."""
    from cvweb.problems import status_of

    lines = [
        "# Errors",
        "",
        "Made by `python docs/generate.py`. Every error has a code that never changes, a message that",
        "says what was, what was needed and what to do, and its facts as attributes. Over HTTP it is a",
        "problem document (`application/problem+json`) with `type, title, status, detail, code` and",
        "those facts.",
        "",
        "| code | status | class | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for error in errors():
        meaning = " ".join((error.__doc__ or "").split("\n\n")[0].split())
        name = f"{error.__module__}.{error.__name__}".replace(".errors.", ".")
        lines.append(f"| `{error.code}` | {status_of(error)} | `{name}` | {meaning} |")
    return "\n".join(lines) + "\n"


PAGES = {"errors.md": errors_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
