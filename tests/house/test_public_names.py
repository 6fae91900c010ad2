"""What a package offers is named in `__all__`, documented, and its errors are explained."""

from __future__ import annotations

import collections
import importlib
import inspect
import pkgutil
import runpy
from pathlib import Path

import pytest

import cvcore

ROOT = Path(__file__).parents[2]
GENERATE = runpy.run_path(str(ROOT / "docs" / "generate.py"))
PACKAGES = [
    "cvcore",
    *(one.name for one in pkgutil.walk_packages(cvcore.__path__, "cvcore.") if one.ispkg),
]


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_names_what_it_offers(name: str) -> None:
    module = importlib.import_module(name)
    assert len(module.__doc__ or "") > 20
    for public in module.__all__:
        thing = getattr(module, public)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert thing.__doc__, f"{name}.{public} promises nothing"


SHARED = {"file_too_large"}  # said by the reader of files, and before by the reader of requests


def test_no_two_errors_share_a_code() -> None:
    codes = collections.Counter(error.code for error in GENERATE["errors"]())
    assert [code for code, times in codes.items() if times > 1 and code not in SHARED] == []


@pytest.mark.parametrize("page", sorted(GENERATE["PAGES"]))
def test_a_generated_page_is_up_to_date(page: str) -> None:
    written = (ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    assert written == GENERATE["PAGES"][page](), "run `python docs/generate.py`"
