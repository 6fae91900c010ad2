"""Looking at one's credits."""

from __future__ import annotations

from collections.abc import Sequence

from cvcore.charging.service import Charging
from cvcore.ids import OwnerId
from cvcore.ledger.model import Account, Entry
from cvcore.ledger.service import Ledger
from cvcore.unit import Begin
from cvweb.features.credits.wire import QuoteView, TransactionView
from cvweb.ports import Unit

BURNS = frozenset({"spend", "settle"})


class CreditDesk:
    """Shows credits; changes none."""

    def __init__(self, *, begin: Begin[Unit], ledger: Ledger, charging: Charging) -> None:
        self._begin = begin
        self._ledger = ledger
        self._charging = charging

    async def account(self, owner: OwnerId) -> Account:
        """Where the owner stands now."""
        return await self._ledger.account(owner)

    async def quote(self, owner: OwnerId, feature: str) -> QuoteView:
        """What the next use of the feature would cost, and who would pay.

        Raises:
            UnknownFeature: there is no such feature.
        """
        charge = await self._charging.quote(owner, feature)
        account = await self._ledger.account(owner)
        cost = self._charging.cost(feature)
        return QuoteView.of(feature, charge, cost=cost, available=account.available)

    async def transactions(
        self, owner: OwnerId, *, limit: int, before: int | None
    ) -> Sequence[tuple[int, TransactionView]]:
        """The owner's entries with their numbers, newest first, those before entry `before`."""
        entries = await self._ledger.history(owner, limit=limit, before=before)
        return [
            (entry.seq, TransactionView.of(entry, refunded=await self._refunded(entry)))
            for entry in entries
        ]

    async def _refunded(self, entry: Entry) -> int:
        if entry.kind not in BURNS:
            return 0
        async with self._begin() as unit:
            related = await unit.ledger.related(entry.owner, entry.id)
        return sum(one.amount for one in related if one.kind == "refund")
