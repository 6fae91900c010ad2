"""The stores in memory keep every promise."""

from __future__ import annotations

import pytest

from cvcore.memory import MemoryUnits
from cvcore.memory.units import MemoryUnit
from cvcore.testing import contracts
from cvcore.unit import Begin


@pytest.fixture
def begin() -> Begin[MemoryUnit]:
    return MemoryUnits().begin


class TestUnitsInMemory(contracts.UnitContract):
    """Transactions."""


class TestLedgerInMemory(contracts.LedgerContract):
    """Accounts and entries."""


class TestPlansInMemory(contracts.PlansContract):
    """Plans, subscriptions and counters."""


class TestTasksInMemory(contracts.TaskContract):
    """Tasks."""


class TestCvsInMemory(contracts.CvContract):
    """CVs and versions."""


class TestTrashInMemory(contracts.TrashContract):
    """The trash."""


class TestProposalsInMemory(contracts.ProposalContract):
    """Proposals."""


class TestOffersInMemory(contracts.OfferContract):
    """Offers."""


class TestScoresInMemory(contracts.ScoreContract):
    """Scores."""
