"""What charging needs of a transaction: the ledger's and the plans' slices."""

from __future__ import annotations

from typing import Protocol

from cvcore.ledger.ports import LedgerUnit
from cvcore.plans.ports import PlansUnit


class ChargingUnit(LedgerUnit, PlansUnit, Protocol):
    """The ledger and the plans, within one transaction."""
