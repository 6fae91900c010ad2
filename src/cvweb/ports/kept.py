"""Files, exports and first answers: what keeping them takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from cvcore.ids import CvId, OfferId, OwnerId, RequestKey, TaskId
from cvcore.offers.model import Finding


class StoredFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it came or was made. Its bytes are stored once per hash."""

    id: str
    owner: OwnerId
    name: str
    media_type: str
    sha256: str
    size_bytes: int
    created_at: datetime


class FileStore(Protocol):
    """Keeps files, each under its owner."""

    async def add(self, file: StoredFile, data: bytes) -> None:
        """Keep a new file."""
        ...

    async def get(self, owner: OwnerId, id: str) -> StoredFile | None:
        """The owner's file without its bytes; None where there is none, or somebody else's."""
        ...

    async def data(self, owner: OwnerId, id: str) -> bytes | None:
        """The bytes of the owner's file, or None."""
        ...

    async def remove(self, owner: OwnerId, id: str) -> bool:
        """Remove the owner's file; False where there was none."""
        ...


class ExportRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An export as it was made, for ever: of which version, for which offer, and the file."""

    id: str
    owner: OwnerId
    cv: CvId
    version: int
    format: str
    file: str
    file_name: str
    sha256: str
    media_type: str
    size_bytes: int
    created_at: datetime
    offer: OfferId | None = None
    template: str | None = None
    options: dict[str, Any] = {}
    findings: tuple[Finding, ...] = ()
    task: TaskId | None = None


class ExportStore(Protocol):
    """Keeps what is known of exports; their bytes are files."""

    async def add(self, export: ExportRecord) -> None:
        """Keep a new export."""
        ...

    async def get(self, owner: OwnerId, id: str) -> ExportRecord | None:
        """The owner's export; None where there is none, or somebody else's."""
        ...

    async def of_cv(self, owner: OwnerId, cv: CvId, *, limit: int = 50) -> Sequence[ExportRecord]:
        """The exports of a CV, newest first."""
        ...


class RequestRecord(msgspec.Struct, frozen=True, kw_only=True):
    """How a request under a key was first answered: kept for ever, bodies left out."""

    owner: OwnerId
    key: RequestKey
    fingerprint: str
    status: int
    location: str | None
    created_at: datetime
    subject: str | None = None
    """What the answer was about (`cv:ID`, `task:ID`), from which its body is rendered anew."""


class RequestStore(Protocol):
    """Keeps the first answer under each key."""

    async def get(self, owner: OwnerId, key: RequestKey) -> RequestRecord | None:
        """The first answer under this key, or None."""
        ...

    async def add(self, record: RequestRecord) -> RequestRecord:
        """Keep the first answer under its key, and answer the one that is kept: this one, or the
        one that was there before. Two at once: the second waits for the first's unit to end."""
        ...
