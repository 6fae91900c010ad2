"""The work behind an upload: from a file to the first version of a CV."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

import msgspec

from cvcore.errors import NotFound, Refusal
from cvcore.runs import Runs
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvcore.versions import FilenameTaken, Versions
from cvweb.features.cvs.service import TYPED
from cvweb.ports import CvFileReading, ReadCvFile, Unit

STEPS = 3
NAME_ATTEMPTS_MAX = 5


class FileAmbiguous(Refusal):
    """The file is JSON, which is free, and something else at once."""

    code = "file_ambiguous"

    def __init__(self, *, found: str) -> None:
        super().__init__(
            f"the file can be read as JSON and as {found.upper()} at once; "
            "save it as one of them and send it again"
        )
        self.found = found


class Work(Protocol):
    """What this room's work needs."""

    @property
    def begin(self) -> Begin[Unit]:
        """Begins a unit."""
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
    def read_cv_file(self) -> ReadCvFile:
        """The reader of files."""
        ...


async def import_cv(task: Task, work: Work) -> None:
    """Read the uploaded file and keep it as a CV; a file that cannot be read leaves nothing.

    Raises:
        Refusal: the file is none we can read, or no CV.
    """
    name, file = str(task.payload["name"]), str(task.payload["file"])
    async with work.begin() as unit:
        data = await unit.files.data(task.owner, file)
    if data is None:
        raise NotFound("uploaded file", file)
    await work.runs.progress(task.id, 0, STEPS, "reading the file", attempt=task.attempt)
    try:
        reading = await work.read_cv_file(name, data)
        if task.feature == TYPED and reading.kind != "json":
            raise FileAmbiguous(found=reading.kind)
    except Refusal:
        async with work.begin() as unit:
            await unit.files.remove(task.owner, file)
        raise
    await work.runs.progress(task.id, 2, STEPS, "keeping the CV", attempt=task.attempt)
    for attempt in range(NAME_ATTEMPTS_MAX):
        try:
            await _keep(task, work, name, file, reading)
        except FilenameTaken:
            if attempt == NAME_ATTEMPTS_MAX - 1:
                raise
        else:
            return


async def _keep(task: Task, work: Work, name: str, file: str, reading: CvFileReading) -> None:
    async with work.begin() as unit:
        record = await work.versions.create_within(
            unit,
            task.owner,
            filename=name,
            cv=reading.cv,
            author="import",
            reason=f"imported from {name}",
            source_type=reading.kind,
            source_value=name,
        )
        await unit.files.remove(task.owner, file)
        result = {
            "cvId": record.id,
            "filename": record.filename,
            "version": record.version,
            "location": f"/api/v1/cvs/{record.id}",
            "findings": msgspec.to_builtins(reading.findings),
        }
        await work.runs.complete_within(unit, task.id, result, attempt=task.attempt)


HANDLERS: Mapping[str, Callable[[Task, Work], Awaitable[None]]] = {"import_cv": import_cv}
