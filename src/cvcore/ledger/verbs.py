"""The verbs of a ledger, said once for both ways in: on its own, and within a caller's unit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

from cvcore.clock import aware
from cvcore.errors import NotFound
from cvcore.ids import EntryId, HoldId, OwnerId, RequestKey
from cvcore.ledger.commands import (
    ClawBack,
    Command,
    Grant,
    PlaceHold,
    Refund,
    Release,
    Settle,
    Spend,
)
from cvcore.ledger.model import About, Entry, GrantKind, Hold
from cvcore.money import Credits

_ABOUT = About()


class Verbs(ABC):
    """What can be done to credits. Every verb takes a key: the same key again answers as the first
    time and does nothing; the same key for something else is `KeyReused`. Refusals are not kept:
    the same key may succeed later. Amounts are whole credits, at least 1 unless said otherwise."""

    async def grant(
        self,
        owner: OwnerId,
        amount: Credits,
        *,
        kind: GrantKind,
        key: RequestKey,
        priority: int = 0,
        expires_at: datetime | None = None,
        source: str | None = None,
        about: About = _ABOUT,
    ) -> Entry:
        """Credits given as one lot. Lower `priority` burns first, then what expires soonest, then
        gifts before purchases, then the oldest. `source` names the payment of a purchase."""
        end = None if expires_at is None else aware(expires_at)
        command = Grant(
            owner=owner,
            key=key,
            about=about,
            amount=amount,
            kind=kind,
            priority=priority,
            expires_at=end,
            source=source,
        )
        return await self._carry_out(command)

    async def spend(
        self, owner: OwnerId, amount: Credits, *, key: RequestKey, about: About = _ABOUT
    ) -> Entry:
        """Credits used up at once.

        Raises:
            InDebt: a payment was taken back and is not made good.
            InsufficientCredits: `amount` exceeds what is neither spent nor held.
        """
        return await self._carry_out(Spend(owner=owner, key=key, about=about, amount=amount))

    async def hold(
        self,
        owner: OwnerId,
        amount: Credits,
        *,
        key: RequestKey,
        expires_at: datetime,
        about: About = _ABOUT,
    ) -> Hold:
        """Credits set aside for work not done yet: not spendable, not spent.

        Past `expires_at` (aware) the hold counts as released, whether or not anybody released it.
        With a key used before, the hold as it was placed then.

        Raises:
            InDebt, InsufficientCredits: as for a spend.
        """
        command = PlaceHold(
            owner=owner, key=key, about=about, amount=amount, expires_at=aware(expires_at)
        )
        entry = await self._carry_out(command)
        assert entry.hold is not None, "the entry of a hold carries it"  # noqa: S101 - cannot be
        return entry.hold

    async def settle(
        self,
        hold: HoldId,
        amount: Credits | None = None,
        *,
        key: RequestKey,
        about: About = _ABOUT,
    ) -> Entry:
        """The work was done: `amount` (0 upwards; None: all) of the hold is used up, the rest goes
        back. Of a hold that has lapsed, what is available is used up, `amount` at most.

        Raises:
            NotFound: no such hold.
            HoldClosed: it was settled or released before.
            SettleExceedsHold: it is smaller than `amount`.
        """
        origin = await self._origin("hold", EntryId(hold))
        return await self._carry_out(
            Settle(owner=origin.owner, key=key, about=about, hold=hold, amount=amount)
        )

    async def release(self, hold: HoldId, *, key: RequestKey, about: About = _ABOUT) -> Entry:
        """The work was not done: all of the hold goes back to the lots it came from.

        Raises:
            NotFound: no such hold.
            HoldClosed: it was settled or released before.
        """
        origin = await self._origin("hold", EntryId(hold))
        return await self._carry_out(Release(owner=origin.owner, key=key, about=about, hold=hold))

    async def refund(
        self,
        entry: EntryId,
        amount: Credits | None = None,
        *,
        key: RequestKey,
        about: About = _ABOUT,
    ) -> Entry:
        """`amount` (None: all that is left) of a spend or settle goes back to the lots it came
        from, what burnt last first; where a lot has expired meanwhile, as a lot of its own for the
        days of grace.

        Raises:
            NotFound: no such spend or settle.
            RefundExceedsSpend: less is left to refund, or nothing.
        """
        origin = await self._origin("spend", entry)
        return await self._carry_out(
            Refund(owner=origin.owner, key=key, about=about, entry=entry, amount=amount)
        )

    async def claw_back(
        self,
        owner: OwnerId,
        source: str,
        total: Credits,
        *,
        key: RequestKey,
        about: About = _ABOUT,
    ) -> Entry:
        """Payment `source` was taken back, `total` credits of it in all until now: what is not yet
        clawed back is taken, from its own lots first, never from holds; what is not there becomes a
        debt that the next purchase, release or refund repays.

        Raises:
            NotFound: nothing was granted to the owner for this payment.
        """
        return await self._carry_out(
            ClawBack(owner=owner, key=key, about=about, source=source, total=total)
        )

    async def _origin(self, kind: str, id: EntryId) -> Entry:
        entry = await self._find(id)
        if entry is None:
            raise NotFound(kind, id)
        return entry

    @abstractmethod
    async def _carry_out(self, command: Command) -> Entry: ...

    @abstractmethod
    async def _find(self, id: EntryId) -> Entry | None: ...
