"""Bringing an offer: its address, its text or its file; a person's corrections."""

from __future__ import annotations

from typing import Any

import msgspec

from cvcore.clock import Clock
from cvcore.errors import NotFound
from cvcore.ids import NewId, OfferId, OwnerId, RequestKey
from cvcore.money import Credits
from cvcore.offers.errors import StaleOffer
from cvcore.offers.ports import OfferRecord
from cvcore.runs import Runs, Started
from cvcore.unit import Begin
from cvweb.features.offers.wire import OfferBody, OfferCorrection
from cvweb.http.keys import file_digest
from cvweb.http.tasks import in_unit
from cvweb.http.uploads import Upload
from cvweb.ports import FetchPage, StoredFile, Unit

READ = "read_offer"
FEATURE = "extract_job_offer"
TITLE_CHARACTERS_MAX = 80


class OfferDesk:
    """Takes offers in and keeps what a person corrects."""

    def __init__(
        self,
        *,
        begin: Begin[Unit],
        clock: Clock,
        new_id: NewId,
        runs: Runs,
        fetch_page: FetchPage,
    ) -> None:
        self._begin = begin
        self._clock = clock
        self._new_id = new_id
        self._runs = runs
        self._fetch_page = fetch_page

    async def request_reading(
        self, owner: OwnerId, brought: OfferBody | Upload, *, key: RequestKey, fingerprint: str
    ) -> Started:
        """Start the task that reads the offer. It is free.

        Raises:
            InvalidRequest: neither address nor text is given, or both.
            Refusal: the address is none we fetch, as far as it shows by itself.
        """
        file = None
        if isinstance(brought, Upload):
            file = self._file(owner, brought)
            payload: dict[str, Any] = {"file": file.id, "name": brought.name}
            title = f"Read {brought.name}"
        else:
            brought.check()
            payload, title = self._given(brought)

        async def start(unit: Unit) -> Started:
            started = await self._runs.start_within(
                unit,
                owner,
                feature=FEATURE,
                type=READ,
                title=title[:TITLE_CHARACTERS_MAX],
                payload=payload,
                key=key,
                fingerprint=fingerprint,
                cost=Credits(0),
            )
            if file is not None and isinstance(brought, Upload) and not started.replayed:
                await unit.files.add(file, brought.data)
            return started

        return await in_unit(self._begin, start)

    async def read(self, owner: OwnerId, id: OfferId) -> OfferRecord:
        """The owner's offer.

        Raises:
            NotFound: the owner has none of this id.
        """
        async with self._begin() as unit:
            record = await unit.offers.get(owner, id)
        if record is None:
            raise NotFound("offer", id)
        return record

    async def correct(
        self, owner: OwnerId, id: OfferId, correction: OfferCorrection, *, seen: int | None
    ) -> OfferRecord:
        """Keep what a person corrects; every later score uses it.

        Raises:
            NotFound: the owner has none of this id.
            StaleOffer: somebody else corrected it since version `seen`.
        """
        async with self._begin() as unit:
            record = await unit.offers.get(owner, id)
            if record is None:
                raise NotFound("offer", id)
            if seen is not None and record.version != seen:
                raise StaleOffer(id=id)
            offer = correction.onto(record.offer)
            if offer == record.offer:
                return record
            record = msgspec.structs.replace(
                record, offer=offer, version=record.version + 1, updated_at=self._clock()
            )
            await unit.offers.update(record)
        return record

    async def remove(self, owner: OwnerId, id: OfferId) -> None:
        """Remove an offer; scores and exports made for it stay.

        Raises:
            NotFound: the owner has none of this id.
        """
        async with self._begin() as unit:
            if not await unit.offers.remove(owner, id):
                raise NotFound("offer", id)

    def _given(self, body: OfferBody) -> tuple[dict[str, Any], str]:
        if body.url is not None:
            url = body.url.strip()
            self._fetch_page.check(url)
            return {"url": url}, f"Read {url}"
        return {"text": body.text or ""}, "Read the pasted offer"

    def _file(self, owner: OwnerId, upload: Upload) -> StoredFile:
        return StoredFile(
            id=self._new_id(),
            owner=owner,
            name=upload.name,
            media_type="application/octet-stream",
            sha256=file_digest(upload.data),
            size_bytes=len(upload.data),
            created_at=self._clock(),
        )
