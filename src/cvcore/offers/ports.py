"""What offers need of a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from cvcore.ids import OfferId, OwnerId
from cvcore.offers.model import Finding, Offer


class OfferRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An offer as somebody keeps it. `version` counts corrections from 1."""

    id: OfferId
    owner: OwnerId
    offer: Offer
    created_at: datetime
    updated_at: datetime
    findings: tuple[Finding, ...] = ()
    version: int = 1


class OfferStore(Protocol):
    """Keeps offers, each under its owner. Prove yours with `OfferContract`."""

    async def add(self, record: OfferRecord) -> None:
        """Keep a new offer."""
        ...

    async def get(self, owner: OwnerId, id: OfferId) -> OfferRecord | None:
        """The owner's offer; None where there is none, or it is somebody else's."""
        ...

    async def by_source(
        self, owner: OwnerId, *, kind: str, value: str | None, content_hash: str
    ) -> OfferRecord | None:
        """The owner's offer read from this very text (equal hash), or None."""
        ...

    async def page(
        self, owner: OwnerId, *, limit: int, before: OfferId | None
    ) -> Sequence[OfferRecord]:
        """The owner's offers, newest first, those after `before` in that order."""
        ...

    async def update(self, record: OfferRecord) -> None:
        """Write `record` over the one with its id whose `version` is one less.

        Raises:
            StaleOffer: somebody else wrote first.
        """
        ...

    async def remove(self, owner: OwnerId, id: OfferId) -> bool:
        """Remove the owner's offer; False where there was none."""
        ...
