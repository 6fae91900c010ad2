"""One's credits: what is available, what things cost, and all that happened."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.types import ControllerRouterHandler

from cvcore.ids import OwnerId
from cvcore.plans import COSTS
from cvweb.features.credits.routes import entry_number
from cvweb.features.credits.service import CreditDesk
from cvweb.http.frames import Page, said
from cvweb.http.given import Given
from cvweb.http.paging import Asked, page_of
from cvweb.http.render import Frame, draw

AnyRequest = Request[Any, Any, Any]


@get("/credits")
async def show(
    request: AnyRequest,
    frame: Given[Frame],
    credit_desk: Given[CreditDesk],
    owner: OwnerId,
    asked: Given[Asked],
) -> Page:
    """What is available, the prices, and the history, newest first."""
    before = None if asked.after is None else entry_number(asked.after)
    found = await credit_desk.transactions(owner, limit=asked.limit + 1, before=before)
    shown = page_of(found, asked, name=lambda row: str(row[0]), view=lambda row: row[1])
    return draw(
        "credits/pages/show.html",
        frame,
        flash=said(frame, request),
        account=await credit_desk.account(owner),
        costs=list(COSTS.items()),
        prices=COSTS,
        entries=shown.items,
        next=shown.next,
    )


ROUTES: list[ControllerRouterHandler] = [show]
