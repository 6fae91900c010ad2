"""What the ledger needs of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from cvcore.ids import EntryId, OwnerId, RequestKey
from cvcore.ledger.model import Account, Entry, Write


class LedgerStore(Protocol):
    """Keeps one account row and one growing list of entries per owner.

    Prove yours with `LedgerContract`.
    """

    async def load(
        self, owners: Sequence[OwnerId], *, lock: bool = False
    ) -> Mapping[OwnerId, Account]:
        """The account of each owner; an empty one (`seq` 0) where nothing was written yet.

        With `lock`, nobody else writes these owners before this unit ends; that holds for an owner
        without entries too. Locks are taken in the order of the owners' ids.
        """
        ...

    async def by_keys(
        self, keys: Sequence[tuple[OwnerId, RequestKey]]
    ) -> Mapping[tuple[OwnerId, RequestKey], Entry]:
        """The entries under these keys; a key nobody used is left out."""
        ...

    async def get(self, id: EntryId) -> Entry | None:
        """The entry, or None."""
        ...

    async def related(self, owner: OwnerId, to: str) -> Sequence[Entry]:
        """The owner's entries whose `caused_by` or whose `source` is `to`, oldest first."""
        ...

    async def append(self, writes: Sequence[Write]) -> frozenset[OwnerId]:
        """Write each owner's entries and account, if that owner's `seq` still is `seen`.

        One write per owner at most. All of an owner's write happens or none of it. The answer names
        the owners whose write did not happen, because the account has moved on or one of the keys
        is taken; the others' did. Never raises for those.
        """
        ...

    async def page(
        self,
        owner: OwnerId,
        *,
        limit: int,
        above: int = 0,
        below: int | None = None,
        oldest_first: bool = False,
    ) -> Sequence[Entry]:
        """The owner's entries with `above < seq < below`, newest first unless asked otherwise."""
        ...

    async def due(self, now: datetime, *, limit: int) -> Sequence[OwnerId]:
        """Owners of whom something has ended at `now` and is not booked (`due_at <= now`)."""
        ...


class LedgerUnit(Protocol):
    """The ledger's slice of a transaction."""

    @property
    def ledger(self) -> LedgerStore:
        """The accounts and entries, within this transaction."""
        ...
