"""The PostgreSQL stores keep every promise that the ports make."""

from __future__ import annotations

import pytest

from cvcore.testing.contracts import (
    AllStores,
    CvContract,
    LedgerContract,
    OfferContract,
    PlansContract,
    ProposalContract,
    ScoreContract,
    TaskContract,
    TrashContract,
    UnitContract,
)
from cvcore.unit import Begin
from cvweb.adapters.postgres import Database


@pytest.fixture
def begin(database: Database) -> Begin[AllStores]:
    return database.begin


class TestLedgerOnPostgres(LedgerContract):
    pass


class TestPlansOnPostgres(PlansContract):
    pass


class TestTasksOnPostgres(TaskContract):
    pass


class TestCvsOnPostgres(CvContract):
    pass


class TestTrashOnPostgres(TrashContract):
    pass


class TestProposalsOnPostgres(ProposalContract):
    pass


class TestOffersOnPostgres(OfferContract):
    pass


class TestScoresOnPostgres(ScoreContract):
    pass


class TestUnitsOnPostgres(UnitContract):
    pass
