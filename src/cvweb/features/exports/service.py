"""Asking for an export, and getting it again."""

from __future__ import annotations

from typing import Any

import msgspec

from cvcore.errors import NotFound
from cvcore.ids import CvId, OfferId, OwnerId, RequestKey
from cvcore.runs import Runs, Started
from cvcore.unit import Begin
from cvcore.versions import Versions
from cvweb.features.exports.wire import ExportBody
from cvweb.ports import ExportRecord, Unit, WriteCvFile

EXPORT = "export"
FEATURE = "export_cv"


class ExportDesk:
    """Takes orders for exports and hands them out again, which is free."""

    def __init__(
        self, *, begin: Begin[Unit], runs: Runs, versions: Versions, write_cv_file: WriteCvFile
    ) -> None:
        self._begin = begin
        self._runs = runs
        self._versions = versions
        self._write_cv_file = write_cv_file

    async def request(
        self, owner: OwnerId, cv: CvId, body: ExportBody, *, key: RequestKey, fingerprint: str
    ) -> Started:
        """Start the task that makes the file, of the version as it is at this moment.

        Raises:
            NotFound: the owner has no such CV, version or offer.
            Refusal: no such template or option.
        """
        self._write_cv_file.check(body.format, template=body.template, options=body.options)
        kept = await self._versions.get(owner, cv)
        number = kept.record.version if body.version is None else body.version
        if body.version is not None:
            await self._versions.content(owner, cv, number)
        if body.offer_id is not None:
            async with self._begin() as unit:
                if await unit.offers.get(owner, OfferId(body.offer_id)) is None:
                    raise NotFound("offer", body.offer_id)
        payload: dict[str, Any] = {
            **msgspec.to_builtins(body),
            "cv": cv,
            "version": number,
            "filename": kept.record.filename,
        }
        return await self._runs.start(
            owner,
            feature=FEATURE,
            type=EXPORT,
            title=f"Export {kept.record.filename} as {body.format.upper()}",
            payload=payload,
            key=key,
            fingerprint=fingerprint,
        )

    async def read(self, owner: OwnerId, id: str) -> ExportRecord:
        """The owner's export.

        Raises:
            NotFound: the owner has none of this id.
        """
        async with self._begin() as unit:
            export = await unit.exports.get(owner, id)
        if export is None:
            raise NotFound("export", id)
        return export

    async def data(self, owner: OwnerId, id: str) -> tuple[ExportRecord, bytes]:
        """The owner's export and its bytes, the same for ever.

        Raises:
            NotFound: the owner has none of this id.
        """
        async with self._begin() as unit:
            export = await unit.exports.get(owner, id)
            data = None if export is None else await unit.files.data(owner, export.file)
        if export is None or data is None:
            raise NotFound("export", id)
        return export, data
