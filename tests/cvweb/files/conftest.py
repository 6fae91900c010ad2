"""One parser process for all tests of this folder, and files made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import typst

from cvweb.adapters.files.sandbox import Sandbox

Pdf = Callable[[str], bytes]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A parser process of the tests' own."""
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="session")
def pdf() -> Pdf:
    """Makes a PDF out of Typst markup."""

    def made(markup: str) -> bytes:
        compiled = typst.compile(markup.encode(), format="pdf")
        assert isinstance(compiled, bytes)
        return compiled

    return made
