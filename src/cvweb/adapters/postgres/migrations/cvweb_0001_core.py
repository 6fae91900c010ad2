"""People, documents, money and work."""

from __future__ import annotations

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from cvweb.adapters.postgres.migrations import from_sql

ID = "2026-11-23T00:00:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "People, documents, money and work"


async def forwards() -> MigrationManager:
    return from_sql(
        "0001_people.sql",
        "0001_documents.sql",
        "0001_money.sql",
        "0001_work.sql",
        id=ID,
        description=DESCRIPTION,
    )
