"""PostgreSQL: the tables, their migrations, and a store for every port.

`Database(url).begin` is a `Begin` for every service of cvcore and cvweb.
"""

from __future__ import annotations

from cvweb.adapters.postgres.archive import (
    ArchiveRefused,
    Manifest,
    NotEmpty,
    back_up,
    manifest_of,
    restore,
)
from cvweb.adapters.postgres.archive_file import BackupNotWritten, FileTaken
from cvweb.adapters.postgres.audit import Audit, Finding, audit
from cvweb.adapters.postgres.catalogue import keep_catalogue
from cvweb.adapters.postgres.database import Database
from cvweb.adapters.postgres.errors import CommitUnknown, DatabaseUnavailable, DatabaseUnfit
from cvweb.adapters.postgres.listening import PostgresListening
from cvweb.adapters.postgres.migrate import migrate, missing
from cvweb.adapters.postgres.units import PostgresUnit

__all__ = [
    "ArchiveRefused",
    "Audit",
    "BackupNotWritten",
    "CommitUnknown",
    "Database",
    "DatabaseUnavailable",
    "DatabaseUnfit",
    "FileTaken",
    "Finding",
    "Manifest",
    "NotEmpty",
    "PostgresListening",
    "PostgresUnit",
    "audit",
    "back_up",
    "keep_catalogue",
    "manifest_of",
    "migrate",
    "missing",
    "restore",
]
