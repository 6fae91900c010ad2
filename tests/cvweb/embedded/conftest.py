"""A data folder that was served before, made once and copied for each test."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cvweb import embedded


@pytest.fixture(scope="session")
def served(open_folder: Path) -> Iterator[Path]:
    """A folder that a server made and left in order."""
    folder = Path(tempfile.mkdtemp(prefix="cvweb-served-", dir=open_folder))
    folder.chmod(0o755)
    with embedded.start(folder / "data", options={"fsync": "off"}):
        pass
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def data(served: Path, place: Path) -> Path:
    """A copy of it, this test's own."""
    copy = place / "data"
    subprocess.run(["cp", "-a", str(served), str(copy)], check=True)
    return copy
