"""What metering needs of a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from cvcore.ids import OwnerId
from cvcore.metering.model import DailyUse, ModelCall


class CallStore(Protocol):
    """Keeps model calls and their daily sums."""

    async def record(self, call: ModelCall) -> None:
        """Keep a call and add it to its day. The same id again changes nothing."""
        ...

    async def calls(self, owner: OwnerId, *, limit: int) -> Sequence[ModelCall]:
        """The owner's calls, newest first."""
        ...

    async def uses(self, first: date, last: date) -> Sequence[DailyUse]:
        """The sums of the days from `first` to `last`, both included."""
        ...
