"""The command `cvweb` as a person runs it: its output, what it says on stderr and its exit code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from cvweb.cli import run
from cvweb.samples import Sample, sample


class Ran(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The answer as JSON, line by line."""
        return [msgspec.json.decode(line) for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        """The answer as one JSON value."""
        return msgspec.json.decode(self.out)


@pytest.fixture
def cvweb(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Run `cvweb` with arguments in this process, which spares each test a start."""

    def call(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        try:
            code = run([str(argument) for argument in arguments])
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 3
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return call


@pytest.fixture(scope="session")
def cvweb_process() -> Callable[..., Ran]:
    """Run `python -m cvweb` with arguments; `stdin` is what it reads from standard input."""

    def call(*arguments: str | Path, stdin: bytes = b"", environment: Any = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "cvweb", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            timeout=90,
            check=False,
            env=environment,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(scope="session")
def english() -> Sample:
    """The packaged pair in English."""
    return sample("en")


@pytest.fixture(scope="session")
def french() -> Sample:
    """The packaged pair in French."""
    return sample("fr")
