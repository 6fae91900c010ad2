"""`/credits`."""

from __future__ import annotations

from litestar import get
from litestar.params import FromQuery
from litestar.types import ControllerRouterHandler

from cvcore.ids import OwnerId
from cvweb.features.credits.service import CreditDesk
from cvweb.features.credits.wire import AccountView, QuoteView, TransactionView
from cvweb.http.errors import InvalidCursor
from cvweb.http.given import Given
from cvweb.http.paging import Asked, Page, page_of


@get("/credits")
async def show_credits(credit_desk: Given[CreditDesk], owner: Given[OwnerId]) -> AccountView:
    """One's credits, in the order in which they will be used."""
    return AccountView.of(await credit_desk.account(owner))


@get("/credits/transactions")
async def list_transactions(
    credit_desk: Given[CreditDesk], owner: Given[OwnerId], asked: Given[Asked]
) -> Page[TransactionView]:
    """Everything that happened to one's credits, newest first."""
    before = None if asked.after is None else entry_number(asked.after)
    found = await credit_desk.transactions(owner, limit=asked.limit + 1, before=before)
    return page_of(found, asked, name=lambda row: str(row[0]), view=lambda row: row[1])


@get("/credits/quote")
async def quote(
    feature: FromQuery[str], credit_desk: Given[CreditDesk], owner: Given[OwnerId]
) -> QuoteView:
    """What the next use of a feature would cost, and who would pay."""
    return await credit_desk.quote(owner, feature)


def entry_number(cursor: str) -> int:
    """The number of an entry in a cursor.

    Raises:
        InvalidCursor: there is none in it.
    """
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18):
        raise InvalidCursor
    return int(cursor)


ROUTES: list[ControllerRouterHandler] = [show_credits, list_transactions, quote]
