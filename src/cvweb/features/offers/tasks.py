"""The work behind an offer that was brought: from an address, a text or a file to the offer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from cvcore.clock import Clock
from cvcore.errors import NotFound, Refusal
from cvcore.ids import NewId, OfferId
from cvcore.offers.errors import NotAnOffer
from cvcore.offers.model import Offer, OfferReading
from cvcore.offers.ports import OfferRecord
from cvcore.runs import Runs
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvweb.features.offers.errors import OfferUnreadable
from cvweb.ports import FetchPage, ReadOfferFile, Unit

STEPS = 3
PASTED = "pasted.txt"
SAID_BEFORE = "this is no job offer: "


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
    def new_id(self) -> NewId:
        """Makes ids."""
        ...

    @property
    def runs(self) -> Runs:
        """Runs, to tell how it goes and to end one."""
        ...

    @property
    def fetch_page(self) -> FetchPage:
        """The guarded fetcher."""
        ...

    @property
    def read_offer_file(self) -> ReadOfferFile:
        """The reader of offers."""
        ...


async def read_offer(task: Task, work: Work) -> None:
    """Read the offer and keep it; the same text read before is answered with the offer it made.

    A closed offer is kept as closed: a person may want to compare it all the same.

    Raises:
        Refusal: the address is none we fetch, or what is there is no offer.
        Unavailable: the page does not answer now.
    """
    try:
        reading = await _reading(task, work)
        offer = _offer(reading)
    except Refusal:
        await _forget_file(task, work)
        raise
    await work.runs.progress(task.id, 2, STEPS, "keeping the offer", attempt=task.attempt)
    await _keep(task, work, offer, reading)


async def _reading(task: Task, work: Work) -> OfferReading:
    payload = task.payload
    if "url" in payload:
        await work.runs.progress(task.id, 0, STEPS, "fetching the page", attempt=task.attempt)
        page = await work.fetch_page(str(payload["url"]))
        await work.runs.progress(task.id, 1, STEPS, "reading the page", attempt=task.attempt)
        name = _page_name(page.content_type)
        return await work.read_offer_file(name, page.body, url=page.url, charset=page.charset)
    if "text" in payload:
        await work.runs.progress(task.id, 1, STEPS, "reading the text", attempt=task.attempt)
        return await work.read_offer_file(PASTED, str(payload["text"]).encode())
    async with work.begin() as unit:
        data = await unit.files.data(task.owner, str(payload["file"]))
    if data is None:
        raise NotFound("uploaded file", str(payload["file"]))
    await work.runs.progress(task.id, 1, STEPS, "reading the file", attempt=task.attempt)
    return await work.read_offer_file(str(payload["name"]), data)


def _offer(reading: OfferReading) -> Offer:
    if reading.status == "unreadable":
        raise OfferUnreadable
    if reading.offer is None:
        raise NotAnOffer(why=_why(reading))
    return reading.offer


def _why(reading: OfferReading) -> str:
    """Why the reader took it for no offer, without the sentence that the refusal says itself."""
    for finding in reading.findings:
        if finding.code == "not_an_offer":
            return finding.detail.removeprefix(SAID_BEFORE).partition("; paste")[0]
    return "the page holds none (a list of offers, an article, another page)"


async def _keep(task: Task, work: Work, offer: Offer, reading: OfferReading) -> None:
    source = offer.source
    now = work.clock()
    async with work.begin() as unit:
        record = await unit.offers.by_source(
            task.owner, kind=source.kind, value=source.value, content_hash=source.content_hash
        )
        if record is None:
            record = OfferRecord(
                id=OfferId(work.new_id()),
                owner=task.owner,
                offer=offer,
                findings=reading.findings,
                created_at=now,
                updated_at=now,
            )
            await unit.offers.add(record)
        if "file" in task.payload:
            await unit.files.remove(task.owner, str(task.payload["file"]))
        result = {
            "offerId": record.id,
            "title": record.offer.title,
            "status": record.offer.status,
            "location": f"/api/v1/offers/{record.id}",
        }
        await work.runs.complete_within(unit, task.id, result, attempt=task.attempt)


async def _forget_file(task: Task, work: Work) -> None:
    if "file" in task.payload:
        async with work.begin() as unit:
            await unit.files.remove(task.owner, str(task.payload["file"]))


def _page_name(content_type: str) -> str:
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    return {"application/pdf": "page.pdf", "text/plain": "page.txt"}.get(kind, "page.html")


HANDLERS: Mapping[str, Callable[[Task, Work], Awaitable[None]]] = {"read_offer": read_offer}
