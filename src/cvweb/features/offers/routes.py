"""`/offers`."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from cvcore.ids import OfferId, OwnerId
from cvcore.runs import Started
from cvcore.tasks.model import Task
from cvcore.unit import Begin
from cvweb.features.offers.service import OfferDesk
from cvweb.features.offers.wire import OfferBody, OfferCorrection, OfferSummary, OfferView
from cvweb.http.given import Given, IfMatch, KeyHeader, Prefer
from cvweb.http.keys import fingerprint, key_or_new
from cvweb.http.once import Asking
from cvweb.http.paging import Asked, Page, page_of
from cvweb.http.preconditions import etag_of, version_wanted
from cvweb.http.prefer import wait_seconds
from cvweb.http.rates import RateLimiter
from cvweb.http.schema import OfferOperation, replay_headers, starts_a_task
from cvweb.http.tasks import TaskAnswers, located
from cvweb.http.uploads import Upload, upload_or_json
from cvweb.ports import Unit

AnyRequest = Request[Any, Any, Any]


@get("/offers")
async def list_offers(
    begin: Given[Begin[Unit]], owner: Given[OwnerId], asked: Given[Asked]
) -> Page[OfferSummary]:
    """One's offers, newest first."""
    before = None if asked.after is None else OfferId(asked.after)
    async with begin() as unit:
        found = await unit.offers.page(owner, limit=asked.limit + 1, before=before)
    return page_of(found, asked, name=lambda record: record.id, view=OfferSummary.of)


@post(
    "/offers",
    operation_class=OfferOperation,
    responses=starts_a_task(OfferView, "the offer"),
    response_headers=replay_headers(),
)
async def bring_offer(
    *,
    request: AnyRequest,
    offer_desk: Given[OfferDesk],
    task_answers: Given[TaskAnswers],
    limiter: Given[RateLimiter],
    owner: Given[OwnerId],
    key: KeyHeader = None,
    prefer: Prefer = None,
) -> Response[Any]:
    """Bring an offer, `{url}`, `{text}` or a file: a task reads it (202). It is free."""
    brought = await upload_or_json(request, OfferBody)
    is_fetched = isinstance(brought, OfferBody) and brought.url is not None
    limiter.take("fetch" if is_fetched else "upload", owner)
    content = brought.digest() if isinstance(brought, Upload) else msgspec.to_builtins(brought)
    asking = Asking(
        owner=owner,
        key=key_or_new(key),
        fingerprint=fingerprint("POST", request.url.path, content),
    )

    async def start() -> Started:
        return await offer_desk.request_reading(
            owner, brought, key=asking.key, fingerprint=asking.fingerprint
        )

    async def show(task: Task) -> OfferView:
        id = OfferId(str((task.result or {}).get("offerId")))
        return OfferView.whole(await offer_desk.read(owner, id))

    response = await task_answers.start(
        asking, start, wait_seconds=wait_seconds(prefer), locate=located, show=show
    )
    if isinstance(response.content, OfferView):
        response.set_header("ETag", etag_of(response.content.version))
    return response


@get("/offers/{id:str}")
async def read_offer(
    id: FromPath[str], offer_desk: Given[OfferDesk], owner: Given[OwnerId]
) -> Response[OfferView]:
    """An offer as read and corrected."""
    record = await offer_desk.read(owner, OfferId(id))
    return Response(OfferView.whole(record), headers={"ETag": etag_of(record.version)})


@patch("/offers/{id:str}")
async def correct_offer(
    id: FromPath[str],
    data: JSONBody[OfferCorrection],
    offer_desk: Given[OfferDesk],
    owner: Given[OwnerId],
    if_match: IfMatch = None,
) -> Response[OfferView]:
    """Correct an offer; what is left out stays. With `If-Match`, 412 when that is stale."""
    seen = None if if_match is None else version_wanted(if_match)
    record = await offer_desk.correct(owner, OfferId(id), data, seen=seen)
    return Response(OfferView.whole(record), headers={"ETag": etag_of(record.version)})


@delete("/offers/{id:str}")
async def remove_offer(
    id: FromPath[str], offer_desk: Given[OfferDesk], owner: Given[OwnerId]
) -> None:
    """Remove an offer."""
    await offer_desk.remove(owner, OfferId(id))


ROUTES: list[ControllerRouterHandler] = [
    list_offers,
    bring_offer,
    read_offer,
    correct_offer,
    remove_offer,
]
