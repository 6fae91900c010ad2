"""Every socket of this library: what an integrator implements, room by room.

Prove an implementation with the contracts in `cvcore.testing.contracts`.
"""

from cvcore.ledger.ports import LedgerStore, LedgerUnit
from cvcore.offers.ports import OfferRecord, OfferStore
from cvcore.plans.ports import PlanStore, PlansUnit
from cvcore.scoring.ports import Matcher, ScoreRecord, ScoreStore
from cvcore.tailoring.ports import Writer
from cvcore.tasks.ports import TaskStore
from cvcore.unit import Begin
from cvcore.versions.ports import (
    CvRecord,
    CvStore,
    ProposalStore,
    StoredProposal,
    TrashStore,
    VersionStore,
)

__all__ = [
    "Begin",
    "CvRecord",
    "CvStore",
    "LedgerStore",
    "LedgerUnit",
    "Matcher",
    "OfferRecord",
    "OfferStore",
    "PlanStore",
    "PlansUnit",
    "ProposalStore",
    "ScoreRecord",
    "ScoreStore",
    "StoredProposal",
    "TaskStore",
    "TrashStore",
    "VersionStore",
    "Writer",
]
