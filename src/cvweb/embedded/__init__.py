"""A PostgreSQL that needs no installation: the programs of a wheel, run on a folder of ours.

POSIX only; on Windows set `DATABASE_URL`.
"""

from __future__ import annotations

from cvweb.embedded.cluster import has_data
from cvweb.embedded.errors import (
    DataDamaged,
    DataInUse,
    DataOfOtherMajor,
    EmbeddedUnavailable,
    FolderUnreachable,
    FolderUnusable,
    NoServerUser,
    ServerFailed,
)
from cvweb.embedded.runner import DATABASE, EmbeddedServer, attach, holder, start

__all__ = [
    "DATABASE",
    "DataDamaged",
    "DataInUse",
    "DataOfOtherMajor",
    "EmbeddedServer",
    "EmbeddedUnavailable",
    "FolderUnreachable",
    "FolderUnusable",
    "NoServerUser",
    "ServerFailed",
    "attach",
    "has_data",
    "holder",
    "start",
]
