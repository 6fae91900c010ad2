"""What runs need of a transaction: the ledger's, the plans' and the tasks' slices."""

from __future__ import annotations

from typing import Protocol

from cvcore.ledger.ports import LedgerUnit
from cvcore.plans.ports import PlansUnit
from cvcore.tasks.ports import TasksUnit


class RunUnit(LedgerUnit, PlansUnit, TasksUnit, Protocol):
    """The ledger, the plans and the tasks, within one transaction."""
