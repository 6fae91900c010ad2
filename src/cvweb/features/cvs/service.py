"""Bringing a CV: typed (at once) or as a file (a task)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from cvcore.clock import Clock
from cvcore.cv import from_json_resume
from cvcore.cv.model import Cv
from cvcore.ids import CvId, NewId, OwnerId, RequestKey, derived_id
from cvcore.runs import Runs, Started
from cvcore.unit import Begin
from cvcore.versions import KeptCv, Versions
from cvcore.versions.ports import CvRecord
from cvweb.features.cvs.wire import CvBody
from cvweb.http.errors import FieldProblem, InvalidRequest
from cvweb.http.keys import file_digest
from cvweb.http.tasks import in_unit
from cvweb.http.uploads import FILE_NAME_CHARACTERS_MAX, Upload, safe_name
from cvweb.ports import StoredFile, Unit

IMPORT = "import_cv"
TYPED = "create_cv_manual"
EDIT = "edit_cv"


class CvDesk:
    """Takes CVs in."""

    def __init__(
        self,
        *,
        begin: Begin[Unit],
        clock: Clock,
        new_id: NewId,
        runs: Runs,
        versions: Versions,
    ) -> None:
        self._begin = begin
        self._clock = clock
        self._new_id = new_id
        self._runs = runs
        self._versions = versions

    def read(self, body: CvBody) -> Cv:
        """The document of a typed CV.

        Raises:
            InvalidRequest: the name is empty or too long.
            InvalidCv: the content is no JSON Resume; every problem named.
        """
        if not 1 <= len(body.filename.strip()) <= FILE_NAME_CHARACTERS_MAX:
            message = f"must have 1 to {FILE_NAME_CHARACTERS_MAX} characters"
            raise InvalidRequest([FieldProblem("filename", message)])
        return from_json_resume(body.content)

    async def create_within(
        self, unit: Unit, owner: OwnerId, *, filename: str, cv: Cv, key: RequestKey
    ) -> CvRecord:
        """Keep a typed CV as its first version, charged by what `create_cv_manual` costs.

        Raises:
            FeatureRefused: nobody pays; `reason` says why.
        """
        name = derived_id("typed cv", owner, key)
        until = self._clock() + timedelta(minutes=1)
        charging = self._runs.charging
        paid = await charging.pay_within(
            unit, owner, TYPED, key=RequestKey(f"{name}:hold"), hold_until=until
        )
        await charging.settle_within(unit, paid, key=RequestKey(f"{name}:settle"))
        return await self._versions.create_within(
            unit,
            owner,
            filename=safe_name(filename),
            cv=cv,
            author="person",
            reason="typed",
            source_type="manual",
        )

    async def edit(self, owner: OwnerId, cv: CvId, patch: Sequence[Any], *, seen: int) -> KeptCv:
        """Change a CV by JSON Patch, charged by what `edit_cv` costs; what is refused is free.

        Raises:
            FeatureRefused: nobody pays; `reason` says why.
            NotFound, CvBlocked, StaleVersion, InvalidPatch, InvalidCv: as `Versions.edit`.
        """
        charging, name = self._runs.charging, self._new_id()
        until = self._clock() + timedelta(minutes=1)
        async with self._begin() as unit:
            paid = await charging.pay_within(
                unit, owner, EDIT, key=RequestKey(f"edit:{name}:hold"), hold_until=until
            )
        try:
            kept = await self._versions.edit(owner, cv, patch, seen=seen)
        except BaseException:
            async with self._begin() as unit:
                key = RequestKey(f"edit:{name}:release")
                await charging.undo_within(unit, owner, EDIT, paid, key=key)
            raise
        if paid.by == "credits":
            async with self._begin() as unit:
                await charging.settle_within(unit, paid, key=RequestKey(f"edit:{name}:settle"))
        return kept

    async def request_import(
        self, owner: OwnerId, upload: Upload, *, key: RequestKey, fingerprint: str
    ) -> Started:
        """Keep the file and start the task that reads it, together or not at all.

        A JSON file costs what typing it would; every other file costs an import. The task reads
        no other kind of file than was paid for.
        """
        is_json = _is_json(upload.data)
        file = StoredFile(
            id=self._new_id(),
            owner=owner,
            name=upload.name,
            media_type="application/octet-stream",
            sha256=file_digest(upload.data),
            size_bytes=len(upload.data),
            created_at=self._clock(),
        )

        async def start(unit: Unit) -> Started:
            started = await self._runs.start_within(
                unit,
                owner,
                feature=TYPED if is_json else "import_pdf",
                type=IMPORT,
                title=f"Read {upload.name}",
                payload={"file": file.id, "name": upload.name},
                key=key,
                fingerprint=fingerprint,
            )
            if not started.replayed:
                await unit.files.add(file, upload.data)
            return started

        return await in_unit(self._begin, start)


def _is_json(data: bytes) -> bool:
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not text.startswith(b"{"):
        return False
    try:
        msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
