"""Data folders that a server's user can reach: pytest's own are closed to everybody else."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cvweb.embedded.account import SHARED_FOLDER


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder others may pass through, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="cvweb-embedded-", dir=_open_folder()))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _open_folder() -> Path:
    for folder in (Path(tempfile.gettempdir()), Path("/var/tmp")):
        if all(above.stat().st_mode & 0o001 for above in (folder, *folder.parents)):
            return folder
    SHARED_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    return SHARED_FOLDER
