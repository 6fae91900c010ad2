"""What every test may ask for: folders, and one embedded PostgreSQL for the whole run.

The server starts when the first test asks for a database. A migrated template is cloned once per
test module; between tests every row is deleted.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cvweb import embedded
    from cvweb.adapters.postgres import Database

FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "100",
    "shared_buffers": "32MB",
}
"""For a server whose data nobody will miss."""
TEMPLATE = "template_cvweb"
PREFIX = "cvweb-test-"
LEFT_SECONDS = 3600
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def open_folder() -> Path:
    """A folder for temporary data that other users may pass through: pytest's own are closed, and
    under root the server runs as somebody else."""
    for folder in (Path(tempfile.gettempdir()), Path("/var/tmp")):
        if all(above.stat().st_mode & 0o001 for above in (folder, *folder.parents)):
            return folder
    shared = Path("/var/lib/cvweb")
    shared.mkdir(mode=0o755, parents=True, exist_ok=True)
    return shared


@pytest.fixture
def place(open_folder: Path) -> Iterator[Path]:
    """A folder that others may pass through, removed at the end."""
    folder = _make(open_folder)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(open_folder: Path) -> Iterator[embedded.EmbeddedServer]:
    """One embedded server for the whole run, without what makes it safe and slow."""
    from cvweb import embedded

    _clear_up(open_folder)
    folder = _make(open_folder)
    try:
        with embedded.start(folder / "data", options=FAST) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(server: embedded.EmbeddedServer) -> str:
    """The name of a migrated, empty database; nobody stays connected to it."""
    from cvweb.adapters.postgres import migrate

    with _connect(server.url()) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}".encode())
    with ThreadPoolExecutor(1) as apart:  # a test that asks for this late has a loop of its own
        apart.submit(asyncio.run, migrate(server.url(TEMPLATE))).result()
    return TEMPLATE


@pytest.fixture(scope="module")
def database_url(server: embedded.EmbeddedServer, template: str) -> Iterator[str]:
    """A migrated database of this module's own."""
    name = f"test_{next(_numbers)}"
    with _connect(server.url()) as connection:
        clone = f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY WAL_LOG"
        connection.execute(clone.encode())
        yield server.url(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def empty_url(server: embedded.EmbeddedServer) -> Iterator[str]:
    """A database without any table."""
    name = f"test_{next(_numbers)}"
    with _connect(server.url()) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield server.url(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def clean_url(database_url: str) -> str:
    """The module's database without a row in it, what the migrations put there apart."""
    _delete_all(database_url)
    return database_url


@pytest.fixture
async def database(clean_url: str) -> AsyncIterator[Database]:
    """An open `Database` without a row in it; its `begin` is a `Begin`."""
    from cvweb.adapters.postgres import Database

    async with Database(clean_url) as opened:
        yield opened


def _clear_up(parent: Path) -> None:
    """Stop servers that an earlier run left behind because it was killed."""
    from cvweb import embedded

    for note in parent.glob(f"{PREFIX}*/*/postgres/postmaster.pid"):
        data = note.parents[1]
        try:
            if time.time() - data.stat().st_mtime > LEFT_SECONDS and not embedded.holder(data):
                embedded.start(data).stop()
                shutil.rmtree(data.parent, ignore_errors=True)
        except (embedded.EmbeddedUnavailable, OSError):
            continue


def _connect(url: str) -> Any:
    import psycopg

    return psycopg.connect(url, autocommit=True)


def _make(parent: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    folder.chmod(0o755)
    return folder


def _delete_all(url: str) -> None:
    from cvweb.adapters.postgres.tables import TABLES

    names = [table._meta.tablename for table in reversed(TABLES)]
    with _connect(url) as connection:
        connection.execute("; ".join(f"DELETE FROM {name}" for name in names).encode())
