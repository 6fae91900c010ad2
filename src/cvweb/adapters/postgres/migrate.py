"""Brings a database to this release's schema, one process at a time."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Mapping
from typing import Any

import asyncpg

from cvweb.adapters.postgres.errors import DatabaseUnavailable, DatabaseUnfit

APP = "cvweb"
LOCK = 7_203_114_905_581_742
"""The advisory lock of whoever migrates; others wait for their turn and find nothing to do."""
LOCK_TIMEOUT_SECONDS = 600.0
KNOWN = ("2026-11-23T00:00:01:000000", "2026-11-23T00:00:02:000000")
"""Their ids, said here as well so that a database that lacks none is seen without Piccolo."""
CONF = "cvweb.adapters.postgres.piccolo_conf"


async def migrate(url: str, *, until: str = "all") -> list[str]:
    """Apply the migrations the database lacks, up to the one with id `until`; their ids.

    Each is applied whole or not at all. Nothing is ever undone: an older release on a newer
    database is refused.

    Raises:
        DatabaseUnavailable: nobody answers at the address.
        DatabaseUnfit: a newer release was here, or a migration failed.
    """
    try:
        guard = await asyncpg.connect(url, timeout=10, command_timeout=LOCK_TIMEOUT_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError, ValueError) as error:
        raise DatabaseUnavailable(why=str(error) or type(error).__name__) from error
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", LOCK)
        before = await _applied(guard)
        _refuse_newer(before)
        if set(known()) - set(before):
            await _run(url, until)
            await guard.execute(_ONCE_EACH)
        return [id for id in await _applied(guard) if id not in before]
    finally:
        await guard.close()


def known() -> list[str]:
    """The ids of the migrations this release brings, in order."""
    return list(KNOWN)


async def missing(connection: Any) -> list[str]:
    """The ids of the migrations a database lacks; empty where it is up to date."""
    applied = set(await _applied(connection))
    return [id for id in known() if id not in applied]


_ONCE_EACH = """
    DELETE FROM migration AS twin USING migration AS kept
    WHERE twin.app_name = kept.app_name AND twin.name = kept.name AND twin.id > kept.id
"""
"""A migration notes itself in its own transaction, Piccolo once more behind it."""


async def _applied(connection: Any) -> list[str]:
    if await connection.fetchval("SELECT to_regclass('migration')") is None:
        return []
    query = "SELECT DISTINCT name FROM migration WHERE app_name = $1 ORDER BY name"
    return [row["name"] for row in await connection.fetch(query, APP)]


def _refuse_newer(applied: list[str]) -> None:
    strange = sorted(set(applied) - set(known()))
    if strange:
        raise DatabaseUnfit(
            why=f"a newer release of cvweb has migrated it ({', '.join(strange)})",
            to_do="run that release, or restore a backup into an empty database",
        )


async def _run(url: str, until: str) -> None:
    os.environ["PICCOLO_CONF"] = CONF
    from piccolo.apps.migrations.commands.forwards import run_forwards

    from cvweb.adapters.postgres import piccolo_conf

    settings: Mapping[str, Any] = {"dsn": url}
    piccolo_conf.DB.config = dict(settings)
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            result = await run_forwards(APP, migration_id=until)
    except asyncpg.PostgresError as error:
        raise DatabaseUnfit(why=f"a migration failed: {error}", to_do=_MEND) from error
    finally:
        piccolo_conf.DB.config = {}
    if not result.success:
        raise DatabaseUnfit(why=f"a migration failed: {result.message}", to_do=_MEND)


_MEND = "nothing of it was kept; mend what it names and run `cvweb migrate` again"
