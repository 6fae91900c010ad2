"""Every store in memory, behind one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from cvcore.memory.cvs import CvTables, MemoryCvs, MemoryProposals, MemoryVersions
from cvcore.memory.ledger import LedgerTables, MemoryLedger
from cvcore.memory.offers import MemoryOffers, OfferTables
from cvcore.memory.plans import MemoryPlans, PlanTables
from cvcore.memory.scores import MemoryScores, ScoreTables
from cvcore.memory.tasks import MemoryTasks, TaskTables
from cvcore.memory.transaction import Locks, Transaction
from cvcore.memory.trash import MemoryTrash


class Tables:
    """What everybody sees, of every store."""

    def __init__(self) -> None:
        self.ledger = LedgerTables()
        self.plans = PlanTables()
        self.tasks = TaskTables()
        self.cvs = CvTables()
        self.offers = OfferTables()
        self.scores = ScoreTables()


class MemoryUnit:
    """One transaction; every room finds its store here."""

    def __init__(self, tables: Tables, transaction: Transaction) -> None:
        self.ledger = MemoryLedger(tables.ledger, transaction)
        self.plans = MemoryPlans(tables.plans, transaction)
        self.tasks = MemoryTasks(tables.tasks, transaction)
        self.cvs = MemoryCvs(tables.cvs, transaction)
        self.versions = MemoryVersions(tables.cvs, transaction)
        self.trash = MemoryTrash(tables.cvs, transaction)
        self.proposals = MemoryProposals(tables.cvs, transaction)
        self.offers = MemoryOffers(tables.offers, transaction)
        self.scores = MemoryScores(tables.scores, transaction)


class MemoryUnits:
    """Stores that live as long as this object: for tests, demonstrations and small hosts.

    `begin` is a `Begin`: units see what others committed and their own writes; a row that one unit
    wrote or locked waits for it to end; an exception undoes everything the unit did. One event
    loop, one process.
    """

    def __init__(self) -> None:
        self._tables = Tables()
        self._locks = Locks()

    def begin(self) -> AbstractAsyncContextManager[MemoryUnit]:
        """Begin one transaction.

        Raises:
            Deadlock: within the block, where two units wait for each other.
        """
        return self._unit()

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[MemoryUnit]:
        transaction = Transaction(self._locks)
        try:
            yield self._open(transaction)
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    def _open(self, transaction: Transaction) -> MemoryUnit:
        return MemoryUnit(self._tables, transaction)
