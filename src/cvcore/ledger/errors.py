"""What the ledger refuses."""

from __future__ import annotations

from cvcore.errors import Conflict, Refusal
from cvcore.ids import EntryId, HoldId, OwnerId, RequestKey
from cvcore.money import Credits


class InsufficientCredits(Refusal):
    """The account has fewer credits available than the use costs."""

    code = "insufficient_credits"

    def __init__(self, *, owner: OwnerId, needed: Credits, available: Credits) -> None:
        super().__init__(
            f"account {owner!r} has {available} credits available, {needed} needed; "
            f"grant at least {needed - available} more"
        )
        self.owner, self.needed, self.available = owner, needed, available


class InDebt(Refusal):
    """The account owes credits of a payment that was taken back."""

    code = "in_debt"

    def __init__(self, *, owner: OwnerId, debt: Credits) -> None:
        super().__init__(
            f"account {owner!r} owes {debt} credits of a payment that was taken back; "
            "a purchase repays them first"
        )
        self.owner, self.debt = owner, debt


class KeyReused(Refusal):
    """The key stands for another request already."""

    code = "key_reused"

    def __init__(self, *, owner: OwnerId, key: RequestKey) -> None:
        super().__init__(f"key {key!r} was used for another request; a new request takes a new key")
        self.owner, self.key = owner, key


class HoldClosed(Conflict):
    """The hold was settled or released before."""

    code = "hold_closed"

    def __init__(self, *, id: HoldId, by: str) -> None:
        super().__init__(f"hold {id!r} is closed by a {by} already; read that entry instead")
        self.id, self.by = id, by


class SettleExceedsHold(Refusal):
    """More is to be settled than was set aside."""

    code = "settle_exceeds_hold"

    def __init__(self, *, id: HoldId, needed: Credits, held: Credits) -> None:
        super().__init__(
            f"hold {id!r} set {held} credits aside, {needed} were to be settled; "
            f"settle {held} at most and spend the rest on its own"
        )
        self.id, self.needed, self.held = id, needed, held


class RefundExceedsSpend(Refusal):
    """More is to be refunded than is left to refund of that spend."""

    code = "refund_exceeds_spend"

    def __init__(self, *, id: EntryId, needed: Credits, left: Credits) -> None:
        super().__init__(
            f"entry {id!r} has {left} credits left to refund, {needed} were asked for; "
            f"refund {left} at most"
        )
        self.id, self.needed, self.left = id, needed, left


class StaleSequence(Conflict):
    """Somebody else wrote the account first, time after time."""

    code = "stale_sequence"

    def __init__(self, *, owner: OwnerId, seen: int) -> None:
        super().__init__(
            f"account {owner!r} has moved on from entry {seen} since it was read; try again"
        )
        self.owner, self.seen = owner, seen
