"""The work behind an export: one version into one file, kept as it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

import msgspec

from cvcore.clock import Clock
from cvcore.ids import CvId, OfferId, derived_id
from cvcore.runs import Runs
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvcore.versions import Versions
from cvweb.ports import ExportRecord, MadeFile, StoredFile, Unit, WriteCvFile

STEPS = 2


class Work(Protocol):
    """What this room's work needs."""

    @property
    def begin(self) -> Begin[Unit]:
        """Begins a unit."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    @property
    def runs(self) -> Runs:
        """Runs, to tell how it goes and to end one."""
        ...

    @property
    def versions(self) -> Versions:
        """The history of CVs."""
        ...

    @property
    def write_cv_file(self) -> WriteCvFile:
        """The maker of files."""
        ...


async def export(task: Task, work: Work) -> None:
    """Make the file and keep it with its hash.

    Raises:
        Refusal: no such template or option.
    """
    payload = task.payload
    cv_id, number = CvId(str(payload["cv"])), int(payload["version"])
    cv = await work.versions.content(task.owner, cv_id, number)
    await work.runs.progress(task.id, 0, STEPS, "making the file", attempt=task.attempt)
    made = await work.write_cv_file(
        cv,
        str(payload["format"]),
        template=payload.get("template"),
        options=payload.get("options") or {},
    )
    await work.runs.progress(task.id, 1, STEPS, "keeping the file", attempt=task.attempt)
    record, file = _records(task, work, made)
    async with work.begin() as unit:
        await unit.files.add(file, made.data)
        await unit.exports.add(record)
        result = _result(record)
        await work.runs.complete_within(unit, task.id, result, attempt=task.attempt)


def _records(task: Task, work: Work, made: MadeFile) -> tuple[ExportRecord, StoredFile]:
    payload, now = task.payload, work.clock()
    offer = payload.get("offerId")
    file = StoredFile(
        id=derived_id("export file", task.id),
        owner=task.owner,
        name=made.name,
        media_type=made.media_type,
        sha256=hashlib.sha256(made.data).hexdigest(),
        size_bytes=len(made.data),
        created_at=now,
    )
    record = ExportRecord(
        id=derived_id("export", task.id),
        owner=task.owner,
        cv=CvId(str(payload["cv"])),
        version=int(payload["version"]),
        format=str(payload["format"]),
        file=file.id,
        file_name=made.name,
        sha256=file.sha256,
        media_type=made.media_type,
        size_bytes=file.size_bytes,
        created_at=now,
        offer=None if offer is None else OfferId(str(offer)),
        template=payload.get("template"),
        options=dict(payload.get("options") or {}),
        findings=made.findings,
        task=task.id,
    )
    return record, file


def _result(record: ExportRecord) -> dict[str, Any]:
    return {
        "exportId": record.id,
        "sha256": record.sha256,
        "location": f"/api/v1/exports/{record.id}",
        "file": f"/api/v1/exports/{record.id}/file",
        "findings": msgspec.to_builtins(record.findings),
    }


HANDLERS: Mapping[str, Callable[[Task, Work], Awaitable[None]]] = {"export": export}
