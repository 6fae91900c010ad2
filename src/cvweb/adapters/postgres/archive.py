"""Everything kept, to a file and back: one ZIP of JSON lines per table, with counts and checksums.

The file knows the schema it was made from. What can be made anew is left out: the queue (tasks are
dispatched again), events, and what the database computes.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from cvcore.errors import Refusal
from cvweb.adapters.postgres.archive_file import LOST, connect, fresh_file
from cvweb.adapters.postgres.archive_rows import insert, line_of
from cvweb.adapters.postgres.catalogue import TABLES as CATALOGUE
from cvweb.adapters.postgres.errors import DatabaseUnavailable
from cvweb.adapters.postgres.migrate import known, migrate, missing

FORMAT = 1
MANIFEST = "manifest.json"
ROWS_AT_ONCE = 200
BATCH_BYTES_MAX = 8 * 1024 * 1024
LINE_BYTES_MAX = 512 * 1024 * 1024
LEFT_OUT = frozenset({"event"})


class TableManifest(msgspec.Struct, frozen=True):
    """What is in the archive of one table."""

    rows: int
    sha256: str
    columns: tuple[str, ...]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive says of itself."""

    format: int
    schema: tuple[str, ...]
    made_at: datetime
    tables: dict[str, TableManifest]


class ArchiveRefused(Refusal):
    """The file is no archive that can be restored here."""

    code = "archive_refused"

    def __init__(self, *, why: str, to_do: str) -> None:
        super().__init__(f"this backup cannot be restored: {why}; {to_do}")
        self.why = why


class NotEmpty(Refusal):
    """A backup is restored into an empty installation only."""

    code = "not_empty"

    def __init__(self, *, table: str) -> None:
        super().__init__(
            f"this installation has data already (table {table!r}), nothing was changed; restore "
            "into an empty folder (--data) or an empty database (DATABASE_URL)"
        )
        self.table = table


async def back_up(url: str, file: Path) -> Manifest:
    """Write everything, as it stood at one moment, to `file`, which appears once it is whole.

    Raises:
        FileTaken, BackupNotWritten: `file` exists, or cannot be made.
        DatabaseUnavailable: nobody answers at the address.
        ArchiveRefused: the database lacks migrations.
    """
    with fresh_file(file) as part:
        connection = await connect(url)
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                if await missing(connection):
                    todo = "run `cvweb migrate` first"
                    raise ArchiveRefused(why="the database lacks migrations", to_do=todo)
                return await _write(connection, part)
        finally:
            await connection.close()


async def restore(url: str, file: Path) -> Manifest:
    """Put back what `file` says into an empty database, all of it or nothing.

    A database without tables is first brought to the schema of the archive, and to this release's
    once everything is there.

    Raises:
        ArchiveRefused: no file, no archive, a damaged one, or one of a newer release.
        DatabaseUnavailable: nobody answers at the address.
        NotEmpty: there are rows already.
    """
    manifest = manifest_of(file)
    try:
        await _prepare(url, manifest)
        with zipfile.ZipFile(file) as archive:
            connection = await connect(url)
            try:
                async with connection.transaction():
                    await _read(connection, archive, manifest)
            finally:
                await connection.close()
    except LOST as error:
        raise DatabaseUnavailable(why=str(error) or type(error).__name__) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise _damaged(file, error) from error
    await migrate(url)
    return manifest


def manifest_of(file: Path) -> Manifest:
    """What `file` says of itself: a look that needs no database and no more than its end.

    Raises:
        ArchiveRefused: no file, no archive, or one of a newer release.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _manifest(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged(file, error) from error
    except OSError as error:
        why = f"{file} cannot be read ({error.strerror or error})"
        raise ArchiveRefused(why=why, to_do="name a file that `cvweb backup` made") from error


def _damaged(file: Path, error: Exception) -> ArchiveRefused:
    return ArchiveRefused(why=f"{file} is damaged ({error})", to_do="take another copy")


async def _write(connection: Any, part: Path) -> Manifest:
    tables: dict[str, TableManifest] = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in _names():
            columns = await _columns(connection, name)
            digest, rows = hashlib.sha256(), 0
            with archive.open(_entry(name), "w", force_zip64=True) as lines:
                async for line in _lines(connection, name, columns):
                    lines.write(line)
                    digest.update(line)
                    rows += 1
            tables[name] = TableManifest(rows, digest.hexdigest(), columns)
        manifest = Manifest(
            format=FORMAT, schema=tuple(known()), made_at=datetime.now(UTC), tables=tables
        )
        archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return manifest


async def _lines(connection: Any, name: str, columns: tuple[str, ...]) -> AsyncIterator[bytes]:
    listed = ", ".join(f'"{column}"' for column in columns)
    query = f"SELECT row_to_json(line)::text FROM (SELECT {listed} FROM {name} ORDER BY 1) AS line"  # noqa: S608  # names of ours
    async for row in connection.cursor(query, prefetch=ROWS_AT_ONCE):
        yield line_of(row[0])


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (KeyError, msgspec.DecodeError) as error:
        todo = "take a file that `cvweb backup` made"
        raise ArchiveRefused(why="it is no backup of cvweb", to_do=todo) from error
    strange = set(manifest.schema) - set(known())
    if manifest.format != FORMAT or strange or not manifest.schema:
        raise ArchiveRefused(why="a newer release made it", to_do="restore it with that release")
    if set(manifest.tables) - set(_names()):
        raise ArchiveRefused(why="it has tables we do not know", to_do="take another copy")
    return manifest


async def _prepare(url: str, manifest: Manifest) -> None:
    connection = await connect(url)
    try:
        lacking = await missing(connection)
        if len(lacking) < len(known()):
            for name in set(manifest.tables) - set(CATALOGUE):
                if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {name})"):  # noqa: S608
                    raise NotEmpty(table=name)
            if set(known()) - set(lacking) != set(manifest.schema):
                raise ArchiveRefused(
                    why="it is of another schema than these empty tables",
                    to_do="restore into a database without any table",
                )
            return
    finally:
        await connection.close()
    await migrate(url, until=manifest.schema[-1])


async def _read(connection: Any, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    for name in _names():
        said = manifest.tables.get(name)
        if said is None:
            continue
        actual = set(await _columns(connection, name))
        if not set(said.columns) <= actual:
            raise ArchiveRefused(why=f"table {name!r} has other columns", to_do="take another copy")
        digest, rows = hashlib.sha256(), 0
        with archive.open(_entry(name)) as lines:
            if name in CATALOGUE:
                await connection.execute(f"DELETE FROM {name}")  # noqa: S608  # names of ours
            for batch in _batches(lines):
                for line in batch:
                    digest.update(line)
                rows += len(batch)
                await insert(connection, name, said.columns, batch)
        if (rows, digest.hexdigest()) != (said.rows, said.sha256):
            raise ArchiveRefused(why=f"table {name!r} is damaged", to_do="take another copy")
        await _continue_numbers(connection, name)


def _batches(lines: Any) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    source: BinaryIO = lines
    while line := source.readline(LINE_BYTES_MAX):
        batch.append(line)
        size += len(line)
        if size >= BATCH_BYTES_MAX:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


async def _continue_numbers(connection: Any, name: str) -> None:
    """Rows that come later get numbers behind those that were restored."""
    query = (
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = $1 "
        "AND pg_get_serial_sequence($1, column_name) IS NOT NULL"
    )
    for row in await connection.fetch(query, name):
        column = row["column_name"]
        await connection.execute(
            f"SELECT setval(pg_get_serial_sequence($1, $2), "  # noqa: S608  # names of ours
            f'(SELECT coalesce(max("{column}"), 0) + 1 FROM {name}), false)',
            name,
            column,
        )


async def _columns(connection: Any, name: str) -> tuple[str, ...]:
    rows = await connection.fetch(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position",
        name,
    )
    return tuple(row["column_name"] for row in rows)


def _names() -> list[str]:
    from cvweb.adapters.postgres.tables import TABLES  # Piccolo is slow to import

    names = [table._meta.tablename for table in TABLES]  # noqa: SLF001  # Piccolo's public way
    return [name for name in names if name not in LEFT_OUT]


def _entry(name: str) -> str:
    return f"tables/{name}.jsonl"
