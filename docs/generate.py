"""Writes the reference pages that are made from the code; a test keeps them up to date."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from pathlib import Path

import msgspec

import cvcore
import cvweb
from cvcore.errors import CvcoreError
from cvweb.cli.processes import openapi_document
from cvweb.problems import status_of
from cvweb.settings import Settings, variable

REFERENCE = Path(__file__).parent / "reference"
HTTP_HEAD = """# HTTP

Made by `python docs/generate.py` from the application; the whole description is served at
`/schema/openapi.json` and printed by `cvweb openapi`.

* **Who asks**: a session cookie, or `Authorization: Bearer cvk_...` with an API key.
* **Keys**: every POST that may cost something needs `Idempotency-Key` (1 to 255 characters, kept for
  ever). The same key and body repeat the status and `Location`, with `Idempotency-Replayed: true`; the
  same key with another body is 422 `key_reused`.
* **Long work** answers 202 with the task's `Location`; `Prefer: wait=N` waits up to N seconds (30 at
  most) for the outcome.
* **Changes** of a CV are made against a version: `If-Match` with its `ETag`, 412 when it is stale.
* **Lists** are `{"items": [...], "next": cursor | null}`; ask with `?limit=&cursor=`.
* **Errors** are [problem documents](errors.md). Somebody else's things are 404.

| method | path | promise |
| --- | --- | --- |"""
SETTINGS_HEAD = """# Settings

Made by `python docs/generate.py`. All come from the environment; `cvweb config` prints those in force,
secrets masked. Units are in the names. Empty: not set; without a vendor's key the feature works on
the offline adapter, or says that it is not configured.

| variable | default |
| --- | --- |"""


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


def http_page() -> str:
    """`http.md`: every route of the HTTP interface with its promise."""
    document = json.loads(openapi_document(Settings()))
    lines = [HTTP_HEAD]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            said = operation.get("description") or operation.get("summary") or ""
            lines.append(f"| {method.upper()} | `{path}` | {' '.join(said.split())} |")
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """`settings.md`: every setting with its variable and default."""
    lines = [SETTINGS_HEAD]
    for field in msgspec.structs.fields(Settings):
        default = "" if field.default in (None, msgspec.NODEFAULT) else field.default
        if field.name == "data":
            default = "a folder of the user's"
        lines.append(f"| `{variable(field.name)}` | {default} |")
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "http.md": http_page,
    "settings.md": settings_page,
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
