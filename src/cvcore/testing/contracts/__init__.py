"""Contracts: the promises of every port as tests, to be run on any implementation.

Subclass one, give it a fixture `begin` that answers with the `Begin` of EMPTY stores, and run
pytest. Needs the extra `cvcore[testing]`.
"""

from cvcore.testing.contracts.contract import AllStores, Contract
from cvcore.testing.contracts.cvs import CvContract, ProposalContract
from cvcore.testing.contracts.ledger import LedgerContract
from cvcore.testing.contracts.offers import OfferContract
from cvcore.testing.contracts.plans import PlansContract
from cvcore.testing.contracts.scores import ScoreContract
from cvcore.testing.contracts.tasks import TaskContract
from cvcore.testing.contracts.trash import TrashContract
from cvcore.testing.contracts.units import UnitContract

__all__ = [
    "AllStores",
    "Contract",
    "CvContract",
    "LedgerContract",
    "OfferContract",
    "PlansContract",
    "ProposalContract",
    "ScoreContract",
    "TaskContract",
    "TrashContract",
    "UnitContract",
]
