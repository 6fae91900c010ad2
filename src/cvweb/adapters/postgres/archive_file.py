"""The file a backup is written to, and the connection it is read through: what can fail of both."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

from cvcore.errors import Refusal
from cvweb.adapters.postgres.errors import DatabaseUnavailable

CONNECT_TIMEOUT_SECONDS = 10
LOST = (
    ConnectionError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
)


class FileTaken(Refusal):
    """A backup never replaces a file."""

    code = "file_taken"

    def __init__(self, *, file: Path) -> None:
        super().__init__(f"{str(file)!r} exists and was left alone; choose another name")
        self.file = str(file)


class BackupNotWritten(Refusal):
    """The backup cannot be written where it should go; nothing is left there."""

    code = "backup_not_written"

    def __init__(self, *, file: Path, why: str) -> None:
        super().__init__(
            f"cannot write the backup {str(file)!r} ({why}); name a file in a folder that exists, "
            "may be written to and has room"
        )
        self.file, self.why = str(file), why


@contextmanager
def fresh_file(file: Path) -> Iterator[Path]:
    """A file to write to that only its owner can read; it gets the name `file` once the block has
    ended well, and is removed where it has not.

    Raises:
        FileTaken: `file` exists.
        BackupNotWritten: the folder is missing, closed or full.
        DatabaseUnavailable: the connection broke meanwhile.
    """
    if file.exists():
        raise FileTaken(file=file)
    try:
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # mode 0600
        os.close(descriptor)
        try:
            yield Path(name)
            Path(name).rename(file)
        finally:
            Path(name).unlink(missing_ok=True)
    except LOST as error:
        raise DatabaseUnavailable(why=str(error) or type(error).__name__) from error
    except OSError as error:
        raise BackupNotWritten(file=file, why=error.strerror or str(error)) from error


async def connect(url: str) -> Any:
    """A connection of its own, as asyncpg has them.

    Raises:
        DatabaseUnavailable: nobody answers at the address, or refuses us.
    """
    try:
        return await asyncpg.connect(url, timeout=CONNECT_TIMEOUT_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError, ValueError) as error:
        raise DatabaseUnavailable(why=str(error) or type(error).__name__) from error
