"""Credits: grants, holds, spends, refunds, clawbacks, expiry; one exact history per owner.

`Ledger` is the service; `decide` and `evolve` are the rules it follows, usable on their own.
"""

from cvcore.ledger.audit import Difference, verify
from cvcore.ledger.commands import (
    Booked,
    ClawBack,
    Command,
    Decision,
    Grant,
    Known,
    PlaceHold,
    Refund,
    Refused,
    Release,
    Replayed,
    Settle,
    Spend,
)
from cvcore.ledger.errors import (
    HoldClosed,
    InDebt,
    InsufficientCredits,
    KeyReused,
    RefundExceedsSpend,
    SettleExceedsHold,
    StaleSequence,
)
from cvcore.ledger.model import (
    About,
    Account,
    Entry,
    GrantKind,
    Hold,
    Lot,
    Policy,
    Totals,
    Write,
    entry_id,
)
from cvcore.ledger.rules import decide, due, evolve, fingerprint, settled
from cvcore.ledger.service import Ledger, LedgerWithin

__all__ = [
    "About",
    "Account",
    "Booked",
    "ClawBack",
    "Command",
    "Decision",
    "Difference",
    "Entry",
    "Grant",
    "GrantKind",
    "Hold",
    "HoldClosed",
    "InDebt",
    "InsufficientCredits",
    "KeyReused",
    "Known",
    "Ledger",
    "LedgerWithin",
    "Lot",
    "PlaceHold",
    "Policy",
    "Refund",
    "RefundExceedsSpend",
    "Refused",
    "Release",
    "Replayed",
    "Settle",
    "SettleExceedsHold",
    "Spend",
    "StaleSequence",
    "Totals",
    "Write",
    "decide",
    "due",
    "entry_id",
    "evolve",
    "fingerprint",
    "settled",
    "verify",
]
