"""What a package offers is named in `__all__`, documented, and its errors are explained."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import cvcore
import cvweb
from cvcore.errors import CvcoreError

ROOT = Path(__file__).parents[2]
PACKAGES = [
    "cvcore",
    *(one.name for one in pkgutil.walk_packages(cvcore.__path__, "cvcore.") if one.ispkg),
]


def errors() -> list[type[CvcoreError]]:
    """Every error class of both packages."""
    for package in (cvcore, cvweb):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations." not in module.name:
                importlib.import_module(module.name)
    found: set[type[CvcoreError]] = set()
    waiting = [CvcoreError]
    while waiting:
        one = waiting.pop()
        found.add(one)
        waiting += one.__subclasses__()
    return sorted((one for one in found if one.__module__.startswith(("cvcore", "cvweb"))), key=str)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_names_what_it_offers(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__ and len(module.__doc__) > 20
    for public in getattr(module, "__all__", ()):
        thing = getattr(module, public)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, f"{name}.{public} promises nothing"


def test_codes_of_errors_are_unique_and_every_error_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    codes: dict[str, str] = {}
    undocumented = []
    for error in errors():
        own = "code" in vars(error)
        if own and error.code in codes:
            pytest.fail(f"{error.__name__} and {codes[error.code]} share the code {error.code!r}")
        if own:
            codes[error.code] = error.__name__
        if f"`{error.code}`" not in page:
            undocumented.append(error.code)
    assert undocumented == []
